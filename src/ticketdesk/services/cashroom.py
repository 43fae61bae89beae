"""What the room of the cash shows, asked for at once; and the one line of it in the status bar."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import bounds
from ticketdesk.domain.keys import UUID
from ticketdesk.services import accounts, deposits, reckoning, seals, tills
from ticketdesk.services.accounts import DebtRow
from ticketdesk.services.deposits import DepositRow
from ticketdesk.services.reckoning import ShiftReport, ShiftRow
from ticketdesk.services.seals import SealRow
from ticketdesk.services.tills import TillRow
from ticketdesk.storage.tables import Shift, ShiftCount


@dataclass(frozen=True, slots=True)
class CashRoom:
    """The tills, the one that is looked at with its shift, and what waits to be paid or given back.

    ``shift`` is without its cash for whoever is to count it blind.
    """

    tills: tuple[TillRow, ...]
    till: TillRow | None
    here: bool
    """Whether it is the till of this PC."""
    shift: ShiftReport | None
    left: int | None
    """What the last shift of the till was closed with, in minor units."""
    shifts: tuple[ShiftRow, ...]
    debts: tuple[DebtRow, ...]
    deposits: tuple[DepositRow, ...]
    seal: SealRow | None


def room(session: Session, station: str, till_id: UUID | None, *, sees_cash: bool) -> CashRoom:
    """Give the room as seen from a PC: of a till, or of the one this PC uses."""
    rows = tuple(row for row in tills.every(session) if row.active)
    mine = tills.of_station(session, station)
    till = next((row for row in rows if row.id == (till_id or mine)), None)
    shift = _report(session, till.shift_id, sees_cash=sees_cash) if till and till.shift_id else None
    shifts = tuple(reckoning.latest(session, till.id if till else None))
    return CashRoom(
        tills=rows,
        till=till,
        here=till is not None and till.id == mine,
        shift=shift,
        left=next((row.counted for row in shifts if row.counted is not None), None),
        shifts=tuple(row for row in shifts if row.closed_at is not None),
        debts=tuple(accounts.debts(session)),
        deposits=tuple(deposits.to_settle(session)),
        seal=seals.latest(session),
    )


def _report(session: Session, shift_id: UUID, *, sees_cash: bool) -> ShiftReport:
    report = reckoning.of_shift(session, shift_id)
    return report if sees_cash else reckoning.blind(report)


@dataclass(frozen=True, slots=True)
class TillDay:
    """The till of a PC on one of the shop's days: its newest shift that was open then, if one was.

    Of a PC without a till it is the newest shift of any. ``shift`` is without its cash for whoever is to count it blind.
    """

    mine: TillRow | None
    """The till of this PC as it is now."""
    shift: ShiftReport | None


def till_day(session: Session, day: date, zone: str, station: str, *, sees_cash: bool) -> TillDay:
    """Give the till of a PC on a day of the shop's clock."""
    till_id = tills.of_station(session, station)
    first, end = bounds(day, day, zone)
    then = select(Shift.id).where(Shift.opened_at < end, Shift.closed_at.is_(None) | (Shift.closed_at >= first))
    if till_id is not None:
        then = then.where(Shift.till_id == till_id)
    shift_id = session.scalar(then.order_by(*Shift.newest_first()).limit(1))
    return TillDay(
        mine=next((row for row in tills.every(session) if row.id == till_id), None),
        shift=_report(session, shift_id, sees_cash=sees_cash) if shift_id else None,
    )


@dataclass(frozen=True, slots=True)
class TillLine:
    """The till of a PC, whether it is open, and its cash for who may see it (minor units)."""

    till: str
    open: bool
    cash: int | None


def till_line(session: Session, station: str, *, sees_cash: bool) -> TillLine | None:
    """Give the till of a PC for its status bar; nothing if it uses none."""
    till_id = tills.of_station(session, station)
    till = next((row for row in tills.every(session) if row.id == till_id), None)
    if till is None:
        return None
    cash = tills.cash_in(session, till.shift_id) if till.shift_id and sees_cash else None
    return TillLine(till.name, till.shift_id is not None, cash)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to beside what was expected, in minor units."""

    total: int
    expected: int


def counted(session: Session, count_id: UUID) -> Counted:
    """Give what a count that was written down came to: nobody can change it any more."""
    query = select(ShiftCount.total, ShiftCount.expected).where(ShiftCount.id == count_id)
    return Counted(*session.execute(query).one())
