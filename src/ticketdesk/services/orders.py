"""Take devices in, edit orders, move them on, share them out."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ticketdesk.domain import devices
from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST, format_money
from ticketdesk.domain.orders import (
    CASH,
    CREATED,
    HANDED_OVER,
    IN_PROGRESS,
    METHODS,
    OPEN_PHASES,
    PLACE_IN_FLOW,
    READY,
    STATUS,
    Billing,
    Facts,
    Kind,
    Phase,
    Place,
    Urgency,
    needs_reason,
    obstacles,
)
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import fold, tidy, tidy_lines
from ticketdesk.services import approvals, fiscal, free, journal, ledger, settings, tills, unlocking
from ticketdesk.services.customers import NewCustomer, add_customer, for_order
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.merging import Edit, Editable, merge, moment, written
from ticketdesk.services.searching import index_order
from ticketdesk.storage.numbers import take
from ticketdesk.storage.tables import Comment, Customer, Device, Line, Order, Staff
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What is typed of a device; a known serial means a known device."""

    kind: str = "other"
    brand: str = ""
    model: str = ""
    serial: str = ""
    colour: str = ""
    made_in: int | None = None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """The whole intake form. Amounts in minor units; either a known customer or device, or a new one."""

    device: NewDevice = field(default_factory=NewDevice)
    device_id: UUID | None = None
    customer: NewCustomer | None = None
    customer_id: UUID | None = None
    kind: Kind = Kind.EXTERNAL
    urgency: Urgency = Urgency.NORMAL
    billing: Billing = Billing.PAID
    place: Place = Place.IN_SHOP
    address: str = ""
    bin: str = ""
    complaint: str = ""
    condition: dict[str, str] = field(default_factory=dict)
    accessories: list[str] = field(default_factory=list)
    unlock_kind: str = ""
    unlock_code: str = field(default="", metadata={"secret": True})
    promised_at: datetime | None = None
    assignee_id: UUID | None = None
    pool: bool | None = None
    """Into the pool, or run by whoever takes it in; nothing means the shop's habit."""
    estimate: int | None = None
    deposit: int = 0
    deposit_method: str = "cash"
    warranty_of: UUID | None = None
    note: str = ""
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("order.register", Right.TAKE_IN)
def register(session: Session, by: By, command: NewOrder) -> Done:
    """Take a device in: customer, device, order, deposit and journal in one transaction."""
    _check_intake(command, by)
    shift = tills.for_money(session, by, cash=command.deposit_method == CASH) if command.deposit else None
    customer = _customer(session, by, command)
    receipt, paid = None, ledger.Receipt(session, by, shift)
    with session.no_autoflush:  # nothing asked here looks for what is new: it goes in together, when all is ready
        device = _device(session, by, command)
        order, assignee = _order(session, by, command)
        free_by = None
        if command.billing is Billing.WARRANTY:
            text = _("Take {device} of {customer} in free of charge: no running warranty of ours covers it.")
            whose = customer.name if customer else _("internal")
            what = text.format(device=devices.device_title(device.brand, device.model, device.kind), customer=whose)
            free_by = free.agree(session, by, order, device.id, command, what)
        numbers = take(session, ("order", "receipt") if command.deposit else ("order",))
        order.number = numbers["order"]
        index_order(order, device, customer)
        session.add(order)
        facts = {"number": order.number, "device": order.device_title, "customer": order.customer_name}
        known = {"assignee": assignee.name if assignee else "", "bin": order.bin}
        journal.record(session, by, order, "registered", facts | {name: said for name, said in known.items() if said})
        free.record(session, by, order, free_by)
        if command.deposit:
            receipt = paid.number = numbers["receipt"]
            ledger.receive(paid, [order], [ledger.Tender(command.deposit_method, command.deposit)])
        if command.note.strip():
            said = tidy_lines(command.note)
            session.add(Comment(order_id=order.id, text=said, to_customer=False, at=by.at, staff_id=by.staff_id))
    if receipt is not None:
        fiscal.queue(session, by, receipt, paid.rows)
    return Done("order", order.id, order.number, order.version, receipt=receipt)


def _order(session: Session, by: By, command: NewOrder) -> tuple[Order, Staff | None]:
    """Make the order of an intake, still without number, customer and device; give who is responsible besides."""
    shop, urgent = settings.shop(session), command.urgency is Urgency.URGENT
    order_id = new_key()
    sealed, epoch = unlocking.sealed(session, by, order_id, command.unlock_kind, command.unlock_code)
    assignee = _first_assignee(session, by, command, pool=shop.allocation == "pool")
    order = Order(
        id=order_id,
        kind=command.kind.value,
        urgency=command.urgency.value,
        billing=command.billing.value,
        place=command.place.value,
        address=tidy(command.address),
        bin=normal_bin(command.bin),
        status=CREATED,
        status_place=PLACE_IN_FLOW[CREATED],
        phase=STATUS[CREATED].phase.value,
        status_at=by.at,
        open=True,
        warranty_of=command.warranty_of,
        complaint=tidy_lines(command.complaint),
        condition=dict(command.condition),
        accessories=[tidy(item) for item in command.accessories],
        unlock_kind=command.unlock_kind,
        unlock_code=sealed,
        unlock_epoch=epoch,
        received_at=by.at,
        received_by=by.staff_id,
        promised_at=command.promised_at or by.at + timedelta(hours=shop.urgent_hours if urgent else 72),
        assignee_id=assignee.id if assignee else None,
        assignee_sort=fold(assignee.name) if assignee else "",
        claimed_at=by.at if assignee else None,
        estimate=command.estimate,
        surcharge=shop.surcharge if urgent else 0,
        total=0,
        paid=0,
        balance=0,
    )
    return order, assignee


def _check_intake(command: NewOrder, by: By) -> None:
    if command.device_id is None and not (command.device.model.strip() or command.device.brand.strip()):
        raise Refusal(_("Which device is it? Write its model."), "model")
    if command.kind is Kind.EXTERNAL and command.customer_id is None and command.customer is None:
        raise Refusal(_("Write the customer's name."), "name")
    if command.promised_at is not None and command.promised_at <= by.at:
        raise Refusal(_("That time has passed. Pick a later one."), "promised_at")
    if command.place is Place.ON_SITE and not command.address.strip():
        raise Refusal(_("Write the address where the work is done."), "address")
    if command.deposit < 0 or (command.estimate or 0) < 0:
        raise Refusal(_("An amount cannot be negative."), "deposit" if command.deposit < 0 else "estimate")
    if max(command.deposit, command.estimate or 0) > MOST:
        raise Refusal(_("The amount is too large."), "deposit" if command.deposit > MOST else "estimate")
    if command.deposit and not may(by.role, Right.TAKE_PAYMENT):
        raise Forbidden(_("Your role may not take money. Ask a colleague at the counter."), "deposit")
    if command.deposit_method not in METHODS:
        raise Refusal(_("Choose how the deposit is paid."), "deposit_method")
    if any(state not in devices.CONDITIONS for state in command.condition.values()):
        raise Refusal(_("A condition is good, defect or untested."), "condition")


def _customer(session: Session, by: By, command: NewOrder) -> Customer | None:
    if command.customer_id is not None:
        return for_order(session, command.customer_id)
    if command.customer is None:
        return None
    if command.kind is Kind.EXTERNAL and not command.customer.phone.strip():
        raise Refusal(_("Write the customer's phone number."), "phone")
    return add_customer(session, by, command.customer)


_OF_SERIAL = select(Device).where(Device.serial == bindparam("serial")).order_by(Device.id.desc()).limit(1)


def _device(session: Session, by: By, command: NewOrder) -> Device:
    if command.device_id is not None:
        device = session.get(Device, command.device_id)
        if device is None:
            raise Refusal(_("This device is no longer here."), "device")
        return device
    new = command.device
    serial = devices.normal_serial(new.serial)
    if serial:
        known = session.scalar(_OF_SERIAL, {"serial": serial})
        if known is not None:
            return known
    brand, model = tidy(new.brand), tidy(new.model)
    device = Device(
        id=new_key(),
        kind=devices.kind_of(new.kind).key,
        brand=brand,
        model=model,
        serial=serial,
        colour=tidy(new.colour),
        made_in=devices.checked_year(new.made_in),
        title_sort=fold(devices.device_title(brand, model)),
        created_at=by.at,
    )
    session.add(device)
    journal.record(
        session,
        by,
        device,
        "added",
        {"title": devices.device_title(brand, model), "serial": serial},
    )
    return device


def _first_assignee(session: Session, by: By, command: NewOrder, *, pool: bool) -> Staff | None:
    if command.assignee_id is not None:
        return _colleague(session, command.assignee_id)
    into_pool = pool if command.pool is None else command.pool
    return None if into_pool else session.get_one(Staff, by.staff_id)


def _colleague(session: Session, staff_id: UUID) -> Staff:
    staff = session.get(Staff, staff_id)
    if staff is None or not staff.active:
        raise Refusal(_("This colleague no longer works here."), "assignee")
    return staff


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
    if order.phase in _CLOSED and changes.keys() != {"bin"} and not may(by.role, Right.CANCEL):
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
    journal.record(session, by, order, "edited", changes)
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
    put(session, by, order, command.to, command.reason, on_account=on_account)
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


def put(session: Session, by: By, order: Order, to: str, reason: str = "", *, on_account: bool = False) -> None:
    """Move an order inside another action; ``on_account`` when somebody has agreed that it is paid later.

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
    changes: dict[str, object] = {"status": [order.status, to]}
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


def _next_in_pool(session: Session) -> Order:
    query = (
        select(Order)
        .where(Order.open, Order.assignee_id.is_(None))
        .order_by((Order.urgency == Urgency.URGENT).desc(), Order.promised_at, Order.number)
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
        staff = _colleague(session, command.staff_id) if command.staff_id else None
        _give(session, by, order, staff, "assigned")
    return Done("order", order.id, order.number, order.version)


def _give(session: Session, by: By, order: Order, staff: Staff | None, what: str) -> None:
    before = session.get_one(Staff, order.assignee_id).name if order.assignee_id else None
    order.assignee_id = staff.id if staff else None
    order.assignee_sort = fold(staff.name) if staff else ""
    order.claimed_at = by.at if staff else None
    changes: dict[str, list[Value]] = {"assignee": [before, staff.name if staff else None]}
    journal.record(session, by, order, what, changes)
