"""Filters as conditions that both databases answer from their indexes where they can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, text, true
from sqlalchemy.orm import Session

from ticketdesk.domain import filters as rules
from ticketdesk.domain.clock import bounds, day_of
from ticketdesk.domain.filters import ANYBODY, FIELD, ME, NAMED, NOBODY, Filter, Takes, only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import OPEN_PHASES, PLACE_IN_FLOW, Phase
from ticketdesk.domain.search import fold
from ticketdesk.services.searching import matching
from ticketdesk.storage.tables import Bookmark, Order, Staff

_ORDER, _STAFF, _BOOKMARK = Order.__table__.c, Staff.__table__.c, Bookmark.__table__.c

IS_OPEN = text("orders.open")
"""As the partial index on open orders says it: SQLite would not take ``open = 1`` for the same."""

LATE_PHASES = (Phase.NEW.value, Phase.WORKING.value, Phase.WAITING.value)
_DAYS = {
    "promised": _ORDER.promised_at,
    "received": _ORDER.received_at,
    "ready": _ORDER.ready_at,
    "handed_over": _ORDER.handed_over_at,
}
_WORDS = {"customer": _ORDER.customer_sort, "device": _ORDER.device_sort}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks (for what is theirs), when (for what is late), and on which clock (for days)."""

    staff_id: UUID | None = None
    at: datetime | None = None
    zone: str = ""


Condition = ColumnElement[bool]


def conditions(session: Session, filters: Sequence[Filter], viewer: Viewer) -> list[Any]:
    """Give the conditions of filters, all of which an order must meet.

    Raises:
        ValueError: if days are asked for and the viewer has no clock or no moment.
    """
    words = [asked.values for asked in filters if asked.field in ("text", *_WORDS)]
    found: list[Any] = [IS_OPEN] if only_open(filters) else []
    if words:
        found.append(matching(session.get_bind().dialect.name, words))
    found.extend(made for asked in filters if (made := _condition(session, asked, viewer)) is not None)
    return found


def late(at: datetime | None) -> Condition:
    """Give the condition of orders promised for an earlier moment and not ready."""
    return and_(_ORDER.phase.in_(LATE_PHASES), _ORDER.promised_at < at) if at else false()


def _condition(session: Session, asked: Filter, viewer: Viewer) -> Condition | None:
    takes = FIELD[asked.field].takes
    if takes is Takes.DAYS:
        return _on_days(asked, viewer)
    if takes is Takes.AMOUNT:
        least, most = rules.amounts(asked)
        return _between(_ORDER[asked.field], least, most)
    if takes is Takes.PERSON:
        return or_(*(_responsible(session, value, viewer) for value in asked.values))
    if takes is Takes.WORDS:
        return _said(asked)
    return _chosen(asked, viewer)


def _on_days(asked: Filter, viewer: Viewer) -> Condition:
    if viewer.at is None:
        raise ValueError("days are asked for at no moment")
    first, last = rules.days(asked, day_of(viewer.at, viewer.zone))
    column = _DAYS[asked.field]
    since = [column >= bounds(first, first, viewer.zone)[0]] if first else []
    until = [column < bounds(last, last, viewer.zone)[1]] if last else []
    return and_(true(), *since, *until)


def _between(column: ColumnElement[Any], least: int | None, most: int | None) -> Condition:
    if least is not None and least == most:
        return column == least
    parts = ([column >= least] if least is not None else []) + ([column <= most] if most is not None else [])
    return and_(true(), *parts)


def _responsible(session: Session, value: str, viewer: Viewer) -> Condition:
    if value == NOBODY:
        return _ORDER.assignee_id.is_(None)
    if value == ANYBODY:
        return _ORDER.assignee_id.is_not(None)
    if value == ME:
        return _ORDER.assignee_id == viewer.staff_id if viewer.staff_id else false()
    if not value.startswith(NAMED):
        return _ORDER.assignee_id == UUID(value)
    parts = value.removeprefix(NAMED).split()
    names = {fold(name) for name in session.scalars(select(_STAFF.name))}
    meant = [name for name in names if all(any(word.startswith(part) for word in name.split()) for part in parts)]
    return _ORDER.assignee_sort.in_(sorted(meant))


def _said(asked: Filter) -> Condition | None:
    if asked.field == "brand":
        # a device is titled by its brand first, so the index by title finds it
        title = _ORDER.device_sort
        return or_(*(and_(title >= brand, title < f"{brand}\U0010ffff") for brand in map(fold, asked.values)))
    column = _WORDS.get(asked.field)
    if column is None:
        return None  # already in the search
    return or_(
        *(and_(*(column.contains(word, autoescape=True) for word in fold(value).split())) for value in asked.values)
    )


def _chosen(asked: Filter, viewer: Viewer) -> Condition | None:
    if asked.field == "marked":
        return _ORDER.id.in_(select(_BOOKMARK.order_id).where(_BOOKMARK.staff_id == viewer.staff_id))
    if asked.field == "late":
        return late(viewer.at)
    if asked.field == "phase" and set(asked.values) == set(OPEN_PHASES):
        return None  # already said
    if asked.field == "status":
        places = sorted(PLACE_IN_FLOW[key] for key in asked.values)
        return _ORDER.status_place == places[0] if len(places) == 1 else _ORDER.status_place.in_(places)
    column = _ORDER[asked.field]
    return column == asked.values[0] if len(asked.values) == 1 else column.in_(asked.values)
