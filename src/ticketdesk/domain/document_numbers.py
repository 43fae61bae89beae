"""Numbers of documents about money: a series, and a number that runs from 1 within it without a gap.

The series is the letters of the location where the document was made (none to four of them) and the year on the shop's
clock: ``2026``, ``CJ2026``. Documents from before there were series have an empty one. What asks that a document names
its series and number is the model of each form (for Romania OMFP 2634/2015, annex 1); that no number is missing within
a series is what makes the papers of a year countable.
"""

import re
from dataclasses import dataclass

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

DIGITS = 5
"""So many at least are shown after a series: with fewer, spreadsheets would read ``2026-11`` as a month."""
_TYPED = re.compile(r"(?:([A-Z]{0,4}) ?([0-9]{4}) ?[-/ ] ?)?([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document, with its series."""

    series: str
    number: int

    def shown(self) -> str:
        """Give it as it is printed, spoken and typed: ``2026-00012``, ``CJ2026-00012``, or ``12`` without a series."""
        return f"{self.series}-{self.number:0{DIGITS}d}" if self.series else str(self.number)


def series_of(letters: str, year: int) -> str:
    """Name the series of a location's letters in a year."""
    return f"{letters}{year:04d}"


def read(typed: str) -> tuple[str | None, int]:
    """Read what somebody typed or what was written down: the series, nothing if it is not said, and the number.

    ``2026-12``, ``2026-00012``, ``cj2026/12`` and ``CJ 2026 12`` name their series, ``12`` does not.

    Raises:
        Refusal: if it is no number of a document.
    """
    found = _TYPED.fullmatch(" ".join(typed.upper().split()))
    if found is None:
        raise Refusal(_("This is no document number: {typed}. Write it like 2026-00012.").format(typed=typed), "number")
    letters, year, number = found.groups()
    return None if year is None else f"{letters}{year}", int(number)
