"""Staff and customers."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.storage.tables.base import Base, Subject
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
    """A person or company that brings devices."""

    __tablename__ = "customer"

    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="", index=True)
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    consent: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    name_sort: Mapped[str] = mapped_column(SORTED, default="", index=True)
    created_at: Mapped[datetime]
