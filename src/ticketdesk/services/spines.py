"""Long lists without counting and without OFFSET: the first rows, the sorted numbers of all rows, pages by number."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, func, select, true
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


_SLICE = 1 << 19
"""Bytes of the numbers of a list in PostgreSQL's answers."""


def bones(dialect: str, numbers: Select[Any]) -> Select[Any]:
    """Ask for the numbers that a sorted query of one column named ``number`` finds, as one value or slices of it.

    It is made in C by the database, so that no Python loop holds up the window.
    """
    found = numbers.subquery()
    if dialect == "sqlite":
        return select(func.unhex(func.group_concat(func.printf("%016x", found.c.number), "")))
    whole = select(func.string_agg(func.int8send(found.c.number), b"").label("bones")).subquery().c
    # in slices, one after the other: a connection keeps for good the room that its largest value took
    begin = func.generate_series(1, func.length(whole.bones), _SLICE).table_valued("at").render_derived().lateral()
    return select(func.substr(whole.bones, begin.c.at, _SLICE)).join_from(whole.bones.table, begin, true())


def spine(session: Session, asked: Select[Any], given: Mapping[str, Any]) -> "array[int]":
    """Give the numbers that ``bones`` ask for: what stands behind a scroll bar."""
    keys: array[int] = array("q")
    for part in session.scalars(asked, given):
        keys.frombytes(part or b"")
    keys.byteswap()
    return keys


FIRST = -1
"""The step of a page that begins a list."""
LIMIT = bindparam("limit", type_=Integer())


def step(query: Select[Any], columns: Sequence[ColumnElement[Any]], depth: int, *, descending: bool) -> Select[Any]:
    """Narrow a query to what lies beyond a row in one of the columns and is the same in those before it, sorted.

    The values of that row are given as ``key0``, ``key1`` … , and ``limit``. The ``FIRST`` step narrows nothing.
    """
    keys = [bindparam(f"key{place}", type_=column.type) for place, column in enumerate(columns)]
    narrowed = [columns[above] == keys[above] for above in range(depth)]
    if depth != FIRST:
        narrowed.append(columns[depth] < keys[depth] if descending else columns[depth] > keys[depth])
    return query.where(*narrowed).order_by(*ordered(columns, descending=descending)).limit(LIMIT)


def ordered(columns: Sequence[ColumnElement[Any]], *, descending: bool) -> list[ColumnElement[Any]]:
    """Give what sorts by columns one way or the other."""
    return [column.desc() if descending else column.asc() for column in columns]


def page(
    session: Session, steps: Callable[[int], Select[Any]], last: Row[Any] | None, limit: int, given: Mapping[str, Any]
) -> list[Row[*tuple[Any, ...]]]:
    """Give the rows that follow the one with these values of the sorted columns; the first ones without it.

    ``steps`` gives the query of each step, as ``step`` narrows it.
    """
    if last is None:
        return list(session.execute(steps(FIRST), {**given, "limit": limit}).all())
    found: list[Row[*tuple[Any, ...]]] = []
    keys = {f"key{place}": value for place, value in enumerate(last)}
    # an index range for each column instead of one row comparison: with few distinct values 200 times faster
    for depth in reversed(range(len(keys))):
        found.extend(session.execute(steps(depth), {**given, **keys, "limit": limit - len(found)}).all())
        if len(found) >= limit:
            break
    return found
