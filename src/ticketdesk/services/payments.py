"""Take money, give it back, undo a mistake. The ledger is only ever added to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain import clock
from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money, share_out
from ticketdesk.domain.orders import CASH, CREDIT, ROUNDING, Phase
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, fiscal, ledger, lines, numbering, settings, tills
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Bill, Receipt, Tender
from ticketdesk.services.orders import locked, put
from ticketdesk.storage.tables import Customer, Order, Payment, Sale, Shift, Till
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class TakePayment:
    """What is paid for an order, in one or several tenders, and the status it goes to with it, if any.

    Before anything is written on the order it is a deposit; afterwards it may not exceed what is owed, unless
    ``keep_rest`` makes credit of what is too much. ``others`` are orders of the same customer paid with it.
    """

    order_id: UUID
    tenders: tuple[Tender, ...]
    then: str | None = None
    others: tuple[UUID, ...] = ()
    keep_rest: bool = False


@action("payment.take", Right.TAKE_PAYMENT)
def take_payment(session: Session, by: By, command: TakePayment) -> Done:
    """Take money for orders: one receipt number for all of it, balances fall, the order may move on."""
    shift = tills.for_money(session, by, cash=any(tender.method == CASH for tender in command.tenders))
    keys = dict.fromkeys((command.order_id, *command.others))
    found = {key: locked(session, key) for key in sorted(keys)}  # in one order, so that two never wait for each other
    orders = [found[key] for key in keys]
    if len(orders) > 1 and len({order.customer_id for order in orders} | {None}) > 2:
        raise Refusal(_("One payment is for the orders of one customer."), "others")
    receipt = Receipt(session, by, shift)
    ledger.receive(receipt, orders, command.tenders, keep_rest=command.keep_rest)
    fiscal.queue(session, by, receipt.rows)
    first = orders[0]
    if command.then is not None:
        for order in orders:
            put(session, by, order, command.then)
    return Done("order", first.id, first.number, first.version, receipt.rows[-1].id, receipt.rows[-1].shown)


@dataclass(frozen=True, slots=True)
class Refund:
    """A payment, how much of it goes back (minor units, positive), and why; the way it was paid unless said otherwise.

    ``method`` may be ``credit``: the money stays with us as the customer's. What would be owed again on an order that
    was handed over lowers its price, since its lines no longer change, unless it is ``still_owed``.
    """

    payment_id: UUID
    amount: int
    reason: str
    method: str = ""
    reference: str = ""
    still_owed: bool = False
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("payment.refund", Right.REFUND)
def refund(session: Session, by: By, command: Refund) -> Done:
    """Give money back by another line that names the first, once whoever has to has agreed."""
    first = _payment(session, command.payment_id)
    method = command.method or first.method
    shift = tills.for_money(session, by, cash=method == CASH, out=True)
    bill = _bill(session, first)
    if command.method:
        ledger.check_method(method)
    if bill is None and method == CREDIT:
        raise Refusal(_("This money is the customer's credit already. Pay it out instead."), "method")
    reason = _reason(command.reason)
    shop = settings.shop(session)
    left = left_of(session, first)
    if first.amount <= 0 or first.method == ROUNDING or not 0 < command.amount <= left:
        amount = format_money(max(left, 0), shop.currency)
        raise Refusal(_("Of this payment at most {amount} can be given back.").format(amount=amount), "amount")
    act = Act.REFUND if command.amount <= shop.refund_limit else Act.REFUND_LARGE
    if method not in {first.method, CREDIT}:
        act = Act.REFUND_OTHERWISE
    lowered = 0 if command.still_owed else _owed_again(bill, command.amount)
    text = _("Refund of {amount} for {subject}, receipt {number}. Reason: {reason}")
    if lowered:
        text = _("Refund of {amount} for {subject}, receipt {number}; its price is {lowered} lower. Reason: {reason}")
    what = text.format(
        lowered=format_money(lowered, shop.currency),
        amount=format_money(command.amount, shop.currency),
        subject=_subject(session, bill, first),
        number=first.shown,
        reason=reason,
    )
    approved_by = approvals.demand(session, by, act, command, what)
    tills.require_cash(session, shift, command.amount if method == CASH else 0)
    receipt = Receipt(session, by, shift, approved_by)
    tender = Tender(method, -command.amount, reference=command.reference)
    if isinstance(bill, Order) and lowered:
        lines.lower(session, by, bill, lowered, reason)
    if bill is not None and lowered and bill.balance == tender.amount:  # settled: its VAT comes out even by itself
        made = receipt.book(bill, ledger.REFUND, tender, corrects=first, reason=reason)
    else:
        made = give_back(receipt, bill, first, ledger.REFUND, tender, reason)
    return _done(session, bill, first, made)


def _owed_again(bill: Bill | None, amount: int) -> int:
    """Say how much of what goes back would be owed again on an order whose lines no longer change."""
    closed = isinstance(bill, Order) and bill.phase == Phase.DONE
    return min(amount, max(bill.balance + amount, 0)) if bill and closed and not ledger.is_free(bill) else 0


@dataclass(frozen=True, slots=True)
class ReceiptPart:
    """A payment of a receipt: its key, its method, and how much of it can still be given back, in minor units."""

    id: UUID
    receipt: str
    method: str
    left: int


def of_receipt(session: Session, typed: str) -> list[ReceiptPart]:
    """Find the payments of a receipt by its number, in the order in which they were made.

    Raises:
        Refusal: if there is no such receipt, or several bear the number and none is meant by its series.
    """
    rows = of_number(session, numbering.found(session, numbering.RECEIPT, typed))
    returnable = [row.amount > 0 and row.method != ROUNDING for row in rows]
    return [
        ReceiptPart(row.id, row.shown, row.method, left_of(session, row) if may else 0)
        for row, may in zip(rows, returnable, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Reverse:
    """Any payment of a receipt that was a mistake, and why."""

    payment_id: UUID
    reason: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("payment.reverse", Right.REFUND)
def reverse(session: Session, by: By, command: Reverse) -> Done:
    """Undo a whole receipt that was a mistake: in the shift in which it was made, or on its day if none holds it.

    Orders owe it again; of a sale all that was sold has come back.
    """
    first = _payment(session, command.payment_id)
    rows = of_number(session, first.document_number)
    cash = sum(row.amount for row in rows if row.method == CASH)
    if first.shift_id is not None:
        shift: Shift | None = tills.of_payment(session, by, first.shift_id, cash=bool(cash))
    else:
        shift = tills.for_money(session, by, cash=True, out=True) if cash else None
    reason = _reason(command.reason)
    shop = settings.shop(session)
    if first.kind not in {ledger.DEPOSIT, ledger.PAYMENT, ledger.ACCOUNT}:
        raise Refusal(_("Only money that was taken can be undone."), "payment")
    if first.shift_id is None and clock.day_of(by.at, shop.zone) != clock.day_of(first.at, shop.zone):
        raise Refusal(_("The day of this payment is over. Give a refund instead."), "payment")
    bills = {row.id: bill for row, bill in zip(rows, _bills(session, rows), strict=True)}
    corrected = select(Payment.id).where(Payment.corrects.in_([row.id for row in rows])).limit(1)
    if session.scalar(corrected) is not None:
        raise Refusal(_("Something of this payment was already given back."), "payment")
    total = sum(row.amount for row in rows if row.method != ROUNDING)
    text = _("Undo receipt {number} of {amount}, {subject}. Reason: {reason}")
    till = session.get_one(Till, shift.till_id) if shift and cash else None
    if till is not None and till.id != tills.of_station(session, by.station):
        text = _("Undo receipt {number} of {amount}, {subject}; the cash comes out of {till}. Reason: {reason}")
    what = text.format(
        number=first.shown,
        amount=format_money(total, shop.currency),
        subject=_subject(session, bills[first.id], first),
        till=till.name if till else "",
        reason=reason,
    )
    if fiscal.withdraw(session, by, first):
        what = _(
            "{what}. Its fiscal receipt is or may be printed, and has to be cancelled at the fiscal printer."
        ).format(what=what)
    approved_by = approvals.demand(session, by, Act.REVERSE, command, what)
    tills.require_cash(session, shift, cash)
    receipt = Receipt(session, by, shift, approved_by)
    for row in rows:
        tender = Tender(row.method, -row.amount, reference=row.reference)
        give_back(receipt, bills[row.id], row, ledger.REVERSAL, tender, reason)
    for sale in dict.fromkeys(bill for bill in bills.values() if isinstance(bill, Sale)):
        lines.all_back(session, by, sale)
    return _done(session, bills[first.id], first, receipt.rows[-1])


def of_number(session: Session, document: DocumentNumber) -> list[Payment]:
    """Give the rows of the ledger that share a receipt's number."""
    same = (Payment.series == document.series) & (Payment.number == document.number)
    return list(session.scalars(select(Payment).where(same).order_by(Payment.place)))


def _payment(session: Session, payment_id: UUID) -> Payment:
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise Refusal(_("There is no such payment."), "payment")
    return payment


def _bill(session: Session, payment: Payment) -> Bill | None:
    return _bills(session, [payment])[0]


def _bills(session: Session, payments: Sequence[Payment]) -> list[Bill | None]:
    """Lock the bills of payments in the order of their keys, orders before sales before customers' accounts.

    An account is no bill, but of two who give money back of it only one may find it there.
    """
    orders = {key: locked(session, key) for key in sorted({row.order_id for row in payments if row.order_id})}
    sales = {
        key: session.get_one(Sale, key, with_for_update=True, populate_existing=True)
        for key in sorted({row.sale_id for row in payments if row.sale_id})
    }
    for key in sorted(
        {row.customer_id for row in payments if row.customer_id and not row.order_id and not row.sale_id}
    ):
        session.get_one(Customer, key, with_for_update={"key_share": True}, populate_existing=True)
    return [orders[row.order_id] if row.order_id else sales[row.sale_id] if row.sale_id else None for row in payments]


def left_of(session: Session, first: Payment) -> int:
    """Say how much of a payment was not given back yet; ask with its bill locked."""
    given = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.corrects == first.id)
    return first.amount + int(session.scalar(given) or 0)  # PostgreSQL sums whole numbers into decimals


def give_back(receipt: Receipt, bill: Bill | None, first: Payment, kind: str, tender: Tender, reason: str) -> Payment:
    """Book what goes back of a payment, under the VAT rates it was taken under."""
    if bill is None:
        if first.customer_id is None:
            raise AssertionError("a payment is for a bill or for somebody's account")
        return receipt.account(first.customer_id, kind, tender, corrects=first, reason=reason)
    left = {int(rate): part for rate, part in first.rates.items()}
    for given in receipt.session.scalars(select(Payment.rates).where(Payment.corrects == first.id)):
        for rate, part in given.items():
            left[int(rate)] = left.get(int(rate), 0) + part
    if -tender.amount == sum(left.values()):
        rates = {rate: -part for rate, part in left.items() if part}
    else:
        weights = {rate: part for rate, part in left.items() if part > 0}
        usual = settings.usual_vat(receipt.session, first.at)
        rates = share_out(tender.amount, weights or {usual: 1})
    return receipt.book(bill, kind, tender, corrects=first, rates=rates, reason=reason)


def _reason(typed: str) -> str:
    reason = tidy(typed)
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    return reason


def _subject(session: Session, bill: Bill | None, payment: Payment) -> str:
    if isinstance(bill, Order):
        return _("order {number}, {customer}").format(number=bill.number, customer=bill.customer_name or _("internal"))
    if bill is not None:
        return _("sale {number}").format(number=bill.shown)
    return session.get_one(Customer, payment.customer_id).name


def _done(session: Session, bill: Bill | None, payment: Payment, made: Payment) -> Done:
    if bill is None:
        customer = session.get_one(Customer, payment.customer_id)
        return Done("customer", customer.id, None, customer.version, made.id, made.shown)
    if isinstance(bill, Order):
        return Done("order", bill.id, bill.number, bill.version, made.id, made.shown)
    return Done("sale", bill.id, None, bill.version, made.id, made.shown, bill.shown)
