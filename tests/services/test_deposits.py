"""Deposits of orders that came to nothing: given back, kept as credit, or kept for the diagnosis, and taxed right."""

import pytest
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.orders import CANCELLED, HANDED_OVER, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.domain.shop import CREDIT, FEE, REFUND
from ticketdesk.services import accounts, deposits, orders, pages, payments, verify
from ticketdesk.services.deposits import SettleDeposit
from ticketdesk.services.doors import Done
from ticketdesk.services.ledger import Tender
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
