"""Somebody's work timer: at which order it runs, and for how long it ran at each.

A timer is a series of marks (``TimerMark``): by running at one order it rests at every other. Whoever writes a mark
holds the lock of its order.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.services import journal
from ticketdesk.storage.tables import Order, Staff, TimerMark
from ticketdesk.storage.types import Key


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that runs: whose, at which order, since when, and at which PC it was started."""

    staff_id: UUID
    staff: str
    order_id: UUID
    since: datetime
    station: str


@dataclass(frozen=True, slots=True)
class Worked:
    """How long an order was worked at: whole seconds up to the last pause, and the timers that run now."""

    seconds: int = 0
    running: tuple[Running, ...] = ()

    def until(self, moment: datetime) -> int:
        """Give all seconds worked up to a moment."""
        now = sum(max(int((moment - one.since).total_seconds()), 0) for one in self.running)
        return self.seconds + now


_LAST = (
    select(TimerMark)
    .where(TimerMark.staff_id == bindparam("staff", type_=Key()))
    .order_by(TimerMark.place.desc())
    .limit(1)
)
_OF_ORDER = (
    select(TimerMark, Staff.name)
    .join(Staff, Staff.id == TimerMark.staff_id)
    .where(TimerMark.order_id == bindparam("order", type_=Key()))
    .order_by(TimerMark.staff_id, TimerMark.place)
)
_LATER = aliased(TimerMark)
_RUNNING_AT = select(TimerMark).where(
    TimerMark.order_id == bindparam("order", type_=Key()),
    TimerMark.running,
    ~exists().where(_LATER.staff_id == TimerMark.staff_id, _LATER.place > TimerMark.place),
)


def last(session: Session, staff_id: UUID) -> TimerMark | None:
    """Give the newest mark of somebody's timer; nothing if they never used it."""
    return session.scalar(_LAST, {"staff": staff_id})


def running(session: Session, staff_id: UUID) -> Running | None:
    """Give somebody's timer while it runs."""
    mark = last(session, staff_id)
    if mark is None or not mark.running:
        return None
    return Running(staff_id, session.get_one(Staff, staff_id).name, mark.order_id, mark.at, mark.station)


def worked(session: Session, order_id: UUID) -> Worked:
    """Reckon how long an order was worked at."""
    seconds, now = 0, dict[UUID, Running]()
    for mark, name in session.execute(_OF_ORDER, {"order": order_id}):
        if mark.running:
            now[mark.staff_id] = Running(mark.staff_id, name, order_id, mark.at, mark.station)
        else:
            seconds += int((mark.at - now.pop(mark.staff_id).since).total_seconds())
    return Worked(seconds, tuple(now.values()))


def between(session: Session, first: datetime, end: datetime, now: datetime) -> list[tuple[UUID, str, int]]:
    """Give who worked between two moments, their name, and for how many seconds; a timer that runs counts until now."""
    before = aliased(TimerMark)
    # the mark that holds as the first moment comes: one step in the key of each person's marks
    held = (
        select(before.place)
        .where(before.staff_id == Staff.id, before.at < first)
        .order_by(before.place.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(TimerMark, Staff.name)
        .join(Staff, Staff.id == TimerMark.staff_id)
        .where(TimerMark.place >= func.coalesce(held, 0), TimerMark.at < end)
        .order_by(TimerMark.staff_id, TimerMark.place)
    )
    made = []
    for (staff_id, name), rows in groupby(session.execute(query), lambda row: (row[0].staff_id, row[1])):
        marks = [mark for mark, _name in rows]
        ends = [*(mark.at for mark in marks[1:]), max(min(end, now), marks[-1].at)]
        spans = (until - max(mark.at, first) for mark, until in zip(marks, ends, strict=True) if mark.running)
        seconds = sum(max(int(span.total_seconds()), 0) for span in spans)
        if seconds:
            made.append((staff_id, name, seconds))
    return made


def start(session: Session, by: By, order: Order, before: TimerMark | None) -> None:
    """Let the timer of whoever acts run at an order; ``before`` is the newest mark of it, by which it rests."""
    mark = _mark(by, by.staff_id, order, before, running=True)
    session.add(mark)
    journal.record(session, by, order, "timer_started", {"row": journal.row_told(mark)})


def pause(session: Session, by: By, order: Order, mark: TimerMark) -> TimerMark:
    """Pause a timer that runs at an order since its newest mark; give the mark by which it rests."""
    paused = _mark(by, mark.staff_id, order, mark, running=False)
    session.add(paused)
    content: dict[str, object] = {"seconds": int((paused.at - mark.at).total_seconds())}
    if mark.staff_id != by.staff_id:
        content["name"] = session.get_one(Staff, mark.staff_id).name
    journal.record(session, by, order, "timer_paused", {**content, "row": journal.row_told(paused)})
    return paused


def stop(session: Session, by: By, order: Order) -> None:
    """Pause every timer that runs at an order: it is worked at no longer, or by somebody else."""
    for mark in session.scalars(_RUNNING_AT, {"order": order.id}).all():
        pause(session, by, order, mark)


def rest(session: Session, by: By, staff_id: UUID) -> None:
    """Pause somebody's timer, wherever it runs: they work here no longer."""
    mark = last(session, staff_id)
    if mark is not None and mark.running:
        pause(session, by, session.get_one(Order, mark.order_id, with_for_update=True, populate_existing=True), mark)


def _mark(by: By, staff_id: UUID, order: Order, before: TimerMark | None, *, running: bool) -> TimerMark:
    # the clocks of two PCs differ, and a request may arrive late: time never runs backwards in a series
    at = by.at if before is None else max(by.at, before.at)
    place = 1 if before is None else before.place + 1
    return TimerMark(staff_id=staff_id, place=place, order_id=order.id, running=running, at=at, station=by.station)
