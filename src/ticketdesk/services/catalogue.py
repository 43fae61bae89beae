"""The simple catalogue of works and parts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID
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
