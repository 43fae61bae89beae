"""The bench: what lies before a technician, and the timer of the work."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import IN_PROGRESS, STATUS, Phase
from ticketdesk.domain.rights import Right, may
from ticketdesk.services import claiming, lists, orders, timers
from ticketdesk.services.doors import Done, action
from ticketdesk.services.filtering import IS_OPEN
from ticketdesk.services.lists import OrderRow
from ticketdesk.storage.tables import Order, Staff
from ticketdesk.storage.types import Key
from ticketdesk.texts import _

MOST = 200
"""Nobody reads more of a queue."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Somebody's open orders and those of the pool, at most ``MOST`` of each, the next one first."""

    mine: list[OrderRow]
    pool: list[OrderRow]


_READY_LAST = Order.phase == Phase.READY.value
_MINE = (
    select(Order.number)
    .where(IS_OPEN, Order.assignee_id == bindparam("staff", type_=Key()))
    .order_by(_READY_LAST, Order.promised_at, Order.number)
    .limit(MOST)
)
_POOL = select(Order.number).where(IS_OPEN, Order.assignee_id.is_(None)).order_by(*claiming.POOL_ORDER).limit(MOST)


def queue(session: Session, staff_id: UUID, *, pool: bool) -> Queue:
    """Give what somebody has to do, by promised time, what is ready last; and the pool in the order it is claimed."""
    mine = session.scalars(_MINE, {"staff": staff_id}).all()
    unclaimed = session.scalars(_POOL).all() if pool else []
    return Queue(lists.rows(session, mine), lists.rows(session, unclaimed))


@dataclass(frozen=True, slots=True)
class StartTimer:
    """The order that whoever asks works at from now on."""

    order_id: UUID


@action("timer.start", Right.CLAIM)
def start_timer(session: Session, by: By, command: StartTimer) -> Done:
    """Let one's timer run at an order, and pause it where it ran; an order that waits goes on, a new one begins."""
    order = orders.locked(session, command.order_id)
    before = timers.last(session, by.staff_id)
    _check_theirs(session, by, order)
    if before is not None and before.running and before.order_id == order.id:
        return Done("order", order.id, order.number, order.version)
    if order.phase in (Phase.NEW, Phase.WAITING):
        orders.put(session, by, order, IN_PROGRESS)
    if order.phase != Phase.WORKING:
        text = _("Order {number} is “{status}”: time is taken only of work in progress.")
        raise Refusal(text.format(number=order.number, status=_(STATUS[order.status].label)))
    if before is not None and before.running:
        before = timers.pause(session, by, orders.locked(session, before.order_id), before)
    timers.start(session, by, order, before)
    return Done("order", order.id, order.number, order.version)


def _check_theirs(session: Session, by: By, order: Order) -> None:
    if order.assignee_id == by.staff_id or may(by.role, Right.ASSIGN):
        return
    if order.assignee_id is None:
        raise Refusal(_("Claim order {number} first: nobody is responsible for it.").format(number=order.number))
    name = session.get_one(Staff, order.assignee_id).name
    raise Refusal(_("{name} is responsible for order {number}.").format(name=name, number=order.number))


@dataclass(frozen=True, slots=True)
class PauseTimer:
    """The order at which the timer of whoever asks was seen running."""

    order_id: UUID


@action("timer.pause", Right.CLAIM)
def pause_timer(session: Session, by: By, command: PauseTimer) -> Done:
    """Pause one's timer, if it still runs at this order."""
    order = orders.locked(session, command.order_id)
    mark = timers.last(session, by.staff_id)
    if mark is not None and mark.running and mark.order_id == order.id:
        timers.pause(session, by, order, mark)
    return Done("order", order.id, order.number, order.version)
