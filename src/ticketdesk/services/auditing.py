"""Does the money add up? Every balance, credit, shift and number, reckoned anew from the rows it is made of.

Each check gives a line for every row that is wrong, naming it.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CASH, CREDIT
from ticketdesk.services import ledger, reckoning, series
from ticketdesk.services import seals as sealing
from ticketdesk.services.customers import followed, pointers
from ticketdesk.services.numbering import ORDER
from ticketdesk.storage.tables import (
    CashMove,
    Counter,
    Customer,
    Entry,
    Line,
    Order,
    Payment,
    Sale,
    Shift,
    ShiftCount,
    ShopRow,
    Till,
)

_CHUNK = 2000


def balances(session: Session) -> Iterator[str]:
    """Check what every order and sale says of itself against its lines and payments."""
    for kind, line_of, paid_for in (
        (Order, Line.order_id, Payment.order_id),
        (Sale, Line.sale_id, Payment.sale_id),
    ):
        above = func.sum(case((Line.total > 0, Line.total), else_=0)).label("gross")
        below = func.sum(case((Line.total < 0, -Line.total), else_=0)).label("lowered")
        lines = select(line_of.label("bill"), above, below).group_by(line_of).subquery()
        paid = select(paid_for.label("bill"), func.sum(Payment.amount).label("paid")).group_by(paid_for).subquery()
        query = (
            select(
                kind,
                func.coalesce(lines.c.gross, 0),
                func.coalesce(lines.c.lowered, 0),
                func.coalesce(paid.c.paid, 0),
            )
            .outerjoin(lines, lines.c.bill == kind.id)
            .outerjoin(paid, paid.c.bill == kind.id)
            .execution_options(yield_per=_CHUNK)
        )
        for bill, gross, lowered, given in session.execute(query):
            name = f"order {bill.number}" if isinstance(bill, Order) else f"sale {bill.shown}"
            total, received = ledger.owed(bill, int(gross), int(lowered)), int(given)
            if bill.total != total:
                yield f"{name}: total {bill.total}, its lines make {total}"
            if bill.paid != received:
                yield f"{name}: paid {bill.paid}, its payments make {received}"
            if bill.balance != bill.total - bill.paid:
                yield f"{name}: balance {bill.balance}, expected {bill.total - bill.paid}"


def credits(session: Session) -> Iterator[str]:  # noqa: A001 - it is what they are called
    """Check the credit of every customer against what was put in and spent; nobody gives back more than was paid."""
    account = Payment.order_id.is_(None) & Payment.sale_id.is_(None)
    merged = pointers(session)
    sums: dict[UUID, int] = {}
    for whose, sign in ((account, 1), (~account & (Payment.method == CREDIT), -1)):
        query = select(Payment.customer_id, func.sum(Payment.amount)).where(whose).group_by(Payment.customer_id)
        for customer_id, amount in session.execute(query):
            if customer_id is not None:
                key = followed(merged, customer_id)
                sums[key] = sums.get(key, 0) + sign * int(amount)
    customers = select(Customer.id, Customer.number, Customer.credit).where(Customer.credit != 0)
    said = {key: (number, credit) for key, number, credit in session.execute(customers)}
    for key in dict.fromkeys((*said, *(key for key, made in sums.items() if made))):
        number, credit = said.get(key, (None, 0))
        if credit != sums.get(key, 0) or credit < 0:
            yield f"customer {number or key}: credit {credit}, payments make {sums.get(key, 0)}"
    yield from _came_in(session)
    first, back = Payment.__table__.alias("first"), Payment.__table__.alias("back")
    given = (
        select(first.c.series, first.c.number, first.c.place, first.c.amount, func.sum(back.c.amount))
        .join(back, back.c.corrects == first.c.id)
        .group_by(first.c.id, first.c.series, first.c.number, first.c.place, first.c.amount)
    )
    for series_, number, place, amount, returned in session.execute(given):
        left = amount + int(returned)
        if left * amount < 0 or abs(left) > abs(amount):
            yield f"receipt {DocumentNumber(series_, number).shown()}/{place}: {-int(returned)} was given back of {amount}"


def _came_in(session: Session) -> Iterator[str]:
    """Check that all money that came in of each customer is paid on their orders and sales, or is their credit.

    Over all customers it then holds too. Whoever was ever made one with somebody counts as one with them: of two who
    were parted again, one may have paid for the other meanwhile.
    """
    same = _ever_one(session)
    sums: dict[UUID | None, list[int]] = {}
    for place, whose, amount, some in (
        (0, Payment.customer_id, Payment.amount, Payment.method != CREDIT),
        (1, Order.customer_id, Order.paid, Order.paid != 0),
        (1, Sale.customer_id, Sale.paid, Sale.paid != 0),
        (2, Customer.id, Customer.credit, Customer.credit != 0),
    ):
        for customer_id, total in session.execute(select(whose, func.sum(amount)).where(some).group_by(whose)):
            key = None if customer_id is None else followed(same, customer_id)
            sums.setdefault(key, [0, 0, 0])[place] += int(total)
    for key, (came, paid, credit) in sums.items():
        if came != paid + credit:
            number = session.scalar(select(Customer.number).where(Customer.id == key)) if key else None
            name = f"customer {number or key}" if key else "nobody in particular"
            yield f"{name}: {came} came in, {paid} is paid for orders and sales and {credit} is credit"


def _ever_one(session: Session) -> dict[UUID, UUID]:
    same = dict(pointers(session))
    merges = select(Entry.subject_id, Entry.content).where(Entry.subject == "customer", Entry.action == "merged")
    for kept, content in session.execute(merges.order_by(Entry.id)):
        gone = UUID(json.loads(content or "{}").get("gone", str(kept)))
        if (first := followed(same, gone)) != (second := followed(same, kept)):
            same[first] = second
    return same


def shifts(session: Session) -> Iterator[str]:
    """Check that every shift comes to what it was closed with, and that nothing came into it afterwards."""
    moved, paid = _sum_by_shift(CashMove), _sum_by_shift(Payment, cash=True)
    in_moves = {key: int(total) for key, total in session.execute(moved)}
    in_payments = {key: int(total) for key, total in session.execute(paid)}
    query = select(Shift, Till.name).join(Till, Till.id == Shift.till_id).order_by(*Shift.in_turn())
    for shift, till in session.execute(query):
        name = f"shift {shift.shown} of {till}"
        cash = in_moves.get(shift.id, 0) + in_payments.get(shift.id, 0)
        if shift.closed_at is None:
            continue
        if cash != shift.counted:
            yield f"{name}: closed with {shift.counted}, its rows make {cash}"
        last = select(ShiftCount.total).where(ShiftCount.shift_id == shift.id, ShiftCount.occasion == "close")
        if session.scalar(last.order_by(ShiftCount.id.desc()).limit(1)) != shift.counted:
            yield f"{name}: closed with {shift.counted}, which was not counted"
        yield from (f"{name}: {wrong}" for wrong in _not_as_reported(session, shift))


def _not_as_reported(session: Session, shift: Shift) -> Iterator[str]:
    if shift.z is None:
        yield "its Z report is missing"
        return
    written, found = reckoning.as_closed(shift.z), reckoning.report(session, shift)
    for what in ("methods", "rates", "refunds", "voids", "receipts", "cash"):
        if getattr(written, what) != getattr(found, what):
            yield f"its Z report says {what} {getattr(written, what)}, its rows make {getattr(found, what)}"


def _sum_by_shift(kind: type[CashMove] | type[Payment], *, cash: bool = False) -> Select[UUID | None, int]:
    query = select(kind.shift_id, func.sum(kind.amount)).where(kind.shift_id.is_not(None)).group_by(kind.shift_id)
    return query.where(Payment.method == CASH) if cash else query


def numbers(session: Session) -> Iterator[str]:
    """Check that no number given out is above its counter, and that papers of money have no gaps in theirs."""
    counter = session.scalar(select(Counter.last).where(Counter.kind == ORDER)) or 0
    yield from _order_numbers(session, counter)
    for row in series.every(session):
        yield from (f"{row.kind} {row.shown(number)} of {row.last} is missing" for number in row.missing)


def _order_numbers(session: Session, last: int) -> Iterator[str]:
    """Orders are never deleted and their numbers have no gaps; those of a demo need not begin at one."""
    low, high, count = session.execute(select(func.min(Order.number), func.max(Order.number), func.count())).one()
    if (high or 0) > last:
        yield f"order {high} is above its counter {last}"
    if (high or 0) < last:
        yield f"order {last} is missing: the counter has given it out"
    if count and low != 1 and session.scalar(select(ShopRow.demo)) is False:
        yield f"order {low - 1} is missing"
    if count and high - low + 1 != count:
        following = select(Order.number + 1).where(Order.number < high, (Order.number + 1).not_in(select(Order.number)))
        yield from (f"order {number} is missing" for number in session.scalars(following.order_by(Order.number)))


def seals(session: Session) -> Iterator[str]:
    """Check every seal against the journal as it is now."""
    yield from sealing.broken(session)
