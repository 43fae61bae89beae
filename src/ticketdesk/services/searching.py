"""The search index: one folded text an order, asked in each database's own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal_column, or_, select, text

from ticketdesk.domain.devices import device_title
from ticketdesk.domain.people import dialled
from ticketdesk.domain.search import fold
from ticketdesk.domain.words import spellings
from ticketdesk.storage.tables import Customer, Device, Order

_ORDER = Order.__table__.c
LONGEST_PROBLEM = 80
_TRIGRAM = 3


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
    """Where a folded text is searched: SQLite's trigram table, and the columns of number and text."""

    table: str
    number: ColumnElement[int]
    search: ColumnElement[str]


_CUSTOMER = Customer.__table__.c
ORDERS = Index("order_search", _ORDER.number, _ORDER.search)
CUSTOMERS = Index("customer_search", _CUSTOMER.number, _CUSTOMER.search)


def matching(dialect: str, wanted: Sequence[Sequence[str]], index: Index = ORDERS) -> ColumnElement[bool]:
    """Give the condition under which rows match what is looked for: of every group, one of its words, anywhere."""
    groups = [[way for word in group for way in spellings(fold(word))] for group in wanted]
    conditions: list[ColumnElement[bool]] = []
    if dialect == "sqlite" and (indexed := [group for group in groups if _has_trigrams(group)]):
        match = text(f"{index.table} MATCH :phrase").bindparams(bindparam("phrase", _phrase(indexed), unique=True))
        hits: Select[Any] = select(literal_column("rowid")).select_from(text(index.table)).where(match)
        conditions.append(index.number.in_(hits))
        groups = [group for group in groups if not _has_trigrams(group)]
    for group in groups:
        ways = (and_(*(index.search.contains(part, autoescape=True) for part in way)) for way in group)
        conditions.append(or_(*ways))
    return and_(*conditions)


def _has_trigrams(group: Sequence[tuple[str, ...]]) -> bool:
    return all(len(part) >= _TRIGRAM for way in group for part in way)


def _phrase(groups: Sequence[Sequence[tuple[str, ...]]]) -> str:
    """Write words in the language of FTS5."""
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _quoted(way: tuple[str, ...]) -> str:
    parts = (part.replace('"', '""') for part in way)
    return "({})".format(" AND ".join(f'"{part}"' for part in parts))
