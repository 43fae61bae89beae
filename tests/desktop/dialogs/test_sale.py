"""Selling over the counter by keys and scanner, and taking back against the receipt."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shop import PIN, TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.dialogs.take_back import TakeBackDialog
from ticketdesk.desktop.host import Host, Slip
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, catalogue, customers, sales
from ticketdesk.services.accounts import PayIn
from ticketdesk.services.catalogue import NewItem, NewList, PutPrice
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.sales import NewSale, SalePage

CABLE = NewItem("Cablu USB-C", "CAB-1", "part", ean="5941234567899", price=5_000)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop) -> SaleDialog:
    sqlite_shop.do(catalogue.add, CABLE)
    sqlite_shop.do(catalogue.add, replace(CABLE, name="Folie", code="FOL-1", ean="", price=2_500))
    made = SaleDialog(desk, host)
    made.present()
    qtbot.waitUntil(lambda: made._facts is not None)
    return made


def scanned(qtbot: QtBot, dialog: SaleDialog, code: str, total: int) -> None:
    """Hold a code before the scanner, and wait until the basket comes to so much (minor units)."""
    assert dialog.scan(code)
    qtbot.waitUntil(lambda: dialog.total() == total)


def fill(field: QLineEdit, typed: str) -> None:
    """Type something in place of what stands in a field."""
    field.selectAll()
    QTest.keyClicks(field, typed)


def agree(qtbot: QtBot, host: Host) -> None:
    """Give the PIN that is asked for."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in host.window.findChildren(ApprovalDialog)))
    approval = host.window.findChildren(ApprovalDialog)[0]
    qtbot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    approval.finish()


def sold(shop: TestShop, number: str = "1") -> SalePage:
    with shop.database.read() as session:
        return sales.sale_page(session, sales.sale_id_of(session, number))


def test_a_sale_takes_a_scan_and_one_key(qtbot: QtBot, dialog: SaleDialog, host: Host, sqlite_shop: TestShop) -> None:
    slips: list[Slip] = []
    host.slip_wanted.connect(slips.append)
    scanned(qtbot, dialog, "5941234567899", 5_000)
    scanned(qtbot, dialog, "CAB-1", 10_000)
    assert dialog.rows[0].count.text() == "2"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(slips))
    found = sold(sqlite_shop)
    assert [(line.facts.name, line.facts.quantity) for line in found.lines] == [("Cablu USB-C", 2_000)]
    assert [(row.method, row.amount) for row in found.payments] == [("cash", 10_000)]


def test_what_is_typed_becomes_a_line_and_the_rest_of_a_card_is_cash(
    qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop
) -> None:
    qtbot.keyClicks(dialog.field, "Husa second")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    fill(dialog.rows[0].price, "80")
    fill(dialog.tenders.inputs["card"], "50")
    assert dialog.tenders.inputs["cash"].text() == "30.00"
    fill(dialog.tenders.inputs["cash"], "40")
    assert dialog.change.amount.text().startswith("10.00")
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    paid = [(row.method, row.amount, row.tendered) for row in sold(sqlite_shop).payments]
    assert sorted(paid) == [("card", 5_000, 5_000), ("cash", 3_000, 4_000)]


def test_a_price_without_vat_is_sold_with_it(qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop) -> None:
    qtbot.keyClicks(dialog.field, "Adaptor")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    fill(dialog.rows[0].price, "100 + TVA")
    qtbot.keyClick(dialog.rows[0].price, Qt.Key.Key_Return)
    assert (dialog.rows[0].price.text(), dialog.total()) == ("121.00", 12_100)
    assert "21.00" in dialog._rates.text()
    assert dialog.field.hasFocus()
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop).total == 12_100


def test_a_forgotten_price_is_asked_for_where_it_is_missing(
    qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop
) -> None:
    scanned(qtbot, dialog, "CAB-1", 5_000)
    qtbot.keyClicks(dialog.field, "Husa")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.rows) == 2)
    dialog.field.setFocus()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "“Husa” has no price" in dialog._message.text())
    assert dialog.rows[1].price.hasFocus()
    fill(dialog.rows[1].price, "80")
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop).total == 13_000


def test_a_card_may_not_take_more_than_the_basket(qtbot: QtBot, dialog: SaleDialog) -> None:
    scanned(qtbot, dialog, "FOL-1", 2_500)
    fill(dialog.tenders.inputs["card"], "30")
    assert not dialog.go.isEnabled()
    assert "card" in dialog._message.text()
    dialog.rows[0].gone.emit()
    assert (dialog.rows, dialog.go.isEnabled()) == ([], False)


def test_a_card_number_is_refused_as_the_slips_reference(qtbot: QtBot, dialog: SaleDialog) -> None:
    scanned(qtbot, dialog, "FOL-1", 2_500)
    dialog.tenders.inputs["card"].setFocus()
    dialog.tenders._fill_rest("card")
    dialog.tenders.changed.emit()
    assert not dialog._reference.isHidden()
    fill(dialog.reference, "4111 1111 1111 1111")
    assert "never kept" in dialog._reference.message()
    dialog.finish()
    qtbot.waitUntil(lambda: "card number" in dialog._message.text())
    fill(dialog.reference, "0042")
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_what_is_measured_is_sold_in_parts_and_the_rest_whole(
    qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop
) -> None:
    sqlite_shop.do(catalogue.add, replace(CABLE, name="Cablu la metru", code="CAB-M", ean="", price=1_000, unit="m"))
    scanned(qtbot, dialog, "CAB-M", 1_000)
    assert dialog.rows[0].count.hasFocus()
    QTest.keyClicks(dialog.rows[0].count, "1,5")
    assert dialog.total() == 1_500
    scanned(qtbot, dialog, "FOL-1", 4_000)
    fill(dialog.rows[1].count, "1,5")
    assert not dialog.go.isEnabled()
    assert "Folie: This is sold whole" in dialog._message.text()
    fill(dialog.rows[1].count, "2")
    QTest.keyClick(dialog.rows[1].count, Qt.Key.Key_Up)
    assert (dialog.rows[1].count.text(), dialog.total()) == ("3", 9_000)
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert [line.facts.quantity for line in sold(sqlite_shop).lines] == [1_500, 3_000]


def test_somebody_found_while_typing_pays_their_prices_and_with_their_credit(
    qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop
) -> None:
    friends = sqlite_shop.do(catalogue.add_list, NewList("Colaboratori")).id
    with sqlite_shop.database.read() as session:
        cable = next(row.id for row in catalogue.items(session) if row.code == "CAB-1")
    sqlite_shop.do(catalogue.put_price, PutPrice(cable, friends, 4_000))
    ana = sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0722 333 444", price_list_id=friends)).id
    sqlite_shop.do(accounts.pay_in, PayIn(ana, (Tender("card", 1_500),)), Role.CLERK)
    scanned(qtbot, dialog, "CAB-1", 5_000)
    dialog.customer.typed.setFocus()
    qtbot.keyClicks(dialog.customer.typed, "ana p")
    qtbot.keyClick(dialog.customer.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.customer.id == ana and dialog.total() == 4_000)
    qtbot.waitUntil(lambda: not dialog.tenders._rows["credit"].isHidden())
    assert dialog.field.hasFocus()
    fill(dialog.tenders.inputs["credit"], "15")
    assert dialog.tenders.inputs["cash"].text() == "25.00"
    dialog.customer.forget()
    qtbot.waitUntil(lambda: dialog.total() == 5_000 and dialog.tenders.inputs["credit"].text() == "")
    qtbot.keyClicks(dialog.customer.typed, "0722333444")
    qtbot.waitUntil(lambda: dialog.total() == 4_000 and not dialog.tenders._rows["credit"].isHidden())
    fill(dialog.tenders.inputs["credit"], "15")
    fill(dialog.tenders.inputs["cash"], "50")
    dialog.keep_rest.setChecked(True)
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    found = sold(sqlite_shop)
    assert (found.customer, found.total) == ("Ana Pop", 4_000)
    with sqlite_shop.database.read() as session:
        assert accounts.account(session, ana).credit == 2_500


def test_a_large_discount_asks_a_manager(qtbot: QtBot, dialog: SaleDialog, host: Host, sqlite_shop: TestShop) -> None:
    scanned(qtbot, dialog, "CAB-1", 5_000)
    fill(dialog.rows[0].discount, "10")
    fill(dialog.rows[0].reason, "Client vechi")
    assert dialog.total() == 4_500
    dialog.finish()
    agree(qtbot, host)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop).total == 4_500


def test_a_discount_may_be_an_amount(qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop) -> None:
    scanned(qtbot, dialog, "CAB-1", 5_000)
    fill(dialog.rows[0].discount, "2,50 lei")
    assert dialog.total() == 4_750
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert [(line.facts.discount_amount, line.total) for line in sold(sqlite_shop).lines] == [(250, 4_750)]


def test_what_comes_back_is_counted_explained_and_approved(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    line = LineFacts("Cablu", "part", price=5_000, quantity=2_500, unit="m")
    sqlite_shop.do(sales.sell, NewSale((line,), (Tender("cash", 12_500),)), Role.CLERK)
    dialog = TakeBackDialog(desk, host, sold(sqlite_shop))
    dialog.present()
    count = next(iter(dialog.counts.values()))
    fill(count, "3")
    dialog.finish()
    assert "At most 2.5" in dialog._message.text()
    fill(count, "0,5")
    dialog.finish()
    qtbot.waitUntil(lambda: "reason" in dialog._why.message())
    dialog.reason.setText("Nu se potrivește")
    dialog.finish()
    agree(qtbot, host)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop, "2").total == -2_500
    assert sold(sqlite_shop).lines[0].returned == 500


def test_it_goes_back_another_way_once_the_owner_agrees(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    line = LineFacts("Husă", "part", price=5_000)
    sqlite_shop.do(sales.sell, NewSale((line,), (Tender("card", 5_000),)), Role.CLERK)
    dialog = TakeBackDialog(owner_desk, host, sold(sqlite_shop))
    dialog.present()
    assert [dialog.how.itemData(place) for place in range(dialog.how.count())] == ["", "cash", "transfer", "voucher"]
    dialog.how.choose("cash")
    QTest.keyClick(next(iter(dialog.counts.values())), Qt.Key.Key_Up)
    dialog.reason.setText("Defectă")
    dialog.finish()
    agree(qtbot, host)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert [(row.method, row.amount) for row in sold(sqlite_shop, "2").payments] == [("cash", -5_000)]
