"""Ask what an unknown code is: once, and remember the answer where there is something to remember."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, label, row
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Right
from ticketdesk.services import catalogue, scans
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done
from ticketdesk.texts import _


class UnknownDialog(Overlay):
    """What a code nobody knows may be: a device that comes in, a work or part of ours, or something to search."""

    def __init__(self, desk: Desk, host: Host, code: str, take_in: Callable[[], None]) -> None:
        super().__init__(host.window, _("Unknown code"), code, width=560)
        self._desk, self._host, self._code, self._take_in = desk, host, code, take_in
        self._items: dict[str, ItemRow] = {}
        self.device = Button(_("Serial number: take the device in"), "F2", icon="plus", size="md")
        self.device.setShortcut("F2")
        self.device.setEnabled(desk.may(Right.TAKE_IN))
        self.device.clicked.connect(self._serial)
        self.search = Button(_("Search the orders for it"), icon="search", size="md")
        self.search.clicked.connect(self._search)
        self.item = TextInput(_("Type its name"), "stock")
        self.learn = go_button(_("Remember"), self._learn)
        self.item.returnPressed.connect(self._entered)
        self.field = Field(_("Bar code of a work or part"), self.item)
        self.body.addWidget(label(_("What is it?"), "field", 600))
        for button in (self.device, self.search):
            self.body.addLayout(row(button, None))
        self.body.addWidget(self.field)
        for part in (self.item, self.learn):
            part.setEnabled(False)
        if not desk.may(Right.EDIT_CATALOGUE):
            self.field.hint(_("Only a manager can teach codes of works and parts."))
        leave = leave_button(self, _("Leave it"))
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.learn)
        desk.read(self, self._offer, catalogue.items)

    def _serial(self) -> None:
        self.dismiss()
        self._take_in()

    def _search(self) -> None:
        self.dismiss()
        self._host.search(self._code)

    def _offer(self, items: list[ItemRow]) -> None:
        may = self._desk.may(Right.EDIT_CATALOGUE)
        self._items = {f"{item.name} · {item.code}": item for item in items}
        completer = QCompleter(list(self._items), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := completer.popup()) is not None:
            popup.setProperty("kind", "popup")
        self.item.setCompleter(completer)
        for part in (self.item, self.learn):
            part.setEnabled(may and bool(items))
        if may and not items:
            self.field.hint(_("The catalogue is empty."))

    def _entered(self) -> None:
        completer = self.item.completer()
        popup = completer.popup() if completer is not None else None
        if popup is None or not popup.isVisible():  # there, Enter takes the suggestion
            self._learn()

    def _learn(self) -> None:
        item = self._items.get(self.item.text())
        if item is None:
            self.field.error(_("Choose a work or part from the list."))
            self.item.setFocus()
            return

        def done(_done: Done) -> None:
            self.dismiss()
            said = _("{code} is remembered: {name}.").format(code=self._code, name=item.name)
            self._host.toast(said, "scan")

        def refused(refusal: Refusal) -> None:
            self.field.error(refusal.sentence)

        self._desk.write(self, done, scans.learn, scans.Learn(item.id, self._code), refused=refused)
