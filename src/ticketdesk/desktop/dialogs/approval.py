"""Somebody with the right agrees to one act with their PIN, at this PC, without signing anybody out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ticketdesk.desktop.desk import Desk, Failed
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import column, label, retone, row, wrapped
from ticketdesk.desktop.widgets.fields import Dropdown, Field
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.pin import PinBox
from ticketdesk.domain.approvals import Need
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import ROLE_LABELS
from ticketdesk.services import approvals
from ticketdesk.services.approvals import Asked, NeedsApproval
from ticketdesk.services.doors import Action, Done
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _


def write_approved(
    desk: Desk,
    host: Host,
    owner: QObject,
    done: Callable[[Done], None],
    action: Action[Any],
    command: Any,
    *,
    refused: Failed,
    request: UUID | None = None,
) -> None:
    """Do something that may take a PIN: asked for when the action asks, then the same is sent again with it.

    ``refused`` also hears when nobody agrees, unless the owner is gone by then.
    """
    wish = request or new_key()

    def needs(refusal: Refusal) -> None:
        if not isinstance(refusal, NeedsApproval):
            refused(refusal)
            return
        dialog = ApprovalDialog(desk, host, refusal.asked)
        dialog.given.append(send)
        dialog.closed.connect(lambda: None if dialog.agreed or not isValid(owner) else refused(refusal))
        dialog.present()

    def send(approval: UUID) -> None:
        desk.write(owner, done, action, replace(command, approval=approval), refused=refused, request=wish)

    desk.write(owner, done, action, command, refused=needs, request=wish)


class ApprovalDialog(Overlay):
    """What is to be agreed to, in full; who agrees; their PIN."""

    def __init__(self, desk: Desk, host: Host, asked: Asked) -> None:
        own = asked.need is Need.OWN
        super().__init__(host.window, _("Confirm with your PIN") if own else _("Approval"), width=480)
        self._desk, self._asked, self.agreed = desk, asked, False
        self.given: list[Callable[[UUID], None]] = []
        self._people: list[StaffRow] = []
        self.what = wrapped(asked.what, "field")
        self.people, self.pin = Dropdown(), PinBox()
        self._who = Field(_("&Who approves"), self.people)
        self.pin.setAccessibleName(_("PIN"))
        self.message = label(_("Your PIN agrees to this act alone."), tone="muted")
        self.body.addLayout(column(self.what, self._who, row(None, self.pin, None), self.message, spacing=16))
        self._who.setVisible(not own)
        leave = leave_button(self)
        self.go = go_button(_("Confirm") if own else _("Approve"), self.finish)
        self.go.setEnabled(False)  # until it is known who may approve
        self.pin.returnPressed.connect(self.finish)
        self.people.currentIndexChanged.connect(self._chosen)
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        desk.read(self, self._known, approvals.approvers, asked)
        self.first = self.pin

    def finish(self) -> None:
        """Look at the PIN, in the background: it takes a moment on purpose."""
        if not self.go.isEnabled() or not self._people:
            return
        if not self.pin.text():
            self._wrong(_("Type the PIN."))
            return
        self.go.setEnabled(False)
        giver = self._people[max(self.people.currentIndex(), 0)]
        self._desk.do(self, self._answered, self._approve, giver.id, self.pin.text())

    def _approve(self, giver: UUID, pin: str) -> UUID | Refusal:
        desk = self._desk
        try:
            return approvals.approve(desk.database, self._asked, giver, pin, desk.name, desk.now())
        except Refusal as refusal:
            return refusal

    def _answered(self, answer: UUID | Refusal) -> None:
        self.go.setEnabled(True)
        if isinstance(answer, Refusal):
            self._wrong(answer.sentence)
            return
        self.agreed = True
        self.dismiss()
        for tell in self.given:
            tell(answer)

    def _wrong(self, sentence: str) -> None:
        self.message.setText(sentence)
        retone(self.message, "danger")
        self.pin.clear()
        self.pin.setFocus()

    def _known(self, people: list[StaffRow]) -> None:
        self._people = people
        for person in people:
            self.people.addItem(f"{person.name}, {_(ROLE_LABELS[person.role]).lower()}")
        self.go.setEnabled(bool(people))
        if not people:
            self._wrong(_("Nobody who may approve this works here any more."))
        self._chosen()

    def _chosen(self) -> None:
        if self._people:
            self.pin.length = self._people[max(self.people.currentIndex(), 0)].pin_length
            self.pin.update()
