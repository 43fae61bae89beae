"""What the counter wants to know while somebody stands there: who it is, what they brought, what they owe."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.devices import device_title
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import fold
from ticketdesk.services import customers, devices
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Done, answer_read
from ticketdesk.services.numbering import ORDER
from ticketdesk.storage.tables import Counter, Device, Entry, Order


@dataclass(frozen=True, slots=True)
class Visitor:
    """A known customer, the devices they brought, latest first, and the order on which they owe most."""

    row: CustomerRow
    devices: list[DeviceRow]
    owing_order: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was taken in before, with its brand and kind."""

    kind: str
    brand: str
    model: str

    @property
    def title(self) -> str:
        """Give brand and model in one line."""
        return device_title(self.brand, self.model, self.kind)


def visitor(session: Session, customer_id: UUID, at: datetime) -> Visitor:
    """Give everything the counter asks of a known customer.

    Raises:
        Refusal: if there is none of this key.
    """
    row = customers.one(session, customer_id)
    most = (
        select(Order.number)
        .where(Order.customer_id == row.id, Order.balance > 0)
        .order_by(Order.balance.desc(), Order.number.desc())
        .limit(1)
    )
    return Visitor(row, devices.of_customer(session, row.id, at), None if row.name_only else session.scalar(most))


def models(session: Session, typed: str, limit: int = 8) -> list[Model]:
    """Complete a model from any of its words; the most frequent first."""
    words = fold(typed).split()
    if not words:
        return []
    query = (
        select(Device.kind, Device.brand, Device.model)
        .where(*(Device.title_sort.contains(word, autoescape=True) for word in words), Device.model != "")
        .group_by(Device.kind, Device.brand, Device.model)
        .order_by(func.count().desc(), Device.brand, Device.model)
        .limit(limit)
    )
    return [Model(*row) for row in session.execute(query)]


def colours(session: Session, typed: str, limit: int = 8) -> list[str]:
    """Complete a colour; the most frequent first. A shop knows few, so they are folded here."""
    query = select(Device.colour).where(Device.colour != "").group_by(Device.colour)
    used = session.scalars(query.order_by(func.count().desc(), Device.colour).limit(500))
    start = fold(typed)
    return [colour for colour in used if fold(colour).startswith(start)][:limit]


def next_number(session: Session) -> int:
    """Give the number the next order will have, if nobody is quicker."""
    return (session.scalar(select(Counter.last).where(Counter.kind == ORDER)) or 0) + 1


def answered(session: Session, request: UUID) -> Done | None:
    """Give what a request came to, if it was carried out: for a form that died before it heard the answer."""
    answer = session.scalar(select(Entry.answer).where(Entry.request == request))
    return None if answer is None else answer_read(answer)
