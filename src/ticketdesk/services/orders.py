"""Edit orders and move them on."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import MOST, format_money
from ticketdesk.domain.moving import act_of
from ticketdesk.domain.orders import (
    HANDED_OVER,
    OPEN_PHASES,
    PLACE_IN_FLOW,
    READY,
    STATUS,
    Billing,
    Facts,
    Kind,
    Phase,
    Place,
    Status,
    Urgency,
    needs_reason,
    obstacles,
)
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy, tidy_lines
from ticketdesk.services import approvals, free, journal, ledger, settings, timers, unlocking
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.merging import Edit, Editable, merge, moment, written
from ticketdesk.services.searching import index_order
from ticketdesk.storage.tables import Customer, Device, Line, Order
from ticketdesk.texts import _


def locked(session: Session, order_id: UUID) -> Order:
    """Give an order to change, locked against everybody else until the transaction ends.

    Raises:
        Refusal: if there is none of this key.
    """
    order = session.get(Order, order_id, with_for_update=True, populate_existing=True)
    if order is None:
        raise Refusal(_("There is no such order."), "order")
    return order


def _text(value: str) -> str:
    return tidy_lines(str(value))


def _later(value: str) -> datetime:
    return moment(value)


def _estimate(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= MOST:
        raise Refusal(_("An amount cannot be negative."), "estimate")
    return value


FIELDS: dict[str, Editable] = {
    "complaint": Editable(_text),
    "diagnosis": Editable(_text),
    "address": Editable(_text),
    "bin": Editable(normal_bin),
    "promised_at": Editable(_later, written),
    "urgency": Editable(lambda value: Urgency(value).value),
    "billing": Editable(lambda value: Billing(value).value),
    "place": Editable(lambda value: Place(value).value),
    "kind": Editable(lambda value: Kind(value).value),
    "accessories": Editable(lambda value: [tidy(item) for item in value], list),
    "condition": Editable(dict, dict),
    "estimate": Editable(_estimate),
}
"""What may be edited on an order, and how plain values are read and written."""


_CLOSED = (Phase.DONE, Phase.CANCELLED)


@action("order.edit", Right.EDIT_ORDER)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change what is written on an order; see ``merging`` for two people at once."""
    order = locked(session, command.id)
    was_free = ledger.is_free(order)
    changes = merge(session, order, command, FIELDS)
    if not changes:
        return Done("order", order.id, order.number, order.version)
    if order.phase in _CLOSED and changes.keys() != {"bin"} and not may(by.role, Right.EDIT_CLOSED):
        raise Forbidden(_("This order is closed. Only a manager may change it."))
    if order.status == HANDED_OVER and order.bin:
        raise Refusal(_("The device of order {number} has left the shop.").format(number=order.number), "bin")
    free_by = None
    if ledger.is_free(order) and not was_free:
        text = _("Make order {number} free of charge, {device} of {customer}: no running warranty of ours covers it.")
        whose = order.customer_name or _("internal")
        what = text.format(number=order.number, device=order.device_title, customer=whose)
        with session.no_autoflush:  # refused, nothing is written
            free_by = free.agree(session, by, order, order.device_id, command, what)
    if "urgency" in changes:
        order.surcharge = settings.shop(session).surcharge if order.urgency == Urgency.URGENT else 0
    if changes.keys() & {"urgency", "billing", "kind"}:
        ledger.retotal(session, order)
    if changes.keys() & {"complaint", "diagnosis"}:
        with session.no_autoflush:  # one change of the row, not one before asking and one after
            device = session.get_one(Device, order.device_id)
            customer = session.get(Customer, order.customer_id) if order.customer_id else None
        index_order(order, device, customer)
    journal.record(session, by, order, "edited", changes | (ledger.terms_told(order) if "urgency" in changes else {}))
    free.record(session, by, order, free_by)
    return Done("order", order.id, order.number, order.version)


def facts(session: Session, order: Order, reason: str = "") -> Facts:
    """Give what the rules may look at."""
    lines = session.scalar(select(Line.id).where(Line.order_id == order.id).limit(1))
    return Facts(
        status=order.status,
        due=order.balance,
        assigned=order.assignee_id is not None,
        diagnosis=order.diagnosis,
        lines=0 if lines is None else 1,
        reason=reason,
        beyond=0 if order.agreed is None else order.total - order.agreed,
    )


@dataclass(frozen=True, slots=True)
class Move:
    """An order, the status it was seen in, and where it goes; and until when a debt is paid that leaves with it."""

    order_id: UUID
    to: str
    seen: str | None = None
    reason: str = ""
    pay_by: date | None = None
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("order.move", Right.NOTE)
def move(session: Session, by: By, command: Move) -> Done:
    """Move an order to another status, if the rules and the role allow it."""
    order = locked(session, command.order_id)
    if command.seen is not None and command.seen != order.status:
        label = _(STATUS[order.status].label)
        raise Refusal(_("Somebody has already moved this order: it is “{status}” now.").format(status=label))
    on_account = command.to == HANDED_OVER and order.balance > 0 and command.pay_by is not None
    if on_account:
        _agree_to_debt(session, by, order, command)
    approved_by = _agreed(session, by, order, command)
    put(session, by, order, command.to, command.reason, on_account=on_account, approved_by=approved_by)
    return Done("order", order.id, order.number, order.version)


def _agree_to_debt(session: Session, by: By, order: Order, command: Move) -> None:
    """Let a device leave unpaid, once whoever has to has agreed."""
    shop = settings.shop(session)
    if command.pay_by is None or command.pay_by < day_of(by.at, shop.zone):
        raise Refusal(_("That day has passed. Pick a later one."), "pay_by")
    if order.customer_id is None:
        raise Refusal(_("Only a known customer may pay later."), "pay_by")
    what = _("Hand order {number} over to {customer} unpaid: {amount} to pay by {day}").format(
        number=order.number,
        customer=order.customer_name,
        amount=format_money(order.balance, shop.currency),
        day=command.pay_by.isoformat(),
    )
    approved_by = approvals.demand(session, by, Act.HAND_OVER_UNPAID, command, what)
    before, order.pay_by = order.pay_by, command.pay_by
    content: dict[str, object] = {
        "pay_by": [before.isoformat() if before else None, command.pay_by.isoformat()],
        "amount": order.balance,
    }
    if approved_by is not None:
        content["approved_by"] = approvals.name_of(session, approved_by)
    journal.record(session, by, order, "left_unpaid", content)


def _agreed(session: Session, by: By, order: Order, command: Move) -> UUID | None:
    """Let an order be stopped for good, or taken up again; give who agreed to it, if it took somebody."""
    act = act_of(order.status, command.to) if command.to in STATUS else None
    if act is None:
        return None
    _require(session, by, order, command.to, command.reason)  # nobody is asked for what cannot be done
    text = _("Cancel order {number}, {device} of {customer}. Reason: {reason}")
    if act is Act.REOPEN:
        text = _("Reopen order {number}, {device} of {customer}: from “{was}” to “{status}”.")
    what = text.format(
        number=order.number,
        device=order.device_title,
        customer=order.customer_name or _("internal"),
        reason=tidy(command.reason),
        was=_(STATUS[order.status].label),
        status=_(STATUS[command.to].label),
    )
    return approvals.demand(session, by, act, command, what)


def _require(session: Session, by: By, order: Order, to: str, reason: str, *, on_account: bool = False) -> Status:
    """Give the status that an order may move to.

    Raises:
        Refusal: with everything that is in the way.
    """
    target = STATUS.get(to)
    if target is None:
        raise Refusal(_("There is no status “{status}”.").format(status=to), "to")
    if not may(by.role, target.right):
        raise Forbidden(_("Your role may not move an order to “{status}”.").format(status=_(target.label)))
    known = facts(session, order, reason.strip())
    if no := obstacles(replace(known, due=0) if on_account else known, to):
        raise Refusal("\n".join(no), "reason" if needs_reason(to) and not reason.strip() else "to")
    return target


def put(
    session: Session,
    by: By,
    order: Order,
    to: str,
    reason: str = "",
    *,
    on_account: bool = False,
    approved_by: UUID | None = None,
) -> None:
    """Move an order inside another action.

    ``on_account`` when somebody has agreed that it is paid later; ``approved_by`` is who agreed to the move itself.

    Raises:
        Refusal: with everything that is in the way.
    """
    target = _require(session, by, order, to, reason, on_account=on_account)
    changes: dict[str, object] = {"status": [order.status, to]}
    if approved_by is not None:
        changes["approved_by"] = approvals.name_of(session, approved_by)
    in_work = order.phase == Phase.WORKING
    order.status, order.status_place, order.phase = to, PLACE_IN_FLOW[to], target.phase.value
    order.status_at = by.at
    order.open = target.phase in OPEN_PHASES
    if reason.strip():
        order.reason = tidy(reason)
        changes["reason"] = order.reason
    if to == READY:
        order.ready_at = by.at
    if to == HANDED_OVER:
        order.handed_over_at = by.at
        unlocking.wipe(order)
        if order.bin:  # the device has left it
            changes["bin"], order.bin = [order.bin, ""], ""
    journal.record(session, by, order, "moved", changes)
    if in_work and target.phase != Phase.WORKING:
        timers.stop(session, by, order)
