"""A second person's PIN, or one's own once more, for one act: asked, given, and used once.

An action that needs it calls ``demand``. Without an approval that raises ``NeedsApproval``, which carries the words
that the approver is to see; ``approve`` turns a PIN into an approval of exactly that; the command is then sent again
with it. The approval is bound to the act, its command, who does it and those words, for two minutes.
"""

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ticketdesk.domain import clock
from ticketdesk.domain.approvals import VALID, Act, Need, need, suits
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import journal, staff, wire
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Approval, Staff
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that waits for a PIN: whose it takes, who does the act, the words to agree to, and the seal on all that."""

    act: Act
    need: Need
    staff_id: UUID
    what: str
    digest: bytes


class NeedsApproval(Refusal):
    """The act is allowed once somebody has agreed to it with a PIN."""

    def __init__(self, asked: Asked) -> None:
        sentences = {
            Need.OWN: _("Confirm with your PIN: {what}"),
            Need.MANAGER: _("A manager has to approve: {what}"),
            Need.OWNER: _("An owner has to approve: {what}"),
        }
        super().__init__(sentences[asked.need].format(what=asked.what), "approval")
        self.asked = asked


def demand(session: Session, by: By, act: Act, command: Any, what: str) -> UUID | None:
    """Say who approved an act, using the approval up; nobody if its doer needs none.

    ``command`` is a frozen dataclass with a field ``approval``; ``what`` says amount, order and customer.

    Raises:
        Forbidden: if the role may not do it at all.
        NeedsApproval: if nobody has approved it yet.
        Refusal: if the approval was for something else, is used, too old, or its giver may no longer give it.
    """
    wanted = need(act, by.role)
    if wanted is Need.NOBODY:
        return None
    if wanted is Need.NEVER:
        raise Forbidden(_("Your role does not allow this. Ask a manager."))
    digest = _digest(act, command, by.staff_id, what)
    if command.approval is None:
        raise NeedsApproval(Asked(act, wanted, by.staff_id, what, digest))
    approval = session.get(Approval, command.approval, with_for_update=True, populate_existing=True)
    if approval is None or approval.digest != digest:
        raise Refusal(_("This approval was given for something else. Ask for it again."), "approval")
    if approval.used is not None:
        raise Refusal(_("This approval was already used. Ask for it again."), "approval")
    if not -VALID < clock.now() - approval.at < VALID:
        raise Refusal(_("This approval is too old. Ask for it again."), "approval")
    giver = session.get_one(Staff, approval.approver_id)
    if not giver.active or not suits(wanted, Role(giver.role), oneself=giver.id == by.staff_id):
        raise Refusal(_("{name} may not approve this. Ask somebody else.").format(name=giver.name), "approval")
    approval.used = by.request
    return giver.id


def approvers(session: Session, asked: Asked) -> list[StaffRow]:
    """List who may give an approval, by name."""
    return [row for row in staff.everyone(session) if suits(asked.need, row.role, oneself=row.id == asked.staff_id)]


def approve(database: Database, asked: Asked, approver_id: UUID, pin: str, station: str, at: datetime) -> UUID:
    """Give an approval with a PIN; wrong ones count as at signing in. Gives its key, for the command.

    Raises:
        Refusal: if the PIN is wrong or has to wait, or this person may not approve it.
        Unavailable: if the database does not answer.
    """

    def given(session: Session, by: By, giver: Staff) -> UUID:
        if not suits(asked.need, Role(giver.role), oneself=giver.id == asked.staff_id):
            raise Refusal(_("{name} may not approve this. Ask somebody else.").format(name=giver.name), "approval")
        approval = Approval(
            id=new_key(),
            approver_id=giver.id,
            staff_id=asked.staff_id,
            station=station,
            at=at,
            what=asked.what,
            digest=asked.digest,
        )
        session.add(approval)
        for_whom = session.get_one(Staff, asked.staff_id).name
        content = {"act": asked.act.value, "what": asked.what, "for": for_whom}
        journal.record(session, by, giver, "approved", content)
        return approval.id

    return staff.prove(database, approver_id, pin, station, at, given)


def agreed(session: Session, by: By, act: Act, command: Any, what: str) -> dict[str, str]:
    """Give what the journal tells of who approved an act; nothing if its doer needs nobody. Raises as ``demand``."""
    approved_by = demand(session, by, act, command, what)
    return {} if approved_by is None else {"approved_by": name_of(session, approved_by)}


def name_of(session: Session, staff_id: UUID) -> str:
    """Give the name of whoever approved, for the journal."""
    return session.get_one(Staff, staff_id).name


def _digest(act: Act, command: Any, staff_id: UUID, what: str) -> bytes:
    bare = wire.digest(type(command).__name__, dataclasses.replace(command, approval=None))
    return hashlib.sha256(f"{act}\n{staff_id}\n{what}\n".encode() + bare).digest()
