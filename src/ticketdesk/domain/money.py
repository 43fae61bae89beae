"""Money: integer minor units (bani), one currency per shop; VAT inside gross prices.

Consumer prices are gross. Per rate ``vat = half_up(gross × r / (100 + r))`` and ``net = gross − vat``,
so a paper never differs from the till by one ban (EN 16931 allows the difference to ``net × r``).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _, spoken

CURRENCIES = {"RON": "lei", "MDL": "lei", "EUR": "€"}
PIECES = {
    "RON": (500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10, 5, 1),
    "MDL": (1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25, 10, 5),
    "EUR": (200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
}
"""Notes and coins in use, in minor units."""
MOST = 99_999_999_99
"""The highest amount taken anywhere: 99.999.999,99."""

_UNIT = "(?:lei|ron|mdl|eur|€)"
_CURRENCY = re.compile(_UNIT, re.IGNORECASE)
_AT_THE_ENDS = re.compile(rf"^([+-]?) ?{_UNIT} ?| ?{_UNIT}$", re.IGNORECASE)
_TYPED = re.compile(r"([+-]?) ?([1-9]\d{0,2}(?P<group>[ .,])\d{3}(?:(?P=group)\d{3})*|\d+)(?:(?P<mark>[.,])(\d+))?")
_WITHOUT_VAT = re.compile(r"(.+?)\s*\+\s*(?:tva|vat)\s*", re.IGNORECASE)


def half_up(value: Decimal) -> int:
    """Round to a whole number, halves away from zero, as money is rounded in law and in shops."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def parse_amount(text: str, field: str | None = None) -> int:
    """Read an amount as people type it (``1.234,50``, ``1234.5``, ``1 234,5``, ``10 lei``) into minor units.

    Raises:
        Refusal: if it is no amount, can be read in two ways, has more than two decimals, or is out of bounds.
    """
    bare = _AT_THE_ENDS.sub(r"\1", " ".join(text.split()).replace("\u2212", "-"))
    found = _TYPED.fullmatch(bare)
    if found is None or (found["group"] and found["group"] == found["mark"]):
        raise Refusal(_("Write an amount like 1.234,50."), field)
    sign, whole, decimals = found[1], found[2], found[5] or ""
    if len(decimals) > 2:
        raise Refusal(_("An amount has at most two decimals."), field)
    thousands, decimal = marks()
    if not decimals and whole.count(decimal) == 1:
        raise Refusal(two_ways(whole.replace(decimal, thousands), whole[:-1]), field)
    minor = int(re.sub("[ .,]", "", whole)) * 100 + int((decimals + "00")[:2])
    if minor > MOST:
        raise Refusal(_("The amount is too large."), field)
    return -minor if sign == "-" else minor


def marks() -> tuple[str, str]:
    """Give what groups thousands and what stands before decimals in the language spoken now, by CLDR."""
    return (".", ",") if spoken() == "ro" else (",", ".")


def two_ways(thousands: str, decimals: str) -> str:
    """Say how to write a number that is meant in thousands, or with decimals."""
    sentence = _("This can be read in two ways: write {thousands} or {decimals}.")
    return sentence.format(thousands=thousands, decimals=decimals)


def parse_price(text: str, vat: int, field: str | None = None) -> int:
    """Read a gross price into minor units; one typed without VAT says so: ``100 + VAT`` (rate in basis points).

    Raises:
        Refusal: as ``parse_amount``.
    """
    without = _WITHOUT_VAT.fullmatch(text)
    if without is None:
        return parse_amount(text, field)
    net = parse_amount(without[1], field)
    return net + share(net, vat)


def format_amount(minor: int, language: str | None = None) -> str:
    """Write an amount of minor units by CLDR: ``1.234,50`` in Romanian, ``1,234.50`` in English."""
    whole, part = divmod(abs(minor), 100)
    text = f"{whole:,}.{part:02d}"
    if (language or spoken()) == "ro":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"\u2212{text}" if minor < 0 else text


def format_money(minor: int, currency: str, language: str | None = None) -> str:
    """Write an amount with its unit: ``436,00 lei``."""
    return f"{format_amount(minor, language)}\u00a0{CURRENCIES.get(currency, currency)}"


def format_percent(basis_points: int, language: str | None = None) -> str:
    """Write a rate of basis points: ``21 %``, ``7,5 %``."""
    text = (
        f"{Decimal(basis_points) / 100:f}".rstrip("0").rstrip(".") if basis_points % 100 else f"{basis_points // 100}"
    )
    if (language or spoken()) == "ro":
        text = text.replace(".", ",")
    return f"{text}\u00a0%"


def parse_percent(text: str, field: str | None = None) -> int:
    """Read a share as people type it (``7,5``, ``20 %``) into basis points.

    Raises:
        Refusal: if it is no share, or has more than two decimals.
    """
    found = re.fullmatch(r"\s*(\d{1,5})(?:[.,](\d{1,2}))?\s*%?\s*", text.replace("\u00a0", " "))
    if found is None:
        raise Refusal(_("Write a share like 7,5 or 20 %."), field)
    return int(found[1]) * 100 + int(((found[2] or "") + "00")[:2])


def parse_discount(text: str, field: str | None = None) -> tuple[int, int]:
    """Read a discount as people type it: ``5`` or ``5 %`` is a share (basis points), ``10 lei`` an amount (minor units).

    Raises:
        Refusal: if it is neither, or more than all of it.
    """
    if _CURRENCY.search(text):
        amount = parse_amount(text, field)
        if amount < 0:
            raise Refusal(_("An amount cannot be negative."), field)
        return 0, amount
    given = parse_percent(text, field) if text.strip() else 0
    if given > 10_000:
        raise Refusal(_("A discount is between 0 and 100 %."), field)
    return given, 0


def share(minor: int, basis_points: int) -> int:
    """Give a percentage of an amount, rounded half up."""
    return half_up(Decimal(minor) * basis_points / 10_000)


def share_out(minor: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Share an amount by weights (none of them negative, one above zero), to the last unit: largest remainder first."""
    whole = sum(weights.values())
    sign = -1 if minor < 0 else 1
    exact = {key: divmod(abs(minor) * weight, whole) for key, weight in weights.items()}
    shares = {key: quotient for key, (quotient, _rest) in exact.items()}
    left = abs(minor) - sum(shares.values())
    for key in sorted(exact, key=lambda key: (-exact[key][1], -key))[:left]:
        shares[key] += 1
    return {key: sign * part for key, part in shares.items() if part}


def to_cash(minor: int, step: int) -> int:
    """Round an amount to what can be paid in coins: the nearest multiple of a step, halves up; none means as it is."""
    return half_up(Decimal(minor) / step) * step if step else minor


@dataclass(frozen=True, slots=True)
class Charge:
    """A gross amount under one VAT rate (basis points)."""

    gross: int
    vat: int


@dataclass(frozen=True, slots=True)
class RateTotal:
    """What is owed under one VAT rate: ``gross = net + vat``."""

    rate: int
    gross: int
    net: int
    vat: int


def per_rate(charges: Iterable[Charge]) -> tuple[RateTotal, ...]:
    """Sum gross amounts per VAT rate; VAT is rounded once per rate, not per line (EN 16931, BR-CO-17)."""
    sums: dict[int, int] = {}
    for charge in charges:
        sums[charge.vat] = sums.get(charge.vat, 0) + charge.gross
    totals = []
    for rate, gross in sorted(sums.items(), reverse=True):
        vat = half_up(Decimal(gross) * rate / (10_000 + rate))
        totals.append(RateTotal(rate, gross, gross - vat, vat))
    return tuple(totals)
