"""Deposits of orders that came to nothing: given back, kept as credit, or kept for the diagnosis, and taxed right."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shop import TestShop, a_new_order, a_ready_order, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.orders import CANCELLED, HANDED_OVER, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.domain.shop import CREDIT, FEE, KEEP, REFUND
from ticketdesk.services import accounts, claiming, deposits, intake, lines, notes, orders, pages, payments, verify
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.deposits import DepositRow, SettleDeposit
from ticketdesk.services.doors import Done, Forbidden
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.notes import AddComment
from ticketdesk.services.orders import Move
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.tables import Payment

CLERK = Role.CLERK


def cancelled(shop: TestShop, **but: object) -> Done:
    """Take a device in with a deposit in cash and another one by card, and cancel the order."""
    order = an_order(shop, deposit=5_000, **but)
    shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", 3_000),)), CLERK)
    return shop.do(orders.move, Move(order.id, CANCELLED, reason="Clientul a renunțat"), Role.MANAGER)


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [fault.row for fault in verify.verify(session)]


def test_it_goes_back_the_way_it_came_the_last_part_first(shop: TestShop) -> None:
    order = cancelled(shop)
    with shop.database.read() as session:
        assert [(row.number, row.surplus) for row in deposits.to_settle(session)] == [(order.number, 8_000)]
    shop.approved(deposits.settle, SettleDeposit(order.id, REFUND, "Anulată"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        shown = pages.order_page(session, order.id)
        assert [(row.method, row.amount) for row in shown.payments[2:]] == [("card", -3_000), ("cash", -5_000)]
        assert deposits.to_settle(session) == []
    with pytest.raises(Refusal, match="no deposit"):
        shop.do(deposits.settle, SettleDeposit(order.id, REFUND, "Încă o dată"), CLERK)
    assert faults(shop) == []


def test_it_becomes_the_customers_credit(shop: TestShop) -> None:
    order = cancelled(shop)
    shop.approved(deposits.settle, SettleDeposit(order.id, CREDIT, "Vine altă dată"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        shown = pages.order_page(session, order.id)
        assert shown.customer is not None
        assert accounts.account(session, shown.customer.id).credit == 8_000
        assert shown.row.balance == 0
    assert faults(shop) == []


def test_it_is_kept_for_the_diagnosis_as_a_line_with_its_vat(shop: TestShop) -> None:
    order = cancelled(shop, urgency=Urgency.URGENT)
    done = shop.do(deposits.settle, SettleDeposit(order.id, FEE, "Constatare făcută"), CLERK)
    with shop.database.read() as session:
        shown = pages.order_page(session, done.id)
        assert [(line.facts.name, line.total) for line in shown.lines] == [("Taxă de constatare", 8_000)]
        assert (shown.row.total, shown.row.balance) == (8_000, 0)
        assert sum(part for row in session.scalars(select(Payment.rates)) for part in row.values()) == 8_000
    assert faults(shop) == []


def test_what_was_paid_too_much_for_work_that_was_done_waits_to_be_given_back(shop: TestShop) -> None:
    order = a_ready_order(shop, price=15_000, deposit=20_000)
    shop.do(orders.move, Move(order.id, HANDED_OVER), CLERK)
    with shop.database.read() as session:
        assert [(row.surplus, row.worked) for row in deposits.to_settle(session)] == [(5_000, True)]
    with pytest.raises(Refusal, match="work was done"):
        shop.do(deposits.settle, SettleDeposit(order.id, FEE, "x"), CLERK)
    shop.approved(deposits.settle, SettleDeposit(order.id, REFUND, "Mai ieftin"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        assert pages.order_page(session, order.id).row.balance == 0
        assert deposits.to_settle(session) == []
    assert faults(shop) == []


def test_an_order_that_goes_on_keeps_its_deposit(shop: TestShop) -> None:
    order = an_order(shop, deposit=5_000)
    with pytest.raises(Refusal, match="no deposit"):
        shop.do(deposits.settle, SettleDeposit(order.id, REFUND, "x"), CLERK)


def test_nothing_is_taken_ahead_for_an_order_that_is_closed(shop: TestShop) -> None:
    order = an_order(shop)
    shop.do(orders.move, Move(order.id, CANCELLED, reason="Clientul a renunțat"), Role.MANAGER)
    with pytest.raises(Refusal, match="Nothing is owed"):
        shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", 3_000),)), CLERK)
    with shop.database.read() as session:
        assert pages.order_page(session, order.id).paid == 0


LONG_AGO = datetime.now(UTC) - timedelta(days=91)


def to_settle(shop: TestShop) -> list[DepositRow]:
    with shop.database.read() as session:
        return deposits.to_settle(session)


def forgotten(shop: TestShop, **but: object) -> Done:
    """Take a device in with a deposit of 50,00 and cancel the order, both long ago."""
    order = shop.do(intake.register, a_new_order(deposit=5_000, **but), CLERK, LONG_AGO)
    return shop.do(orders.move, Move(order.id, CANCELLED, reason="Nu mai răspunde"), Role.MANAGER, LONG_AGO)


def test_a_deposit_is_abandoned_once_nothing_moved_for_as_long_as_the_shop_says(shop: TestShop) -> None:
    order = forgotten(shop)
    assert [(row.number, row.surplus, row.abandoned) for row in to_settle(shop)] == [(order.number, 5_000, True)]
    shop.set(abandoned_days=92)
    assert [row.abandoned for row in to_settle(shop)] == [False]
    shop.set(abandoned_days=0)
    assert [row.abandoned for row in to_settle(shop)] == [False]
    with pytest.raises(Refusal, match="keeps no abandoned deposits"):
        shop.do(deposits.settle, SettleDeposit(order.id, KEEP, "Nu mai vine"))
    shop.set(abandoned_days=90)
    shop.do(notes.comment, AddComment(order.id, "I-am scris azi"), CLERK)  # a notice begins the days anew
    assert [row.abandoned for row in to_settle(shop)] == [False]
    with pytest.raises(Refusal, match="for 90 days"):
        shop.do(deposits.settle, SettleDeposit(order.id, KEEP, "Nu mai vine"))


def test_it_is_kept_only_by_a_person_who_may_with_a_reason_and_taxed(shop: TestShop) -> None:
    order = forgotten(shop)
    with pytest.raises(Refusal, match="reason"):
        shop.do(deposits.settle, SettleDeposit(order.id, KEEP, " "))
    with pytest.raises(Forbidden):
        shop.do(deposits.settle, SettleDeposit(order.id, KEEP, "Nu mai vine"), Role.TECHNICIAN)
    with pytest.raises(NeedsApproval) as needed:
        shop.do(deposits.settle, SettleDeposit(order.id, KEEP, "Nu mai vine"), CLERK)
    assert "Keep the abandoned deposit of 50.00" in needed.value.asked.what
    shop.approved(deposits.settle, SettleDeposit(order.id, KEEP, "Nu mai vine"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        shown = pages.order_page(session, order.id)
        kept = next(entry for entry in shown.history if entry.action == "deposit_kept")
    assert (shown.row.total, shown.row.balance, shown.lines[0].facts.vat) == (5_000, 0, 2_100)
    said = json.loads(kept.content)
    assert (said["amount"], said["reason"], bool(said["approved_by"])) == (5_000, "Nu mai vine", True)
    assert to_settle(shop) == []
    assert faults(shop) == []


def test_an_abandoned_deposit_may_as_well_go_back(shop: TestShop) -> None:
    order = forgotten(shop)
    shop.approved(deposits.settle, SettleDeposit(order.id, REFUND, "A venit"), CLERK, Role.MANAGER)
    assert to_settle(shop) == []
    assert faults(shop) == []


def test_the_deposit_of_a_device_nobody_came_for_is_kept_for_its_work_or_given_back(shop: TestShop) -> None:
    made = []
    for _each in range(2):
        order = shop.do(intake.register, a_new_order(deposit=5_000), CLERK, LONG_AGO)
        shop.do(claiming.claim, claiming.Claim(order.id, start=True), Role.TECHNICIAN, LONG_AGO)
        shop.do(lines.add, AddLine(order.id, LineFacts("Ecran", price=30_000)), Role.TECHNICIAN, LONG_AGO)
        made.append(shop.do(orders.move, Move(order.id, "ready"), Role.TECHNICIAN, LONG_AGO))
    a_ready_order(shop, deposit=1_000)  # this one is only ready since today
    assert [(row.surplus, row.abandoned, row.waiting) for row in to_settle(shop)] == [(5_000, True, True)] * 2
    with pytest.raises(Refusal, match="work was done"):
        shop.do(deposits.settle, SettleDeposit(made[0].id, FEE, "x"))
    shop.approved(deposits.settle, SettleDeposit(made[0].id, KEEP, "Anunțat de trei ori"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        kept = pages.order_page(session, made[0].id)
    assert (kept.row.total, kept.row.balance, kept.row.status) == (30_000, 25_000, "ready")
    shop.approved(deposits.settle, SettleDeposit(made[1].id, REFUND, "Renunțăm"), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        assert pages.order_page(session, made[1].id).row.balance == 30_000
    assert to_settle(shop) == []
    assert faults(shop) == []
