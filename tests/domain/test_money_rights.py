"""Who may do what with money: the table the shop was promised, row by row, against the one the program works by."""

import pytest

from ticketdesk.domain.approvals import NEEDS, Act, Need, need
from ticketdesk.domain.rights import Right, Role, may

ROLES = (Role.OWNER, Role.MANAGER, Role.CLERK, Role.TECHNICIAN, Role.ACCOUNTANT)
RIGHTS = {
    Right.SEE_COST: "✓ ✓ – – ✓",
    Right.TAKE_PAYMENT: "✓ ✓ ✓ – –",
    Right.REFUND: "✓ ✓ ✓ – –",
    Right.DISCOUNT: "✓ ✓ ✓ – –",
    Right.SETTLE_FISCAL: "✓ ✓ ✓ – –",
    Right.USE_TILL: "✓ ✓ ✓ – –",
    Right.MANAGE_TILLS: "✓ ✓ – – –",
    Right.SEE_SHIFTS: "✓ ✓ ✓ – ✓",
    Right.SEE_TILL_CASH: "✓ – – – ✓",
    Right.SEE_DAY: "✓ ✓ – – ✓",
    Right.EDIT_CATALOGUE: "✓ ✓ – – –",
    Right.SETTINGS: "✓ – – – –",
    Right.DELETE_ATTACHMENT: "✓ ✓ – – –",
    Right.MERGE_CUSTOMERS: "✓ ✓ ✓ – –",
    Right.IMPORT: "✓ ✓ – – –",
}
"""In the order of ``ROLES``. Reading alone is a yes: the accountant has no right that changes anything."""
ACTS = {
    Act.REFUND: "● ● M – –",
    Act.REFUND_LARGE: "● O O – –",
    Act.REFUND_OTHERWISE: "● O – – –",
    Act.REVERSE: "● O M – –",
    Act.CASH_MOVE: "✓ ● M – –",
    Act.HAND_OVER_UNPAID: "● O M – –",
    Act.CANCEL: "✓ ✓ M – –",
    Act.REOPEN: "● O – – –",
    Act.DELETE_FILE: "● O – – –",
    Act.MERGE: "✓ ✓ M – –",
    Act.IMPORT: "● O – – –",
    Act.EXPORT_PHONES: "● O – – –",
    Act.STAFF: "● – – – –",
    Act.NEW_PIN: "● ● – – –",
    Act.DISCOUNT: "✓ ✓ M – –",
    Act.DISCOUNT_LARGE: "✓ O O – –",
    Act.LESS_THAN_AGREED: "✓ ✓ M M –",
    Act.SETTLE_FISCAL: "✓ ✓ M – –",
    Act.FREE_REPAIR: "✓ ✓ M M –",
}
"""● one's own PIN, M a manager's, O the owner's."""
SIGNS = {"✓": Need.NOBODY, "●": Need.OWN, "M": Need.MANAGER, "O": Need.OWNER, "–": Need.NEVER}


@pytest.mark.parametrize(("right", "row"), RIGHTS.items())
def test_a_right_is_theirs_who_were_promised_it(right: Right, row: str) -> None:
    assert " ".join("✓" if may(role, right) else "–" for role in ROLES) == row


@pytest.mark.parametrize(("act", "row"), ACTS.items())
def test_an_act_takes_the_pin_that_was_promised(act: Act, row: str) -> None:
    assert [need(act, role) for role in ROLES] == [SIGNS[sign] for sign in row.split()]


def test_every_act_that_takes_a_pin_has_its_row() -> None:
    assert set(ACTS) == set(NEEDS) == set(Act)
