"""The catalogue of works and parts, and the prices different customers pay for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of, now
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST
from ticketdesk.domain.orders import LINE_KINDS, LINE_WORK
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold, tidy
from ticketdesk.domain.vat import CODE_LABELS, rate_on
from ticketdesk.services import journal, settings
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.storage.tables import Customer, Item, ItemPrice, Order, PriceList, Staff
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A work or part that lines are filled from. Amounts in minor units, rate in basis points as of now."""

    id: UUID
    kind: str
    code: str
    ean: str
    name: str
    price: int
    cost: int
    vat: int
    warranty_months: int
    category: str = ""
    unit: str = ""
    vat_code: str = ""
    doer_id: UUID | None = None
    active: bool = True


def items(session: Session, limit: int = 5000) -> list[ItemRow]:
    """List what is in the catalogue, by name."""
    query = select(Item).where(Item.active).order_by(Item.search).limit(limit)
    return [_row(session, item) for item in session.scalars(query)]


def page(session: Session, typed: str, category: str = "", limit: int = 500) -> list[ItemRow]:
    """List works and parts by words of name, code, EAN or category, those out of use last; by name."""
    query = select(Item).order_by(Item.active.desc(), Item.search).limit(limit)
    for word in fold(typed).split():
        query = query.where(Item.search.contains(word, autoescape=True) | Item.ean.startswith(word, autoescape=True))
    if category:
        query = query.where(Item.category == category)
    return [_row(session, item) for item in session.scalars(query)]


def categories(session: Session) -> list[str]:
    """List the categories in use, by name."""
    used = select(Item.category).where(Item.category != "").group_by(Item.category).order_by(Item.category)
    return list(session.scalars(used))


def find(
    session: Session, typed: str, limit: int, order_id: UUID | None = None, customer_id: UUID | None = None
) -> list[ItemRow]:
    """Find works and parts by words of their name, by their code or EAN.

    They come at the prices of an order's customer, or of the one named.
    """
    words = fold(typed).split()
    held = and_(*(Item.search.contains(word, autoescape=True) for word in words)) if words else false()
    query = select(Item).where(Item.active, held | (Item.ean == typed) | (Item.code == typed))
    customer = _customer_of(session, order_id, customer_id)
    found = session.scalars(query.order_by(Item.search).limit(limit))
    return [_row(session, item, price=_price(session, item, customer)) for item in found]


def by_code(
    session: Session, code: str, order_id: UUID | None = None, customer_id: UUID | None = None
) -> ItemRow | None:
    """Find a work or part by its own code or its EAN; at the price of an order's customer, or of the one named."""
    query = select(Item).where(Item.active, (Item.code == code) | (Item.ean == code)).limit(1)
    item = session.scalar(query)
    customer = _customer_of(session, order_id, customer_id)
    return None if item is None else _row(session, item, price=_price(session, item, customer))


def prices(session: Session, codes: Collection[str], customer_id: UUID | None) -> dict[str, int]:
    """Give what works and parts cost a customer by their codes, in minor units; those out of use are left out."""
    customer = session.get(Customer, customer_id) if customer_id else None
    found = session.scalars(select(Item).where(Item.code.in_(codes), Item.active))
    return {item.code: _price(session, item, customer) for item in found}


def for_customer(session: Session, code: str, customer_id: UUID | None, at: datetime) -> ItemRow | None:
    """Find a work or part by its own code, at the prices of a customer and the VAT rate of a moment."""
    item = _of_code(session, code)
    customer = session.get(Customer, customer_id) if customer_id else None
    return None if item is None else _row(session, item, at, _price(session, item, customer))


def list_price(session: Session, code: str, customer_id: UUID | None) -> int:
    """Give what a work or part costs a customer by the catalogue, in minor units; 0 for what is not in it."""
    item = _of_code(session, code)
    customer = session.get(Customer, customer_id) if item and customer_id else None
    return 0 if item is None else _price(session, item, customer)


def _of_code(session: Session, code: str) -> Item | None:
    """Find what a code stands for, however its letters are written; the very code comes first."""
    typed = tidy(code)
    query = select(Item).where(Item.active, (Item.code == typed) | (func.lower(Item.code) == typed.lower()))
    return session.scalar(query.order_by(Item.code != typed).limit(1)) if typed else None


def _customer_of(session: Session, order_id: UUID | None, customer_id: UUID | None) -> Customer | None:
    if customer_id is not None:
        return session.get(Customer, customer_id)
    query = select(Customer).join(Order, Order.customer_id == Customer.id).where(Order.id == order_id)
    return session.scalar(query) if order_id else None


def _price(session: Session, item: Item, customer: Customer | None) -> int:
    if customer is None:
        return item.price
    usual = select(PriceList.id).where(PriceList.active, PriceList.companies == customer.company, PriceList.companies)
    prices = select(ItemPrice.price).join(PriceList).where(ItemPrice.item_id == item.id, PriceList.active)
    own = prices.where(PriceList.id == customer.price_list_id)
    price = session.scalar(own) if customer.price_list_id else session.scalar(prices.where(PriceList.id.in_(usual)))
    return item.price if price is None else price


def _row(session: Session, item: Item, at: datetime | None = None, price: int | None = None) -> ItemRow:
    return ItemRow(
        item.id,
        item.kind,
        item.code,
        item.ean,
        item.name,
        item.price if price is None else price,
        item.cost,
        _vat(session, item, at),
        item.warranty_months,
        item.category,
        item.unit,
        item.vat_code,
        item.doer_id,
        item.active,
    )


def _vat(session: Session, item: Item, at: datetime | None) -> int:
    shop = settings.shop(session)
    if not shop.vat_payer:
        return 0
    day = day_of(at or now(), shop.zone)
    by_law = rate_on(shop.region, item.vat_code, day) if item.vat_code else None
    return item.vat if by_law is None else by_law


@dataclass(frozen=True, slots=True)
class NewItem:
    """A work or part to add. Amounts in minor units; ``vat_code`` as in ``domain/vat.py``."""

    name: str
    code: str
    kind: str = LINE_WORK
    ean: str = ""
    price: int = 0
    cost: int = 0
    vat_code: str = "standard"
    warranty_months: int = 0
    category: str = ""
    unit: str = ""
    doer_id: UUID | None = None


@action("item.add", Right.EDIT_CATALOGUE)
def add(session: Session, by: By, command: NewItem) -> Done:
    """Add a work or part to the catalogue."""
    values = {name: FIELDS[name].read(_plain(getattr(command, name))) for name in FIELDS if hasattr(command, name)}
    item = Item(id=new_key(), active=True, **values)
    _check(session, item)
    session.add(item)
    journal.record(
        session, by, item, "added", {name: field.write(getattr(item, name)) for name, field in FIELDS.items()}
    )
    return Done("item", item.id, version=item.version)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _amount(value: int) -> int:
    if not 0 <= value <= MOST:
        raise Refusal(_("An amount cannot be negative."))
    return value


def _kind(value: str) -> str:
    if value not in LINE_KINDS:
        raise Refusal(_("A line is work or a part."))
    return value


def _code_of_vat(value: str) -> str:
    if value and value not in CODE_LABELS:
        raise Refusal(_("Choose one of those offered."))
    return value


def _months(value: int) -> int:
    if not 0 <= value <= 120:
        raise Refusal(_("A warranty is between 0 and 120 months."))
    return value


def _person(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _short(value: str) -> str:
    return tidy(value)[:40]


FIELDS: dict[str, Editable] = {
    "name": Editable(tidy),
    "code": Editable(_short),
    "kind": Editable(_kind),
    "ean": Editable(_short),
    "price": Editable(_amount),
    "cost": Editable(_amount),
    "vat_code": Editable(_code_of_vat),
    "warranty_months": Editable(_months),
    "category": Editable(_short),
    "unit": Editable(lambda value: tidy(value)[:12]),
    "doer_id": Editable(_person, lambda value: str(value) if value else None),
    "active": Editable(bool),
}
"""What may be edited of a work or part, and how plain values are read and written."""


@action("item.edit", Right.EDIT_CATALOGUE)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change a work or part, or put it out of use; lines already written keep what they say."""
    item = _locked(session, command.id)
    with session.no_autoflush:
        changes = merge(session, item, command, FIELDS)
        if changes:
            _check(session, item)
    if changes:
        journal.record(session, by, item, "edited", changes)
    return Done("item", item.id, version=item.version)


def _locked(session: Session, item_id: UUID) -> Item:
    item = session.get(Item, item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise Refusal(_("This is no longer in the catalogue."), "item")
    return item


def _check(session: Session, item: Item) -> None:
    """Refuse what could not be found or sold, and keep the text under which it is found."""
    if not item.name:
        raise Refusal(_("Write what was done or which part it is."), "name")
    if not item.code:
        raise Refusal(_("Write a code: papers and scanners find it by that."), "code")
    same = select(Item.name).where(Item.code == item.code, Item.id != item.id)
    if (other := session.scalar(same)) is not None:
        raise Refusal(_("“{name}” has this code already.").format(name=other), "code")
    if item.ean and (other := session.scalar(select(Item.name).where(Item.ean == item.ean, Item.id != item.id))):
        raise Refusal(_("“{name}” has this bar code already.").format(name=other), "ean")
    if item.doer_id is not None and session.get(Staff, item.doer_id) is None:
        raise Refusal(_("This colleague no longer works here."), "doer_id")
    item.search = fold(f"{item.name} {item.code} {item.category}")


# price lists


@dataclass(frozen=True, slots=True)
class ListRow:
    """A price list: its name, whether it is that of all companies, and how many prices stand on it."""

    id: UUID
    name: str
    companies: bool
    active: bool
    prices: int


def price_lists(session: Session) -> list[ListRow]:
    """List the price lists, by name."""
    counted = select(func.count()).where(ItemPrice.price_list_id == PriceList.id).scalar_subquery()
    query = select(PriceList, counted).order_by(PriceList.name)
    return [ListRow(row.id, row.name, row.companies, row.active, count) for row, count in session.execute(query)]


def prices_of(session: Session, item_id: UUID) -> dict[UUID, int]:
    """Give the prices of a work or part by price list, in minor units."""
    query = select(ItemPrice.price_list_id, ItemPrice.price).where(ItemPrice.item_id == item_id)
    return {key: price for key, price in session.execute(query)}  # noqa: C416 - rows are no pairs to the type checker


@dataclass(frozen=True, slots=True)
class NewList:
    """A price list to add; ``companies`` for the one that all companies get."""

    name: str
    companies: bool = False


@action("price_list.add", Right.EDIT_CATALOGUE)
def add_list(session: Session, by: By, command: NewList) -> Done:
    """Add a price list."""
    made = PriceList(id=new_key(), name=_list_name(command.name), companies=command.companies, active=True)
    _check_list(session, made)
    session.add(made)
    told = {name: field.write(getattr(made, name)) for name, field in LIST_FIELDS.items()}
    journal.record(session, by, made, "added", told)
    return Done("price_list", made.id, version=made.version)


def _list_name(typed: str) -> str:
    name = tidy(typed)[:40]
    if not name:
        raise Refusal(_("Write a name."), "name")
    return name


LIST_FIELDS = {"name": Editable(_list_name), "companies": Editable(bool), "active": Editable(bool)}


@action("price_list.edit", Right.EDIT_CATALOGUE)
def edit_list(session: Session, by: By, command: Edit) -> Done:
    """Rename a price list, make it that of companies, or put it out of use."""
    row = _list(session, command.id)
    with session.no_autoflush:
        changes = merge(session, row, command, LIST_FIELDS)
        if changes:
            _check_list(session, row)
    if changes:
        journal.record(session, by, row, "edited", changes)
    return Done("price_list", row.id, version=row.version)


def _list(session: Session, list_id: UUID) -> PriceList:
    row = session.get(PriceList, list_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(_("There is no such price list."), "price_list")
    return row


def _check_list(session: Session, row: PriceList) -> None:
    others = select(PriceList.name).where(PriceList.id != row.id)
    if session.scalar(others.where(PriceList.name == row.name)) is not None:
        raise Refusal(_("There is already a price list with this name."), "name")
    taken = session.scalar(others.where(PriceList.companies, PriceList.active)) if row.companies else None
    if taken is not None:
        raise Refusal(_("“{name}” is the price list of companies already.").format(name=taken), "companies")


@dataclass(frozen=True, slots=True)
class PutPrice:
    """A price of a work or part on a list, in minor units; nothing takes it off the list. ``seen`` stood there."""

    item_id: UUID
    price_list_id: UUID
    price: int | None
    seen: int | None = None


@action("price_list.put", Right.EDIT_CATALOGUE)
def put_price(session: Session, by: By, command: PutPrice) -> Done:
    """Write a price on a price list."""
    item, row = _locked(session, command.item_id), _list(session, command.price_list_id)
    if command.price is not None and not 0 <= command.price <= MOST:
        raise Refusal(_("An amount cannot be negative."), "price")
    there = session.get(ItemPrice, (item.id, row.id))
    before = there.price if there else None
    if before not in {command.seen, command.price}:
        raise Refusal(_("Somebody has just changed this. Look again."), "price")
    if there is None and command.price is not None:
        session.add(ItemPrice(item_id=item.id, price_list_id=row.id, price=command.price))
    elif there is not None and command.price is None:
        session.delete(there)
    elif there is not None and command.price is not None:
        there.price = command.price
    if before != command.price:
        told = {"list": row.name, "list_id": str(row.id), "price": [before, command.price]}
        journal.record(session, by, item, "priced", told)
    return Done("item", item.id, version=item.version)
