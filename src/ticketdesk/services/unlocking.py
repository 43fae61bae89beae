"""Unlock codes of devices: sealed at intake, shown one at a time with a right and a reason, wiped at hand-over."""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain import sealing
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy
from ticketdesk.services import journal, settings, staff, vault
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.storage.tables import Entry, EpochKey, Order, Staff
from ticketdesk.texts import _

KINDS = ("pin", "password", "pattern")
SHOWN = timedelta(minutes=1)
"""How long after it was written down that somebody looks at a code it may be opened for them."""
MANY, WITHIN = 50, timedelta(hours=1)
"""So many codes seen by one person within that time are more than a bench needs: the owner hears of it."""
_KEPT_DAYS = 60
_REVEALED = "code_revealed"


def sealed(session: Session, by: By, order_id: UUID, kind: str, code: str) -> tuple[bytes | None, str | None]:
    """Seal a code for its order with this month's key; give the sealed bytes and the month.

    Raises:
        Refusal: if the kind is unknown, or this station does not hold the shop's key.
    """
    if not code:
        return None, None
    if kind not in KINDS:
        raise Refusal(_("Choose what the code is: PIN, password or pattern."), "unlock_kind")
    epoch = f"{by.at:%Y-%m}"
    if session.get(EpochKey, epoch) is None:
        _destroy_old_keys(session, by)
    key = vault.epoch_key(session, settings.shop_id(session), epoch)
    return sealing.seal(key, order_id, code), epoch


def _destroy_old_keys(session: Session, by: By) -> None:
    """Destroy the keys of months whose last device has left, so that no backup opens their codes any more."""
    since = f"{by.at - timedelta(days=_KEPT_DAYS + 31):%Y-%m}"
    used = select(Order.unlock_epoch).where(Order.unlock_epoch.is_not(None))
    old = list(session.scalars(select(EpochKey).where(EpochKey.epoch < since, EpochKey.epoch.not_in(used))))
    for key in old:
        session.delete(key)
    if old:
        row = settings.shop_row(session)
        journal.record(session, by, row, "code_keys_destroyed", {"months": [key.epoch for key in old]})


def wipe(order: Order) -> None:
    """Forget the code: the device goes home."""
    order.unlock_code, order.unlock_epoch = None, None


@dataclass(frozen=True, slots=True)
class Reveal:
    """Whose device is to be unlocked, and why."""

    order_id: UUID
    reason: str


@action("order.reveal_code", Right.REVEAL_CODE)
def reveal(session: Session, by: By, command: Reveal) -> Done:
    """Write down that somebody is about to see a code, and why; ``shown`` then gives it to them."""
    reason = tidy(command.reason)
    if not reason:
        raise Refusal(_("Write why you need the unlock code."), "reason")
    order = session.get_one(Order, command.order_id, with_for_update=True)
    if order.unlock_code is None:
        raise Refusal(_("There is no unlock code on this order any more."))
    own = order.assignee_id == by.staff_id and order.open
    if not own and not may(by.role, Right.REVEAL_ANY_CODE):
        raise Forbidden(_("You may see the unlock codes of your own orders only."))
    journal.record(session, by, order, _REVEALED, {"reason": reason})
    return Done("order", order.id, order.number, order.version)


@dataclass(frozen=True, slots=True)
class Looks:
    """That somebody looked at many codes: who, and how many at most within an hour."""

    name: str
    count: int


def many_looks(session: Session, owner_id: UUID) -> list[Looks]:
    """Tell an owner who just signed in who has looked at many codes within an hour since the time before."""
    query = (
        select(Staff.name, Entry.at)
        .join(Staff, Staff.id == Entry.staff_id)
        .where(Entry.id > staff.signed_in_before(session, owner_id), Entry.action == _REVEALED)
        .order_by(Entry.at)
    )
    recent: dict[str, deque[datetime]] = defaultdict(deque)
    most: dict[str, int] = {}
    for name, at in session.execute(query):
        looks = recent[name]
        looks.append(at)
        while at - looks[0] > WITHIN:
            looks.popleft()
        most[name] = max(most.get(name, 0), len(looks))
    return [Looks(name, count) for name, count in sorted(most.items()) if count >= MANY]


def shown(session: Session, order_id: UUID, staff_id: UUID, at: datetime) -> str:
    """Open the code of an order for whoever has just been allowed to ``reveal`` it: for the eyes, never for a file.

    Raises:
        Forbidden: if it is not in the journal that they look at it now.
        Refusal: if there is no code any more, or its key was destroyed.
    """
    query = (
        select(Entry.staff_id, Entry.at)
        .where(Entry.subject_id == order_id, Entry.action == _REVEALED)
        .order_by(Entry.position.desc())
        .limit(1)
    )
    who, when = session.execute(query).one_or_none() or (None, at)
    if who != staff_id or abs(at - when) > SHOWN:
        raise Forbidden(_("Your role does not allow this. Ask a manager."))
    order = session.get_one(Order, order_id)
    if order.unlock_code is None or order.unlock_epoch is None:
        raise Refusal(_("There is no unlock code on this order any more."))
    if session.scalar(select(EpochKey.epoch).where(EpochKey.epoch == order.unlock_epoch)) is None:
        raise Refusal(_("The key of this unlock code was destroyed."))
    key = vault.epoch_key(session, settings.shop_id(session), order.unlock_epoch)
    return sealing.unseal(key, order.id, order.unlock_code)
