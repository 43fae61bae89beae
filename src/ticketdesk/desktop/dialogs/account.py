"""A customer's account: money left with us, credit given back, the statement on paper."""

from datetime import timedelta
from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import Button, label, retone, row, wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Dropdown, Field, MoneyInput, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import payment_paper, statement_paper
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import CURRENCIES, format_money
from ticketdesk.domain.orders import METHOD_LABELS, MONEY
from ticketdesk.domain.rights import Right
from ticketdesk.services import accounts
from ticketdesk.services.accounts import Account, PayIn, PayOut
from ticketdesk.services.doors import Done
from ticketdesk.services.ledger import Tender
from ticketdesk.texts import _

_IN, _OUT = "in", "out"
_YEAR = timedelta(days=365)


class AccountDialog(Overlay):
    """What stands between us and a customer, and moving it. One dialog is one movement, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host, customer_id: UUID, name: str) -> None:
        super().__init__(host.window, _("Account"), width=560)
        self._desk, self._host, self._id, self._request = desk, host, customer_id, new_key()
        self.state = wrapped(name, "field")
        self.way = Segmented(_("What is done"), ((_IN, _("Money left with us")), (_OUT, _("Give credit back"))))
        self.amount, self.reference, self.reason = MoneyInput(), TextInput(), TextInput()
        self.method = Dropdown("", [(method, _(METHOD_LABELS[method])) for method in MONEY])
        unit = CURRENCIES.get(desk.shop.currency, desk.shop.currency)
        self.fields = {
            "amount": Field(_("&Amount, {unit}").format(unit=unit), self.amount, required=True),
            "method": Field(_("&How"), self.method),
            "reference": Field(_("Reference on the &slip"), self.reference),
            "reason": Field(_("&Reason"), self.reason, required=True),
        }
        self.body.addWidget(self.state)
        self.body.addLayout(row(self.way, None))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.message = label("", tone="muted")
        self.body.addWidget(self.message)
        statement = Button(_("Statement"), icon="printer", size="md")
        statement.clicked.connect(self._statement)
        self.go = go_button(_("Write down"), self.finish)
        self.go.setEnabled(desk.may(Right.TAKE_PAYMENT))
        self.footer.addWidget(statement)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)
        self.way.changed.connect(self._chose)
        self._chose()
        desk.read(self, partial(self._known, name), accounts.account, customer_id)
        self.first = self.amount

    def finish(self) -> None:
        """Move the money, once."""
        for field in self.fields.values():
            field.hint("")
        try:
            amount = self.amount.amount() or 0
        except Refusal as refusal:
            self._refused(Refusal(refusal.sentence, "amount"))
            return
        self.go.setEnabled(False)
        method, reference = self.method.currentData(), self.reference.text()
        money = format_money(amount, self._desk.shop.currency)
        if self.way.value() == _IN:
            said = _("{amount} put into the account.").format(amount=money)
            tender = Tender(method, amount, reference=reference)
            self._desk.write(
                self, partial(self._done, said), accounts.pay_in, PayIn(self._id, (tender,)),
                refused=self._refused, request=self._request,
            )  # fmt: skip
        else:
            said = _("{amount} given back.").format(amount=money)
            command = PayOut(self._id, amount, method, self.reason.text(), reference)
            write_approved(
                self._desk, self._host, self, partial(self._done, said), accounts.pay_out, command,
                refused=self._refused, request=self._request,
            )  # fmt: skip

    def _known(self, name: str, account: Account) -> None:
        currency = self._desk.shop.currency
        text = _("{name}: credit {credit}, owes {owes}, of which overdue {overdue}.")
        self.state.setText(
            text.format(
                name=name,
                credit=format_money(account.credit, currency),
                owes=format_money(account.owes, currency),
                overdue=format_money(account.overdue, currency),
            )
        )

    def _chose(self) -> None:
        self.fields["reason"].setVisible(self.way.value() == _OUT)

    def _statement(self) -> None:
        today = day_of(self._desk.now(), self._desk.shop.zone)
        make = partial(statement_paper, customer_id=self._id, first=today - _YEAR, last=today)
        name = file_name(_("Statement of account"), today.isoformat())
        self._host.print_slip(Slip(make, name, _("Statement printed."), "statement"))

    def _done(self, said: str, done: Done) -> None:
        if done.receipt is not None and done.made is not None:
            make = partial(payment_paper, payment_id=done.made)
            self._host.print_slip(Slip(make, file_name(_("Payment receipt"), done.receipt), said))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, self.fields):
            self.message.setText(refusal.sentence)
            retone(self.message, "danger")
