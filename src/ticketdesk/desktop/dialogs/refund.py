"""Give money back against a payment, or undo its whole receipt because it was a mistake; with the reason."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.undone import follow_undo
from ticketdesk.desktop.forms.refund import RefundForm
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import Button, label, retone
from ticketdesk.desktop.widgets.fields import Dropdown, Field
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money, parse_amount
from ticketdesk.domain.orders import CREDIT, METHOD_LABELS, METHODS
from ticketdesk.services import payments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import PaymentRow
from ticketdesk.texts import _


class RefundDialog(Overlay):
    """How much of a payment goes back, how and why. One dialog is one refund, however often it is pressed.

    ``left`` is what can still be given back, in minor units; ``known`` says that the customer may have credit.
    ``balance`` is that of an order which was handed over: there it is asked whether what goes back is still owed.
    """

    def __init__(
        self, desk: Desk, host: Host, payment: PaymentRow, left: int, *, known: bool = False, balance: int | None = None
    ) -> None:
        method = _(METHOD_LABELS[payment.method]).lower()
        title = _("Refund of receipt {number}").format(number=payment.number)
        super().__init__(host.window, title, method, width=600)
        self._desk, self._host, self._payment, self._request = desk, host, payment, new_key()
        form, page = RefundForm(), QWidget()
        form.setupUi(page)
        self.amount, self.reason = form.amount, form.reason
        self.amount.setText(format_amount(left))
        self.amount.selectAll()
        self.body.addWidget(page)
        self.how = Dropdown()
        self.how.addItem(_("the way it came: {method}").format(method=method), payment.method)
        for other in METHODS:
            if other != payment.method and (known or other != CREDIT):
                self.how.addItem(_(METHOD_LABELS[other]).lower(), other)
        self.body.addWidget(Field(_("&How it goes back"), self.how))
        self.afterwards = Dropdown()
        self.afterwards.addItem(_("the price is lowered by as much"), False)
        self.afterwards.addItem(_("it is still owed, and will be paid otherwise"), True)
        if balance is not None and balance + left > 0:
            self.body.addWidget(Field(_("&Afterwards"), self.afterwards))
        self._message = label("", tone="muted")
        self.body.addWidget(self._message)
        self.undo = Button(_("A mistake: undo the receipt"), icon="undo", size="md")
        self.undo.clicked.connect(self._undo)
        self._go = go_button(_("Give back"), self.finish, kind="danger")
        self.footer.addWidget(self.undo)
        self.undo.setVisible(payment.amount > 0)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self._go)

    def finish(self) -> None:
        """Give the money back, once."""
        try:
            amount = parse_amount(self.amount.text(), "amount")
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._lock(on=True)
        how, still_owed = self.how.currentData(), self.afterwards.currentData()
        command = payments.Refund(self._payment.id, amount, self.reason.text(), how, still_owed=still_owed)
        said = _("{amount} given back.").format(amount=format_money(amount, self._desk.shop.currency))
        write_approved(
            self._desk, self._host, self, partial(self._done, said), payments.refund, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _undo(self) -> None:
        self._lock(on=True)
        command = payments.Reverse(self._payment.id, self.reason.text())
        write_approved(
            self._desk, self._host, self, self._undone, payments.reverse, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _undone(self, done: Done) -> None:
        follow_undo(self._desk, self._host, self._payment.id, self._payment.number, done)
        self.dismiss()

    def _done(self, said: str, done: Done) -> None:
        if done.receipt is not None and done.made is not None:
            make = partial(payment_paper, payment_id=done.made)
            self._host.print_slip(Slip(make, file_name(_("Refund"), done.receipt), said))
        self.dismiss()

    def _lock(self, *, on: bool) -> None:
        self._go.setEnabled(not on)
        self.undo.setEnabled(not on)

    def _refused(self, refusal: Refusal) -> None:
        self._lock(on=False)
        self._request = new_key()
        self._message.setText(refusal.sentence)
        retone(self._message, "danger")
        (self.reason if refusal.field == "reason" else self.amount).setFocus()
