"""The one kind of door through which the shop's data changes.

An action is ``f(session, by, command) -> Done`` behind ``@action(name, right)``: whoever calls it is
looked up, a repeated request gets its first answer, the right is checked, and the journal entries go in
with the request, its digest and the answer. ``perform`` runs one in a transaction of its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Generic, TypeVar, get_type_hints

from sqlalchemy import bindparam, select, true
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.cards import card_numbers
from ticketdesk.domain.codes import gtin_valid
from ticketdesk.domain.devices import imei_valid
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.services import journal, wire
from ticketdesk.services.merging import Edit
from ticketdesk.storage.database import Collision, Database
from ticketdesk.storage.tables import Entry, ShopRow, Staff
from ticketdesk.storage.types import Key
from ticketdesk.texts import _

C = TypeVar("C")
_WHO = (
    select(Staff, Entry, ShopRow)
    .select_from(Staff)
    .join(ShopRow, true())
    .join(Entry, Entry.request == bindparam("request", type_=Key()), isouter=True)
    .where(Staff.id == bindparam("staff", type_=Key()))
)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Done:
    """The answer of every action: what was made or changed, its number if people call it by one.

    Documents about money have their number in ``document`` instead, as it is shown, with its series.
    """

    subject: str
    id: UUID
    number: int | None = None
    version: int = 0
    made: UUID | None = None
    """The line, payment, comment, task or attachment that the action added."""
    receipt: str | None = None
    """The number of the payment receipt or cash slip, if money changed hands, as it is shown."""
    document: str | None = None


def answer_read(text: str) -> Done:
    """Read the answer of an action as the journal keeps it; before documents had series it gave bare numbers."""
    answer = json.loads(text)
    if answer["subject"] in {"sale", "shift", "fiscal"} and answer.get("number") is not None:
        answer |= {"number": None, "document": str(answer["number"])}
    if isinstance(answer.get("receipt"), int):
        answer["receipt"] = str(answer["receipt"])
    return wire.build(Done, answer)


class Forbidden(Refusal):
    """Somebody tried what their role does not allow."""


@dataclass(frozen=True)
class Action(Generic[C]):
    """Something that can be done to the shop's data, by name, with the right it takes."""

    name: str
    right: Right
    command: type[C]
    body: Callable[[Session, By, C], Done]

    def __call__(self, session: Session, by: By, command: C) -> Done:
        """Do it, once per request, inside the transaction that the caller opened.

        Raises:
            Refusal: if the rules say no; Forbidden if the role does.
        """
        digest = wire.digest(self.name, command)
        by, before = _admitted(session, by)
        if before is not None:
            if before.digest != digest:
                raise Refusal(_("This request was already used for something else."))
            return answer_read(before.answer or "")
        if not may(by.role, self.right):
            raise Forbidden(_("Your role does not allow this. Ask a manager."))
        refuse_card_numbers(command)
        session.info["entries"], session.info["asked"] = [], (by.request, digest)
        done = self.body(session, by, command)
        entries = session.info.pop("entries")
        session.info.pop("asked", None)
        if entries:
            entries[0].answer = wire.dumps(done)
            session.add_all(entries)
        session.flush()
        return done


_NUMBERED: dict[str, Callable[[str], bool]] = {"serial": imei_valid, "code": gtin_valid, "ean": gtin_valid}
"""Fields for numbers of devices and articles, some of which check as cards do, and how such a number is known."""
NOT_TYPED = frozenset({"pin_hash", "base", "seen"})
"""Fields that nobody types: a hash, and what stood there when something was decided."""


def refuse_card_numbers(value: object, field: str | None = None, there: frozenset[str] = frozenset()) -> None:
    """Let nothing in that holds the number of a payment card, wherever it was typed.

    What an edit says of before was typed long ago: numbers that are ``there`` already do not keep their field from
    being mended, nor the others from being edited.

    Raises:
        Refusal: naming the field.
    """
    if field in NOT_TYPED:
        return
    if isinstance(value, str):
        numbered = field in _NUMBERED and _NUMBERED[field](value.strip())
        if card_numbers(value) - there and not numbered:
            sentence = _("This looks like a card number, which is never kept. Write the reference on the slip instead.")
            raise Refusal(sentence, field)
    elif isinstance(value, list | tuple):
        for item in value:
            refuse_card_numbers(item, field, there)
    elif isinstance(value, dict):
        for key, item in value.items():
            refuse_card_numbers(item, key, there)
    elif isinstance(value, Edit):
        for name, item in value.values.items():
            refuse_card_numbers(item, name, card_numbers(wire.dumps(value.base.get(name))))
    elif is_dataclass(value):
        for each in fields(value):
            refuse_card_numbers(getattr(value, each.name), each.name)


def action(name: str, right: Right) -> Callable[[Callable[[Session, By, C], Done]], Action[C]]:
    """Make a function the body of an action."""

    def made(body: Callable[[Session, By, C], Done]) -> Action[C]:
        return Action(name, right, get_type_hints(body)["command"], body)

    return made


def perform(database: Database, by: By, act: Action[C], command: C) -> Done:
    """Run an action in a transaction of its own; tries again when another PC got in the way.

    Raises:
        Refusal: if the rules say no; an attempt without the right is journalled.
        Unavailable: if the database does not answer: the outcome is unknown, so the same ``by.request``
            must be used for the next try.
    """
    for _try in range(_TRIES):
        try:
            with database.begin() as session:
                return act(session, by, command)
        except Collision:
            continue
        except Forbidden:
            _journal_attempt(database, by, act.name)
            raise
        except Refusal:
            # the first try of this very request may have gone through while this one waited for its lock
            if (done := _answered_meanwhile(database, by, act, command)) is not None:
                return done
            raise
    raise Refusal(_("Somebody else has just changed this. Look again."))


def demand_right(database: Database, by: By, right: Right, name: str) -> None:
    """Let nobody read or take out what their role may not; for what is no action.

    Raises:
        Forbidden: if the role may not; the attempt is journalled under this name.
        Refusal: if whoever asks no longer works here.
    """
    with database.read() as session:
        signed, _before = _admitted(session, by)
    if not may(signed.role, right):
        _journal_attempt(database, by, name)
        raise Forbidden(_("Your role does not allow this. Ask a manager."))


def _answered_meanwhile(database: Database, by: By, act: Action[C], command: C) -> Done | None:
    with database.read() as session:
        _by, before = _admitted(session, by)
    if before is None or before.digest != wire.digest(act.name, command):
        return None
    return answer_read(before.answer or "")


def _admitted(session: Session, by: By) -> tuple[By, Entry | None]:
    """Look up who acts, and what this request already did, in one round trip."""
    found = session.execute(_WHO, {"request": by.request, "staff": by.staff_id}).one_or_none()
    if found is None or not found[0].active:
        raise Refusal(_("You no longer work here: sign in again."))
    staff: Staff = found[0]
    session.info["staff"], session.info["shop"] = staff, found[2]  # what most actions ask for next, already here
    return replace(by, name=staff.name, role=Role(staff.role)), found[1]


def _journal_attempt(database: Database, by: By, name: str) -> None:
    with database.begin() as session:
        staff = session.get_one(Staff, by.staff_id)
        journal.record(session, replace(by, request=new_key()), staff, "refused", {"action": name})
        session.add_all(session.info.pop("entries"))
