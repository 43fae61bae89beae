"""The catalogue of works and parts, sales over the counter, and payments."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Keyed, Numbered, Subject
from ticketdesk.storage.types import SORTED


class Item(Subject, Base):
    """A work or part of the catalogue, from which lines are filled.

    ``vat_code`` names the rate that the law sets for the day; without one, ``vat`` holds always.
    """

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
    category: Mapped[str] = mapped_column(default="", server_default="")
    unit: Mapped[str] = mapped_column(default="", server_default="")
    vat_code: Mapped[str] = mapped_column(default="", server_default="")
    doer_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    active: Mapped[bool] = mapped_column(default=True)


class PriceList(Subject, Base):
    """Prices for a group of customers; the one for companies holds for every company without a list of its own."""

    __tablename__ = "price_list"

    name: Mapped[str] = mapped_column(unique=True)
    companies: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class ItemPrice(Base):
    """The price of a work or part on a price list, in minor units."""

    __tablename__ = "item_price"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), primary_key=True)
    price_list_id: Mapped[UUID] = mapped_column(ForeignKey("price_list.id"), primary_key=True)
    price: Mapped[int] = mapped_column(BigInteger)


class Sale(Subject, Numbered, Base):
    """Something sold over the counter without an order, or taken back: then ``returns`` names the sale it was.

    Its lines are rows of ``line``. Amounts are minor units; those of a return are negative.
    """

    __tablename__ = "sale"

    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), index=True)
    returns: Mapped[UUID | None] = mapped_column(ForeignKey("sale.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (UniqueConstraint("series", "number"),)


class Payment(Keyed, Numbered, Base):
    """Money that changed hands, in minor units: what goes back is negative. Rows are only ever added.

    It is for an order, for a sale, or, when both are empty, for the account of a customer. Rows of one act share a
    receipt's number. ``rates`` is the part of the amount under each VAT rate: basis points → minor units.
    """

    __tablename__ = "payment"
    _turn: ClassVar[tuple[str, ...]] = ("at", "series", "number", "place")

    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    sale_id: Mapped[UUID | None] = mapped_column(ForeignKey("sale.id"), index=True)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    shift_id: Mapped[UUID | None] = mapped_column(ForeignKey("shift.id"), index=True)
    place: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]
    method: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    tendered: Mapped[int] = mapped_column(BigInteger)
    rates: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    __table_args__ = (
        UniqueConstraint("series", "number", "place"),
        CheckConstraint("order_id IS NULL OR sale_id IS NULL", name="one_subject"),
        CheckConstraint("order_id IS NOT NULL OR sale_id IS NOT NULL OR customer_id IS NOT NULL", name="some_subject"),
        CheckConstraint("method <> 'credit' OR customer_id IS NOT NULL", name="whose_credit"),
        Index("ix_payment_at", "at"),
        Index("ix_payment_customer_id", "customer_id", "at"),
    )
