"""Work timers of people."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables.base import Base


class TimerMark(Base):
    """From a moment on somebody's timer runs at an order, or rests there. Rows are only ever added.

    The marks of a person are numbered from 1: of two PCs only one can write the next, so no timer runs twice.
    ``station`` is the PC it was started or paused at.
    """

    __tablename__ = "timer_mark"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    running: Mapped[bool]
    at: Mapped[datetime]
    station: Mapped[str]
