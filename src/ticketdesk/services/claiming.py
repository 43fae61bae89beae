"""Who is responsible for an order: taken from the pool, given to a colleague, put back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CREATED, IN_PROGRESS, Phase, Urgency
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold
from ticketdesk.services import journal, timers
from ticketdesk.services.doors import Done, action
from ticketdesk.services.orders import locked, put
from ticketdesk.storage.tables import Order, Staff
from ticketdesk.texts import _


def colleague(session: Session, staff_id: UUID) -> Staff:
    """Give somebody who may be made responsible for an order.

    Raises:
        Refusal: if they no longer work here.
    """
    staff = session.get(Staff, staff_id)
    if staff is None or not staff.active:
        raise Refusal(_("This colleague no longer works here."), "assignee")
    return staff


@dataclass(frozen=True, slots=True)
class Claim:
    """An order of the pool, or nothing for the next one; and whether work starts at once."""

    order_id: UUID | None = None
    start: bool = False


@action("order.claim", Right.CLAIM)
def claim(session: Session, by: By, command: Claim) -> Done:
    """Take an order from the pool: of two who press at once one gets it, the other is told who."""
    order = _next_in_pool(session) if command.order_id is None else locked(session, command.order_id)
    if order.assignee_id is not None and order.assignee_id != by.staff_id:
        other = session.get_one(Staff, order.assignee_id).name
        raise Refusal(_("{name} claimed it a moment earlier.").format(name=other))
    if order.assignee_id is None:
        _give(session, by, order, session.get_one(Staff, by.staff_id), "claimed")
    if command.start and order.status == CREATED:
        put(session, by, order, IN_PROGRESS)
    return Done("order", order.id, order.number, order.version)


POOL_ORDER = ((Order.urgency == Urgency.URGENT).desc(), Order.promised_at, Order.number)
"""In which order the pool is claimed."""


def _next_in_pool(session: Session) -> Order:
    query = (
        select(Order)
        .where(Order.open, Order.assignee_id.is_(None))
        .order_by(*POOL_ORDER)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    order = session.scalar(query)
    if order is None:
        raise Refusal(_("There is nothing to claim: the pool is empty."))
    return order


@dataclass(frozen=True, slots=True)
class Assign:
    """An order, whom it was with when seen, and who is responsible from now on; nobody means the pool."""

    order_id: UUID
    staff_id: UUID | None
    seen: UUID | None = None


@action("order.assign", Right.ASSIGN)
def assign(session: Session, by: By, command: Assign) -> Done:
    """Make somebody responsible for an order, or put it back into the pool."""
    order = locked(session, command.order_id)
    if order.assignee_id not in {command.seen, command.staff_id}:
        other = session.get_one(Staff, order.assignee_id).name if order.assignee_id else _("Nobody")
        raise Refusal(_("Somebody has already changed this: {name} is responsible now.").format(name=other))
    if order.assignee_id != command.staff_id:
        staff = colleague(session, command.staff_id) if command.staff_id else None
        _give(session, by, order, staff, "assigned")
    return Done("order", order.id, order.number, order.version)


@dataclass(frozen=True, slots=True)
class Release:
    """An order that somebody no longer wants to do."""

    order_id: UUID


@action("order.release", Right.CLAIM)
def release(session: Session, by: By, command: Release) -> Done:
    """Give an order of one's own back to the pool."""
    order = locked(session, command.order_id)
    if order.assignee_id not in {by.staff_id, None}:
        other = session.get_one(Staff, order.assignee_id).name
        raise Refusal(_("Somebody has already changed this: {name} is responsible now.").format(name=other))
    if not order.open:
        raise Refusal(_("Order {number} is closed.").format(number=order.number))
    if order.assignee_id is not None:
        _give(session, by, order, None, "assigned")
    return Done("order", order.id, order.number, order.version)


def _give(session: Session, by: By, order: Order, staff: Staff | None, what: str) -> None:
    before = session.get_one(Staff, order.assignee_id).name if order.assignee_id else None
    order.assignee_id = staff.id if staff else None
    order.assignee_sort = fold(staff.name) if staff else ""
    order.claimed_at = by.at if staff else None
    changes: dict[str, list[Value]] = {"assignee": [before, staff.name if staff else None]}
    journal.record(session, by, order, what, changes)
    if order.phase == Phase.WORKING:  # no timer runs at any other
        timers.stop(session, by, order)
