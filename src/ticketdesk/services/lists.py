"""Lists of orders: views, sorted keys, pages by key, and counts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import AWAITING_PAYMENT, READY, SHIPPED, Phase, Urgency
from ticketdesk.services.searching import matching
from ticketdesk.storage.tables import Order, Staff
from ticketdesk.texts import N_


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: its key and name."""

    key: str
    label: str


VIEWS: tuple[View, ...] = (
    View("active", N_("Active")),
    View("mine", N_("Mine")),
    View("to_take", N_("To claim")),
    View("late", N_("Overdue")),
    View("urgent", N_("Urgent")),
    View("ready", N_("Ready for pickup")),
    View("awaiting_payment", N_("Awaiting payment")),
    View("shipped", N_("Shipped")),
    View("all", N_("All")),
)

SORTS: dict[str, InstrumentedAttribute[object]] = {
    "number": Order.number,
    "device": Order.device_sort,
    "customer": Order.customer_sort,
    "problem": Order.problem_sort,
    "status": Order.status_place,
    "assignee": Order.assignee_sort,
    "promised": Order.promised_at,
    "received": Order.received_at,
    "balance": Order.balance,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a list shows: a view, as somebody, at a moment, what was typed, sorted by what, which way."""

    view: str = "active"
    staff_id: UUID | None = None
    at: datetime | None = None
    typed: str = ""
    sort: str = "promised"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists, boards and previews show it. ``balance`` in minor units."""

    id: UUID
    number: int
    version: int
    kind: str
    urgency: str
    billing: str
    place: str
    status: str
    phase: str
    status_at: datetime
    customer_name: str
    customer_phone: str
    device_title: str
    device_kind: str
    complaint: str
    assignee_id: UUID | None
    assignee: str
    promised_at: datetime
    received_at: datetime
    total: int
    balance: int


_ROW: tuple[Any, ...] = (
    Order.id,
    Order.number,
    Order.version,
    Order.kind,
    Order.urgency,
    Order.billing,
    Order.place,
    Order.status,
    Order.phase,
    Order.status_at,
    Order.customer_name,
    Order.customer_phone,
    Order.device_title,
    Order.device_kind,
    Order.complaint,
    Order.assignee_id,
    func.coalesce(Staff.name, ""),
    Order.promised_at,
    Order.received_at,
    Order.total,
    Order.balance,
)
_LATE = (Phase.NEW.value, Phase.WORKING.value, Phase.WAITING.value)


def is_late(row: OrderRow, at: datetime) -> bool:
    """Say whether an order's promised time passed before it was ready."""
    return row.phase in _LATE and row.promised_at < at


def spine(session: Session, question: Question) -> "array[int]":
    """Give the numbers of all orders of a list, in its order: the bones behind a scroll bar.

    One value comes from the database, made in C there, so that no Python loop holds up the window.
    """
    numbers = _asked(session, question, Order.number).order_by(*_order(question)).subquery()
    keys: array[int] = array("q")
    if session.get_bind().dialect.name == "sqlite":
        joined = session.scalar(select(func.group_concat(func.printf("%016x", numbers.c.number), "")))
        keys.frombytes(bytes.fromhex(joined or ""))
    else:
        keys.frombytes(session.scalar(select(func.string_agg(func.int8send(numbers.c.number), b""))) or b"")
    keys.byteswap()
    return keys


def page(
    session: Session, question: Question, *, after: int | None = None, limit: int = 60
) -> list[OrderRow]:
    """Give the orders of a list that follow the one of number ``after``; the first ones without it."""
    if after is None:
        query = _asked(session, question, *_ROW).order_by(*_order(question)).limit(limit)
        return _rows(session.execute(_with_names(query)))
    column = SORTS[question.sort]
    value = session.scalar(select(column).where(Order.number == after))
    # two index ranges instead of one row comparison: with few distinct values 200 times faster
    beyond = Order.number < after if question.descending else Order.number > after
    ranges: list[ColumnElement[bool]] = [beyond]
    if column is not Order.number:
        further = column < value if question.descending else column > value
        ranges = [and_(column == value, beyond), further]
    rows: list[OrderRow] = []
    for part in ranges:
        query = (
            _asked(session, question, *_ROW).where(part).order_by(*_order(question)).limit(limit - len(rows))
        )
        rows.extend(_rows(session.execute(_with_names(query))))
        if len(rows) >= limit:
            break
    return rows


def rows(session: Session, numbers: Sequence[int]) -> list[OrderRow]:
    """Give the orders of these numbers, in this order; those that are gone are left out."""
    found = _rows(session.execute(_with_names(select(*_ROW).where(Order.number.in_(numbers)))))
    by_number = {row.number: row for row in found}
    return [by_number[number] for number in numbers if number in by_number]


def rows_by_id(session: Session, ids: Iterable[UUID]) -> list[OrderRow]:
    """Give the orders of these keys."""
    return _rows(session.execute(_with_names(select(*_ROW).where(Order.id.in_(list(ids))))))


def counts(session: Session, staff_id: UUID | None, at: datetime) -> dict[str, int]:
    """Count the orders of every view in one pass over the open ones."""
    columns = [func.count().filter(_view(view.key, staff_id, at)).label(view.key) for view in VIEWS[:-1]]
    row = session.execute(select(*columns).where(Order.open)).one()
    return dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping begins so


def board(session: Session, limit: int = 2000) -> list[OrderRow]:
    """Give all open orders for the board, urgent first, then by promised time."""
    query = (
        select(*_ROW)
        .where(Order.open)
        .order_by((Order.urgency == Urgency.URGENT).desc(), Order.promised_at, Order.number)
        .limit(limit)
    )
    return _rows(session.execute(_with_names(query)))


def _asked(session: Session, question: Question, *columns: Any) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(*columns)
    if question.view != "all":
        query = query.where(Order.open, _view(question.view, question.staff_id, question.at))
    condition = matching(session.get_bind().dialect.name, question.typed)
    return query if condition is None else query.where(condition)


def _view(key: str, staff_id: UUID | None, at: datetime | None) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "active": true(),
        "mine": Order.assignee_id == staff_id if staff_id else false(),
        "to_take": Order.assignee_id.is_(None),
        "late": and_(Order.phase.in_(_LATE), Order.promised_at < at),
        "urgent": Order.urgency == Urgency.URGENT.value,
        "ready": Order.status == READY,
        "awaiting_payment": Order.status == AWAITING_PAYMENT,
        "shipped": Order.status == SHIPPED,
    }
    return conditions[key]


def _order(question: Question) -> list[ColumnElement[object]]:
    column = SORTS[question.sort]
    both = [column] if column is Order.number else [column, Order.number]
    return [part.desc() if question.descending else part.asc() for part in both]


def _with_names(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(Staff, Staff.id == Order.assignee_id)


def _rows(found: Iterable[Row[*tuple[Any, ...]]]) -> list[OrderRow]:
    return [OrderRow(*tuple(row)) for row in found]
