"""One shop in the window: signing in, going about, scanning, keys, locking."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shop import TestShop, a_ready_order, an_order
from ticketdesk.desktop.dialogs.keys import KeysDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.session import Session
from ticketdesk.domain.codes import order_code
from window import activate, sign_in


def test_the_right_pin_opens_the_order_desk_and_the_wrong_one_says_so(qtbot: QtBot, session: Session) -> None:
    sign_in(qtbot, session, "Alina", "000000")
    qtbot.waitUntil(lambda: "tries left" in session.signing.page.message.text(), timeout=10_000)
    assert session.desk.staff is None
    sign_in(qtbot, session, "Alina")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    assert session.frame.rail.isVisible()


def test_a_scanned_receipt_opens_its_order_from_any_page(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    sign_in(qtbot, session, "Mircea")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    for room in ("board", "day", "settings", "intake"):
        session.host.go(room)
        assert session.pages.shown() == room
        session.scanning.scanned(order_code(done.number or 0))
        qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=10_000)
        session.host.back()
        assert session.pages.shown() == room


def test_f1_shows_the_keys_of_the_page(qtbot: QtBot, session: Session) -> None:
    sign_in(qtbot, session, "Mircea")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    qtbot.keyClick(session.frame, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(session.frame.findChildren(KeysDialog)))


def test_locking_hides_the_shop_and_a_colleague_gets_pages_of_their_own(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    a_ready_order(sqlite_shop)
    for name in ("Alina", "Vlad", "Mircea"):
        sign_in(qtbot, session, name)
        qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
        session.host.go("board")
        session.signing.lock()
        assert not session.frame.rail.isVisible()
        assert session.desk.staff is None
        assert session.frame.pages.currentWidget() is session.signing.page


def test_exact_cash_from_the_order_page_takes_two_keys(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = a_ready_order(sqlite_shop)
    sign_in(qtbot, session, "Alina")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    session.host.open_order(done.id)
    page = session.pages["order"]
    assert isinstance(page, OrderPage)
    qtbot.waitUntil(lambda: page.page is not None)
    activate(qtbot, session)
    qtbot.keyClick(page.header.step, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(session.frame.findChildren(PaymentDialog)))
    dialog = session.frame.findChildren(PaymentDialog)[0]
    activate(qtbot, session)
    qtbot.keyClick(dialog.inputs["cash"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.page is not None and page.page.row.status == "handed_over")
    qtbot.waitUntil(lambda: not session.frame.findChildren(PaymentDialog))


def test_back_and_forward_go_through_the_orders_that_were_open(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    one, other = an_order(sqlite_shop), an_order(sqlite_shop)
    sign_in(qtbot, session, "Alina")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    session.host.open_order(one.id)
    session.host.open_order(other.id)
    session.host.go("board")

    def here() -> object:
        return session.pages["order"].page.row.id if session.pages.shown() == "order" else session.pages.shown()

    def waits(for_what: object) -> bool:
        loaded = session.pages.shown() != "order" or session.pages["order"].page is not None
        return loaded and here() == for_what

    assert here() == "board"
    for step, place in (
        (session.pages.back, other.id),
        (session.pages.back, one.id),
        (session.pages.back, "orders"),
        (session.pages.forward, one.id),
        (session.pages.forward, other.id),
        (session.pages.forward, "board"),
        (session.pages.forward, "board"),
    ):
        step()
        qtbot.waitUntil(lambda place=place: waits(place), timeout=10_000)  # type: ignore[misc]


def test_after_locking_one_is_back_where_one_was(qtbot: QtBot, session: Session) -> None:
    sign_in(qtbot, session, "Mircea")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    session.host.go("day")
    session.signing.lock()
    assert session.pages.shown() == ""
    sign_in(qtbot, session, "Mircea")
    qtbot.waitUntil(lambda: session.pages.shown() == "day", timeout=10_000)
