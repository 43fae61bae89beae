"""Lists of orders: views, sorted keys, pages by key, and counts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, select, text, true
from sqlalchemy.orm import Session

from ticketdesk.domain import orders
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Phase, Urgency
from ticketdesk.services import spines
from ticketdesk.services.searching import matching
from ticketdesk.services.spines import Listing, Opening, Source
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

_ORDER, _STAFF = Order.__table__.c, Staff.__table__.c
"""Columns of the tables themselves: asked through the classes, each page would take half as long again."""

SORTS: dict[str, ColumnElement[Any]] = {
    "number": _ORDER.number,
    "device": _ORDER.device_sort,
    "customer": _ORDER.customer_sort,
    "problem": _ORDER.problem_sort,
    "status": _ORDER.status_place,
    "assignee": _ORDER.assignee_sort,
    "promised": _ORDER.promised_at,
    "received": _ORDER.received_at,
    "balance": _ORDER.balance,
}


DUE = "due"
"""The usual order of a list: what is late, then the rest, each by its promised time."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a list shows: a view, as somebody, at a moment, what was typed, sorted by what, which way."""

    view: str = "active"
    staff_id: UUID | None = None
    at: datetime | None = None
    typed: str = ""
    sort: str = DUE
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


_ROWS = select(
    *(func.coalesce(_STAFF.name, "") if field == "assignee" else _ORDER[field] for field in OrderRow.__slots__)
).outerjoin_from(Order.__table__, Staff.__table__, _STAFF.id == _ORDER.assignee_id)
_OPEN = text("orders.open")
"""As the partial index on open orders says it: SQLite would not take ``open = 1`` for the same."""

_LATE = (Phase.NEW.value, Phase.WORKING.value, Phase.WAITING.value)


LATE, EARLIER = -1, -2
"""Marks of the sections for late orders and for earlier days; that of a day is its ordinal, negative."""

_SECTIONED = 5000
"""Longer lists have no sections: nobody reads them from the top."""


def opening(session: Session, question: Question, zone: str, limit: int = 60) -> Opening[OrderRow]:
    """Give what a list shows at once: its first orders, and all that stands in it if it is a short one."""
    sectioned = _sectioned(session, question, zone)
    if sectioned is not None:
        first = [key for key in sectioned.keys[: limit + len(sectioned.sections)] if key > 0]
        return Opening(sectioned, rows(session, first), whole=True)
    found = page(session, question, limit=limit)
    keys = array("q", [row.number for row in found])
    return Opening(Listing(keys), found, whole=len(found) < limit)


def listing(session: Session, question: Question, zone: str) -> Listing:
    """Give all that stands in a list, with sections by promised day if it is short and in the usual order."""
    return _sectioned(session, question, zone) or Listing(spine(session, question))


def _sectioned(session: Session, question: Question, zone: str) -> Listing | None:
    if question.sort != DUE or question.descending or question.at is None:
        return None
    columns = _columns(question)
    query = _asked(session, question, select(*columns)).order_by(*columns).limit(_SECTIONED + 1)
    found = session.execute(query).all()
    if len(found) > _SECTIONED:
        return None
    today = day_of(question.at, zone)
    keys: array[int] = array("q")
    sections: dict[int, int] = {}
    for punctual, promised_at, number in found:
        day = day_of(promised_at, zone)
        mark = LATE if not punctual else EARLIER if day < today else -day.toordinal()
        if mark not in sections:
            keys.append(mark)
        sections[mark] = sections.get(mark, 0) + 1
        keys.append(number)
    return Listing(keys, sections)


def any_orders(session: Session) -> bool:
    """Say whether the shop has taken anything in yet."""
    return session.scalar(select(_ORDER.number).limit(1)) is not None


def is_late(row: OrderRow, at: datetime) -> bool:
    """Say whether an order's promised time passed before it was ready."""
    return row.phase in _LATE and row.promised_at < at


def spine(session: Session, question: Question) -> "array[int]":
    """Give the numbers of all orders of a list, in its order."""
    return spines.spine(session, _asked(session, question, select(_ORDER.number)).order_by(*_order(question)))


def page(session: Session, question: Question, *, after: int | None = None, limit: int = 60) -> list[OrderRow]:
    """Give the orders of a list that follow the one of number ``after``; the first ones without it."""
    columns = _columns(question)

    def ask(*conditions: ColumnElement[bool]) -> Select[Any]:
        return _asked(session, question, _ROWS).where(*conditions)

    last = None if after is None else select(*columns).where(_ORDER.number == after)
    found = spines.page(session, ask, columns, last, limit, descending=question.descending)
    return [OrderRow(*row) for row in found]


def rows(session: Session, numbers: Sequence[int]) -> list[OrderRow]:
    """Give the orders of these numbers, in this order; those that are gone are left out."""
    by_number = {row.number: row for row in _rows(session, _ROWS.where(_ORDER.number.in_(numbers)))}
    return [by_number[number] for number in numbers if number in by_number]


SOURCE: Source[Question, OrderRow] = Source(opening, listing, rows)
"""Where lists of orders come from."""


def rows_by_id(session: Session, ids: Iterable[UUID]) -> list[OrderRow]:
    """Give the orders of these keys."""
    return _rows(session, _ROWS.where(_ORDER.id.in_(list(ids))))


def counts(session: Session, staff_id: UUID | None, at: datetime) -> dict[str, int]:
    """Count the orders of every view in one pass over the open ones."""
    columns = [func.count().filter(_view(view.key, staff_id, at)).label(view.key) for view in VIEWS[:-1]]
    row = session.execute(select(*columns).where(_OPEN)).one()
    return dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping begins so


def board(session: Session, limit: int = 2000) -> list[OrderRow]:
    """Give all open orders for the board, urgent first, then by promised time."""
    urgent = _ORDER.urgency == Urgency.URGENT
    return _rows(session, _ROWS.where(_OPEN).order_by(urgent.desc(), _ORDER.promised_at, _ORDER.number).limit(limit))


def _asked(session: Session, question: Question, query: Select[Any]) -> Select[Any]:
    if question.view != "all":
        query = query.where(_OPEN, _view(question.view, question.staff_id, question.at))
    condition = matching(session.get_bind().dialect.name, question.typed)
    return query if condition is None else query.where(condition)


def _view(key: str, staff_id: UUID | None, at: datetime | None) -> ColumnElement[bool]:
    match key:
        case "mine":
            return _ORDER.assignee_id == staff_id if staff_id else false()
        case "to_take":
            return _ORDER.assignee_id.is_(None)
        case "late":
            return and_(_ORDER.phase.in_(_LATE), _ORDER.promised_at < at) if at else false()
        case "urgent":
            return _ORDER.urgency == Urgency.URGENT.value
        case orders.READY | orders.AWAITING_PAYMENT | orders.SHIPPED:
            return _ORDER.status == key
        case _:
            return true()


def _columns(question: Question) -> list[ColumnElement[Any]]:
    """Give what a list is sorted by; the number last, so that no two orders stand equal."""
    if question.sort == DUE:
        return [
            case((_view("late", None, question.at), 0), else_=1),
            _ORDER.promised_at,
            _ORDER.number,
        ]
    column = SORTS[question.sort]
    return [column] if column is _ORDER.number else [column, _ORDER.number]


def _order(question: Question) -> list[ColumnElement[Any]]:
    return [column.desc() if question.descending else column.asc() for column in _columns(question)]


def _rows(session: Session, query: Select[Any]) -> list[OrderRow]:
    return [OrderRow(*row) for row in session.execute(query).all()]
