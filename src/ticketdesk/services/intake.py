"""Take devices in: customer, device, order, deposit and journal at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ticketdesk.domain import devices
from ticketdesk.domain.approvals import UNASKED
from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST
from ticketdesk.domain.orders import CASH, CREATED, METHODS, PLACE_IN_FLOW, STATUS, Billing, Kind, Place, Urgency
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import fold, tidy, tidy_lines
from ticketdesk.services import fiscal, free, journal, ledger, settings, tills, unlocking
from ticketdesk.services.claiming import colleague
from ticketdesk.services.customers import NewCustomer, add_customer, for_order
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.numbering import ORDER, RECEIPT, take
from ticketdesk.services.searching import index_order
from ticketdesk.storage.tables import Comment, Customer, Device, Order, Staff
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
    _check_intake(session, command, by)
    shift = tills.for_money(session, by, cash=command.deposit_method == CASH) if command.deposit else None
    customer = _customer(session, by, command)
    paid = ledger.Receipt(session, by, shift)
    with session.no_autoflush:  # nothing asked here looks for what is new: it goes in together, when all is ready
        device = _device(session, by, command)
        order, assignee = _order(session, by, command)
        free_by = None
        if command.billing is Billing.WARRANTY:
            text = _("Take {device} of {customer} in free of charge: no running warranty of ours covers it.")
            whose = customer.name if customer else _("internal")
            what = text.format(device=devices.device_title(device.brand, device.model, device.kind), customer=whose)
            free_by = free.agree(session, by, order, device.id, command, what)
        numbers = take(session, paid.by, (ORDER, RECEIPT.key) if command.deposit else (ORDER,))
        order.number = numbers[ORDER].number
        index_order(order, device, customer)
        session.add(order)
        facts = {"number": order.number, "device": order.device_title, "customer": order.customer_name}
        known = {"assignee": assignee.name if assignee else "", "bin": order.bin}
        facts |= {name: said for name, said in known.items() if said}
        journal.record(session, by, order, "registered", facts | ledger.terms_told(order))
        free.record(session, by, order, free_by)
        if command.deposit:
            paid.number = numbers[RECEIPT.key]
            ledger.receive(paid, [order], [ledger.Tender(command.deposit_method, command.deposit)])
        if command.note.strip():
            said = tidy_lines(command.note)
            session.add(Comment(order_id=order.id, text=said, to_customer=False, at=by.at, staff_id=by.staff_id))
    fiscal.queue(session, by, paid.rows)
    return Done("order", order.id, order.number, order.version, receipt=paid.number.shown() if paid.number else None)


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
        discount=0,
        discount_amount=0,
        total=0,
        paid=0,
        balance=0,
    )
    return order, assignee


def _check_intake(session: Session, command: NewOrder, by: By) -> None:
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
    if command.warranty_of is not None and session.get(Order, command.warranty_of) is None:
        raise Refusal(_("There is no order {number}.").format(number=command.warranty_of), "warranty_of")


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
        return colleague(session, command.assignee_id)
    into_pool = pool if command.pool is None else command.pool
    return None if into_pool else session.get_one(Staff, by.staff_id)
