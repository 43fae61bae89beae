"""Fiscal receipts: asked for with the payment, sent once, settled by the printer's answer or by somebody's eyes.

A receipt is *to print* until its file is about to be written; then it is *sent*, and from that moment it is never
sent again by itself: either the driver answers, or nobody knows, and a person says whether it came out. A receipt that
is undone withdraws its fiscal receipt while nothing can have come out; what was issued can only be cancelled at the
fiscal printer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.fiscal import FiscalSheet
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, journal, settings, wire
from ticketdesk.services.doors import Done, action
from ticketdesk.services.fiscal_sheet import sheet_of
from ticketdesk.services.ledger import REVERSAL
from ticketdesk.storage.tables import FiscalReceipt, Payment
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
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    State.TO_PRINT: N_("To print"),
    State.SENT: N_("Sent to the printer"),
    State.CONFIRMED: N_("Printed"),
    State.REFUSED: N_("Refused by the printer"),
    State.UNKNOWN: N_("Nobody knows whether it came out"),
    State.WITHDRAWN: N_("Not printed: the receipt was undone"),
}
_UNSETTLED = (State.TO_PRINT, State.SENT, State.REFUSED, State.UNKNOWN)
_NOTHING_CAME = (State.TO_PRINT, State.REFUSED)
_FIRST, _BACK = aliased(Payment), aliased(Payment)
_ITS_UNDOING = and_(
    _FIRST.series == FiscalReceipt.series,
    _FIRST.number == FiscalReceipt.number,
    _BACK.corrects == _FIRST.id,
    _BACK.kind == REVERSAL,
)
_UNDONE = exists().where(_ITS_UNDOING).correlate(FiscalReceipt)


def queue(session: Session, by: By, rows: Iterable[Payment]) -> None:
    """Ask for the fiscal receipt of one act at the till, if the shop has a fiscal printer and it takes one."""
    if not settings.shop(session).fiscal:
        return
    taken = [row for row in rows if row.method in FISCAL_METHODS and row.amount > 0]
    if not taken:
        return
    receipt = FiscalReceipt(
        id=new_key(),
        series=taken[0].series,
        number=taken[0].number,
        station=by.station,
        state=State.TO_PRINT.value,
        sheet=wire.dumps(sheet_of(session, taken)),
        total=sum(row.amount for row in taken),
        at=by.at,
        staff_id=by.staff_id,
    )
    session.add(receipt)
    journal.record(session, by, receipt, "asked", {"number": receipt.shown, "total": receipt.total})
    session.flush()


def withdraw(session: Session, by: By, payment: Payment) -> bool:
    """Let nothing be printed any more for a receipt that is being undone; say whether something is or may be printed.

    That stays: a fiscal receipt that was issued is never taken back here.
    """
    mine = FiscalReceipt.series == payment.series, FiscalReceipt.number == payment.number
    query = select(FiscalReceipt).where(*mine).with_for_update().execution_options(populate_existing=True)
    receipt = session.scalar(query)
    if receipt is None or receipt.state == State.WITHDRAWN:
        return False
    if receipt.state not in _NOTHING_CAME:
        return True
    _turn(session, by, receipt, State.WITHDRAWN, {})
    return False


def after_undo(session: Session, payment_id: UUID) -> str:
    """Say what became of the fiscal receipt of a payment that was undone, and what is to be done about it, if it has one."""
    row = of_receipt(session, session.get_one(Payment, payment_id).document_number)
    if row is None:
        return ""
    if row.state is State.WITHDRAWN:
        return _("Its fiscal receipt is not printed any more.")
    if row.state is State.CONFIRMED:
        sentence = _("Its fiscal receipt {fiscal} was printed: cancel it at the fiscal printer.")
        return sentence.format(fiscal=row.fiscal_number)
    return _("Its fiscal receipt is already at the fiscal printer: if it comes out, cancel it there.")


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
    """End a doubt by what somebody saw: nothing came out. It is printed here as a new attempt, unless it was undone."""
    text = _("No fiscal receipt came out for receipt {number} of {amount}: print it again")
    said = _agreed(session, by, command, text)
    attempt = Attempt(command.receipt_id, command.attempt)
    return _step(session, by, attempt, (State.REFUSED, State.UNKNOWN), State.TO_PRINT, said)


def _agreed(session: Session, by: By, command: Settle | Again, text: str, fiscal: str = "") -> dict[str, str]:
    """Ask whoever has to agree to what somebody saw; give their name for the journal."""
    receipt = locked(session, command.receipt_id)
    amount = format_money(receipt.total, settings.shop(session).currency)
    what = text.format(number=receipt.shown, amount=amount, fiscal=fiscal)
    return approvals.agreed(session, by, Act.SETTLE_FISCAL, command, what)


def _step(
    session: Session, by: By, command: Attempt, expected: tuple[State, ...], to: State, said: dict[str, str]
) -> Done:
    receipt = locked(session, command.receipt_id)
    if receipt.attempt != command.attempt or receipt.state not in expected:
        label = _(STATE_LABELS[State(receipt.state)])
        raise Refusal(_("This receipt has moved on: {state}.").format(state=label))
    if to in _NOTHING_CAME and session.scalar(select(_UNDONE).where(FiscalReceipt.id == receipt.id)):
        to = State.WITHDRAWN
    _turn(session, by, receipt, to, said)
    return Done("fiscal", receipt.id, version=receipt.version, document=receipt.shown)


def _turn(session: Session, by: By, receipt: FiscalReceipt, to: State, said: dict[str, str]) -> None:
    changes: dict[str, object] = {"state": [receipt.state, to.value], "attempt": receipt.attempt, **said}
    receipt.state = to.value
    receipt.fiscal_number = said.get("number", receipt.fiscal_number)
    receipt.answer = said.get("answer", receipt.answer)
    if to is State.SENT:
        receipt.sent_at = by.at
    if to is State.TO_PRINT:
        receipt.attempt, receipt.station = receipt.attempt + 1, by.station
    journal.record(session, by, receipt, to.value, changes)


@dataclass(frozen=True, slots=True)
class FiscalRow:
    """A fiscal receipt as lists and the relay see it. ``total`` in minor units; ``undone`` is our receipt."""

    id: UUID
    number: str
    station: str
    state: State
    attempt: int
    total: int
    fiscal_number: str
    answer: str
    at: datetime
    sent_at: datetime | None
    sheet: FiscalSheet
    undone: bool


def unsettled(session: Session, station: str | None = None) -> list[FiscalRow]:
    """List what has not come out of a printer for certain, oldest first; of one station, or of all."""
    mine = _OPEN if station is None else _OPEN & (FiscalReceipt.station == station)
    return _rows(session, mine)


def listed(session: Session, since: datetime) -> list[FiscalRow]:
    """List what has not come out of a printer for certain, and whatever was undone since a moment; oldest first."""
    undone = select(FiscalReceipt.id).where(_ITS_UNDOING, _BACK.at >= since)
    return _rows(session, _OPEN | FiscalReceipt.id.in_(set(session.scalars(undone))))


def of_receipt(session: Session, document: DocumentNumber) -> FiscalRow | None:
    """Give the fiscal receipt of one of our receipts, if it has one."""
    ours = (FiscalReceipt.series == document.series) & (FiscalReceipt.number == document.number)
    return next(iter(_rows(session, ours)), None)


def printed_numbers(session: Session, rows: Iterable[Payment]) -> dict[DocumentNumber, str]:
    """Give the numbers of the fiscal receipts that came out for payments, by the number of our receipt."""
    ours = {(row.series, row.number) for row in rows}
    query = (
        select(FiscalReceipt.series, FiscalReceipt.number, FiscalReceipt.fiscal_number)
        .where(tuple_(FiscalReceipt.series, FiscalReceipt.number).in_(ours), FiscalReceipt.fiscal_number != "")
        .order_by(*FiscalReceipt.in_turn())
    )
    return {DocumentNumber(series, number): theirs for series, number, theirs in session.execute(query)}


_OPEN = FiscalReceipt.state.in_([state.value for state in _UNSETTLED])


def _rows(session: Session, which: ColumnElement[bool]) -> list[FiscalRow]:
    query = select(FiscalReceipt, _UNDONE).where(which).order_by(FiscalReceipt.at).limit(500)
    return [_row(receipt, undone=undone) for receipt, undone in session.execute(query)]


def _row(receipt: FiscalReceipt, *, undone: bool) -> FiscalRow:
    return FiscalRow(
        receipt.id,
        receipt.shown,
        receipt.station,
        State(receipt.state),
        receipt.attempt,
        receipt.total,
        receipt.fiscal_number,
        receipt.answer,
        receipt.at,
        receipt.sent_at,
        wire.loads(FiscalSheet, receipt.sheet),
        undone,
    )
