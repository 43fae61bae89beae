"""Verification finds what was planted, names the row, and is silent about a healthy shop."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.rights import Role
from ticketdesk.services import payments
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.verify import verify


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def a_busy_shop(shop: TestShop) -> None:
    an_order(shop, deposit=5_000)
    done = a_ready_order(shop)
    shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 53_000),), "handed_over"), Role.CLERK)


def without_guards(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        for table in ("payment", "entry"):
            session.execute(text(f"DROP TRIGGER {table}_no_update"))
            session.execute(text(f"DROP TRIGGER {table}_no_delete"))
    else:
        for table in ("payment", "entry"):
            session.execute(text(f"DROP TRIGGER {table}_only_added ON {table}"))


def run(statement: str) -> Callable[[Session], None]:
    def plant(session: Session) -> None:
        session.execute(text(statement))

    return plant


def test_a_healthy_shop_has_no_faults(shop: TestShop) -> None:
    a_busy_shop(shop)
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (run("UPDATE orders SET total = total + 1 WHERE number = 2"), "balances: order 2: total"),
        (run("UPDATE orders SET paid = 0 WHERE number = 1"), "balances: order 1: paid"),
        (run("UPDATE orders SET balance = 7 WHERE number = 2"), "balances: order 2: balance"),
        (run("UPDATE line SET total = 1"), "balances: order 2"),
        (run("UPDATE counter SET last = 0 WHERE series = 'order'"), "numbers: order 2 is above"),
        (run("UPDATE payment SET number = 9 WHERE number = 2"), "numbers: receipt"),
        (run("DELETE FROM payment WHERE number = 2"), "balances: order 2: paid"),
        (run("UPDATE entry SET content = '{}' WHERE action = 'registered'"), "journal: entry"),
        (run("DELETE FROM entry WHERE action = 'claimed'"), "journal: entry"),
    ],
)
def test_each_planted_fault_is_named(shop: TestShop, plant: Callable[[Session], None], named: str) -> None:
    a_busy_shop(shop)
    with shop.database.begin() as session:
        without_guards(session)
        plant(session)
    found = faults(shop)
    assert any(fault.startswith(named) for fault in found), found
    assert any("guard" in fault for fault in found)
