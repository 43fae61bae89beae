"""Colleagues added, changed, dismissed and given PINs, all of it with the own PIN once more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import ROLE_LABELS, Right, Role, gives_pin
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, journal, timers
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.services.staff import NewStaff, checked, new_staff
from ticketdesk.storage.tables import Staff
from ticketdesk.texts import _


@action("staff.add", Right.MANAGE_STAFF)
def add(session: Session, by: By, command: NewStaff) -> Done:
    """Add a colleague."""
    name, _login = checked(session, command)  # nobody is asked for what cannot be done
    what = _("Add the colleague {name}: {role}.").format(name=name, role=_(ROLE_LABELS[command.role]).lower())
    staff = new_staff(session, by, command, agreed=approvals.agreed(session, by, Act.STAFF, command, what))
    return Done("staff", staff.id, version=staff.version)


FIELDS = {
    "name": Editable(tidy),
    "role": Editable(lambda value: Role(value).value),
    "active": Editable(bool),
}


@action("staff.edit", Right.MANAGE_STAFF)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change a colleague's name or role, or dismiss them; the shop always keeps an owner."""
    staff = session.get(Staff, command.id, with_for_update=True)
    if staff is None:
        raise Refusal(_("There is no such colleague."))
    before = staff.name
    changes = merge(session, staff, command, FIELDS)
    owners = select(func.count()).select_from(Staff).where(Staff.role == Role.OWNER.value, Staff.active)
    session.flush()
    if not session.scalar(owners):
        raise Refusal(_("The shop needs at least one owner."), "role")
    if changes:
        approvals.demand(session, by, Act.STAFF, command, _told(changes, before))
        journal.record(session, by, staff, "edited", changes)
    if not staff.active:
        timers.rest(session, by, staff.id)
    return Done("staff", staff.id, version=staff.version)


def _told(changes: Mapping[str, list[Any]], name: str) -> str:
    """Say what is about to change of a colleague, a line each."""
    words = []
    if "name" in changes:
        words.append(_("Write {new} in place of {name}.").format(new=changes["name"][1], name=name))
    if "role" in changes:
        words.append(_("Make {name} {role}.").format(name=name, role=_(ROLE_LABELS[Role(changes["role"][1])]).lower()))
    if "active" in changes:
        text = _("{name} works here again.") if changes["active"][1] else _("{name} no longer works here.")
        words.append(text.format(name=name))
    return "\n".join(words)


@dataclass(frozen=True, slots=True)
class SetPin:
    """A colleague and the hash of their new PIN."""

    staff_id: UUID
    pin_hash: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("staff.pin", Right.SIGN_IN)
def set_pin(session: Session, by: By, command: SetPin) -> Done:
    """Give oneself a new PIN; an owner gives one to anybody, a manager to clerks and technicians."""
    staff = session.get_one(Staff, command.staff_id, with_for_update=True)
    agreed: dict[str, str] = {}
    if staff.id != by.staff_id:
        if not gives_pin(by.role, Role(staff.role)):
            raise Forbidden(_("Only an owner may give {name} a PIN.").format(name=staff.name))
        agreed = approvals.agreed(
            session, by, Act.NEW_PIN, command, _("Give {name} a new PIN.").format(name=staff.name)
        )
    staff.pin_hash, staff.wrong_pins, staff.blocked_until = command.pin_hash, 0, None
    journal.record(session, by, staff, "pin_changed", agreed)
    return Done("staff", staff.id, version=staff.version)
