"""Columns are chosen, moved and widened, by mouse or without, and stay so for whoever did it at this PC."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from order_desk import Counter, take_in
from shop import TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.columns import ColumnsDialog
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import COLUMNS, Scene
from ticketdesk.domain.filters import OPEN
from ticketdesk.domain.rights import Role
from ticketdesk.domain.views import VIEW
from ticketdesk.services import lists, views
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.views import NewView

USUAL = ("number", "marks", "device", "customer", "problem", "status", "assignee", "due", "balance")


def kept(desk: Counter) -> None:
    """Wait until what was dragged is kept."""
    desk.bot.waitUntil(lambda: not desk.page.table.header._dragged.isActive())
    desk.settle()


def test_the_usual_columns_are_those_of_the_design(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 1)
    assert counter().page.table.header.shown_columns() == USUAL


def test_columns_come_and_go_and_what_is_copied_follows(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    a_ready_order(sqlite_shop, device=NewDevice("phone", "Apple", "iPhone 13", "350000000719464"))
    desk = counter()
    desk.page.layouts.choose(["number", "phone", "serial", "total", "paid", "brand", "status"])
    desk.settle()
    desk.page.table.viewport().grab()
    assert desk.page.table.header.shown_columns() == ("number", "phone", "serial", "total", "paid", "brand", "status")
    desk.page.table.copy()
    assert QGuiApplication.clipboard().text() == "1\t0722 000 418\t35 000000 071946 4\t530.00\t—\tApple\tReady"
    desk.page.layouts.forget()
    assert desk.page.table.header.shown_columns() == USUAL


def test_a_column_dragged_wider_and_elsewhere_stays_so_for_this_person_at_this_pc(
    sqlite_shop: TestShop, counter: Callable[[], Counter], manager_desk: Desk, qtbot: QtBot
) -> None:
    take_in(sqlite_shop, 2)
    desk = counter()
    header = desk.page.table.header
    header.resizeSection(cells.CUSTOMER, 222)
    header.moveSection(header.visualIndex(cells.BALANCE), 2)
    kept(desk)
    again, other = counter(), Counter(manager_desk, qtbot)
    again.settle()
    assert again.page.table.columnWidth(cells.CUSTOMER) == 222
    assert again.page.table.header.shown_columns()[:4] == ("number", "marks", "balance", "device")
    assert other.page.table.header.shown_columns() == USUAL
    assert other.page.table.columnWidth(cells.CUSTOMER) != 222
    room = again.page.table.viewport().width()
    assert sum(again.page.table.columnWidth(place) for place in range(len(COLUMNS))) == room


def test_more_columns_than_fit_are_reached_by_scrolling_sideways(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 3)
    desk = counter()
    desk.page.layouts.choose([column.name for column in COLUMNS])
    desk.settle()
    bar = desk.page.table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    desk.page.table.viewport().grab()
    assert desk.page.table.columnWidth(cells.PROBLEM) >= 60


def test_a_view_brings_its_columns_and_what_one_changes_is_ones_own(
    sqlite_shop: TestShop, counter: Callable[[], Counter], manager_desk: Desk, qtbot: QtBot
) -> None:
    take_in(sqlite_shop, 2)
    made = sqlite_shop.do(
        views.add, NewView("Rest", OPEN, ("number", "customer", "balance"), shared=True), Role.MANAGER
    )
    desk, manager = counter(), Counter(manager_desk, qtbot)
    desk.page.show_view(str(made.id))
    desk.settle()
    assert desk.page.table.header.shown_columns() == ("number", "customer", "balance")
    desk.page.layouts.choose(["number", "customer", "phone", "balance"])
    desk.page.show_view("active")
    desk.settle()
    assert desk.page.table.header.shown_columns() == USUAL
    desk.page.show_view(str(made.id))
    manager.page.show_view(str(made.id))
    desk.settle()
    manager.settle()
    assert desk.page.table.header.shown_columns() == ("number", "customer", "phone", "balance")
    assert manager.page.table.header.shown_columns() == ("number", "customer", "balance")
    manager.page.layouts.choose(["number", "device"])
    manager.page.view_deeds.renew()
    manager.settle()
    assert manager.page.shown.view.columns == ("number", "device")
    assert str(made.id) not in manager.page.layouts.layout.columns


def test_everything_about_columns_and_rows_is_done_without_a_mouse(
    sqlite_shop: TestShop, counter: Callable[[], Counter], qtbot: QtBot
) -> None:
    take_in(sqlite_shop, 2)
    desk = counter()
    desk.run("orders.columns")
    dialog = desk.window.findChildren(ColumnsDialog)[-1]
    qtbot.waitUntil(dialog.list.hasFocus)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert desk.page.table.header.shown_columns() == USUAL
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert desk.page.table.header.shown_columns() == ("number", *USUAL[2:])
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.page.table.header.shown_columns()[1:3] == ("customer", "device")
    dialog.width_.setValue(240)
    assert desk.page.table.columnWidth(cells.DEVICE) == 240
    height = desk.page.table.rowHeight(1)
    dialog.rows.setCurrentIndex(dialog.rows.findData("two-lines"))
    dialog.rows.activated.emit(0)
    assert desk.page.table.rowHeight(1) == 52 > height
    desk.page.table.viewport().grab()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    again = counter()
    again.settle()
    assert again.page.table.rowHeight(1) == 52


def test_a_habit_nobody_can_read_any_more_is_as_if_never_kept(
    sqlite_shop: TestShop, counter: Callable[[], Counter], desk: Desk
) -> None:
    take_in(sqlite_shop, 1)
    desk.keep_habit("orders.layout", '{"colour": "red"}')
    assert counter().page.table.header.shown_columns() == USUAL


def test_titles_are_turned_to_by_the_header_menu_and_hidden_ones_never_sort(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    desk = counter()
    desk.page.layouts._turn("phone")
    assert desk.page.table.header.shown_columns() == (*USUAL, "phone")
    header = desk.page.table.header
    at = QPoint(header.sectionViewportPosition(cells.PHONE) + 8, header.height() // 2)
    desk.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.page.shown.sort == VIEW["active"].sort
    desk.page.layouts._turn("phone")
    assert desk.page.table.header.shown_columns() == USUAL


@pytest.mark.parametrize("code", ["ro", "en"])
def test_every_column_has_a_title_and_words(sqlite_shop: TestShop, code: str) -> None:
    done = a_ready_order(sqlite_shop, device=NewDevice("phone", "Apple", "iPhone 13", "350000000719464"))
    an_order(sqlite_shop)
    with sqlite_shop.database.read() as session:
        row = lists.rows_by_id(session, [done.id])[0]
    scene = Scene(datetime.now(UTC) + timedelta(days=2), "Europe/Bucharest", "RON", may_claim=True)
    with texts.language(code):
        for place, column in enumerate(COLUMNS):
            assert column.name
            assert cells.title(place, "RON") or place == cells.FLAGS
            silent = place in {cells.FLAGS, cells.HANDED_OVER_ON, cells.SOURCE, cells.BIN}
            assert bool(cells.text(row, place, scene)) != silent, column.name
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
