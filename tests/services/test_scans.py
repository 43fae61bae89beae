"""What a scanned code means, and what is remembered of it."""

import pytest

from shop import TestShop, a_new_order, an_item, an_order
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.services import scans
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.scans import Kind, Learn, Meaning

IMEI = "350000000719464"


def meaning(shop: TestShop, code: str) -> Meaning:
    with shop.database.read() as session:
        return scans.meaning(session, code)


def test_our_own_code_means_its_order_and_one_of_another_shop_nothing(shop: TestShop) -> None:
    done = an_order(shop)
    found = meaning(shop, order_code(done.number or 0))
    assert (found.kind, found.id) == (Kind.ORDER, done.id)
    assert meaning(shop, order_code(9_000_001)).kind is Kind.UNKNOWN
    assert meaning(shop, "TD00000019").kind is Kind.UNKNOWN  # its check digit is wrong


def test_a_serial_number_means_the_device_it_is_on_in_any_notation(shop: TestShop) -> None:
    an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13", serial=IMEI))
    for code in (IMEI, "35-000000-071946-4"):
        found = meaning(shop, code)
        assert (found.kind, found.title) == (Kind.DEVICE, "Apple iPhone 13")
    assert meaning(shop, "350000000719465").kind is Kind.UNKNOWN


def test_a_bare_number_means_the_order_that_has_it_and_no_other(shop: TestShop) -> None:
    done = an_order(shop)
    for code in (str(done.number), f"{done.number:07d}", f" {done.number} "):
        assert (meaning(shop, code).kind, meaning(shop, code).id) == (Kind.ORDER, done.id)
    for code in (str((done.number or 0) + 1), f"{done.number}0000000", "0", f"x{done.number}", "٣", "²"):
        assert meaning(shop, code).kind is Kind.UNKNOWN


def test_a_number_on_several_things_names_them_all_and_a_bin_is_only_one_of_several(shop: TestShop) -> None:
    done = an_order(shop)
    code = str(done.number)
    item = an_item(shop, code, "Ecran iPhone 13", 35_000)
    an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13", serial=code), bin=code)
    an_order(shop, bin="77777")
    found = meaning(shop, code)
    assert found.kind is Kind.SEVERAL
    assert [each.kind for each in found.either] == [Kind.ORDER, Kind.BIN, Kind.ITEM, Kind.DEVICE]
    assert (found.either[0].id, found.either[2].id) == (done.id, item)
    assert found.either[0].details == "Apple iPhone 13 128 GB · Ștefan Ungureanu"
    assert meaning(shop, "77777").kind is Kind.UNKNOWN


def test_an_empty_or_strange_code_means_nothing(shop: TestShop) -> None:
    an_order(shop, device=a_new_order().device)  # without a serial number
    for code in ("", " ", "'; DROP TABLE orders; --", "https://example.org/?x=1", "x" * 64):
        assert meaning(shop, code).kind is Kind.UNKNOWN


def test_a_code_that_was_taught_is_known_from_then_on(shop: TestShop) -> None:
    item = an_item(shop, "ECR13", "Ecran iPhone 13", 35_000)
    assert meaning(shop, "5941234567899").kind is Kind.UNKNOWN
    for _again in range(2):
        shop.do(scans.learn, Learn(item, "5941234567899"), Role.MANAGER)
    found = meaning(shop, "5941234567899")
    assert (found.kind, found.id, found.title) == (Kind.ITEM, item, "Ecran iPhone 13")


def test_a_code_stays_with_the_item_that_has_it(shop: TestShop) -> None:
    one, other = an_item(shop, "A1", "Ecran", 1), an_item(shop, "B2", "Baterie", 1)
    shop.do(scans.learn, Learn(one, "5941234567899"))
    with pytest.raises(Refusal, match="already the code of “Ecran”"):
        shop.do(scans.learn, Learn(other, "5941234567899"))
    with pytest.raises(Refusal, match="“Ecran” already has the code 5941234567899"):
        shop.do(scans.learn, Learn(one, "5940000000008"))


def test_a_clerk_teaches_no_codes(shop: TestShop) -> None:
    item = an_item(shop, "A1", "Ecran", 1)
    with pytest.raises(Forbidden):
        shop.do(scans.learn, Learn(item, "5941234567899"), Role.CLERK)
