"""The customer's account: credit, debts with their day, limits of law on cash, and what a paper says of it (P18)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.cashlimits import cash_limit
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount, share_out, to_cash
from ticketdesk.domain.orders import HANDED_OVER
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, claiming, customers, joining, lines, orders, pages, payments, verify
from ticketdesk.services.accounts import PayIn, PayOut, Remind, Statement
from ticketdesk.services.customers import CustomerRow, NewCustomer
from ticketdesk.services.doors import Done
from ticketdesk.services.joining import MergeCustomers, UndoMerge
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.orders import Move
from ticketdesk.services.payments import Refund, TakePayment
from ticketdesk.storage.tables import Customer, Order, Payment

CLERK = Role.CLERK


def customer_of(shop: TestShop, order: Done) -> CustomerRow:
    with shop.database.read() as session:
        found = pages.order_page(session, order.id).customer
    assert found is not None
    return found


def credit(shop: TestShop, customer_id: UUID) -> int:
    with shop.database.read() as session:
        return accounts.account(session, customer_id).credit


def balance(shop: TestShop, order: Done) -> int:
    with shop.database.read() as session:
        return pages.order_page(session, order.id).row.balance


def pay(shop: TestShop, order: Done, *tenders: Tender, **but: object) -> Done:
    command = replace(TakePayment(order.id, tenders), **but)  # type: ignore[arg-type]
    return shop.do(payments.take_payment, command, CLERK)


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [fault.row for fault in verify.verify(session)]


def statement(shop: TestShop, customer_id: UUID) -> Statement:
    today = shop.today()
    with shop.database.read() as session:
        return accounts.statement(session, customer_id, today - timedelta(days=2), today + timedelta(days=2))


def test_what_is_paid_too_much_becomes_credit_and_pays_the_next_order(shop: TestShop) -> None:
    first = a_ready_order(shop, price=10_000)
    with pytest.raises(Refusal, match=r"Only 100\.00"):
        pay(shop, first, Tender("card", 15_000))
    pay(shop, first, Tender("card", 15_000), keep_rest=True)
    who = customer_of(shop, first).id
    assert (balance(shop, first), credit(shop, who)) == (0, 5_000)
    second = a_ready_order(shop, price=8_000)
    with pytest.raises(Refusal, match=r"only 50\.00 of credit"):
        pay(shop, second, Tender("credit", 6_000))
    pay(shop, second, Tender("credit", 5_000), Tender("cash", 3_000))
    assert (balance(shop, second), credit(shop, who)) == (0, 0)
    assert statement(shop, who).closing == 0
    assert faults(shop) == []


def test_several_orders_are_paid_at_once_with_one_receipt(shop: TestShop) -> None:
    made = [a_ready_order(shop, price=price) for price in (10_000, 20_000, 30_000)]
    done = pay(
        shop, made[0], Tender("card", 25_000), Tender("cash", 35_000, tendered=40_000),
        others=(made[1].id, made[2].id), then=HANDED_OVER,
    )  # fmt: skip
    assert [balance(shop, order) for order in made] == [0, 0, 0]
    with shop.database.read() as session:
        rows = session.scalars(select(Payment).order_by(Payment.place)).all()
        assert {row.shown for row in rows} == {done.receipt}
        assert [(row.method, row.amount, row.tendered - row.amount) for row in rows] == [
            ("card", 10_000, 0), ("card", 15_000, 0), ("cash", 5_000, 0), ("cash", 30_000, 5_000),
        ]  # fmt: skip
    assert faults(shop) == []


def test_orders_of_different_customers_are_not_paid_together(shop: TestShop) -> None:
    first, second = a_ready_order(shop), a_ready_order(shop, customer=NewCustomer("Ana Pop", "0733 111 222"))
    with pytest.raises(Refusal, match="one customer"):
        pay(shop, first, Tender("card", 106_000), others=(second.id,))


def test_cash_is_rounded_on_a_line_of_its_own_and_no_price_changes(shop: TestShop) -> None:
    shop.set(cash_rounding=5)
    for price, cash in ((43_603, 43_605), (43_602, 43_600)):
        order = a_ready_order(shop, price=price)
        pay(shop, order, Tender("cash", cash))
        with shop.database.read() as session:
            shown = pages.order_page(session, order.id)
        assert (shown.row.total, shown.row.balance) == (price, 0)
        assert [(row.method, row.amount) for row in shown.payments] == [("cash", cash), ("rounding", price - cash)]
    exact = a_ready_order(shop, price=43_603)
    pay(shop, exact, Tender("card", 43_603))
    assert balance(shop, exact) == 0
    assert faults(shop) == []


def test_a_device_leaves_unpaid_only_if_somebody_agrees_and_with_a_day(shop: TestShop) -> None:
    order = a_ready_order(shop, price=10_000)
    day = shop.today() + timedelta(days=15)
    with pytest.raises(Refusal, match="still something to pay"):
        shop.do(orders.move, Move(order.id, HANDED_OVER), CLERK)
    with pytest.raises(Refusal, match="That day has passed"):
        shop.do(orders.move, Move(order.id, HANDED_OVER, pay_by=date(2020, 1, 1)), CLERK)
    shop.approved(orders.move, Move(order.id, HANDED_OVER, pay_by=day), CLERK, Role.MANAGER)
    with shop.database.read() as session:
        [debt] = accounts.debts(session)
    assert (debt.number, debt.amount, debt.pay_by, debt.reminders) == (order.number, 10_000, day, 0)
    shop.do(accounts.remind, Remind(order.id, "telefon"), CLERK)
    with shop.database.read() as session:
        [debt] = accounts.debts(session)
    assert debt.reminders == 1
    assert debt.reminded_at is not None
    pay(shop, order, Tender("transfer", 10_000))
    with shop.database.read() as session:
        assert accounts.debts(session) == []


def test_money_without_an_order_is_credit_and_goes_back_with_a_reason(shop: TestShop) -> None:
    who = customer_of(shop, an_order(shop)).id
    shop.do(accounts.pay_in, PayIn(who, (Tender("transfer", 30_000),)), CLERK)
    with pytest.raises(Refusal, match="Write the reason"):
        shop.do(accounts.pay_out, PayOut(who, 10_000, "transfer", " "), CLERK)
    shop.approved(accounts.pay_out, PayOut(who, 10_000, "transfer", "Nu mai vine"), CLERK, Role.MANAGER)
    with pytest.raises(Refusal, match=r"only 200\.00 of credit"):
        shop.approved(accounts.pay_out, PayOut(who, 20_001, "transfer", "Nu mai vine"), CLERK, Role.OWNER)
    shown = statement(shop, who)
    assert (shown.closing, shown.credit) == (-20_000, 20_000)
    assert faults(shop) == []


def test_what_is_credit_already_is_not_made_credit_again(shop: TestShop) -> None:
    """It would leave the account, and nobody would get it."""
    order = an_order(shop)
    with shop.database.read() as session:
        customer = session.get_one(Order, order.id).customer_id
    assert customer is not None
    paid = shop.do(accounts.pay_in, PayIn(customer, (Tender("card", 5_000),)), Role.CLERK).made
    assert paid is not None
    with pytest.raises(Refusal, match="credit already"):
        shop.do(payments.refund, Refund(paid, 2_000, "greșit", "credit"))
    with shop.database.read() as session:
        assert session.get_one(Customer, customer).credit == 5_000
    shop.approved(payments.refund, Refund(paid, 2_000, "greșit"))
    with shop.database.read() as session:
        assert session.get_one(Customer, customer).credit == 3_000


def test_a_refund_may_stay_as_credit(shop: TestShop) -> None:
    order = an_order(shop, deposit=10_000)
    with shop.database.read() as session:
        paid = pages.order_page(session, order.id).payments[0].id
    shop.approved(payments.refund, Refund(paid, 10_000, "Anulată", method="credit"), CLERK, Role.MANAGER)
    assert (balance(shop, order), credit(shop, customer_of(shop, order).id)) == (0, 10_000)
    assert faults(shop) == []


@pytest.mark.parametrize(("cash", "taken"), [(999_999, True), (1_000_000, True), (1_000_001, False)])
def test_no_more_cash_than_the_law_allows_from_a_person_in_a_day(
    sqlite_shop: TestShop,
    cash: int,
    taken: bool,  # noqa: FBT001
) -> None:
    order = a_ready_order(sqlite_shop, price=2_000_000)
    if taken:
        pay(sqlite_shop, order, Tender("cash", cash))
    else:
        with pytest.raises(Refusal, match=r"only 10,000\.00 more in cash.*Legea 70/2015"):
            pay(sqlite_shop, order, Tender("cash", cash))


def test_splitting_over_the_day_does_not_get_round_the_law_and_companies_have_half(shop: TestShop) -> None:
    first, second = a_ready_order(shop, price=700_000), a_ready_order(shop, price=700_000)
    pay(shop, first, Tender("cash", 700_000))
    with pytest.raises(Refusal, match=r"only 3,000\.00 more"):
        pay(shop, second, Tender("cash", 700_000))
    pay(shop, second, Tender("cash", 300_000), Tender("card", 400_000))
    company = a_ready_order(shop, price=700_000, customer=NewCustomer("Crin SRL", "0733 111 222", company=True))
    with pytest.raises(Refusal, match=r"only 5,000\.00 more"):
        pay(shop, company, Tender("cash", 500_001))
    shop.set(cash_limit="warn")
    pay(shop, company, Tender("cash", 500_001))
    with shop.database.read() as session:
        entry = pages.order_page(session, company.id).history[0]
    assert '"over_cash_limit":1' in entry.content


def test_limits_have_their_day_and_their_country() -> None:
    assert cash_limit("RO", "RON", date(2026, 11, 24)) is not None
    assert cash_limit("RO", "RON", date(2010, 1, 1)) is None
    assert cash_limit("MD", "MDL", date(2026, 11, 24)) is None
    assert cash_limit("RO", "EUR", date(2026, 11, 24)) is None


def test_the_parts_of_each_vat_rate_add_up_however_it_was_paid(shop: TestShop) -> None:
    order = an_order(shop, deposit=777)
    shop.do(claiming.claim, claiming.Claim(order.id, start=True), Role.TECHNICIAN)
    for price, vat in ((10_001, 2_100), (3_333, 1_100), (99, 2_100)):
        shop.do(lines.add, AddLine(order.id, LineFacts("x", price=price, vat=vat)), Role.OWNER)
    for amount in (1_234, 5, 4_000):
        pay(shop, order, Tender("card", amount))
    with shop.database.read() as session:
        paid = pages.order_page(session, order.id).payments[1].id
    shop.approved(payments.refund, Refund(paid, 700, "x"), CLERK, Role.MANAGER)
    pay(shop, order, Tender("cash", balance(shop, order)))
    sums: dict[str, int] = {}
    with shop.database.read() as session:
        for row in session.scalars(select(Payment)):
            assert sum(row.rates.values()) == row.amount
            for rate, part in row.rates.items():
                sums[rate] = sums.get(rate, 0) + part
    assert sums == {"2100": 10_100, "1100": 3_333}


@given(
    st.integers(-(10**9), 10**9), st.dictionaries(st.integers(0, 3_000), st.integers(0, 10**6), min_size=1, max_size=5)
)
def test_shares_add_up_to_the_last_unit(amount: int, weights: dict[int, int]) -> None:
    if not sum(weights.values()):
        weights = {0: 1}
    shares = share_out(amount, weights)
    assert sum(shares.values()) == amount
    whole = sum(weights.values())
    assert all(abs(shares.get(key, 0) - amount * weight / whole) < 1 for key, weight in weights.items())


@given(st.integers(0, 10**8), st.sampled_from([0, 1, 5, 10, 50, 100]))
def test_coins_are_never_further_away_than_half_a_step(amount: int, step: int) -> None:
    rounded = to_cash(amount, step)
    assert abs(rounded - amount) * 2 <= step
    assert format_amount(rounded)


def test_the_account_of_two_customers_that_are_one_is_joined_and_parted_again(shop: TestShop) -> None:
    first = customer_of(shop, an_order(shop))
    second = shop.do(customers.add, NewCustomer("Ștefan U.", "0744 000 000"))
    shop.do(accounts.pay_in, PayIn(first.id, (Tender("transfer", 5_000),)), CLERK)
    merge = MergeCustomers(second.id, second.version, first.id, versions(shop, first.id), {})
    shop.do(joining.merge, merge)
    assert (credit(shop, second.id), statement(shop, second.id).closing) == (5_000, -5_000)
    assert faults(shop) == []
    shop.do(joining.undo, UndoMerge(second.id, first.id))
    assert (credit(shop, first.id), credit(shop, second.id)) == (5_000, 0)
    assert faults(shop) == []


def versions(shop: TestShop, customer_id: UUID) -> int:
    with shop.database.read() as session:
        return session.get_one(Customer, customer_id).version
