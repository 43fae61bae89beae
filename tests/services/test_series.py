"""The gap report is always empty, and says what is missing when somebody tampered (P8)."""

import pytest
from sqlalchemy import text

from shop import TestShop, a_ready_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.services import payments, sales, series, verify
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.sales import NewSale


def report(shop: TestShop) -> dict[str, tuple[int, tuple[int, ...]]]:
    with shop.database.read() as session:
        return {row.kind: (row.last, row.missing) for row in series.every(session)}


def test_what_is_refused_leaves_no_gap(shop: TestShop) -> None:
    order = a_ready_order(shop, price=10_000).id
    for amount in (4_000, 99_000, 6_000):
        command = TakePayment(order, (Tender("card", amount),))
        if amount > 10_000:
            with pytest.raises(Refusal):
                shop.do(payments.take_payment, command, Role.CLERK)
        else:
            shop.do(payments.take_payment, command, Role.CLERK)
    shop.do(sales.sell, NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 5_000),)), Role.CLERK)
    with pytest.raises(Refusal):
        shop.do(sales.sell, NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 4_000),)), Role.CLERK)
    assert report(shop) == {"receipt": (3, ()), "sale": (1, ()), "shift": (0, ()), "cash": (0, ())}


def test_a_number_that_was_taken_out_is_named(shop: TestShop) -> None:
    for _time in range(3):
        shop.do(sales.sell, NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 5_000),)), Role.CLERK)
    with shop.database.begin() as session:
        session.execute(text("UPDATE sale SET number = 9 WHERE number = 2"))
    assert report(shop)["sale"] == (9, (2, 4, 5, 6, 7, 8))
    with shop.database.snapshot() as session:
        rows = [fault.row for fault in verify.verify(session)]
    assert f"sale {shop.shown(2)} of 9 is missing" in rows
