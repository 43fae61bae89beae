"""Give money back against a payment, with the reason."""

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.forms.refund import RefundForm
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.widgets.basics import Button, label, retone
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money, parse_amount
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.services import payments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import PaymentRow
from ticketdesk.texts import _


class RefundDialog(Overlay):
    """How much of a payment goes back, and why. One dialog is one refund, however often it is pressed.

    ``left`` is what can still be given back, in minor units.
    """

    def __init__(self, desk: Desk, host: Host, payment: PaymentRow, left: int) -> None:
        method = _(METHOD_LABELS[payment.method]).lower()
        title = _("Refund of receipt {number}").format(number=payment.number)
        super().__init__(host.window, title, method, width=480)
        self._desk, self._host, self._payment, self._request = desk, host, payment, new_key()
        form, page = RefundForm(), QWidget()
        form.setupUi(page)
        self.amount, self.reason = form.amount, form.reason
        self.amount.setText(format_amount(left))
        self.amount.selectAll()
        self.body.addWidget(page)
        self._message = label(_("The money goes back the way it came: {method}.").format(method=method), tone="muted")
        self.body.addWidget(self._message)
        self._go = Button(_("Give back"), "Ctrl+Enter", "danger", size="md")
        self._go.setShortcut("Ctrl+Return")
        self._go.clicked.connect(self.finish)
        self.footer.addStretch(1)
        self.footer.addWidget(self._go)

    def finish(self) -> None:
        """Give the money back, once."""
        try:
            amount = parse_amount(self.amount.text(), "amount")
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._go.setEnabled(False)
        command = payments.Refund(self._payment.id, amount, self.reason.text())
        write_approved(
            self._desk, self._host, self, lambda done: self._done(done, amount), payments.refund, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _done(self, done: Done, amount: int) -> None:
        money = format_money(amount, self._desk.shop.currency)
        said = _("{amount} given back.").format(amount=money)
        self._host.print_papers(done.id, [Wanted("receipt")], said, "cash")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._go.setEnabled(True)
        self._request = new_key()
        self._message.setText(refusal.sentence)
        retone(self._message, "danger")
        (self.reason if refusal.field == "reason" else self.amount).setFocus()
