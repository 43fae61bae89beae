"""Pressed twice, held, double-clicked: what takes money or saves something does it once (P2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from conftest import desk_of
from shop import PIN, TestShop, a_ready_order, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.dialogs.task import TaskDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import pages, staff
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.tables import Base, Line, Order, Payment, Task

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Till:
    """A window in front of somebody with quick fingers."""

    bot: QtBot
    desk: Desk
    host: Host
    shop: TestShop

    def count(self, table: type[Base]) -> int:
        with self.shop.database.read() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def page(self, order: UUID) -> pages.OrderPage:
        with self.shop.database.read() as session:
            return pages.order_page(session, order)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.desk._work.idle)
        self.bot.wait(1)
        self.bot.waitUntil(lambda: self.desk._work.idle)


@pytest.fixture
def till(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Till]:
    """Give the owner's desk and a window."""
    for desk in desk_of(sqlite_shop, tmp_path, qtbot, Role.OWNER):
        window = QWidget()
        window.resize(1368, 840)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made = Till(qtbot, desk, Host(window), sqlite_shop)
        yield made
        made.settle()


def by_keys(button: QAbstractButton) -> None:
    """Hold the key of the button: ten presses within the promised fifty milliseconds."""
    window = button.window()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    for _press in range(10):
        QTest.keyPress(window, Qt.Key.Key_Return, CONTROL)
    QTest.keyRelease(window, Qt.Key.Key_Return, CONTROL)


def by_clicks(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def by_both(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    by_keys(button)


WAYS = pytest.mark.parametrize("press", [by_keys, by_clicks, by_both])
Press = Callable[[QAbstractButton], None]


def primary(dialog: QWidget) -> Button:
    return next(button for button in dialog.findChildren(Button) if not button.shortcut().isEmpty())


@WAYS
def test_a_payment_is_taken_once(till: Till, press: Press) -> None:
    order = a_ready_order(till.shop)
    dialog = PaymentDialog(till.desk, till.host, till.page(order.id))
    dialog.present()
    till.bot.waitUntil(dialog.go.isEnabled)
    press(dialog.go)
    till.bot.waitUntil(lambda: till.count(Payment) > 0)
    till.settle()
    assert [(payment.amount, payment.number) for payment in till.page(order.id).payments] == [
        (53_000, till.shop.shown(1))
    ]


@WAYS
def test_a_refund_is_given_once(till: Till, press: Press) -> None:
    order = an_order(till.shop, deposit=10_000)
    dialog = RefundDialog(till.desk, till.host, till.page(order.id).payments[0], 10_000)
    dialog.present()
    dialog.reason.setText("Clientul a renunțat")
    press(primary(dialog))
    till.bot.waitUntil(lambda: bool(till.host.window.findChildren(ApprovalDialog)))
    till.settle()
    [approval] = till.host.window.findChildren(ApprovalDialog)
    till.bot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    press(approval.go)
    till.bot.waitUntil(lambda: till.count(Payment) > 1)
    till.settle()
    assert [payment.amount for payment in till.page(order.id).payments] == [10_000, -10_000]


@WAYS
def test_a_line_is_added_once(till: Till, press: Press) -> None:
    order = an_order(till.shop)
    dialog = LineDialog(till.desk, till.host, order.id, None)
    dialog.present()
    dialog.form.name.setText("Înlocuire ecran")
    dialog.form.price.setText("530")
    press(primary(dialog))
    till.bot.waitUntil(lambda: till.count(Line) > 0)
    till.settle()
    assert till.page(order.id).row.total == 53_000


@WAYS
def test_a_task_is_added_once(till: Till, press: Press) -> None:
    order = an_order(till.shop)
    dialog = TaskDialog(till.desk, till.host, order.id)
    dialog.present()
    dialog.text.setText("Sună clientul")
    press(primary(dialog))
    till.bot.waitUntil(lambda: till.count(Task) > 0)
    till.settle()
    assert till.count(Task) == 1


@WAYS
def test_an_order_is_taken_in_once(till: Till, press: Press) -> None:
    page = IntakePage(till.desk, till.host)
    layout = QVBoxLayout(till.host.window)
    layout.addWidget(page)
    typed = (
        (page.customer.phone, "0722000418"), (page.customer.name, "Stefan Ungureanu"), (page.device.model, "iPhone 13"),
        (page.problem.text, "Ecran spart"), (page.price.deposit, "100"),
    )  # fmt: skip
    for field, text in typed:
        QTest.keyClicks(field, text)
    page.footer.print.setShortcut("Ctrl+Return")  # as the window's own key does
    till.settle()
    press(page.footer.print)
    till.bot.waitUntil(lambda: till.count(Order) > 0)
    till.settle()
    assert (till.count(Order), till.count(Payment)) == (1, 1)


def test_claiming_the_next_order_twice_at_once_claims_one(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    first, second = an_order(sqlite_shop), an_order(sqlite_shop)
    session.desk.sign(the_owner(sqlite_shop))
    for _press in range(3):
        session._claim()
    qtbot.waitUntil(lambda: session.desk._work.idle)
    with sqlite_shop.database.read() as asked:
        claimed = [asked.get_one(Order, order.id).assignee_id for order in (first, second)]
    assert claimed == [sqlite_shop.people[Role.OWNER], None]
    qtbot.waitUntil(lambda: session.pages.shown() == "order")
    session._claim()
    qtbot.waitUntil(lambda: session.desk._work.idle)
    with sqlite_shop.database.read() as asked:
        assert asked.get_one(Order, second.id).assignee_id == sqlite_shop.people[Role.OWNER]


def the_owner(shop: TestShop) -> StaffRow:
    with shop.database.read() as session:
        return staff.one(session, shop.people[Role.OWNER])
