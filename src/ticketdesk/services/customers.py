"""Customers and their devices: found while typing, known by phone and serial."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.people import normal_phone, phone_digits, tidy_name
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold, tidy, tidy_lines
from ticketdesk.services import journal, settings
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.services.searching import index_order
from ticketdesk.storage.tables import Customer, Device, Line, Order
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer, with what the counter wants to know at once. ``owes`` in minor units."""

    id: UUID
    version: int
    name: str
    phone: str
    email: str
    address: str
    tax_id: str
    language: str
    consent: bool
    notes: str
    since: datetime
    orders: int = 0
    owes: int = 0


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What is typed of a new customer; the phone in any notation."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    tax_id: str = ""
    language: str = ""
    consent: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device, with its last order and until when our warranty on it runs, if it does."""

    id: UUID
    version: int
    kind: str
    brand: str
    model: str
    serial: str
    colour: str
    orders: int = 0
    last_number: int | None = None
    last_order: UUID | None = None
    customer_id: UUID | None = None
    warranty_until: datetime | None = None
    warranty_order: UUID | None = None
    warranty_number: int | None = None


def find(session: Session, typed: str, limit: int = 8) -> list[CustomerRow]:
    """Find customers by any part of phone or name, as typed so far; best first."""
    digits = phone_digits(typed)
    if len(digits) >= 3 and not any(c.isalpha() for c in typed):
        condition: ColumnElement[bool] = Customer.phone.contains(digits, autoescape=True)
        ranked = select(Customer).where(condition).order_by(Customer.phone).limit(limit)
    else:
        words = fold(typed).split()
        if not words:
            return []
        starts = Customer.name_sort.startswith(words[0], autoescape=True)
        ranked = select(Customer).where(*(Customer.name_sort.contains(w, autoescape=True) for w in words))
        ranked = ranked.order_by(starts.desc(), Customer.name_sort).limit(limit)
    return _with_counts(session, ranked)


def one(session: Session, customer_id: UUID) -> CustomerRow:
    """Give one customer.

    Raises:
        sqlalchemy.exc.NoResultFound: if there is none of this key.
    """
    return _with_counts(session, select(Customer).where(Customer.id == customer_id))[0]


def by_phone(session: Session, phone: str) -> CustomerRow | None:
    """Find the customer of a phone number in E.164."""
    rows = _with_counts(session, select(Customer).where(Customer.phone == phone).order_by(Customer.id).limit(1))
    return rows[0] if rows else None


def devices(session: Session, customer_id: UUID, at: datetime) -> list[DeviceRow]:
    """List the devices a customer brought, latest first."""
    query = (
        select(Device, func.max(Order.number))
        .join(Order, Order.device_id == Device.id)
        .where(Order.customer_id == customer_id)
        .group_by(Device.id)
        .order_by(func.max(Order.number).desc())
        .limit(20)
    )
    return [_device_row(session, device, at) for device, _number in session.execute(query)]


def device_by_serial(session: Session, serial: str, at: datetime) -> DeviceRow | None:
    """Find a device by its normalised serial number, with its history and warranty at this moment."""
    device = session.scalar(select(Device).where(Device.serial == serial).order_by(Device.id.desc()).limit(1))
    return None if device is None else _device_row(session, device, at)


def device(session: Session, device_id: UUID, at: datetime) -> DeviceRow | None:
    """Give one device, with its history and warranty at this moment."""
    found = session.get(Device, device_id)
    return None if found is None else _device_row(session, found, at)


def words_used(session: Session, column: str, start: str, limit: int = 12) -> list[str]:
    """Complete a brand, model or colour from what was typed before, most frequent first."""
    used = {"brand": Device.brand, "model": Device.model, "colour": Device.colour}[column]
    query = (
        select(used)
        .where(Device.title_sort.contains(fold(start), autoescape=True), used != "")
        .group_by(used)
        .order_by(func.count().desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def _with_counts(session: Session, query: Select[Any]) -> list[CustomerRow]:
    customers: list[Customer] = list(session.scalars(query))
    keys = [customer.id for customer in customers]
    sums = {
        key: (count, owed)
        for key, count, owed in session.execute(
            select(Order.customer_id, func.count(), func.sum(Order.balance).filter(Order.balance > 0))
            .where(Order.customer_id.in_(keys))
            .group_by(Order.customer_id)
        )
    }
    return [_customer_row(customer, *sums.get(customer.id, (0, 0))) for customer in customers]


def _customer_row(customer: Customer, count: int, owes: int | None) -> CustomerRow:
    return CustomerRow(
        customer.id,
        customer.version,
        customer.name,
        customer.phone,
        customer.email,
        customer.address,
        customer.tax_id,
        customer.language,
        customer.consent,
        customer.notes,
        customer.created_at,
        count,
        int(owes or 0),
    )


def _device_row(session: Session, device: Device, at: datetime) -> DeviceRow:
    query = select(Order).where(Order.device_id == device.id).order_by(Order.number.desc())
    orders = list(session.scalars(query))
    until, covering = None, None
    for order in orders:
        if order.handed_over_at is None:
            continue
        months = session.scalar(select(func.max(Line.warranty_months)).where(Line.order_id == order.id)) or 0
        end = add_months(order.handed_over_at, months)
        if months and end > at and (until is None or end > until):
            until, covering = end, order
    return DeviceRow(
        device.id,
        device.version,
        device.kind,
        device.brand,
        device.model,
        device.serial,
        device.colour,
        len(orders),
        orders[0].number if orders else None,
        orders[0].id if orders else None,
        orders[0].customer_id if orders else None,
        until,
        covering.id if covering else None,
        covering.number if covering else None,
    )


def add_months(moment: datetime, months: int) -> datetime:
    """Give the same day so many months later, or the month's last day if it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def add_customer(session: Session, by: By, new: NewCustomer) -> Customer:
    """Add a customer, or find the one who has this phone: for actions that need one."""
    region = settings.shop(session).region
    phone = normal_phone(new.phone, region) if new.phone.strip() else ""
    if phone:
        known = session.scalar(select(Customer).where(Customer.phone == phone).order_by(Customer.id).limit(1))
        if known is not None:
            return known
    name = tidy_name(new.name)
    customer = Customer(
        name=name,
        phone=phone,
        email=tidy(new.email),
        address=tidy(new.address),
        tax_id=tidy(new.tax_id),
        language=new.language,
        consent=new.consent,
        notes=tidy_lines(new.notes),
        name_sort=fold(name),
        created_at=by.at,
        id=new_key(),
    )
    session.add(customer)
    journal.record(session, by, customer, "added", {"name": name, "phone": phone})
    session.flush()
    return customer


@action("customer.add", Right.EDIT_CUSTOMER)
def add(session: Session, by: By, command: NewCustomer) -> Done:
    """Add a customer; a known phone number means a known customer."""
    customer = add_customer(session, by, command)
    return Done("customer", customer.id, version=customer.version)


FIELDS = {
    "name": Editable(tidy_name),
    "phone": Editable(str),
    "email": Editable(tidy),
    "address": Editable(tidy),
    "tax_id": Editable(tidy),
    "language": Editable(str),
    "consent": Editable(bool),
    "notes": Editable(tidy_lines),
}


@action("customer.edit", Right.EDIT_CUSTOMER)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change what is known of a customer; their orders show the new name at once."""
    customer = session.get(Customer, command.id, with_for_update=True)
    if customer is None:
        raise Refusal(_("This customer is no longer here."))
    typed = command.values.get("phone")
    region = settings.shop(session).region
    if isinstance(typed, str) and typed.strip():
        phones = {**command.values, "phone": normal_phone(typed, region)}
        command = Edit(command.id, command.base, phones)
    changes = merge(session, customer, command, FIELDS)
    if not changes:
        return Done("customer", customer.id, version=customer.version)
    customer.name_sort = fold(customer.name)
    journal.record(session, by, customer, "edited", changes)
    if "name" in changes or "phone" in changes:
        _rename_in_orders(session, customer)
    return Done("customer", customer.id, version=customer.version)


def _rename_in_orders(session: Session, customer: Customer) -> None:
    orders = session.execute(
        select(Order, Device).join(Device, Device.id == Order.device_id).where(Order.customer_id == customer.id)
    )
    for order, device in orders:
        index_order(order, device, customer)
