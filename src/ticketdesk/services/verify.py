"""Does everything add up? Schema, keys, money, numbers, journal chains and seals, attachments."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import inspect, literal, select, text, union_all
from sqlalchemy.orm import Session

from ticketdesk.services import auditing, auditing_people, auditing_rows, journal
from ticketdesk.storage import guards
from ticketdesk.storage.migrate import VERSIONS
from ticketdesk.storage.tables import (
    Attachment,
    AttachmentBytes,
    Base,
    Entry,
)

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not add up: which check, and the exact row."""

    check: str
    row: str


def verify(session: Session) -> Iterator[Fault]:
    """Check a whole shop at one moment; gives each fault as it is found, in flat memory."""
    money = (auditing.balances, auditing.credits, auditing.shifts, auditing.numbers, auditing.seals)
    people = (auditing_people.customers, auditing_people.repeated)
    rows = (
        auditing_rows.payments, auditing_rows.lines, auditing_rows.terms, auditing_rows.subjects, auditing_rows.prices,
        auditing_rows.cash, auditing_rows.timers, auditing_rows.stations,
    )  # fmt: skip
    for check in (_schema, _integrity, *money, *people, *rows, _journal, _attachments):
        for row in check(session):
            yield Fault(check.__name__.strip("_"), row)


def _schema(session: Session) -> Iterator[str]:
    version = session.scalar(text("SELECT version_num FROM alembic_version"))
    if version != VERSIONS[-1]:
        yield f"schema version {version}, expected {VERSIONS[-1]}"
    inspector = inspect(session.connection())
    present = set(inspector.get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in present:
            yield f"table {table.name} is missing"
            continue
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        yield from (f"column {table.name}.{c.name} is missing" for c in table.columns if c.name not in columns)
    yield from guards.broken(session)


def _integrity(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name != "sqlite":
        return
    yield from (row for row in session.scalars(text("PRAGMA integrity_check")) if row != "ok")
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"{row[0]} row {row[1]} points to a missing {row[2]}"


def _journal(session: Session) -> Iterator[str]:
    parts = (
        select(table.id.label("subject_id"), literal(kind).label("subject"), table.version, table.head)
        for table, kind in journal.SUBJECTS.items()
    )
    every = union_all(*parts).subquery().c
    heads = select(every.subject_id, every.subject, every.version, every.head).order_by(every.subject_id)
    entries = select(*Entry.__table__.c).order_by(Entry.subject_id, Entry.position)
    said = (journal.Head(*row) for row in session.execute(heads.execution_options(yield_per=_CHUNK)))
    yield from journal.broken(session.execute(entries.execution_options(yield_per=_CHUNK)), said)


def _attachments(session: Session) -> Iterator[str]:
    query = select(Attachment.id, Attachment.name, Attachment.digest).execution_options(yield_per=_CHUNK)
    for key, name, digest in session.execute(query):
        content = session.scalar(select(AttachmentBytes.content).where(AttachmentBytes.attachment_id == key))
        if content is None:
            yield f"attachment {key} ({name}): its bytes are missing"
        elif hashlib.sha256(content).hexdigest() != digest:
            yield f"attachment {key} ({name}): its bytes were changed"
