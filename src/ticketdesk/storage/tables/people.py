"""Staff and customers."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
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
    """A person or company that brings devices. ``credit`` is what they have with us, in minor units."""

    __tablename__ = "customer"

    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="", index=True)
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    consent: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    credit: Mapped[int] = mapped_column(BigInteger, default=0)
    name_sort: Mapped[str] = mapped_column(SORTED, default="", index=True)
    created_at: Mapped[datetime]


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
