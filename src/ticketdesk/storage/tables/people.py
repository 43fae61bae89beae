"""Staff and customers."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Keyed, Subject
from ticketdesk.storage.types import SORTED


class Staff(Subject, Base):
    """Somebody who works here. Dismissed ones stay, for their name in history."""

    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    pin_hash: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    wrong_pins: Mapped[int] = mapped_column(default=0)
    blocked_until: Mapped[datetime | None]


class Customer(Subject, Base):
    """A person or company that brings devices.

    ``phone`` and ``email`` are the first ones, ``contacts`` all others, each with its note. One that was merged
    into another stays as a pointer to it, and is in no list. ``credit`` is what they have with us, in minor units.
    """

    __tablename__ = "customer"

    number: Mapped[int] = mapped_column(BigInteger)
    company: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    legal_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    contacts: Mapped[list[str]] = mapped_column(JSON, default=list)
    address: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    consent: Mapped[bool] = mapped_column(default=False)
    consent_at: Mapped[datetime | None]
    consent_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    notes: Mapped[str] = mapped_column(default="")
    price_list_id: Mapped[UUID | None] = mapped_column(ForeignKey("price_list.id"))
    credit: Mapped[int] = mapped_column(BigInteger, default=0)
    name_sort: Mapped[str] = mapped_column(SORTED, default="")
    search: Mapped[str] = mapped_column(SORTED, default="")
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_customer_number", "number", unique=True),
        # lists never show those that were merged: their indexes hold the others alone, and answer by themselves
        *(
            Index(
                f"ix_customer_{name}",
                *columns,
                sqlite_where=text("merged_into IS NULL"),
                postgresql_where=text("merged_into IS NULL"),
            )
            for name, columns in (
                ("living", ("number",)),
                ("name_sort", ("name_sort", "number")),
                ("phone", ("phone", "number")),
            )
        ),
        Index(
            "ix_customer_company",
            "name_sort",
            "number",
            sqlite_where=text("company"),
            postgresql_where=text("company"),
        ),
    )


class CustomerKey(Base):
    """What a customer is known by, kept by the same actions in the same transaction; see ``domain.likeness``."""

    __tablename__ = "customer_key"

    kind: Mapped[str] = mapped_column(SORTED, primary_key=True)
    value: Mapped[str] = mapped_column(SORTED, primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class CustomerApart(Base):
    """Two customers who look alike and are not the same: somebody said so. The smaller key comes first."""

    __tablename__ = "customer_apart"

    one_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class Approval(Keyed, Base):
    """That somebody with the right agreed, with their own PIN, to one act of a colleague.

    ``digest`` covers the act, who does it and the words that were agreed to; ``used`` is the request that used it.
    """

    __tablename__ = "approval"

    approver_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    at: Mapped[datetime]
    what: Mapped[str]
    digest: Mapped[bytes]
    used: Mapped[UUID | None] = mapped_column(unique=True)
