"""Filters as conditions that both databases answer from their indexes where they can."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, bindparam, false, literal_column, or_, select, text, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import custom_op

from ticketdesk.domain import filters as rules
from ticketdesk.domain.bins import NO_BIN, tidy_bin
from ticketdesk.domain.clock import bounds, day_of
from ticketdesk.domain.filters import ANYBODY, FIELD, ME, NAMED, NOBODY, Filter, Filters, Takes, only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import OPEN_PHASES, PLACE_IN_FLOW, Phase
from ticketdesk.domain.search import fold
from ticketdesk.services.searching import ORDERS, matching
from ticketdesk.storage.tables import Bookmark, Order, Staff
from ticketdesk.storage.types import UtcTime

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
_ALWAYS_LEADING = ("number", "marked", "bin")
LEADING = (*_ALWAYS_LEADING, *_DAYS, "balance", "brand")
"""Fields whose own index finds few orders; all others are asked of the index that holds everything."""

_WORDS = {"customer": _ORDER.customer_sort, "device": _ORDER.device_sort}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks (for what is theirs), when (for what is late), and on which clock (for days)."""

    staff_id: UUID | None = None
    at: datetime | None = None
    zone: str = ""

    @property
    def at_midnight(self) -> "Viewer":
        """Give the same viewer at the first moment of the shop's day: conditions for it hold all day."""
        if self.at is None or not self.zone:
            return replace(self, at=None)
        day = day_of(self.at, self.zone)
        return replace(self, at=bounds(day, day, self.zone)[0])


Condition = ColumnElement[bool]
Weigh = Callable[[ColumnElement[Any]], ColumnElement[Any]]
"""Gives a column as it is, or so that no index by it is used."""


AT = bindparam("at", type_=UtcTime())
"""The moment at which a list is looked at: given with each asking, so that the same statement serves again."""


def conditions(dialect: str, filters: Sequence[Filter], viewer: Viewer) -> list[Any]:
    """Give the conditions of filters, all of which an order must meet; whoever asks by them gives ``at``.

    Names of staff stand in filters as ``named`` leaves them.

    Raises:
        ValueError: if days are asked for and the viewer has no clock or no moment.
    """
    sqlite = dialect == "sqlite"
    words = [asked.values for asked in filters if asked.field in ("text", *_WORDS)]
    opened = only_open(filters)
    found: list[Any] = [IS_OPEN] if opened else []
    if words:
        index = replace(ORDERS, number=without_index(_ORDER.number)) if sqlite and opened else ORDERS
        found.append(matching(dialect, words, index))
    for asked in filters:
        rare = asked.field in _ALWAYS_LEADING and NO_BIN not in asked.values
        leading = rare or asked.field == ("status" if opened else "")
        if not (opened or words):
            leading = asked.field in LEADING or len(filters) == 1
        if (made := _condition(asked, viewer, without_index if sqlite and not leading else _as_it_is)) is not None:
            found.append(made)
    return found


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def without_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column so that SQLite uses no index by it.

    It does not know what is rare, and would take any index, where one that holds everything finds faster.
    """
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


IS_LATE = and_(_ORDER.phase.in_([literal_column(f"'{phase}'") for phase in LATE_PHASES]), _ORDER.promised_at < AT)
"""Promised for an earlier moment, and not ready."""


def named(session: Session, filters: Filters) -> Filters:
    """Put the keys of people in place of parts of their names, which the database does not know folded."""
    if not any(value.startswith(NAMED) for asked in filters for value in asked.values if asked.field == "responsible"):
        return filters
    people = [(str(key), fold(name).split()) for key, name in session.execute(select(_STAFF.id, _STAFF.name))]

    def meant(value: str) -> list[str]:
        if not value.startswith(NAMED):
            return [value]
        parts = value.removeprefix(NAMED).split()
        return [key for key, name in people if all(any(word.startswith(part) for word in name) for part in parts)]

    return tuple(
        replace(asked, values=tuple(key for value in asked.values for key in meant(value)))
        if asked.field == "responsible"
        else asked
        for asked in filters
    )


def _condition(asked: Filter, viewer: Viewer, weigh: Weigh) -> Condition | None:
    takes = FIELD[asked.field].takes
    if takes is Takes.DAYS:
        return _on_days(asked, viewer, weigh(_DAYS[asked.field]))
    if takes is Takes.AMOUNT:
        least, most = rules.amounts(asked)
        return _between(weigh(_ORDER[asked.field]), least, most)
    if takes is Takes.PERSON:
        return or_(false(), *(_responsible(value, viewer) for value in asked.values))
    if takes is Takes.WORDS:
        return _said(asked, weigh)
    return _chosen(asked, viewer, weigh)


def _on_days(asked: Filter, viewer: Viewer, column: ColumnElement[Any]) -> Condition:
    if viewer.at is None:
        raise ValueError("days are asked for at no moment")
    first, last = rules.days(asked, day_of(viewer.at, viewer.zone))
    since = [column >= bounds(first, first, viewer.zone)[0]] if first else []
    until = [column < bounds(last, last, viewer.zone)[1]] if last else []
    return and_(true(), *since, *until)


def _between(column: ColumnElement[Any], least: int | None, most: int | None) -> Condition:
    if least is not None and least == most:
        return column == least
    parts = ([column >= least] if least is not None else []) + ([column <= most] if most is not None else [])
    return and_(true(), *parts)


def _responsible(value: str, viewer: Viewer) -> Condition:
    if value == NOBODY:
        return _ORDER.assignee_id.is_(None)
    if value == ANYBODY:
        return _ORDER.assignee_id.is_not(None)
    if value == ME:
        return _ORDER.assignee_id == viewer.staff_id if viewer.staff_id else false()
    return _ORDER.assignee_id == UUID(value)


def _said(asked: Filter, weigh: Weigh) -> Condition | None:
    if asked.field == "brand":
        # a device is titled by its brand first, so the index by title finds it
        title = weigh(_ORDER.device_sort)
        return or_(*(and_(title >= brand, title < f"{brand}\U0010ffff") for brand in map(fold, asked.values)))
    if asked.field == "bin":
        named_bins = _ORDER.bin.in_([tidy_bin(value) for value in asked.values if value != NO_BIN])
        # what has left stands in no bin either, but nobody looks for it
        return or_(named_bins, and_(weigh(_ORDER.bin) == "", IS_OPEN)) if NO_BIN in asked.values else named_bins
    column = _WORDS.get(asked.field)
    if column is None:
        return None  # already in the search
    return or_(
        *(and_(*(column.contains(word, autoescape=True) for word in fold(value).split())) for value in asked.values)
    )


def _chosen(asked: Filter, viewer: Viewer, weigh: Weigh) -> Condition | None:
    if asked.field == "marked":
        return _ORDER.id.in_(select(_BOOKMARK.order_id).where(_BOOKMARK.staff_id == viewer.staff_id))
    if asked.field == "late":
        return IS_LATE
    if asked.field == "phase" and set(asked.values) == set(OPEN_PHASES):
        return None  # already said
    if asked.field == "status":
        places = sorted(PLACE_IN_FLOW[key] for key in asked.values)
        place = weigh(_ORDER.status_place)
        return place == places[0] if len(places) == 1 else place.in_(places)
    column = _ORDER[asked.field]
    return column == asked.values[0] if len(asked.values) == 1 else column.in_(asked.values)
