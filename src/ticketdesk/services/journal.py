"""The journal: every change leaves one line, chained to the one before it of the same subject."""

import hashlib
import json
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.services import wire
from ticketdesk.storage.tables import (
    Base,
    Customer,
    Device,
    Entry,
    FiscalReceipt,
    Item,
    Location,
    Order,
    PriceList,
    Sale,
    SavedView,
    Shift,
    ShopRow,
    Staff,
    Till,
)
from ticketdesk.storage.types import Key

Journalled = (
    Customer
    | Device
    | FiscalReceipt
    | Item
    | Location
    | Order
    | PriceList
    | Sale
    | SavedView
    | Shift
    | ShopRow
    | Staff
    | Till
)
SUBJECTS: dict[type[Journalled], str] = {
    Customer: "customer",
    Device: "device",
    FiscalReceipt: "fiscal",
    Item: "item",
    Location: "location",
    Order: "order",
    PriceList: "price_list",
    Sale: "sale",
    SavedView: "view",
    Shift: "shift",
    ShopRow: "shop",
    Staff: "staff",
    Till: "till",
}
Content = Mapping[str, object]
FORMAT = 2
"""How entries are hashed: since the second format over what was asked too. A shop says in its first entry which holds."""


def record(session: Session, by: By, row: Journalled, action: str, content: Content) -> None:
    """Write down what was done to a row; moves its version and journal head with it.

    ``content`` holds facts, and changes as ``field: [before, after]``; it must hold no secret. The first entry of an
    action bears what was asked: its request and digest, which whoever runs the action leaves in ``asked``.
    """
    request, digest = session.info.pop("asked", (None, None))
    text, salt = wire.dumps(content), os.urandom(16)
    row.version = (row.version or 0) + 1
    commitment = commit_to(text, salt)
    signed = Signed(row.id, row.version, by.at, by.staff_id, by.station, action, commitment, request, digest)
    row.head = chain(row.head or b"", signed)
    entry = Entry(
        subject=SUBJECTS[type(row)],
        subject_id=row.id,
        position=row.version,
        at=by.at,
        staff_id=by.staff_id,
        station=by.station,
        action=action,
        content=text,
        salt=salt,
        commitment=commitment,
        hash=row.head,
        request=request,
        digest=digest,
    )
    session.info.setdefault("entries", []).append(entry)


def row_told(row: Base) -> Content:
    """Give all that was written into a row, by column, for the entry that brings it: so nobody changes it unseen."""
    return values_told(
        {column.name: vars(row)[column.name] for column in row.__table__.columns if column.name in vars(row)}
    )


def values_told(values: Mapping[str, object]) -> Content:
    """Give the values of a row by column as the entry that brings it tells them."""
    return {name: as_told(value) for name, value in values.items()}


def as_told(value: object) -> object:
    """Give the value of a column as an entry tells it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value


def commit_to(text: str, salt: bytes) -> bytes:
    """Commit to a content without showing it: erasing text and salt leaves the chain whole."""
    return hashlib.sha256(salt + text.encode()).digest()


class Signed(NamedTuple):
    """What the hash of an entry covers, besides the entry before it."""

    subject_id: UUID
    position: int
    at: datetime
    staff_id: UUID
    station: str
    action: str
    commitment: bytes
    request: UUID | None = None
    digest: bytes | None = None


def chain(before: bytes, entry: Signed) -> bytes:
    """Hash an entry over the previous one of its subject."""
    who = f"{entry.subject_id}|{entry.position}|{entry.at.isoformat()}|{entry.staff_id}|{entry.station}"
    asked = b"" if entry.request is None else entry.request.bytes + (entry.digest or b"")
    return hashlib.sha256(before + f"{who}|{entry.action}|".encode() + entry.commitment + asked).digest()


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A journal line as screens show it; ``content`` is JSON."""

    id: int
    subject: str
    subject_id: UUID
    position: int
    at: datetime
    staff_id: UUID
    staff: str
    station: str
    action: str
    content: str


_ENTRY, _STAFF = Entry.__table__.c, Staff.__table__.c
_HISTORY: Select[Any] = (
    select(
        *(_ENTRY[field] for field in ("id", "subject", "subject_id", "position", "at", "staff_id")), _STAFF.name,
        _ENTRY.station, _ENTRY.action, func.coalesce(_ENTRY.content, "{}"),
    )
    .join_from(Entry.__table__, Staff.__table__, _STAFF.id == _ENTRY.staff_id)
    .where(_ENTRY.subject_id == bindparam("subject", type_=Key()))
    .order_by(_ENTRY.position.desc())
)  # fmt: skip


def history(session: Session, subject_id: UUID) -> list[EntryRow]:
    """List what happened to something, newest first; without the rows that only verifying reads: they tell costs."""
    found = [EntryRow(*row) for row in session.execute(_HISTORY, {"subject": subject_id})]
    return [replace(each, content=_without_row(each.content)) for each in found]


def _without_row(content: str) -> str:
    if not content or '"row"' not in content:
        return content
    return wire.dumps({name: value for name, value in json.loads(content).items() if name != "row"})


def latest(session: Session) -> int:
    """Give the id of the newest entry; 0 in an empty journal."""
    return session.scalar(select(func.max(Entry.id))) or 0


@dataclass(frozen=True, slots=True)
class Change:
    """That something changed: enough for a screen to ask again for what it shows."""

    id: int
    subject: str
    subject_id: UUID
    station: str


def since(session: Session, entry_id: int, limit: int = 1000) -> list[Change]:
    """List what changed after an entry, oldest first."""
    query = (
        select(Entry.id, Entry.subject, Entry.subject_id, Entry.station)
        .where(Entry.id > entry_id)
        .order_by(Entry.id)
        .limit(limit)
    )
    return [Change(*row) for row in session.execute(query)]


class Head(NamedTuple):
    """What a subject's row says of its history: its kind, and position and hash of its last entry."""

    subject_id: UUID
    subject: str
    position: int
    hash: bytes


def broken(entries: Iterable[Row[Any]], heads: Iterable[Head]) -> Iterator[str]:
    """Check chains, given all entries by subject and position, and by subject what each one's row says of its last entry.

    Gives one line for every entry or subject that was changed, cut, inserted or removed behind our back. The answer
    that an entry keeps for a repeated request is no history, and not covered. In a shop that was founded with the first
    format, an entry from before the first of the second that is given both a request and a digest is not told from those
    which had them: there alone, what was asked is believed.
    """
    first_covering, not_covering = sys.maxsize, array("q")
    whose = attrgetter("subject_id")
    both: Iterator[Any] = merge(entries, heads, key=whose)
    for subject_id, its in groupby(both, key=whose):
        before, last_id, head = Head(subject_id, "", 0, b""), 0, None
        for row in its:
            if isinstance(row, Head):
                head = row
                continue
            yield from _misplaced(row, before, last_id)
            covers = _covers(row, before.hash)
            first_covering = min(first_covering, _holds_from(row, covers=covers))
            if covers is None:
                yield f"{_where(row)}: does not follow the entry before it"
            elif row.request is not None and not covers:
                not_covering.append(row.id)
            before, last_id = Head(subject_id, row.subject, row.position, row.hash), row.id
        if head is None:
            yield f"subject {subject_id}: has a history but is gone"
        elif head != before._replace(subject=before.subject or head.subject):
            yield f"subject {subject_id}: its last entry is not the one it was saved with"
    yield from (f"entry {key}: was never the answer to its request" for key in not_covering if key > first_covering)


def _where(entry: Row[Any]) -> str:
    return f"entry {entry.id}: {entry.subject} {entry.subject_id} #{entry.position}"


def _misplaced(entry: Row[Any], before: Head, last_id: int) -> Iterator[str]:
    """Say what is wrong with an entry by itself, and with its place after the one before it."""
    if entry.position != before.position + 1:
        yield f"{_where(entry)}: position {before.position + 1} is missing"
    if entry.subject != (before.subject or entry.subject):
        yield f"{_where(entry)}: the entry before it is of a {before.subject}"
    if entry.id < last_id:
        yield f"{_where(entry)}: was written before the entry it follows"
    if (entry.request is None) != (entry.digest is None):
        yield f"{_where(entry)}: was never the answer to its request"
    if entry.content is None or commit_to(entry.content, entry.salt or b"") != entry.commitment:
        yield f"{_where(entry)}: its content was changed"


def _holds_from(entry: Row[Any], *, covers: bool | None) -> int:
    """Say from which entry on, by an entry, all have to cover what was asked: itself, or all if the shop began so."""
    if entry.action != "founded":
        return int(entry.id) if covers and entry.request is not None else sys.maxsize
    try:
        began = json.loads(entry.content or "{}").get("journal")
    except (ValueError, AttributeError):  # it was made unreadable, which is named by itself
        began = None
    return 0 if began == FORMAT else sys.maxsize


def _covers(entry: Row[Any], before: bytes) -> bool | None:
    """Say whether the hash of an entry covers what was asked, as those of the first version did not; nothing fits?"""
    signed = Signed(
        entry.subject_id, entry.position, entry.at, entry.staff_id, entry.station, entry.action, entry.commitment,
        entry.request, entry.digest,
    )  # fmt: skip
    if chain(before, signed) == entry.hash:
        return True
    return False if chain(before, signed._replace(request=None)) == entry.hash else None
