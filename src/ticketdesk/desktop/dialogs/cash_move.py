"""Put cash into the till or take some out, with the reason and the paper that says so."""

from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import label, retone, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import cash_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import CURRENCIES, format_money
from ticketdesk.services import shifts
from ticketdesk.services.doors import Done
from ticketdesk.services.shifts import IN, OUT, MoveCash
from ticketdesk.texts import _


class CashMoveDialog(Overlay):
    """In or out, how much, why, and on which paper. One dialog is one movement, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host, shift_id: UUID, till: str) -> None:
        super().__init__(host.window, _("Cash in or out"), till, width=480)
        self._desk, self._host, self._shift_id, self._request = desk, host, shift_id, new_key()
        self.way = Segmented(_("In or out"), ((OUT, _("Take out")), (IN, _("Put in"))))
        self.way.choose(OUT)
        self.amount, self.reason, self.document = MoneyInput(), TextInput(), TextInput()
        self.reason.setPlaceholderText(_("bank, change, small expenses…"))
        unit = CURRENCIES.get(desk.shop.currency, desk.shop.currency)
        self.fields = {
            "amount": Field(_("&Amount, {unit}").format(unit=unit), self.amount, required=True),
            "reason": Field(_("&Reason"), self.reason, required=True),
            "document": Field(_("&Paper, if there is one"), self.document),
        }
        self.body.addLayout(row(self.way, None))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.message = label("", tone="muted")
        self.body.addWidget(self.message)
        leave = leave_button(self)
        self.go = go_button(_("Write down"), self.finish)
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self.first = self.amount

    def finish(self) -> None:
        """Write it down, once."""
        for field in self.fields.values():
            field.hint("")
        try:
            amount = self.amount.amount() or 0
        except Refusal as refusal:
            self._refused(Refusal(refusal.sentence, "amount"))
            return
        if amount < 0:
            self._refused(Refusal(_("Write the amount without a sign."), "amount"))
            return
        self.go.setEnabled(False)
        signed = amount if self.way.value() == IN else -amount
        command = MoveCash(signed, self.reason.text(), self.document.text(), self._shift_id)
        write_approved(
            self._desk, self._host, self, partial(self._done, signed), shifts.move, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _done(self, amount: int, done: Done) -> None:
        money = format_money(abs(amount), self._desk.shop.currency)
        text = _("{amount} put into the till.") if amount > 0 else _("{amount} taken out of the till.")
        if done.made is not None:
            make = partial(cash_paper, move_id=done.made, code=self._desk.shop.language)
            self._host.print_slip(Slip(make, file_name(_("Cash slip"), done.receipt), text.format(amount=money)))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, self.fields):
            self.message.setText(refusal.sentence)
            retone(self.message, "danger")
