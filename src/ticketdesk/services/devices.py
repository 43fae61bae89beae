"""Devices: known by their serial, with their history and until when our warranty on them runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.devices import checked_year, device_title, kind_of, normal_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold, tidy
from ticketdesk.services import journal
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.services.searching import index_order
from ticketdesk.storage.tables import Customer, Device, Line, Order
from ticketdesk.texts import _


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
    made_in: int | None
    orders: int = 0
    last_number: int | None = None
    last_order: UUID | None = None
    customer_id: UUID | None = None
    warranty_until: datetime | None = None
    warranty_order: UUID | None = None
    warranty_number: int | None = None

    @property
    def title(self) -> str:
        """Name the device in one line."""
        return device_title(self.brand, self.model, self.kind)


def of_customer(session: Session, customer_id: UUID, at: datetime, limit: int = 20) -> list[DeviceRow]:
    """List the devices a customer brought, latest first."""
    query = (
        select(Device, func.max(Order.number))
        .join(Order, Order.device_id == Device.id)
        .where(Order.customer_id == customer_id)
        .group_by(Device.id)
        .order_by(func.max(Order.number).desc())
        .limit(limit)
    )
    return _rows(session, [found for found, _number in session.execute(query)], at)


def by_serial(session: Session, serial: str, at: datetime) -> DeviceRow | None:
    """Find a device by its normalised serial number, with its history and warranty at this moment."""
    found = session.scalar(select(Device).where(Device.serial == serial).order_by(Device.id.desc()).limit(1))
    return None if found is None else _rows(session, [found], at)[0]


def one(session: Session, device_id: UUID, at: datetime) -> DeviceRow | None:
    """Give one device, with its history and warranty at this moment."""
    found = session.get(Device, device_id)
    return None if found is None else _rows(session, [found], at)[0]


def covers(session: Session, order_id: UUID, device_id: UUID, at: datetime) -> bool:
    """Say whether our warranty of an earlier order runs at a moment, on this very device."""
    months = select(func.max(Line.warranty_months)).where(Line.order_id == order_id).scalar_subquery()
    query = select(Order.handed_over_at, months).where(Order.id == order_id, Order.device_id == device_id)
    return any(given and long and add_months(given, long) > at for given, long in session.execute(query))


def brands(session: Session, start: str, limit: int = 12) -> list[str]:
    """Complete a brand from what was typed before, most frequent first."""
    query = (
        select(Device.brand)
        .where(Device.title_sort.contains(fold(start), autoescape=True), Device.brand != "")
        .group_by(Device.brand)
        .order_by(func.count().desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def _rows(session: Session, devices: list[Device], at: datetime) -> list[DeviceRow]:
    """Put history and warranty to devices, for all of them in one question."""
    months = select(func.max(Line.warranty_months)).where(Line.order_id == Order.id).scalar_subquery()
    query = (
        select(Order.device_id, Order.id, Order.number, Order.customer_id, Order.handed_over_at, months)
        .where(Order.device_id.in_([device.id for device in devices]))
        .order_by(Order.number.desc())
    )
    visits: dict[UUID, list[tuple[UUID, int, UUID | None, datetime | None, int | None]]] = {}
    for device_id, *visit in session.execute(query):
        visits.setdefault(device_id, []).append(tuple(visit))
    return [_row(device, visits.get(device.id, []), at) for device in devices]


def _row(
    device: Device, visits: list[tuple[UUID, int, UUID | None, datetime | None, int | None]], at: datetime
) -> DeviceRow:
    covering: tuple[datetime, UUID, int] | None = None
    for order_id, number, _customer, handed_over_at, months in visits:
        if handed_over_at is None or not months:
            continue
        end = add_months(handed_over_at, months)
        if end > at and (covering is None or end > covering[0]):
            covering = end, order_id, number
    return DeviceRow(
        device.id,
        device.version,
        device.kind,
        device.brand,
        device.model,
        device.serial,
        device.colour,
        device.made_in,
        len(visits),
        visits[0][1] if visits else None,
        visits[0][0] if visits else None,
        visits[0][2] if visits else None,
        *(covering or (None, None, None)),
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


FIELDS = {
    "kind": Editable(lambda key: kind_of(key).key),
    "brand": Editable(tidy),
    "model": Editable(tidy),
    "serial": Editable(normal_serial),
    "colour": Editable(tidy),
    "made_in": Editable(checked_year),
}
"""What may be edited on a device."""


@action("device.edit", Right.EDIT_ORDER)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change what is known of a device; its orders show it at once."""
    device = session.get(Device, command.id, with_for_update=True, populate_existing=True)
    if device is None:
        raise Refusal(_("This device is no longer here."))
    changes = merge(session, device, command, FIELDS)
    if not changes:
        return Done("device", device.id, version=device.version)
    if not device.model and not device.brand:
        raise Refusal(_("Which device is it? Write its model."), "model")
    _refuse_known_serial(session, device, changes)
    device.title_sort = fold(device_title(device.brand, device.model))
    journal.record(session, by, device, "edited", changes)
    orders = (
        select(Order, Customer)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .where(Order.device_id == device.id)
        .with_for_update(of=Order)
        .execution_options(populate_existing=True)
    )
    for order, customer in session.execute(orders):
        index_order(order, device, customer)
    return Done("device", device.id, version=device.version)


def _refuse_known_serial(session: Session, device: Device, changes: Mapping[str, object]) -> None:
    if "serial" not in changes or not device.serial:
        return
    other = select(Device).where(Device.serial == device.serial, Device.id != device.id).limit(1)
    with session.no_autoflush:
        known = session.scalar(other)
    if known is not None:
        title = device_title(known.brand, known.model, known.kind)
        raise Refusal(_("This serial number is already that of {device}.").format(device=title), "serial")
