"""One box for everything: what is meant comes first, whatever kind of thing it is."""

from datetime import UTC, datetime

import pytest

from shop import TestShop, a_new_order, an_item, an_order
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.ranking import Rank
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.services import finding, scans
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.finding import Found
from ticketdesk.services.intake import NewDevice

IMEI = "350000000719464"


def find(shop: TestShop, typed: str, role: Role = Role.CLERK) -> Found:
    viewer = Viewer(None, datetime.now(UTC), "Europe/Bucharest")
    with shop.database.read() as session:
        return finding.find(session, typed, viewer, role)


@pytest.fixture
def stocked(shop: TestShop) -> TestShop:
    for name, phone, device in (
        ("Ștefan Ungureanu", "0722 000 418", NewDevice("phone", "Apple", "iPhone 13", serial=IMEI)),
        ("Ștefania Cojocaru", "0745 000 093", NewDevice("laptop", "Dell", "XPS 13")),
        ("Ion Ștefănescu", "0745 000 094", NewDevice("bike", "Merida", "Big Nine")),
        ("Ana Pop", "0745 000 095", NewDevice("watch", "Fossil", "Gen 6 Steffi", serial="FTW6000771")),
    ):
        an_order(shop, customer=NewCustomer(name, phone), device=device)
    an_item(shop, "ECR13", "Ecran iPhone 13", 35_000)
    return shop


def test_names_that_begin_so_come_before_names_with_a_word_that_does(stocked: TestShop) -> None:
    found = find(stocked, "stef")
    assert [hit.name for hit in found.customers] == ["Ștefania Cojocaru", "Ștefan Ungureanu", "Ion Ștefănescu"]
    assert [hit.customer for hit in found.orders[:2]] == ["Ștefania Cojocaru", "Ștefan Ungureanu"]
    assert [hit.title for hit in found.devices] == ["Fossil Gen 6 Steffi"]
    assert {hit.rank for hit in found.customers[:2]} == {Rank.PREFIX}
    assert (found.customers[0].orders, found.customers[0].last is not None) == (1, True)


def test_the_whole_number_of_an_order_comes_first_then_numbers_that_begin_so(shop: TestShop) -> None:
    for _order in range(12):
        an_order(shop)
    assert [hit.number for hit in find(shop, "1").orders] == [1, 12, 11, 10]
    assert [hit.number for hit in find(shop, "012").orders] == [12]


def test_a_scanned_code_typed_by_hand_finds_its_order_alone(stocked: TestShop) -> None:
    done = an_order(stocked)
    hits = find(stocked, order_code(done.number or 0)).orders
    assert [hit.id for hit in hits] == [done.id]


def test_a_customer_is_found_by_any_part_of_the_phone(stocked: TestShop) -> None:
    for typed in ("0722 000 418", "+40722000418", "722000", "000418"):
        assert find(stocked, typed).customers[0].name == "Ștefan Ungureanu"


def test_a_device_is_found_by_serial_number_or_name(stocked: TestShop) -> None:
    for typed in (IMEI, "35000000", "iphone 13"):
        assert [hit.title for hit in find(stocked, typed).devices] == ["Apple iPhone 13"]
    assert [hit.title for hit in find(stocked, "ftw6000771").devices] == ["Fossil Gen 6 Steffi"]


def test_works_and_parts_are_found_by_name_code_and_ean(stocked: TestShop) -> None:
    item = find(stocked, "ECR13").items[0].item
    stocked.do(scans.learn, scans.Learn(item.id, "5941234567899"))
    for typed in ("ecran iph", "ECR13", "5941234567899", "13 ecran"):
        assert [hit.item.name for hit in find(stocked, typed).items] == ["Ecran iPhone 13"]


def test_strange_words_find_nothing_strange(stocked: TestShop) -> None:
    for typed in ("", "  ", "'", '"', "%", "_", "\\", "'; DROP TABLE orders; --", "x" * 300, "🛠", "@", "!", ">"):
        found = find(stocked, typed)
        assert (found.customers, found.items) == ((), ())


def test_one_or_two_letters_find_what_begins_so(stocked: TestShop) -> None:
    assert {hit.customer for hit in find(stocked, "a").orders} == {"Ana Pop", "Ștefan Ungureanu"}  # Ana, and Apple
    assert [hit.name for hit in find(stocked, "io").customers] == ["Ion Ștefănescu"]


@pytest.mark.parametrize("role", list(Role))
def test_customers_are_found_only_for_who_may_see_them(stocked: TestShop, role: Role) -> None:
    found = find(stocked, "stefan", role)
    assert bool(found.customers) is may(role, Right.SEE_CUSTOMERS)
    assert found.orders


def test_no_more_of_a_kind_than_can_be_read(shop: TestShop) -> None:
    for _order in range(8):
        an_order(shop, customer=a_new_order().customer)
    found = find(shop, "stefan")
    assert len(found.orders) == 6
    assert len(found.customers) == 1
