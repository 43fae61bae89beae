"""Is every row still what the journal wrote down of it? Its entries are chained: what they say cannot be changed unseen.

Entries of older versions say less of a row: only what an entry says is compared.
"""

import json
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.document_numbers import DocumentNumber, read
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CREDIT
from ticketdesk.domain.pricing import line_total
from ticketdesk.services import catalogue, colleagues, ledger, locations, tills
from ticketdesk.services.journal import as_told
from ticketdesk.storage.tables import (
    CashMove,
    Entry,
    Item,
    ItemPrice,
    Line,
    Location,
    LocationStation,
    Order,
    Payment,
    PriceList,
    Sale,
    Shift,
    Staff,
    Till,
    TillStation,
    TimerMark,
)

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


def lines(session: Session) -> Iterator[str]:
    """Check the total of every line against what is written on it, and the whole line against the journal."""
    yield from _totals(session)
    bill = func.coalesce(Line.order_id, Line.sale_id)
    rows = select(
        bill,
        Order.number.label("order"),
        Sale.series.label("sale_series"),
        Sale.number.label("sale"),
        *Line.__table__.c,
    ).select_from(Line)
    rows = rows.outerjoin(Order, Order.id == Line.order_id).outerjoin(Sale, Sale.id == Line.sale_id)
    told_of = select(Entry).where(Entry.action.in_(_OF_LINES))
    for found, said in _by_subject(session, rows.order_by(bill, Line.place), told_of):
        yield from _lines_of_bill(session, {str(line.id): line for line in found}, said)


_OF_LINES = ("line_added", "line_changed", "line_removed", "estimate_partly", "estimate_refused")


def _lines_of_bill(session: Session, there: dict[str, Row[Any]], said: list[Row[Any]]) -> Iterator[str]:
    """Compare the lines of a bill with what was told of them; what older versions told nothing of is believed."""
    told: dict[str, Told] = {}
    removed, unnamed, all_told = set[str](), list[str](), True
    for entry in said:
        content = _content(entry.content)
        if entry.action not in {"line_added", "line_changed"}:
            removed.update(_removed(content))
            if "line_id" not in content and "removed" not in content:
                unnamed += content.get("refused", [content.get("line")])
                all_told = False
        elif isinstance(row := content.get("row"), dict):
            told[str(row.get("id"))] = row
        else:
            all_told = False
    for key, line in there.items():
        name = f"{_bill(line)}, line {line.place}"
        if key in removed:
            yield f"{name}: the journal says that it was taken off"
        elif key not in told and said and all_told:
            yield f"{name}: the journal tells nothing of it"
        yield from _differing(line, told.get(key, {}), name)
    for key, row in told.items():
        if key in there or key in removed:
            continue
        if row.get("name") in unnamed:  # taken off by a version that told no key of it
            unnamed.remove(row.get("name", ""))
            continue
        number = session.scalar(select(Order.number).where(Order.id == said[0].subject_id))
        sale = session.get(Sale, said[0].subject_id)
        bill = f"order {number}" if number is not None else f"sale {sale.shown if sale else None}"
        yield f"{bill}, line {row.get('place')}: the journal tells of a line that is not there"


def _removed(content: Told) -> list[str]:
    return [content["line_id"]] if "line_id" in content else content.get("removed", [])


def _bill(line: Row[Any]) -> str:
    return f"order {line.order}" if line.order_id else f"sale {DocumentNumber(line.sale_series, line.sale).shown()}"


def _totals(session: Session) -> Iterator[str]:
    plain = (Line.quantity == 1000) & (Line.discount == 0) & (Line.discount_amount == 0) & (Line.total == Line.price)
    odd = select(
        Order.number.label("order"), Sale.series.label("sale_series"), Sale.number.label("sale"), *Line.__table__.c
    ).select_from(Line)
    odd = odd.outerjoin(Order, Order.id == Line.order_id).outerjoin(Sale, Sale.id == Line.sale_id)
    odd = odd.where(~plain, Line.returns.is_(None)).execution_options(yield_per=_CHUNK)
    for line in session.execute(odd):
        total = line_total(line.quantity, line.price, line.discount, line.discount_amount)
        if line.total != total:
            yield f"{_bill(line)}, line {line.place}: total {line.total}, its price makes {total}"


def timers(session: Session) -> Iterator[str]:
    """Check the marks of timers against the journal, and that each series runs and rests in turn without a gap."""
    rows = select(TimerMark.order_id, *TimerMark.__table__.c).order_by(TimerMark.order_id)
    told_of = select(Entry).where(Entry.subject == "order", Entry.action.in_(("timer_started", "timer_paused")))
    for found, said in _by_subject(session, rows, told_of):
        there = {(as_told(mark.staff_id), mark.place): mark for mark in found}
        told = {
            (row.get("staff_id"), row.get("place")): row
            for entry in said
            if isinstance(row := _content(entry.content).get("row"), dict)
        }
        for whose, place in sorted({*there, *told}, key=str):
            name = f"timer of {whose}, mark {place}"
            if (whose, place) not in there:
                yield f"{name}: the journal tells of a mark that is not there"
            elif (whose, place) not in told:
                yield f"{name}: the journal tells nothing of it"
            else:
                yield from _differing(there[whose, place], told[whose, place], name)
    query = select(Staff.name, *TimerMark.__table__.c).join(Staff, Staff.id == TimerMark.staff_id)
    ordered = query.order_by(TimerMark.staff_id, TimerMark.place).execution_options(yield_per=_CHUNK)
    for _staff, series in groupby(session.execute(ordered), key=lambda mark: mark.staff_id):
        before: Row[Any] | None = None
        for place, mark in enumerate(series, 1):
            yield from _out_of_turn(place, before, mark)
            before = mark


def _out_of_turn(place: int, before: Row[Any] | None, mark: Row[Any]) -> Iterator[str]:
    name = f"timer of {mark.name}"
    if mark.place != place:
        yield f"{name}: mark {place} is missing"
    if mark.running is (before is not None and before.running):
        yield f"{name}: mark {mark.place} {'runs' if mark.running else 'rests'} as the one before it"
    elif before is not None and before.running and before.order_id != mark.order_id:
        yield f"{name}: mark {mark.place} rests at another order"
    if before is not None and mark.at < before.at:
        yield f"{name}: mark {mark.place} is earlier than the one before it"


def subjects(session: Session) -> Iterator[str]:
    """Check what people edit, and closed shifts, against the last that the journal says of each field."""
    for kind, subject, label, fields in (
        (Staff, "staff", Staff.login, colleagues.FIELDS),
        (Item, "item", Item.code, catalogue.FIELDS),
        (PriceList, "price_list", PriceList.name, catalogue.LIST_FIELDS),
        (Till, "till", Till.name, tills.FIELDS),
        (Location, "location", Location.name, locations.FIELDS),
    ):
        changed = select(Entry).where(Entry.subject == subject, Entry.action.in_(("added", "edited")))
        for found, said in _by_subject(session, _of(kind), changed):
            told: Told = {}
            for entry in said:
                told |= {name: _after(value) for name, value in _content(entry.content).items() if name in fields}
            for row in found:
                yield from _differing(row, told, f"{subject} {getattr(row, label.key)}")
    ended = select(Entry).where(Entry.subject == "shift", Entry.action.in_(("closed", "difference_approved")))
    for found, said in _by_subject(session, _of(Shift), ended):
        told = {"approved_by": None}
        for entry in said:
            content = _content(entry.content)
            told |= {name: content[name] for name in ("expected", "counted", "reason") if name in content}
            if entry.action == "difference_approved":
                told["approved_by"] = as_told(entry.staff_id)
        for row in found:
            yield from _differing(row, told, f"shift {_shown(row)}")


def terms(session: Session) -> Iterator[str]:
    """Check the discount and the surcharge of every order against the last that the journal says of them."""
    columns: tuple[Any, ...] = (Order.number, Order.discount, Order.discount_amount, Order.surcharge)
    rows = select(Order.id, *columns).order_by(Order.id)
    for found, said in _by_subject(session, rows, select(Entry).where(Entry.action.in_(_OF_TERMS))):
        told: Told = {}
        for entry in said:
            told |= _content(entry.content).get("row", {})
        for row in found:
            yield from _differing(row, told, f"order {row.number}")


_OF_TERMS = (
    "registered",
    "edited",
    "discounted",
    "deposit_kept",
    "estimate_agreed",
    "estimate_partly",
    "estimate_refused",
)


def prices(session: Session) -> Iterator[str]:
    """Check the prices of price lists against what the journal says of each; older entries do not say which list."""
    columns: tuple[Any, ...] = (ItemPrice.price_list_id, ItemPrice.price, Item.code, PriceList.name)
    rows = select(ItemPrice.item_id, *columns)
    rows = rows.join(Item, Item.id == ItemPrice.item_id).join(PriceList, PriceList.id == ItemPrice.price_list_id)
    priced = select(Entry).where(Entry.subject == "item", Entry.action == "priced")
    for found, said in _by_subject(session, rows.order_by(ItemPrice.item_id), priced):
        entries = [_content(entry.content) for entry in said]
        told = {entry["list_id"]: entry["price"][1] for entry in entries if "list_id" in entry}
        older = any("list_id" not in entry for entry in entries)
        there = {str(row.price_list_id): row for row in found}
        for key, row in there.items():
            if key not in told and not older:
                yield f"item {row.code}, list {row.name}: the journal tells nothing of its price"
            elif row.price != told.get(key, row.price):
                yield f"item {row.code}, list {row.name}: price {row.price}, the journal says {told[key]}"
        for key, price in told.items():
            if price is not None and key not in there:
                yield f"item {said[0].subject_id}, list {key}: its price {price} is not there"


def cash(session: Session) -> Iterator[str]:
    """Check all cash that was moved without a sale, why and on which paper, against what its shift's journal says."""
    rows = select(CashMove.shift_id, *CashMove.__table__.c).order_by(CashMove.shift_id, *CashMove.in_turn())
    told_of = select(Entry).where(Entry.subject == "shift", Entry.action.in_(_MOVED))
    for found, said in _by_subject(session, rows, told_of):
        told = [move for entry in said if (move := _of_move(entry))["amount"]]
        for row, move in zip_longest(found, told):
            yield from _compared(row, move, f"cash slip {_shown(row) if row is not None else _said(move)}")


_MOVED: Mapping[str, tuple[str, str]] = {
    "opened": ("float", "float"),
    "cash_in": ("in", "amount"),
    "cash_out": ("out", "amount"),
    "taken_over": ("difference", "difference"),
    "closed": ("difference", "difference"),
}
"""Entries of a shift that move cash: the kind of the row each brings, and where it tells the amount."""


def _of_move(entry: Row[Any]) -> Told:
    content = _content(entry.content)
    kind, amount = _MOVED[entry.action]
    told: Told = {"kind": kind, "amount": content.get(amount, 0)}
    told |= {"at": as_told(entry.at), "staff_id": as_told(entry.staff_id), "station": entry.station}
    if kind != "float":
        told |= {name: content[name] for name in ("reason",) if name in content} | _numbered(content)
    row: Told = content.get("row", {})
    return told | row


def stations(session: Session) -> Iterator[str]:
    """Check which till and which location each PC was said to use last; a till's first shift at a PC says it too."""
    for used, subject in ((TillStation.till_id, "till"), (LocationStation.location_id, "location")):
        rows = select(used.class_.station, used)
        there = {row.station: row[1] for row in session.execute(rows)}
        entries = select(*_ENTRY).where(Entry.subject == subject, Entry.action == "used").order_by(Entry.id)
        told = {_content(entry.content).get("station"): entry.subject_id for entry in session.execute(entries)}
        for station in sorted({*there, *told}, key=str):
            if there.get(station) != told.get(station) and (station in told or subject == "location"):
                yield f"{subject} of {station}: {there.get(station)}, the journal says {told.get(station)}"


def _of(kind: type[Item | Location | PriceList | Shift | Staff | Till]) -> Select[Any]:
    return select(kind.id.label("subject"), *kind.__table__.c).order_by(kind.id)


def _after(value: object) -> object:
    """Give a field as it was left: an edit tells it before and after."""
    return value[1] if isinstance(value, list) and len(value) == 2 else value


def _payments(session: Session, rows: Select[Any], entries: Select[Entry]) -> Iterator[str]:
    ordered = rows.order_by(rows.selected_columns[0], Payment.series, Payment.number, Payment.place)
    for found, said in _by_subject(session, ordered, entries):
        written: dict[tuple[str, int], list[Told]] = {}
        for entry in said:
            told = _of_payment(entry)
            if "number" in told:
                written.setdefault((told["series"], told["number"]), []).append(told)
        there = {key: list(its) for key, its in groupby(found, key=lambda row: (row.series, row.number))}
        for key in sorted({*written, *there}):
            for row, told in zip_longest(there.get(key, ()), written.get(key, ())):
                place = "" if row is None else f"/{row.place}"
                yield from _compared(row, told, f"receipt {DocumentNumber(*key).shown()}{place}")


def _compared(row: Row[Any] | None, told: Told | None, name: str) -> Iterator[str]:
    if row is None:
        yield f"{name}: the journal tells of a row that is not there"
    elif told is None:
        yield f"{name}: the journal tells nothing of it"
    else:
        yield from _differing(row, told, name)


def _of_payment(entry: Row[Any]) -> Told:
    """Give what an entry says of a payment, by column: of itself since it tells rows, and what it always said."""
    content = _content(entry.content)
    told: Told = {"at": as_told(entry.at), "staff_id": as_told(entry.staff_id), "station": entry.station}
    told |= _numbered(content)
    if entry.action != "credit":
        told |= {name: content[name] for name in ("amount", "method", "reason") if name in content}
        told["kind"] = entry.action
    row = content.get("row")
    return told | row if isinstance(row, dict) else told


def _numbered(content: Told) -> Told:
    """Give the series and the number an entry tells; before documents had series it told a bare number."""
    try:
        series, number = read(str(content.get("number")))
    except Refusal:
        return {}
    return {"series": series or "", "number": number}


def _shown(row: Row[Any]) -> str:
    return DocumentNumber(row.series, row.number).shown()


def _said(move: Told) -> str:
    return DocumentNumber(move["series"], move["number"]).shown() if "number" in move else "?"


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
