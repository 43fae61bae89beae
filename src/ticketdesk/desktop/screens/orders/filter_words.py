"""Filters as people read them, on chips and in the pane."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate

from ticketdesk.desktop import dates
from ticketdesk.domain.bins import NO_BIN
from ticketdesk.domain.filters import (
    ABOVE,
    ANYBODY,
    BELOW,
    BETWEEN,
    FIELD,
    ME,
    NAMED,
    NOBODY,
    OPEN,
    Filter,
    Takes,
)
from ticketdesk.domain.money import format_amount
from ticketdesk.texts import N_, _, ngettext

PERIODS: tuple[tuple[str, str], ...] = (
    ("today", N_("today")), ("today+1", N_("tomorrow")), ("today-1", N_("yesterday")),
    ("week", N_("this week")), ("week+1", N_("next week")), ("week-1", N_("last week")),
    ("month", N_("this month")), ("month-1", N_("last month")), ("year", N_("this year")),
    ("year-1", N_("last year")),
)  # fmt: skip
_PERIOD = dict(PERIODS)


def describe(asked: Filter, people: Mapping[str, str]) -> str:
    """Say what a filter lets through; ``people`` are names by key."""
    field = FIELD[asked.field]
    if asked in OPEN:
        return _("Open orders")
    if field.takes is Takes.CHOICES and len(field.choices) == 1:
        return _(field.choices[0][1])
    says = {
        Takes.CHOICES: lambda: ", ".join(_(dict(field.choices)[value]) for value in asked.values),
        Takes.PERSON: lambda: ", ".join(person(value, people) for value in asked.values),
        Takes.DAYS: lambda: _range(asked, *map(day, asked.values)),
        Takes.AMOUNT: lambda: _range(asked, *(_amount(asked.field, value) for value in asked.values)),
        Takes.WORDS: lambda: ", ".join(_word(asked.field, value) for value in asked.values),
    }
    return _("{name}: {value}").format(name=_(field.label), value=says[field.takes]())


def _word(field: str, value: str) -> str:
    return _("none") if field == "bin" and value == NO_BIN else _("“{text}”").format(text=value)


def person(value: str, people: Mapping[str, str]) -> str:
    """Name somebody a filter asks for."""
    if value.startswith(NAMED):
        return _("“{text}”").format(text=value.removeprefix(NAMED))
    fixed = {ME: _("me"), NOBODY: _("nobody"), ANYBODY: _("anybody")}
    return fixed.get(value) or people.get(value) or _("a former colleague")


def day(value: str) -> str:
    """Name a day as a filter means it."""
    if not value:
        return ""
    if value in _PERIOD:
        return _(_PERIOD[value])
    if value.startswith("today"):
        count = int(value.removeprefix("today"))
        if count > 0:
            return ngettext("in {count} day", "in {count} days", count).format(count=count)
        return ngettext("{count} day ago", "{count} days ago", -count).format(count=-count)
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return _weekday(value)
    return dates.numeric_day(found)


def _weekday(value: str) -> str:
    place = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(value) if len(value) == 3 else -1
    return dates.locale().toString(QDate(2024, 1, 1 + place), "dddd") if place >= 0 else value


def _amount(field: str, value: str) -> str:
    if not value:
        return ""
    return value if field == "number" else format_amount(int(value))


def _range(asked: Filter, first: str, last: str = "") -> str:
    if asked.how == ABOVE:
        return (_("after {value}") if FIELD[asked.field].takes is Takes.DAYS else _("over {value}")).format(value=first)
    if asked.how == BELOW:
        return (_("before {value}") if FIELD[asked.field].takes is Takes.DAYS else _("under {value}")).format(
            value=first
        )
    if asked.how == BETWEEN and not last:
        return _("from {value}").format(value=first)
    if asked.how == BETWEEN and not first:
        return _("up to {value}").format(value=last)
    return f"{first} – {last}" if asked.how == BETWEEN and first != last else first
