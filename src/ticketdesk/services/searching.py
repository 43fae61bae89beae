"""The search index: one folded text an order, asked in each database's own way."""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TableClause,
    TextClause,
    and_,
    bindparam,
    column,
    or_,
    select,
    table,
    text,
    true,
)

from ticketdesk.domain.devices import device_title
from ticketdesk.domain.people import dialled
from ticketdesk.domain.search import fold
from ticketdesk.domain.words import spellings
from ticketdesk.storage.tables import Customer, Device, Order

_ORDER = Order.__table__.c
LONGEST_PROBLEM = 80
_Group = list[tuple[str, ...]]
_TRIGRAM = 3
_LETTERS = string.ascii_lowercase + string.digits + string.punctuation + " "
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"
"""What may stand beside two letters in a folded text."""


def index_order(order: Order, device: Device, customer: Customer | None) -> None:
    """Repeat on the order what lists sort, show and search of its customer and device."""
    order.customer_id = customer.id if customer else None
    order.device_id = device.id
    order.customer_name = customer.name if customer else ""
    order.customer_phone = customer.phone if customer else ""
    order.customer_sort = fold(order.customer_name)
    order.device_title = device_title(device.brand, device.model, device.kind)
    order.device_kind = device.kind
    order.device_sort = fold(order.device_title)
    order.problem_sort = fold(order.complaint)[:LONGEST_PROBLEM]
    order.search = search_text(
        order.number,
        order.customer_name,
        order.customer_phone,
        order.device_title,
        device.serial,
        order.complaint,
        order.diagnosis,
    )


def search_text(number: int, customer: str, phone: str, device: str, serial: str, *said: str | None) -> str:
    """Make the text under which an order is found. A phone of ours is found as it is dialled at home."""
    return fold(f"{number} {customer} {dialled(phone)} {device} {serial} {' '.join(filter(None, said))}")


@dataclass(frozen=True, slots=True)
class Index:
    """Where a folded text is searched: SQLite's trigram table, and the columns of number and text.

    ``short`` says what a word of one or two letters is looked for in, where that is not the whole text.
    """

    table: TableClause
    number: ColumnElement[int]
    search: ColumnElement[str]
    short: Callable[[str], ColumnElement[bool]] | None = None


_CUSTOMER = Customer.__table__.c


def _begins(word: str) -> ColumnElement[bool]:
    """Look where an index answers by itself: at the beginning of words of a name, in a phone or a number."""
    if word.isdecimal():
        called = _CUSTOMER.phone.contains(word.lstrip("0") or "0", autoescape=True)
        return called if word.startswith("0") else or_(called, _CUSTOMER.number == int(word))
    name = _CUSTOMER.name_sort
    return or_(name.startswith(word, autoescape=True), name.contains(f" {word}", autoescape=True))


ORDERS = Index(table("order_search", column("rowid")), _ORDER.number, _ORDER.search)
CUSTOMERS = Index(table("customer_search", column("rowid")), _CUSTOMER.number, _CUSTOMER.search, _begins)


def matching(dialect: str, wanted: Sequence[Sequence[str]], index: Index = ORDERS) -> ColumnElement[bool]:
    """Give the condition under which rows match what is looked for: of every group, one of its words, anywhere."""
    indexed, others = _ways(dialect, wanted)
    conditions = [index.number.in_(select(index.table.c.rowid).where(_match(index, indexed)))] if indexed else []
    return and_(*conditions, *_held(index, others))


def latest(dialect: str, query: Select[Any], wanted: Sequence[Sequence[str]], index: Index = ORDERS) -> Select[Any]:
    """Let a query give the rows that match what is looked for, those of the highest numbers first.

    With a limit SQLite stops at the first so many, instead of collecting all that match: what takes 60 ms for a
    usual word among a million orders takes one.
    """
    indexed, others = _ways(dialect, wanted)
    if not indexed:
        return query.where(true(), *_held(index, others)).order_by(index.number.desc())
    match = _match(index, indexed)
    found = query.where(index.table.c.rowid == index.number, match, *_held(index, others))
    return found.order_by(index.table.c.rowid.desc())


def _ways(dialect: str, wanted: Sequence[Sequence[str]]) -> tuple[list[_Group], list[_Group]]:
    """Give the ways each group may be written: of those the index of letters finds, and of the others."""
    groups = [[way for word in group for way in spellings(fold(word))] for group in wanted]
    indexed = [group for group in groups if dialect == "sqlite" and _has_trigrams(group)]
    return indexed, [group for group in groups if group not in indexed]


def _match(index: Index, groups: Sequence[_Group]) -> TextClause:
    return text(f"{index.table.name} MATCH :phrase").bindparams(bindparam("phrase", _phrase(groups), unique=True))


def _held(index: Index, groups: Sequence[_Group]) -> list[ColumnElement[bool]]:
    def holds(way: tuple[str, ...]) -> ColumnElement[bool]:
        return and_(*(_holds(part, index) for part in way))

    return [or_(*map(holds, group)) for group in groups]


def _has_trigrams(group: _Group) -> bool:
    return all(len(part) >= _TRIGRAM - 1 for way in group for part in way)


def _phrase(groups: Sequence[_Group]) -> str:
    """Write words in the language of FTS5."""
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _quoted(way: tuple[str, ...]) -> str:
    return f"({' AND '.join(map(_part, way))})"


def _part(part: str) -> str:
    """Write a part of a word; one of two letters as every three of which it is the beginning or the end."""
    if len(part) >= _TRIGRAM:
        return _literal(part)
    letters = _LETTERS + (_CYRILLIC if any(letter in _CYRILLIC for letter in part) else "")
    return f"({' OR '.join(_literal(three) for letter in letters for three in (part + letter, letter + part))})"


def _literal(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _holds(part: str, index: Index) -> ColumnElement[bool]:
    if index.short is not None and len(part) < _TRIGRAM:
        return index.short(part)
    return index.search.contains(part, autoescape=True)
