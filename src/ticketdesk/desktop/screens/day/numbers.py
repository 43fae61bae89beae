"""How the day's numbers are said: amounts without bani on a chart, mean times, comparisons."""

from ticketdesk.desktop import dates
from ticketdesk.domain.money import format_amount
from ticketdesk.texts import _, ngettext, spoken

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def whole(minor: int) -> str:
    """Give an amount of minor units rounded to whole units, as a chart shows it: ``1.240``."""
    rounded = (abs(minor) + 50) // 100 * 100
    text = format_amount(rounded)[:-3]
    return f"−{text}" if minor < 0 and rounded else text


def length(seconds: int) -> tuple[str, str]:
    """Give a mean time as a number and its unit: ``2,6`` and ``days``, ``5,2`` and ``hours``."""
    if seconds >= _DAY:
        return _decimal(seconds / _DAY), _("days")
    if seconds >= _HOUR:
        return _decimal(seconds / _HOUR), _("hours")
    return str(seconds // _MINUTE), _("min")


def hours(seconds: int) -> str:
    """Give a time worked in hours, as a sum of a day: ``7,2``; a dash for none."""
    return _decimal(seconds / _HOUR) if seconds else "—"


def change(now: int, before: int, text: str) -> str:
    """Compare with a week earlier: ``▲ 12 % from 4.341,00``; a number that was 0 has no percentage."""
    if not before:
        return since(now, before, text)
    percent = round(abs(now - before) * 100 / abs(before))
    return _("{arrow} {percent} % from {before}").format(arrow=_arrow(now, before), percent=percent, before=text)


def since(now: int, before: int, text: str) -> str:
    """Say what it was a week earlier, and which way it went: ``▼ from 2,6 days``."""
    return _("{arrow} from {before}").format(arrow=_arrow(now, before), before=text)


def difference(now: int, before: int) -> str:
    """Compare counts with a week earlier: ``▲ 2 from 9``."""
    return _("{arrow} {difference} from {before}").format(
        arrow=_arrow(now, before), difference=abs(now - before), before=before
    )


def tone(now: int, before: int) -> str:
    """Give the colour of a change for which more is better."""
    return "okText" if now > before else "text2"


def orders(count: int) -> str:
    """Say of what there are so many."""
    return ngettext("order", "orders", count)


def weekday(ordinal: int) -> str:
    """Give the first letter of a weekday, 1 for Monday."""
    return dates.locale().dayName(ordinal, dates.locale().FormatType.ShortFormat)[:1].upper()


def _arrow(now: int, before: int) -> str:
    return "▲" if now > before else "▼" if now < before else "="


def _decimal(value: float) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if spoken() == "ro" else text
