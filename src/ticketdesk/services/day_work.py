"""Who did what on a day: orders handed over, by their promised time or not, the price of the work, and the hours."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import LINE_WORK
from ticketdesk.services import timers
from ticketdesk.storage.tables import Line, Order, Staff


@dataclass(frozen=True, slots=True)
class Technician:
    """What one colleague handed over, how much of it by its promised time, the price of their work, and their time.

    ``work`` is that of the orders handed over that day; ``seconds`` is how long their timer ran that day, at any order.
    """

    staff_id: UUID | None
    name: str
    handed_over: int
    on_time: int
    work: int
    seconds: int


def technicians(
    session: Session,
    bounds: tuple[datetime, datetime],
    at: datetime,
    handed_over: Sequence[tuple[UUID | None, str, bool]],
    who: UUID | None,
) -> tuple[Technician, ...]:
    """Give who did what between two moments, as of a third: all of them, or only ``who``; the most orders first.

    ``handed_over`` has who was responsible for each order that went out, their name, and whether it was on time.
    """
    first, end = bounds
    names = {staff_id: name for staff_id, name, _on_time in handed_over}
    out = Counter(staff_id for staff_id, _name, _on_time in handed_over)
    on_time = Counter(staff_id for staff_id, _name, kept in handed_over if kept)
    work, seconds = Counter[UUID | None](), Counter[UUID | None]()
    for worker, name, total in session.execute(_work(first, end)):
        work[worker], names[worker] = int(total), name
    for worker, name, spent in timers.between(session, first, end, at):
        seconds[worker], names[worker] = spent, name
    made = [
        Technician(staff_id, name, out[staff_id], on_time[staff_id], work[staff_id], seconds[staff_id])
        for staff_id, name in names.items()
        if who in {None, staff_id}
    ]
    return tuple(sorted(made, key=lambda each: (-each.handed_over, -each.work, each.name)))


def _work(first: datetime, end: datetime) -> Select[UUID, str, int]:
    doer = func.coalesce(Line.done_by, Order.assignee_id)
    return (
        select(doer, func.coalesce(Staff.name, ""), func.sum(Line.total))
        .join(Order, Order.id == Line.order_id)
        .outerjoin(Staff, Staff.id == doer)
        .where(Order.handed_over_at >= first, Order.handed_over_at < end, Line.kind == LINE_WORK, Line.total >= 0)
        .group_by(doer, Staff.name)
    )
