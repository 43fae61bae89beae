"""What people keep of lists for themselves: saved views, and orders marked to come back to."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base, Subject


class SavedView(Subject, Base):
    """A named set of filters, columns and a way to sort: whoever made it sees it, or everybody if it is shared.

    Views that were thrown away stay, no longer active, for their history.
    """

    __tablename__ = "saved_view"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    name: Mapped[str]
    filters: Mapped[str]  # JSON
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    sort: Mapped[str]
    descending: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int]
    created_at: Mapped[datetime]


class Bookmark(Base):
    """An order that somebody marked, for themselves."""

    __tablename__ = "bookmark"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    at: Mapped[datetime]
