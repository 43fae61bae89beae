"""The order desk as somebody at the counter uses it: real window, real desk, real database."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from order_desk import Counter, take_in
from shop import TestShop, a_ready_order, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.rights import Role
from ticketdesk.domain.views import DUE
from ticketdesk.services import claiming, customers, lists, orders
from ticketdesk.services.claiming import Assign, Claim
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move
from ticketdesk.storage.database import Database


def test_the_list_opens_sorted_by_promise_with_sections_and_the_first_order_chosen(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 30)
    desk = counter()
    assert desk.numbers() == numbers
    assert desk.page.model.keys[0] < 0
    assert sum(desk.page.model.sections.values()) == 30
    assert desk.chosen() == numbers[0]
    assert desk.page.preview.page is not None
    assert desk.page.preview.page.row.number == numbers[0]
    ModelTester(None).check(desk.page.model)


def test_every_column_sorts_both_ways_by_its_header(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 12)
    a_ready_order(sqlite_shop)
    desk = counter()
    for column, facts in enumerate(cells.COLUMNS):
        if not facts.sort or not facts.usual:
            continue
        desk.click_header(column)
        if facts.sort == DUE:
            desk.click_header(column)
        header = desk.page.table.header
        assert header.sorted == column
        first, was = desk.numbers(), header.descending
        desk.click_header(column)
        assert desk.numbers() == first[::-1]
        assert header.descending is not was


def test_what_is_typed_searches_all_orders_and_clearing_it_brings_the_view_back(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 6)
    closed = an_order(sqlite_shop, customer=NewCustomer("Ilinca Bârsănescu", "0733 000 295"))
    sqlite_shop.do(orders.move, Move(closed.id, "cancelled", reason="răzgândită"))
    desk = counter()
    desk.page.show_view("to_take")
    desk.settle()
    for typed in ("b", "ba", "bars", "barsan"):
        desk.page.search(typed)
    desk.settle()
    assert desk.numbers() == [closed.number]
    assert desk.page.views.current == "all"
    desk.page.search("0733 000 295")
    desk.settle()
    assert desk.numbers() == [closed.number]
    desk.page.search("nimeni altul")
    desk.settle()
    assert "nimeni altul" in desk.page.empty.notice.accessibleName()
    assert desk.page.empty.isVisible()
    desk.page.search("")
    desk.settle()
    assert desk.page.views.current == "to_take"
    assert desk.numbers() == numbers
    assert not desk.page.empty.isVisible()


def test_a_slow_answer_to_an_old_question_never_replaces_a_newer_one(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 5)
    desk = counter()
    shown: list[list[int]] = []
    desk.page.model.answered.connect(lambda: shown.append(desk.numbers()))
    desk.page.search("Client")
    answered = threading.Event()
    desk.desk.read(desk.page, lambda _none: None, lambda _session: answered.set())
    assert answered.wait(10)  # the first answer is on its way home when the next letters are typed
    desk.page.search("0722 000")
    desk.page.search("0722 000 402")
    desk.settle()
    assert shown == [[numbers[2]]]


def test_the_chosen_order_stays_chosen_in_another_order_of_the_list(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 90)
    desk = counter()
    table = desk.page.table
    table.choose(desk.page.model.place_of(numbers[4]))
    desk.settle()
    for _way in range(2):  # the second time it stands far below what is shown at once
        desk.click_header(cells.NUMBER)
    assert desk.numbers() == numbers[::-1]
    assert (desk.chosen(), table.currentIndex().row()) == (numbers[4], 85)
    assert table.verticalScrollBar().value() == 0
    page = desk.page.preview.page
    assert page is not None
    assert page.row.number == numbers[4]
    desk.press(Qt.Key.Key_Down)
    assert desk.chosen() == numbers[3]
    assert table.visualRect(table.currentIndex()).bottom() < table.viewport().height()


def test_another_counters_change_keeps_chosen_order_focus_and_place(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 60)
    desk = counter()
    table = desk.page.table
    table.choose(desk.page.model.place_of(numbers[40]))
    desk.settle()
    before = table.visualRect(table.currentIndex()).top()
    elsewhere = Database(str(sqlite_shop.database.path))
    elsewhere.info.update(sqlite_shop.database.info)
    other = TestShop(elsewhere, sqlite_shop.id, sqlite_shop.people)
    with elsewhere.read() as session:
        victim = lists.rows(session, [numbers[3]])[0]
    other.do(orders.move, Move(victim.id, "cancelled", reason="răzgândit"))
    fresh = an_order(other, promised_at=datetime.now(UTC) + timedelta(hours=1))
    elsewhere.close()
    desk.desk.changed.emit(frozenset({victim.id}))
    desk.desk.changed.emit(frozenset({fresh.id}))
    desk.settle()
    assert numbers[3] not in desk.numbers()
    assert desk.numbers()[0] == fresh.number
    assert desk.chosen() == numbers[40]
    assert table.visualRect(table.currentIndex()).top() == before
    assert desk.page.preview.page is not None
    assert desk.page.preview.page.row.number == numbers[40]


def test_a_change_shows_in_its_row(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    done = an_order(sqlite_shop)
    desk = counter()
    place = desk.page.model.place_of(done.number or 0)
    sqlite_shop.do(
        orders.edit, Edit(done.id, {"complaint": "Ecran spart, imagine cu linii"}, {"complaint": "Nu pornește deloc"})
    )
    desk.desk.changed.emit(frozenset({done.id}))
    desk.settle()
    assert desk.page.model.index(place, cells.PROBLEM).data() == "Nu pornește deloc"


def test_views_change_by_key_and_show_live_counts(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 3)
    ready = a_ready_order(sqlite_shop)
    desk = counter()
    names = {tab.view.key: tab.accessibleName() for tab in desk.page.views._tabs.values()}
    assert names["active"] == "Active, 4"
    assert names["to_take"] == "To claim, 3"
    desk.run("orders.view_after")
    desk.run("orders.view_after")
    desk.settle()
    assert desk.page.views.current == "to_take"
    assert len(desk.numbers()) == 3
    desk.page.show_view("ready")
    desk.settle()
    assert desk.numbers() == [ready.number]
    sqlite_shop.do(orders.move, Move(ready.id, "awaiting_payment"))
    desk.desk.changed.emit(frozenset({ready.id}))
    desk.settle()
    assert desk.numbers() == []
    assert desk.page.empty.isVisible()
    assert desk.page.empty.notice.accessibleName().startswith("Nothing is ready")
    assert desk.page.views._tabs["awaiting_payment"].accessibleName() == "Awaiting payment, 1"


def test_narrow_windows_put_views_behind_a_button_but_never_the_chosen_one(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 2)
    desk = counter()
    bar = desk.page.views
    assert len(bar.shown()) == len(bar._views)
    desk.page.show_view("all")
    bar.setParent(None)
    bar.resize(500, 44)
    bar.show()
    desk.bot.addWidget(bar)
    assert "all" in bar.shown()
    hidden = len(bar._views) - len(bar.shown())
    assert hidden > 0
    assert bar._more.text() == f"{hidden} more"


def test_claiming_from_the_row_takes_the_order_and_who_is_late_is_told_by_whom(
    sqlite_shop: TestShop, technician_desk: Desk, qtbot: QtBot
) -> None:
    first, second = take_in(sqlite_shop, 2)
    desk = Counter(technician_desk, qtbot)
    table, model = desk.page.table, desk.page.model

    def press_claim(number: int) -> None:
        cell = table.visualRect(model.index(model.place_of(number), cells.ASSIGNEE))
        at = QPoint(cell.left() + 12, cell.center().y())
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        desk.settle()

    press_claim(first)
    assert desk.toasts[-1][0] == f"You claimed {first}."
    row = model.row_of(first)
    assert row is not None
    assert row.assignee == "Vlad Ionescu"
    with sqlite_shop.database.read() as session:
        other = lists.rows(session, [second])[0]
    sqlite_shop.do(claiming.assign, Assign(other.id, sqlite_shop.people[Role.MANAGER]))
    press_claim(second)
    assert "Raluca Mureșan" in desk.toasts[-1][0]
    row = model.row_of(second)
    assert row is not None
    assert row.assignee == "Raluca Mureșan"


def test_a_clerk_who_may_not_claim_is_offered_no_button(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    number = take_in(sqlite_shop, 1)[0]
    desk = counter()
    row = desk.page.model.row_of(number)
    assert row is not None
    assert not cells.may_be_claimed(row, desk.page.model.scene)


def test_keys_open_copy_and_search(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 5)
    desk = counter()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert desk.chosen() == numbers[2]
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied[0] == str(numbers[2])
    assert "iPhone 2" in copied[1]
    row = desk.page.model.row_of(numbers[2])
    assert row is not None
    desk.press(Qt.Key.Key_Return)
    assert desk.opened == [row.id]
    desk.press(Qt.Key.Key_I)
    assert desk.searched == ["i"]
    desk.press(Qt.Key.Key_End)
    assert desk.chosen() == numbers[-1]
    desk.press(Qt.Key.Key_Home)
    assert desk.chosen() == numbers[0]


def test_the_arrow_keys_step_over_sections(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 30)
    desk = counter()
    walked = [desk.chosen()]
    for _step in range(29):
        desk.press(Qt.Key.Key_Down)
        walked.append(desk.chosen())
    assert walked == numbers
    assert len(desk.page.model.sections) > 1


def test_the_next_step_moves_the_order_and_can_be_undone(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    done = an_order(sqlite_shop)
    sqlite_shop.do(claiming.claim, Claim(done.id), Role.TECHNICIAN)
    desk = counter()
    assert desk.page.preview._step.label == "Start work"
    desk.run("orders.step")
    desk.settle()
    row = desk.page.model.row_of(done.number or 0)
    assert row is not None
    assert row.status == "in_progress"
    said, _icon, undo, action = desk.toasts[-1]
    assert (said, undo) == (f"{done.number} is “In progress” now.", "Undo")
    action()
    desk.settle()
    row = desk.page.model.row_of(done.number or 0)
    assert row is not None
    assert row.status == "created"


def test_urgency_is_said_when_it_is_turned_and_can_be_undone(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    number = an_order(sqlite_shop).number or 0
    desk = counter()

    def urgency() -> str:
        desk.settle()
        row = desk.page.model.row_of(number)
        assert row is not None
        return row.urgency

    for before, after, words in (("normal", "urgent", "is urgent now"), ("urgent", "normal", "is no longer urgent")):
        desk.run("orders.urgent")
        assert urgency() == after
        said, _icon, undo, action = desk.toasts[-1]
        assert (said, undo) == (f"{number} {words}.", "Undo")
        action()
        assert urgency() == before
        desk.run("orders.urgent")
        assert urgency() == after


def test_a_step_in_the_way_is_said_with_a_way_to_mend_it(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    done = an_order(sqlite_shop)
    sqlite_shop.do(claiming.claim, Claim(done.id, start=True), Role.TECHNICIAN)
    desk = counter()
    desk.run("orders.step")
    desk.settle()
    said, _icon, label, action = desk.toasts[-1]
    assert said == "Write what was found or add the work done."
    assert label == "Open"
    action()
    assert desk.opened == [done.id]


def test_handing_over_what_is_not_paid_asks_for_the_money(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    done = a_ready_order(sqlite_shop, price=43_600)
    desk = counter()
    assert desk.page.preview._owed.text() == "436.00\u00a0lei"
    desk.run("orders.step")
    assert desk.paid == [done.id]
    desk.run("orders.pay")
    assert desk.paid == [done.id, done.id]


def test_a_shop_without_orders_shows_how_to_begin(counter: Callable[[], Counter]) -> None:
    desk = counter()
    assert desk.page.empty.steps.isVisible()
    assert desk.chosen() is None
    assert desk.page.preview.page is None


def test_a_lost_connection_leaves_the_old_list(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 4)
    desk = counter()
    desk.desk.lost.emit(Unavailable("The database does not answer."))
    assert desk.numbers() == numbers
    desk.desk.back.emit()
    desk.desk.changed.emit(frozenset())
    desk.settle()
    assert desk.numbers() == numbers


def test_the_preview_hides_in_a_narrow_window_until_asked_for(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 3)
    desk = counter()
    page = desk.page
    assert page.preview.isVisible()
    wide = page.table.width()
    desk.run("orders.preview")
    assert not page.preview.isVisible()
    desk.bot.waitUntil(lambda: page.table.width() > wide)
    page.resize(1048, 570)
    assert not page.preview.isVisible()
    desk.run("orders.preview")
    desk.settle()
    assert page.preview.isVisible()
    desk.bot.waitUntil(lambda: page.table.width() == 1048)
    assert page.preview.page is not None


def test_a_renamed_customer_is_renamed_in_the_list(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    done = an_order(sqlite_shop)
    desk = counter()
    with sqlite_shop.database.read() as session:
        customer = customers.find(session, "Ungureanu")[0]
    sqlite_shop.do(customers.edit, Edit(customer.id, {"name": customer.name}, {"name": "Ștefania Ungureanu"}))
    desk.desk.changed.emit(frozenset({customer.id}))
    desk.settle()
    place = desk.page.model.place_of(done.number or 0)
    assert desk.page.model.index(place, cells.CUSTOMER).data() == "Ștefania Ungureanu"


def test_cells_are_spoken_with_their_title_and_lateness_in_words(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    number = take_in(sqlite_shop, 1)[0]
    desk = counter()
    model = desk.page.model
    row = model.row_of(number)
    assert row is not None
    place = model.place_of(number)
    spoken = model.index(place, cells.STATUS_CELL).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Status: Created"
    later = cells.Scene(row.promised_at + timedelta(days=3), "Europe/Bucharest", "RON", may_claim=False)
    assert cells.spoken(row, cells.PROMISED, later).endswith("3 days late")
