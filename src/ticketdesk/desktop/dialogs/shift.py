"""A closed shift: print its Z report again, or approve its difference."""

from collections.abc import Callable

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.receipts import ReceiptsDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, column, label, retone, wrapped
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.services import shifts
from ticketdesk.services.doors import Done
from ticketdesk.services.reckoning import ShiftRow
from ticketdesk.services.shifts import ApproveDifference
from ticketdesk.texts import _, ngettext


class ShiftDialog(Overlay):
    """What a shift came to."""

    def __init__(self, desk: Desk, host: Host, shift: ShiftRow, print_z: Callable[[], None]) -> None:
        title = _("{till}, shift {number}").format(till=shift.till, number=shift.number)
        super().__init__(host.window, title, shift.staff, width=640)
        self._desk, self._host, self._shift, self._request = desk, host, shift, new_key()
        currency, zone = desk.shop.currency, desk.shop.zone
        opened = dates.moment_text(shift.opened_at, desk.now(), zone)
        closed = dates.moment_text(shift.closed_at, desk.now(), zone) if shift.closed_at else ""
        counted = format_money(shift.counted or 0, currency)
        sentences = [
            _("Open from {opened} to {closed}.").format(opened=opened, closed=closed),
            _("Closed with {amount}.").format(amount=counted),
        ]
        if shift.difference:
            text = _("The count differed by {amount}: {reason}.")
            sentences.append(text.format(amount=format_money(shift.difference, currency), reason=shift.reason))
        if shift.counts > 1:
            text = ngettext(
                "It was counted {count} time: the Z report says what each came to.",
                "It was counted {count} times: the Z report says what each came to.",
                shift.counts,
            )
            sentences.append(text.format(count=shift.counts))
        if shift.approved_by:
            sentences.append(_("Approved by {name}.").format(name=shift.approved_by))
        self.message = label("", tone="muted")
        self.body.addLayout(column(wrapped(" ".join(sentences)), self.message, spacing=12))
        self.approve = Button(_("Approve the difference"), icon="check", size="md")
        self.approve.setEnabled(desk.may(Right.MANAGE_TILLS))
        receipts = Button(_("Receipts"), icon="receipt", size="md")
        self.print = Button(_("Z report"), "Ctrl+P", "primary", "printer", "md")
        self.print.setShortcut("Ctrl+P")
        self.approve.clicked.connect(self._approve)
        receipts.clicked.connect(self._receipts)
        self.print.clicked.connect(print_z)
        self.footer.addWidget(self.approve)
        self.approve.setVisible(bool(shift.difference) and not shift.approved_by)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self, _("Close")))
        self.footer.addWidget(receipts)
        self.footer.addWidget(self.print)
        self.first = self.print

    def _receipts(self) -> None:
        title = self.title.text()
        self.dismiss()
        ReceiptsDialog(self._desk, self._host, self._shift.id, title).present()

    def _approve(self) -> None:
        def done(_done: Done) -> None:
            self._host.toast(_("The difference of shift {number} is approved.").format(number=self._shift.number))
            self.dismiss()

        def refused(refusal: Refusal) -> None:
            self.message.setText(refusal.sentence)
            retone(self.message, "danger")

        command = ApproveDifference(self._shift.id)
        self._desk.write(self, done, shifts.approve_difference, command, refused=refused, request=self._request)
