"""The catalogue of works and parts, and payments."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Keyed, Subject
from ticketdesk.storage.types import SORTED


class Item(Subject, Base):
    """A work or part of the catalogue, from which lines are filled."""

    __tablename__ = "item"

    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    ean: Mapped[str] = mapped_column(default="", index=True)
    name: Mapped[str]
    search: Mapped[str] = mapped_column(SORTED, default="")
    price: Mapped[int] = mapped_column(BigInteger, default=0)
    cost: Mapped[int] = mapped_column(BigInteger, default=0)
    vat: Mapped[int] = mapped_column(default=0)
    warranty_months: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Payment(Keyed, Base):
    """Money that changed hands, in minor units: refunds are negative. Rows are only ever added."""

    __tablename__ = "payment"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    kind: Mapped[str]  # deposit, payment, refund
    method: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    tendered: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"))
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]

    __table_args__ = (Index("ix_payment_at", "at"),)
