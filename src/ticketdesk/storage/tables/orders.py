"""Devices, orders and what hangs on an order."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Keyed, Subject
from ticketdesk.storage.types import SORTED


class Device(Subject, Base):
    """One physical thing; its orders are its history."""

    __tablename__ = "device"

    kind: Mapped[str]
    brand: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="", index=True)
    colour: Mapped[str] = mapped_column(default="")
    made_in: Mapped[int | None]  # year
    title_sort: Mapped[str] = mapped_column(SORTED, default="", index=True)
    created_at: Mapped[datetime]


class Order(Subject, Base):
    """One device, one visit, one number.

    Names, titles and sums are repeated here from their own rows, kept by the same actions in the same
    transaction, so that any list of a million orders sorts by an index and needs no join.
    Amounts are minor units; ``surcharge``, ``discount`` and rates are basis points. ``agreed`` is what the customer
    last said yes to on an estimate; nothing while no estimate was answered. ``bin`` is where in the shop the device
    waits; empty once it has left.
    """

    __tablename__ = "orders"

    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    kind: Mapped[str]
    urgency: Mapped[str]
    billing: Mapped[str]
    place: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    bin: Mapped[str] = mapped_column(SORTED, default="", server_default="")

    status: Mapped[str]
    status_place: Mapped[int]
    phase: Mapped[str]
    status_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    open: Mapped[bool]

    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("device.id"), index=True)
    warranty_of: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))

    complaint: Mapped[str] = mapped_column(default="")
    diagnosis: Mapped[str] = mapped_column(default="")
    condition: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    accessories: Mapped[list[str]] = mapped_column(JSON, default=list)

    unlock_kind: Mapped[str] = mapped_column(default="")
    unlock_code: Mapped[bytes | None]
    unlock_epoch: Mapped[str | None]

    received_at: Mapped[datetime]
    received_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    promised_at: Mapped[datetime]
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    claimed_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]

    estimate: Mapped[int | None] = mapped_column(BigInteger)
    surcharge: Mapped[int] = mapped_column(default=0)
    discount: Mapped[int] = mapped_column(default=0, server_default="0")
    discount_amount: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    discount_reason: Mapped[str] = mapped_column(default="", server_default="")
    agreed: Mapped[int | None] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)
    pay_by: Mapped[date | None]

    customer_name: Mapped[str] = mapped_column(default="")
    customer_phone: Mapped[str] = mapped_column(default="")
    device_title: Mapped[str] = mapped_column(default="")
    device_kind: Mapped[str] = mapped_column(default="other")
    customer_sort: Mapped[str] = mapped_column(SORTED, default="")
    device_sort: Mapped[str] = mapped_column(SORTED, default="")
    problem_sort: Mapped[str] = mapped_column(SORTED, default="")
    assignee_sort: Mapped[str] = mapped_column(SORTED, default="")
    search: Mapped[str] = mapped_column(SORTED, default="")

    source: Mapped[str | None]
    source_id: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index(
            "ix_orders_open",
            "promised_at",
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
        Index("ix_orders_customer_sort", "customer_sort", "number"),
        Index("ix_orders_device_sort", "device_sort", "number"),
        Index("ix_orders_problem_sort", "problem_sort", "number"),
        Index("ix_orders_assignee_sort", "assignee_sort", "number"),
        Index("ix_orders_bin", "bin", "number"),
        Index("ix_orders_status_place", "status_place", "number"),
        Index("ix_orders_balance", "balance", "number"),
        Index("ix_orders_promised_at", "promised_at", "number"),
        Index("ix_orders_received_at", "received_at", "number"),
        Index("ix_orders_handed_over_at", "handed_over_at"),
        # holds all that lists are filtered by: what no other index finds is found here, without reading the orders
        Index(
            "ix_orders_filters",
            "number",
            "status_place",
            "open",
            "phase",
            "kind",
            "urgency",
            "billing",
            "place",
            "device_kind",
            "assignee_id",
            "balance",
            "total",
            "promised_at",
            "received_at",
            "ready_at",
            "handed_over_at",
        ),
    )


class Line(Keyed, Base):
    """Work or a part on an order or a sale. Quantity in thousandths; price gross per unit, cost and total in minor units.

    ``returns`` names the line of a sale that a return takes back. ``asked`` is the most that one of it was asked for
    before its price or code were changed, 0 while they never were: what is given away is measured from there.
    """

    __tablename__ = "line"

    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    sale_id: Mapped[UUID | None] = mapped_column(ForeignKey("sale.id"), index=True)
    returns: Mapped[UUID | None] = mapped_column(ForeignKey("line.id"), index=True)
    place: Mapped[int]
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    serial: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(BigInteger, default=1000)
    price: Mapped[int] = mapped_column(BigInteger, default=0)
    asked: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    cost: Mapped[int] = mapped_column(BigInteger, default=0)
    vat: Mapped[int] = mapped_column(default=0)
    discount: Mapped[int] = mapped_column(default=0)
    discount_amount: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    discount_reason: Mapped[str] = mapped_column(default="", server_default="")
    unit: Mapped[str] = mapped_column(default="", server_default="")
    warranty_months: Mapped[int] = mapped_column(default=0)
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    total: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (CheckConstraint("(order_id IS NULL) <> (sale_id IS NULL)", name="one_subject"),)


class Estimate(Keyed, Base):
    """A price put to the customer: the lines as they stood, and what the customer said. Versions of an order count up.

    ``lines`` is what was put (JSON); ``refused`` the places of lines the customer did not want. ``fee`` is what is
    owed if all of it is refused. ``signature`` is a picture drawn at the counter. Amounts in minor units.
    """

    __tablename__ = "estimate"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    version: Mapped[int]
    state: Mapped[str]
    lines: Mapped[str]
    total: Mapped[int] = mapped_column(BigInteger)
    fee: Mapped[int] = mapped_column(BigInteger, default=0)
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    valid_until: Mapped[date]
    sent_at: Mapped[datetime | None]
    sent_how: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_how: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    heard_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    refused: Mapped[list[int]] = mapped_column(JSON, default=list)
    agreed: Mapped[int | None] = mapped_column(BigInteger)
    signature: Mapped[bytes | None]

    __table_args__ = (UniqueConstraint("order_id", "version"),)


class Task(Keyed, Base):
    """Something to do on an order."""

    __tablename__ = "task"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    text: Mapped[str]
    due_at: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class Comment(Keyed, Base):
    """What was said on an order, among ourselves or to the customer."""

    __tablename__ = "comment"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    text: Mapped[str]
    to_customer: Mapped[bool]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class Attachment(Keyed, Base):
    """A photo or file of an order; its bytes lie in their own table so that lists never read them."""

    __tablename__ = "attachment"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str]  # SHA-256 of the stored bytes, hexadecimal
    thumbnail: Mapped[bytes | None]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class AttachmentBytes(Base):
    """The bytes of an attachment."""

    __tablename__ = "attachment_bytes"

    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes]
