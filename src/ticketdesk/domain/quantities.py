"""How much of something: whole thousandths of its unit, typed as people type it (``2``, ``1,5``, ``1,5 m``)."""

import re

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import marks, two_ways
from ticketdesk.domain.search import fold
from ticketdesk.texts import _, spoken

ONE = 1_000
MOST = 1_000_000_000
"""The largest quantity taken anywhere, in thousandths: a million."""
_LENGTHS = ("mm", "cm", "dm", "m", "metru", "metri", "metre", "metres", "meter", "meters", "mp", "m2", "mc", "m3")
_WEIGHTS = ("mg", "g", "gr", "gram", "grame", "grams", "kg", "kilogram", "kilograme", "kilograms")
_VOLUMES = ("ml", "cl", "l", "litru", "litri", "litre", "litres", "liter", "liters")
_TIMES = ("h", "ora", "ore", "hour", "hours", "min", "minut", "minute", "minutes")
_MEASURES = frozenset((*_LENGTHS, *_WEIGHTS, *_VOLUMES, *_TIMES))
"""Units that are measured, as ``fold`` writes them; everything else is counted."""
_TYPED = re.compile(r"(\d{1,7})(?:([.,])(\d{1,3}))?\s*([^\W\d_][^\s]*)?")


def divisible(unit: str) -> bool:
    """Say whether a part of a unit can be sold: half a metre can, half a piece cannot."""
    return fold(unit.replace("²", "2").replace("³", "3")).rstrip(".") in _MEASURES


def parse_quantity(text: str, unit: str = "", field: str | None = None) -> tuple[int, str]:
    """Read a quantity into thousandths, and the unit it is in: the one given, else the one that was typed.

    Raises:
        Refusal: if it is none, can be read in two ways, is in another unit, or is a part of what is sold whole.
    """
    found = _TYPED.fullmatch(text.strip().replace("\u00a0", " "))
    if found is None:
        raise Refusal(_("Write a quantity like 2 or 1,5."), field)
    count, mark, part, typed = found[1], found[2], found[3] or "", found[4] or ""
    if unit and typed and fold(typed) != fold(unit):
        raise Refusal(_("This is sold by “{unit}”.").format(unit=unit), field)
    thousands, decimal = marks()
    if mark == thousands and len(part) == 3 and len(count) <= 3 and not count.startswith("0"):
        raise Refusal(two_ways(f"{count}{part}", f"{count}{decimal}{part}"), field)
    quantity = int(count) * ONE + int((part + "000")[:3])
    if not 0 < quantity <= MOST:
        raise Refusal(_("Write a quantity above zero."), field)
    unit = unit or typed
    whole(quantity, unit, field)
    return quantity, unit


def whole(quantity: int, unit: str, field: str | None = None) -> None:
    """See that what is counted is whole.

    Raises:
        Refusal: if it is a part of something that is sold whole.
    """
    if quantity % ONE and not divisible(unit):
        raise Refusal(_("This is sold whole: write a whole number, or a unit like 1,5 m."), field)


def format_quantity(thousandths: int, unit: str = "", language: str | None = None) -> str:
    """Write a quantity with its unit: ``2``, ``1,5 m``."""
    count, part = divmod(abs(thousandths), ONE)
    text = f"{count}.{part:03d}".rstrip("0").rstrip(".")
    if (language or spoken()) == "ro":
        text = text.replace(".", ",")
    text = f"{text}\u00a0{unit}" if unit else text
    return f"\u2212{text}" if thousandths < 0 else text
