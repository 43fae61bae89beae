"""Settle what is due back on a closed order, or a deposit nobody came for: back, into credit, or kept."""

from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import label, retone, wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.shop import CREDIT, FEE, KEEP, REFUND
from ticketdesk.services import deposits
from ticketdesk.services.deposits import DepositRow, SettleDeposit
from ticketdesk.services.doors import Done
from ticketdesk.texts import _, ngettext


class DepositDialog(Overlay):
    """What becomes of a deposit, and why; the shop's rule is chosen already."""

    def __init__(self, desk: Desk, host: Host, deposit: DepositRow) -> None:
        amount = format_money(deposit.surplus, desk.shop.currency)
        too_much = deposit.worked and not deposit.waiting
        title = (_("{amount} paid too much") if too_much else _("Deposit of {amount}")).format(amount=amount)
        super().__init__(host.window, title, f"{deposit.number} · {deposit.customer}", width=660)
        self._desk, self._host, self._deposit, self._request = desk, host, deposit, new_key()
        ways, usual = [(REFUND, _("Give back")), (CREDIT, _("Credit"))], REFUND
        if not deposit.worked:
            ways, usual = [*ways, (FEE, _("Keep for the diagnosis"))], desk.shop.cancelled_deposit
        if deposit.abandoned:
            ways = [*ways, (KEEP, _("Keep as abandoned"))]
        self.how = Segmented(_("What becomes of it"), ways, usual)
        self.reason = TextInput()
        self._why = Field(_("&Reason"), self.reason, required=True)
        self.message = label("", tone="muted")
        if deposit.abandoned:
            days = desk.shop.abandoned_days
            said = ngettext(
                "Nothing has moved on this order for {count} day or more, so its deposit may be kept.",
                "Nothing has moved on this order for {count} days or more, so its deposit may be kept.",
                days,
            )
            self.body.addWidget(wrapped(said.format(count=days), tone="second"))
        for part in (Field(_("What becomes of it"), self.how), self._why, self.message):
            self.body.addWidget(part)
        leave = leave_button(self)
        self.go = go_button(_("Settle"), self.finish)
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self.first = self.reason

    def finish(self) -> None:
        """Settle it, once."""
        self.go.setEnabled(False)
        command = SettleDeposit(self._deposit.order_id, self.how.value(), self.reason.text())
        write_approved(
            self._desk, self._host, self, self._done, deposits.settle, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _done(self, done: Done) -> None:
        text = _("The deposit of order {number} is settled.").format(number=done.number)
        if done.receipt is None or done.made is None:
            self._host.toast(text, "cash")
        else:
            make = partial(payment_paper, payment_id=done.made)
            self._host.print_slip(Slip(make, file_name(_("Refund"), done.receipt), text))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, {"reason": self._why}):
            self.message.setText(refusal.sentence)
            retone(self.message, "danger")
