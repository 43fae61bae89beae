"""The catalogue: found as one types, changed without losing what a colleague changed, priced for groups."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.item import ItemDialog
from ticketdesk.desktop.dialogs.price_lists import PriceListsDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.catalogue.page import CataloguePage
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, customers
from ticketdesk.services.catalogue import ItemRow, NewItem, NewList
from ticketdesk.services.customers import CustomerRow, NewCustomer
from ticketdesk.services.merging import Edit


@pytest.fixture
def manager(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    for name, code, category in (("Înlocuire ecran", "ECR-1", "Telefoane"), ("Baterie", "BAT-1", "Laptopuri")):
        sqlite_shop.do(catalogue.add, NewItem(name, code, price=30_000, cost=10_000, category=category))
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER)


@pytest.fixture
def page(qtbot: QtBot, manager: Desk, host: Host) -> CataloguePage:
    made = CataloguePage(manager, host)
    made.setParent(host.window)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: len(made.rows) == 2)
    return made


def item(shop: TestShop, code: str = "ECR-1") -> ItemRow:
    with shop.database.read() as session:
        return next(row for row in catalogue.page(session, "") if row.code == code)


def test_works_are_found_by_words_and_category(qtbot: QtBot, page: CataloguePage) -> None:
    page.search.setText("inlocuire")
    qtbot.waitUntil(lambda: [row.code for row in page.rows] == ["ECR-1"])
    page.search.setText("")
    qtbot.waitUntil(lambda: page.category.count() == 3 and len(page.rows) == 2)
    page.category.choose("Laptopuri")
    page.category.activated.emit(page.category.currentIndex())
    qtbot.waitUntil(lambda: [row.code for row in page.rows] == ["BAT-1"])


def test_a_new_work_is_refused_at_its_field_and_added_once_mended(
    qtbot: QtBot, page: CataloguePage, manager: Desk, host: Host
) -> None:
    dialog = ItemDialog(manager, host, None)
    dialog.present()
    dialog.name.setText("Curățare")
    dialog.code.setText("ECR-1")
    dialog.price.setText("50 + TVA")
    dialog.save()
    qtbot.waitUntil(lambda: "has this code already" in dialog._fields["code"].message())
    dialog.code.setText("CUR-1")
    dialog.save()
    qtbot.waitUntil(lambda: len(page.rows) == 3)
    assert {row.code: row.price for row in page.rows}["CUR-1"] == 6_050


def test_two_people_change_different_facts_of_one_work(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    seen = item(sqlite_shop)
    dialog = ItemDialog(manager, host, seen)
    dialog.present()
    sqlite_shop.do(catalogue.edit, Edit(seen.id, {"cost": 10_000}, {"cost": 12_000}))
    dialog.price.setText("350")
    dialog.save()
    qtbot.waitUntil(lambda: (item(sqlite_shop).price, item(sqlite_shop).cost) == (35_000, 12_000))


def test_a_price_for_a_group_is_written_at_the_work(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    lists = PriceListsDialog(manager, host)
    lists.present()
    lists.name.setText("Colaboratori")
    lists.add()
    qtbot.waitUntil(lambda: lists.name.text() == "")
    lists.dismiss()
    dialog = ItemDialog(manager, host, item(sqlite_shop))
    dialog.present()
    qtbot.waitUntil(lambda: len(dialog._prices) == 1)
    field, _seen = next(iter(dialog._prices.values()))
    field.setText("250")
    dialog.save()

    def prices() -> list[int]:
        with sqlite_shop.database.read() as session:
            return list(catalogue.prices_of(session, item(sqlite_shop).id).values())

    qtbot.waitUntil(lambda: prices() == [25_000])


def test_a_list_with_a_name_that_is_taken_is_refused(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    sqlite_shop.do(catalogue.add_list, NewList("Firme", companies=True))
    lists = PriceListsDialog(manager, host)
    lists.present()
    lists.name.setText("Firme")
    lists.add()
    qtbot.waitUntil(lambda: "already a price list" in lists._field.message())


def test_a_clerk_looks_and_sees_no_costs(qtbot: QtBot, desk: Desk, host: Host) -> None:
    page = CataloguePage(desk, host)
    page.setParent(host.window)
    page.activate()
    assert not page.add.isEnabled()
    assert "Cost" not in [heading.title for heading in page.table.cells.headings]
    qtbot.waitUntil(lambda: page._asked > 0)


def test_a_customer_is_given_a_price_list(qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop) -> None:
    friends = sqlite_shop.do(catalogue.add_list, NewList("Colaboratori")).id
    customer = sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0722 333 444")).id

    def now() -> CustomerRow:
        with sqlite_shop.database.read() as session:
            return customers.one(session, customer)

    dialog = CustomerDialog(manager, host, now(), opened=lambda _key: None)
    dialog.present()
    qtbot.waitUntil(lambda: dialog.prices.count() == 2)
    dialog.prices.choose(str(friends))
    dialog.save()
    qtbot.waitUntil(lambda: now().price_list_id == friends)
