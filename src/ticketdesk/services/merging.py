"""Edits carry the values they were looking at: different fields both survive, the same field is asked about."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.errors import Clash, Conflict, Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.services.journal import Journalled
from ticketdesk.storage.tables import Entry, Staff
from ticketdesk.texts import _

Value = str | int | bool | list[str] | dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Edit:
    """New values of some fields, and what they were when the editor looked (plain JSON values)."""

    id: UUID
    base: dict[str, Value]
    values: dict[str, Value]


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


def merge(session: Session, row: Journalled, edit: Edit, fields: Mapping[str, Editable]) -> dict[str, list[Value]]:
    """Put an edit into a row field by field; give what changed as ``field: [before, after]``.

    Raises:
        Refusal: if a value is refused or a field is not for editing.
        Conflict: if somebody else meanwhile changed the same field to something else; nothing is changed.
    """
    changes: dict[str, list[Value]] = {}
    parsed: dict[str, Any] = {}
    clashing: list[tuple[str, Value, Value]] = []
    for name, given in edit.values.items():
        if name not in fields:
            raise Refusal(_("There is no field “{field}”.").format(field=name), name)
        field = fields[name]
        value = _read(field, name, given)
        now, mine = field.write(getattr(row, name)), field.write(value)
        if now == mine:
            continue
        if name in edit.base and edit.base[name] != now:
            clashing.append((name, mine, now))
        changes[name] = [now, mine]
        parsed[name] = value
    if clashing:
        raise _conflict(session, row, edit, clashing)
    for name, value in parsed.items():
        setattr(row, name, value)
    return changes


def _read(field: Editable, name: str, given: Value) -> Any:
    try:
        return field.read(given)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, refusal.field or name) from refusal


def _conflict(session: Session, row: Journalled, edit: Edit, clashing: list[tuple[str, Value, Value]]) -> Conflict:
    query = (
        select(Entry.content, Entry.at, Staff.name)
        .join(Staff, Staff.id == Entry.staff_id)
        .where(Entry.subject_id == row.id)
        .order_by(Entry.position.desc())
    )
    authors: dict[str, tuple[str, str]] = {}
    for content, at, name in session.execute(query):
        for field in json.loads(content or "{}"):
            authors.setdefault(field, (name, at.isoformat()))
    clashes = tuple(
        Clash(name, _flat(edit.base[name]), _flat(mine), _flat(theirs), *authors.get(name, ("", "")))
        for name, mine, theirs in clashing
    )
    names = {name for name, _mine, _theirs in clashing}
    merged = tuple(name for name in edit.values if name not in names)
    sentence = _("{name} changed the same fields while you were editing.").format(name=clashes[0].by)
    return Conflict(sentence, clashes, merged)


def _flat(value: Value) -> str | int | bool | None:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    return value
