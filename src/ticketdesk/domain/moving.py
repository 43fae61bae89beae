"""Who may move an order where: the right that a status takes, and what somebody has to agree to besides."""

from ticketdesk.domain.approvals import Act, Need, need
from ticketdesk.domain.orders import CANCELLED, OPEN_PHASES, STATUS
from ticketdesk.domain.rights import Role, may


def act_of(was: str, to: str) -> Act | None:
    """Give what a move from one status to another has to be approved as; nothing for most."""
    if to == CANCELLED:
        return Act.CANCEL
    reopened = STATUS[was].phase not in OPEN_PHASES and STATUS[to].phase in OPEN_PHASES
    return Act.REOPEN if reopened else None


def whose_pin(role: Role | None, was: str, to: str) -> Need:
    """Say whose PIN a move takes of somebody of a role; never if they may not make it at all."""
    if role is None or not may(role, STATUS[to].right):
        return Need.NEVER
    act = act_of(was, to)
    return Need.NOBODY if act is None else need(act, role)


def may_move(role: Role | None, was: str, to: str) -> bool:
    """Say whether a role may make a move, with or without a PIN."""
    return whose_pin(role, was, to) is not Need.NEVER
