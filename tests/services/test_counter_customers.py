"""A sale to somebody known, in every way of paying; parts of what is measured; back by the way it was paid."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from shop import TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import to_cash
from ticketdesk.domain.pricing import line_total
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, catalogue, customers, joining, sales, slips
from ticketdesk.services.accounts import PayIn
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.catalogue import NewItem, NewList, PutPrice
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Done, Forbidden
from ticketdesk.services.joining import MergeCustomers
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.sales import BackLine, NewSale, SalePage, TakeBack
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Payment, Sale

CABLE = LineFacts("Cablu la metru", "part", price=1_000, quantity=1_500, unit="m")
CASE = LineFacts("Husă", "part", price=5_000)


def page(shop: TestShop, sale_id: UUID) -> SalePage:
    with shop.database.read() as session:
        return sales.sale_page(session, sale_id)


def somebody(shop: TestShop, credit: int = 0, name: str = "Ana Pop", phone: str = "0722 333 444") -> UUID:
    made = shop.do(customers.add, NewCustomer(name, phone)).id
    if credit:
        shop.do(accounts.pay_in, PayIn(made, (Tender("card", credit),)), Role.CLERK)
    return made


def credit_of(shop: TestShop, customer: UUID) -> int:
    with shop.database.read() as session:
        return accounts.account(session, customer).credit


def sold(shop: TestShop, lines: tuple[LineFacts, ...], *tenders: Tender, **but: object) -> Done:
    return shop.do(sales.sell, replace(NewSale(lines, tenders), **but), Role.CLERK)  # type: ignore[arg-type]


def clean(shop: TestShop) -> bool:
    with shop.database.snapshot() as session:
        return list(verify(session)) == []


def test_somebody_known_pays_the_prices_of_their_list(shop: TestShop) -> None:
    item = shop.do(catalogue.add, NewItem("Husă", "HUS-1", "part", price=5_000)).id
    friends = shop.do(catalogue.add_list, NewList("Colaboratori")).id
    shop.do(catalogue.put_price, PutPrice(item, friends, 4_000))
    friend = shop.do(customers.add, NewCustomer("Ion Rusu", "0722 555 666", price_list_id=friends)).id
    with shop.database.read() as session:
        assert catalogue.prices(session, ["HUS-1", "?"], friend) == {"HUS-1": 4_000}
        assert catalogue.prices(session, ["HUS-1"], None) == {"HUS-1": 5_000}
        assert [row.price for row in catalogue.find(session, "husa", 5, customer_id=friend)] == [4_000]
        found = catalogue.by_code(session, "HUS-1", customer_id=friend)
    assert found is not None
    assert found.price == 4_000
    done = sold(shop, (LineFacts("", code="HUS-1"),), Tender("cash", 4_000), customer_id=friend)
    assert page(shop, done.id).total == 4_000
    with pytest.raises(Forbidden):  # the same price for somebody else is a discount, which not everybody may give
        shop.do(sales.sell, NewSale((LineFacts("", code="HUS-1", price=4_000),), (Tender("cash", 4_000),)),
                Role.ACCOUNTANT)  # fmt: skip


def test_it_stands_on_their_receipt_their_page_and_their_statement(shop: TestShop) -> None:
    ana = somebody(shop)
    done = sold(shop, (CASE, CABLE), Tender("cash", 6_500), customer_id=ana)
    with shop.database.read() as session:
        assert done.made is not None
        slip, _code = slips.payment_slip(session, done.made)
        assert slip.customer == "Ana Pop"
        assert [part.text for part in slip.parts] == ["Husă", "Cablu la metru × 1,5\u00a0m"]
        assert [(row.number, row.what, row.total) for row in sales.of_customer(session, ana)] == [
            (done.document, "Husă, Cablu la metru", 6_500)
        ]
    assert page(shop, done.id).customer == "Ana Pop"


def test_a_sale_follows_its_customer_into_another_record(shop: TestShop) -> None:
    kept, gone = somebody(shop), somebody(shop, name="Ana Popp", phone="0722 333 445")
    with shop.database.read() as session:
        versions = [customers.one(session, key).version for key in (kept, gone)]
    shop.do(joining.merge, MergeCustomers(kept, versions[0], gone, versions[1], {}))
    sold(shop, (CASE,), Tender("cash", 5_000), customer_id=gone)
    with shop.database.read() as session:
        assert [row.total for row in sales.of_customer(session, kept)] == [5_000]


def test_it_is_paid_in_every_way_at_once(shop: TestShop) -> None:
    ana = somebody(shop, credit=700)
    tenders = (
        Tender("card", 1_000, reference="0042"), Tender("transfer", 800), Tender("voucher", 500),
        Tender("credit", 700), Tender("cash", 2_000, tendered=5_000),
    )  # fmt: skip
    done = sold(shop, (CASE,), *tenders, customer_id=ana)
    paid = page(shop, done.id).payments
    assert {row.method: row.amount for row in paid} == {tender.method: tender.amount for tender in tenders}
    assert credit_of(shop, ana) == 0
    assert clean(shop)


def test_credit_is_somebodys_and_no_card_number_is_kept(sqlite_shop: TestShop) -> None:
    with pytest.raises(Refusal, match="known customer has credit"):
        sold(sqlite_shop, (CASE,), Tender("credit", 5_000))
    ana = somebody(sqlite_shop, credit=1_000)
    with pytest.raises(Refusal, match="only"):
        sold(sqlite_shop, (CASE,), Tender("credit", 5_000), customer_id=ana)
    with pytest.raises(Refusal, match="card number"):
        sold(sqlite_shop, (CASE,), Tender("card", 5_000, reference="4111 1111 1111 1111"))


def test_what_is_too_much_becomes_their_credit_if_they_wish(shop: TestShop) -> None:
    ana = somebody(shop)
    with pytest.raises(Refusal, match="still to pay"):
        sold(shop, (CASE,), Tender("card", 6_000), customer_id=ana)
    with pytest.raises(Refusal, match="still to pay"):  # nobody's account could take it
        sold(shop, (CASE,), Tender("card", 6_000), keep_rest=True)
    done = sold(shop, (CASE,), Tender("card", 6_000), customer_id=ana, keep_rest=True)
    assert (page(shop, done.id).total, credit_of(shop, ana)) == (5_000, 1_000)
    assert clean(shop)


def test_only_what_is_measured_is_sold_in_parts(sqlite_shop: TestShop) -> None:
    sqlite_shop.do(catalogue.add, NewItem("Cablu", "CAB-M", "part", price=333, unit="m"))
    done = sold(sqlite_shop, (LineFacts("", code="CAB-M", quantity=1_250),), Tender("cash", 416))
    assert page(sqlite_shop, done.id).lines[0].facts.quantity == 1_250
    with pytest.raises(Refusal, match="sold whole") as refused:
        sold(sqlite_shop, (replace(CASE, quantity=1_500),), Tender("cash", 7_500))
    assert refused.value.field == "quantity"


def test_it_goes_back_otherwise_only_with_the_owners_agreement(shop: TestShop) -> None:
    first = page(shop, sold(shop, (CASE,), Tender("card", 5_000, reference="0042")).id)
    back = TakeBack(first.id, (BackLine(first.lines[0].id, 1_000),), "Defect", method="cash")
    with pytest.raises(Refusal):
        shop.do(sales.take_back, back, Role.CLERK)
    with pytest.raises(NeedsApproval) as needed:
        shop.do(sales.take_back, back, Role.MANAGER)
    assert "cash" in needed.value.asked.what
    done = shop.approved(sales.take_back, back, Role.MANAGER, Role.OWNER)
    assert [(row.method, row.amount) for row in page(shop, done.id).payments] == [("cash", -5_000)]
    assert clean(shop)


def test_it_becomes_credit_of_a_known_customer(shop: TestShop) -> None:
    ana = somebody(shop)
    known = page(shop, sold(shop, (CASE,), Tender("cash", 5_000), customer_id=ana).id)
    back = TakeBack(known.id, (BackLine(known.lines[0].id, 1_000),), "Nu se potrivește", method="credit")
    shop.approved(sales.take_back, back, Role.CLERK, Role.MANAGER)
    assert credit_of(shop, ana) == 5_000
    unknown = page(shop, sold(shop, (CASE,), Tender("cash", 5_000)).id)
    with pytest.raises(Refusal, match="known customer has credit"):
        shop.approved(sales.take_back, replace(back, sale_id=unknown.id,
                      lines=(BackLine(unknown.lines[0].id, 1_000),)), Role.CLERK, Role.MANAGER)  # fmt: skip
    assert clean(shop)


LINES = st.lists(
    st.tuples(st.integers(1, 4_000), st.integers(1, 99_999), st.sampled_from([2100, 1100, 0]),
              st.sampled_from([0, 500, 333])),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=LINES, by_card=st.integers(0, 100), step=st.sampled_from([0, 5, 10, 50]), chance=st.randoms())
def test_lines_rates_and_total_agree_and_no_more_comes_back_than_was_paid(
    sqlite_shop: TestShop, written: list[tuple[int, int, int, int]], by_card: int, step: int, chance: random.Random
) -> None:
    sqlite_shop.set(cash_rounding=step)
    lines = tuple(
        LineFacts(f"Cablu {n}", price=price, quantity=count, vat=vat, discount=off, unit="m",
                  discount_reason="Rest de rolă")
        for n, (count, price, vat, off) in enumerate(written)
    )  # fmt: skip
    total = sum(line_total(line.quantity, line.price, line.discount) for line in lines)
    card = total * by_card // 100
    cash = to_cash(total - card, step)
    tenders = tuple(tender for tender in (Tender("card", card), Tender("cash", cash)) if tender.amount)
    if total <= 0 or (cash == 0 and card < total):
        return
    done = sqlite_shop.do(sales.sell, NewSale(lines, tenders), Role.OWNER)
    first = page(sqlite_shop, done.id)
    assert sum(part.gross for part in first.rates) == sum(line.total for line in first.lines) == first.total == total
    assert all(part.net + part.vat == part.gross for part in first.rates)
    for whole in (False, False, True):
        left = [line.facts.quantity - line.returned for line in page(sqlite_shop, done.id).lines]
        came_back(sqlite_shop, first, left if whole else [chance.randint(0, part) for part in left])
    with sqlite_shop.database.read() as session:
        mine = Payment.sale_id.in_(select(Sale.id).where((Sale.id == done.id) | (Sale.returns == done.id)))
        by_method = select(Payment.method, func.sum(Payment.amount)).where(mine).group_by(Payment.method)
        paid = {method: int(amount) for method, amount in session.execute(by_method)}
    assert min(paid.get("card", 0), paid.get("cash", 0)) >= 0
    assert paid.get("card", 0) + paid.get("cash", 0) <= step / 2 + len(lines)


def came_back(shop: TestShop, sale: SalePage, quantities: list[int]) -> None:
    back = tuple(BackLine(line.id, quantity) for line, quantity in zip(sale.lines, quantities, strict=True))
    try:
        shop.approved(sales.take_back, TakeBack(sale.id, back, "Nu se potrivește"), Role.OWNER)
    except Refusal as refusal:
        if "Choose what comes back" not in refusal.sentence:  # what is worth nothing does not come back
            raise
