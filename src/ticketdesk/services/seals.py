"""Seals of the journal: what it was at a close, so that nothing before can be altered, cut or removed unnoticed.

A seal covers every subject that changed since the seal before: the Merkle root over the hash of each one's last
entry, chained to that seal. Whoever keeps a printed seal can have the whole journal checked against it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import journal, settings
from ticketdesk.services.doors import Done, action
from ticketdesk.storage.tables import Entry, Seal

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class SealRow:
    """A seal as papers show it: the hash as hexadecimal."""

    number: int
    at: datetime
    entries: int
    subjects: int
    hash: str


def set_seal(session: Session, by: By) -> Seal:
    """Seal the journal as it is now; nobody writes into it meanwhile."""
    if session.get_bind().dialect.name == "postgresql":
        # an entry with a lower number may not come in later; readers go on
        session.execute(text("LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE"))
    before = session.scalar(select(Seal).order_by(Seal.number.desc()).limit(1))
    last = session.scalar(select(func.max(Entry.id))) or 0
    first = before.last_entry if before else 0
    found = _found(session, first, last)
    seal = Seal(
        number=before.number + 1 if before else 1,
        at=by.at,
        staff_id=by.staff_id,
        station=by.station,
        last_entry=last,
        entries=found.entries + (before.entries if before else 0),
        subjects=found.subjects + (before.subjects if before else 0),
        root=found.root,
        previous=before.hash if before else b"",
        hash=b"",
    )
    seal.hash = _hash(seal)
    session.add(seal)
    session.flush()
    return seal


@dataclass(frozen=True, slots=True)
class SetSeal:
    """A seal out of turn, for shops that keep no shifts and before audits."""


@action("journal.seal", Right.BACKUP)
def seal_now(session: Session, by: By, command: SetSeal) -> Done:  # noqa: ARG001 - there is nothing to say
    """Seal the journal now."""
    seal = set_seal(session, by)
    row = settings.shop_row(session)
    journal.record(session, by, row, "sealed", {"number": seal.number, "hash": seal.hash.hex()})
    return Done("shop", row.id, seal.number, row.version)


def latest(session: Session) -> SealRow | None:
    """Give the newest seal, if there is any."""
    seal = session.scalar(select(Seal).order_by(Seal.number.desc()).limit(1))
    return None if seal is None else row_of(seal)


def row_of(seal: Seal) -> SealRow:
    """Give a seal as papers show it."""
    return SealRow(seal.number, seal.at, seal.entries, seal.subjects, seal.hash.hex())


def spoken(seal: SealRow) -> str:
    """Write a seal as one line of plain text, for a QR code and for reading aloud to an auditor."""
    return f"TD-SEAL {seal.number} {seal.at:%Y-%m-%dT%H:%M:%SZ} {seal.entries} {seal.subjects} {seal.hash}"


def broken(session: Session) -> Iterator[str]:
    """Check every seal against the journal as it is now; gives a line for each that does not fit."""
    before: Seal | None = None
    for seal in session.scalars(select(Seal).order_by(Seal.number)):
        found = _found(session, before.last_entry if before else 0, seal.last_entry)
        expected = {
            "number": (before.number if before else 0) + 1,
            "previous": before.hash if before else b"",
            "entries": found.entries + (before.entries if before else 0),
            "subjects": found.subjects + (before.subjects if before else 0),
            "root": found.root,
        }
        wrong = [name for name, value in expected.items() if getattr(seal, name) != value]
        if seal.hash != _hash(seal):
            wrong.append("hash")
        if wrong:
            yield f"seal {seal.number} of {seal.at:%Y-%m-%d %H:%M}: {', '.join(wrong)} differ from the journal"
        before = seal


def newer(session: Session) -> int:
    """Say how many entries no seal covers yet."""
    last = session.scalar(select(func.max(Seal.last_entry))) or 0
    return session.scalar(select(func.count()).select_from(Entry).where(Entry.id > last)) or 0


@dataclass(frozen=True, slots=True)
class _Found:
    entries: int
    subjects: int
    root: bytes


def _found(session: Session, after: int, last: int) -> _Found:
    """Reckon what a seal over the entries after one up to another one says: new entries, new subjects, Merkle root."""
    query = (
        select(Entry.subject_id, Entry.position, Entry.hash)
        .where(Entry.id > after, Entry.id <= last)
        .order_by(Entry.subject_id, Entry.position)
        .execution_options(yield_per=_CHUNK)
    )
    entries, subjects, leaves = 0, 0, []
    current: UUID | None = None
    head = b""
    for subject_id, position, digest in session.execute(query):
        if subject_id != current:
            if current is not None:
                leaves.append(_leaf(current, head))
            current = subject_id
        head = digest
        entries += 1
        subjects += position == 1
    if current is not None:
        leaves.append(_leaf(current, head))
    return _Found(entries, subjects, merkle(leaves))


def _leaf(subject_id: UUID, head: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + subject_id.bytes + head).digest()


def merkle(leaves: list[bytes]) -> bytes:
    """Give the root of a Merkle tree (RFC 6962: a node is hashed apart from a leaf; the odd one moves up as it is)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = leaves
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = above + level[len(above) * 2 :]
    return level[0]


def _hash(seal: Seal) -> bytes:
    line = f"{seal.number}|{seal.at.isoformat()}|{seal.last_entry}|{seal.entries}|{seal.subjects}|".encode()
    return hashlib.sha256(seal.previous + line + seal.root).digest()
