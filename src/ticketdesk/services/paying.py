"""Paying at the counter: what the till has to know beforehand, and how sums that are typed become tenders."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import to_cash
from ticketdesk.domain.orders import CASH, CREDIT, METHODS
from ticketdesk.services import cashroom
from ticketdesk.services.cash_left import CashLeft, cash_left
from ticketdesk.services.cashroom import TillLine
from ticketdesk.services.ledger import Tender
from ticketdesk.storage.tables import Customer, Line, Order

_OTHERS = 6


@dataclass(frozen=True, slots=True)
class OpenBill:
    """Another order of the same customer with something to pay, in minor units."""

    id: UUID
    number: int
    device: str
    balance: int
    status: str
    has_lines: bool


@dataclass(frozen=True, slots=True)
class PayFacts:
    """What a payment may use: other orders to pay with it, credit, the till, the law's limit on cash."""

    others: tuple[OpenBill, ...]
    known: bool
    """Whether the customer is known, so that what is too much can be kept as their credit."""
    credit: int
    till: TillLine | None
    cash_left: CashLeft | None


def facts(session: Session, order_id: UUID, station: str, at: datetime, *, sees_cash: bool) -> PayFacts:
    """Give what the payment of an order may use, as it stands now."""
    order = session.get_one(Order, order_id)
    customer = session.get(Customer, order.customer_id) if order.customer_id else None
    others: tuple[OpenBill, ...] = ()
    if customer is not None:
        worked = select(Line.id).where(Line.order_id == Order.id).exists()
        query = (
            select(Order, worked)
            .where(Order.customer_id == customer.id, Order.balance > 0, Order.id != order_id)
            .order_by(Order.number)
            .limit(_OTHERS)
        )
        others = tuple(
            OpenBill(row.id, row.number, row.device_title, row.balance, row.status, has)
            for row, has in session.execute(query)
        )
    return replace(at_counter(session, order.customer_id, station, at, sees_cash=sees_cash), others=others)


def at_counter(session: Session, customer_id: UUID | None, station: str, at: datetime, *, sees_cash: bool) -> PayFacts:
    """Give what any payment may use at this PC now, by the customer if one is known."""
    customer = session.get(Customer, customer_id) if customer_id else None
    return PayFacts(
        (),
        customer is not None,
        customer.credit if customer else 0,
        cashroom.till_line(session, station, sees_cash=sees_cash),
        cash_left(session, customer_id, at),
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """What sums typed for a payment come to, in minor units.

    ``left`` is still to pay afterwards, ``change`` goes back into the hand, ``rest`` becomes credit, ``rounding`` is
    what cash is above (or below) the exact sum.
    """

    tenders: tuple[Tender, ...]
    paid: int
    left: int
    change: int
    rest: int
    rounding: int
    too_much: bool

    @property
    def cash(self) -> int:
        """Give what is paid in cash."""
        return sum(tender.amount for tender in self.tenders if tender.method == CASH)


def sums(
    due: int, given: Mapping[str, int], *, deposit: bool = False, step: int = 0, keep_rest: bool = False,
    reference: str = "",
) -> Sums:  # fmt: skip
    """Turn what is typed by method into tenders: cash takes what the others leave, rounded to coins, and gives change.

    A deposit is taken as it is typed. With ``keep_rest`` nothing is given back.
    """
    others = [
        Tender(method, given[method], None, "" if method == CREDIT else reference)
        for method in METHODS
        if method != CASH and given.get(method, 0) > 0
    ]
    by_others, cash = sum(tender.amount for tender in others), max(given.get(CASH, 0), 0)
    if deposit or keep_rest:
        taken = cash
    else:
        room = max(due - by_others, 0)
        rounded = to_cash(room, step)
        taken = min(cash, rounded) if cash >= min(rounded, room) else cash
    tenders = (*others, Tender(CASH, taken, cash)) if taken else tuple(others)
    paid = by_others + taken
    settled = not deposit and 0 < taken == to_cash(max(due - by_others, 0), step)
    rounding = paid - due if settled and not keep_rest else 0
    return Sums(
        tenders=tenders,
        paid=paid,
        left=0 if deposit else max(due + rounding - paid, 0),
        change=cash - taken,
        rest=max(paid - due, 0) if keep_rest and not deposit else 0,
        rounding=rounding,
        too_much=not deposit and not keep_rest and by_others > due,
    )
