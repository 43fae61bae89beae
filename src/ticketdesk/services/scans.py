"""What a scanned code means: an order, sale or bin of ours, a device that was here, a work or part; what people teach us."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.bins import tidy_bin
from ticketdesk.domain.by import By
from ticketdesk.domain.codes import bare_number, bin_name, order_number, sale_number
from ticketdesk.domain.devices import device_title, normal_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import catalogue, journal
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done, action
from ticketdesk.storage.tables import Device, Item, Order, Sale
from ticketdesk.texts import _


class Kind(StrEnum):
    """What a code stands for."""

    ORDER = "order"
    SALE = "sale"
    BIN = "bin"
    DEVICE = "device"
    ITEM = "item"
    SEVERAL = "several"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: the key of an order or device and its title, the name of a bin, or the work or part itself.

    ``details`` tell it from others; ``either`` are all that bear the code where it is not one thing only.
    """

    code: str
    kind: Kind = Kind.UNKNOWN
    id: UUID | None = None
    title: str = ""
    item: ItemRow | None = None
    details: str = ""
    either: tuple["Meaning", ...] = ()


def meaning(session: Session, code: str) -> Meaning:
    """Find out what a code stands for: one of our own codes says so itself, others may be on several things."""
    number = order_number(code)
    if number is not None:
        order_id = session.scalar(select(Order.id).where(Order.number == number))
        return Meaning(code, Kind.ORDER, order_id, str(number)) if order_id is not None else Meaning(code)
    sold = sale_number(code)
    if sold is not None:
        bears_it = (Sale.series == sold.series) & (Sale.number == sold.number)
        sale_id = session.scalar(select(Sale.id).where(bears_it))
        return Meaning(code, Kind.SALE, sale_id, sold.shown()) if sale_id is not None else Meaning(code)
    if (name := bin_name(code)) is not None:
        return Meaning(code, Kind.BIN, title=name)
    found = (*_numbered(session, code), *_items(session, code), *_devices(session, code))
    if len(found) > 1:
        return Meaning(code, Kind.SEVERAL, either=found)
    return found[0] if found else Meaning(code)


def _numbered(session: Session, code: str) -> tuple[Meaning, ...]:
    """Give the order of a number without letters, as other programs print it, and the bin in use that is called so.

    A bin alone is not meant by its mere name: its label has a code of its own.
    """
    columns = (Order.id, Order.number, Order.device_title, Order.customer_name)
    if (number := bare_number(code)) is None:
        return ()
    order = session.execute(select(*columns).where(Order.number == number)).one_or_none()
    if order is None:
        return ()
    details = " · ".join(filter(None, (order.device_title, order.customer_name)))
    found = Meaning(code, Kind.ORDER, order.id, str(order.number), details=details)
    bin_ = tidy_bin(code)
    used = session.scalar(select(Order.id).where(Order.bin == bin_).limit(1)) is not None
    return (found, Meaning(code, Kind.BIN, title=bin_)) if used else (found,)


def _items(session: Session, code: str) -> tuple[Meaning, ...]:
    item = catalogue.by_code(session, code)
    return () if item is None else (Meaning(code, Kind.ITEM, item.id, item.name, item),)


def _devices(session: Session, code: str) -> tuple[Meaning, ...]:
    try:
        serial = normal_serial(code)
    except Refusal:  # the digits of an IMEI with one misread: nothing of ours has it
        return ()
    query = select(Device.id, Device.brand, Device.model, Device.kind).where(Device.serial == serial)
    found = session.execute(query.order_by(Device.id.desc()).limit(1)).one_or_none()
    if found is None or not serial:
        return ()
    return (Meaning(code, Kind.DEVICE, found.id, device_title(found.brand, found.model, found.kind)),)


@dataclass(frozen=True, slots=True)
class Learn:
    """The bar code on a work or part of the catalogue."""

    item_id: UUID
    code: str


@action("item.learn_code", Right.EDIT_CATALOGUE)
def learn(session: Session, by: By, command: Learn) -> Done:
    """Remember the bar code of a work or part, so that scanning it finds it."""
    item = session.get(Item, command.item_id, with_for_update=True)
    if item is None or not item.active:
        raise Refusal(_("This is no longer in the catalogue."), "item")
    known = catalogue.by_code(session, command.code)
    if known is not None and known.id != item.id:
        raise Refusal(_("{code} is already the code of “{name}”.").format(code=command.code, name=known.name), "item")
    if item.ean not in {"", command.code}:
        raise Refusal(_("“{name}” already has the code {code}.").format(name=item.name, code=item.ean), "item")
    if item.ean != command.code:
        journal.record(session, by, item, "edited", {"ean": [item.ean, command.code]})
        item.ean = command.code
    return Done("item", item.id, version=item.version)
