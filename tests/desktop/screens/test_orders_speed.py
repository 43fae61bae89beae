"""What keeps a list of a million fast, at the size of a test: little is asked, little is painted, nothing is lost.

How many milliseconds it takes is for ``ticketdesk bench --window``; here it is how much is done.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from order_desk import Counter, take_in
from shop import TestShop, an_order
from ticketdesk.domain.errors import Unavailable
from ticketdesk.services import orders
from ticketdesk.services.merging import Edit

MOST_CALLS_A_ROW = 200
"""Calls of Python for a painted row: asking a delegate for each cell would take several times as many."""


class Painted(QObject):
    """Hears what is painted of a widget: how high, and how often."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: list[int] = []

    def eventFilter(self, _watched: QObject, event: Any) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.heights.append(event.rect().height())
        return False


def calls_of(act: Callable[[], None]) -> int:
    """Count the calls of Python that something takes."""
    count = 0

    def called(_frame: FrameType, kind: str, _argument: object) -> None:
        nonlocal count
        count += kind == "call"

    sys.setprofile(called)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def test_a_frame_takes_few_calls_a_row_and_asks_no_cell(
    sqlite_shop: TestShop, counter: Callable[[], Counter], monkeypatch: Any
) -> None:
    take_in(sqlite_shop, 60)
    desk = counter()
    table = desk.page.table
    asked: list[int] = []
    monkeypatch.setattr(desk.page.model, "data", lambda index, _role=0: asked.append(index.row()))
    viewport = table.viewport()
    viewport.repaint()
    rows = len(desk.page.model.sight)
    assert rows > 10
    assert calls_of(viewport.repaint) <= rows * MOST_CALLS_A_ROW
    assert asked == []


def test_a_change_elsewhere_paints_its_row_alone(
    qtbot: QtBot, sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    number = take_in(sqlite_shop, 40)[5]
    desk = counter()
    painted = Painted()
    desk.page.table.viewport().installEventFilter(painted)
    highest: list[int] = []
    for complaint in ("Nu pornește", "Nu pornește deloc", "Nu mai pornește deloc"):
        row = desk.page.model.row_of(number)
        assert row is not None
        painted.heights.clear()
        sqlite_shop.do(orders.edit, Edit(row.id, {"complaint": row.complaint}, {"complaint": complaint}))
        desk.desk.changed.emit(frozenset({row.id}))
        desk.settle()
        qtbot.waitUntil(lambda: bool(painted.heights), timeout=5000)  # what is asked to be painted is so a turn later
        highest.append(max(painted.heights))
    # what was still to be laid out when the desk opened is no matter of the changes, and may come with the first ones
    table = desk.page.table  # which of its rows are titles of days goes by the hour, and they are lower
    assert min(highest) <= max(table.rowHeight(row) for row in range(10)) + 2


def test_a_hundred_changes_at_once_are_a_handful_of_questions(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 30)
    desk = counter()
    rows = [row for number in numbers if (row := desk.page.model.row_of(number)) is not None]
    asked: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(sqlite_shop.database.engine, "before_cursor_execute", heard)
    for count in range(100):
        desk.desk.changed.emit(frozenset({rows[count % len(rows)].id}))
    desk.settle()
    event.remove(sqlite_shop.database.engine, "before_cursor_execute", heard)
    assert 0 < len(asked) < 60


def test_what_changed_is_asked_for_again_also_while_the_answer_is_on_its_way(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    number = take_in(sqlite_shop, 3)[1]
    desk = counter()
    row = desk.page.model.row_of(number)
    assert row is not None
    before = row.complaint
    for count in range(5):
        after = f"Încercarea {count}"
        sqlite_shop.do(orders.edit, Edit(row.id, {"complaint": before}, {"complaint": after}))
        desk.desk.changed.emit(frozenset({row.id}))
        before = after
    desk.settle()
    shown = desk.page.model.row_of(number)
    assert shown is not None
    assert shown.complaint == "Încercarea 4"


def test_chosen_order_place_and_focus_survive_a_lost_connection(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 80)
    desk = counter()
    table = desk.page.table
    table.setFocus()
    table.choose(desk.page.model.place_of(numbers[50]))
    desk.settle()
    before = table.visualRect(table.currentIndex()).top()
    desk.desk.lost.emit(Unavailable("The database does not answer."))
    an_order(sqlite_shop)  # taken in by somebody else meanwhile, and last by its promise
    desk.desk.changed.emit(frozenset())
    desk.settle()
    assert len(desk.numbers()) == 81
    assert desk.chosen() == numbers[50]
    assert table.visualRect(table.currentIndex()).top() == before
    assert table.hasFocus()


def test_choosing_all_of_a_long_list_is_refused_or_quick_and_paints_once(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 30)
    desk = counter()
    model = desk.page.model
    model.keys = model.keys * 40_000  # more than anybody takes in during a test
    assert calls_of(lambda: desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)) < 2000
    assert len(desk.page.table.picks) <= 2000
