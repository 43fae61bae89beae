"""VAT rates with the days from which they hold, as data.

Romania: 21 % standard and 11 % reduced since 1 August 2025 (Law 141/2025, Fiscal Code art. 291); before, 19 %, 9 % and
5 %. Moldova: 20 % standard and 8 % reduced (Fiscal Code, art. 96). A line keeps the rate of the day it was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ticketdesk.texts import N_

STANDARD, REDUCED, ZERO = "standard", "reduced", "zero"
CODE_LABELS: Mapping[str, str] = {STANDARD: N_("Standard rate"), REDUCED: N_("Reduced rate"), ZERO: N_("No VAT")}


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in basis points that holds in a country from a day on, until the next one of its code."""

    country: str
    code: str
    points: int
    since: date


RATES: tuple[Rate, ...] = (
    Rate("RO", STANDARD, 1900, date(2017, 1, 1)),
    Rate("RO", STANDARD, 2100, date(2025, 8, 1)),
    Rate("RO", REDUCED, 900, date(2017, 1, 1)),
    Rate("RO", REDUCED, 1100, date(2025, 8, 1)),
    Rate("MD", STANDARD, 2000, date(1998, 7, 1)),
    Rate("MD", REDUCED, 800, date(2000, 1, 1)),
)


def rate_on(country: str, code: str, day: date) -> int | None:
    """Give the rate of a code on a day of the shop, in basis points; nothing where the law of a country is not known."""
    if code == ZERO:
        return 0
    found = [rate for rate in RATES if rate.country == country and rate.code == code and rate.since <= day]
    return max(found, key=lambda rate: rate.since).points if found else None


def rates_known(country: str, day: date) -> tuple[int, ...]:
    """Give every rate that a country had on a day of the shop or before, in basis points, and none at all.

    What was agreed under an older rate may still be written down.
    """
    return (*sorted({rate.points for rate in RATES if rate.country == country and rate.since <= day}, reverse=True), 0)
