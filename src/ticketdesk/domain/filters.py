"""Filters: conditions on orders, the same whether typed, chosen in a panel or kept in a view."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from ticketdesk.domain.bins import NO_BIN
from ticketdesk.domain.devices import KINDS
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import OPEN_PHASES, STATUS, STATUSES, Billing, Kind, Phase, Place, Urgency
from ticketdesk.texts import N_, _

ANY_OF, ABOVE, BELOW, BETWEEN = "=", ">", "<", ".."


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition: a field, values, and how they are meant.

    ``=`` takes any of the values; ``>`` and ``<`` lie beyond the one value; ``..`` lies between the two, both
    included, and an empty one is open. Values are keys of choices, words, amounts in minor units, or days
    (see ``span``).
    """

    field: str
    values: tuple[str, ...]
    how: str = ANY_OF


Filters = tuple[Filter, ...]
"""Conditions that hold all at once."""


class Takes(Enum):
    """What the values of a field are."""

    CHOICES = auto()
    PERSON = auto()
    DAYS = auto()
    AMOUNT = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class FilterField:
    """Something orders are filtered by; ``choices`` are keys and marked labels."""

    key: str
    label: str
    takes: Takes
    choices: tuple[tuple[str, str], ...] = ()


YES = "yes"
ME, NOBODY, ANYBODY = "me", "nobody", "anybody"
NAMED = "~"
"""Begins a value of ``responsible`` that is a part of a name; others are the key of somebody, or the three above."""

PHASES = (
    (Phase.NEW.value, N_("New")), (Phase.WORKING.value, N_("At work")), (Phase.WAITING.value, N_("Waiting")),
    (Phase.READY.value, N_("Ready, still here")), (Phase.DONE.value, N_("Handed over")),
    (Phase.CANCELLED.value, N_("Stopped")),
)  # fmt: skip

FIELDS: tuple[FilterField, ...] = (
    FilterField("status", N_("Status"), Takes.CHOICES, tuple((status.key, status.label) for status in STATUSES)),
    FilterField("phase", N_("Stage"), Takes.CHOICES, PHASES),
    FilterField("late", N_("Overdue"), Takes.CHOICES, ((YES, N_("Overdue")),)),
    FilterField("urgency", N_("Urgency"), Takes.CHOICES, (
        (Urgency.URGENT.value, N_("Urgent")), (Urgency.NORMAL.value, N_("Normal")))),
    FilterField("kind", N_("Kind of order"), Takes.CHOICES, (
        (Kind.EXTERNAL.value, N_("For customers")), (Kind.INTERNAL.value, N_("Internal")))),
    FilterField("billing", N_("Who pays"), Takes.CHOICES, (
        (Billing.PAID.value, N_("Customer pays")), (Billing.WARRANTY.value, N_("Warranty")))),
    FilterField("place", N_("Place"), Takes.CHOICES, (
        (Place.IN_SHOP.value, N_("In the shop")), (Place.ON_SITE.value, N_("On site")))),
    FilterField("bin", N_("Bin"), Takes.WORDS),
    FilterField("responsible", N_("Responsible"), Takes.PERSON),
    FilterField("promised", N_("Due"), Takes.DAYS),
    FilterField("received", N_("Received"), Takes.DAYS),
    FilterField("ready", N_("Ready on"), Takes.DAYS),
    FilterField("handed_over", N_("Handed over on"), Takes.DAYS),
    FilterField("customer", N_("Customer"), Takes.WORDS),
    FilterField("device", N_("Device"), Takes.WORDS),
    FilterField("device_kind", N_("Kind of device"), Takes.CHOICES, tuple((kind.key, kind.label) for kind in KINDS)),
    FilterField("brand", N_("Brand"), Takes.WORDS),
    FilterField("balance", N_("Balance"), Takes.AMOUNT),
    FilterField("total", N_("Total"), Takes.AMOUNT),
    FilterField("marked", N_("Marked"), Takes.CHOICES, ((YES, N_("Marked by me")),)),
    FilterField("number", N_("Number"), Takes.AMOUNT),
    FilterField("text", N_("Words"), Takes.WORDS),
)  # fmt: skip
FIELD = {field.key: field for field in FIELDS}

OPEN: Filters = (Filter("phase", tuple(phase.value for phase in OPEN_PHASES)),)
LATE = Filter("late", (YES,))

_HOWS = {
    Takes.CHOICES: (ANY_OF,), Takes.PERSON: (ANY_OF,), Takes.WORDS: (ANY_OF,),
    Takes.DAYS: (ANY_OF, ABOVE, BELOW, BETWEEN), Takes.AMOUNT: (ANY_OF, ABOVE, BELOW, BETWEEN),
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = re.compile(r"(today|week|month|year)([+-]\d{1,3})?")
_AMOUNT = re.compile(r"-?\d{1,15}")
_MOST_VALUES = 60


def only_open(filters: Sequence[Filter]) -> bool:
    """Say whether filters let nothing through but open orders, of which there are few."""
    return any(
        asked.field == "late"
        or (asked.field == "phase" and set(asked.values) <= set(OPEN_PHASES))
        or (asked.field == "status" and {STATUS[key].phase for key in asked.values} <= set(OPEN_PHASES))
        or (asked.field == "bin" and asked.values == (NO_BIN,))
        for asked in filters
    )


def only_few(filters: Sequence[Filter]) -> bool:
    """Say whether filters let through only what is soon sorted: orders that are open, in a bin, or not paid."""
    return only_open(filters) or any(
        asked.field == "bin" or (asked.field == "balance" and _without_zero(asked)) for asked in filters
    )


def _without_zero(asked: Filter) -> bool:
    least, most = amounts(asked)
    return (least is not None and least > 0) or (most is not None and most < 0)


def span(day: str, today: date) -> tuple[date, date]:
    """Give the first and the last day that a value means.

    ``2026-11-24`` · ``today``, ``week``, ``month`` and ``year``, each with a number of them before or after, as
    ``today+1`` · ``fri``, the next one, today included. Weeks begin on Monday (ISO 8601).

    Raises:
        ValueError: if it means no day.
    """
    if day in _WEEKDAYS:
        found = today + timedelta(days=(_WEEKDAYS.index(day) - today.weekday()) % 7)
        return found, found
    relative = _RELATIVE.fullmatch(day)
    if relative is None:
        found = date.fromisoformat(day)
        return found, found
    away = int(relative[2] or 0)
    if relative[1] == "today":
        found = today + timedelta(days=away)
        return found, found
    if relative[1] == "week":
        monday = today + timedelta(days=7 * away - today.weekday())
        return monday, monday + timedelta(days=6)
    if relative[1] == "year":
        return date(today.year + away, 1, 1), date(today.year + away, 12, 31)
    months = today.year * 12 + today.month - 1 + away
    first = date(months // 12, months % 12 + 1, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def days(asked: Filter, today: date) -> tuple[date | None, date | None]:
    """Give the first and the last day that a filter lets through; nothing where it is open.

    Raises:
        ValueError: if one of its values means no day.
    """
    if asked.how == BETWEEN:
        since, until = asked.values
        return span(since, today)[0] if since else None, span(until, today)[1] if until else None
    first, last = span(asked.values[0], today)
    if asked.how == ABOVE:
        return last + timedelta(days=1), None
    return (None, first - timedelta(days=1)) if asked.how == BELOW else (first, last)


def amounts(asked: Filter) -> tuple[int | None, int | None]:
    """Give the least and the most that a filter lets through; nothing where it is open."""
    if asked.how == BETWEEN:
        least, most = (int(value) if value else None for value in asked.values)
        return least, most
    value = int(asked.values[0])
    if asked.how == ABOVE:
        return value + 1, None
    return (None, value - 1) if asked.how == BELOW else (value, value)


def checked(filters: Sequence[Filter]) -> Filters:
    """Give filters that can be asked.

    Raises:
        Refusal: naming the field that is unknown or does not hold what it should.
    """
    for asked in filters:
        field = FIELD.get(asked.field)
        if field is None:
            raise Refusal(_("There is no field “{field}”.").format(field=asked.field), asked.field)
        if asked.how not in _HOWS[field.takes] or not _whole(asked, field):
            raise Refusal(_("The filter “{field}” holds something unknown.").format(field=_(field.label)), asked.field)
    return tuple(filters)


def _whole(asked: Filter, field: FilterField) -> bool:
    count = 2 if asked.how == BETWEEN else 1
    if field.takes in (Takes.DAYS, Takes.AMOUNT):
        if len(asked.values) != count or not any(asked.values):
            return False
        good = _is_day if field.takes is Takes.DAYS else _is_amount
        return all(good(value) or (not value and count == 2) for value in asked.values)
    if not 0 < len(asked.values) <= _MOST_VALUES:
        return False
    if field.takes is Takes.CHOICES:
        return all(value in dict(field.choices) for value in asked.values)
    return all(map(_is_person if field.takes is Takes.PERSON else str.strip, asked.values))


def _is_day(value: str) -> bool:
    try:
        span(value, date(2000, 1, 1))
    except (ValueError, OverflowError):
        return False
    return True


def _is_person(value: str) -> bool:
    if value in (ME, NOBODY, ANYBODY) or value.startswith(NAMED):
        return bool(value.removeprefix(NAMED).strip())
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _is_amount(value: str) -> bool:
    return _AMOUNT.fullmatch(value) is not None
