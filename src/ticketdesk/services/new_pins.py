"""New PINs: everybody gives themselves one; to colleagues, who may gives it with their own PIN once more."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right, Role, gives_pin
from ticketdesk.services import approvals, journal
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.storage.tables import Staff
from ticketdesk.texts import _


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
