"""Moments as the counter says them: today 16:00, tomorrow 12:00, 20 Nov · 3 d. Patterns follow CLDR."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from ticketdesk.domain.clock import shop_time
from ticketdesk.texts import _, ngettext, spoken


def locale() -> QLocale:
    """Give the CLDR data of the language spoken now."""
    return QLocale(QLocale.Language.Romanian, QLocale.Country.Romania) if spoken() == "ro" else QLocale("en_GB")


def clock(moment: datetime, zone: str) -> str:
    """Give the time of day on the shop's clock: ``16:00``."""
    return f"{shop_time(moment, zone):%H:%M}"


def short_day(day: date) -> str:
    """Give a day without its year: ``20 nov``."""
    return locale().toString(_qt(day), "d MMM").rstrip(".").replace(".", "")


def numeric_day(day: date) -> str:
    """Give a day in digits: ``24.11.2026``."""
    return f"{day:%d.%m.%Y}" if spoken() == "ro" else f"{day:%d/%m/%Y}"


def long_day(day: date) -> str:
    """Give a whole day: ``luni, 23 noiembrie 2026``."""
    return locale().toString(_qt(day), "dddd, d MMMM yyyy")


def month(day: date) -> str:
    """Give the month of a day: ``noiembrie 2026``."""
    return f"{locale().standaloneMonthName(day.month)} {day.year}"


def weekday_moment(moment: datetime, zone: str) -> str:
    """Give day and time with the weekday: ``mar. 24.11.2026, 12:00``."""
    local = shop_time(moment, zone)
    weekday = locale().toString(_qt(local.date()), "ddd").rstrip(".")
    return f"{weekday}. {numeric_day(local.date())}, {local:%H:%M}"


def moment_text(moment: datetime, now: datetime, zone: str) -> str:
    """Give a moment as near as it is: ``azi 08:47``, ``ieri 17:02``, ``20 nov 09:30``, ``12.02.2025``."""
    then, today = shop_time(moment, zone), shop_time(now, zone).date()
    days = (then.date() - today).days
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days)
    if named is not None:
        return f"{named} {then:%H:%M}"
    if abs(days) < 200:
        return f"{short_day(then.date())} {then:%H:%M}"
    return numeric_day(then.date())


def near(moment: datetime, now: datetime, zone: str) -> str:
    """Give a moment in a history: today's by the clock alone, others with their day."""
    today = shop_time(moment, zone).date() == shop_time(now, zone).date()
    return clock(moment, zone) if today else moment_text(moment, now, zone)


def short_due(moment: datetime, now: datetime, zone: str, *, late: bool) -> str:
    """Give a promised time for a list: ``azi 16:00``, ``26 nov``; late ones ``20 nov · 3 z``."""
    then, today = shop_time(moment, zone), shop_time(now, zone).date()
    days = (then.date() - today).days
    if late and days < 0:
        return _("{day} · {days} d").format(day=short_day(then.date()), days=-days)
    if -1 <= days <= 1:
        return moment_text(moment, now, zone)
    return short_day(then.date()) if abs(days) < 200 else numeric_day(then.date())


def between(first: datetime, last: datetime, zone: str) -> str:
    """Say how far apart two moments are: ``3 zile`` by the calendar, within a day ``9 h`` or ``20 min``."""
    days = (shop_time(last, zone).date() - shop_time(first, zone).date()).days
    if days:
        return ngettext("{count} day", "{count} days", days).format(count=days)
    hours, seconds = divmod(int((last - first).total_seconds()), 3600)
    return _("{hours} h").format(hours=hours) if hours else _("{minutes} min").format(minutes=seconds // 60)


def until(moment: datetime, now: datetime, zone: str) -> str:
    """Say how far off a moment is: ``peste 5 h 18 min``, ``întârziată 3 zile``."""
    ahead = moment - now
    if ahead < timedelta(0):
        return _("{time} late").format(time=between(moment, now, zone))
    if ahead >= timedelta(days=1):
        return _("in {time}").format(time=between(now, moment, zone))
    hours, seconds = divmod(int(ahead.total_seconds()), 3600)
    minutes = seconds // 60
    if hours:
        return _("in {hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("in {minutes} min").format(minutes=minutes)


def lasted(seconds: int) -> str:
    """Say how long something took, in hours and minutes: ``1 h 12 min``."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
