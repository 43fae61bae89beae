"""The room of customers: the list finds them, a page shows all of theirs, and two can become one and two again."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shop import TestShop, an_order
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.join import JoinDialog
from ticketdesk.desktop.dialogs.take_back import TakeBackDialog
from ticketdesk.desktop.people import LinkRow
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.basics import IconButton
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.services import customers, pages, sales
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.sales import NewSale
from window import enter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)


def test_the_list_finds_customers_by_words_in_any_order_and_by_phone(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    wanted = sqlite_shop.do(customers.add, NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0745 000 095"))
    enter(qtbot, session, "Alina")
    session.host.go("customers")
    page = session.pages["customers"]
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=5000)
    for typed in ("ungur stef", "+40722000418", "000 418"):
        page.search(typed)
        qtbot.waitUntil(lambda: page.model.rowCount() == 1 and page.table.number() == wanted.number, timeout=5000)
        page.search("")
        qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=5000)
    page.search("nobody at all")
    qtbot.waitUntil(lambda: not page.empty.isHidden(), timeout=5000)


def test_a_technician_sees_no_list_of_customers(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0745 000 095"))
    enter(qtbot, session, "Vlad")
    session.host.go("customers")
    settle(qtbot, session)
    page = session.pages["customers"]
    assert page.model.rowCount() == 0
    assert not page.empty.isHidden()
    session.desk.changed.emit(frozenset())  # somebody else changed something: the list is not asked for because of it
    page.search("Ana")
    settle(qtbot, session)
    assert page.model.rowCount() == 0


def test_a_technician_is_led_to_no_customer_by_any_way(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    made = an_order(sqlite_shop)
    with sqlite_shop.database.read() as read:
        order = pages.order_page(read, made.id)
    assert order.customer is not None
    enter(qtbot, session, "Vlad")
    session.host.open_order(made.id)
    qtbot.waitUntil(lambda: session.pages["order"].page is not None, timeout=5000)
    settle(qtbot, session)
    names = {button.accessibleName() for button in session.pages["order"].findChildren(IconButton)}
    assert "Open the device" in names
    assert not names & {"Open the customer", "Call or write"}
    assert not {"order.customer", "order.reach", "order.sms"} & {one.id for one in session.keys.offered}
    session.host.open_customer(order.customer.id)
    assert session.pages.shown() == "order"
    assert session.frame.toasts.texts()[-1] == "Your role does not allow this. Ask a manager."
    session.host.open_device(order.device.id)
    qtbot.waitUntil(lambda: session.pages["device"].page is not None, timeout=5000)
    settle(qtbot, session)
    assert not session.pages["device"].findChildren(LinkRow)


def test_a_new_customer_whose_phone_is_known_is_refused_at_the_field_and_named(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0745 000 095"))
    enter(qtbot, session, "Alina")
    opened: list[object] = []
    dialog = CustomerDialog(session.desk, session.host, None, opened=opened.append)
    dialog.present()
    dialog.name.setText("Anca Popa")
    qtbot.keyClicks(dialog.phone, "0745000095")
    qtbot.waitUntil(lambda: dialog._doubles.count() == 1, timeout=5000)
    dialog.save()
    qtbot.waitUntil(lambda: "Ana Pop" in dialog.fields["phone"].message(), timeout=5000)
    dialog.phone.setText("0745 000 096")
    dialog.save()
    qtbot.waitUntil(lambda: bool(opened), timeout=5000)


def test_two_who_are_one_are_merged_and_the_merge_is_taken_back(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    sqlite_shop.do(customers.add, NewCustomer("Ungureanu Ștefan", ""))
    an_order(sqlite_shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    with sqlite_shop.database.read() as asked:
        rows = customers.find(asked, "ungureanu")
    older = min(rows, key=lambda row: row.number)
    enter(qtbot, session, "Raluca")
    session.host.open_customer(older.id)
    settle(qtbot, session)
    page = session.pages["customer"]
    qtbot.waitUntil(lambda: page.page is not None and bool(page.page.doubles), timeout=5000)
    page._compare(page.page.doubles[0])
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    dialog = open_dialogs(session.frame)[0]
    assert isinstance(dialog, JoinDialog)
    dialog.choose("name", "mine")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.page.row.orders == 1, timeout=5000)
    assert page.page.merges
    page.deeds.take_back(page.page.row, page.page.merges[0])
    qtbot.waitUntil(lambda: page.page.row.orders == 0, timeout=5000)


def test_what_somebody_bought_over_the_counter_stands_on_their_page(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    ana = sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0745 000 095")).id
    lines = (LineFacts("Cablu la metru", "part", price=1_000, quantity=1_500, unit="m"), LineFacts("Husă", price=5_000))
    sold = sqlite_shop.do(sales.sell, NewSale(lines, (Tender("card", 6_500),), ana))
    enter(qtbot, session, "Alina")
    session.host.open_customer(ana)
    page = session.pages["customer"]
    qtbot.waitUntil(lambda: page.page is not None and bool(page.page.sales), timeout=5000)
    for shown in (page.devices, page.sales, page.orders):
        page._turn(1)
        assert page._tables.currentWidget() is shown
    page._turn(-1)
    assert page._tables.currentWidget() is page.sales
    [row] = page.sales.cells.rows
    assert (row[0].text, row[2].text, row[4].text) == (sold.document, "Cablu la metru, Husă", "65.00")
    page.sales.opened.emit(0)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    assert isinstance(open_dialogs(session.frame)[0], TakeBackDialog)


def test_columns_of_customers_stay_as_somebody_likes_them_and_none_is_picked(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    session.host.go("customers")
    page = session.pages["customers"]
    qtbot.waitUntil(lambda: len(page.model.keys) > 0)
    page.layouts.choose(["name", "phone", "owes"])
    assert len(page.table.header.shown_columns()) == 3
    page.table.viewport().grab()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.table.picks


@pytest.mark.parametrize(("who", "offered"), [("Alina", True), ("Ioana", False)])
def test_a_customer_without_orders_says_so_and_offers_the_first(
    qtbot: QtBot,
    session: Session,
    sqlite_shop: TestShop,
    who: str,
    offered: bool,  # noqa: FBT001 - a case of the test
) -> None:
    done = sqlite_shop.do(customers.add, NewCustomer("Ana Pop", "0745 000 095"))
    enter(qtbot, session, who)
    session.host.open_customer(done.id)
    page = session.pages["customer"]
    qtbot.waitUntil(page.orders.empty.isVisible, timeout=5000)
    assert page.orders.empty.accessibleName() == "This customer has no orders yet."
    button = page.orders.begin
    assert button.isVisible() == offered
    if not offered:
        return
    button.click()
    qtbot.waitUntil(lambda: session.pages.shown() == "intake", timeout=5000)
    qtbot.waitUntil(lambda: session.pages["intake"].customer.phone.text() == "0745 000 095", timeout=5000)
    an_order(sqlite_shop, customer_id=done.id, customer=None)
    session.host.open_customer(done.id)
    session.desk.changed.emit(frozenset({done.id}))
    qtbot.waitUntil(lambda: not page.orders.empty.isVisible(), timeout=5000)
