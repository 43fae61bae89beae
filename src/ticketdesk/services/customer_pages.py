"""Everything the page of a customer or of a device shows, asked for at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.services import accounts, customers, devices, duplicates, joining, journal, lists, sales
from ticketdesk.services.accounts import Account
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.duplicates import Likely
from ticketdesk.services.joining import Merged
from ticketdesk.services.journal import EntryRow
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.sales import SaleRow
from ticketdesk.storage.tables import Customer, Order
from ticketdesk.texts import _

_LATEST, _MOST_DEVICES, _MOST_ENTRIES = 6, 500, 200


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One customer whole; ``orders`` and ``sales`` are the latest ones."""

    row: CustomerRow
    account: Account
    devices: list[DeviceRow]
    orders: list[OrderRow]
    doubles: list[Likely]
    merges: list[Merged]
    history: list[EntryRow]
    sales: list[SaleRow]
    """What they bought over the counter, and brought back."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who brought a device, and when last."""

    id: UUID
    number: int
    name: str
    phone: str
    last: datetime
    orders: int


@dataclass(frozen=True, slots=True)
class DevicePage:
    """One device whole: who brought it, the latest first, and what happened to what is written of it."""

    row: DeviceRow
    owners: list[Owner]
    history: list[EntryRow]


def customer_page(session: Session, customer_id: UUID, at: datetime, role: Role | None) -> CustomerPage:
    """Give one customer whole to somebody of a role; of one that was merged the other.

    Raises:
        Forbidden: if the role may not see customers.
        Refusal: if there is none of this key.
    """
    if not may(role, Right.SEE_CUSTOMERS):
        raise Forbidden(_("Your role does not allow this. Ask a manager."))
    row = customers.one(session, customer_id)
    latest = lists.Question((), customer_id=row.id, sort="number", descending=True)
    return CustomerPage(
        row,
        accounts.account(session, row.id),
        devices.of_customer(session, row.id, at, _MOST_DEVICES),
        lists.page(session, latest, limit=_LATEST),
        duplicates.of_customer(session, row.id),
        joining.reversible(session, row.id, at),
        journal.history(session, row.id)[:_MOST_ENTRIES],
        sales.of_customer(session, row.id),
    )


def page_of_number(session: Session, number: int, at: datetime, role: Role | None) -> CustomerPage:
    """Give one customer whole, by number.

    Raises:
        Forbidden: if the role may not see customers.
        Refusal: if there is none.
    """
    return customer_page(session, customers.of_number(session, number).id, at, role)


def device_page(session: Session, device_id: UUID, at: datetime, role: Role | None) -> DevicePage:
    """Give one device whole; of who brought it only the names to a role that may not see customers.

    Raises:
        Refusal: if there is none of this key.
    """
    row = devices.one(session, device_id, at)
    if row is None:
        raise Refusal(_("This device is no longer here."), "device")
    last = func.max(Order.received_at)
    query = (
        select(Customer.id, Customer.number, Customer.name, Customer.phone, last, func.count())
        .join(Order, Order.customer_id == Customer.id)
        .where(Order.device_id == device_id)
        .group_by(Customer.id, Customer.number, Customer.name, Customer.phone)
        .order_by(last.desc())
    )
    owners = [Owner(*found) for found in session.execute(query)]
    if not may(role, Right.SEE_CUSTOMERS):
        owners = [replace(owner, phone="") for owner in owners]
    return DevicePage(row, owners, journal.history(session, device_id)[:_MOST_ENTRIES])
