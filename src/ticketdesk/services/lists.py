"""Lists of orders: what passes filters, sorted; their numbers, pages by number, and counts."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import day_of
from ticketdesk.domain.filters import OPEN, Filter, Filters, only_few, only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.views import DUE, View
from ticketdesk.services import spines
from ticketdesk.services.filtering import IS_OPEN, LATE_PHASES, LEADING, Viewer, conditions, late, without_index
from ticketdesk.services.searching import latest
from ticketdesk.services.spines import Listing, Opening, Source
from ticketdesk.storage.tables import Device, Order, Staff

_ORDER, _STAFF, _DEVICE = Order.__table__.c, Staff.__table__.c, Device.__table__.c
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


@dataclass(frozen=True, slots=True)
class Question:
    """What a list shows: what passes the filters, to whom, at a moment on the shop's clock, sorted by what.

    It may be the list of one customer or of one device.
    """

    filters: Filters = OPEN
    staff_id: UUID | None = None
    at: datetime | None = None
    zone: str = ""
    sort: str = DUE
    descending: bool = False
    customer_id: UUID | None = None
    device_id: UUID | None = None

    @property
    def viewer(self) -> Viewer:
        """Give who looks, when, and on which clock."""
        return Viewer(self.staff_id, self.at, self.zone)


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
    paid: int = 0
    ready_at: datetime | None = None
    handed_over_at: datetime | None = None
    brand: str = ""
    serial: str = ""
    source: str = ""
    """Where the order was imported from."""


_ELSEWHERE: dict[str, ColumnElement[Any]] = {
    "assignee": func.coalesce(_STAFF.name, ""), "brand": func.coalesce(_DEVICE.brand, ""),
    "serial": func.coalesce(_DEVICE.serial, ""), "source": func.coalesce(_ORDER.source, ""),
}  # fmt: skip
_ROWS = (
    select(*(_ELSEWHERE[field] if field in _ELSEWHERE else _ORDER[field] for field in OrderRow.__slots__))
    .outerjoin_from(Order.__table__, Staff.__table__, _STAFF.id == _ORDER.assignee_id)
    .outerjoin(Device.__table__, _DEVICE.id == _ORDER.device_id)
)
LATE, EARLIER = -1, -2
"""Marks of the sections for late orders and for earlier days; that of a day is its ordinal, negative."""

_SECTIONED = 5000
"""Longer lists have no sections: nobody reads them from the top."""
_TOUCHED = 500
"""When more than so many orders are touched at once, all may be."""


def opening(session: Session, question: Question, limit: int = 60) -> Opening[OrderRow]:
    """Give what a list shows at once: its first orders, and all that stands in it if it is a short one."""
    sectioned = _sectioned(session, question)
    if sectioned is not None:
        first = [key for key in sectioned.keys[: limit + len(sectioned.sections)] if key > 0]
        return Opening(sectioned, rows(session, first), whole=True)
    found = page(session, question, limit=limit)
    whole = len(found) < limit
    if meant := _meant(session, question, len(found)):
        found = [*meant, *(row for row in found if row not in meant)]
    return Opening(Listing(array("q", [row.number for row in found])), found, whole=whole)


def listing(session: Session, question: Question) -> Listing:
    """Give all that stands in a list, with sections by promised day if it is short and in the usual order."""
    sectioned = _sectioned(session, question)
    if sectioned is not None:
        return sectioned
    keys = spine(session, question)
    for row in _meant(session, question, len(keys)):
        keys.remove(row.number)
        keys.insert(0, row.number)
    return Listing(keys)


def _meant(session: Session, question: Question, among: int) -> list[OrderRow]:
    """Give the order whose whole number was typed: it comes first, before what merely holds these digits."""
    typed = [value for asked in question.filters if asked.field == "text" for value in asked.values]
    if question.sort != "number" or among < 2 or len(typed) != 1 or not typed[0].isdecimal():
        return []
    exact = Filter("number", (typed[0].lstrip("0") or "0",))
    return page(session, replace(question, filters=(*question.filters, exact)), limit=1)


def _sectioned(session: Session, question: Question) -> Listing | None:
    if question.sort != DUE or question.descending or question.at is None:
        return None
    columns = _columns(session, question)
    query = _asked(session, question, select(*columns)).order_by(*columns).limit(_SECTIONED + 1)
    found = session.execute(query).all()
    if len(found) > _SECTIONED:
        return None
    today = day_of(question.at, question.zone)
    keys: array[int] = array("q")
    sections: dict[int, int] = {}
    for punctual, promised_at, number in found:
        day = day_of(promised_at, question.zone)
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
    return row.phase in LATE_PHASES and row.promised_at < at


def spine(session: Session, question: Question) -> "array[int]":
    """Give the numbers of all orders of a list, in its order."""
    return spines.spine(session, _asked(session, question, select(_ORDER.number)).order_by(*_order(session, question)))


def page(session: Session, question: Question, *, after: int | None = None, limit: int = 60) -> list[OrderRow]:
    """Give the orders of a list that follow the one of number ``after``; the first ones without it."""
    if after is None and question.sort == "number" and question.descending and not only_open(question.filters):
        words = [asked.values for asked in question.filters if asked.field == "text"]
        others = [asked for asked in question.filters if asked.field != "text"]
        if words and not any(asked.field in LEADING for asked in others):
            query = _ROWS.where(*conditions(session, others, question.viewer))
            return [OrderRow(*row) for row in latest(session, query, words, limit)]
    columns = _columns(session, question)

    def ask(*conditions: ColumnElement[bool]) -> Select[Any]:
        return _asked(session, question, select(_ORDER.number)).where(*conditions)

    def whole(numbers: Select[Any]) -> Select[Any]:
        # the numbers come from an index alone; only the rows that are shown are read
        return _ROWS.where(_ORDER.number.in_(select(numbers.subquery().c.number))).order_by(*_order(session, question))

    last = None if after is None else select(*columns).where(_ORDER.number == after)
    found = spines.page(session, ask, columns, last, limit, descending=question.descending, rows=whole)
    return [OrderRow(*row) for row in found]


def rows(session: Session, numbers: Sequence[int]) -> list[OrderRow]:
    """Give the orders of these numbers, in this order; those that are gone are left out."""
    by_number = {row.number: row for row in _rows(session, _ROWS.where(_ORDER.number.in_(numbers)))}
    return [by_number[number] for number in numbers if number in by_number]


def touched(session: Session, keys: Collection[UUID]) -> list[int] | None:
    """Give the numbers of the orders that have, or whose customer or device has, one of these keys.

    Nothing if it may be any order: names of staff stand in many.
    """
    wanted = list(keys)[: _TOUCHED + 1]
    if len(wanted) > _TOUCHED:
        return None
    if session.execute(select(_STAFF.id).where(_STAFF.id.in_(wanted)).limit(1)).first() is not None:
        return None
    here = [column.in_(wanted) for column in (_ORDER.id, _ORDER.customer_id, _ORDER.device_id)]
    numbers = list(session.scalars(select(_ORDER.number).where(or_(*here)).limit(_TOUCHED + 1)))
    return numbers if len(numbers) <= _TOUCHED else None


SOURCE: Source[Question, OrderRow] = Source(opening, listing, rows, touched)
"""Where lists of orders come from."""


def rows_by_id(session: Session, ids: Iterable[UUID]) -> list[OrderRow]:
    """Give the orders of these keys."""
    return _rows(session, _ROWS.where(_ORDER.id.in_(list(ids))))


MOST_COUNTED = 1000
"""Nobody reads more of a list of closed orders than this, so they are not counted further."""


def counts(session: Session, views: Sequence[View], viewer: Viewer) -> dict[str, int]:
    """Count the orders of views: those of open orders in one pass over these, others as far as is of use.

    A count above ``MOST_COUNTED`` says only that there are more; a view of everything is not counted at all.
    """
    opened = [view for view in views if only_open(view.filters)]
    columns = [
        func.count().filter(and_(true(), *conditions(session, view.filters, viewer))).label(view.key) for view in opened
    ]
    found: dict[str, int] = {}
    if columns:
        row = session.execute(select(*columns).where(IS_OPEN)).one()
        found = dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping begins so
    for view in views:
        if view.filters and view not in opened:
            some = select(_ORDER.number).where(*conditions(session, view.filters, viewer)).limit(MOST_COUNTED + 1)
            found[view.key] = session.scalar(select(func.count()).select_from(some.subquery())) or 0
    return found


def board(session: Session, limit: int = 2000) -> list[OrderRow]:
    """Give all open orders for the board, urgent first, then by promised time."""
    urgent = _ORDER.urgency == Urgency.URGENT
    return _rows(session, _ROWS.where(IS_OPEN).order_by(urgent.desc(), _ORDER.promised_at, _ORDER.number).limit(limit))


def _asked(session: Session, question: Question, query: Select[Any]) -> Select[Any]:
    if question.customer_id is not None:
        query = query.where(_ORDER.customer_id == question.customer_id)
    if question.device_id is not None:
        query = query.where(_ORDER.device_id == question.device_id)
    return query.where(*conditions(session, question.filters, question.viewer))


def _columns(session: Session, question: Question) -> list[ColumnElement[Any]]:
    """Give what a list is sorted by; the number last, so that no two orders stand equal."""
    if question.sort == DUE:
        columns = [case((late(question.at), 0), else_=1), _ORDER.promised_at, _ORDER.number]
    else:
        column = SORTS[question.sort]
        columns = [column] if column is _ORDER.number else [column, _ORDER.number]
    if session.get_bind().dialect.name == "sqlite" and only_few(question.filters):
        return list(map(without_index, columns))  # sorting few costs less than going by an index of all
    return columns


def _order(session: Session, question: Question) -> list[ColumnElement[Any]]:
    return [column.desc() if question.descending else column.asc() for column in _columns(session, question)]


def _rows(session: Session, query: Select[Any]) -> list[OrderRow]:
    return [OrderRow(*row) for row in session.execute(query).all()]
