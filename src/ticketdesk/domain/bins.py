"""Bins: the places in the shop where devices wait. What one is called, as it is typed and as it is kept."""

import re
import unicodedata

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

LONGEST = 12
"""Twelve letters still stand large on a label of 62 mm, and in a bar code that any scanner reads."""

_NAME = re.compile(r"[A-Z0-9./-]+")


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
