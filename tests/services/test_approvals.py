"""Dangerous acts need the right person's PIN, for exactly this act, for two minutes, once (P23)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain import clock
from ticketdesk.domain.approvals import NEEDS, Act, Need, need, suits
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import approvals, colleagues, pages, payments, shifts
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Forbidden, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import Refund, TakePayment
from ticketdesk.services.shifts import Count, MoveCash, OpenShift
from ticketdesk.storage.tables import Entry, Payment

CLERK, MANAGER, OWNER = Role.CLERK, Role.MANAGER, Role.OWNER


def paid(shop: TestShop, amount: int = 60_000) -> UUID:
    """Take an amount by card; give the payment."""
    order = a_ready_order(shop, price=amount)
    done = shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", amount),)), CLERK)
    assert done.made is not None
    return done.made


def asked(shop: TestShop, command: Refund, role: Role = CLERK) -> NeedsApproval:
    with pytest.raises(NeedsApproval) as needed:
        shop.do(payments.refund, command, role)
    return needed.value


def refunded(shop: TestShop) -> int:
    with shop.database.read() as session:
        return -sum(row.amount for row in session.scalars(select(Payment)) if row.amount < 0)


def test_the_approver_sees_what_it_is_about_and_the_journal_names_both(shop: TestShop) -> None:
    payment = paid(shop)
    command = Refund(payment, 5_000, "Ecran zgâriat")
    needed = asked(shop, command)
    for part in ("50.00", "order 1", "Ștefan Ungureanu", f"receipt {shop.shown(1)}", "Ecran zgâriat"):
        assert part in needed.asked.what
    assert needed.asked.need is Need.MANAGER
    done = shop.approved(payments.refund, command, CLERK, MANAGER)
    with shop.database.read() as session:
        row = session.get_one(Payment, done.made)
        assert (row.staff_id, row.approved_by) == (shop.people[CLERK], shop.people[MANAGER])
        entry = session.scalars(select(Entry).where(Entry.action == "refund")).one()
        assert json.loads(entry.content or "")["approved_by"] == "Raluca Mureșan"
        given = session.scalars(select(Entry).where(Entry.action == "approved")).one()
        assert json.loads(given.content or "")["for"] == "Alina Dumitrescu"


def test_an_approval_is_used_once(shop: TestShop) -> None:
    command = Refund(paid(shop), 5_000, "x")
    approval = shop.approval(asked(shop, command), MANAGER)
    shop.do(payments.refund, replace(command, approval=approval), CLERK)
    with pytest.raises(Refusal, match="already used"):
        shop.do(payments.refund, replace(command, approval=approval), CLERK)
    assert refunded(shop) == 5_000


def test_a_repeat_of_the_same_request_gets_its_first_answer(shop: TestShop) -> None:
    command = Refund(paid(shop), 5_000, "x")
    approval = shop.approval(asked(shop, command), MANAGER)
    by, approved = shop.by(CLERK), replace(command, approval=approval)
    assert len({perform(shop.database, by, payments.refund, approved) for _again in range(3)}) == 1
    assert refunded(shop) == 5_000


def test_an_approval_is_for_this_amount_this_payment_this_reason_and_this_person(shop: TestShop) -> None:
    first, second = paid(shop), paid(shop)
    command = Refund(first, 5_000, "x")
    approval = shop.approval(asked(shop, command), MANAGER)
    for other, role in (
        (replace(command, amount=5_001), CLERK),
        (replace(command, payment_id=second), CLERK),
        (replace(command, reason="y"), CLERK),
        (replace(command, method="cash"), MANAGER),
        (command, MANAGER),
    ):
        with pytest.raises(Refusal, match="something else"):
            shop.do(payments.refund, replace(other, approval=approval), role)
    with pytest.raises(Refusal, match="something else"):
        shop.do(payments.refund, replace(command, approval=new_key()), CLERK)
    assert refunded(shop) == 0


@pytest.mark.parametrize("later", [timedelta(minutes=2, seconds=1), timedelta(days=-1)])
def test_an_approval_lasts_two_minutes_and_no_clock_makes_it_last_longer(
    shop: TestShop, monkeypatch: pytest.MonkeyPatch, later: timedelta
) -> None:
    command = Refund(paid(shop), 5_000, "x")
    approval = shop.approval(asked(shop, command), MANAGER)
    moved = datetime.now(UTC) + later
    monkeypatch.setattr(clock, "now", lambda: moved)
    with pytest.raises(Refusal, match="too old"):
        shop.do(payments.refund, replace(command, approval=approval), CLERK)
    assert refunded(shop) == 0


def test_nobody_approves_themselves_except_an_owner_with_the_own_pin(shop: TestShop) -> None:
    command = Refund(paid(shop), 5_000, "x")
    needed = asked(shop, command, CLERK)
    with pytest.raises(Refusal, match="may not approve"):
        shop.approval(needed, CLERK)
    large = replace(command, amount=30_000)
    with pytest.raises(Refusal, match="may not approve"):
        shop.approval(asked(shop, large, MANAGER), MANAGER)
    shop.approved(payments.refund, large, OWNER, OWNER)
    with shop.database.read() as session:
        row = session.scalars(select(Payment).where(Payment.amount < 0)).one()
    assert row.staff_id == row.approved_by == shop.people[OWNER]


def test_a_wrong_pin_counts_and_gives_nothing(shop: TestShop) -> None:
    needed = asked(shop, Refund(paid(shop), 5_000, "x"))
    for left in (4, 3):
        with pytest.raises(Refusal, match=f"{left} tries left"):
            approvals.approve(shop.database, needed.asked, shop.people[MANAGER], "111111", "T1", datetime.now(UTC))
    shop.approval(needed, MANAGER)


def test_an_approver_dismissed_meanwhile_or_of_another_role_does_not_count(shop: TestShop) -> None:
    command = Refund(paid(shop), 5_000, "x")
    approval = shop.approval(asked(shop, command), MANAGER)
    shop.approved(colleagues.edit, Edit(shop.people[MANAGER], {"active": True}, {"active": False}))
    with pytest.raises(Refusal, match="may not approve"):
        shop.do(payments.refund, replace(command, approval=approval), CLERK)
    assert refunded(shop) == 0


def test_two_approvals_at_once_give_the_money_back_once(shop: TestShop) -> None:
    payment = paid(shop, 8_000)
    command = Refund(payment, 8_000, "x")
    both = [shop.approval(asked(shop, command), giver) for giver in (MANAGER, OWNER)]
    outcomes: list[bool] = []

    def press(approval: UUID) -> None:
        try:
            perform(shop.database, shop.by(CLERK), payments.refund, replace(command, approval=approval))
        except Refusal:
            outcomes.append(False)
        else:
            outcomes.append(True)

    threads = [Thread(target=press, args=(approval,)) for approval in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert refunded(shop) == 8_000


def test_limits_of_the_roles_are_those_of_the_matrix(shop: TestShop) -> None:
    small, large = Refund(paid(shop), 20_000, "x"), Refund(paid(shop), 20_001, "x")
    assert asked(shop, small, CLERK).asked.need is Need.MANAGER
    assert asked(shop, small, MANAGER).asked.need is Need.OWN
    assert asked(shop, large, CLERK).asked.need is Need.OWNER
    assert asked(shop, large, MANAGER).asked.need is Need.OWNER
    assert asked(shop, large, OWNER).asked.need is Need.OWN
    with pytest.raises(Forbidden):
        shop.do(payments.refund, replace(small, method="transfer"), CLERK)
    with pytest.raises(Forbidden):
        shop.do(payments.refund, small, Role.TECHNICIAN)
    shop.set(refund_limit=100)
    assert asked(shop, small, CLERK).asked.need is Need.OWNER


def test_taking_cash_out_needs_a_manager_and_the_owner_nobody(shop: TestShop) -> None:
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), CLERK)
    with pytest.raises(NeedsApproval, match=r"Take 50\.00.*out of Casa 1.*Bancă"):
        shop.do(shifts.move, MoveCash(-5_000, "Bancă"), CLERK)
    shop.approved(shifts.move, MoveCash(-5_000, "Bancă"), CLERK, MANAGER)
    shop.do(shifts.move, MoveCash(-5_000, "Bancă"), OWNER)


def test_the_matrix_is_whole_and_no_role_but_the_owner_frees_itself() -> None:
    assert set(NEEDS) == set(Act)
    for act in Act:
        # what a technician finds out may be that it is our fault: they propose it, a manager agrees
        assert need(act, Role.TECHNICIAN) is (
            Need.MANAGER if act in (Act.FREE_REPAIR, Act.LESS_THAN_AGREED) else Need.NEVER
        )
        assert need(act, Role.ACCOUNTANT) is Need.NEVER
        for role in Role:
            wanted = need(act, role)
            assert suits(wanted, role, oneself=True) is (wanted is Need.OWN)
            assert not suits(wanted, Role.CLERK, oneself=False)


def test_a_refused_approval_leaves_the_order_as_it_was(shop: TestShop) -> None:
    order = an_order(shop, deposit=5_000)
    with shop.database.read() as session:
        before = pages.order_page(session, order.id)
    asked(shop, Refund(before.payments[0].id, 5_000, "x"))
    with shop.database.read() as session:
        assert pages.order_page(session, order.id) == before
