"""The board: cards moved by mouse and keys, and by other stations, in the real page."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.board import card, filters, moves
from ticketdesk.desktop.screens.board.cell import Cell
from ticketdesk.desktop.screens.board.page import BoardPage
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Kind, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, lists, orders
from ticketdesk.services.lists import OrderRow

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton


@dataclass
class Board:
    """The page in a window, and what the window was asked to do."""

    desk: Desk
    page: BoardPage
    qtbot: QtBot
    toasts: list[str] = field(default_factory=list)
    opened: list[UUID] = field(default_factory=list)

    def column(self, status: str) -> Cell:
        return next(each for each in self.page.view.cells if each.spot.status == status)

    def ids(self, status: str) -> list[UUID]:
        return [row.id for row in self.column(status).cards.rows]

    def row(self, order_id: UUID) -> OrderRow:
        with self.desk.database.read() as session:
            return lists.rows_by_id(session, [order_id])[0]

    def faded(self, status: str) -> bool:
        return self.column(status).list.delegate.faded

    def selected(self) -> list[UUID]:
        """Give every card that is selected, in any column."""
        return [row.id for each in self.page.view.cells if (row := each.list.current()) is not None]

    def focus(self, order_id: UUID) -> None:
        """Click a card."""
        column = next(each for each in self.page.view.cells if each.cards.place_of(order_id) >= 0)
        index = column.cards.index(column.cards.place_of(order_id))
        at = column.list.visualRect(index).center()
        QTest.mouseClick(column.list.viewport(), _LEFT, pos=at)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=5000)

    def enter(self, data: QMimeData, status: str) -> bool:
        """Hold something over a column; say whether it would take it."""
        column = self.column(status)
        event = QDragEnterEvent(QPoint(30, 120), Qt.DropAction.MoveAction, data, _LEFT, _PLAIN)
        QApplication.sendEvent(column, event)
        return event.isAccepted()

    def drop(self, data: QMimeData, status: str) -> None:
        event = QDropEvent(QPointF(30, 120), Qt.DropAction.MoveAction, data, _LEFT, _PLAIN)
        QApplication.sendEvent(self.column(status), event)


def board_of(desk: Desk, qtbot: QtBot, width: int = 1368, height: int = 760) -> Board:
    window = QWidget()
    window.resize(width, height)
    host = Host(window)
    page = BoardPage(desk, host)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    for command in page.commands:
        QShortcut(QKeySequence(command.key), window).activated.connect(command.run)
    board = Board(desk, page, qtbot)
    host.toast_wanted.connect(lambda text, *_more: board.toasts.append(text))
    host.order_wanted.connect(board.opened.append)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.activate()
    qtbot.waitUntil(lambda: page.count.text() != "")
    return board


@pytest.fixture
def started(sqlite_shop: TestShop) -> UUID:
    """Give an order in progress that may be marked ready."""
    order = a_ready_order(sqlite_shop)
    sqlite_shop.do(orders.move, orders.Move(order.id, "in_progress"), Role.TECHNICIAN)
    return order.id


def test_every_open_order_stands_under_its_status(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    new, ready = an_order(sqlite_shop).id, a_ready_order(sqlite_shop).id
    gone = an_order(sqlite_shop).id
    sqlite_shop.do(orders.move, orders.Move(gone, "cancelled", reason="renunță"))
    board = board_of(desk, qtbot)
    assert board.ids("created") == [new]
    assert board.ids("ready") == [ready]
    assert sum(len(board.ids(each.spot.status)) for each in board.page.view.cells) == 2
    assert board.page.count.text() == "2 active orders"
    assert board.column("ready").list.accessibleName() == "Ready, 1 order"


def test_a_drop_moves_the_order_and_the_card(desk: Desk, qtbot: QtBot, started: UUID) -> None:
    board = board_of(desk, qtbot)
    data = moves.pack(board.row(started))
    assert board.enter(data, "ready")
    assert board.column("ready").slot.words() == "Move to “Ready”"
    assert board.column("ready").slot.isVisible()
    board.drop(data, "ready")
    assert not board.column("ready").slot.isVisible()
    board.wait(lambda: board.ids("ready") == [started])
    assert board.ids("in_progress") == []
    assert board.row(started).status == "ready"
    assert board.selected() == [started]
    assert "“Ready”" in board.toasts[0]


def test_an_impossible_column_fades_says_why_and_takes_nothing(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop).id
    board = board_of(desk, qtbot)
    data = moves.pack(board.row(order))
    board.column("created").list.drag_began.emit(board.row(order))
    assert board.faded("shipped")
    assert board.column("shipped").slot.words() == "An order cannot go from “Created” to “Shipped”."
    assert board.column("in_progress").slot.words() == "Claim the order first: nobody is responsible for it."
    assert not board.faded("awaiting_approval")
    assert not board.faded("created")
    assert not board.enter(data, "shipped")
    board.column("created").list.drag_ended.emit()
    assert not board.faded("shipped")
    assert not board.column("shipped").slot.isVisible()
    assert board.row(order).status == "created"


def test_a_column_forgets_a_card_that_leaves_it(desk: Desk, qtbot: QtBot, started: UUID) -> None:
    board = board_of(desk, qtbot)
    board.enter(moves.pack(board.row(started)), "ready")
    QApplication.sendEvent(board.column("ready"), QDragLeaveEvent())
    assert not board.column("ready").slot.isVisible()


def test_something_foreign_is_not_taken(desk: Desk, qtbot: QtBot, started: UUID) -> None:
    board = board_of(desk, qtbot)
    text = QMimeData()
    text.setText(str(started))
    assert not board.enter(text, "ready")
    strange = moves.pack(board.row(started))
    board.page._rows = []
    assert not board.enter(strange, "ready")


def test_a_card_somebody_moved_meanwhile_is_not_moved_again(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    board = board_of(desk, qtbot)
    data = moves.pack(board.row(started))
    sqlite_shop.do(orders.move, orders.Move(started, "awaiting_parts"))
    assert board.enter(data, "ready")
    board.drop(data, "ready")
    board.wait(lambda: bool(board.toasts))
    assert "already moved" in board.toasts[0]
    assert board.row(started).status == "awaiting_parts"


def test_ctrl_right_and_left_move_the_card_and_it_stays_selected(desk: Desk, qtbot: QtBot, started: UUID) -> None:
    board = board_of(desk, qtbot)
    board.focus(started)
    board.press(Key.Key_Right, _CONTROL)
    board.wait(lambda: board.ids("awaiting_parts") == [started])
    assert board.selected() == [started]
    assert board.column("awaiting_parts").list.hasFocus()
    board.press(Key.Key_Left, _CONTROL)
    board.wait(lambda: board.ids("in_progress") == [started])
    assert board.column("in_progress").list.hasFocus()


def test_ctrl_right_says_why_when_the_flow_ends_here(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop).id
    board = board_of(desk, qtbot)
    board.focus(order)
    board.press(Key.Key_Right, _CONTROL)
    board.wait(lambda: bool(board.toasts))
    assert board.toasts == ["Claim the order first: nobody is responsible for it."]
    board.press(Key.Key_Left, _CONTROL)
    assert board.row(order).status == "created"


def test_f8_does_the_next_step(desk: Desk, qtbot: QtBot, started: UUID) -> None:
    board = board_of(desk, qtbot)
    board.focus(started)
    board.press(Key.Key_F8)
    board.wait(lambda: board.ids("ready") == [started])


def test_arrows_go_between_columns_and_enter_opens(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    first, ready = an_order(sqlite_shop).id, a_ready_order(sqlite_shop).id
    board = board_of(desk, qtbot)
    board.focus(first)
    board.press(Key.Key_Right)
    assert board.selected() == [started]
    board.press(Key.Key_Right)
    assert board.selected() == [ready]  # empty columns are stepped over
    board.press(Key.Key_Right)
    assert board.selected() == [ready]
    board.press(Key.Key_Left)
    board.press(Key.Key_Return)
    assert board.opened == [started]


def test_tab_stops_once_on_the_board(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID) -> None:
    an_order(sqlite_shop)
    board = board_of(desk, qtbot)
    board.focus(started)
    stops = [each for each in board.page.view.cells if each.list.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.spot.status for each in stops] == ["in_progress"]


def test_another_stations_move_moves_the_card_and_leaves_the_selection(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    others = [an_order(sqlite_shop).id for _ in range(3)]
    board = board_of(desk, qtbot)
    board.focus(others[1])
    sqlite_shop.do(orders.move, orders.Move(started, "ready"), Role.TECHNICIAN)
    desk.changed.emit(frozenset({started}))
    board.wait(lambda: board.ids("ready") == [started])
    assert board.selected() == [others[1]]
    assert board.column("created").list.hasFocus()


def test_the_selected_card_is_followed_when_another_station_moves_it(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    an_order(sqlite_shop)
    board = board_of(desk, qtbot)
    board.focus(started)
    sqlite_shop.do(orders.move, orders.Move(started, "ready"), Role.TECHNICIAN)
    desk.changed.emit(frozenset({started}))
    board.wait(lambda: board.selected() == [started] and board.ids("ready") == [started])
    assert board.column("ready").list.hasFocus()


def test_a_card_that_goes_leaves_the_focus_on_its_neighbour(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    ids = [an_order(sqlite_shop).id for _ in range(3)]
    board = board_of(desk, qtbot)
    board.focus(ids[1])
    sqlite_shop.do(orders.move, orders.Move(ids[1], "cancelled", reason="renunță"))
    desk.changed.emit(frozenset({ids[1]}))
    board.wait(lambda: board.ids("created") == [ids[0], ids[2]])
    assert board.selected() == [ids[2]]
    assert board.column("created").list.hasFocus()


def test_a_press_on_claim_claims(owner_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop, pool=True).id
    board = board_of(owner_desk, qtbot)
    view = board.column("created").list
    area = card.FULL.claim_area(view.visualRect(view.model().index(0, 0)))
    QTest.mouseClick(view.viewport(), _LEFT, pos=area.center())
    board.wait(lambda: board.row(order).assignee_id is not None)
    board.wait(lambda: view.cards.rows[0].assignee_id == sqlite_shop.people[Role.OWNER])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_offers_every_move_and_asks_why_before_cancelling(
    owner_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    order = a_ready_order(sqlite_shop).id
    new = an_order(sqlite_shop, pool=True).id
    board = board_of(owner_desk, qtbot)

    def offered(order_id: UUID) -> dict[str, QAction]:
        board.focus(order_id)
        board.press(Key.Key_Menu)
        menus = [menu for menu in board.page.findChildren(QMenu) if menu.isVisible()]
        assert len(menus) == 1
        menus[0].hide()
        return {action.text(): action for action in menus[0].actions()}

    ready = offered(order)
    assert not ready["Hand over"].isEnabled()  # something is owed
    assert ready["Wait for payment"].isEnabled()
    found = offered(new)
    assert found["Claim"].isEnabled()
    assert not found["Start work"].isEnabled()
    found["Cancel order"].trigger()
    dialog = board.page.window().findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.insert("renunță")
    QTest.keyClick(dialog.reason, Key.Key_Return)
    board.wait(lambda: board.ids("created") == [])
    assert board.row(new).status == "cancelled"


def test_filters_leave_out_other_kinds_and_other_people(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    urgent = an_order(sqlite_shop, urgency=Urgency.URGENT, pool=True).id
    internal = an_order(sqlite_shop, kind=Kind.INTERNAL, pool=True).id
    board = board_of(desk, qtbot)

    def shown() -> set[UUID]:
        return {row.id for each in board.page.view.cells for row in each.cards.rows}

    board.page.kind.choose(Urgency.URGENT.value)
    assert shown() == {urgent}
    assert board.page.count.text() == "1 of 3 active orders"
    board.page.kind.choose(Kind.INTERNAL.value)
    assert shown() == {internal}
    board.page.kind.choose("")
    board.page.person.choose(str(sqlite_shop.people[Role.TECHNICIAN]))
    assert shown() == {started}
    board.page.person.choose(filters.NOBODY)
    assert shown() == {urgent, internal}


def test_a_card_says_in_words_what_is_painted(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop, urgency=Urgency.URGENT, deposit=0).id
    board = board_of(desk, qtbot)
    model = board.column("created").cards
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    for words in (str(board.row(order).number), "iPhone 13", "Urgent", "Ștefan Ungureanu", "nobody"):
        assert words in said


@pytest.mark.parametrize("language", ["ro", "en"])
def test_columns_fit_or_scroll_and_nothing_is_squeezed(desk: Desk, qtbot: QtBot, language: str) -> None:
    texts.speak(language)
    wide, narrow = board_of(desk, qtbot, 1368), board_of(desk, qtbot, 1048, 560)
    assert wide.page.columns.area.horizontalScrollBar().maximum() == 0
    assert narrow.page.columns.area.horizontalScrollBar().maximum() > 0
    assert {each.width() for each in narrow.page.view.cells} == {196}


def test_an_empty_shop_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    board = board_of(desk, qtbot)
    board.wait(board.page._nothing.isVisible)
    assert board.page.count.text() == "0 active orders"


def in_lanes(board: Board) -> None:
    """Show lanes, as the switch in the head does."""
    board.page.grouping.setFocus()
    board.press(Key.Key_Right)
    board.wait(lambda: bool(board.page.lanes.lanes) and board.page.lanes.isVisible())


def lane_of(board: Board, order_id: UUID) -> tuple[str, str]:
    """Say in whose lane and under which status a card lies."""
    cells = [cell for cell in board.page.lanes.cells if cell.cards.place_of(order_id) >= 0]
    assert len(cells) == 1
    owner = cells[0].spot.owner
    assert owner is not None
    return owner.title, cells[0].spot.status


def cell_at(board: Board, person: str, status: str) -> Cell:
    lane = next(one for one in board.page.lanes.lanes if one.owner.title.startswith(person))
    return next(cell for cell in lane.cells if cell.spot.status == status)


def hold(cell: Cell, data: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.MoveAction, data, _LEFT, _PLAIN)
    QApplication.sendEvent(cell, event)
    return event.isAccepted()


def let_go(cell: Cell, data: QMimeData) -> None:
    QApplication.sendEvent(cell, QDropEvent(QPointF(10, 10), Qt.DropAction.MoveAction, data, _LEFT, _PLAIN))


def test_lanes_stand_for_the_pool_first_and_each_technician_by_name(
    manager_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    waiting = an_order(sqlite_shop, pool=True).id
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    titles = [lane.owner.title for lane in board.page.lanes.lanes]
    assert titles == ["Pool", *sorted(titles[1:])]
    assert lane_of(board, waiting) == ("Pool", "created")
    assert lane_of(board, started)[0].startswith("Vlad")
    said = cell_at(board, "Vlad", "in_progress").list.accessibleName()
    assert said.endswith(", In progress, 1 order")
    assert board.selected() == [waiting]


def test_ctrl_down_and_up_give_a_card_to_the_next_lane_and_it_stays_selected(
    manager_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    order = an_order(sqlite_shop, pool=True).id
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    board.focus(order)
    first = board.page.lanes.lanes[1].owner
    board.press(Key.Key_Down, _CONTROL)
    board.wait(lambda: lane_of(board, order) == (first.name, "created"))
    assert board.row(order).assignee_id == first.id
    assert board.selected() == [order]
    board.wait(cell_at(board, first.name, "created").list.hasFocus)
    assert board.toasts[-1].endswith(f"is with {first.name}.")
    board.press(Key.Key_Up, _CONTROL)
    board.wait(lambda: lane_of(board, order) == ("Pool", "created"))
    assert board.row(order).assignee_id is None
    board.press(Key.Key_Up, _CONTROL)  # nobody stands above the pool
    board.press(Key.Key_Right, _CONTROL)
    board.wait(lambda: "Claim the order first" in board.toasts[-1])


def test_a_drop_into_another_lane_gives_the_order_and_into_another_status_moves_it(
    manager_desk: Desk, qtbot: QtBot, started: UUID
) -> None:
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    data = moves.pack(board.row(started))
    mine = board.desk.staff
    assert mine is not None
    target = cell_at(board, mine.name, "in_progress")
    assert not hold(cell_at(board, mine.name, "ready"), data)  # both at once would be two acts
    assert hold(target, data)
    assert target.slot.words() == f"Give to {mine.name}"
    let_go(target, data)
    board.wait(lambda: lane_of(board, started) == (mine.name, "in_progress"))
    data = moves.pack(board.row(started))
    assert hold(cell_at(board, mine.name, "ready"), data)
    let_go(cell_at(board, mine.name, "ready"), data)
    board.wait(lambda: lane_of(board, started) == (mine.name, "ready"))


def test_a_technician_takes_from_the_pool_into_their_own_lane_and_gives_nothing_away(
    technician_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    order = an_order(sqlite_shop, pool=True).id
    sqlite_shop.do(
        claiming.assign,
        claiming.Assign(started, sqlite_shop.people[Role.CLERK], sqlite_shop.people[Role.TECHNICIAN]),
        Role.MANAGER,
    )
    board = board_of(technician_desk, qtbot)
    in_lanes(board)
    board.wait(lambda: lane_of(board, started)[0].startswith("Alina"))
    data = moves.pack(board.row(order))
    other = cell_at(board, "Alina", "created")
    assert not hold(other, data)
    cell_at(board, "Pool", "created").list.drag_began.emit(board.row(order))
    assert other.list.delegate.faded
    assert other.slot.words() == "Your role may not say who is responsible. Ask a manager."
    cell_at(board, "Pool", "created").list.drag_ended.emit()
    board.focus(order)
    board.press(Key.Key_Down, _CONTROL)  # Alina's lane lies next
    assert board.toasts == ["Your role may not say who is responsible. Ask a manager."]
    assert hold(cell_at(board, "Vlad", "created"), data)
    let_go(cell_at(board, "Vlad", "created"), data)
    board.wait(lambda: lane_of(board, order)[0].startswith("Vlad"))
    assert board.row(order).assignee_id == sqlite_shop.people[Role.TECHNICIAN]


def test_arrows_go_through_cards_and_on_into_the_next_lane(
    manager_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    pool = [an_order(sqlite_shop, pool=True).id for _each in range(2)]
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    board.focus(pool[0])
    board.press(Key.Key_Down)
    assert board.selected() == [pool[1]]
    board.press(Key.Key_Down)
    assert board.selected() == [started]
    board.press(Key.Key_Right)
    assert board.selected() == [started]  # nothing more in this lane
    board.press(Key.Key_Up)
    assert board.selected() == [pool[1]]


def test_what_another_station_gives_moves_to_its_lane_and_the_filter_shows_one_lane(
    manager_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, started: UUID
) -> None:
    order = an_order(sqlite_shop, pool=True).id
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    board.focus(started)
    sqlite_shop.do(claiming.claim, claiming.Claim(order), Role.TECHNICIAN)
    manager_desk.changed.emit(frozenset({order}))
    board.wait(lambda: lane_of(board, order)[0].startswith("Vlad"))
    assert board.selected() == [started]
    board.page.person.choose(str(sqlite_shop.people[Role.TECHNICIAN]))
    assert [lane.owner.id for lane in board.page.lanes.lanes] == [sqlite_shop.people[Role.TECHNICIAN]]


def test_lanes_are_remembered_for_whoever_chose_them_at_this_pc(
    manager_desk: Desk, qtbot: QtBot, started: UUID
) -> None:
    board = board_of(manager_desk, qtbot)
    assert board.page.view is board.page.columns
    in_lanes(board)
    again = board_of(manager_desk, qtbot)
    again.wait(again.page.lanes.isVisible)
    next(command for command in again.page.commands if command.id == "board.lanes").run()
    assert again.page.view is again.page.columns
    assert again.ids("in_progress") == [started]


def test_many_orders_of_one_person_leave_the_next_lane_in_sight(
    manager_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    for _each in range(12):
        an_order(sqlite_shop, pool=True)
    board = board_of(manager_desk, qtbot)
    in_lanes(board)
    pool, below = board.page.lanes.lanes[:2]
    assert pool.height() < 320
    assert below.mapTo(board.page.lanes, QPoint(0, below.height())).y() < board.page.lanes.height()
    crowded = cell_at(board, "Pool", "created").list
    assert crowded.verticalScrollBar().maximum() > 0
