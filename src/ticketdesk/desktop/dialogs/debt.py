"""What is owed for a device that left: remind its customer, or take the money."""

from functools import partial

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import Button, column, wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.documents.cash import statement_paper
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services import accounts
from ticketdesk.services.accounts import DebtRow, Remind
from ticketdesk.services.doors import Done
from ticketdesk.texts import _


class DebtDialog(Overlay):
    """A debt, and what can be done about it."""

    def __init__(self, desk: Desk, host: Host, debt: DebtRow) -> None:
        amount = format_money(debt.amount, desk.shop.currency)
        title = _("{amount} to be paid").format(amount=amount)
        super().__init__(host.window, title, str(debt.number), width=820)
        self._desk, self._host, self._debt, self._request = desk, host, debt, new_key()
        facts = []
        if debt.pay_by is not None:
            facts.append(_("To be paid by {day}.").format(day=dates.numeric_day(debt.pay_by)))
        if debt.phone:
            facts.append(_("Phone: {phone}.").format(phone=shown_phone(debt.phone)))
        if debt.reminded_at is not None:
            when = dates.moment_text(debt.reminded_at, desk.now(), desk.shop.zone)
            facts.append(_("Reminded last: {moment}.").format(moment=when))
        ways = (("phone", _("Phone")), ("message", _("Message")), ("letter", _("Letter")))
        self.how = Segmented(_("How they were reminded"), ways)
        self.body.addLayout(
            column(
                wrapped(f"{debt.customer} · {debt.device}", "field"),
                wrapped(" ".join(facts), tone="second"),
                Field(_("How they were reminded"), self.how),
                spacing=12,
            )
        )
        statement = Button(_("Statement"), icon="printer", size="md")
        order = Button(_("Open the order"), size="md")
        self.remind = Button(_("Write the reminder down"), icon="bell", size="md")
        self.pay = Button(_("Take payment"), "F4", "primary", "cash", "md")
        self.pay.setShortcut("F4")
        self.pay.setEnabled(desk.may(Right.TAKE_PAYMENT))
        self.remind.setEnabled(desk.may(Right.NOTE))
        statement.setEnabled(debt.customer_id is not None)
        for button, run in (
            (statement, self._statement), (order, self._order), (self.remind, self._remind), (self.pay, self._pay)
        ):  # fmt: skip
            button.clicked.connect(run)
        self.footer.addWidget(statement)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self, _("Close")))
        for button in (order, self.remind, self.pay):
            self.footer.addWidget(button)

    def _remind(self) -> None:
        def done(_done: Done) -> None:
            self._host.toast(_("Reminder of order {number} written down.").format(number=self._debt.number), "bell")
            self.dismiss()

        command = Remind(self._debt.order_id, self.how.value())
        self._desk.write(self, done, accounts.remind, command, request=self._request)

    def _order(self) -> None:
        self.dismiss()
        self._host.open_order(self._debt.order_id)

    def _pay(self) -> None:
        self.dismiss()
        self._host.open_payment(self._debt.order_id)

    def _statement(self) -> None:
        if self._debt.customer_id is None:
            return
        today = day_of(self._desk.now(), self._desk.shop.zone)
        first = today.replace(month=1, day=1)
        make = partial(statement_paper, customer_id=self._debt.customer_id, first=first, last=today)
        name = file_name(_("Statement of account"), self._debt.number)
        self._host.print_slip(Slip(make, name, _("Statement printed."), "statement"))
