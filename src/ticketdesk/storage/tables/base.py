"""What all tables share: constraint names, keys, and the version and journal head of a subject."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ColumnElement, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.storage.types import Key, UtcTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The mother of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {UUID: Key(), datetime: UtcTime(), str: Text()}


class Keyed:
    """A row with a key made by whoever creates it."""

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": new_key(), **values})


class Subject(Keyed):
    """A row people edit: its version counts its journal entries, its head is the hash of the last one.

    Writing an entry moves both; the version in the UPDATE's WHERE refuses whoever looked at an older row.
    """

    version: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(default=b"")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        return {"version_id_col": cls.version, "version_id_generator": False}


class Numbered:
    """A document with its number: ``number`` runs within ``series``, so alone it neither names nor sorts."""

    _turn: ClassVar[tuple[str, ...]] = ("at", "series", "number")

    series: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(BigInteger)

    @property
    def document_number(self) -> DocumentNumber:
        """Give series and number as one."""
        return DocumentNumber(self.series, self.number)

    @property
    def shown(self) -> str:
        """Give the number as people read and type it."""
        return self.document_number.shown()

    @classmethod
    def in_turn(cls) -> tuple[ColumnElement[Any], ...]:
        """Give what sorts documents as they were made."""
        return tuple(getattr(cls, name) for name in cls._turn)

    @classmethod
    def newest_first(cls) -> tuple[ColumnElement[Any], ...]:
        """Give what sorts documents the other way round."""
        return tuple(column.desc() for column in cls.in_turn())
