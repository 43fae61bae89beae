"""The places a shop works in, and which PC stands in which."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Subject


class Location(Subject, Base):
    """A place the shop works in; ``letters`` are what the numbers of its documents begin with.

    No two may have the same letters, and among those in use only one may have none: their documents would be of one
    series. One out of use without letters counts for nothing.
    """

    __tablename__ = "location"

    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    letters: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "ux_location_letters",
            "letters",
            unique=True,
            sqlite_where=text("active OR letters <> ''"),
            postgresql_where=text("active OR letters <> ''"),
        ),
    )


class LocationStation(Base):
    """Which location a PC stands in."""

    __tablename__ = "location_station"

    station: Mapped[str] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"), index=True)
