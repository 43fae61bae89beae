"""Lists of orders: what passes filters, sorted; their numbers, pages by number, and counts."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import bounds, day_of
from ticketdesk.domain.filters import OPEN, Filter, Filters, only_few, only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.views import DUE, View
from ticketdesk.services import spines
from ticketdesk.services.filtering import (
    IS_LATE,
    IS_OPEN,
    LATE_PHASES,
    LEADING,
    Viewer,
    conditions,
    named,
    without_index,
)
from ticketdesk.services.reading import sees_customers
from ticketdesk.services.searching import latest
from ticketdesk.services.spines import LIMIT, Listing, Opening, Source
from ticketdesk.storage.tables import Device, Order, Staff
from ticketdesk.storage.types import Key

_ORDER, _STAFF, _DEVICE = Order.__table__.c, Staff.__table__.c, Device.__table__.c
"""Columns of the tables themselves: asked through the classes, each page would take half as long again."""

SORTS: dict[str, ColumnElement[Any]] = {
    "number": _ORDER.number,
    "device": _ORDER.device_sort,
    "customer": _ORDER.customer_sort,
    "problem": _ORDER.problem_sort,
    "status": _ORDER.status_place,
    "assignee": _ORDER.assignee_sort,
    "bin": _ORDER.bin,
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

    @property
    def given(self) -> dict[str, Any]:
        """Give what the statements that ask it are given each time."""
        return {"at": self.at}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists, boards and previews show it, to some without the phone. ``balance`` in minor units."""

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
    bin: str = ""


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


_EVERY = (1 << 31) - 1
"""The largest limit there is, and more orders than a shop will ever have."""
_LONGEST_NUMBER = 15
_KEPT = 128
"""How many statements of each kind are kept: to build one and know it again takes longer than SQLite's answer.

They are kept by what is asked. What differs each time is given by name: the moment, the place in the list, the limit.
"""
_OF_NUMBERS = _ROWS.where(_ORDER.number.in_(bindparam("numbers", type_=BigInteger(), expanding=True)))
_OF_KEYS = _ROWS.where(_ORDER.id.in_(bindparam("keys", type_=Key(), expanding=True)))


def opening(session: Session, question: Question, limit: int = 60) -> Opening[OrderRow]:
    """Give what a list shows at once: its first orders, and all that stands in it if it is a short one."""
    sectioned = _sectioned(session, question)
    if sectioned is not None:
        first = [key for key in sectioned.keys[: limit + len(sectioned.sections)] if key > 0]
        return Opening(sectioned, rows(session, first), whole=True)
    found = page(session, question, limit=limit)
    whole = len(found) < limit
    if (number := _whole_number(question)) is not None:
        meant = [row for row in found if row.number == number]
        if not meant and not whole:
            # its text begins with its number: no need to ask the index of texts, where one digit stands everywhere
            others = (asked for asked in question.filters if asked.field != "text")
            exact = Filter("number", (str(number),))
            meant = page(session, replace(question, filters=(*others, exact)), limit=1)
        found = [*meant, *(row for row in found if row.number != number)]
    return Opening(Listing(array("q", [row.number for row in found])), found, whole=whole)


def listing(session: Session, question: Question) -> Listing:
    """Give all that stands in a list, with sections by promised day if it is short and in the usual order."""
    sectioned = _sectioned(session, question)
    if sectioned is not None:
        return sectioned
    keys = spine(session, question)
    number = _whole_number(question)
    if number is not None and number in keys:
        keys.remove(number)
        keys.insert(0, number)
    return Listing(keys)


def _whole_number(question: Question) -> int | None:
    """Give what may be the whole number of an order: that comes first, before what merely holds these digits.

    A phone may begin with a zero, a number does not.
    """
    typed = [value for asked in question.filters if asked.field == "text" for value in asked.values]
    if (
        question.sort != "number"
        or len(typed) != 1
        or not typed[0].isdecimal()
        or len(typed[0]) > _LONGEST_NUMBER
        or typed[0][0] == "0"
    ):
        return None
    return int(typed[0])


def _sectioned(session: Session, question: Question) -> Listing | None:
    if question.sort != DUE or question.descending or question.at is None:
        return None
    found = session.execute(_due(*_kept(session, question)), {**question.given, "limit": _SECTIONED + 1}).all()
    if len(found) > _SECTIONED:
        return None
    today = day_of(question.at, question.zone)
    keys: array[int] = array("q")
    sections: dict[int, int] = {}
    place = 0
    while place < len(found):
        punctual, promised_at, _number = found[place]
        mark, beyond = _section(punctual, promised_at, today, question.zone)
        # they are sorted, so where a section ends is found by halving: five thousand need no look at each
        end = bisect_left(found, beyond, place, key=lambda row: row[:2])
        keys.append(mark)
        keys.extend([number for _late, _at, number in found[place:end]])
        sections[mark] = end - place
        place = end
    return Listing(keys, sections)


def _section(punctual: int, promised_at: datetime, today: date, zone: str) -> tuple[int, tuple[Any, ...]]:
    """Give the mark of the section in which an order stands, and what lies beyond it in the usual order."""
    if not punctual:
        return LATE, (1,)
    midnight, _end = bounds(today, today, zone)
    if promised_at < midnight:
        return EARLIER, (1, midnight)
    day = day_of(promised_at, zone)
    return -day.toordinal(), (1, bounds(day, day, zone)[1])


@lru_cache(maxsize=_KEPT)
def _due(dialect: str, question: Question) -> Select[Any]:
    columns = [column.label(f"by{place}") for place, column in enumerate(_columns(dialect, question))]
    return _asked(dialect, question, select(*columns)).order_by(*columns).limit(LIMIT)


def any_orders(session: Session) -> bool:
    """Say whether the shop has taken anything in yet."""
    return session.scalar(select(_ORDER.number).limit(1)) is not None


def is_late(row: OrderRow, at: datetime) -> bool:
    """Say whether an order's promised time passed before it was ready."""
    return row.phase in LATE_PHASES and row.promised_at < at


def spine(session: Session, question: Question) -> "array[int]":
    """Give the numbers of all orders of a list, in its order."""
    return spines.spine(session, _bones(*_kept(session, question)), question.given)


def read_ahead(session: Session, sort: str) -> None:
    """Read what a sort goes by once, so that the database and the system hold it when somebody sorts by it.

    Nothing is kept here, and nothing is made of it: that takes a third of what the numbers would.
    """
    # without a limit, however large, the order would be left out as of no use, and with it the index
    sql = "SELECT count(number) FROM (SELECT number FROM orders ORDER BY {}, number LIMIT {}) AS walked"
    session.connection().exec_driver_sql(sql.format(SORTS[sort].name, _EVERY)).close()


@lru_cache(maxsize=_KEPT)
def _bones(dialect: str, question: Question) -> Select[Any]:
    numbers = _asked(dialect, question, select(_ORDER.number))
    return spines.bones(
        dialect, numbers.order_by(*spines.ordered(_columns(dialect, question), descending=question.descending))
    )


def page(session: Session, question: Question, *, after: int | None = None, limit: int = 60) -> list[OrderRow]:
    """Give the orders of a list that follow the one of number ``after``; the first ones without it."""
    if after is None and question.sort == "number" and question.descending and not only_open(question.filters):
        words = [asked.values for asked in question.filters if asked.field == "text"]
        others = [asked for asked in question.filters if asked.field != "text"]
        if words and not any(asked.field in LEADING for asked in others):
            query = _found(*_kept(session, replace(question, filters=tuple(others))))
            return _made(session, latest(session, query, words, limit, given=question.given))
    kept = _kept(session, question)
    last = None
    if after is not None:
        last = session.execute(_place(*kept), {**question.given, "number": after}).one()
    found = spines.page(session, partial(_step, *kept), last, limit, question.given)
    return _made(session, found)


@lru_cache(maxsize=_KEPT)
def _found(dialect: str, question: Question) -> Select[Any]:
    return _asked(dialect, question, _ROWS)


@lru_cache(maxsize=_KEPT)
def _place(dialect: str, question: Question) -> Select[Any]:
    return select(*_columns(dialect, question)).where(_ORDER.number == bindparam("number", type_=BigInteger()))


@lru_cache(maxsize=_KEPT)
def _step(dialect: str, question: Question, depth: int) -> Select[Any]:
    columns = _columns(dialect, question)
    numbers = spines.step(
        _asked(dialect, question, select(_ORDER.number)), columns, depth, descending=question.descending
    )
    # the numbers come from an index alone; only the rows that are shown are read
    shown = _ROWS.where(_ORDER.number.in_(select(numbers.subquery().c.number)))
    return shown.order_by(*spines.ordered(columns, descending=question.descending))


def rows(session: Session, numbers: Sequence[int]) -> list[OrderRow]:
    """Give the orders of these numbers, in this order; those that are gone are left out."""
    by_number = {row.number: row for row in _rows(session, _OF_NUMBERS, {"numbers": numbers})}
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
    return _rows(session, _OF_KEYS, {"keys": list(ids)})


MOST_COUNTED = 1000
"""Nobody reads more of a list of closed orders than this, so they are not counted further."""


def counts(session: Session, views: Sequence[View], viewer: Viewer) -> dict[str, int]:
    """Count the orders of views: those of open orders in one pass over these, others as far as is of use.

    A count above ``MOST_COUNTED`` says only that there are more; a view of everything is not counted at all.
    """
    asked = tuple((view.key, named(session, view.filters)) for view in views if view.filters)
    found: dict[str, int] = {}
    for statement in _counted(session.get_bind().dialect.name, asked, viewer.at_midnight):
        row = session.execute(statement, {"at": viewer.at}).one()
        found |= row._mapping  # noqa: SLF001 - the public name of a row's mapping begins so
    return found


@lru_cache(maxsize=_KEPT)
def _counted(dialect: str, asked: tuple[tuple[str, Filters], ...], viewer: Viewer) -> list[Select[Any]]:
    opened: list[Any] = []
    statements: list[Select[Any]] = []
    for key, filters in asked:
        narrowed = conditions(dialect, filters, viewer)
        if only_open(filters):
            opened.append(func.count().filter(and_(true(), *narrowed)).label(key))
        else:
            some = select(_ORDER.number).where(*narrowed).limit(MOST_COUNTED + 1).subquery()
            statements.append(select(func.count().label(key)).select_from(some))
    if opened:
        statements.append(select(*opened).where(IS_OPEN))
    return statements


def board(session: Session, limit: int = 2000) -> list[OrderRow]:
    """Give all open orders for the board, urgent first, then by promised time."""
    urgent = _ORDER.urgency == Urgency.URGENT
    query = _ROWS.where(IS_OPEN).order_by(urgent.desc(), _ORDER.promised_at, _ORDER.number).limit(limit)
    return _rows(session, query, {})


def _kept(session: Session, question: Question) -> tuple[str, Question]:
    """Give what statements are kept by: the database, and the question as it is asked all day long."""
    filters, at = named(session, question.filters), question.viewer.at_midnight.at
    return session.get_bind().dialect.name, replace(question, filters=filters, at=at)


def _asked(dialect: str, question: Question, query: Select[Any]) -> Select[Any]:
    if question.customer_id is not None:
        query = query.where(_ORDER.customer_id == question.customer_id)
    if question.device_id is not None:
        query = query.where(_ORDER.device_id == question.device_id)
    return query.where(*conditions(dialect, question.filters, question.viewer))


_PUNCTUAL = case((IS_LATE, literal_column("0", Integer)), else_=literal_column("1", Integer))


def _columns(dialect: str, question: Question) -> list[ColumnElement[Any]]:
    """Give what a list is sorted by; the number last, so that no two orders stand equal."""
    if question.sort == DUE:
        columns = [_PUNCTUAL, _ORDER.promised_at, _ORDER.number]
    else:
        column = SORTS[question.sort]
        columns = [column] if column is _ORDER.number else [column, _ORDER.number]
    if dialect == "sqlite" and only_few(question.filters):
        return list(map(without_index, columns))  # sorting few costs less than going by an index of all
    return columns


def _rows(session: Session, query: Select[Any], given: Mapping[str, Any]) -> list[OrderRow]:
    return _made(session, session.execute(query, given).all())


_PHONE = OrderRow.__slots__.index("customer_phone")


def _made(session: Session, found: Sequence[Row[*tuple[Any, ...]]]) -> list[OrderRow]:
    """Make rows of what was found, without phones for who may not see them.

    The statements are the same for everybody, so that they are kept once and lists of nobody are slower.
    """
    if sees_customers(session):
        return [OrderRow(*row) for row in found]
    seen: list[list[Any]] = [list(row) for row in found]
    for row in seen:
        row[_PHONE] = ""
    return [OrderRow(*row) for row in seen]
