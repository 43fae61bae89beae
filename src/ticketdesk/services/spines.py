"""Long lists without counting and without OFFSET: the first rows, the sorted numbers of all rows, pages by number."""

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID


class Numbered(Protocol):
    """A row of a list: its key, and the number by which its place is known."""

    @property
    def id(self) -> UUID: ...  # noqa: D102

    @property
    def number(self) -> int: ...  # noqa: D102


Q = TypeVar("Q")
Q_contra = TypeVar("Q_contra", contravariant=True)
R = TypeVar("R", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands where in a list: numbers, and before some of them the mark of a section, below zero.

    ``sections`` counts the rows of each section.
    """

    keys: "array[int]"
    sections: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening(Generic[R]):
    """The beginning of a list, with the rows to paint at once; ``whole`` if nothing follows."""

    listing: Listing
    rows: list[R]
    whole: bool


@dataclass(frozen=True, slots=True)
class Source(Generic[Q, R]):
    """Where a list comes from: what it shows at once, all that stands in it, and its rows by number.

    ``touched`` gives the numbers of the rows that show anything of what has these keys; nothing if that may be any.
    """

    opening: Callable[[Session, Q], Opening[R]]
    listing: Callable[[Session, Q], Listing]
    rows: Callable[[Session, Sequence[int]], list[R]]
    touched: Callable[[Session, Collection[UUID]], list[int] | None] = lambda _session, _keys: None


def spine(session: Session, numbers: Select[Any]) -> "array[int]":
    """Give the numbers that a sorted query of one column named ``number`` finds: the bones behind a scroll bar.

    One value comes from the database, made in C there, so that no Python loop holds up the window.
    """
    found = numbers.subquery()
    keys: array[int] = array("q")
    if session.get_bind().dialect.name == "sqlite":
        joined = func.group_concat(func.printf("%016x", found.c.number), "")
        keys.frombytes(session.scalar(select(func.unhex(joined))) or b"")
    else:
        keys.frombytes(session.scalar(select(func.string_agg(func.int8send(found.c.number), b""))) or b"")
    keys.byteswap()
    return keys


def page(
    session: Session,
    ask: Callable[..., Select[Any]],
    columns: Sequence[ColumnElement[Any]],
    after: Select[Any] | None,
    limit: int,
    *,
    descending: bool,
    rows: Callable[[Select[Any]], Select[Any]] = lambda query: query,
) -> list[Row[*tuple[Any, ...]]]:
    """Give the rows that follow, in the order of ``columns``, the one whose values of them ``after`` asks for.

    ``ask(*conditions)`` makes the query without order and limit; if that finds numbers only, ``rows`` makes of it
    the query for their rows.
    """
    order = [column.desc() if descending else column.asc() for column in columns]
    if after is None:
        return list(session.execute(rows(ask().order_by(*order).limit(limit))).all())
    values = session.execute(after).one()
    found: list[Row[*tuple[Any, ...]]] = []
    # an index range for each column instead of one row comparison: with few distinct values 200 times faster
    for depth in reversed(range(len(columns))):
        column, value = columns[depth], values[depth]
        same = [columns[above] == values[above] for above in range(depth)]
        beyond = column < value if descending else column > value
        query = ask(*same, beyond).order_by(*order).limit(limit - len(found))
        found.extend(session.execute(rows(query)).all())
        if len(found) >= limit:
            break
    return found
