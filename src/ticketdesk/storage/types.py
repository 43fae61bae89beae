"""Column types that mean the same on SQLite and PostgreSQL.

Each hands SQLAlchemy one plain function a direction: a page of a list converts hundreds of values, and with
one call each that is cheap.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BLOB, CHAR, DateTime, Dialect, String, Text, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from ticketdesk.domain.keys import UUID

Convert = Callable[[Any], Any] | None


class Key(TypeDecorator[UUID]):
    """A UUID: sixteen bytes on SQLite, PostgreSQL's own type there. Both sort in time order."""

    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type of the database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(BLOB(16))

    def bind_processor(self, dialect: Dialect) -> Convert:
        """Give what turns a key into what the database holds."""
        return None if dialect.name == "postgresql" else key_to_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        """Give what turns what the database holds into a key."""
        return None if dialect.name == "postgresql" else _key


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware UTC in the program, ``timestamptz`` on PostgreSQL, UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        """Give what refuses naive moments and writes UTC."""
        return _aware if dialect.name == "postgresql" else moment_to_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        """Give what reads aware UTC, whatever zone the connection speaks."""
        return _in_utc if dialect.name == "postgresql" else _moment


def key_to_bytes(key: UUID | None) -> bytes | None:
    """Give what SQLite holds of a key."""
    return None if key is None else key.bytes


@lru_cache(maxsize=4096)
def moment_to_text(moment: datetime | None) -> str | None:
    """Give what SQLite holds of a moment: its UTC text, which sorts in time order.

    Raises:
        ValueError: if it has no zone.
    """
    utc = _aware(moment)
    return None if utc is None else utc.isoformat(" ", "microseconds")[:26]


@lru_cache(maxsize=4096)  # staff and whatever a list shows come again and again
def _key(held: bytes | None) -> UUID | None:
    return None if held is None else uuid.UUID(bytes=held)


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


@lru_cache(maxsize=4096)  # so do the moments of what is shown, again after each change
def _moment(held: str | None) -> datetime | None:
    return None if held is None else datetime.fromisoformat(f"{held}+00:00")


def _in_utc(held: datetime | None) -> datetime | None:
    return held if held is None or held.tzinfo is UTC else held.astimezone(UTC)


SORTED = String().with_variant(Text(collation="C"), "postgresql")
"""Folded text that both databases sort byte by byte, so that pages and keys agree."""
