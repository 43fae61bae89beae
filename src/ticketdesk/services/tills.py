"""Cash drawers: which there are, which PC uses which, and the open shift that money at a PC belongs to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import CASH
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy
from ticketdesk.services import journal, settings
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.storage.tables import CashMove, Payment, Shift, Staff, Till, TillStation
from ticketdesk.texts import _

_CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clocks of two PCs may be apart without anybody being asked about it."""


@dataclass(frozen=True, slots=True)
class TillRow:
    """A drawer, the PCs that use it, and the shift that is open at it, if one is."""

    id: UUID
    version: int
    name: str
    active: bool
    stations: tuple[str, ...]
    shift_id: UUID | None
    shift_number: str | None
    opened_at: datetime | None
    staff: str


def every(session: Session) -> list[TillRow]:
    """List the drawers, by name."""
    used: dict[UUID, list[str]] = {}
    for row in session.scalars(select(TillStation).order_by(TillStation.station)):
        used.setdefault(row.till_id, []).append(row.station)
    query = (
        select(Till, Shift, Staff.name)
        .outerjoin(Shift, (Shift.till_id == Till.id) & Shift.closed_at.is_(None))
        .outerjoin(Staff, Staff.id == Shift.staff_id)
        .order_by(Till.name)
    )
    return [
        TillRow(
            till.id,
            till.version,
            till.name,
            till.active,
            tuple(used.get(till.id, ())),
            shift.id if shift else None,
            shift.shown if shift else None,
            shift.opened_at if shift else None,
            name or "",
        )
        for till, shift, name in session.execute(query)
    ]


def of_station(session: Session, station: str) -> UUID | None:
    """Say which drawer a PC uses: the one chosen, else the only one there is."""
    return session.scalar(select(_USED), {"station": station})


_CHOSEN = select(TillStation.till_id).where(TillStation.station == bindparam("station"))
_ONLY = select(Till.id).where(
    Till.active, select(func.count()).select_from(Till).where(Till.active).scalar_subquery() == 1
)
_USED = func.coalesce(_CHOSEN.scalar_subquery(), _ONLY.scalar_subquery())
_OPEN_HERE = select(Shift).where(Shift.till_id == _USED, Shift.closed_at.is_(None))
_SHARED = _OPEN_HERE.with_for_update(read=True)
_ALONE = _OPEN_HERE.with_for_update()


def for_money(session: Session, by: By, *, cash: bool, out: bool = False) -> Shift | None:
    """Give the shift that money at this PC belongs to, kept open until the transaction ends; lock it before all else.

    Cash needs one, the rest goes without, also if it was taken before the shift began and comes in late; nothing does
    in a shop that keeps no shifts. ``out`` is for cash that leaves the drawer, so that two cannot take the same last
    note.

    Raises:
        Refusal: if cash is moved and no shift is open here, or the clock of this PC says that it was not open yet.
    """
    if not settings.shop(session).shifts:
        return None
    shift: Shift | None = session.scalar(_ALONE if cash and out else _SHARED, {"station": by.station})
    if shift is None and cash:
        raise Refusal(_("Cash needs an open till. Open it in Cash (Ctrl+6)."), "till")
    if shift is not None and cash:
        require_time(session, by, shift)
    return None if shift is not None and _before(by, shift) else shift


def _before(by: By, shift: Shift) -> bool:
    return by.at < shift.opened_at - _CLOCKS_DIFFER


def require_time(session: Session, by: By, shift: Shift) -> None:
    """See that the clock of whoever acts does not say that a shift was not open yet.

    Raises:
        Refusal: naming both times; then this clock is wrong, or that of the PC which opened the till was.
    """
    if _before(by, shift):
        said, opened = (
            f"{shop_time(moment, settings.shop(session).zone):%d.%m.%Y %H:%M}" for moment in (by.at, shift.opened_at)
        )
        sentence = _(
            "The clock of this computer said {said}, but the till was opened at {opened}. Set the clock right; if it is "
            "right, close the till and open it again."
        )
        raise Refusal(sentence.format(said=said, opened=opened), "till")


def in_time(by: By, shift: Shift | None) -> By:
    """Give who acts in a shift at a moment that is not before its opening: time never runs backwards in it."""
    return by if shift is None or by.at >= shift.opened_at else replace(by, at=shift.opened_at)


def of_payment(session: Session, by: By, shift_id: UUID, *, cash: bool) -> Shift:
    """Give the shift a payment stands in, kept open until the transaction ends; lock it before all else.

    What was a mistake is undone in the shift where it was made, from whatever PC. Cash has to come out of the drawer it
    went into: at another till than that of this PC it takes who has that till, or who may use all of them.

    Raises:
        Refusal: if the shift is closed, or its drawer is somebody else's; as ``require_time``.
    """
    shift = session.get(Shift, shift_id, with_for_update={"read": not cash}, populate_existing=True)
    if shift is None or shift.closed_at is not None:
        raise Refusal(_("The shift of this payment is closed. Give a refund instead."), "payment")
    require_time(session, by, shift)
    mine = by.staff_id == shift.staff_id or may(by.role, Right.MANAGE_TILLS)
    if cash and not mine and shift.till_id != of_station(session, by.station):
        till, name = session.get_one(Till, shift.till_id).name, session.get_one(Staff, shift.staff_id).name
        sentence = _(
            "The cash of this receipt is in {till}, which is open with {name}: undo it there, or ask a manager."
        )
        raise Refusal(sentence.format(till=till, name=name), "payment")
    return shift


def cash_in(session: Session, shift_id: UUID) -> int:
    """Say how much cash has to be in the drawer of a shift now, in minor units."""
    moved = select(func.coalesce(func.sum(CashMove.amount), 0)).where(CashMove.shift_id == shift_id)
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(
        Payment.shift_id == shift_id, Payment.method == CASH
    )
    return int(session.scalar(select(moved.scalar_subquery() + paid.scalar_subquery())) or 0)


def require_cash(session: Session, shift: Shift | None, out: int) -> None:
    """Refuse to take more out of a drawer than lies in it (minor units); ask with its shift locked alone.

    Raises:
        Refusal: if there is less.
    """
    if shift is not None and out > 0 and cash_in(session, shift.id) < out:
        raise Refusal(_("There is not so much cash in the till."), "amount")


@dataclass(frozen=True, slots=True)
class NewTill:
    """A drawer to add."""

    name: str


@action("till.add", Right.MANAGE_TILLS)
def add(session: Session, by: By, command: NewTill) -> Done:
    """Add a drawer."""
    till = new_till(session, by, command.name)
    return Done("till", till.id, version=till.version)


def new_till(session: Session, by: By, name: str) -> Till:
    """Add a drawer inside another action.

    Raises:
        Refusal: if it has no name, or the name of another one.
    """
    till = Till(id=new_key(), name=_name(name), active=True, created_at=by.at)
    _free(session, till.name)
    session.add(till)
    journal.record(session, by, till, "added", {"name": till.name})
    session.flush()
    return till


def _name(typed: str) -> str:
    name = tidy(typed)[:40]
    if not name:
        raise Refusal(_("Write a name."), "name")
    return name


FIELDS = {"name": Editable(_name), "active": Editable(bool)}


@action("till.edit", Right.MANAGE_TILLS)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Rename a drawer or put it out of use."""
    till = _till(session, command.id)
    changes = merge(session, till, command, FIELDS)
    if "name" in changes:
        with session.no_autoflush:
            _free(session, till.name)
    if changes.get("active") and not till.active and _open(session, till.id):
        raise Refusal(_("A shift is open at this till. Close it first."), "active")
    if changes:
        journal.record(session, by, till, "edited", changes)
    return Done("till", till.id, version=till.version)


@dataclass(frozen=True, slots=True)
class UseTill:
    """A drawer, and the PC whose cash goes into it; nothing means the PC that asks."""

    till_id: UUID
    station: str = ""


@action("till.use", Right.USE_TILL)
def use(session: Session, by: By, command: UseTill) -> Done:
    """Say which drawer a PC uses."""
    till, station = _till(session, command.till_id), command.station or by.station
    chosen = session.get(TillStation, station, with_for_update=True)
    if chosen is None:
        session.add(TillStation(station=station, till_id=till.id))
    else:
        chosen.till_id = till.id
    journal.record(session, by, till, "used", {"station": station})
    return Done("till", till.id, version=till.version)


def _till(session: Session, till_id: UUID) -> Till:
    till = session.get(Till, till_id, with_for_update=True)
    if till is None:
        raise Refusal(_("There is no such till."), "till")
    return till


def _open(session: Session, till_id: UUID) -> bool:
    return session.scalar(select(Shift.id).where(Shift.till_id == till_id, Shift.closed_at.is_(None))) is not None


def _free(session: Session, name: str) -> None:
    if session.scalar(select(Till.id).where(Till.name == name)) is not None:
        raise Refusal(_("There is already a till with this name."), "name")
