"""Numbers of papers: which were given out in each series, and which are missing. The law wants none missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.services.numbering import KINDS, Kind
from ticketdesk.storage.tables import Counter

_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series of a kind of documents: how far its counter is, how many numbers stand on papers, which are missing.

    ``missing`` are the first hundred of those.
    """

    kind: str
    series: str
    last: int
    count: int
    missing: tuple[int, ...]

    def shown(self, number: int) -> str:
        """Give a number of this series as people read it."""
        return DocumentNumber(self.series, number).shown()


def every(session: Session) -> list[SeriesRow]:
    """Give the gap report: each series that was begun, from 1 to the last number known of it; the newest year last."""
    counters: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for row in session.scalars(select(Counter).where(Counter.kind.in_(KINDS))):
        counters[row.kind][row.series] = row.last
    return [row for kind in KINDS.values() for row in _of_kind(session, kind, counters[kind.key])]


def _of_kind(session: Session, kind: Kind, counters: Mapping[str, int]) -> list[SeriesRow]:
    series, number = kind.rows.series, kind.rows.number
    given = select(series, func.max(number), func.count(number.distinct())).group_by(series)
    found = {each: (highest, count) for each, highest, count in session.execute(given)}
    rows = []
    for each in sorted({*counters, *found}) or [""]:
        highest, count = found.get(each, (0, 0))
        last = max(highest, counters.get(each, 0))
        missing = () if count == last else _missing(session, kind, each, last)
        rows.append(SeriesRow(kind.key, each, last, count, missing))
    return rows


def _missing(session: Session, kind: Kind, series: str, last: int) -> tuple[int, ...]:
    there = set(session.scalars(select(kind.rows.number).where(kind.rows.series == series).distinct()))
    found: list[int] = []
    for number in range(1, last + 1):
        if number not in there:
            found.append(number)
        if len(found) == _MOST_SHOWN:
            break
    return tuple(found)
