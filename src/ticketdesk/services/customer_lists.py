"""Lists of customers: views, sorted numbers, pages by number, and counts."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.orm import Session

from ticketdesk.domain.typed import plain_words
from ticketdesk.services import duplicates, searching, spines
from ticketdesk.services.customers import CustomerRow, living, rows_of
from ticketdesk.services.spines import Listing, Opening, Source
from ticketdesk.storage.tables import Customer, CustomerKey, Order
from ticketdesk.texts import N_, _


@dataclass(frozen=True, slots=True)
class View:
    """A part of all customers: its key and name."""

    key: str
    label: str

    @property
    def title(self) -> str:
        """Give the name as it is shown."""
        return _(self.label)


ALL, OWING, COMPANIES, ALIKE = "all", "owing", "companies", "alike"
VIEWS: tuple[View, ...] = (
    View(ALL, N_("All")),
    View(OWING, N_("Owing")),
    View(COMPANIES, N_("Companies")),
    View(ALIKE, N_("Possible duplicates")),
)
NAME, OWES = "name", "owes"
_CUSTOMER = Customer.__table__.c
_ORDER = Order.__table__.c
_COMPANY = text("customer.company")
"""As the partial index on companies says it."""
_OWED = (
    select(_ORDER.customer_id, func.sum(_ORDER.balance).label("owes"))
    .where(_ORDER.balance > 0, _ORDER.customer_id.is_not(None))
    .group_by(_ORDER.customer_id)
    .subquery("owed")
)
SORTS: dict[str, ColumnElement[Any]] = {
    NAME: _CUSTOMER.name_sort,
    "number": _CUSTOMER.number,
    "phone": _CUSTOMER.phone,
    OWES: func.coalesce(_OWED.c.owes, 0),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a list shows: a view, a tag, what was typed, sorted by what, which way."""

    view: str = ALL
    tag: str = ""
    typed: str = ""
    sort: str = NAME
    descending: bool = False


def opening(session: Session, question: Question, limit: int = 60) -> Opening[CustomerRow]:
    """Give the customers a list shows at once, and all that stand in it if they are few: a view or a search."""
    if question.view != ALL or question.typed or question.tag:
        whole = listing(session, question)
        return Opening(whole, rows(session, whole.keys[:limit]), whole=True)
    found = page(session, question, limit=limit)
    return Opening(Listing(array("q", [row.number for row in found])), found, whole=len(found) < limit)


def listing(session: Session, question: Question) -> Listing:
    """Give all that stands in a list."""
    numbers = _asked(session, question, select(_CUSTOMER.number)).order_by(*_order(question))
    return Listing(spines.spine(session, spines.bones(session.get_bind().dialect.name, numbers), {}))


def page(session: Session, question: Question, *, after: int | None = None, limit: int = 60) -> list[CustomerRow]:
    """Give the customers of a list that follow the one of number ``after``; the first ones without it."""
    columns = _columns(question)

    def step(depth: int) -> Select[Any]:
        asked = _asked(session, question, select(_CUSTOMER.number))
        return spines.step(asked, columns, depth, descending=question.descending)

    last = None
    if after is not None:
        last = session.execute(_with_owed(question, select(*columns)).where(_CUSTOMER.number == after)).one()
    found = spines.page(session, step, last, limit, {})
    return rows(session, [number for (number,) in found])


def rows(session: Session, numbers: Sequence[int]) -> list[CustomerRow]:
    """Give the customers of these numbers, in this order; those that are gone are left out."""
    found = session.scalars(select(Customer).where(Customer.number.in_(numbers), living())).all()
    by_number = {row.number: row for row in rows_of(session, found)}
    return [by_number[number] for number in numbers if number in by_number]


SOURCE: Source[Question, CustomerRow] = Source(opening, listing, rows)
"""Where lists of customers come from."""


def counts(session: Session) -> dict[str, int]:
    """Count the customers of every view but that of possible duplicates, which takes longer."""
    total = session.scalar(select(func.count()).select_from(Customer).where(living()))
    companies = session.scalar(select(func.count()).select_from(Customer).where(living(), _COMPANY))
    owing = session.scalar(select(func.count()).select_from(_OWED))
    return {ALL: total or 0, OWING: owing or 0, COMPANIES: companies or 0}


def count_doubles(session: Session) -> int:
    """Count the customers who may be the same as another."""
    return session.scalar(select(func.count()).select_from(duplicates.doubles().distinct().subquery())) or 0


def _asked(session: Session, question: Question, query: Select[Any]) -> Select[Any]:
    query = _with_owed(question, query).where(living())
    if question.view == COMPANIES:
        query = query.where(_COMPANY)
    elif question.view == ALIKE:
        query = query.where(_CUSTOMER.id.in_(duplicates.doubles()))
    if question.tag:
        tagged = select(CustomerKey.customer_id).where(CustomerKey.kind == "tag", CustomerKey.value == question.tag)
        query = query.where(_CUSTOMER.id.in_(tagged))
    words = plain_words(question.typed)
    if not words:
        return query
    return query.where(searching.matching(session.get_bind().dialect.name, words, searching.CUSTOMERS))


def _with_owed(question: Question, query: Select[Any]) -> Select[Any]:
    owing = _OWED.c.customer_id == _CUSTOMER.id
    if question.view == OWING:
        return query.join_from(Customer.__table__, _OWED, owing)
    if question.sort == OWES:
        return query.outerjoin_from(Customer.__table__, _OWED, owing)
    return query


def _columns(question: Question) -> list[ColumnElement[Any]]:
    """Give what a list is sorted by; the number last, so that no two customers stand equal."""
    column = SORTS[question.sort]
    return [column] if column is _CUSTOMER.number else [column, _CUSTOMER.number]


def _order(question: Question) -> list[ColumnElement[Any]]:
    return [column.desc() if question.descending else column.asc() for column in _columns(question)]
