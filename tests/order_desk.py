"""The order desk for tests: in a real window, as somebody at the counter uses it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.orders.page import OrdersPage
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice


class Counter:
    """The order desk in a window, and what it asked of that window."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.bot, self.desk = qtbot, desk
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1368, 740)
        self.host = Host(self.window)
        self.toasts: list[tuple[Any, ...]] = []
        self.opened: list[Any] = []
        self.searched: list[str] = []
        self.paid: list[Any] = []
        self.host.toast_wanted.connect(lambda *said: self.toasts.append(said))
        self.host.order_wanted.connect(self.opened.append)
        self.host.search_wanted.connect(self.searched.append)
        self.host.payment_wanted.connect(self.paid.append)
        self.page = OrdersPage(desk, self.host)
        self.page.setParent(self.window)
        self.page.setGeometry(self.window.rect())
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.page.activate()
        self.settle()

    def settle(self) -> None:
        """Wait until every question is answered and every timer rests."""
        page = self.page
        repeated = (page.known.asking, page._previews)

        def at_rest() -> bool:
            idle = self.desk._work.idle and page.model.settled and all(each.idle for each in repeated)
            return idle and not page._resting.isActive()

        for _round in range(2):
            self.bot.waitUntil(at_rest)

    def numbers(self) -> list[int]:
        return [key for key in self.page.model.keys if key > 0]

    def chosen(self) -> int | None:
        return self.page.table.number()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.page.table, key, modifier)

    def click_header(self, column: int) -> None:
        header = self.page.table.header
        at = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
        self.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def run(self, command: str) -> None:
        next(one for one in self.page.commands if one.id == command).run()


def take_in(shop: TestShop, count: int) -> list[int]:
    numbers = []
    for n in range(count):
        done = an_order(
            shop,
            customer=NewCustomer(f"Client {chr(65 + n * 7 % 26)}", f"0722 000 4{n:02}"),
            device=NewDevice("phone", "Apple", f"iPhone {n % 5}"),
            promised_at=datetime.now(UTC) + timedelta(hours=3 + n),
        )
        numbers.append(done.number or 0)
    return numbers
