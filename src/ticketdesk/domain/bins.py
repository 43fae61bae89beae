"""Bins: the places in the shop where devices wait. What they are called, as it is typed and as it is kept."""

import re
import unicodedata

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

LONGEST = 12
"""Twelve letters still stand large on a label of 62 mm, and in a bar code that any scanner reads."""

MOST_LABELS = 200
"""So many labels come out at once; a whole roll is no mistake to make by one letter."""

NO_BIN = "-"
"""Asks for what is here and stands in no bin; no bin is called so."""

_NAME = re.compile(r"[./-]*[A-Z0-9][A-Z0-9./-]*")
_ROW = re.compile(r"(.*?)(\d{1,4})\.\.(.*?)(\d{1,4})", re.DOTALL)


def tidy_bin(typed: str) -> str:
    """Write the name of a bin as it is kept: capital letters without marks, and no blanks."""
    parts = unicodedata.normalize("NFD", typed.upper())
    return "".join("".join(part for part in parts if not unicodedata.combining(part)).split())


def normal_bin(typed: str) -> str:
    """Give the name of a bin as it is kept; empty if none is named.

    Raises:
        Refusal: if it is too long, or holds what no label and no scanner spells the same.
    """
    name = tidy_bin(typed)
    if len(name) > LONGEST:
        raise Refusal(_("The name of a bin has at most {most} letters and digits.").format(most=LONGEST), "bin")
    if name and _NAME.fullmatch(name) is None:
        raise Refusal(_("A bin is named by letters, digits, dots, dashes and slashes, like A3 or R2-14."), "bin")
    return name


def several_bins(typed: str) -> tuple[str, ...]:
    """Give the bins named between commas; ``A1..A12`` names a row of them.

    Raises:
        Refusal: if none is named, or more than labels are printed of at once, or a name cannot be one.
    """
    names: list[str] = []
    for part in filter(None, map(tidy_bin, typed.replace("\n", ",").split(","))):
        row = _ROW.fullmatch(part)
        if row is None and ".." not in part:
            names.append(normal_bin(part))
        elif row is None or row[3] not in {"", row[1]} or int(row[4]) < int(row[2]):
            raise Refusal(_("A row of bins is written like A1..A12."), "bins")
        else:
            width = len(row[2])
            ends = range(int(row[2]), min(int(row[4]), int(row[2]) + MOST_LABELS) + 1)
            names.extend(normal_bin(f"{row[1]}{number:0{width}d}") for number in ends)
    found = tuple(dict.fromkeys(names))
    if not found:
        raise Refusal(_("Write which bins, like A1, A2 or A1..A12."), "bins")
    if len(found) > MOST_LABELS:
        raise Refusal(_("Print at most {most} labels at once.").format(most=MOST_LABELS), "bins")
    return found
