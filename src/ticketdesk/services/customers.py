"""Customers: found while typing, known by phone, e-mail, tax number and name; added and changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.contacts import normal_contact, normal_email
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.likeness import PHONE, TAG
from ticketdesk.domain.people import normal_phone, tidy_name
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold, tidy, tidy_lines
from ticketdesk.domain.tax_numbers import normal_tax_id
from ticketdesk.domain.typed import plain_words as typed_words
from ticketdesk.services import journal, searching, settings
from ticketdesk.services.customer_traces import index, known_by, repeat_on_orders
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.services.numbering import CUSTOMER, take
from ticketdesk.services.reading import sees_customers
from ticketdesk.storage.tables import Customer, CustomerKey, Order, Staff
from ticketdesk.storage.types import Key as CustomerId
from ticketdesk.texts import _

_CUSTOMER = Customer.__table__.c
_ORDER, _STAFF = Order.__table__.c, Staff.__table__.c
_KNOWN = (
    select(
        _CUSTOMER.id,
        func.coalesce(_STAFF.name, ""),
        func.count(_ORDER.id),
        func.coalesce(func.sum(_ORDER.balance).filter(_ORDER.balance > 0), 0),
        func.coalesce(func.sum(_ORDER.paid), 0),
        func.max(_ORDER.received_at),
    )
    .outerjoin_from(Customer.__table__, Order.__table__, _ORDER.customer_id == _CUSTOMER.id)
    .outerjoin(Staff.__table__, _STAFF.id == _CUSTOMER.consent_by)
    .where(_CUSTOMER.id.in_(bindparam("customers", type_=CustomerId(), expanding=True)))
    .group_by(_CUSTOMER.id, _STAFF.name)
)
"""What customers' rows do not say themselves: who wrote down their consent, their orders, what they owe and paid."""
_AFTER_ALL = "\U0010ffff"
_MOST_CONTACTS, _MOST_TAGS = 20, 20


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer, with what the counter wants to know at once. ``owes`` and ``paid`` in minor units."""

    id: UUID
    number: int
    version: int
    company: bool
    name: str
    legal_name: str
    phone: str
    email: str
    contacts: tuple[str, ...]
    address: str
    tax_id: str
    language: str
    consent: bool
    consent_at: datetime | None
    consent_by: str
    tags: tuple[str, ...]
    notes: str
    since: datetime
    merged_into: UUID | None
    orders: int = 0
    owes: int = 0
    paid: int = 0
    last_visit: datetime | None = None
    price_list_id: UUID | None = None
    name_only: bool = False
    """Whoever reads may see no more of the customer than the name: nothing is said by what else stands here."""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What is typed of a new customer; phones in any notation, ``contacts`` one more phone or e-mail each."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    tax_id: str = ""
    language: str = ""
    consent: bool = False
    notes: str = ""
    company: bool = False
    legal_name: str = ""
    contacts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    price_list_id: UUID | None = None


def living() -> ColumnElement[bool]:
    """Give the condition under which a customer was not merged into another."""
    return Customer.merged_into.is_(None)


def find(session: Session, typed: str, limit: int = 8) -> list[CustomerRow]:
    """Find customers by any part of name, phone, e-mail, tax number or tag, as typed so far; best first.

    Names that begin with what was typed come before those that only hold it.
    """
    start = fold(typed)
    words = typed_words(typed)
    if not words:
        return []
    matching = searching.matching(session.get_bind().dialect.name, words, searching.CUSTOMERS)
    begins = and_(Customer.name_sort >= start, Customer.name_sort < start + _AFTER_ALL)
    if start.isdecimal():
        begins = Customer.number == int(start) if len(start) < 10 else Customer.number == 0
    first = select(Customer).where(begins, living()).order_by(Customer.name_sort, Customer.number).limit(limit)
    found = list(session.scalars(first))
    if len(found) < limit:
        rest = select(Customer).where(matching, living(), Customer.id.not_in([row.id for row in found]))
        found.extend(session.scalars(rest.order_by(Customer.name_sort, Customer.number).limit(limit - len(found))))
    return rows_of(session, found)


def one(session: Session, customer_id: UUID) -> CustomerRow:
    """Give one customer; of one that was merged the other.

    Raises:
        Refusal: if there is none of this key.
    """
    return the_living(session, session.get(Customer, customer_id))


def the_living(session: Session, customer: Customer | None) -> CustomerRow:
    """Give a customer; of one that was merged the other.

    Raises:
        Refusal: if there is none.
    """
    return rows_of(session, [_followed(session, customer)])[0]


def of_number(session: Session, number: int) -> CustomerRow:
    """Give the customer of this number; of one that was merged the other.

    Raises:
        Refusal: if there is none.
    """
    return the_living(session, session.scalar(select(Customer).where(Customer.number == number)))


def tags_used(session: Session) -> list[str]:
    """List the tags customers have, most frequent first."""
    query = select(CustomerKey.value).where(CustomerKey.kind == TAG).group_by(CustomerKey.value)
    return list(session.scalars(query.order_by(func.count().desc(), CustomerKey.value)))


def rows_of(session: Session, customers: Sequence[Customer]) -> list[CustomerRow]:
    """Put counts, money and names to customers; to who may not see customers, the names alone."""
    asked = {"customers": [customer.id for customer in customers]}
    known = {key: values for key, *values in session.execute(_KNOWN, asked)}
    found = [_row(customer, *known[customer.id]) for customer in customers]
    return found if sees_customers(session) else [replace(row, **_UNSEEN) for row in found]


_UNSEEN: dict[str, Any] = {
    "legal_name": "", "phone": "", "email": "", "contacts": (), "address": "", "tax_id": "", "consent": False,
    "consent_at": None, "consent_by": "", "tags": (), "notes": "", "orders": 0, "owes": 0, "paid": 0, "last_visit": None,
    "name_only": True,
}  # fmt: skip
"""A customer of whom only the name is to be seen; their language and prices are for papers and lines."""


def _row(customer: Customer, signer: str, count: int, owes: int, paid: int, last: datetime | None) -> CustomerRow:
    return CustomerRow(
        id=customer.id,
        number=customer.number,
        version=customer.version,
        company=customer.company,
        name=customer.name,
        legal_name=customer.legal_name,
        phone=customer.phone,
        email=customer.email,
        contacts=tuple(customer.contacts),
        address=customer.address,
        tax_id=customer.tax_id,
        language=customer.language,
        consent=customer.consent,
        consent_at=customer.consent_at,
        consent_by=signer,
        tags=tuple(customer.tags),
        notes=customer.notes,
        since=customer.created_at,
        merged_into=customer.merged_into,
        orders=count,
        owes=int(owes),
        paid=int(paid),
        last_visit=last,
        price_list_id=customer.price_list_id,
    )


def _followed(session: Session, customer: Customer | None) -> Customer:
    while customer is not None and customer.merged_into is not None:
        customer = session.get(Customer, customer.merged_into)
    if customer is None:
        raise Refusal(_("This customer is no longer here."), "customer")
    return customer


def pointers(session: Session) -> dict[UUID, UUID]:
    """Give into whom each customer was merged who was."""
    query = select(_CUSTOMER.id, _CUSTOMER.merged_into).where(_CUSTOMER.merged_into.is_not(None))
    return {gone: kept for gone, kept in session.execute(query)}  # noqa: C416 - a row is no pair of types to mypy


def followed(merged: Mapping[UUID, UUID], customer_id: UUID) -> UUID:
    """Give who a customer is by now, following the pointers."""
    while customer_id in merged:
        customer_id = merged[customer_id]
    return customer_id


_OF_PHONE = (
    select(Customer)
    .join(CustomerKey, CustomerKey.customer_id == Customer.id)
    .where(CustomerKey.kind == PHONE, CustomerKey.value == bindparam("phone"), living())
    .order_by((Customer.phone == bindparam("phone")).desc(), Customer.number)
    .limit(1)
)


def _whose_phone(session: Session, phone: str) -> Customer | None:
    found: Customer | None = session.scalar(_OF_PHONE, {"phone": phone})
    return found


def for_order(session: Session, customer_id: UUID) -> Customer:
    """Give the customer of an order to be, kept as it is until the transaction ends; merged ones are followed.

    Raises:
        Refusal: if there is none of this key.
    """
    # shared: whoever changes the name waits, so that no order is registered under the old one
    found = session.get(Customer, customer_id, with_for_update={"read": True})
    if found is not None and found.merged_into is not None:
        return for_order(session, found.merged_into)
    return _followed(session, found)


def add_customer(session: Session, by: By, new: NewCustomer) -> Customer:
    """Add a customer, or find the one who has this phone: for actions that need one."""
    region = settings.shop(session).region
    phone = normal_phone(new.phone, region) if new.phone.strip() else ""
    known = _whose_phone(session, phone) if phone else None
    return known if known is not None else _added(session, by, new, phone, region)


@action("customer.add", Right.EDIT_CUSTOMER)
def add(session: Session, by: By, command: NewCustomer) -> Done:
    """Add a customer whose phone nobody else has."""
    region = settings.shop(session).region
    phone = normal_phone(command.phone, region) if command.phone.strip() else ""
    if phone:
        _refuse_known_phone(_whose_phone(session, phone))
    customer = _added(session, by, command, phone, region)
    return Done("customer", customer.id, customer.number, customer.version)


def _added(session: Session, by: By, new: NewCustomer, phone: str, region: str) -> Customer:
    name = tidy_name(new.name)
    customer = Customer(
        id=new_key(),
        company=new.company,
        name=name,
        legal_name=tidy(new.legal_name),
        phone=phone,
        email=normal_email(new.email),
        contacts=_contacts(new.contacts, region),
        address=tidy(new.address),
        tax_id=normal_tax_id(new.tax_id, region),
        language=new.language,
        consent=new.consent,
        consent_at=by.at if new.consent else None,
        consent_by=by.staff_id if new.consent else None,
        tags=_tags(new.tags),
        notes=tidy_lines(new.notes),
        price_list_id=new.price_list_id,
        created_at=by.at,
    )
    customer.number = take(session, by, (CUSTOMER,))[CUSTOMER].number
    session.add(customer)
    journal.record(session, by, customer, "added", {"name": name, "phone": phone})
    index(session, customer, set())
    return customer


def _refuse_known_phone(known: Customer | None) -> None:
    if known is not None:
        raise Refusal(
            _("This phone number is already that of {name}, customer {number}.").format(
                name=known.name, number=known.number
            ),
            "phone",
        )


def _contacts(typed: Iterable[str], region: str) -> list[str]:
    contacts = list(dict.fromkeys(normal_contact(line, region) for line in typed if line.strip()))
    if len(contacts) > _MOST_CONTACTS:
        raise Refusal(_("There is room for twenty more phones and e-mails."), "contacts")
    return contacts


def _tags(typed: Iterable[str]) -> list[str]:
    tidied = [tidy(tag).lstrip("#")[:40] for tag in typed]
    tags = list({fold(tag): tag for tag in tidied if tag}.values())
    if len(tags) > _MOST_TAGS:
        raise Refusal(_("There is room for twenty tags."), "tags")
    return tags


def _key(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def fields(region: str) -> dict[str, Editable]:
    """Give what may be edited on a customer, read as in a country."""
    return {
        "company": Editable(bool),
        "name": Editable(tidy_name),
        "legal_name": Editable(tidy),
        "phone": Editable(lambda typed: normal_phone(typed, region) if typed.strip() else ""),
        "email": Editable(normal_email),
        "contacts": Editable(lambda typed: _contacts(typed, region), list),
        "address": Editable(tidy),
        "tax_id": Editable(lambda typed: normal_tax_id(typed, region)),
        "language": Editable(str),
        "consent": Editable(bool),
        "tags": Editable(_tags, list),
        "notes": Editable(tidy_lines),
        "price_list_id": Editable(_key, lambda value: str(value) if value else None),
    }


@action("customer.edit", Right.EDIT_CUSTOMER)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change what is known of a customer; their orders show the new name at once."""
    customer = locked(session, command.id)
    before = known_by(customer)
    changes = merge(session, customer, command, fields(settings.shop(session).region))
    if not changes:
        return Done("customer", customer.id, customer.number, customer.version)
    if changes.get("phone", [None, ""])[1]:
        with session.no_autoflush:
            known = _whose_phone(session, customer.phone)
        _refuse_known_phone(None if known is customer else known)
    if "consent" in changes:
        customer.consent_at, customer.consent_by = by.at, by.staff_id
    journal.record(session, by, customer, "edited", changes)
    index(session, customer, before)
    if "name" in changes or "phone" in changes:
        repeat_on_orders(session, customer, Order.customer_id == customer.id)
    return Done("customer", customer.id, customer.number, customer.version)


def locked(session: Session, customer_id: UUID) -> Customer:
    """Give a customer to change, locked against everybody else until the transaction ends.

    Raises:
        Refusal: if there is none of this key, or it was merged into another.
    """
    customer = session.get(Customer, customer_id, with_for_update=True, populate_existing=True)
    if customer is None:
        raise Refusal(_("This customer is no longer here."), "customer")
    if customer.merged_into is not None:
        other = _followed(session, customer)
        raise Refusal(_("This customer was merged into {name}.").format(name=other.name), "customer")
    return customer
