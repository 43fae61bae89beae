"""The shop's own row, its counters, its keys, and the journal."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Subject


class ShopRow(Subject, Base):
    """The shop: one row. ``secrets`` holds pepper and shop key, sealed with the recovery code."""

    __tablename__ = "shop"

    settings: Mapped[dict[str, str | int | bool]] = mapped_column(JSON)
    secrets: Mapped[bytes]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Counter(Base):
    """The last number given out to a kind of things in a series."""

    __tablename__ = "counter"

    kind: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True, default="")
    last: Mapped[int] = mapped_column(BigInteger)


class EpochKey(Base):
    """The key under which a month's unlock codes are sealed, itself sealed with the shop key."""

    __tablename__ = "epoch_key"

    epoch: Mapped[str] = mapped_column(primary_key=True)  # 2026-11
    wrapped: Mapped[bytes]


class Entry(Base):
    """A line of the journal: history of a subject, audit trail and feed of changes at once.

    ``hash`` covers the commitment to the content, the position and the previous entry of the same
    subject; the content itself is behind a salt, so that it can be erased without breaking the chain.
    ``request`` is set on the first entry of each action, with a digest of what was asked and the answer.
    """

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    position: Mapped[int]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    action: Mapped[str]
    content: Mapped[str | None]
    salt: Mapped[bytes | None]
    commitment: Mapped[bytes]
    hash: Mapped[bytes]
    request: Mapped[UUID | None] = mapped_column(unique=True)
    digest: Mapped[bytes | None]
    answer: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("subject_id", "position"),
        Index("ix_entry_at", "at"),
        {"sqlite_autoincrement": True},
    )


class Seal(Base):
    """What the journal was at a close: nobody can alter what lies before it without breaking it. Only added.

    ``root`` is the Merkle root over the heads of all subjects that changed since the seal before, up to the entry
    ``last_entry``; ``entries`` and ``subjects`` count the whole journal up to there; ``hash`` covers all of it.
    """

    __tablename__ = "seal"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    station: Mapped[str]
    last_entry: Mapped[int] = mapped_column(BigInteger)
    entries: Mapped[int] = mapped_column(BigInteger)
    subjects: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes]
    previous: Mapped[bytes]
    hash: Mapped[bytes]
