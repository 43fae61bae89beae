"""Numbers of papers: which were given out in each series, and which are missing. The law wants none missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ticketdesk.storage.tables import CashMove, Counter, Payment, Sale, Shift
from ticketdesk.texts import N_

SERIES_LABELS: Mapping[str, str] = {
    "receipt": N_("Payment receipts"),
    "sale": N_("Counter sales"),
    "shift": N_("Z reports"),
    "cash": N_("Cash slips"),
}
_COLUMNS: Mapping[str, Any] = {
    "receipt": Payment.number,
    "sale": Sale.number,
    "shift": Shift.number,
    "cash": CashMove.number,
}
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series: how far its counter is, how many numbers stand on papers, and the first of those that are missing."""

    series: str
    last: int
    count: int
    missing: tuple[int, ...]


def every(session: Session) -> list[SeriesRow]:
    """Give the gap report: each series that begins at one and may have no gap."""
    counters = {row.series: row.last for row in session.scalars(select(Counter))}
    return [_row(session, name, column, counters.get(name, 0)) for name, column in _COLUMNS.items()]


def _row(session: Session, name: str, column: ColumnElement[int], counter: int) -> SeriesRow:
    highest, count = session.execute(select(func.max(column), func.count(column.distinct()))).one()
    last = max(highest or 0, counter)
    return SeriesRow(name, last, count, () if count == last else _missing(session, column, last))


def _missing(session: Session, column: ColumnElement[int], last: int) -> tuple[int, ...]:
    there = set(session.scalars(select(column).distinct()))
    found: list[int] = []
    for number in range(1, last + 1):
        if number not in there:
            found.append(number)
        if len(found) == _MOST_SHOWN:
            break
    return tuple(found)
