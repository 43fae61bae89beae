"""Fiscal receipts: asked for with the payment, sent once, settled by the printer's answer or by somebody's eyes.

A receipt is *to print* until its file is about to be written; then it is *sent*, and from that moment it is never
sent again by itself: either the driver answers, or nobody knows, and a person says whether it came out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.fiscal import FiscalLine, FiscalSheet, FiscalTender
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, journal, settings, wire
from ticketdesk.services.doors import Done, action
from ticketdesk.storage.tables import Customer, FiscalReceipt, Line, Order, Payment, Sale
from ticketdesk.texts import N_, _

FISCAL_METHODS = ("cash", "card", "voucher")
"""What the public pays with at the counter takes a fiscal receipt (OUG 28/1999, art. 1); a bank transfer does not,
and a customer's credit had its receipt when it was paid in."""


class State(StrEnum):
    """How far a fiscal receipt has come."""

    TO_PRINT = "to_print"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


STATE_LABELS = {
    State.TO_PRINT: N_("To print"),
    State.SENT: N_("Sent to the printer"),
    State.CONFIRMED: N_("Printed"),
    State.REFUSED: N_("Refused by the printer"),
    State.UNKNOWN: N_("Nobody knows whether it came out"),
}
_UNSETTLED = (State.TO_PRINT, State.SENT, State.REFUSED, State.UNKNOWN)


def queue(session: Session, by: By, number: int, rows: Iterable[Payment]) -> None:
    """Ask for the fiscal receipt of one act at the till, if the shop has a fiscal printer and it takes one."""
    if not settings.shop(session).fiscal:
        return
    taken = [row for row in rows if row.method in FISCAL_METHODS and row.amount > 0]
    if not taken:
        return
    tenders: dict[str, int] = {}
    for row in taken:
        tenders[row.method] = tenders.get(row.method, 0) + row.amount
    paid = tuple(FiscalTender(method, amount) for method, amount in tenders.items())
    sheet = FiscalSheet(_lines(session, taken), paid, _tax_id(session, taken))
    receipt = FiscalReceipt(
        id=new_key(),
        number=number,
        station=by.station,
        state=State.TO_PRINT.value,
        sheet=wire.dumps(sheet),
        total=sum(tenders.values()),
        at=by.at,
        staff_id=by.staff_id,
    )
    session.add(receipt)
    journal.record(session, by, receipt, "asked", {"number": number, "total": receipt.total})
    session.flush()


def _lines(session: Session, rows: list[Payment]) -> tuple[FiscalLine, ...]:
    lines: list[FiscalLine] = []
    for key in dict.fromkeys((row.order_id, row.sale_id) for row in rows):
        mine = [row for row in rows if (row.order_id, row.sale_id) == key]
        amount = sum(row.amount for row in mine)
        bill = session.get_one(Order, key[0]) if key[0] else session.get_one(Sale, key[1]) if key[1] else None
        # what is taken off all of it is nothing that is sold: then what is owed stands by rate
        whole = bill is not None and bill.total == bill.paid == amount and not _reduced(session, bill)
        lines.extend(_sold(session, bill) if bill is not None and whole else _parts(session, bill, mine))
    return tuple(lines)


def _reduced(session: Session, bill: Order | Sale) -> bool:
    if not isinstance(bill, Order):
        return False
    lowered = select(Line.id).where(Line.order_id == bill.id, Line.total < 0).limit(1)
    return bool(bill.discount or bill.discount_amount) or session.scalar(lowered) is not None


def _sold(session: Session, bill: Order | Sale) -> list[FiscalLine]:
    """Name what was sold: for a bill that is paid at once and whole."""
    mine = Line.order_id == bill.id if isinstance(bill, Order) else Line.sale_id == bill.id
    found = list(session.scalars(select(Line).where(mine).order_by(Line.place)))
    lines = [_line(row) for row in found if row.total > 0]
    extra = bill.total - sum(row.total for row in found)
    if extra > 0:
        highest = max((row.vat for row in found), default=0)
        lines.append(FiscalLine(_("Urgency surcharge"), 1000, extra, highest))
    return lines


def _line(row: Line) -> FiscalLine:
    # the device multiplies by itself: where price and quantity do not make our total, the total is sold once
    exact = row.discount == 0 and row.quantity * row.price == row.total * 1000
    return FiscalLine(row.name, row.quantity if exact else 1000, row.price if exact else row.total, row.vat)


def _parts(session: Session, bill: Order | Sale | None, rows: list[Payment]) -> list[FiscalLine]:
    """Name a part of a bill, or money put into an account, by the VAT rates it falls under."""
    if isinstance(bill, Order):
        whole = bill.total > 0 and bill.balance == 0
        name = _("Balance of order {number}") if whole else _("Deposit on order {number}")
    else:
        name = _("Sale {number}") if bill else _("Deposit")
    name = name.format(number=bill.number if bill else "")
    parts: dict[int, int] = {}
    for row in rows:
        for rate, part in (row.rates or {str(settings.usual_vat(session, row.at)): row.amount}).items():
            parts[int(rate)] = parts.get(int(rate), 0) + part
    return [FiscalLine(name, 1000, part, rate) for rate, part in sorted(parts.items(), reverse=True) if part > 0]


def _tax_id(session: Session, rows: list[Payment]) -> str:
    customer = session.get(Customer, rows[0].customer_id) if rows[0].customer_id else None
    return customer.tax_id if customer else ""


def locked(session: Session, receipt_id: UUID) -> FiscalReceipt:
    """Give a fiscal receipt to change, locked until the transaction ends.

    Raises:
        Refusal: if there is none of this key.
    """
    receipt = session.get(FiscalReceipt, receipt_id, with_for_update=True, populate_existing=True)
    if receipt is None:
        raise Refusal(_("There is no such receipt."), "receipt")
    return receipt


@dataclass(frozen=True, slots=True)
class Attempt:
    """A fiscal receipt, and which attempt at printing it is spoken of."""

    receipt_id: UUID
    attempt: int


@action("fiscal.send", Right.SIGN_IN)
def send(session: Session, by: By, command: Attempt) -> Done:
    """Write down that a receipt goes to the printer, before it does."""
    return _step(session, by, command, (State.TO_PRINT,), State.SENT, {})


@dataclass(frozen=True, slots=True)
class Answered:
    """What the driver said of an attempt: the number of the fiscal receipt, or why there is none."""

    receipt_id: UUID
    attempt: int
    number: str = ""
    refusal: str = ""


@action("fiscal.answer", Right.SIGN_IN)
def answered(session: Session, by: By, command: Answered) -> Done:
    """Write down what the driver answered; also when nobody expected it any more."""
    to = State.CONFIRMED if command.number else State.REFUSED
    said = {"number": command.number, "answer": command.refusal}
    attempt = Attempt(command.receipt_id, command.attempt)
    return _step(session, by, attempt, (State.SENT, State.UNKNOWN), to, said)


@action("fiscal.doubt", Right.SIGN_IN)
def doubt(session: Session, by: By, command: Attempt) -> Done:
    """Write down that the printer took a receipt and never answered."""
    return _step(session, by, command, (State.SENT,), State.UNKNOWN, {})


@dataclass(frozen=True, slots=True)
class Settle:
    """The number that somebody read on the fiscal receipt that came out of an attempt."""

    receipt_id: UUID
    attempt: int
    number: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("fiscal.settle", Right.SETTLE_FISCAL)
def settle(session: Session, by: By, command: Settle) -> Done:
    """End a doubt by what somebody saw: the receipt came out, under this number."""
    number = tidy(command.number)[:40]
    if not number:
        raise Refusal(_("Write the number that stands on the fiscal receipt."), "number")
    text = _("The fiscal receipt for receipt {number} of {amount} came out, with number {fiscal}")
    said = {"number": number, "answer": ""} | _agreed(session, by, command, text, number)
    return _step(session, by, Attempt(command.receipt_id, command.attempt), _UNSETTLED, State.CONFIRMED, said)


@dataclass(frozen=True, slots=True)
class Again:
    """An attempt out of which nothing came."""

    receipt_id: UUID
    attempt: int
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("fiscal.again", Right.SETTLE_FISCAL)
def again(session: Session, by: By, command: Again) -> Done:
    """End a doubt by what somebody saw: nothing came out. It is printed here, as a new attempt."""
    text = _("No fiscal receipt came out for receipt {number} of {amount}: print it again")
    said = _agreed(session, by, command, text)
    attempt = Attempt(command.receipt_id, command.attempt)
    return _step(session, by, attempt, (State.REFUSED, State.UNKNOWN), State.TO_PRINT, said)


def _agreed(session: Session, by: By, command: Settle | Again, text: str, fiscal: str = "") -> dict[str, str]:
    """Ask whoever has to agree to what somebody saw; give their name for the journal."""
    receipt = locked(session, command.receipt_id)
    amount = format_money(receipt.total, settings.shop(session).currency)
    what = text.format(number=receipt.number, amount=amount, fiscal=fiscal)
    approved_by = approvals.demand(session, by, Act.SETTLE_FISCAL, command, what)
    return {} if approved_by is None else {"approved_by": approvals.name_of(session, approved_by)}


def _step(
    session: Session, by: By, command: Attempt, expected: tuple[State, ...], to: State, said: dict[str, str]
) -> Done:
    receipt = locked(session, command.receipt_id)
    if receipt.attempt != command.attempt or receipt.state not in expected:
        label = _(STATE_LABELS[State(receipt.state)])
        raise Refusal(_("This receipt has moved on: {state}.").format(state=label))
    changes: dict[str, object] = {"state": [receipt.state, to.value], "attempt": receipt.attempt, **said}
    receipt.state = to.value
    receipt.fiscal_number = said.get("number", receipt.fiscal_number)
    receipt.answer = said.get("answer", receipt.answer)
    if to is State.SENT:
        receipt.sent_at = by.at
    if to is State.TO_PRINT:
        receipt.attempt, receipt.station = receipt.attempt + 1, by.station
    journal.record(session, by, receipt, to.value, changes)
    return Done("fiscal", receipt.id, receipt.number, receipt.version)


@dataclass(frozen=True, slots=True)
class FiscalRow:
    """A fiscal receipt as lists and the relay see it. ``total`` in minor units."""

    id: UUID
    number: int
    station: str
    state: State
    attempt: int
    total: int
    fiscal_number: str
    answer: str
    at: datetime
    sent_at: datetime | None
    sheet: FiscalSheet


def unsettled(session: Session, station: str | None = None) -> list[FiscalRow]:
    """List what has not come out of a printer for certain, oldest first; of one station, or of all."""
    query = select(FiscalReceipt).where(FiscalReceipt.state.in_([state.value for state in _UNSETTLED]))
    if station is not None:
        query = query.where(FiscalReceipt.station == station)
    return [_row(receipt) for receipt in session.scalars(query.order_by(FiscalReceipt.at).limit(500))]


def of_receipt(session: Session, number: int) -> FiscalRow | None:
    """Give the fiscal receipt of one of our receipts, if it has one."""
    receipt = session.scalar(select(FiscalReceipt).where(FiscalReceipt.number == number))
    return _row(receipt) if receipt else None


def printed_numbers(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Give the numbers of the fiscal receipts that came out for our receipts, by the number of ours."""
    query = (
        select(FiscalReceipt.number, FiscalReceipt.fiscal_number)
        .where(FiscalReceipt.number.in_(set(numbers)), FiscalReceipt.fiscal_number != "")
        .order_by(FiscalReceipt.number)
    )
    return {ours: theirs for ours, theirs in session.execute(query)}  # noqa: C416 - a row is no pair of types to mypy


def _row(receipt: FiscalReceipt) -> FiscalRow:
    return FiscalRow(
        receipt.id,
        receipt.number,
        receipt.station,
        State(receipt.state),
        receipt.attempt,
        receipt.total,
        receipt.fiscal_number,
        receipt.answer,
        receipt.at,
        receipt.sent_at,
        wire.loads(FiscalSheet, receipt.sheet),
    )
