"""Acts that take more than a right: the own PIN once more, or a second person. Data, not code."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from ticketdesk.domain.rights import Role

VALID = timedelta(minutes=2)
"""How long an approval may wait for the act it was given to."""


UNASKED = {"secret": True}
"""Marks the field of a command that holds its approval: asked with or without one, it is the same wish."""


class Act(StrEnum):
    """Something that is approved one by one."""

    REFUND = "refund"
    REFUND_LARGE = "refund_large"
    """Above the shop's limit for refunds."""
    REFUND_OTHERWISE = "refund_otherwise"
    """In another way than it was paid."""
    REVERSE = "reverse"
    CASH_MOVE = "cash_move"
    """Cash into or out of the drawer without a sale."""
    HAND_OVER_UNPAID = "hand_over_unpaid"
    CANCEL = "cancel"
    """An order stopped for good."""
    REOPEN = "reopen"
    """An order that was stopped, taken up again."""
    DELETE_FILE = "delete_file"
    """A photo or another file taken off an order."""
    MERGE = "merge"
    """One customer made of two, or two of one again."""
    IMPORT = "import"
    """A file taken in."""
    EXPORT_PHONES = "export_phones"
    """A list taken out of the shop with the phones of its customers."""
    STAFF = "staff"
    """A colleague added, changed or dismissed."""
    NEW_PIN = "new_pin"
    """A PIN given to somebody else."""
    DISCOUNT = "discount"
    """Above the limit of the role, up to that of the manager."""
    DISCOUNT_LARGE = "discount_large"
    LESS_THAN_AGREED = "less_than_agreed"
    """Work or parts taken off an order below what its customer agreed to on an estimate."""
    SETTLE_FISCAL = "settle_fiscal"
    """To say what became of a fiscal receipt that nobody heard of."""
    FREE_REPAIR = "free_repair"
    """An order made free of charge that no warranty of ours covers; one that does is a fact, and takes nobody."""


class Need(StrEnum):
    """Whose PIN an act takes."""

    NOBODY = "nobody"
    OWN = "own"
    MANAGER = "manager"
    """A manager or an owner."""
    OWNER = "owner"
    NEVER = "never"


NEEDS: Mapping[Act, Mapping[Role, Need]] = {
    Act.REFUND: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWN, Role.CLERK: Need.MANAGER},
    Act.REFUND_LARGE: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER, Role.CLERK: Need.OWNER},
    Act.REFUND_OTHERWISE: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER},
    Act.REVERSE: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER, Role.CLERK: Need.MANAGER},
    Act.CASH_MOVE: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.OWN, Role.CLERK: Need.MANAGER},
    Act.HAND_OVER_UNPAID: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER, Role.CLERK: Need.MANAGER},
    Act.CANCEL: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER},
    Act.REOPEN: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER},
    Act.DELETE_FILE: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER},
    Act.MERGE: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER},
    Act.IMPORT: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER},
    Act.EXPORT_PHONES: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWNER},
    Act.STAFF: {Role.OWNER: Need.OWN},
    Act.NEW_PIN: {Role.OWNER: Need.OWN, Role.MANAGER: Need.OWN},
    Act.DISCOUNT: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER},
    Act.DISCOUNT_LARGE: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.OWNER, Role.CLERK: Need.OWNER},
    Act.LESS_THAN_AGREED: {
        Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER, Role.TECHNICIAN: Need.MANAGER,
    },
    Act.SETTLE_FISCAL: {Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER},
    Act.FREE_REPAIR: {
        Role.OWNER: Need.NOBODY, Role.MANAGER: Need.NOBODY, Role.CLERK: Need.MANAGER, Role.TECHNICIAN: Need.MANAGER,
    },
}  # fmt: skip
"""Who needs whom for what; a role that is missing may not do it at all."""

_MAY_APPROVE = {
    Need.MANAGER: frozenset({Role.MANAGER, Role.OWNER}),
    Need.OWNER: frozenset({Role.OWNER}),
}


def need(act: Act, role: Role) -> Need:
    """Say whose PIN an act of somebody of this role takes."""
    return NEEDS[act].get(role, Need.NEVER)


def suits(wanted: Need, approver: Role, *, oneself: bool) -> bool:
    """Say whether somebody may approve: another person of the role needed, or oneself where that is enough."""
    if oneself:
        return wanted is Need.OWN
    return approver in _MAY_APPROVE.get(wanted, frozenset())
