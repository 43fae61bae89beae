"""Sums of an order: lines and surcharge owed, payments booked, the balance between them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import Charge, RateTotal, per_rate, share
from ticketdesk.domain.orders import METHODS, Billing, Kind
from ticketdesk.services import journal
from ticketdesk.storage.tables import Line, Order, Payment
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Tender:
    """One way of paying: method, the amount booked, and for cash what was handed over (minor units)."""

    method: str
    amount: int
    tendered: int | None = None
    reference: str = ""


def surcharge(order: Order, works_and_parts: int) -> int:
    """Give the urgency surcharge on a sum of lines, in minor units."""
    return share(works_and_parts, order.surcharge)


def owed(order: Order, works_and_parts: int) -> int:
    """Say what the customer owes for the lines: nothing under warranty or for the shop's own orders."""
    if order.billing == Billing.WARRANTY or order.kind == Kind.INTERNAL:
        return 0
    return works_and_parts + surcharge(order, works_and_parts)


def retotal(session: Session, order: Order) -> None:
    """Bring total and balance of an order up to its lines and payments."""
    session.flush()
    sums = session.scalars(select(Line.total).where(Line.order_id == order.id))
    order.total = owed(order, sum(sums))
    order.balance = order.total - order.paid


def rates(order: Order, lines: list[tuple[int, int]]) -> tuple[RateTotal, ...]:
    """Split what is owed by VAT rate, given (gross, rate) of each line; the surcharge follows its lines."""
    gross = sum(total for total, _rate in lines)
    due = owed(order, gross)
    if not due:
        return ()
    charges = [Charge(total, rate) for total, rate in lines]
    extra = due - gross
    if extra:
        highest = max((rate for _total, rate in lines), default=0)
        charges.append(Charge(extra, highest))
    return per_rate(charges)


def book(
    session: Session,
    by: By,
    order: Order,
    kind: str,
    tender: Tender,
    number: int,
    *,
    corrects: Payment | None = None,
    reason: str = "",
) -> Payment:
    """Add a payment to the ledger, its sum to the order, its line to the journal. Refunds are negative.

    Raises:
        Refusal: if the method is unknown, nothing is paid, or less was handed over than is booked.
    """
    if tender.method not in METHODS:
        raise Refusal(_("Choose how it is paid: cash, card, transfer or voucher."), "method")
    if tender.amount == 0 or (tender.amount < 0 and corrects is None):
        raise Refusal(_("Write the amount."), "amount")
    handed = tender.amount if tender.tendered is None else tender.tendered
    if handed < tender.amount:
        raise Refusal(_("Less was handed over than is paid."), "tendered")
    if handed > tender.amount and tender.method != "cash":
        raise Refusal(_("A card cannot take more than the balance."), "amount")
    payment = Payment(
        order_id=order.id,
        number=number,
        kind=kind,
        method=tender.method,
        amount=tender.amount,
        tendered=handed,
        reference=tender.reference[:40],
        reason=reason,
        corrects=corrects.id if corrects else None,
        at=by.at,
        staff_id=by.staff_id,
        station=by.station,
    )
    order.paid += tender.amount
    order.balance = order.total - order.paid
    content = {"amount": tender.amount, "method": tender.method, "number": number, "reason": reason}
    journal.record(session, by, order, kind, content)
    session.flush()
    session.add(payment)
    session.flush()
    return payment
