"""Who acts, where, when, and under which request."""

from dataclasses import dataclass
from datetime import datetime

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role


@dataclass(frozen=True, slots=True)
class By:
    """The signature under every change: its author, its clock and what makes it repeatable.

    ``request`` is made and stored on the PC before the first try; a second try with the same request
    answers what the first one did. ``name`` and ``role`` are filled in at the door, from the shop's own
    record: what a caller puts there counts for nothing.
    """

    staff_id: UUID
    station: str
    at: datetime  # aware, UTC
    request: UUID
    name: str = ""
    role: Role = Role.ACCOUNTANT
