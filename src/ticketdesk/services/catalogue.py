"""The simple catalogue of works and parts."""

from dataclasses import dataclass

from sqlalchemy import and_, false, select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import fold
from ticketdesk.storage.tables import Item


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A work or part that lines are filled from. Amounts in minor units, rate in basis points."""

    id: UUID
    kind: str
    code: str
    ean: str
    name: str
    price: int
    cost: int
    vat: int
    warranty_months: int


def items(session: Session, limit: int = 5000) -> list[ItemRow]:
    """List what is in the catalogue, by name."""
    query = select(Item).where(Item.active).order_by(Item.search).limit(limit)
    return [_row(item) for item in session.scalars(query)]


def find(session: Session, typed: str, limit: int) -> list[ItemRow]:
    """Find works and parts by words of their name, by their code or EAN."""
    words = fold(typed).split()
    held = and_(*(Item.search.contains(word, autoescape=True) for word in words)) if words else false()
    query = select(Item).where(Item.active, held | (Item.ean == typed) | (Item.code == typed))
    return [_row(item) for item in session.scalars(query.order_by(Item.search).limit(limit))]


def by_code(session: Session, code: str) -> ItemRow | None:
    """Find a work or part by its own code or its EAN."""
    query = select(Item).where(Item.active, (Item.code == code) | (Item.ean == code)).limit(1)
    item = session.scalar(query)
    return None if item is None else _row(item)


def _row(item: Item) -> ItemRow:
    return ItemRow(
        item.id,
        item.kind,
        item.code,
        item.ean,
        item.name,
        item.price,
        item.cost,
        item.vat,
        item.warranty_months,
    )
