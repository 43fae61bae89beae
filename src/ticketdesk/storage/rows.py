"""Putting new rows in: parents first, and all of them in one round trip where the database can.

The ORM would put in each row by itself, and asks for ``relationship()`` everywhere to know what goes first. Over a
network the number of round trips decides how long saving takes; on this PC the ORM's share of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.orm import Session, make_transient_to_detached

from ticketdesk.storage.tables import Base

_TOGETHER = 24
"""So many rows go into PostgreSQL in one statement; more go table by table."""


class RowSession(Session):
    """A session that puts in itself whatever was added; changes and removals stay with the ORM, after it."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Put in what is new, then write what changed."""
        if self.new:
            self._put_in(sorted(self.new, key=_place))
        super().flush(objects)

    def _put_in(self, rows: list[Base]) -> None:
        connection = self.connection()
        for statement, values in _statements(rows, connection.dialect):
            connection.exec_driver_sql(statement, values)
        for row in rows:
            self.expunge(row)
            if _table(type(row)).autoincrement_column is None:  # else nobody knows its key, and nobody needs it
                make_transient_to_detached(row)
                self.add(row)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column to fill: its name and mark in a statement, what stands in it unless something is said, its stored form."""

    name: str
    mark: str
    usual: Callable[[], Any] | None
    stored: Callable[[Any], Any] | None

    def of(self, row: Base) -> Any:
        """Give what the driver gets for this column of a row, which has it from now on."""
        value = row.__dict__.get(self.name)
        if value is None and self.usual is not None:
            value = self.usual()
        if self.name not in row.__dict__ or row.__dict__[self.name] is not value:
            setattr(row, self.name, value)
        return value if self.stored is None else self.stored(value)


def _statements(rows: list[Base], dialect: Dialect) -> Iterable[tuple[str, Any]]:
    tables = [(kind, list(same)) for kind, same in groupby(rows, key=type)]
    if dialect.name == "postgresql" and len(rows) <= _TOGETHER:
        shape = tuple((kind, len(same)) for kind, same in tables)
        yield (
            _all_in_one(shape, dialect),
            tuple(column.of(row) for row in rows for column in _columns(type(row), dialect)),
        )
        return
    for kind, same in tables:
        columns = _columns(kind, dialect)
        yield _insert(kind, 1, dialect), [tuple(column.of(row) for column in columns) for row in same]


@lru_cache(maxsize=512)
def _all_in_one(shape: tuple[tuple[type[Base], int], ...], dialect: Dialect) -> str:
    """Write one statement for rows of several tables: references between them are looked at when it ends."""
    *others, last = (_insert(kind, count, dialect) for kind, count in shape)
    parts = ", ".join(f"part{place} AS ({statement})" for place, statement in enumerate(others))
    return f"WITH {parts} {last}" if parts else last


@lru_cache(maxsize=512)
def _insert(kind: type[Base], count: int, dialect: Dialect) -> str:
    columns = _columns(kind, dialect)
    names = ", ".join(f'"{column.name}"' for column in columns)
    row = f"({', '.join(column.mark for column in columns)})"
    return f"INSERT INTO {kind.__tablename__} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608 - our own names


@lru_cache(maxsize=512)
def _columns(kind: type[Base], dialect: Dialect) -> tuple[_Column, ...]:
    table = _table(kind)
    return tuple(
        _Column(
            column.name,
            "?" if dialect.name == "sqlite" else f"%s::{column.type.compile(dialect)}",
            _usual(column.default),
            column.type.dialect_impl(dialect).bind_processor(dialect),
        )
        for column in table.columns
        if column is not table.autoincrement_column
    )


def _usual(default: Any) -> Callable[[], Any] | None:
    if default is None:
        return None
    return (lambda: default.arg) if default.is_scalar else (lambda: default.arg(None))


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{kind.__name__} is no table")
    return table


def _place(row: Base) -> int:
    return _places()[_table(type(row))]


@cache
def _places() -> dict[Table, int]:
    """Give the place of each table among all: after those it refers to."""
    return {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
