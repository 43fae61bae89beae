"""Column types that mean the same on SQLite and PostgreSQL."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BLOB, CHAR, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.types import TypeDecorator, TypeEngine

from ticketdesk.domain.keys import UUID


class Key(TypeDecorator[UUID]):
    """A UUID: sixteen bytes on SQLite, PostgreSQL's own type there. Both sort in time order."""

    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type of the database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(PG_UUID(as_uuid=True))
        return dialect.type_descriptor(BLOB(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Turn a key into what the database holds."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """Turn what the database holds into a key."""
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]
        return uuid.UUID(bytes=value)


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware UTC in the program, ``timestamptz`` on PostgreSQL, UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read as aware UTC, whatever zone the connection speaks."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


SORTED = String().with_variant(Text(collation="C"), "postgresql")
"""Folded text that both databases sort byte by byte, so that pages and keys agree."""
