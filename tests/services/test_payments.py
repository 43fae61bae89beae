"""Money is a ledger: taken once, given back with a reason, never more than is owed without saying so (P7)."""

from contextlib import suppress
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from shop import TestShop, a_ready_order, an_order, order_page
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, claiming, customers, discounts, lines, orders, payments, verify
from ticketdesk.services.accounts import PayIn
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, Forbidden, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.payments import Refund, Reverse, TakePayment
from ticketdesk.storage.tables import Customer, Order, Payment


def test_a_split_payment_settles_the_order_and_hands_it_over(shop: TestShop) -> None:
    done = a_ready_order(shop, price=43_600)
    tenders = (Tender("card", 23_600), Tender("cash", 20_000, tendered=25_000))
    shop.do(payments.take_payment, TakePayment(done.id, tenders, then="handed_over"), Role.CLERK)
    shown = order_page(shop, done.id)
    assert (shown.row.balance, shown.row.status) == (0, "handed_over")
    assert [(row.method, row.amount, row.tendered) for row in shown.payments] == [
        ("card", 23_600, 23_600),
        ("cash", 20_000, 25_000),
    ]


@pytest.mark.parametrize(
    ("tender", "sentence"),
    [
        (Tender("cash", 53_001), "Only 530.00 is still to pay"),
        (Tender("card", 10_000, tendered=20_000), "A card cannot take more"),
        (Tender("cash", 10_000, tendered=5_000), "Less was handed over"),
        (Tender("shells", 10_000), "Choose how it is paid"),
        (Tender("cash", 0), "Write the amount"),
        (Tender("cash", -100), "Write the amount"),
    ],
)
def test_impossible_payments_are_refused(sqlite_shop: TestShop, tender: Tender, sentence: str) -> None:
    done = a_ready_order(sqlite_shop)
    with pytest.raises(Refusal, match=sentence):
        sqlite_shop.do(payments.take_payment, TakePayment(done.id, (tender,)), Role.CLERK)
    assert order_page(sqlite_shop, done.id).paid == 0


def test_what_cash_is_rounded_by_is_no_way_to_pay_or_be_paid(shop: TestShop) -> None:
    """Else a device leaves paid in full, and nothing is in any drawer."""
    order, rounding = a_ready_order(shop), Tender("rounding", 53_000)
    refusal = "Choose how it is paid"
    with pytest.raises(Refusal, match=refusal):
        shop.do(payments.take_payment, TakePayment(order.id, (rounding,), "handed_over"), Role.CLERK)
    with shop.database.read() as session:
        customer = session.get_one(Order, order.id).customer_id
    assert customer is not None
    with pytest.raises(Refusal, match=refusal):
        shop.do(accounts.pay_in, accounts.PayIn(customer, (rounding,)), Role.CLERK)
    paid = shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", 53_000),)), Role.CLERK).made
    assert paid is not None
    with pytest.raises(Refusal, match=refusal):
        shop.do(payments.refund, Refund(paid, 1_000, "reclamație", "rounding"))
    assert order_page(shop, order.id).paid == 53_000


def test_a_payment_repeated_after_a_lost_answer_is_taken_once(shop: TestShop) -> None:
    done = a_ready_order(shop)
    by, command = shop.by(Role.CLERK), TakePayment(done.id, (Tender("cash", 10_000),))
    answers = {perform(shop.database, by, payments.take_payment, command) for _again in range(3)}
    assert len(answers) == 1
    assert order_page(shop, done.id).paid == 10_000


def test_pressing_twice_at_once_takes_the_money_once(shop: TestShop) -> None:
    done = a_ready_order(shop)
    by, command = shop.by(Role.CLERK), TakePayment(done.id, (Tender("cash", 53_000),))
    presses = [Thread(target=perform, args=(shop.database, by, payments.take_payment, command)) for _one in range(4)]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert (order_page(shop, done.id).paid, len(order_page(shop, done.id).payments)) == (53_000, 1)


@pytest.mark.parametrize("tender", [Tender("card", 10**30), Tender("cash", 100, 10**17), Tender("card", 10**17)])
def test_no_amount_is_larger_than_any_may_be(sqlite_shop: TestShop, tender: Tender) -> None:
    order = an_order(sqlite_shop)
    with pytest.raises(Refusal, match="too large"):
        sqlite_shop.do(payments.take_payment, TakePayment(order.id, (tender,)), Role.CLERK)
    with sqlite_shop.database.read() as session:
        customer = session.get_one(Order, order.id).customer_id
    assert customer is not None
    with pytest.raises(Refusal, match="too large"):
        sqlite_shop.do(accounts.pay_in, PayIn(customer, (tender,)), Role.CLERK)


def test_what_two_undo_at_once_goes_back_once(shop: TestShop) -> None:
    customer = shop.do(customers.add, NewCustomer("Ana Pop", "0722 000 500"), Role.CLERK).id
    shop.do(accounts.pay_in, PayIn(customer, (Tender("card", 50_000),)), Role.CLERK)  # other money of theirs
    for _round in range(6):
        paid = shop.do(accounts.pay_in, PayIn(customer, (Tender("card", 1_000),)), Role.CLERK).made
        assert paid is not None
        acts = []
        for command in (Reverse(paid, "Greșit"), Reverse(paid, "Greșit"), Refund(paid, 1_000, "Greșit")):
            by = shop.by(Role.CLERK)
            act: Action[Any] = payments.refund if isinstance(command, Refund) else payments.reverse
            with pytest.raises(NeedsApproval) as needed:
                perform(shop.database, by, act, command)
            acts.append((by, act, replace(command, approval=shop.approval(needed.value, Role.OWNER))))
        start = Barrier(len(acts))

        def press(by: By, act: Action[Any], command: Any, start: Barrier = start) -> None:
            start.wait()
            with suppress(Refusal):
                perform(shop.database, by, act, command)

        presses = [Thread(target=press, args=each) for each in acts]
        for each in presses:
            each.start()
        for each in presses:
            each.join()
    with shop.database.snapshot() as session:
        assert session.get_one(Customer, customer).credit == 50_000
        assert list(verify.verify(session)) == []


def test_money_goes_back_the_way_it_came_with_a_reason_and_never_more(shop: TestShop) -> None:
    done = a_ready_order(shop)
    paid = shop.do(payments.take_payment, TakePayment(done.id, (Tender("card", 30_000),)), Role.CLERK)
    assert paid.made is not None
    with pytest.raises(Forbidden):
        shop.do(payments.refund, Refund(paid.made, 1_000, "greșit"), Role.TECHNICIAN)
    with pytest.raises(Refusal, match="reason"):
        shop.do(payments.refund, Refund(paid.made, 1_000, " "), Role.MANAGER)
    shop.approved(payments.refund, Refund(paid.made, 10_000, "Reducere"), Role.MANAGER)
    with pytest.raises(Refusal, match=r"at most 200\.00"):
        shop.do(payments.refund, Refund(paid.made, 20_001, "Reducere"), Role.MANAGER)
    shown = order_page(shop, done.id)
    assert (shown.paid, shown.payments[1].method, shown.payments[1].corrects) == (20_000, "card", paid.made)


def handed_over(shop: TestShop, *, deposit: int = 0, surcharge: bool = False) -> UUID:
    """Hand over an order with work at two VAT rates and a discount, paid by card after a deposit, if there is one."""
    order = an_order(shop, deposit=deposit, urgency=Urgency.URGENT if surcharge else Urgency.NORMAL)
    shop.do(claiming.claim, claiming.Claim(order.id, start=True), Role.TECHNICIAN)
    for price, vat in ((17_777, 2_100), (6_223, 1_100)):
        facts = LineFacts("Manoperă", price=price, vat=vat, warranty_months=12)
        shop.do(lines.add, lines.AddLine(order.id, facts), Role.TECHNICIAN)
    shop.do(discounts.discount, discounts.Discount(order.id, 500, 33, "fidel"), Role.MANAGER)
    shop.do(orders.move, orders.Move(order.id, "ready"), Role.TECHNICIAN)
    due = order_page(shop, order.id).row.balance
    shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", due),), then="handed_over"), Role.CLERK)
    return order.id


def by_rate(shop: TestShop, order_id: UUID) -> dict[int, int]:
    """Give what was paid for an order under each VAT rate."""
    paid: dict[int, int] = {}
    with shop.database.read() as session:
        for rates in session.scalars(select(Payment.rates).where(Payment.order_id == order_id)):
            for rate, part in rates.items():
                paid[int(rate)] = paid.get(int(rate), 0) + part
    return paid


@pytest.mark.parametrize(("deposit", "surcharge"), [(0, False), (5_001, True)])
def test_what_goes_back_after_the_device_lowers_the_price_and_makes_nobody_a_debtor(
    shop: TestShop,
    deposit: int,
    surcharge: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    order = handed_over(shop, deposit=deposit, surcharge=surcharge)
    before = order_page(shop, order)
    payment = before.payments[-1]
    for amount in (9_999, 1, payment.amount - 10_000):
        shop.approved(payments.refund, Refund(payment.id, amount, "client nemulțumit"), Role.CLERK, Role.OWNER)
        shown = order_page(shop, order)
        assert (shown.row.balance, shown.row.total) == (0, shown.paid)
        assert {part.rate: part.gross for part in shown.rates} == {
            rate: part for rate, part in by_rate(shop, order).items() if part
        }
    assert shown.row.total == before.row.total - payment.amount == deposit
    assert (shown.taken_off, shown.surcharge_amount) == (before.taken_off, before.surcharge_amount)
    lowered = shown.lines[len(before.lines) :]
    assert {line.facts.name for line in lowered} == {"Preț redus: client nemulțumit"}
    assert [line.facts.warranty_months for line in shown.lines[:2]] == [12, 12]
    assert any(entry.action == "line_added" and "Preț redus" in (entry.content or "") for entry in shown.history)
    with shop.database.snapshot() as session:
        assert [fault.row for fault in verify.verify(session)] == []
        assert accounts.debts(session) == []


def test_a_refund_of_what_will_be_paid_otherwise_is_still_owed(shop: TestShop) -> None:
    order = handed_over(shop)
    before = order_page(shop, order)
    command = Refund(before.payments[-1].id, 10_000, "plătește firma", still_owed=True)
    shop.approved(payments.refund, command, Role.CLERK, Role.OWNER)
    assert (order_page(shop, order).row.balance, order_page(shop, order).row.total) == (10_000, before.row.total)
    shop.do(payments.take_payment, TakePayment(order, (Tender("transfer", 4_000),)), Role.CLERK)
    again = order_page(shop, order).payments[-1].id
    shop.approved(payments.refund, Refund(again, 3_000, "reclamație"), Role.CLERK, Role.OWNER)
    assert order_page(shop, order).row.balance == 6_000
    shop.do(payments.take_payment, TakePayment(order, (Tender("transfer", 6_000),)), Role.CLERK)
    shown = order_page(shop, order)
    assert (shown.row.balance, shown.row.total) == (0, before.row.total - 3_000)
    assert {part.rate: part.gross for part in shown.rates} == by_rate(shop, order)


def test_a_refund_on_an_open_order_leaves_its_price_to_whoever_changes_its_lines(shop: TestShop) -> None:
    done = a_ready_order(shop, price=24_000)
    paid = shop.do(payments.take_payment, TakePayment(done.id, (Tender("card", 24_000),)), Role.CLERK)
    assert paid.made is not None
    shop.approved(payments.refund, Refund(paid.made, 10_000, "x"), Role.CLERK, Role.OWNER)
    assert (order_page(shop, done.id).row.balance, order_page(shop, done.id).row.total) == (10_000, 24_000)


def test_a_payment_can_be_neither_changed_nor_deleted(shop: TestShop) -> None:
    an_order(shop, deposit=5_000)
    for statement in ("UPDATE payment SET amount = 1", "DELETE FROM payment", "DELETE FROM entry"):
        with (
            pytest.raises(DBAPIError, match="rows are only added"),
            shop.database.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_receipts_are_numbered_without_gaps_even_after_refusals(shop: TestShop) -> None:
    done = a_ready_order(shop)
    for _again in range(3):
        with pytest.raises(Refusal):
            shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 99_000),)), Role.CLERK)
        shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 1_000),)), Role.CLERK)
    with shop.database.read() as session:
        assert list(session.scalars(select(Payment.number).order_by(Payment.number))) == [1, 2, 3]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["cash", "card", "refund"]), st.integers(1, 30_000)), max_size=8))
def test_the_balance_is_always_total_minus_what_was_paid(sqlite_shop: TestShop, steps: list[tuple[str, int]]) -> None:
    done = a_ready_order(sqlite_shop)
    for what, amount in steps:
        try:
            if what == "refund" and (taken := order_page(sqlite_shop, done.id).payments):
                sqlite_shop.approved(payments.refund, Refund(taken[0].id, amount, "x"))
            elif what != "refund":
                sqlite_shop.do(payments.take_payment, TakePayment(done.id, (Tender(what, amount),)))
        except Refusal:
            continue
    shown = order_page(sqlite_shop, done.id)
    assert shown.paid == sum(row.amount for row in shown.payments)
    assert 0 <= shown.row.balance == shown.row.total - shown.paid
