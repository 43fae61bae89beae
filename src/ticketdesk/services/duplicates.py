"""Customers who may be the same: by phone, e-mail, tax number, and how alike their names are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, Subquery, and_, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from ticketdesk.domain.by import By
from ticketdesk.domain.contacts import normal_email
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.likeness import ALIKE, ALONE, EMAIL, NAME, NEAR, PHONE, TAX, Key, keys, likeness
from ticketdesk.domain.people import normal_phone
from ticketdesk.domain.rights import Right
from ticketdesk.domain.tax_numbers import normal_tax_id
from ticketdesk.services import journal
from ticketdesk.services.customer_traces import known_by
from ticketdesk.services.customers import CustomerRow, NewCustomer, locked, rows_of
from ticketdesk.services.doors import Done, action
from ticketdesk.storage.tables import Customer, CustomerApart, CustomerKey

_SAME = (PHONE, EMAIL, TAX)
_NAMESAKES = 3
"""A name alone is a reason while so many others bear it at most: with more of them it is just a common name."""
_CANDIDATES = 2000
_MOST = 5
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the same customer, and why: ``phone``, ``email``, ``tax``, ``name`` or ``near``.

    It is ``sure`` enough to be listed if it rests on more than the name of people who can be told apart otherwise.
    """

    row: CustomerRow
    reasons: tuple[str, ...]
    sure: bool


def of_customer(session: Session, customer_id: UUID) -> list[Likely]:
    """Give who may be the same as a customer, the surest first, without those who were said to be somebody else."""
    customer = session.get_one(Customer, customer_id)
    apart = select(CustomerApart.one_id, CustomerApart.other_id).where(
        or_(CustomerApart.one_id == customer_id, CustomerApart.other_id == customer_id)
    )
    others = {key for pair in session.execute(apart) for key in pair} | {customer_id}
    return of_keys(session, known_by(customer), customer.name, others)


def typed(session: Session, new: NewCustomer, region: str) -> list[Likely]:
    """Give who may be the same as somebody who is being typed anew; what is not yet whole counts for nothing."""
    phone, email, tax_id = (
        _whole(read, text)
        for read, text in (
            (lambda text: normal_phone(text, region), new.phone),
            (normal_email, new.email),
            (lambda text: normal_tax_id(text, region), new.tax_id),
        )
    )
    name = new.name if len(new.name.strip()) > _SHORTEST else ""
    made = keys(name=name, phone=phone, email=email, contacts=(), tax_id=tax_id, tags=(), company=new.company)
    return of_keys(session, made, name)


def _whole(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text) if text.strip() else ""
    except Refusal:
        return ""


def of_keys(session: Session, known: set[Key], name: str, without: Iterable[UUID] = ()) -> list[Likely]:
    """Give who may be the same as somebody known by these keys under a name."""
    reasons: dict[UUID, list[str]] = {}
    left = set(without)
    wanted = [key for key in known if key[0] in (*_SAME, NAME)]
    found: dict[str, list[UUID]] = {}
    if wanted:
        query = select(CustomerKey.kind, CustomerKey.customer_id).where(
            tuple_(CustomerKey.kind, CustomerKey.value).in_(wanted)
        )
        for kind, key in session.execute(query.limit(_CANDIDATES)):
            if key not in left:
                found.setdefault(kind, []).append(key)
    for kind in (*_SAME, NAME):
        if kind != NAME or len(found.get(NAME, [])) <= _NAMESAKES:
            for key in found.get(kind, []):
                reasons.setdefault(key, []).append(kind)
    namesakes = set(found.get(NAME, []))
    near = _near(session, known, name, left | namesakes)
    if len(near) <= _NAMESAKES:
        for key in near:
            reasons.setdefault(key, []).append(NEAR)
    ranked = sorted(reasons, key=lambda key: -len([kind for kind in reasons[key] if kind in _SAME]))[:_MOST]
    rows = {row.id: row for row in rows_of(session, _customers(session, ranked))}
    is_alone = any(kind == ALONE for kind, _value in known)
    return [
        Likely(row, tuple(dict.fromkeys(reasons[key])), _sure(reasons[key], alone=is_alone or _alone(row)))
        for key in ranked
        if (row := rows.get(key)) is not None
    ]


def _sure(reasons: list[str], *, alone: bool) -> bool:
    return any(reason in _SAME or (reason == NAME and alone) for reason in reasons)


def _alone(row: CustomerRow) -> bool:
    """Tell whether a name is all there is to know somebody by: the same as being kept under ``ALONE``."""
    return row.company or not (row.phone or row.email or row.contacts)


def _near(session: Session, known: set[Key], name: str, without: set[UUID]) -> list[UUID]:
    """Give whose name is alike: shares a word and the beginning of another, and enough trigrams."""
    values = [value for kind, value in known if kind == NEAR]
    if not values:
        return []
    query = (
        select(Customer.id, Customer.name)
        .join(CustomerKey, CustomerKey.customer_id == Customer.id)
        .where(CustomerKey.kind == NEAR, CustomerKey.value.in_(values))
        .limit(_CANDIDATES)
    )
    names = {key: other for key, other in session.execute(query) if key not in without}
    measured = {key: likeness(name, other) for key, other in names.items()}
    return sorted((key for key in measured if measured[key] >= ALIKE), key=lambda key: -measured[key])


def _customers(session: Session, keys: list[UUID]) -> list[Customer]:
    return list(session.scalars(select(Customer).where(Customer.id.in_(keys))))


def doubles() -> Select[UUID]:
    """Ask for every customer who shares phone, e-mail or tax number with another, or a name that stands alone.

    Whoever was said to be somebody else than all the others is left out.
    """
    groups = _groups()
    member, other = aliased(CustomerKey), aliased(CustomerKey)
    one, two = CustomerApart.one_id, CustomerApart.other_id
    apart = (
        select(func.count())
        .select_from(CustomerApart)
        .join(other, or_(other.customer_id == one, other.customer_id == two))
        .where(
            other.kind == groups.c.kind,
            other.value == groups.c.value,
            other.customer_id != member.customer_id,
            or_(one == member.customer_id, two == member.customer_id),
        )
        .correlate(groups, member)
        .scalar_subquery()
    )
    return (
        select(member.customer_id)
        .join(groups, and_(groups.c.kind == member.kind, groups.c.value == member.value))
        .where(apart < groups.c.members - 1)
    )


def _groups() -> Subquery:
    """Ask for what more than one is known by; a name only if it stands alone with somebody, and is no common one."""
    key, name = CustomerKey, aliased(CustomerKey)
    same = (
        select(key.kind, key.value, func.count().label("members"))
        .where(key.kind.in_(_SAME))
        .group_by(key.kind, key.value)
        .having(func.count() > 1)
    )
    alone = select(key.value).where(key.kind == ALONE).distinct().subquery()
    named = (
        select(name.kind, name.value, func.count())
        .join(alone, and_(name.kind == NAME, name.value == alone.c.value))
        .group_by(name.kind, name.value)
        .having(func.count().between(2, _NAMESAKES + 1))
    )
    return union_all(same, named).subquery("groups")


@dataclass(frozen=True, slots=True)
class KeepApart:
    """Two customers who look alike and are not the same."""

    one: UUID
    other: UUID


@action("customer.keep_apart", Right.EDIT_CUSTOMER)
def keep_apart(session: Session, by: By, command: KeepApart) -> Done:
    """Suggest two customers no longer as the same."""
    first, second = sorted((command.one, command.other))
    customers = [locked(session, first), locked(session, second)]
    if session.get(CustomerApart, (first, second)) is None:
        session.add(CustomerApart(one_id=first, other_id=second, at=by.at, staff_id=by.staff_id))
        for customer, other in (customers, reversed(customers)):
            journal.record(session, by, customer, "kept_apart", {"name": other.name, "number": other.number})
    customer = next(customer for customer in customers if customer.id == command.one)
    return Done("customer", customer.id, customer.number, customer.version)
