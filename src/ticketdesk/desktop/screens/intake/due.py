"""The promised time as people say it: ``mâine 12``, ``24.11 12:00``, ``vineri``; and the usual choices."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ticketdesk.domain import clock
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.search import fold
from ticketdesk.domain.shop import Shop
from ticketdesk.texts import N_, _

NOON = time(12)
_SUNDAY = 6

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_NAMED = {"azi": 0, "astazi": 0, "today": 0, "maine": 1, "tomorrow": 1, "poimaine": 2}
_SPOKEN = (
    ("luni", "marti", "miercuri", "joi", "vineri", "sambata", "duminica"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_FILLERS = {"at", "la", "ora", "on"}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """A promise that is one key away: what the chip says, and the moment."""

    label: str
    moment: datetime


def parse(typed: str, now: datetime, shop: Shop) -> datetime:
    """Read a promised time; a day alone means noon, a time alone the next such time.

    Raises:
        Refusal: if it is no time, or one that has passed.
    """
    today = clock.shop_time(now, shop.zone)
    words = fold(typed.replace(",", " ")).split()
    day, at = _split(words, today.date())
    if day is None and at is None:
        raise Refusal(_("Write a day and a time, like “tomorrow 12” or “24.11 12:00”."), "promised_at")
    if day is None:
        day = today.date() if at is not None and at > today.time() else today.date() + timedelta(days=1)
    usual = closing(shop) if day == today.date() else NOON
    moment = clock.at(day, at or usual, shop.zone)
    if moment <= now:
        raise Refusal(_("That time has passed. Pick a later one."), "promised_at")
    return moment


def _split(words: list[str], today: date) -> tuple[date | None, time | None]:
    """Sort words into a day and a time; neither if a word is neither. A date outranks a weekday beside it."""
    day: date | None = None
    weekday: date | None = None
    at: time | None = None
    for word in words:
        bare = word.rstrip(".")
        if day is None and (found := _day(bare, today)) is not None:
            day = found
        elif weekday is None and (found := _weekday(bare, today)) is not None:
            weekday = found
        elif at is None and (read := _clock(bare)) is not None:
            at = read
        elif bare not in _FILLERS:
            return None, None
    return day or weekday, at


def _day(word: str, today: date) -> date | None:
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    found = _DATE.fullmatch(word)
    return None if found is None else _date(int(found[1]), int(found[2]), found[3], today)


def _weekday(word: str, today: date) -> date | None:
    if len(word) < 2:
        return None
    for names in _SPOKEN:
        for place, name in enumerate(names):
            if name.startswith(word):
                return today + timedelta(days=(place - today.weekday()) % 7 or 7)
    return None


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _clock(word: str) -> time | None:
    found = _CLOCK.fullmatch(word)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def closing(shop: Shop) -> time:
    """Give the hour at which the shop closes; 18:00 if its setting cannot be read."""
    return _clock(shop.closes_at) or time(18)


def choices(now: datetime, shop: Shop) -> list[Choice]:
    """Offer today at closing time while that is an hour off, and noon of the next working days."""
    today = clock.shop_time(now, shop.zone).date()
    end = closing(shop)
    offered: list[Choice] = []
    tonight = clock.at(today, end, shop.zone)
    if tonight - now > timedelta(hours=1):
        offered.append(Choice(" ".join((_("Today"), _hour(end))), tonight))
    ahead = 1
    while len(offered) < 3:
        day = today + timedelta(days=ahead)
        if day.weekday() != _SUNDAY:
            named = _("Tomorrow") if ahead == 1 else _(WEEKDAYS[day.weekday()])
            offered.append(Choice(f"{named} {_hour(NOON)}", clock.at(day, NOON, shop.zone)))
        ahead += 1
    return offered


def suggested(now: datetime, shop: Shop) -> datetime:
    """Suggest a promise: noon of the next working day."""
    today = clock.day_of(now, shop.zone)
    return next(one.moment for one in choices(now, shop) if clock.day_of(one.moment, shop.zone) > today)


def _hour(at: time) -> str:
    return f"{at:%H:%M}" if at.minute else str(at.hour)
