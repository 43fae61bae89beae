"""What a scanned code means: an order, sale or bin of ours, a device that was here, a work or part; what people teach us."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.codes import bin_name, order_number, sale_number
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
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: the key of an order or device and its title, the name of a bin, or the work or part itself."""

    code: str
    kind: Kind = Kind.UNKNOWN
    id: UUID | None = None
    title: str = ""
    item: ItemRow | None = None


def meaning(session: Session, code: str) -> Meaning:
    """Find out what a code stands for: our own order codes first, then works and parts, then serial numbers."""
    number = order_number(code)
    if number is not None:
        order_id = session.scalar(select(Order.id).where(Order.number == number))
        return Meaning(code, Kind.ORDER, order_id, str(number)) if order_id is not None else Meaning(code)
    sold = sale_number(code)
    if sold is not None:
        sale_id = session.scalar(select(Sale.id).where(Sale.number == sold))
        return Meaning(code, Kind.SALE, sale_id, str(sold)) if sale_id is not None else Meaning(code)
    if (name := bin_name(code)) is not None:
        return Meaning(code, Kind.BIN, title=name)
    if (item := catalogue.by_code(session, code)) is not None:
        return Meaning(code, Kind.ITEM, item.id, item.name, item)
    try:
        serial = normal_serial(code)
    except Refusal:  # the digits of an IMEI with one misread: nothing of ours has it
        return Meaning(code)
    query = select(Device.id, Device.brand, Device.model, Device.kind).where(Device.serial == serial)
    found = session.execute(query.order_by(Device.id.desc()).limit(1)).one_or_none()
    if found is None or not serial:
        return Meaning(code)
    return Meaning(code, Kind.DEVICE, found.id, device_title(found.brand, found.model, found.kind))


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
