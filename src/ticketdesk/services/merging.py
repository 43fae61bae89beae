"""Edits carry the values they were looking at: different fields both survive, the same field is asked about."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED
from ticketdesk.domain.errors import Clash, Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.services.journal import Journalled
from ticketdesk.storage.tables import Entry, Staff
from ticketdesk.texts import _

Changes = dict[str, list[Value]]
"""What an edit changed, as the journal keeps it: ``field: [before, after]``."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New values of some fields, and what they were when the editor looked (plain JSON values).

    ``approval`` is what somebody agreed to, where a value takes it.
    """

    id: UUID
    base: dict[str, Value]
    values: dict[str, Value]
    approval: UUID | None = field(default=None, metadata=UNASKED)


@dataclass(frozen=True, slots=True)
class Editable:
    """A field people edit: how its plain value is read (refusing bad input) and written."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Value] = lambda value: value


def moment(value: Any) -> datetime:
    """Read a moment from its ISO form.

    Raises:
        Refusal: if it is none, or has no zone.
    """
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refusal(_("This is not a date and time.")) from error
    if found.tzinfo is None:
        raise Refusal(_("This is not a date and time."))
    return found


def written(value: datetime) -> str:
    """Write a moment in its ISO form."""
    return value.isoformat()


def merge(session: Session, row: Journalled, edit: Edit, fields: Mapping[str, Editable]) -> Changes:
    """Put an edit into a row field by field; give what changed.

    Raises:
        Refusal: if a value is refused or a field is not for editing.
        Conflict: if somebody else meanwhile changed the same field to something else; nothing is changed.
    """
    now = {name: field.write(getattr(row, name)) for name, field in fields.items() if name in edit.values}
    parsed, changes = merged(session, row.id, now, edit, fields)
    for name, value in parsed.items():
        setattr(row, name, value)
    return changes


def merged(
    session: Session,
    subject_id: UUID,
    now: Mapping[str, Value],
    edit: Edit,
    fields: Mapping[str, Editable],
    about: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], Changes]:
    """Lay an edit over what is there now; give the fields it changes, as read, and as the journal keeps them.

    ``subject_id`` and ``about`` find who else changed a field: the subject of the journal entries, and what
    those entries must say besides, where one subject has several things of the same fields.

    Raises:
        Refusal: if a value is refused or a field is not for editing.
        Conflict: if a field is no longer what the editor saw, or the edit does not say what that was.
    """
    parsed: dict[str, Any] = {}
    changes: Changes = {}
    for name, given in edit.values.items():
        if name not in fields:
            raise Refusal(_("There is no field “{field}”.").format(field=name), name)
        value = _read(fields[name], name, given)
        mine = fields[name].write(value)
        if now[name] != mine:
            changes[name] = [now[name], mine]
            parsed[name] = value
    clashing = {name: mine for name, (was, mine) in changes.items() if name not in edit.base or edit.base[name] != was}
    if clashing:
        clashes = _clashes(session, subject_id, edit.base, clashing, now, about or {})
        others = tuple(name for name in edit.values if name not in clashing)
        sentence = _("{name} changed the same fields while you were editing.")
        raise Conflict(sentence.format(name=_other(clashes)), clashes, others)
    return parsed, changes


def unchanged(
    session: Session, subject_id: UUID, now: Mapping[str, Value], seen: Mapping[str, Value], about: Mapping[str, str]
) -> None:
    """Make sure that what somebody removes is still what they saw; see ``merged`` for the rest.

    Raises:
        Conflict: naming the fields that somebody else changed; there is nothing of ours to keep in them.
    """
    changed: dict[str, Value] = {name: None for name, value in now.items() if seen.get(name) != value}
    if changed:
        clashes = _clashes(session, subject_id, seen, changed, now, about)
        sentence = _("{name} has just changed this. Look at it again before you remove it.")
        raise Conflict(sentence.format(name=_other(clashes)), clashes, ())


def _read(field: Editable, name: str, given: Value) -> Any:
    try:
        return field.read(given)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, refusal.field or name) from refusal
    except (TypeError, ValueError, AttributeError) as error:
        sentence = _("The field “{field}” does not hold what is expected there.")
        raise Refusal(sentence.format(field=name), name) from error


def _clashes(
    session: Session,
    subject_id: UUID,
    base: Mapping[str, Value],
    mine: Mapping[str, Value],
    now: Mapping[str, Value],
    about: Mapping[str, str],
) -> tuple[Clash, ...]:
    query = (
        select(Entry.content, Entry.at, Staff.name)
        .join(Staff, Staff.id == Entry.staff_id)
        .where(Entry.subject_id == subject_id)
        .order_by(Entry.position.desc())
    )
    authors: dict[str, tuple[str, str]] = {}
    for content, at, name in session.execute(query):
        said = json.loads(content or "{}")
        if all(said.get(key) == value for key, value in about.items()):
            for field in said:
                authors.setdefault(field, (name, at.isoformat()))
    return tuple(
        Clash(name, base.get(name), value, now[name], *authors.get(name, ("", ""))) for name, value in mine.items()
    )


def _other(clashes: tuple[Clash, ...]) -> str:
    return next((clash.by for clash in clashes if clash.by), _("Somebody else"))
