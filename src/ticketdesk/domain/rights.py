"""Who may do what: roles, rights, and the matrix that joins them."""

from enum import StrEnum

from ticketdesk.texts import N_


class Role(StrEnum):
    """What a person is in the shop."""

    OWNER = "owner"
    MANAGER = "manager"
    CLERK = "clerk"
    TECHNICIAN = "technician"
    ACCOUNTANT = "accountant"


ROLE_LABELS = {
    Role.OWNER: N_("Owner"),
    Role.MANAGER: N_("Manager"),
    Role.CLERK: N_("Counter clerk"),
    Role.TECHNICIAN: N_("Technician"),
    Role.ACCOUNTANT: N_("Accountant"),
}


class Right(StrEnum):
    """One thing a role may be allowed to do."""

    TAKE_IN = "take_in"
    EDIT_ORDER = "edit_order"
    ADD_LINE = "add_line"
    DISCOUNT = "discount"
    SEE_COST = "see_cost"
    MOVE_WORK = "move_work"
    MOVE_COUNTER = "move_counter"
    CANCEL = "cancel"
    EDIT_CLOSED = "edit_closed"
    """What is written on an order that is handed over or stopped."""
    CLAIM = "claim"
    ASSIGN = "assign"
    NOTE = "note"
    ATTACH = "attach"
    DELETE_ATTACHMENT = "delete_attachment"
    REVEAL_CODE = "reveal_code"
    REVEAL_ANY_CODE = "reveal_any_code"
    TAKE_PAYMENT = "take_payment"
    REFUND = "refund"
    USE_TILL = "use_till"
    MANAGE_TILLS = "manage_tills"
    SEE_TILL_CASH = "see_till_cash"
    """What is in an open drawer, before it is counted."""
    SEE_SHIFTS = "see_shifts"
    """X and Z reports, the list of shifts, the numbers of papers."""
    SETTLE_FISCAL = "settle_fiscal"
    SEE_CUSTOMERS = "see_customers"
    EDIT_CUSTOMER = "edit_customer"
    MERGE_CUSTOMERS = "merge_customers"
    WRITE_TO_MANY = "write_to_many"
    EDIT_CATALOGUE = "edit_catalogue"
    PRINT = "print"
    SEE_DAY = "see_day"
    """The day of the whole shop; their own is everybody's."""
    EXPORT = "export"
    IMPORT = "import"
    MANAGE_STAFF = "manage_staff"
    SHARE_VIEWS = "share_views"
    SETTINGS = "settings"
    BACKUP = "backup"
    SIGN_IN = "sign_in"


_COUNTER = {
    Right.TAKE_IN, Right.EDIT_ORDER, Right.ADD_LINE, Right.MOVE_COUNTER, Right.NOTE, Right.ATTACH,
    Right.TAKE_PAYMENT, Right.REFUND, Right.USE_TILL, Right.SEE_CUSTOMERS, Right.EDIT_CUSTOMER,
    Right.PRINT, Right.SIGN_IN, Right.MOVE_WORK, Right.SEE_SHIFTS,
    Right.SETTLE_FISCAL, Right.CANCEL, Right.MERGE_CUSTOMERS,
}  # fmt: skip
_MANAGER = _COUNTER | {
    Right.DISCOUNT, Right.SEE_COST, Right.EDIT_CLOSED, Right.CLAIM, Right.ASSIGN, Right.DELETE_ATTACHMENT,
    Right.REVEAL_CODE, Right.REVEAL_ANY_CODE, Right.MANAGE_TILLS, Right.EDIT_CATALOGUE, Right.SEE_DAY, Right.EXPORT,
    Right.BACKUP, Right.SHARE_VIEWS, Right.WRITE_TO_MANY, Right.IMPORT,
}  # fmt: skip

MATRIX: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.MANAGER: frozenset(_MANAGER),
    Role.CLERK: frozenset(_COUNTER | {Right.DISCOUNT}),
    Role.TECHNICIAN: frozenset(
        {
            Right.TAKE_IN, Right.EDIT_ORDER, Right.ADD_LINE, Right.MOVE_WORK, Right.CLAIM, Right.NOTE,
            Right.ATTACH, Right.REVEAL_CODE, Right.PRINT, Right.SIGN_IN,
        }
    ),
    Role.ACCOUNTANT: frozenset(
        {
            Right.SEE_COST, Right.SEE_CUSTOMERS, Right.SEE_DAY, Right.SEE_SHIFTS,
            Right.SEE_TILL_CASH, Right.EXPORT, Right.SIGN_IN,
        }
    ),
}  # fmt: skip
"""Data, not code: deny by default; a right that is not in the row of a role is refused."""


GIVES_PINS: dict[Role, frozenset[Role]] = {
    Role.OWNER: frozenset(Role),
    Role.MANAGER: frozenset({Role.CLERK, Role.TECHNICIAN}),
}
"""To colleagues of which roles somebody gives a new PIN; everybody gives themselves one."""


def may(role: Role | None, right: Right) -> bool:
    """Say whether a role carries a right; nobody carries none."""
    return role is not None and right in MATRIX[role]


def gives_pin(role: Role | None, to: Role) -> bool:
    """Say whether a role gives colleagues of another one a new PIN."""
    return role is not None and to in GIVES_PINS.get(role, ())
