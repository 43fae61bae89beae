"""Everything at once: orders, customers, devices, bins, works and parts, the nearest first. For the one box of the window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.bins import LONGEST, tidy_bin
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import device_title
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.people import phone_digits
from ticketdesk.domain.ranking import Rank, rank
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import parse, plain_words
from ticketdesk.services import catalogue, searching
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.customers import living
from ticketdesk.services.filtering import Viewer, conditions, named
from ticketdesk.services.searching import CUSTOMERS
from ticketdesk.storage.tables import Customer, Device, Order

_ORDER, _CUSTOMER, _DEVICE = Order.__table__.c, Customer.__table__.c, Device.__table__.c
_LOOKED_AT, _MOST, _LONGEST_NUMBER, _TRIGRAM = 60, 6, 7, 3
_LAST = "\U0010ffff"
"""Stands after every letter, in both databases: what begins with a text lies between it and it with this."""


@dataclass(frozen=True, slots=True)
class OrderHit:
    """An order that may be meant."""

    rank: Rank
    id: UUID
    number: int
    device: str
    device_kind: str
    customer: str
    status: str


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer who may be meant; ``last`` is when they last brought something."""

    rank: Rank
    id: UUID
    name: str
    phone: str
    orders: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class DeviceHit:
    """A device that may be meant."""

    rank: Rank
    id: UUID
    kind: str
    title: str
    serial: str
    orders: int


@dataclass(frozen=True, slots=True)
class ItemHit:
    """A work or part that may be meant."""

    rank: Rank
    item: ItemRow


@dataclass(frozen=True, slots=True)
class BinHit:
    """The bin that is called so, and how many devices stand in it."""

    name: str
    orders: int
    rank: Rank = Rank.EXACT


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind, the nearest first, then the latest."""

    orders: tuple[OrderHit, ...] = ()
    customers: tuple[CustomerHit, ...] = ()
    devices: tuple[DeviceHit, ...] = ()
    bins: tuple[BinHit, ...] = ()
    items: tuple[ItemHit, ...] = ()


_ORDERS: Select[Any] = select(
    _ORDER.id, _ORDER.number, _ORDER.device_title, _ORDER.device_kind, _ORDER.customer_name, _ORDER.customer_phone,
    _ORDER.status, _ORDER.customer_id, _ORDER.device_id, _ORDER.received_at,
)  # fmt: skip


def find(session: Session, typed: str, viewer: Viewer, role: Role | None, limit: int = _MOST) -> Found:
    """Find what may be meant by what was typed; up to ``limit`` of each kind, and customers for who may see them.

    Only the latest orders that hold the words are looked at: what is meant is seldom older, and the list of
    orders finds all. Customers and devices are those of these orders, and any whose name, phone or serial
    number begins so.
    """
    if not fold(typed):
        return Found()
    candidates = _candidates(session, typed, viewer)
    return Found(
        _orders(typed, candidates, limit),
        _customers(session, typed, candidates, limit) if may(role, Right.SEE_CUSTOMERS) else (),
        _devices(session, typed, candidates, limit),
        _bins(session, typed),
        _items(session, typed, limit),
    )


def orders(session: Session, ids: Sequence[UUID]) -> tuple[OrderHit, ...]:
    """Give these orders, in this order: those somebody opened lately."""
    found = {row.id: _order(Rank.NONE, row) for row in session.execute(_ORDERS.where(_ORDER.id.in_(ids)))}
    return tuple(found[key] for key in ids if key in found)


def _candidates(session: Session, typed: str, viewer: Viewer) -> list[Row[Any]]:
    """Give the latest orders that hold every word, and those whose number is, or begins with, what was typed."""
    filters = parse(typed, day_of(viewer.at, viewer.zone)) if viewer.at is not None else ()
    words = [asked.values for asked in filters if asked.field == "text"]
    found = _numbered(session, typed)
    if len(words) < len(filters):
        narrowed = conditions(session.get_bind().dialect.name, named(session, filters), viewer)
        query = _ORDERS.where(*narrowed).order_by(_ORDER.number.desc()).limit(_LOOKED_AT)
        found.extend(session.execute(query, {"at": viewer.at}))
    elif _long(words):
        found.extend(searching.latest(session, _ORDERS, words, _LOOKED_AT))
    else:  # too short for the index of three letters: only what begins so
        start = fold(typed)
        for column in (_ORDER.customer_sort, _ORDER.device_sort):
            found.extend(session.execute(_ORDERS.where(_begins(column, start)).order_by(column).limit(_LOOKED_AT)))
    return list({row.id: row for row in found}.values())


def _long(words: Sequence[Sequence[str]]) -> bool:
    """Say whether the index of three letters narrows the search by any of these words."""
    return any(len(word) >= _TRIGRAM for group in words for word in group)


def _numbered(session: Session, typed: str) -> list[Row[Any]]:
    """Give the order of the number typed, and the latest of those whose number begins so."""
    digits = typed.strip().lstrip("0")
    found: list[Row[Any]] = []
    if not digits.isascii() or not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
        return found
    for more in reversed(range(_LONGEST_NUMBER + 1 - len(digits))):
        least, ten = int(digits) * 10**more, 10**more
        query = _ORDERS.where(_ORDER.number.between(least, least + ten - 1)).order_by(_ORDER.number.desc())
        found.extend(session.execute(query.limit(_MOST)))
    return found


def _orders(typed: str, candidates: Iterable[Row[Any]], limit: int) -> tuple[OrderHit, ...]:
    hits = [_order(rank(typed, (str(row.number), row.customer_name, row.device_title)), row) for row in candidates]
    return tuple(sorted(hits, key=lambda hit: (hit.rank, -hit.number))[:limit])


def _order(near: Rank, row: Row[Any]) -> OrderHit:
    return OrderHit(near, row.id, row.number, row.device_title, row.device_kind, row.customer_name, row.status)


def _customers(session: Session, typed: str, candidates: Iterable[Row[Any]], limit: int) -> tuple[CustomerHit, ...]:
    digits = phone_digits(typed)
    known: Select[Any] = select(_CUSTOMER.id, _CUSTOMER.name, _CUSTOMER.phone).where(living())
    words = plain_words(typed)
    begins = known.where(_begins(_CUSTOMER.name_sort, fold(typed))).order_by(_CUSTOMER.name_sort).limit(_LOOKED_AT)
    hits = list(session.execute(begins))
    if _long(words):
        hits.extend(searching.latest(session, known, words, _LOOKED_AT, CUSTOMERS))
    latest = {row.customer_id: row.number for row in sorted(candidates, key=lambda row: row.number)}
    near = {row.id: (_customer_rank(typed, digits, row.name, row.phone), row.name, row.phone) for row in hits}
    best = sorted(near, key=lambda key: (near[key][0], -latest.get(key, 0)))[:limit]
    counted = _counted(session, _ORDER.customer_id, best)
    return tuple(CustomerHit(near[key][0], key, *near[key][1:], *counted.get(key, (0, None))) for key in best)


def _customer_rank(typed: str, digits: str, name: str, phone: str) -> Rank:
    near = rank(typed, (name,))
    return Rank.WORD if near is Rank.NONE and len(digits) >= _TRIGRAM and digits in phone else near


def _devices(session: Session, typed: str, candidates: Iterable[Row[Any]], limit: int) -> tuple[DeviceHit, ...]:
    serial = "".join(typed.upper().split())
    columns = (_DEVICE.id, _DEVICE.kind, _DEVICE.brand, _DEVICE.model, _DEVICE.serial)
    hits: dict[UUID, tuple[Rank, str, str, str]] = {}
    for began in (
        _begins(_DEVICE.title_sort, fold(typed)),
        _DEVICE.serial == serial,
        _DEVICE.id.in_([row.device_id for row in candidates]),
    ):
        for row in session.execute(select(*columns).where(began).limit(_LOOKED_AT)):
            title = device_title(row.brand, row.model, row.kind)
            near = min(rank(typed, (title,)), rank(serial, (row.serial,)) if row.serial else Rank.NONE)
            if near < Rank.NONE:
                hits[row.id] = near, row.kind, title, row.serial
    latest = {row.device_id: row.number for row in sorted(candidates, key=lambda row: row.number)}
    best = sorted(hits, key=lambda key: (hits[key][0], -latest.get(key, 0)))[:limit]
    counted = _counted(session, _ORDER.device_id, best)
    return tuple(DeviceHit(hits[key][0], key, *hits[key][1:], counted.get(key, (0, None))[0]) for key in best)


def _bins(session: Session, typed: str) -> tuple[BinHit, ...]:
    name = tidy_bin(typed)
    possible = 0 < len(name) <= LONGEST
    standing = session.scalar(select(func.count()).where(_ORDER.bin == name)) if possible else 0
    return (BinHit(name, standing),) if standing else ()


def _items(session: Session, typed: str, limit: int) -> tuple[ItemHit, ...]:
    hits = [
        ItemHit(min(rank(typed, (item.name, item.code)), Rank.EXACT if typed == item.ean else Rank.NONE), item)
        for item in catalogue.find(session, typed, _LOOKED_AT)
    ]
    return tuple(sorted(hits, key=lambda hit: hit.rank)[:limit])


def _counted(
    session: Session, column: ColumnElement[Any], keys: Sequence[UUID]
) -> dict[UUID, tuple[int, datetime | None]]:
    """Count the orders of some customers or devices, and say when the last one came."""
    query = select(column, func.count(), func.max(_ORDER.received_at)).where(column.in_(keys)).group_by(column)
    return {key: (count, last) for key, count, last in session.execute(query)}


def _begins(column: ColumnElement[Any], start: str) -> ColumnElement[bool]:
    return and_(column >= start, column < start + _LAST)
