"""Selling over the counter by keys and scanner, and taking back against the receipt."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shop import PIN, TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.dialogs.take_back import TakeBackDialog
from ticketdesk.desktop.host import Host, Slip
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, sales
from ticketdesk.services.catalogue import NewItem
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.sales import NewSale, SalePage
from ticketdesk.storage.preferences import Preferences

CABLE = NewItem("Cablu USB-C", "CAB-1", "part", ean="5941234567899", price=5_000)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    window = QWidget()
    window.resize(1200, 760)
    qtbot.addWidget(window)
    window.show()
    return Host(window, Preferences())


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop) -> SaleDialog:
    sqlite_shop.do(catalogue.add, CABLE)
    sqlite_shop.do(catalogue.add, replace(CABLE, name="Folie", code="FOL-1", ean="", price=2_500))
    made = SaleDialog(desk, host)
    made.present()
    qtbot.waitUntil(lambda: len(made._items) == 2)
    return made


def sold(shop: TestShop, number: int = 1) -> SalePage:
    with shop.database.read() as session:
        return sales.sale_page(session, sales.sale_id_of(session, number))


def test_a_sale_takes_a_scan_and_one_key(qtbot: QtBot, dialog: SaleDialog, host: Host, sqlite_shop: TestShop) -> None:
    slips: list[Slip] = []
    host.slip_wanted.connect(slips.append)
    assert dialog.scan("5941234567899")
    assert dialog.scan("CAB-1")
    assert (dialog.total(), dialog.rows[0].count.value()) == (10_000, 2)
    dialog.finish()
    qtbot.waitUntil(lambda: bool(slips))
    found = sold(sqlite_shop)
    assert [(line.facts.name, line.facts.quantity) for line in found.lines] == [("Cablu USB-C", 2_000)]
    assert [(row.method, row.amount) for row in found.payments] == [("cash", 10_000)]


def test_what_is_typed_becomes_a_line_and_the_rest_of_a_card_is_cash(
    qtbot: QtBot, dialog: SaleDialog, sqlite_shop: TestShop
) -> None:
    qtbot.keyClicks(dialog.field, "Husa second")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    dialog.rows[0].price.setText("80")
    dialog.rows[0].price.amount_changed.emit()
    dialog.card.setText("50")
    dialog.card.amount_changed.emit()
    dialog.cash.setText("40")
    dialog.cash.amount_changed.emit()
    assert dialog._change.text().startswith("10.00")
    dialog.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    paid = [(row.method, row.amount, row.tendered) for row in sold(sqlite_shop).payments]
    assert sorted(paid) == [("card", 5_000, 5_000), ("cash", 3_000, 4_000)]


def test_a_card_may_not_take_more_than_the_basket(dialog: SaleDialog) -> None:
    dialog.scan("FOL-1")
    dialog.card.setText("30")
    dialog.card.amount_changed.emit()
    assert not dialog.go.isEnabled()
    assert "card" in dialog._message.text()
    dialog.rows[0].gone.emit()
    assert (dialog.rows, dialog.go.isEnabled()) == ([], False)


def test_a_large_discount_asks_a_manager(qtbot: QtBot, dialog: SaleDialog, host: Host, sqlite_shop: TestShop) -> None:
    dialog.scan("CAB-1")
    dialog.rows[0].discount.setText("10")
    dialog.rows[0].discount.textEdited.emit("10")
    dialog.rows[0].reason.setText("Client vechi")
    assert dialog.total() == 4_500
    dialog.finish()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in host.window.findChildren(ApprovalDialog)))
    approval = host.window.findChildren(ApprovalDialog)[0]
    qtbot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    approval.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop).total == 4_500


def test_what_comes_back_is_counted_explained_and_approved(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    line = LineFacts("Cablu", "part", price=5_000, quantity=2_000)
    sqlite_shop.do(sales.sell, NewSale((line,), (Tender("cash", 10_000),)), Role.CLERK)
    dialog = TakeBackDialog(desk, host, sold(sqlite_shop))
    dialog.present()
    next(iter(dialog.counts.values())).setValue(1)
    dialog.finish()
    qtbot.waitUntil(lambda: "reason" in dialog._why.message())
    dialog.reason.setText("Nu se potrivește")
    dialog.finish()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in host.window.findChildren(ApprovalDialog)))
    approval = host.window.findChildren(ApprovalDialog)[0]
    qtbot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    approval.finish()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert sold(sqlite_shop, 2).total == -5_000
    assert sold(sqlite_shop).lines[0].returned == 1_000
