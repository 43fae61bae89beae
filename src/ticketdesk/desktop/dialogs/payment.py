"""Take money: one or several tenders, change due, and what happens when it is done."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.payment_end import PaymentEnd
from ticketdesk.desktop.dialogs.tenders import ChangeStrip, Tenders, beyond_law, sum_text, till_closed
from ticketdesk.desktop.host import Host, Slip, Wanted, file_name
from ticketdesk.desktop.widgets.basics import hline, label, retone, row
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.domain.orders import CASH, CREDIT, HANDED_OVER
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import REFUSE
from ticketdesk.services import paying, payments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.paying import PayFacts, Sums
from ticketdesk.texts import N_, _

_HINTS = {
    "card": N_("bank terminal at the till"),
    CASH: N_("the sum put into the hand"),
    "transfer": N_("payment order"),
    "voucher": N_("scanned code"),
    CREDIT: N_("what the customer has with us"),
}


class PaymentDialog(Overlay):
    """What is owed, how it is paid, what is given back. One dialog is one payment, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host, page: OrderPage) -> None:
        subtitle = f"{page.row.number} · {page.row.device_title} · {page.row.customer_name}"
        super().__init__(host.window, _("Payment"), subtitle, width=920)
        self._desk, self._host, self._page, self._request = desk, host, page, new_key()
        self._sent, self._refusal = False, ""
        self._facts: PayFacts | None = None
        self.deposit = not page.row.total
        hints = {method: _(hint) for method, hint in _HINTS.items()}
        self.tenders = Tenders(desk.shop, max(page.row.balance, 0), hints, deposit=self.deposit, width=148, quick=4)
        self.inputs = self.tenders.inputs
        self.tenders.changed.connect(self._edited)
        left, self.end = QVBoxLayout(), PaymentEnd(desk, page)
        self.end.changed.connect(self._chose)
        left.setSpacing(10)
        left.setContentsMargins(24, 16, 24, 16)
        self._head(left)
        left.addWidget(hline())
        how = label(_("Leave empty what is not used; the last one fills itself."), "small", tone="muted")
        left.addLayout(row(label(_("How the customer pays"), "small", 600, "second"), None, how))
        left.addWidget(self.tenders)
        left.addStretch(1)
        self.change = ChangeStrip(desk.shop.currency)
        left.addWidget(self.change)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(self.end)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(across)
        self._sum = label("", tone="second")
        leave = leave_button(self)
        self.go = go_button("", self.finish, icon="check", size="lg")
        self.footer.addWidget(self._sum, 1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self._reckon()
        desk.read(
            self, self._know, paying.facts, page.row.id, desk.name, desk.now(),
            sees_cash=desk.may(Right.SEE_TILL_CASH),
        )  # fmt: skip
        self.first = self.inputs[CASH]

    def present(self) -> None:
        """Show the dialog, the cash field ready."""
        super().present()
        self.inputs[CASH].selectAll()

    @property
    def due(self) -> int:
        """Give what is to pay, in minor units."""
        return self.tenders.due

    def sums(self) -> Sums:
        """Give what is typed, as tenders and what is left of them."""
        keep_rest = self.end.keep_rest.isChecked() and not self.end.keep_rest.isHidden()
        return self.tenders.sums(keep_rest=keep_rest, reference=self.end.reference.text())

    def finish(self) -> None:
        """Take the money, once."""
        if self._sent or not self.go.isEnabled():
            return
        found = self.sums()
        self._sent = True
        self._lock()
        end = self.end
        then = HANDED_OVER if end.hand_over.isChecked() and end.hand_over.isEnabled() else None
        others = tuple(bill.id for bill in end.chosen())
        command = payments.TakePayment(self._page.row.id, found.tenders, then, others, keep_rest=found.rest > 0)
        self._desk.write(self, self._done, payments.take_payment, command, refused=self._refused, request=self._request)

    def _know(self, facts: PayFacts) -> None:
        self._facts = facts
        self.end.know(facts)
        self.tenders.know(facts.credit)
        self._reckon()

    def _edited(self) -> None:
        self._refusal = ""
        self._reckon()

    def _chose(self) -> None:
        """Pay other orders too, or fewer; the method that takes the rest follows."""
        self._refusal = ""
        others = sum(bill.balance for bill in self.end.chosen())
        self.tenders.owe(max(self._page.row.balance, 0) + others)
        more = _("Other orders: {amount}").format(amount=format_amount(others))
        self._aside.setText(f"{self._makes_up}\n{more}" if others else self._makes_up)
        self._amount.setText(format_money(self.due, self._desk.shop.currency))
        self._reckon()

    def _head(self, left: QVBoxLayout) -> None:
        currency = self._desk.shop.currency
        left.addWidget(label(_("Deposit") if self.deposit else _("To pay"), tone="second"))
        paid = _("Total {total}").format(total=format_amount(self._page.row.total))
        if self.deposit and self._page.estimate:
            paid = _("Estimate: {amount}").format(amount=format_amount(self._page.estimate))
        if self._page.paid:
            before = _("Paid before: {amount}").format(amount=format_amount(self._page.paid))
            paid = f"{paid}\n{before}"
        self._amount = label("—" if self.deposit else format_money(self.due, currency), "amount", 600)
        self._makes_up, self._aside = paid, label(paid, "small", tone="second")
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        left.addLayout(row(self._amount, None, self._aside))

    def _lock(self) -> None:
        self.tenders.lock(on=self._sent)
        self.go.setEnabled(not self._sent)

    def _reckon(self) -> None:
        found, shop = self.sums(), self._desk.shop
        self.change.show_sums(found, deposit=self.deposit)
        self.end.follow(found, settled=not self.deposit and found.left == 0 and found.paid > 0 and not found.too_much)
        blocked = self.tenders.problem() or till_closed(shop, self._facts, found)
        if found.too_much:
            blocked = _("A card cannot take more than the balance.")
        warning = beyond_law(self._facts, found)
        if warning and shop.cash_limit == REFUSE:
            blocked = blocked or warning
        self._sum.setText(self._refusal or blocked or warning or sum_text(found))
        retone(self._sum, "danger" if self._refusal or blocked else "warn" if warning else "second")
        self.go.relabel(_("Take {amount}").format(amount=format_money(found.paid, shop.currency)))
        self.go.setEnabled(found.paid > 0 and not blocked and not self._sent)

    def _done(self, done: Done) -> None:
        currency, end, found = self._desk.shop.currency, self.end, self.sums()
        text = _("{amount} taken. Change due: {change}.").format(
            amount=format_money(found.paid, currency), change=format_money(found.change, currency)
        )
        papers = []
        several = bool(end.chosen()) or found.rest > 0
        if end.print_receipt.isChecked() and not several:
            papers.append(Wanted("receipt"))
        if end.hand_over.isChecked() and end.hand_over.isEnabled() and end.print_warranty.isChecked():
            papers.append(Wanted("warranty"))
        if end.print_receipt.isChecked() and several and done.made is not None:
            make = partial(payment_paper, payment_id=done.made)
            self._host.print_slip(Slip(make, file_name(_("Payment receipt"), done.receipt), text))
            text = ""
        self._host.print_papers(done.id, papers, text, "cash")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request, self._sent, self._refusal = new_key(), False, refusal.sentence
        self._lock()
        self._reckon()
