"""Is every row still what the journal wrote down of it? Its entries are chained: what they say cannot be changed unseen.

Entries of older versions say less of a row: only what an entry says is compared.
"""

import json
from collections.abc import Iterator
from heapq import merge
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CREDIT
from ticketdesk.services import ledger
from ticketdesk.services.journal import as_told
from ticketdesk.storage.tables import Entry, Payment

_CHUNK = 2000
_ENTRY: tuple[Any, ...] = (
    Entry.subject_id,
    Entry.id,
    Entry.action,
    Entry.at,
    Entry.staff_id,
    Entry.station,
    Entry.content,
)
_OF_BILLS = (ledger.DEPOSIT, ledger.PAYMENT, ledger.REFUND, ledger.REVERSAL)
Told = dict[str, Any]


def payments(session: Session) -> Iterator[str]:
    """Check every row of the ledger against what the journal says of it, under its bill and under its customer."""
    bill = func.coalesce(Payment.order_id, Payment.sale_id)
    of_bills = select(Entry).where(Entry.subject.in_(("order", "sale")), Entry.action.in_(_OF_BILLS))
    yield from _payments(session, select(bill, *Payment.__table__.c).where(bill.is_not(None)), of_bills)
    credited = bill.is_(None) | (Payment.method == CREDIT)
    of_customers = select(Entry).where(Entry.subject == "customer", Entry.action == "credit")
    yield from _payments(session, select(Payment.customer_id, *Payment.__table__.c).where(credited), of_customers)


def _payments(session: Session, rows: Select[Any], entries: Select[Entry]) -> Iterator[str]:
    ordered = rows.order_by(rows.selected_columns[0], Payment.number, Payment.place)
    for found, said in _by_subject(session, ordered, entries):
        written: dict[int, list[Told]] = {}
        for entry in said:
            told = _of_payment(entry)
            if isinstance(told["number"], int):
                written.setdefault(told["number"], []).append(told)
        there = {number: list(its) for number, its in groupby(found, key=lambda row: row.number)}
        for number in sorted({*written, *there}):
            for row, told in zip_longest(there.get(number, ()), written.get(number, ())):
                yield from _compared(row, told, f"receipt {number}")


def _compared(row: Row[Any] | None, told: Told | None, name: str) -> Iterator[str]:
    if row is None:
        yield f"{name}: the journal tells of a row that is not there"
    elif told is None:
        yield f"{name}/{row.place}: the journal tells nothing of it"
    else:
        yield from _differing(row, told, f"{name}/{row.place}")


def _of_payment(entry: Row[Any]) -> Told:
    """Give what an entry says of a payment, by column: of itself since it tells rows, and what it always said."""
    content = _content(entry.content)
    told: Told = {"at": as_told(entry.at), "staff_id": as_told(entry.staff_id), "station": entry.station}
    told["number"] = content.get("number")
    if entry.action != "credit":
        told |= {name: content[name] for name in ("amount", "method", "reason") if name in content}
        told["kind"] = entry.action
    row = content.get("row")
    return told | row if isinstance(row, dict) else told


def _content(text: str | None) -> Told:
    """Read what an entry says; what was made unreadable says nothing, and is named where the chains are checked."""
    try:
        content = json.loads(text or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _differing(row: Row[Any], told: Told, name: str) -> Iterator[str]:
    for column, value in told.items():
        now = as_told(getattr(row, column, None))
        if now != value:
            yield f"{name}: {column} {now}, the journal says {value}"


def _by_subject(
    session: Session, rows: Select[Any], entries: Select[Entry]
) -> Iterator[tuple[list[Row[Any]], list[Row[Any]]]]:
    """Walk rows (their subject first, and sorted by it) and journal entries side by side: both of one subject at once."""
    narrow: Select[Any] = entries.with_only_columns(*_ENTRY).order_by(Entry.subject_id, Entry.position)
    both = merge(_tagged(session, rows, told=False), _tagged(session, narrow, told=True), key=itemgetter(0))
    for _subject, its in groupby(both, key=itemgetter(0)):
        found: tuple[list[Row[Any]], list[Row[Any]]] = ([], [])
        for _key, told, row in its:
            found[told].append(row)
        yield found


def _tagged(session: Session, query: Select[Any], *, told: bool) -> Iterator[tuple[UUID, bool, Row[Any]]]:
    for row in session.execute(query.execution_options(yield_per=_CHUNK)):
        yield row[0], told, row
