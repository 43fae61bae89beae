"""Numbers people see: from a counter row locked until commit, so without doubles and without gaps; found again by them.

Orders and customers have one running number for ever. Documents about money begin anew at 1 each year of the shop's
clock, in each location: their series (``domain.document_numbers``) says which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.document_numbers import DocumentNumber, read, series_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.services import settings
from ticketdesk.storage.tables import CashMove, Payment, Sale, Shift
from ticketdesk.texts import N_, _

Document = type[Payment] | type[Sale] | type[Shift] | type[CashMove]
"""A table of documents: a row has its series and its number."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documents numbered by themselves, and what is said when a number names none or several of them."""

    key: str
    rows: Document
    label: str
    unknown: str
    several: str


RECEIPT = Kind(
    "receipt", Payment, N_("Payment receipts"), N_("There is no receipt {number}."),
    N_("Several receipts have number {number}: {all}. Write it with its series."),
)  # fmt: skip
SALE = Kind(
    "sale", Sale, N_("Counter sales"), N_("There is no sale {number}."),
    N_("Several sales have number {number}: {all}. Write it with its series."),
)  # fmt: skip
SHIFT = Kind(
    "shift", Shift, N_("Z reports"), N_("There is no closed shift {number}."),
    N_("Several shifts have number {number}: {all}. Write it with its series."),
)  # fmt: skip
CASH_SLIP = Kind(
    "cash", CashMove, N_("Cash slips"), N_("There is no cash slip {number}."),
    N_("Several cash slips have number {number}: {all}. Write it with its series."),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (RECEIPT, SALE, SHIFT, CASH_SLIP)}
ORDER, CUSTOMER = "order", "customer"
"""What is numbered for ever, in the empty series."""


def take(session: Session, by: By, kinds: Sequence[str]) -> dict[str, DocumentNumber]:
    """Take the next number of each kind, for what is done now at this PC; take them last, locked until commit.

    One statement, whatever the number of kinds: who takes is in everybody's way until the end. The first number of
    a series makes its counter; two that race for it wait for each other at the counter's key.
    """
    wanted = sorted(kinds)  # in one order, so that two never wait for each other
    values = {f"kind{place}": kind for place, kind in enumerate(wanted)}
    year = series_of("", day_of(by.at, settings.shop(session).zone).year)
    found = session.execute(_taking(len(wanted)), {**values, "station": by.station, "year": year})
    return {kind: DocumentNumber(series, int(last)) for kind, series, last in found}


@lru_cache
def _taking(count: int) -> TextClause:
    wanted = " UNION ALL ".join(
        f"SELECT {place} AS place, CAST(:kind{place} AS TEXT) AS kind" for place in range(count)
    )
    # WHERE keeps SQLite from reading ON as the condition of a join
    return text(
        "INSERT INTO counter (kind, series, last) "  # noqa: S608 - our own names
        f"SELECT kind, CASE WHEN kind IN ('{ORDER}', '{CUSTOMER}') THEN '' "
        f"ELSE COALESCE(({_LETTERS}), ({_FIRST_LETTERS}), '') || CAST(:year AS TEXT) END, 1 "
        f"FROM ({wanted}) AS wanted WHERE true ORDER BY place "
        "ON CONFLICT (kind, series) DO UPDATE SET last = counter.last + 1 RETURNING kind, series, last"
    )


_LETTERS = (
    "SELECT letters FROM location JOIN location_station ON location_station.location_id = location.id "
    "WHERE location.active AND location_station.station = :station"
)
_FIRST_LETTERS = "SELECT letters FROM location WHERE active ORDER BY id LIMIT 1"
"""Those of the location this PC stands in, as ``locations.of_station`` says it: where it was said to, else the first one."""


def found(session: Session, kind: Kind, typed: str) -> DocumentNumber:
    """Find the document that a typed number means: in its series, or the only one that bears it.

    Raises:
        Refusal: if there is none, or the number is in several series and none is named.
    """
    series, number = read(typed)
    rows = kind.rows
    query = select(rows.series).where(rows.number == number).distinct()
    if series is not None:
        query = query.where(rows.series == series)
    there = [DocumentNumber(each, number) for each in sorted(session.scalars(query))]
    if not there:
        raise Refusal(_(kind.unknown).format(number=typed), "number")
    if len(there) > 1:
        named = ", ".join(each.shown() for each in there)
        raise Refusal(_(kind.several).format(number=typed, all=named), "number")
    return there[0]
