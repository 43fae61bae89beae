"""Orders free of charge: our own warranty vouches for itself; whatever it does not cover takes somebody's PIN."""

from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import Act
from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.services import approvals, journal
from ticketdesk.services.devices import covers
from ticketdesk.storage.tables import Order


def agree(session: Session, by: By, order: Order, device_id: UUID, command: object, what: str) -> UUID | None:
    """Let an order be free of charge; give who agreed to it, nobody where our warranty covers it or nobody is asked.

    Raises:
        NeedsApproval, Forbidden, Refusal: as ``approvals.demand``.
    """
    linked = order.warranty_of
    if linked is not None and covers(session, linked, device_id, order.received_at):
        return None
    return approvals.demand(session, by, Act.FREE_REPAIR, command, what)


def record(session: Session, by: By, order: Order, approved_by: UUID | None) -> None:
    """Write down who agreed, if it took somebody."""
    if approved_by is not None:
        journal.record(session, by, order, "made_free", {"approved_by": approvals.name_of(session, approved_by)})
