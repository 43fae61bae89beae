"""Spells of work at a till: opened with a counted float, closed by a count made before anybody sees what is expected."""

from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST, PIECES, format_money
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, journal, reckoning, seals, settings, tills, wire
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.numbering import CASH_SLIP, SHIFT, take
from ticketdesk.storage.tables import CashMove, Shift, ShiftCount, Till, TillStation
from ticketdesk.texts import _

FLOAT, IN, OUT, DIFFERENCE = "float", "in", "out", "difference"
OPEN, TAKE_OVER = "open", "take_over"
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of each note and coin are there (minor units as text → pieces), and what was counted otherwise."""

    pieces: dict[str, int] = field(default_factory=dict)
    other: int = 0

    def total(self, currency: str) -> int:
        """Add it up.

        Raises:
            Refusal: if there is no such note or coin, or less than none of one.
        """
        known = {str(piece) for piece in PIECES.get(currency, ())}
        if not known.issuperset(self.pieces) or min(self.pieces.values(), default=0) < 0 or self.other < 0:
            raise Refusal(_("Write how many there are of each note and coin."), "count")
        total = sum(int(piece) * count for piece, count in self.pieces.items()) + self.other
        if total > MOST:
            raise Refusal(_("The amount is too large."), "count")
        return total


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A till (nothing: the one this PC uses), and the float counted in it."""

    count: Count
    till_id: UUID | None = None


@action("shift.open", Right.USE_TILL)
def open_shift(session: Session, by: By, command: OpenShift) -> Done:
    """Begin a shift at a till with a counted float; the PC uses that till from now on."""
    total = command.count.total(settings.shop(session).currency)
    till_id = command.till_id or tills.of_station(session, by.station)
    till = session.get(Till, till_id, with_for_update=True) if till_id else None
    if till is None or not till.active:
        raise Refusal(_("Choose the till of this computer."), "till")
    last = session.scalar(select(Shift).where(Shift.till_id == till.id).order_by(*Shift.newest_first()).limit(1))
    if last is not None and last.closed_at is None:
        raise Refusal(_("A shift is open at this till already."), "till")
    if session.get(TillStation, by.station) is None:
        session.add(TillStation(station=by.station, till_id=till.id))
    document = take(session, by, (SHIFT.key,))[SHIFT.key]
    shift = Shift(
        id=new_key(),
        till_id=till.id,
        station=by.station,
        opened_at=by.at,
        opened_by=by.staff_id,
        staff_id=by.staff_id,
        series=document.series,
        number=document.number,
    )
    session.add(shift)
    content = {"till": till.name, "float": total, "left_before": last.counted if last else None}
    journal.record(session, by, shift, "opened", content)
    session.flush()
    _counted(session, by, shift, OPEN, command.count, total, last.counted or 0 if last else total)
    if total:
        _moved(session, by, shift, CashMove(kind=FLOAT, amount=total))
    return _done(shift)


@dataclass(frozen=True, slots=True)
class MoveCash:
    """Cash put into the drawer (positive) or taken out of it (negative), why, and the paper that says so.

    ``shift_id`` left out means the shift that is open at this PC.
    """

    amount: int
    reason: str
    document: str = ""
    shift_id: UUID | None = None
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("cash.move", Right.USE_TILL)
def move(session: Session, by: By, command: MoveCash) -> Done:
    """Put cash into the drawer or take some out without a sale, once whoever has to has agreed."""
    shift = _open(session, command.shift_id) if command.shift_id else tills.for_money(session, by, cash=True, out=True)
    if shift is None:
        raise Refusal(_("Cash needs an open till. Open it in Cash (Ctrl+6)."), "till")
    tills.require_time(session, by, shift)
    by = tills.in_time(by, shift)
    if not command.amount or abs(command.amount) > MOST:
        raise Refusal(_("Write the amount."), "amount")
    reason = tidy(command.reason)
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    text = _("Put {amount} into {till}. Reason: {reason}")
    if command.amount < 0:
        text = _("Take {amount} out of {till}. Reason: {reason}")
    amount = format_money(abs(command.amount), settings.shop(session).currency)
    what = text.format(amount=amount, till=session.get_one(Till, shift.till_id).name, reason=reason)
    approved_by = approvals.demand(session, by, Act.CASH_MOVE, command, what)
    if tills.cash_in(session, shift.id) + command.amount < 0:
        raise Refusal(_("There is not so much cash in the till."), "amount")
    kind = IN if command.amount > 0 else OUT
    moved = CashMove(
        kind=kind, amount=command.amount, reason=reason, document=tidy(command.document)[:60], approved_by=approved_by
    )
    _moved(session, by, shift, moved)
    content: dict[str, object] = {"amount": command.amount, "reason": reason, "number": moved.shown}
    content["row"] = journal.row_told(moved)
    if approved_by is not None:
        content["approved_by"] = approvals.name_of(session, approved_by)
    journal.record(session, by, shift, f"cash_{kind}", content)
    return _done(shift, moved.id, moved.shown)


@dataclass(frozen=True, slots=True)
class CountTill:
    """A shift, and what is in its drawer."""

    shift_id: UUID
    count: Count


@action("shift.count", Right.USE_TILL)
def count_till(session: Session, by: By, command: CountTill) -> Done:
    """Write down what was counted before the close; from then on it stands, and the expected sum may be seen."""
    return _written_down(session, by, _mine(session, by, command.shift_id), reckoning.CLOSE, command.count)


@dataclass(frozen=True, slots=True)
class CloseShift:
    """A shift, the count it is closed by, and why it differs from what is expected, if it does."""

    shift_id: UUID
    count_id: UUID
    reason: str = ""


@action("shift.close", Right.USE_TILL)
def close(session: Session, by: By, command: CloseShift) -> Done:
    """Close a shift by its count: the difference is booked, the Z report written, the journal sealed. Once.

    Whatever the clock of this PC says it can be closed, and never before it was opened.
    """
    shift = _mine(session, by, command.shift_id)
    by = tills.in_time(by, shift)
    counted = _standing(session, shift, reckoning.CLOSE, command.count_id)
    expected = counted.expected
    reason = _difference(session, by, shift, counted.total - expected, command.reason)
    seal = seals.set_seal(session, by)
    z = replace(
        reckoning.report(session, shift),
        closed_at=by.at,
        closed_by=by.name,
        expected=expected,
        counted=counted.total,
        reason=reason,
        seal=seals.row_of(seal),
    )
    shift.expected, shift.counted, shift.reason = expected, counted.total, reason
    shift.closed_at, shift.closed_by, shift.z = by.at, by.staff_id, wire.dumps(z)
    difference = counted.total - expected
    content = {"expected": expected, "counted": counted.total, "difference": difference, "reason": reason}
    journal.record(session, by, shift, "closed", {**content, "seal": seal.number})
    return _done(shift)


@action("shift.count_over", Right.USE_TILL)
def count_over(session: Session, by: By, command: CountTill) -> Done:
    """Write down what somebody counts who is to take a drawer over; it stands, also if they then leave it."""
    return _written_down(session, by, _of_a_colleague(session, by, command.shift_id), TAKE_OVER, command.count)


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A shift of a colleague, the count it is taken over by, and why it differs from what is expected, if it does."""

    shift_id: UUID
    count_id: UUID
    reason: str = ""


@action("shift.take_over", Right.USE_TILL)
def take_over(session: Session, by: By, command: TakeOver) -> Done:
    """Take a drawer over from a colleague: counted by who takes it; what differs is booked on who had it."""
    shift = _of_a_colleague(session, by, command.shift_id)
    by = tills.in_time(by, shift)
    counted = _standing(session, shift, TAKE_OVER, command.count_id)
    if counted.staff_id != by.staff_id:
        raise Refusal(_("Count the cash in the till first."), "count")
    difference = counted.total - counted.expected
    reason = _difference(session, by, shift, difference, command.reason)
    before, shift.staff_id = shift.staff_id, by.staff_id
    people = [approvals.name_of(session, before), approvals.name_of(session, by.staff_id)]
    content = {"staff": people, "counted": counted.total, "difference": difference, "reason": reason}
    journal.record(session, by, shift, "taken_over", content)
    return _done(shift)


@dataclass(frozen=True, slots=True)
class ApproveDifference:
    """A closed shift whose difference somebody has looked into."""

    shift_id: UUID


@action("shift.approve", Right.MANAGE_TILLS)
def approve_difference(session: Session, by: By, command: ApproveDifference) -> Done:
    """Accept the difference of a closed shift; nobody accepts that of a shift they closed, unless they own the shop."""
    shift = session.get(Shift, command.shift_id, with_for_update=True, populate_existing=True)
    if shift is None or shift.closed_at is None:
        raise Refusal(_("This shift is not closed yet."), "shift")
    if shift.counted == shift.expected or shift.approved_by is not None:
        raise Refusal(_("There is no difference to approve."), "shift")
    if by.staff_id in {shift.closed_by, shift.staff_id} and not may(by.role, Right.MANAGE_STAFF):
        raise Forbidden(_("Nobody approves themselves. Ask the owner."), "shift")
    shift.approved_by = by.staff_id
    content = {"difference": (shift.counted or 0) - (shift.expected or 0), "reason": shift.reason}
    journal.record(session, by, shift, "difference_approved", content)
    return _done(shift)


def _done(shift: Shift, made: UUID | None = None, slip: str | None = None) -> Done:
    return Done("shift", shift.id, None, shift.version, made, slip, shift.shown)


def _open(session: Session, shift_id: UUID) -> Shift:
    shift = session.get(Shift, shift_id, with_for_update=True, populate_existing=True)
    if shift is None:
        raise Refusal(_("There is no such shift."), "shift")
    if shift.closed_at is not None:
        raise Refusal(_("This shift is closed: it changes no more."), "shift")
    return shift


def _mine(session: Session, by: By, shift_id: UUID) -> Shift:
    shift = _open(session, shift_id)
    if shift.staff_id != by.staff_id and not may(by.role, Right.MANAGE_TILLS):
        name = approvals.name_of(session, shift.staff_id)
        raise Forbidden(_("This till is with {name}: take it over first, or ask a manager.").format(name=name), "shift")
    return shift


def _of_a_colleague(session: Session, by: By, shift_id: UUID) -> Shift:
    shift = _open(session, shift_id)
    if shift.staff_id == by.staff_id:
        raise Refusal(_("This till is with you already."), "shift")
    return shift


def _written_down(session: Session, by: By, shift: Shift, occasion: str, count: Count) -> Done:
    total, by = count.total(settings.shop(session).currency), tills.in_time(by, shift)
    counted = _counted(session, by, shift, occasion, count, total, tills.cash_in(session, shift.id))
    journal.record(session, by, shift, "counted", {"total": total})
    return _done(shift, counted.id)


def _standing(session: Session, shift: Shift, occasion: str, count_id: UUID) -> ShiftCount:
    """Give the last count made for something, if it is the one named and no cash has moved since."""
    last = select(ShiftCount).where(ShiftCount.shift_id == shift.id, ShiftCount.occasion == occasion)
    counted = session.scalar(last.order_by(ShiftCount.id.desc()).limit(1))
    if counted is None or counted.id != count_id:
        raise Refusal(_("Count the cash in the till first."), "count")
    if tills.cash_in(session, shift.id) != counted.expected:
        raise Refusal(_("Cash has moved since the count. Count again."), "count")
    return counted


def _difference(session: Session, by: By, shift: Shift, difference: int, typed: str) -> str:
    reason = tidy(typed)
    if not difference:
        return ""
    if not reason:
        raise Refusal(_("The count differs from what is expected. Write why."), "reason")
    _moved(session, by, shift, CashMove(kind=DIFFERENCE, amount=difference, reason=reason))
    return reason


def _counted(
    session: Session, by: By, shift: Shift, occasion: str, count: Count, total: int, expected: int
) -> ShiftCount:
    pieces = {piece: number for piece, number in count.pieces.items() if number}
    if count.other:
        pieces[_OTHER] = count.other
    counted = ShiftCount(
        id=new_key(),
        shift_id=shift.id,
        occasion=occasion,
        pieces=pieces,
        total=total,
        expected=expected,
        at=by.at,
        staff_id=by.staff_id,
    )
    session.add(counted)
    session.flush()
    return counted


def _moved(session: Session, by: By, shift: Shift, moved: CashMove) -> None:
    document = take(session, by, (CASH_SLIP.key,))[CASH_SLIP.key]
    moved.id, moved.shift_id, moved.series, moved.number = new_key(), shift.id, document.series, document.number
    moved.at, moved.staff_id, moved.station = by.at, by.staff_id, by.station
    session.add(moved)
    session.flush()
