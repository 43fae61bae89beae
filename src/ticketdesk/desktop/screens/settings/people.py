"""Who works here."""

from PySide6.QtWidgets import QVBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, clear, hline, label, row
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.rights import ROLE_LABELS, Right, gives_pin
from ticketdesk.services import staff
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _


class People(Card):
    """The colleagues, with their roles; each may change the own PIN."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(_("Colleagues and PINs"))
        self._desk, self._host = desk, host
        add = Button(_("Add a colleague"), icon="user-plus", size="sm")
        add.setEnabled(desk.may(Right.MANAGE_STAFF))
        add.clicked.connect(lambda: StaffDialog(desk, host, None).present())
        self.head.addWidget(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        desk.changed.connect(self.look_again)

    def look_again(self, _keys: object = None) -> None:
        """Show everybody as they are now."""
        if self._desk.staff is not None:
            self._desk.read(self, self._show, staff.everyone)

    def _show(self, people: list[StaffRow]) -> None:
        clear(self._rows)
        me = self._desk.staff
        for place, person in enumerate(people):
            change = Button(_("Change"), size="sm")
            change.setAccessibleName(_("Change {name}").format(name=person.name))
            own = me is not None and me.id == person.id
            change.setEnabled(self._desk.may(Right.MANAGE_STAFF) or own or gives_pin(self._desk.role, person.role))
            change.clicked.connect(
                lambda _on=False, person=person: StaffDialog(self._desk, self._host, person).present()
            )
            name = label(person.name, "body", 500)
            role = label(f"{_(ROLE_LABELS[person.role])} · {person.login}", tone="second")
            if place:
                self._rows.addWidget(hline())
            self._rows.addLayout(row(name, role, None, change, spacing=12, margins=(0, 6, 0, 6)))
