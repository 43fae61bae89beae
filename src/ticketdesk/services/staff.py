"""Who works here, and signing in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.pins import FREE_TRIES, check_pin, hash_pin, pause_after, pin_length, pin_matches
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold, tidy
from ticketdesk.services import journal, vault
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Entry, Staff
from ticketdesk.texts import _, ngettext

T = TypeVar("T")
_WRONG, _PROVED = "wrong_pin", ("signed_in", "approved")
_REMEMBERED = timedelta(hours=1)
_TRIES_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague as the screens know them."""

    id: UUID
    version: int
    login: str
    name: str
    role: Role
    active: bool
    pin_length: int


def everyone(session: Session) -> list[StaffRow]:
    """List who works here, by name."""
    return [_row(staff) for staff in session.scalars(select(Staff).where(Staff.active).order_by(Staff.name))]


def one(session: Session, staff_id: UUID) -> StaffRow:
    """Give one colleague, of now or of before.

    Raises:
        sqlalchemy.exc.NoResultFound: if there is none of this key.
    """
    return _row(session.get_one(Staff, staff_id))


def by_login(session: Session, login: str) -> StaffRow:
    """Find a colleague by login.

    Raises:
        Refusal: if nobody here has it.
    """
    staff = session.scalar(select(Staff).where(Staff.login == login, Staff.active))
    if staff is None:
        raise Refusal(_("Nobody here has the login “{login}”.").format(login=login), "as")
    return _row(staff)


def sign_in(database: Database, staff_id: UUID, pin: str, station: str, at: datetime) -> StaffRow:
    """Let somebody in by PIN.

    Raises:
        Refusal: with how many tries are left, or how long to wait.
        Unavailable: if the database does not answer.
    """

    def let_in(session: Session, by: By, staff: Staff) -> StaffRow:
        journal.record(session, by, staff, "signed_in", {"station": station})
        return _row(staff)

    return prove(database, staff_id, pin, station, at, let_in)


def prove(
    database: Database,
    staff_id: UUID,
    pin: str,
    station: str,
    at: datetime,
    then: Callable[[Session, By, Staff], T],
) -> T:
    """Do what a right PIN opens, which writes its own journal line. Each try is counted before the PIN is looked at.

    Raises:
        Refusal: with how many tries are left, or how long to wait.
        Unavailable: if the database does not answer.
    """
    by = By(staff_id, station, at, new_key())
    with database.begin() as session:
        pepper, hashed, wrong = vault.held(session).pepper, "", 0
        staff = session.get(Staff, staff_id, with_for_update=True)
        known = staff is not None and staff.active
        if staff is not None and known:
            until = max(staff.blocked_until or at, _blocked_here(session, station, at))
            if at < until:
                raise Refusal(_wait(int((until - at).total_seconds()) + 1), "pin")
            hashed = staff.pin_hash
            staff.wrong_pins += 1
            wrong = staff.wrong_pins
            staff.blocked_until = at + pause_after(wrong) if wrong >= FREE_TRIES else None
    matches = pin_matches(pin, pepper, hashed)
    if not known:  # said no sooner than of a wrong PIN
        raise Refusal(_("You no longer work here."))
    opened: T | None = None
    with database.begin() as session:
        staff = session.get_one(Staff, staff_id, with_for_update=True)
        if matches:
            staff.wrong_pins, staff.blocked_until = 0, None
            opened = then(session, by, staff)
        else:
            journal.record(session, by, staff, _WRONG, {"station": station})
        session.add_all(session.info.pop("entries"))
    if opened is not None:
        return opened
    left = FREE_TRIES - wrong
    if left > 0:
        sentence = ngettext("Wrong PIN. {count} try left.", "Wrong PIN. {count} tries left.", left)
        raise Refusal(sentence.format(count=left), "pin")
    raise Refusal(_wait(int(pause_after(wrong).total_seconds())), "pin")


def _blocked_here(session: Session, station: str, at: datetime) -> datetime:
    """Say until when a station waits for the wrong PINs typed there in a row, whoever they were for."""
    query = (
        select(Entry.action, Entry.at)
        .where(Entry.at > at - _REMEMBERED, Entry.station == station, Entry.action.in_((*_PROVED, _WRONG)))
        .order_by(Entry.id.desc())
        .limit(_TRIES_LOOKED_AT)
    )
    wrong = list(takewhile(lambda one: one[0] == _WRONG, session.execute(query)))
    return wrong[0][1] + pause_after(len(wrong)) if len(wrong) >= FREE_TRIES else at


@dataclass(frozen=True, slots=True)
class Guesses:
    """That PINs were guessed: whose, where, how many wrong ones."""

    name: str
    station: str
    count: int


def signed_in_before(session: Session, staff_id: UUID) -> int:
    """Give the journal entry of when somebody signed in the time before last; 0 if they never did."""
    entered = select(Entry.id).where(Entry.subject_id == staff_id, Entry.action == "signed_in")
    return session.scalars(entered.order_by(Entry.id.desc()).offset(1).limit(1)).first() or 0


def guesses(session: Session, owner_id: UUID) -> list[Guesses]:
    """Tell an owner who just signed in of the PINs guessed since the time before; a slip of the finger is none."""
    query = (
        select(Staff.name, Entry.station, func.count())
        .join(Staff, Staff.id == Entry.subject_id)
        .where(Entry.id > signed_in_before(session, owner_id), Entry.action == _WRONG)
        .group_by(Staff.name, Entry.station)
        .having(func.count() >= FREE_TRIES)
        .order_by(func.count().desc())
    )
    return [Guesses(*row) for row in session.execute(query)]


def _wait(seconds: int) -> str:
    if seconds < 100:
        return ngettext("Wait {count} second.", "Wait {count} seconds.", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("Wait {count} minute.", "Wait {count} minutes.", minutes).format(count=minutes)


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who starts to work here."""

    name: str
    login: str
    role: Role
    pin_hash: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


def hashed(session: Session, pin: str, role: Role) -> str:
    """Check and hash a new PIN with the shop's pepper, before it goes into a command.

    Raises:
        Refusal: if the PIN is too short or too easy.
    """
    check_pin(pin, role)
    return hash_pin(pin, vault.held(session).pepper)


def new_staff(
    session: Session, by: By, new: NewStaff, staff_id: UUID | None = None, agreed: Mapping[str, str] | None = None
) -> Staff:
    """Add a colleague inside another action; ``agreed`` is what the journal tells of who approved it.

    Raises:
        Refusal: as ``checked``.
    """
    name, login = checked(session, new)
    staff = Staff(id=staff_id or new_key(), login=login, name=name, role=new.role.value, pin_hash=new.pin_hash)
    staff.active, staff.wrong_pins = True, 0
    session.add(staff)
    journal.record(session, by, staff, "added", {"name": name, "role": new.role.value, **(agreed or {})})
    session.flush()
    return staff


def checked(session: Session, new: NewStaff) -> tuple[str, str]:
    """Give the name and the login of a colleague to be as they are kept.

    Raises:
        Refusal: if the name is empty or the login taken.
    """
    name, login = tidy(new.name), fold(new.login).replace(" ", ".")
    if not name:
        raise Refusal(_("Write the name."), "name")
    if not login:
        raise Refusal(_("Write a login."), "login")
    if session.scalar(select(func.count()).select_from(Staff).where(Staff.login == login)):
        raise Refusal(_("Somebody already has this login. Choose another one."), "login")
    return name, login


def _row(staff: Staff) -> StaffRow:
    role = Role(staff.role)
    length = pin_length(staff.pin_hash, role)
    return StaffRow(staff.id, staff.version, staff.login, staff.name, role, staff.active, length)
