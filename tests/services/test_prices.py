"""The catalogue, who pays which price, discounts with a limit, and the VAT rate of the day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order, order_page
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, customers, discounts, lines, sales
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.catalogue import ItemRow, NewItem, NewList, PutPrice
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.discounts import Discount
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, ChangeLine, LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.sales import NewSale
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Order

SCREEN = NewItem(
    "Înlocuire ecran", "ECR-1", price=30_000, cost=5_000, warranty_months=6, category="Telefoane", unit="buc"
)


def found(shop: TestShop, typed: str, category: str = "") -> list[ItemRow]:
    with shop.database.read() as session:
        return catalogue.page(session, typed, category)


def test_works_are_found_by_words_of_name_code_and_category(shop: TestShop) -> None:
    shop.do(catalogue.add, SCREEN)
    shop.do(catalogue.add, replace(SCREEN, name="Baterie", code="BAT-1", category="Laptopuri", ean="5941234567899"))
    assert [row.code for row in found(shop, "ecran inlocuire")] == ["ECR-1"]
    assert [row.code for row in found(shop, "laptop")] == ["BAT-1"]
    assert [row.code for row in found(shop, "59412345")] == ["BAT-1"]
    assert [row.code for row in found(shop, "", "Telefoane")] == ["ECR-1"]
    with shop.database.read() as session:
        assert catalogue.categories(session) == ["Laptopuri", "Telefoane"]


def test_a_code_stands_for_one_thing(shop: TestShop) -> None:
    first = shop.do(catalogue.add, SCREEN)
    with pytest.raises(Refusal, match="has this code already"):
        shop.do(catalogue.add, replace(SCREEN, name="Altceva"))
    with pytest.raises(Refusal, match="Write a code"):
        shop.do(catalogue.add, replace(SCREEN, code=" "))
    with pytest.raises(Forbidden):
        shop.do(catalogue.add, replace(SCREEN, code="X"), Role.CLERK)
    shop.do(catalogue.edit, Edit(first.id, {"price": 30_000, "active": True}, {"price": 32_000, "active": False}))
    assert [(row.price, row.active) for row in found(shop, "ecran")] == [(32_000, False)]
    with shop.database.read() as session:
        assert catalogue.items(session) == []


def test_companies_and_groups_pay_their_own_prices(shop: TestShop) -> None:
    item = shop.do(catalogue.add, SCREEN).id
    firms, friends = (
        shop.do(catalogue.add_list, NewList("Firme", companies=True)),
        shop.do(catalogue.add_list, NewList("Colaboratori")),
    )
    shop.do(catalogue.put_price, PutPrice(item, firms.id, 27_000))
    shop.do(catalogue.put_price, PutPrice(item, friends.id, 25_000))
    with pytest.raises(Refusal, match="just changed"):
        shop.do(catalogue.put_price, PutPrice(item, friends.id, 1, seen=24_000))
    with pytest.raises(Refusal, match="of companies already"):
        shop.do(catalogue.add_list, NewList("Alte firme", companies=True))
    firm = shop.do(customers.add, NewCustomer("Crin SRL", "0722 111 222", company=True)).id
    person = shop.do(customers.add, NewCustomer("Ana Pop", "0722 333 444")).id

    def price(customer: UUID | None) -> int:
        order = an_order(shop, customer=None, customer_id=customer) if customer else an_order(shop)
        shop.do(lines.add, AddLine(order.id, LineFacts("", code="ECR-1")))
        return order_page(shop, order.id).lines[0].facts.price

    assert [price(firm), price(person), price(None)] == [27_000, 30_000, 30_000]
    shop.do(customers.edit, Edit(person, {"price_list_id": None}, {"price_list_id": str(friends.id)}))
    assert price(person) == 25_000


@pytest.mark.parametrize(("day", "rate"), [("2025-07-31T20:59:59", 1900), ("2025-07-31T21:00:00", 2100)])
def test_a_line_has_the_rate_of_the_shops_day(shop: TestShop, day: str, rate: int) -> None:
    shop.do(catalogue.add, SCREEN)
    order = an_order(shop)
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)  # midnight in Bucharest is nine in the evening UTC
    shop.do(lines.add, AddLine(order.id, LineFacts("", code="ECR-1")), Role.OWNER, at)
    shop.do(lines.add, AddLine(order.id, LineFacts("Curățare", price=1_000)), Role.OWNER, at)
    assert {line.facts.vat for line in order_page(shop, order.id).lines} == {rate}


def test_a_shop_that_pays_no_vat_charges_none(shop: TestShop) -> None:
    shop.do(catalogue.add, SCREEN)
    shop.set(vat_payer=False)
    order = an_order(shop)
    shop.do(lines.add, AddLine(order.id, LineFacts("", code="ECR-1")))
    assert order_page(shop, order.id).lines[0].facts.vat == 0


def test_a_discount_within_the_limit_is_the_clerks_and_above_it_takes_a_manager_and_a_reason(shop: TestShop) -> None:
    order = an_order(shop)
    line = LineFacts("Ecran", price=10_000)
    shop.do(lines.add, AddLine(order.id, replace(line, discount=500)), Role.CLERK)
    with pytest.raises(Forbidden):
        shop.do(lines.add, AddLine(order.id, replace(line, discount=100)), Role.TECHNICIAN)
    with pytest.raises(Refusal, match="Write why"):
        shop.do(lines.add, AddLine(order.id, replace(line, discount_amount=501)), Role.CLERK)
    more = AddLine(order.id, replace(line, discount_amount=1_500, discount_reason="Client vechi"))
    with pytest.raises(NeedsApproval, match=r"manager.*15\s%.*Client vechi"):
        shop.do(lines.add, more, Role.CLERK)
    shop.approved(lines.add, more, Role.CLERK, Role.MANAGER)
    with pytest.raises(NeedsApproval, match="owner"):
        shop.do(lines.add, AddLine(order.id, replace(line, discount=1_501, discount_reason="Prieten")), Role.MANAGER)
    assert [line.total for line in order_page(shop, order.id).lines] == [9_500, 8_500]


def test_a_discount_that_shrinks_asks_nobody(shop: TestShop) -> None:
    order = an_order(shop)
    facts = LineFacts("Ecran", price=10_000, discount=5_000, discount_reason="Defect vechi")
    shop.do(lines.add, AddLine(order.id, facts))
    line = order_page(shop, order.id).lines[0]
    edit = lines.edit_of(line.id, line.facts, replace(line.facts, discount=2_000))
    shop.do(lines.change, ChangeLine(order.id, edit), Role.CLERK)
    assert order_page(shop, order.id).lines[0].total == 8_000


def test_a_discount_on_the_whole_order_follows_its_lines_and_rates(shop: TestShop) -> None:
    order = a_ready_order(shop, price=50_000)
    given = Discount(order.id, 1_000, 500, "Recomandare")
    with pytest.raises(NeedsApproval):
        shop.do(discounts.discount, given, Role.CLERK)
    shop.approved(discounts.discount, given, Role.CLERK, Role.MANAGER)
    shown = order_page(shop, order.id)
    assert (shown.row.total, shown.row.balance) == (44_500, 44_500)
    assert sum(part.gross for part in shown.rates) == 44_500
    shop.do(lines.add, AddLine(order.id, LineFacts("Folie", price=5_000)), Role.TECHNICIAN)
    assert order_page(shop, order.id).row.total == 49_000
    with pytest.raises(Refusal, match="just changed"):
        shop.do(discounts.discount, Discount(order.id, 0, 0, ""))
    shop.do(discounts.discount, Discount(order.id, 0, 0, "", seen=(1_000, 500)), Role.CLERK)
    assert order_page(shop, order.id).row.total == 55_000
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_what_is_chosen_for_an_order_has_its_customers_price(shop: TestShop) -> None:
    item, partners = shop.do(catalogue.add, SCREEN), shop.do(catalogue.add_list, NewList("Parteneri"))
    shop.do(catalogue.put_price, PutPrice(item.id, partners.id, 20_000))
    order = an_order(shop)
    with shop.database.read() as session:
        customer = session.scalars(select(Order.customer_id).where(Order.id == order.id)).one()
    assert customer is not None
    shop.do(customers.edit, Edit(customer, {"price_list_id": None}, {"price_list_id": str(partners.id)}))
    with shop.database.read() as session:
        found = [*catalogue.find(session, SCREEN.code, 5, order.id), catalogue.by_code(session, SCREEN.code, order.id)]
        usual = catalogue.by_code(session, SCREEN.code)
    assert [row.price for row in found if row] == [20_000] * 2
    assert usual is not None
    assert usual.price == SCREEN.price


def test_a_price_below_the_catalogues_is_a_discount_and_takes_what_discounts_take(shop: TestShop) -> None:
    shop.do(catalogue.add, SCREEN)
    order = an_order(shop)
    less = LineFacts("Ecran", code=SCREEN.code, price=27_000, discount_reason="Client vechi")
    with pytest.raises(Forbidden):
        shop.do(lines.add, AddLine(order.id, less), Role.TECHNICIAN)
    with pytest.raises(Refusal, match="Write why"):
        shop.do(lines.add, AddLine(order.id, replace(less, discount_reason="")), Role.CLERK)
    with pytest.raises(NeedsApproval, match=r"manager.*10\s%.*Client vechi"):
        shop.do(lines.add, AddLine(order.id, less), Role.CLERK)
    with pytest.raises(NeedsApproval, match=r"manager.*10\s%.*Client vechi"):
        shop.do(sales.sell, NewSale((less,), (Tender("card", less.price),)), Role.CLERK)
    shop.approved(lines.add, AddLine(order.id, less), Role.CLERK, Role.MANAGER)
    line = order_page(shop, order.id).lines[0]
    dearer = lines.edit_of(line.id, line.facts, replace(line.facts, price=28_500))
    shop.do(lines.change, ChangeLine(order.id, dearer), Role.CLERK)
    cheaper = lines.edit_of(line.id, replace(line.facts, price=28_500), line.facts)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, ChangeLine(order.id, cheaper), Role.CLERK)


def test_a_line_has_a_rate_of_the_law_and_none_where_no_vat_is_paid(shop: TestShop) -> None:
    order = an_order(shop).id
    for rate in (2_100, 1_900, 1_100, 0):
        shop.do(lines.add, AddLine(order, LineFacts("Curățare", price=1_000, vat=rate)))
    for rate in (3_700, -5_000, 1):
        with pytest.raises(Refusal) as refused:
            shop.do(lines.add, AddLine(order, LineFacts("Curățare", price=1_000, vat=rate)))
        assert refused.value.field == "vat"
    shop.set(vat_payer=False)
    with pytest.raises(Refusal):
        shop.do(sales.sell, NewSale((LineFacts("Husă", price=1_000, vat=2_100),), (Tender("cash", 1_000),)))
    written = order_page(shop, order).lines[0]
    shop.do(lines.change, ChangeLine(order, Edit(written.id, {"price": 1_000}, {"price": 1_200})))
    assert order_page(shop, order).lines[0].facts.vat == 2_100
