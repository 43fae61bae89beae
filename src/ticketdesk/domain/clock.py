"""Moments are aware UTC; days are the shop's."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Give this moment, aware, in UTC."""
    return datetime.now(UTC)


def shop_time(moment: datetime, zone: str) -> datetime:
    """Give a moment on the shop's clock."""
    return moment.astimezone(ZoneInfo(zone))


def day_of(moment: datetime, zone: str) -> date:
    """Say on which of the shop's days a moment falls."""
    return shop_time(moment, zone).date()


def at(day: date, clock: time, zone: str) -> datetime:
    """Give the moment at which the shop's clock shows this time on this day, in UTC."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=1024)  # lists ask for the same few days again and again
def bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Give the first moment of the first day and the first moment after the last day, in UTC.

    A day may have 23 or 25 hours: the bounds follow the shop's clock across daylight saving.
    """
    return at(first, time.min, zone), at(last + timedelta(days=1), time.min, zone)
