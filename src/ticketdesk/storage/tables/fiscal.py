"""What is to come out of a fiscal printer, and what came out."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Numbered, Subject


class FiscalReceipt(Subject, Numbered, Base):
    """The fiscal receipt of one act at the till; ``number`` is that of our own receipt.

    ``sheet`` is what it says (JSON), fixed when the money was taken. Each attempt at printing it has its own file
    name, so that a driver never takes two attempts for one.
    """

    __tablename__ = "fiscal_receipt"

    station: Mapped[str]
    state: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=1)
    sheet: Mapped[str]
    total: Mapped[int] = mapped_column(BigInteger)
    fiscal_number: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    __table_args__ = (
        UniqueConstraint("series", "number"),
        Index("ix_fiscal_receipt_state", "state", "station"),
        Index("ix_fiscal_receipt_at", "at"),
    )
