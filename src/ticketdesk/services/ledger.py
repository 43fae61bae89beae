"""Sums of a bill, which is an order or a sale: what is owed, what was paid and under which VAT rates, what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import MOST, RateTotal, format_amount, share_out, to_cash
from ticketdesk.domain.orders import CASH, CREDIT, METHODS, ROUNDING, Billing, Kind, Phase
from ticketdesk.domain.pricing import Reckoned, Terms, reckon, total_of
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import WARN
from ticketdesk.services import journal, settings, tills
from ticketdesk.services.cash_left import cash_left
from ticketdesk.services.numbering import RECEIPT, take
from ticketdesk.storage.tables import Customer, Line, Order, Payment, Sale, Shift, Staff
from ticketdesk.texts import _

Bill = Order | Sale
DEPOSIT, PAYMENT, REFUND, REVERSAL, ACCOUNT = "deposit", "payment", "refund", "reversal", "account"
"""Kinds of payments: the last one is money put into a customer's account."""
_LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class Tender:
    """One way of paying: method, the amount booked, and for cash what was handed over (minor units).

    ``reference`` is what the slip of the card terminal, the bank or the voucher says of itself.
    """

    method: str
    amount: int
    tendered: int | None = None
    reference: str = ""


def terms(bill: Bill) -> Terms:
    """Give what holds for a whole bill: discount and surcharge."""
    if isinstance(bill, Sale):
        return Terms()
    return Terms(bill.discount, bill.discount_amount, bill.surcharge)


def terms_told(order: Order) -> dict[str, object]:
    """Give the terms of an order as every entry tells them that may have changed them: so nobody changes them unseen."""
    return {"row": asdict(terms(order))}


def shown(bill: Bill) -> str:
    """Give the number of a bill as people read it."""
    return str(bill.number) if isinstance(bill, Order) else bill.shown


def is_free(bill: Bill) -> bool:
    """Say whether nobody owes anything for it: work under warranty, and the shop's own orders."""
    return isinstance(bill, Order) and (bill.billing == Billing.WARRANTY or bill.kind == Kind.INTERNAL)


def _goes_on(bill: Bill) -> bool:
    return not isinstance(bill, Order) or bill.phase not in {Phase.DONE, Phase.CANCELLED}


def owed(bill: Bill, works_and_parts: int, lowered: int = 0) -> int:
    """Say what is owed for lines that come to so much: nothing under warranty or for the shop's own orders.

    ``lowered`` is what lines below zero take off afterwards, positive.
    """
    return 0 if is_free(bill) else total_of(works_and_parts, terms(bill)) - lowered


def reckoned(bill: Bill, lines: Iterable[tuple[int, int]]) -> Reckoned:
    """Reckon a bill from its lines (total and VAT rate of each): discount, surcharge, and what is owed by VAT rate."""
    return reckon(() if is_free(bill) else lines, terms(bill))


def gross(session: Session, bill: Bill) -> int:
    """Give what the lines of a bill come to, before its discount and surcharge and before anything was lowered."""
    return sum(session.scalars(select(Line.total).where(_on(bill), Line.total > 0)))


def total_after_discount(bill: Bill, works_and_parts: int) -> int:
    """Give what is left of lines that come to so much once the discount on all of it is off; without the surcharge."""
    return total_of(works_and_parts, replace(terms(bill), surcharge=0))


def retotal(session: Session, bill: Bill) -> None:
    """Bring total and balance of a bill up to its lines and payments.

    Raises:
        Refusal: if it grows to more than any amount may be.
    """
    session.flush()
    before, bill.total = bill.total, reckoned(bill, totals(session, bill)).total
    if bill.total > max(before, MOST):  # what came to more once can still be made less
        raise Refusal(_("All together comes to at most {most}.").format(most=format_amount(MOST)), "price")
    bill.balance = bill.total - bill.paid


def totals(session: Session, bill: Bill) -> list[tuple[int, int]]:
    """Give the total and the VAT rate of each line of a bill."""
    return [(total, rate) for total, rate in session.execute(select(Line.total, Line.vat).where(_on(bill)))]


def rates(bill: Bill, lines: Iterable[tuple[int, int]]) -> tuple[RateTotal, ...]:
    """Split what is owed by VAT rate, given (gross, rate) of each line."""
    return reckoned(bill, lines).rates


@dataclass
class Receipt:
    """One act at the till: rows of the ledger that share a number, a shift and whoever approved them.

    The number is taken with the first row, so lock everything else before.
    """

    session: Session
    by: By
    shift: Shift | None = None
    approved_by: UUID | None = None
    number: DocumentNumber | None = None
    rows: list[Payment] = field(default_factory=list)
    remarks: dict[str, object] = field(default_factory=dict)
    """What the journal is to say besides, on every line of the receipt."""

    def __post_init__(self) -> None:
        """Stamp nothing before the opening of the shift."""
        self.by = tills.in_time(self.by, self.shift)

    def book(
        self,
        bill: Bill,
        kind: str,
        tender: Tender,
        *,
        corrects: Payment | None = None,
        rates: dict[int, int] | None = None,
        reason: str = "",
    ) -> Payment:
        """Add money for a bill to the ledger, its sum to the bill, its line to the journal. Refunds are negative.

        Raises:
            Refusal: if the method is unknown, nothing is paid, less was handed over than is booked, or a credit
                is nobody's.
        """
        if corrects is not None and corrects.method != ROUNDING:
            check_method(tender.method)
        if tender.method == CREDIT and bill.customer_id is None:
            raise Refusal(_("Only a known customer has credit."), "method")
        split = self._split(bill, tender.amount) if rates is None else rates
        customer = self._customer(bill.customer_id) if tender.method == CREDIT else None
        payment = self._row(kind, tender, corrects, reason)
        if isinstance(bill, Order):
            payment.order_id = bill.id
        else:
            payment.sale_id = bill.id
        payment.customer_id = bill.customer_id
        payment.rates = {str(rate): part for rate, part in split.items()}
        bill.paid += tender.amount
        bill.balance = bill.total - bill.paid
        self._record(bill, payment)
        if customer is not None:
            self._credit(customer, -tender.amount, payment)
        return payment

    def account(
        self, customer_id: UUID, kind: str, tender: Tender, *, corrects: Payment | None = None, reason: str = ""
    ) -> Payment:
        """Put money into a customer's account, or give it out of it: then the amount is negative.

        Raises:
            Refusal: as ``book``, or if there is less credit than is given out.
        """
        check_method(tender.method)
        customer = self._customer(customer_id)
        payment = self._row(kind, tender, corrects, reason)
        payment.customer_id = customer_id
        self._record(None, payment)
        self._credit(customer, tender.amount, payment)
        return payment

    def _row(self, kind: str, tender: Tender, corrects: Payment | None, reason: str) -> Payment:
        handed = _handed(tender)
        if self.number is None:
            self.number = take(self.session, self.by, (RECEIPT.key,))[RECEIPT.key]
        return Payment(
            shift_id=self.shift.id if self.shift else None,
            series=self.number.series,
            number=self.number.number,
            place=len(self.rows) + 1,
            kind=kind,
            method=tender.method,
            amount=tender.amount,
            tendered=handed,
            rates={},
            reference=tidy(tender.reference)[:_LONGEST_REFERENCE],
            reason=reason,
            corrects=corrects.id if corrects else None,
            at=self.by.at,
            staff_id=self.by.staff_id,
            station=self.by.station,
            approved_by=self.approved_by,
        )

    def _record(self, bill: Bill | None, payment: Payment) -> None:
        content: dict[str, object] = {
            "amount": payment.amount,
            "method": payment.method,
            "number": payment.shown,
            "reason": payment.reason,
            "row": journal.row_told(payment),
        }
        content |= self.remarks
        if self.approved_by is not None:
            content["approved_by"] = self.session.get_one(Staff, self.approved_by).name
        if bill is not None:
            journal.record(self.session, self.by, bill, payment.kind, content)
        self.session.add(payment)
        self.rows.append(payment)

    def _customer(self, customer_id: UUID | None) -> Customer:
        return self.session.get_one(Customer, customer_id, with_for_update={"key_share": True}, populate_existing=True)

    def _credit(self, customer: Customer, change: int, payment: Payment) -> None:
        if customer.credit + change < 0:
            left = format_amount(customer.credit)
            raise Refusal(_("The customer has only {amount} of credit.").format(amount=left), "amount")
        before, customer.credit = customer.credit, customer.credit + change
        content = {
            "credit": [before, customer.credit],
            "number": payment.shown,
            "row": journal.row_told(payment),
        }
        journal.record(self.session, self.by, customer, "credit", content)

    def _split(self, bill: Bill, amount: int) -> dict[int, int]:
        """Say under which VAT rates an amount falls: by what is left of each rate, and all that is left at the end."""
        left = left_by_rate(self.session, bill)
        if amount == sum(left.values()):
            return {rate: part for rate, part in left.items() if part}
        weights = {rate: part for rate, part in left.items() if part > 0}
        return share_out(amount, weights or {settings.usual_vat(self.session, self.by.at): 1})


def receive(receipt: Receipt, bills: Sequence[Bill], tenders: Sequence[Tender], *, keep_rest: bool = False) -> None:
    """Take what is handed over for bills, in their order; what is too much becomes the customer's credit if wished.

    A single bill on which nothing is written yet takes any amount, as a deposit, unless it is closed. Cash that
    settles everything may be rounded to coins as the shop does it: the difference is a row of its own, and no price
    changes.

    Raises:
        Refusal: if nothing is paid, or more than is owed.
    """
    total, due = sum(tender.amount for tender in tenders), sum(max(bill.balance, 0) for bill in bills)
    if total <= 0 or any(tender.amount <= 0 for tender in tenders):
        raise Refusal(_("Write the amount."), "amount")
    for tender in tenders:
        check_method(tender.method)
    customer_id = bills[0].customer_id
    check_cash(receipt, customer_id, sum(tender.amount for tender in tenders if tender.method == CASH))
    ahead = len(bills) == 1 and not bills[0].total and _goes_on(bills[0])
    rounding = 0 if ahead else _rounding(receipt, tenders, due)
    rest = 0 if ahead else max(total + rounding - due, 0)
    if not due and not ahead and not keep_rest:
        raise Refusal(_("Nothing is owed on this order."), "amount")
    if rest and not (keep_rest and customer_id):
        raise Refusal(_("Only {amount} is still to pay.").format(amount=format_amount(due)), "amount")
    rooms = {bill.id: total if ahead else max(bill.balance, 0) for bill in bills}
    if rounding < 0:
        rooms[bills[-1].id] -= rounding
    shares = _shared(bills, tenders, rooms)
    if rounding:
        shares.append((bills[-1], Tender(ROUNDING, rounding)))
    settled = {
        bill.id: sum(part.amount for its, part in shares if its is bill) == bill.balance and not ahead for bill in bills
    }
    for bill, part in shares:
        receipt.book(bill, PAYMENT if settled[bill.id] else DEPOSIT, part)
    if rest and customer_id:
        for part in _beyond(tenders, total - rest):
            receipt.account(customer_id, ACCOUNT, part)


def check_cash(receipt: Receipt, customer_id: UUID | None, cash: int) -> None:
    """See that no person pays more cash in a day than the law lets a shop take; all of the day counts together.

    Raises:
        Refusal: if it would be more, and the shop refuses it; a shop that is only warned writes it into the journal.
    """
    left = cash_left(receipt.session, customer_id, receipt.by.at) if cash > 0 else None
    if left is None or cash <= left.amount:
        return
    if settings.shop(receipt.session).cash_limit == WARN:
        receipt.remarks["over_cash_limit"] = cash - left.amount
        return
    sentence = _("The law lets you take only {amount} more in cash from this customer today ({source}).")
    raise Refusal(sentence.format(amount=format_amount(left.amount), source=left.source), "amount")


def _shared(bills: Sequence[Bill], tenders: Sequence[Tender], rooms: dict[UUID, int]) -> list[tuple[Bill, Tender]]:
    shares = []
    for tender in tenders:
        left, change = tender.amount, _handed(tender) - tender.amount
        for bill in bills:
            part = min(left, rooms[bill.id])
            if part <= 0:
                continue
            left, rooms[bill.id] = left - part, rooms[bill.id] - part
            # the change of a cash tender shows on the row that ends it
            shares.append((bill, Tender(tender.method, part, part + (0 if left else change), tender.reference)))
    return shares


def _beyond(tenders: Sequence[Tender], taken: int) -> list[Tender]:
    beyond = []
    for tender in tenders:
        used = min(tender.amount, taken)
        taken -= used
        if tender.amount > used:
            if tender.method == CREDIT:
                raise Refusal(_("Credit cannot be put back into credit."), "amount")
            part, change = tender.amount - used, _handed(tender) - tender.amount
            beyond.append(Tender(tender.method, part, part + change, tender.reference))
    return beyond


def _rounding(receipt: Receipt, tenders: Sequence[Tender], due: int) -> int:
    """Give the row that makes a cash sum which settles everything payable in coins: due less what is paid in cash."""
    step = settings.shop(receipt.session).cash_rounding
    cash = sum(tender.amount for tender in tenders if tender.method == CASH)
    others = sum(tender.amount for tender in tenders) - cash
    left = due - others
    return left - cash if step and cash and left > 0 and cash == to_cash(left, step) else 0


def check_method(method: str) -> None:
    """See that somebody can pay or be paid this way. What cash is rounded by is no money: only the ledger books it.

    Raises:
        Refusal: if nobody can.
    """
    if method not in METHODS:
        raise Refusal(_("Choose how it is paid: cash, card, transfer, voucher or credit."), "method")


def _handed(tender: Tender) -> int:
    if tender.amount == 0:
        raise Refusal(_("Write the amount."), "amount")
    handed = tender.amount if tender.tendered is None else tender.tendered
    if max(handed, tender.amount) > MOST:
        raise Refusal(_("The amount is too large."), "amount")
    if handed < tender.amount:
        raise Refusal(_("Less was handed over than is paid."), "tendered")
    if handed > tender.amount and tender.method != CASH:
        raise Refusal(_("A card cannot take more than the balance."), "amount")
    return handed


def left_by_rate(session: Session, bill: Bill) -> dict[int, int]:
    """Say how much of a bill is not paid yet under each VAT rate, in minor units; negative where money is due back."""
    if not bill.total and not bill.paid:
        return {}
    left = {part.rate: part.gross for part in rates(bill, totals(session, bill))}
    if bill.paid:
        mine = Payment.order_id == bill.id if isinstance(bill, Order) else Payment.sale_id == bill.id
        for amount, split, at in session.execute(select(Payment.amount, Payment.rates, Payment.at).where(mine)):
            # payments of before they were split count at the usual rate of their day
            usual = settings.usual_vat(session, at)
            for rate, part in ({int(rate): part for rate, part in split.items()} or {usual: amount}).items():
                left[rate] = left.get(rate, 0) - part
    return left


def _on(bill: Bill) -> ColumnElement[bool]:
    return Line.order_id == bill.id if isinstance(bill, Order) else Line.sale_id == bill.id
