"""Cash drawers, the spells of work at them, and what moved in and out of them besides payments."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Keyed, Numbered, Subject


class Till(Subject, Base):
    """A cash drawer."""

    __tablename__ = "till"

    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class TillStation(Base):
    """Which drawer a PC puts its cash into."""

    __tablename__ = "till_station"

    station: Mapped[str] = mapped_column(primary_key=True)
    till_id: Mapped[UUID] = mapped_column(ForeignKey("till.id"), index=True)


class Shift(Subject, Numbered, Base):
    """A spell of work at a till, from a counted float to a counted close; its number is that of its Z report.

    ``staff_id`` is who answers for the drawer now. ``expected`` and ``counted`` are written at the close, and ``z`` is
    the report as it was printed (JSON): a closed shift changes no more.
    """

    __tablename__ = "shift"
    _turn: ClassVar[tuple[str, ...]] = ("opened_at", "series", "number")

    till_id: Mapped[UUID] = mapped_column(ForeignKey("till.id"), index=True)
    station: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(index=True)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    expected: Mapped[int | None] = mapped_column(BigInteger)
    counted: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    z: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("series", "number"),
        Index(
            "ux_shift_open",
            "till_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class ShiftCount(Keyed, Base):
    """A count of the drawer, and what was expected in it at that moment. Only added.

    ``pieces`` says how many of each note and coin (minor units as text); what was counted otherwise is under ``other``.
    """

    __tablename__ = "shift_count"

    shift_id: Mapped[UUID] = mapped_column(ForeignKey("shift.id"), index=True)
    occasion: Mapped[str]  # open, take_over, close
    pieces: Mapped[dict[str, int]] = mapped_column(JSON)
    total: Mapped[int] = mapped_column(BigInteger)
    expected: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class CashMove(Keyed, Numbered, Base):
    """Cash that entered or left a drawer other than by a payment; what leaves is negative. Only added."""

    __tablename__ = "cash_move"

    shift_id: Mapped[UUID] = mapped_column(ForeignKey("shift.id"), index=True)
    kind: Mapped[str]  # float, in, out, difference
    amount: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(default="")
    document: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    __table_args__ = (UniqueConstraint("series", "number"),)
