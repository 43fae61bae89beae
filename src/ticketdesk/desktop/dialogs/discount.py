"""A discount on all of an order: a share, an amount, or both, with its reason."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import row, wrapped
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_percent, parse_percent
from ticketdesk.services import discounts
from ticketdesk.services.discounts import Discount
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _


class DiscountDialog(Overlay):
    """What is taken off the whole order; above the role's limit somebody else agrees with their PIN."""

    def __init__(self, desk: Desk, host: Host, page: OrderPage) -> None:
        super().__init__(host.window, _("Discount on the order"), str(page.row.number), width=520)
        self._desk, self._host, self._page, self._request = desk, host, page, new_key()
        self.share, self.amount, self.reason = TextInput(), MoneyInput(), TextInput()
        self.share.setText(format_percent(page.discount) if page.discount else "")
        self.amount.show_amount(page.discount_amount or None)
        self.reason.setText(page.discount_reason)
        self._fields = {
            "discount": Field(_("&Share, %"), self.share),
            "amount": Field(_("&Amount"), self.amount),
            "reason": Field(_("&Reason"), self.reason),
        }
        self._message = wrapped(tone="danger")
        self.body.addLayout(row(self._fields["discount"], self._fields["amount"], spacing=12))
        self.body.addWidget(self._fields["reason"])
        self.body.addWidget(self._message)
        self.go = go_button(_("Save"), self.finish)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)

    def finish(self) -> None:
        """Save the discount, once somebody agreed if somebody has to."""
        for field in self._fields.values():
            field.hint("")
        self._message.setText("")
        try:
            share = parse_percent(self.share.text(), "discount") if self.share.text().strip() else 0
            amount = self.amount.amount() or 0
        except Refusal as refusal:
            self._refused(Refusal(refusal.sentence, refusal.field or "amount"))
            return
        self.go.setEnabled(False)
        seen = (self._page.discount, self._page.discount_amount)
        command = Discount(self._page.row.id, share, amount, self.reason.text(), seen)
        write_approved(
            self._desk, self._host, self, self._saved, discounts.discount, command, refused=self._refused,
            request=self._request,
        )  # fmt: skip

    def _saved(self, _done: Done) -> None:
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, self._fields):
            self._message.setText(refusal.sentence)
