"""Which device it is: known by its serial number or picked from the customer's, or new."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import Button, frame, icon_label, wrapped
from ticketdesk.desktop.widgets.fields import NUMBERED, Dropdown, Field, TextInput
from ticketdesk.desktop.widgets.focus import go_on
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import KINDS, device_title, is_imei, kind_of, normal_serial, shown_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import fold
from ticketdesk.services import counter, devices
from ticketdesk.services.counter import Model, Visitor
from ticketdesk.services.devices import DeviceRow
from ticketdesk.texts import _, ngettext


class DeviceSection(Section):
    """Serial, kind, brand, model, colour; the strip speaks when the device is still under our warranty.

    ``kind_changed`` carries the kind's key, ``warranty`` the order a repair under warranty is linked to.
    """

    kind_changed = Signal(str)
    chosen = Signal()
    warranty = Signal(object)  # UUID | None

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(_("Device"))
        self._desk, self._host = desk, host
        self._device: DeviceRow | None = None
        self._device_id: UUID | None = None
        self._theirs: list[DeviceRow] = []
        self._linked: UUID | None = None
        self._question = 0
        self.serial = TextInput(icon="scan")
        self.serial.setProperty(NUMBERED, True)
        self.kind = Dropdown()
        self.kind.setIconSize(QSize(16, 16))
        self.brand, self.model, self.colour = TextInput(), TextInput(), TextInput()
        self._fill_kinds()
        theme().changed.connect(self._paint_kinds)
        self.fields["serial"] = Field(_("&IMEI or serial"), self.serial)
        self.fields["kind"] = Field(_("&Kind"), self.kind)
        self.fields["model"] = Field(_("&Model"), self.model, required=True)
        self.fields["brand"] = Field(_("&Brand"), self.brand)
        self.fields["colour"] = Field(_("Co&lour"), self.colour)
        self._lay_out((("serial", 13), ("kind", 8)))
        self._lay_out((("brand", 6), ("model", 12), ("colour", 5)))
        for name, least in (("serial", 184), ("kind", 124), ("brand", 86)):
            self.fields[name].setMinimumWidth(px(least))
        self._history_line()
        self.strip = self._warranty_strip()
        self.by_serial = Suggestions(self.serial, self._find_theirs, eager=True)
        self.by_model = Suggestions(self.model, self._find_models, eager=False)
        self.by_brand = Suggestions(self.brand, self._find_brands, eager=False)
        self.by_colour = Suggestions(self.colour, self._find_colours, eager=False)
        for one, field in (
            (self.by_serial, self.serial),
            (self.by_model, self.model),
            (self.by_brand, self.brand),
            (self.by_colour, self.colour),
        ):
            one.entered.connect(lambda field=field: go_on(field))
        self.by_serial.picked.connect(self._pick_theirs)
        self.by_model.picked.connect(self._pick_model)
        self.by_brand.picked.connect(lambda word: self._complete(self.brand, word))
        self.by_colour.picked.connect(lambda word: self._complete(self.colour, word))
        self.serial.textEdited.connect(self._serial_edited)
        self.serial.finished.connect(self._tidy_serial)
        for field in (self.brand, self.model, self.colour):
            field.textEdited.connect(lambda _text: self.changed.emit())
        self.kind.activated.connect(self._kind_chosen)

    def values(self) -> dict[str, Any]:
        return {
            "serial": self.serial.text(),
            "kind": self.kind.currentData(),
            "brand": self.brand.text(),
            "model": self.model.text(),
            "colour": self.colour.text(),
            "device_id": self._device_id,
            "warranty_of": self._linked,
        }

    def show_form(self, form: Form) -> None:
        self._theirs = []
        self._show_unknown()
        self.serial.setText(form.serial)
        self.fields["serial"].hint("")
        self._show_kind(form.kind)
        self.brand.setText(form.brand)
        self.model.setText(form.model)
        self.colour.setText(form.colour)
        if form.device_id is not None:
            self._device_id = form.device_id
            self._lock(known=True)
            self._linked = form.warranty_of
            self._ask_device(self._recall, devices.one, form.device_id)

    def offer(self, visitor: Visitor | None) -> None:
        """Keep the devices a known customer brought before, to be picked with one key."""
        self._theirs = visitor.devices if visitor is not None else []
        if self.serial.hasFocus() and not self.serial.text() and self._device_id is None and self._theirs:
            self.by_serial.look_now()

    def ask_which(self) -> None:
        """Put the focus on the serial number, the customer's devices under it."""
        self.serial.setFocus()
        if self._theirs and self._device_id is None:
            self.by_serial.look_now()

    def take(self, row: DeviceRow) -> None:
        """Take a known device, chosen elsewhere."""
        self._pick_theirs(row)

    def scan(self, code: str) -> None:
        """Take a scanned serial number."""
        self._show_unknown()
        self.serial.setText(code)
        self._serial_edited()
        self._tidy_serial()

    @property
    def covered(self) -> bool:
        """Say whether the device is still under our warranty."""
        return self._device is not None and self._device.warranty_order is not None

    def link_warranty(self) -> None:
        """Bind this repair to the order whose warranty covers it; once more lets it go."""
        if self._device is None or not self.covered:
            return
        self._linked = self._device.warranty_order if self._linked is None else None
        self._say_warranty()
        self.warranty.emit(self._linked)
        self.changed.emit()

    def unlink_warranty(self) -> None:
        """Let the warranty go: the customer pays."""
        self._linked = None
        self._say_warranty()

    def _find_theirs(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        part = fold(typed).replace(" ", "")
        fitting = [row for row in self._theirs if part in fold(row.serial + device_title(row.brand, row.model))]
        if self._device_id is not None:
            fitting = []
        answer([self._hit(row) for row in fitting])

    def _hit(self, row: DeviceRow) -> Hit:
        last = _("last order {number}").format(number=row.last_number)
        details = [row.colour, shown_serial(row.serial), last]
        title = device_title(row.brand, row.model, row.kind)
        return Hit(title, " · ".join(part for part in details if part), row)

    def _find_models(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if len(typed.strip()) < 2 or self._device_id is not None:
            answer([])
            return
        asked = f"{self.brand.text()} {typed}" if self.brand.text().strip() else typed

        def found(rows: list[Model]) -> None:
            answer([Hit(row.title, _(kind_of(row.kind).label), row) for row in rows])

        self._desk.read(self, found, counter.models, asked)

    def _find_brands(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if not typed.strip() or self._device_id is not None:
            answer([])
            return
        start = fold(typed)

        def found(words: list[str]) -> None:
            answer([Hit(word, "", word) for word in words if fold(word).startswith(start)])

        self._desk.read(self, found, devices.brands, typed, 200)

    def _find_colours(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if self._device_id is not None:
            answer([])
            return
        self._desk.read(self, lambda words: answer([Hit(word, "", word) for word in words]), counter.colours, typed)

    def _pick_theirs(self, row: DeviceRow) -> None:
        self._know(row)
        self.changed.emit()
        self.chosen.emit()

    def _pick_model(self, model: Model) -> None:
        self.brand.setText(model.brand)
        self.model.setText(model.model)
        self._show_kind(model.kind)
        self.changed.emit()
        go_on(self.model)

    def _complete(self, field: TextInput, word: str) -> None:
        field.setText(word)
        self.changed.emit()
        go_on(field)

    def _serial_edited(self) -> None:
        self.fields["serial"].hint("")
        if self._device_id is not None:
            self._show_unknown()
        try:
            serial = normal_serial(self.serial.text())
        except Refusal as refusal:
            self.fields["serial"].error(refusal.sentence)
        else:
            if is_imei(serial):
                self.fields["serial"].hint(_("valid"), "ok")
            if len(serial) >= 5:
                self._ask_device(self._found, devices.by_serial, serial)
        self.changed.emit()

    def _tidy_serial(self) -> None:
        try:
            serial = normal_serial(self.serial.text())
        except Refusal:
            return
        self.serial.setText(shown_serial(serial))

    def _ask_device(
        self,
        answered: Callable[[DeviceRow | None], None],
        query: Callable[..., DeviceRow | None],
        key: object,
    ) -> None:
        self._question += 1
        question = self._question

        def answer(row: DeviceRow | None) -> None:
            if question == self._question:
                answered(row)

        self._desk.read(self, answer, query, key, self._desk.now())

    def _found(self, row: DeviceRow | None) -> None:
        if row is not None:
            self._know(row)
            self.changed.emit()

    def _recall(self, row: DeviceRow | None) -> None:
        if row is not None:
            linked = self._linked
            self._know(row)
            self._linked = linked
            self._say_warranty()

    def _know(self, row: DeviceRow) -> None:
        self._device, self._device_id, self._linked = row, row.id, None
        self.by_serial.close_list()
        self.serial.setText(shown_serial(row.serial))
        self.fields["serial"].hint("")
        self.fields["model"].hint("")
        self._show_kind(row.kind)
        self.brand.setText(row.brand)
        self.model.setText(row.model)
        self.colour.setText(row.colour)
        for field in (self.brand, self.model, self.colour):
            field.setCursorPosition(0)
        self._lock(known=True)
        count = ngettext("{count} order", "{count} orders", row.orders).format(count=row.orders)
        self.open_last.relabel(_("{orders} · {number}").format(orders=count, number=row.last_number))
        self.open_last.setToolTip(_("Open the last order of this device"))
        self._history.show()
        self._say_warranty()

    def _show_unknown(self) -> None:
        self._question += 1
        linked = self._linked
        self._device = self._device_id = self._linked = None
        self._lock(known=False)
        self._history.hide()
        self._say_warranty()
        if linked is not None:
            self.warranty.emit(None)

    def _other_device(self) -> None:
        self._show_unknown()
        for field in (self.serial, self.brand, self.model, self.colour):
            field.clear()
        self.serial.setFocus()
        self.changed.emit()

    def _open_last(self) -> None:
        if self._device is not None and self._device.last_order is not None:
            self._host.open_order(self._device.last_order)

    def _lock(self, *, known: bool) -> None:
        for field in (self.brand, self.model, self.colour):
            field.setReadOnly(known)
        self.kind.setEnabled(not known)

    def _fill_kinds(self) -> None:
        for kind in KINDS:
            self.kind.addItem(_(kind.label), kind.key)
        self.kind.setSizeAdjustPolicy(Dropdown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(6)
        self._paint_kinds()

    def _paint_kinds(self) -> None:
        for place, kind in enumerate(KINDS):
            self.kind.setItemIcon(place, icons.icon(kind.icon, colour("text2")))

    def _kind_chosen(self) -> None:
        self.kind_changed.emit(self.kind.currentData())
        self.changed.emit()

    def _show_kind(self, key: str) -> None:
        place = self.kind.findData(kind_of(key).key)
        if place != self.kind.currentIndex():
            self.kind.setCurrentIndex(place)
            self.kind_changed.emit(self.kind.currentData())

    def _say_warranty(self) -> None:
        row = self._device
        self.strip.setVisible(self.covered)
        if row is None or row.warranty_until is None:
            return
        number = row.warranty_number
        if self._linked is not None:
            said = _("Linked to {number}: repaired under warranty.").format(number=number)
        else:
            day = dates.numeric_day(day_of(row.warranty_until, self._desk.shop.zone))
            said = _("Under our warranty: {number}, until {day}.").format(number=number, day=day)
        self._strip_text.setText(said)
        self.strip.setAccessibleName(said)
        self.link.relabel(_("Link") if self._linked is None else _("Unlink"))

    def _history_line(self) -> None:
        self._history = frame("plain")
        self.open_last = Button("", kind="link", size="sm")
        self.open_last.clicked.connect(self._open_last)
        self.other = Button(_("Other device"), kind="link", size="sm")
        self.other.clicked.connect(self._other_device)
        line = QHBoxLayout(self._history)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (self.open_last, self.other):
            button.setFixedHeight(px(20))
            line.addWidget(button)
        self._history.hide()
        self.head.addWidget(self._history)

    def _warranty_strip(self) -> Any:
        strip = frame("info")
        line = QHBoxLayout(strip)
        line.setContentsMargins(12, 4, 6, 4)
        line.setSpacing(8)
        self._strip_text = wrapped("", "body")
        self.link = Button(_("Link"), "Ctrl+G", size="sm")
        self.link.clicked.connect(self.link_warranty)
        line.addWidget(icon_label("shield", "infoText"))
        line.addWidget(self._strip_text, 1)
        line.addWidget(self.link)
        strip.hide()
        self.body.addWidget(strip)
        return strip

    def _lay_out(self, widths: tuple[tuple[str, int], ...]) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for name, share in widths:
            line.addWidget(self.fields[name], share, Qt.AlignmentFlag.AlignTop)
            self.fields[name].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.body.addLayout(line)
