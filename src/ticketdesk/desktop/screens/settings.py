"""Settings: the shop, the colleagues, this PC."""

from dataclasses import replace

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import THEIRS, MergeDialog, retry
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, clear, column, frame, hline, label, row, section_title
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import ROLE_LABELS, Right
from ticketdesk.domain.shop import POOL, SELF_MANAGED, Shop
from ticketdesk.services import settings, staff
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import N_, _

_TEXTS = (
    ("name", N_("&Shop name")),
    ("legal_name", N_("&Company name")),
    ("address", N_("&Address")),
    ("phone", N_("&Phone")),
    ("email", N_("&E-mail")),
    ("hours", N_("Opening &hours")),
    ("tax_id", N_("&Tax number")),
    ("register_number", N_("Trade &register number")),
)


class SettingsPage(QWidget):
    """Three cards: what all PCs share, who works here, and what is only this PC's."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host = desk, host
        self.commands = (Command("settings.save", N_("Save"), "Ctrl+S", "check", self.save_shop, self._may_edit),)
        holder = QWidget()
        holder.setObjectName("page")
        layout = column(
            label(_("Settings"), "page", 600),
            self._shop_card(),
            self._staff_card(),
            self._station_card(),
            None,
            spacing=12,
            margins=(20, 16, 20, 20),
        )
        holder.setLayout(layout)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        desk.changed.connect(self._load_people)
        desk.changed.connect(self._look_again)

    def activate(self) -> None:
        """Show the settings as they are now."""
        self._load_people()
        self._look_again()
        self._host.hints((("Ctrl+S", _("save")), ("Alt+←", _("back"))))
        self._inputs["name"].setFocus()

    def scan(self, _code: str) -> bool:
        """Take no codes."""
        return False

    def save_shop(self) -> None:
        """Save what was changed of what all PCs share."""
        values: dict[str, Value] = {name: text for name, text in self._typed().items() if text != self._seen[name]}
        for field in self._fields.values():
            field.hint("")
        self._save(Edit(self._desk.shop_id, {name: self._seen[name] for name in values}, values))

    def _typed(self) -> dict[str, str]:
        return {**{name: field.text() for name, field in self._inputs.items()}, "allocation": self._allocation.value()}

    def _save(self, edit: Edit) -> None:
        def done(_done: Done) -> None:
            self._seen.update({name: str(value) for name, value in edit.values.items()})
            self._look_again()
            self._host.toast(_("Settings saved."))

        def refused(refusal: Refusal) -> None:
            if isinstance(refusal, Conflict):
                MergeDialog(self._desk, self._host, refusal, lambda choices: settle(refusal, choices)).present()
            elif refusal.field in self._fields:
                self._fields[refusal.field].error(refusal.sentence)
            else:
                self._host.toast(refusal.sentence, "warning")

        def settle(conflict: Conflict, choices: dict[str, str]) -> None:
            # what the other wrote stays in these: they are as good as not typed in
            typed = self._typed()
            self._seen.update({name: typed[name] for name, choice in choices.items() if choice == THEIRS})
            self._save(retry(edit, conflict, choices))

        self._desk.write(self, done, settings.edit, edit, refused=refused)

    def _look_again(self, keys: frozenset[UUID] = frozenset()) -> None:
        if not keys or self._desk.shop_id in keys:
            self._desk.read(self, self._show_shop, settings.shop)

    def _show_shop(self, shop: Shop) -> None:
        """Show the settings as they are now, except where something else is being typed."""
        typed = self._typed()
        for name, field in self._inputs.items():
            if typed[name] == self._seen[name]:
                field.setText(str(getattr(shop, name)))
                self._seen[name] = field.text()
        if typed["allocation"] == self._seen["allocation"]:
            self._allocation.choose(shop.allocation)
            self._seen["allocation"] = shop.allocation

    def _may_edit(self) -> bool:
        return self._desk.may(Right.SETTINGS)

    def _shop_card(self) -> QWidget:
        self._inputs = {name: TextInput() for name, _label in _TEXTS}
        self._fields = {name: Field(_(text), self._inputs[name]) for name, text in _TEXTS}
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (name, field) in enumerate(self._fields.items()):
            self._inputs[name].setText(str(getattr(self._desk.shop, name)))
            self._inputs[name].setEnabled(self._may_edit())
            grid.addWidget(field, place // 2, place % 2)
        options = (
            (POOL, _("A pool: anyone free claims the next")),
            (SELF_MANAGED, _("Whoever takes it in runs it")),
        )
        self._allocation = Segmented(_("Sharing out orders"), options, self._desk.shop.allocation)
        self._allocation.setEnabled(self._may_edit())
        self._seen = self._typed()
        keep = Button(_("Save"), "Ctrl+S", "primary", size="md")
        keep.setEnabled(self._may_edit())
        keep.clicked.connect(self.save_shop)
        card = frame("card")
        inside = column(section_title(_("The shop")), spacing=12, margins=(16, 14, 16, 16))
        inside.addLayout(grid)
        inside.addLayout(row(label(_("Sharing out orders"), "small", 500), self._allocation, None, keep, spacing=12))
        card.setLayout(inside)
        return card

    def _staff_card(self) -> QWidget:
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        add = Button(_("Add a colleague"), icon="user-plus")
        add.setEnabled(self._desk.may(Right.MANAGE_STAFF))
        add.clicked.connect(lambda: StaffDialog(self._desk, self._host, None).present())
        card = frame("card")
        inside = column(row(section_title(_("Colleagues and PINs")), None, add), margins=(16, 14, 16, 12))
        inside.addLayout(self._people)
        card.setLayout(inside)
        return card

    def _load_people(self, _keys: object = None) -> None:
        if self._desk.staff is not None:
            self._desk.read(self, self._show_people, staff.everyone)

    def _show_people(self, people: list[StaffRow]) -> None:
        clear(self._people)
        me = self._desk.staff
        for person in people:
            change = Button(_("Change"), size="sm")
            change.setAccessibleName(_("Change {name}").format(name=person.name))
            own = me is not None and me.id == person.id
            change.setEnabled(self._desk.may(Right.MANAGE_STAFF) or own)
            change.clicked.connect(
                lambda _on=False, person=person: StaffDialog(self._desk, self._host, person).present()
            )
            name = label(person.name, "body", 500)
            role = label(f"{_(ROLE_LABELS[person.role])} · {person.login}", tone="second")
            self._people.addWidget(hline())
            self._people.addLayout(row(name, role, None, change, spacing=12, margins=(0, 6, 0, 6)))

    def _station_card(self) -> QWidget:
        languages = (("ro", "Română"), ("en", "English"))
        themes = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        self._language = Segmented(
            _("Language of this PC"), languages, self._host.preferences.language or self._desk.shop.language
        )
        self._theme = Segmented(_("Colours"), themes, self._host.preferences.theme)
        printers = ["", *QPrinterInfo.availablePrinterNames()]
        self._printers: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setSpacing(12)
        names = (
            ("receipt_printer", _("Receipts, 80 mm")),
            ("label_printer", _("Labels, 62 × 29 mm")),
            ("page_printer", _("A4 pages")),
        )
        for place, (key, text) in enumerate(names):
            box = QComboBox()
            for printer in printers:
                box.addItem(printer or _("PDF file"), printer)
            box.setCurrentIndex(max(box.findData(getattr(self._host.preferences, key)), 0))
            box.currentIndexChanged.connect(self._changed_here)
            self._printers[key] = box
            grid.addWidget(Field(text, box), 0, place)
        self._language.changed.connect(lambda _value: self._changed_here())
        self._theme.changed.connect(lambda _value: self._changed_here())
        card = frame("card")
        inside = column(section_title(_("This PC")), spacing=12, margins=(16, 14, 16, 16))
        inside.addLayout(row(self._language, self._theme, None, spacing=16))
        inside.addLayout(grid)
        inside.addWidget(label(_("Another language is spoken after the next start."), "small", tone="muted"))
        card.setLayout(inside)
        return card

    def _changed_here(self) -> None:
        chosen = {key: box.currentData() for key, box in self._printers.items()}
        self._host.prefer(
            replace(self._host.preferences, language=self._language.value(), theme=self._theme.value(), **chosen)
        )
