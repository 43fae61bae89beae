"""The same is done to many orders at once; each that is refused is named with its reason, and what went is undone."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from conftest import desk_of
from order_desk import Counter, take_in
from shop import PIN, TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop.bulk import Bulk, Deed, Outcome
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.bulk import BulkDialog
from ticketdesk.desktop.dialogs.due import DueDialog
from ticketdesk.desktop.dialogs.message import MessageDialog
from ticketdesk.desktop.dialogs.writing import WritingDialog
from ticketdesk.desktop.host import Slip
from ticketdesk.desktop.listing import picks
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import COLUMNS
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.rights import Role
from ticketdesk.exchange import tables
from ticketdesk.services import claiming, journal, lists, orders, settings
from ticketdesk.services.claiming import Assign, Claim
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.orders import Move
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Entry


@pytest.fixture
def desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a manager's desk: who may share orders out, move them all ways and take lists out."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER)


def pick(desk: Counter, *numbers: int) -> None:
    """Pick orders with the mouse and Ctrl, as people do."""
    table = desk.page.table
    table.pick_none()
    table.picks.begin(desk.page.model.keys, desk.page.model.place_of(numbers[0]))
    for number in numbers[1:]:
        at = table.visualRect(desk.page.model.index(desk.page.model.place_of(number), 0)).center()
        desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    table.picked_changed.emit()
    assert table.picks.numbers() == list(numbers)


def statuses(shop: TestShop, numbers: list[int]) -> list[str]:
    with shop.database.read() as session:
        return [row.status for row in lists.rows(session, numbers)]


def responsible(shop: TestShop, numbers: list[int]) -> list[Any]:
    with shop.database.read() as session:
        return [row.assignee_id for row in lists.rows(session, numbers)]


def dialog(desk: Counter) -> BulkDialog | None:
    found = [one for one in desk.window.findChildren(BulkDialog) if one.isVisible()]
    return found[-1] if found else None


def finish(desk: Counter) -> None:
    """Wait until nothing more is being done."""
    desk.settle()
    desk.bot.waitUntil(lambda: (open_ := dialog(desk)) is None or open_._outcome is not None, timeout=20_000)
    desk.settle()


def test_orders_are_picked_by_mouse_and_keys_and_let_go(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 8)
    desk = counter()
    table = desk.page.table
    assert not desk.page.bulk.bar.isVisible()
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.picks.numbers() == numbers[:3]
    assert desk.page.bulk.bar.isVisible()
    assert desk.page.bulk.bar.accessibleName() == "3 orders picked"
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert table.picks.numbers() == numbers[:2]
    table.choose(desk.page.model.place_of(numbers[5]))
    desk.press(Qt.Key.Key_Space)
    assert table.picks.numbers() == [*numbers[:2], numbers[5]]
    desk.press(Qt.Key.Key_Space)
    assert table.picks.numbers() == numbers[:2]
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.picks.numbers() == numbers
    table.viewport().grab()
    desk.press(Qt.Key.Key_Escape)
    assert not table.picks
    assert not desk.page.bulk.bar.isVisible()


def test_picks_stay_while_the_list_moves_and_go_with_their_orders(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 6)
    desk = counter()
    pick(desk, numbers[1], numbers[3], numbers[4])
    with sqlite_shop.database.read() as session:
        gone = lists.rows(session, [numbers[3]])[0]
    an_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(minutes=5))
    sqlite_shop.do(orders.move, Move(gone.id, "cancelled", reason="x"))
    desk.desk.changed.emit(frozenset())
    desk.settle()
    assert desk.page.table.picks.numbers() == [numbers[1], numbers[4]]
    desk.page.show_view("all")
    assert not desk.page.table.picks


def test_more_than_is_sensible_is_refused_with_a_sentence(
    sqlite_shop: TestShop, counter: Callable[[], Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sqlite_shop, 7)
    monkeypatch.setattr(picks, "MOST", 5)
    desk = counter()
    desk.run("orders.pick_all")
    assert not desk.page.table.picks
    assert "too many to change at once" in desk.toasts[-1][0]


def test_somebody_is_made_responsible_for_all_and_it_is_undone_at_once(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 4)
    vlad, alina = sqlite_shop.people[Role.TECHNICIAN], sqlite_shop.people[Role.CLERK]
    with sqlite_shop.database.read() as session:
        first = lists.rows(session, numbers[:1])[0]
    sqlite_shop.do(claiming.assign, Assign(first.id, alina), Role.MANAGER)
    desk = counter()
    pick(desk, *numbers[:3])
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._assign(vlad, "Vlad", rows))
    finish(desk)
    assert dialog(desk) is None
    assert responsible(sqlite_shop, numbers) == [vlad, vlad, vlad, None]
    assert desk.toasts[-1][0] == "Vlad has 3 orders more now."
    assert desk.toasts[-1][2] == "Undo"
    desk.toasts[-1][3]()
    finish(desk)
    assert responsible(sqlite_shop, numbers) == [alina, None, None, None]
    with sqlite_shop.database.read() as session:
        requests = session.scalars(select(Entry.request).where(Entry.action == "assigned")).all()
    assert len(requests) == len(set(requests)) == 7


def test_each_order_that_may_not_move_is_named_with_its_reason_and_the_others_move(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    ready = a_ready_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(hours=1)).number or 0
    claimed = an_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(hours=2))
    pool = an_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(hours=3)).number or 0
    sqlite_shop.do(claiming.claim, Claim(claimed.id), Role.TECHNICIAN)
    desk = counter()
    numbers = [ready, claimed.number or 0, pool]
    pick(desk, *numbers)
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._move_or_ask(rows, "in_progress"))
    finish(desk)
    shown = dialog(desk)
    assert shown is not None
    assert statuses(sqlite_shop, numbers) == ["in_progress", "in_progress", "created"]
    assert shown.said.text() == "2 orders are changed. 1 order was refused:"
    assert [shown.refused.item(n).text() for n in range(shown.refused.count())] == [
        f"{pool}  Claim the order first: nobody is responsible for it."
    ]
    shown.copy.click()
    assert str(pool) in QGuiApplication.clipboard().text()
    desk.bot.keyClick(shown, Qt.Key.Key_Escape)
    assert dialog(desk) is None
    desk.toasts[-1][3]()
    finish(desk)
    assert statuses(sqlite_shop, numbers) == ["ready", "created", "created"]


def test_orders_that_were_so_already_are_counted_apart(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 3)
    vlad = sqlite_shop.people[Role.TECHNICIAN]
    with sqlite_shop.database.read() as session:
        first = lists.rows(session, numbers[:1])[0]
    sqlite_shop.do(claiming.assign, Assign(first.id, vlad), Role.MANAGER)
    desk = counter()
    pick(desk, *numbers)
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._assign(vlad, "Vlad", rows))
    finish(desk)
    assert desk.toasts[-1][0] == "Vlad has 2 orders more now. 1 order was so already."
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._assign(vlad, "Vlad", rows))
    finish(desk)
    assert desk.toasts[-1][:3] == ("3 orders were so already.", "check", "")
    assert dialog(desk) is None
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._move_or_ask(rows[:1], "in_progress"))
    finish(desk)
    late = an_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(hours=9)).number or 0
    desk.desk.changed.emit(frozenset())
    desk.settle()
    pick(desk, *numbers, late)
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._move_or_ask(rows, "in_progress"))
    finish(desk)
    shown = dialog(desk)
    assert shown is not None
    assert shown.said.text() == "2 orders are changed. 1 order was so already. 1 order was refused:"


def test_what_became_of_many_orders_is_one_sentence_in_romanian(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    texts.speak("ro")
    desk = counter()
    bulk = desk.page.bulk
    vlad = sqlite_shop.people[Role.TECHNICIAN]

    def done(act: Callable[[Sequence[OrderRow]], None]) -> str:
        bulk._with_rows(act)
        finish(desk)
        return str(desk.toasts[-1][0])

    pick(desk, *desk.numbers())
    assert done(lambda rows: bulk._assign(vlad, "Vlad", rows)) == "Vlad are acum o comandă în plus."
    assert done(lambda rows: bulk._move_or_ask(rows, "in_progress")) == "O comandă este acum „În lucru”."
    assert done(lambda rows: bulk._put("A3", rows)) == "O comandă este acum în raftul A3."
    assert done(lambda rows: bulk._put("", rows)) == "O comandă nu mai este în niciun raft."
    desk.toasts[-1][3]()
    finish(desk)
    assert desk.toasts[-1][0] == "O comandă este ca înainte."


def test_an_undo_does_not_touch_what_somebody_changed_since(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 2)
    vlad, alina = sqlite_shop.people[Role.TECHNICIAN], sqlite_shop.people[Role.CLERK]
    desk = counter()
    pick(desk, *numbers)
    desk.page.bulk._with_rows(lambda rows: desk.page.bulk._assign(vlad, "Vlad", rows))
    finish(desk)
    with sqlite_shop.database.read() as session:
        second = lists.rows(session, [numbers[1]])[0]
    sqlite_shop.do(claiming.assign, Assign(second.id, alina, vlad), Role.MANAGER)
    desk.toasts[-1][3]()
    finish(desk)
    assert responsible(sqlite_shop, numbers) == [None, alina]
    shown = dialog(desk)
    assert shown is not None
    assert "is responsible now" in shown.refused.item(0).text()


def test_a_run_is_stopped_between_two_orders_and_says_how_many_are_left(
    sqlite_shop: TestShop, desk: Desk, qtbot: QtBot
) -> None:
    numbers = take_in(sqlite_shop, 5)
    with sqlite_shop.database.read() as session:
        rows = lists.rows(session, numbers)
    vlad = sqlite_shop.people[Role.TECHNICIAN]
    bulk = Bulk(desk, claiming.assign, [Deed(row.number, Assign(row.id, vlad)) for row in rows], desk)
    outcomes: list[Outcome] = []
    bulk.ended.connect(outcomes.append)
    bulk.progressed.connect(lambda behind: bulk.stop() if behind == 2 else None)
    bulk.begin()
    qtbot.waitUntil(lambda: bool(outcomes))
    assert (len(outcomes[0].done), outcomes[0].left) == (2, 3)
    assert responsible(sqlite_shop, numbers) == [vlad, vlad, None, None, None]


def test_labels_of_all_picked_come_as_one_paper_each_written_down(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 3)
    desk = counter()
    printed: list[Any] = []
    desk.host.labels_wanted.connect(printed.append)
    pick(desk, *numbers)
    desk.run("orders.print")
    finish(desk)
    assert len(printed[0]) == 3
    with sqlite_shop.database.read() as session:
        for key, _entry in printed[0]:
            assert journal.history(session, key)[0].action == "printed"


def export(desk: Counter, path: Path, *, agreed: bool = False) -> None:
    desk.page.leaving.export_to(path)
    desk.settle()
    if agreed:  # a list of whom to call takes the owner's PIN
        asked = desk.window.findChildren(ApprovalDialog)[-1]
        assert "with the phones of the customers" in asked.what.text()
        desk.bot.waitUntil(asked.go.isEnabled)
        asked.pin.setText(PIN)
        asked.finish()
        desk.bot.waitUntil(lambda: asked.agreed)
        desk.settle()
    desk.bot.waitUntil(lambda: not [one for one in desk.window.findChildren(WritingDialog) if one.isVisible()])
    desk.settle()


def read_back(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_the_list_is_exported_as_it_is_seen_and_no_cell_is_a_formula(
    sqlite_shop: TestShop, counter: Callable[[], Counter], tmp_path: Path
) -> None:
    numbers = take_in(sqlite_shop, 3)
    an_order(sqlite_shop, customer=NewCustomer("=cmd|' /C calc'!A0", "0744 111 222"), complaint="+1")
    desk = counter()
    desk.page.layouts.choose(["number", "customer", "problem", "phone"])
    desk.page.search("client")
    desk.settle()
    path = tmp_path / "lista.csv"
    export(desk, path, agreed=True)
    rows = read_back(path)
    assert rows[0] == ["Number", "Customer", "Problem", "Phone"]
    assert [int(row[0]) for row in rows[1:]] == numbers[::-1]
    assert "3 orders written into lista.csv." in [said[0] for said in desk.toasts]
    desk.page.search("calc")
    desk.settle()
    export(desk, path, agreed=True)
    rows = read_back(path)
    assert rows[1][1:3] == ["'=cmd|' /C calc'!A0", "'+1"]
    with sqlite_shop.database.read() as session:
        assert journal.history(session, sqlite_shop.id)[0].action == "exported"


def test_only_the_orders_picked_are_exported_and_a_clerk_exports_none(
    sqlite_shop: TestShop, counter: Callable[[], Counter], tmp_path: Path
) -> None:
    numbers = take_in(sqlite_shop, 4)
    desk = counter()
    pick(desk, numbers[2], numbers[0])
    path = tmp_path / "alese.xlsx"
    export(desk, path)
    assert path.stat().st_size > 0
    desk.desk.sign(next(person for person in desk.page.known.people if person.role is Role.CLERK))
    desk.page.leaving.export()
    assert desk.toasts[-1][0] == "Your role does not allow this. Ask a manager."


def test_every_column_of_the_list_has_its_cell_in_a_file(sqlite_shop: TestShop) -> None:
    assert {column.name for column in COLUMNS} == set(tables.COLUMNS)
    done = a_ready_order(sqlite_shop)
    with sqlite_shop.database.read() as session:
        row = lists.rows_by_id(session, [done.id])[0]
        shop = settings.shop(session)
    cells_of = {name: column.cell(row, shop) for name, column in tables.COLUMNS.items()}
    assert (cells_of["total"], cells_of["status"], cells_of["phone"]) == (Decimal(530), "Ready", "+40722000418")
    assert {name for name, cell in cells_of.items() if cell == ""} <= {
        "marks",
        "handed_over",
        "serial",
        "source",
        "bin",
    }


def test_the_list_is_printed_as_it_is_seen(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 70)
    desk = counter()
    slips: list[Slip] = []
    desk.host.slip_wanted.connect(slips.append)
    desk.page._narrow("device_kind", (Filter("device_kind", ("phone",)),))
    desk.settle()
    desk.run("orders.list")
    desk.settle()
    with sqlite_shop.database.read() as session:
        pdf = PdfDocument(slips[0].make(session))
    said = [page.get_textpage().get_text_range() for page in pdf]
    assert len(said) > 1
    assert "Active" in said[0]
    assert "Kind of device: Phone" in said[0]
    assert "70 orders" in said[0]
    assert f"Page {len(said)} of {len(said)}" in said[-1]
    assert sum(text.count("iPhone") for text in said) == 70


def test_a_list_too_long_for_paper_is_refused(
    sqlite_shop: TestShop, counter: Callable[[], Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sqlite_shop, 3)
    monkeypatch.setattr("ticketdesk.desktop.screens.orders.leaving.LONGEST_LIST", 2)
    desk = counter()
    desk.run("orders.list")
    assert "too many for paper" in desk.toasts[-1][0]


def test_due_date_and_urgency_are_changed_from_the_list_and_a_due_date_is_undone(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    numbers = take_in(sqlite_shop, 1)
    desk = counter()
    row = desk.page.table.row()
    assert row is not None
    desk.run("orders.due")
    due = desk.window.findChildren(DueDialog)[-1]
    after = row.promised_at.replace(microsecond=0) + timedelta(days=2)
    due._take(after)
    desk.settle()

    def promised() -> datetime:
        with sqlite_shop.database.read() as session:
            return lists.rows(session, numbers)[0].promised_at

    assert promised() == after
    assert desk.toasts[-1][2] == "Undo"
    desk.toasts[-1][3]()
    desk.settle()
    assert promised() == row.promised_at
    desk.run("orders.urgent")
    desk.settle()
    with sqlite_shop.database.read() as session:
        assert lists.rows(session, numbers)[0].urgency == "urgent"


def test_the_menu_of_a_row_offers_what_can_be_done_with_its_keys(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    desk = counter()
    row = desk.page.table.row()
    assert row is not None
    menu = desk.page.deeds.menu(row, QPoint(0, 0), [("Copy row", "Ctrl+C", desk.page.table.copy)])
    texts = [act.text() for act in menu.actions()]
    for wanted in (
        "Due date…\tCtrl+T",
        "Mark, or no longer\tCtrl+D",
        "Copy number",
        "Copy phone number",
        "Copy row\tCtrl+C",
    ):
        assert wanted in texts
    next(act for act in menu.actions() if act.text() == "Copy phone number").trigger()
    assert QGuiApplication.clipboard().text() == cells.text(row, cells.PHONE, desk.page.model.scene)
    menu.deleteLater()


def test_the_orders_of_a_customer_are_a_choice_away(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    one = an_order(sqlite_shop, customer=NewCustomer("Ana Pop", "0744 111 222")).number
    an_order(sqlite_shop, customer=NewCustomer("Ana Pop", "0744 111 333"))
    two = an_order(sqlite_shop, customer=NewCustomer("Ana Pop", "0744 111 222")).number
    desk = counter()
    desk.page.table.choose(desk.page.model.place_of(one or 0))
    row = desk.page.table.row()
    assert row is not None
    desk.page._of_customer(row)
    desk.settle()
    assert desk.numbers() == [two, one]


def test_a_lost_connection_holds_the_run_up_and_every_order_is_done_once(
    sqlite_shop: TestShop, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = take_in(sqlite_shop, 3)
    with sqlite_shop.database.read() as session:
        rows = lists.rows(session, numbers)
    vlad = sqlite_shop.people[Role.TECHNICIAN]
    deeds = [Deed(row.number, Assign(row.id, vlad)) for row in rows]
    bulk = Bulk(desk, claiming.assign, deeds, desk)
    outcomes: list[Outcome] = []
    bulk.ended.connect(outcomes.append)
    begin = Database.begin
    away = [True]

    def cut(self: Database) -> Any:
        if away[0]:
            raise Unavailable("away")
        return begin(self)

    monkeypatch.setattr(Database, "begin", cut)
    with qtbot.waitSignal(desk.lost):
        bulk.begin()
    assert not outcomes
    away[0] = False
    desk.resend()
    qtbot.waitUntil(lambda: bool(outcomes), timeout=10_000)
    assert len(outcomes[0].done) == 3
    assert responsible(sqlite_shop, numbers) == [vlad] * 3


def test_where_the_list_goes_is_asked_once_and_never_beside_the_shops_own_file(
    sqlite_shop: TestShop, counter: Callable[[], Counter], tmp_path: Path, qtbot: QtBot
) -> None:
    take_in(sqlite_shop, 2)
    desk = counter()
    target = tmp_path / "exports"
    target.mkdir()

    def answer(folder: Path) -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        asked.findChildren(QLineEdit)[0].setText(str(folder / "lista.csv"))
        asked.accept()

    QTimer.singleShot(300, lambda: answer(target))
    desk.run("orders.export")
    desk.settle()
    qtbot.waitUntil((target / "lista.csv").exists)
    desk.settle()
    QTimer.singleShot(300, lambda: answer(tmp_path))
    desk.run("orders.export")
    assert "belongs to the shop's own data" in desk.toasts[-1][0]


def test_the_customers_of_all_picked_are_written_to_at_once_and_who_cannot_be_is_named(
    sqlite_shop: TestShop, counter: Callable[[], Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", began.append)
    soon = datetime.now(UTC)
    who = (
        NewCustomer("Ana Pop", "0722 000 401", "ana@exemplu.ro", consent=True),
        NewCustomer("Crin & Fii SRL", "0722 000 402", "office+crin@exemplu.ro", consent=True, company=True),
        NewCustomer("Dan Ilie", "0722 000 403", "dan@exemplu.ro"),
        NewCustomer("Eva Rus", "0722 000 404", consent=True),
    )
    made = [
        an_order(sqlite_shop, customer=one, promised_at=soon + timedelta(hours=1 + place))
        for place, one in enumerate(who)
    ]
    numbers = [done.number or 0 for done in made]
    desk = counter()
    pick(desk, *numbers)
    desk.run("orders.bulk_write")
    desk.bot.waitUntil(lambda: bool(desk.window.findChildren(MessageDialog)))
    [message] = desk.window.findChildren(MessageDialog)
    message.finish()
    assert message.isVisible()  # not without words
    message.subject.setText("Suntem închiși")
    message.text.setPlainText("Vineri & sâmbătă\nsuntem închiși.")
    message.finish()
    finish(desk)
    shown = dialog(desk)
    assert shown is not None
    assert [shown.refused.item(n).text() for n in range(shown.refused.count())] == [
        f"{numbers[2]}  Dan Ilie did not agree to be written to.", f"{numbers[3]}  Eva Rus has no e-mail address.",
    ]  # fmt: skip
    desk.bot.waitUntil(lambda: bool(began))
    asked = parse_qs(bytes(began[0].toEncoded().data()).decode().partition("?")[2])
    assert began[0].scheme() == "mailto"
    assert asked == {
        "bcc": ["ana@exemplu.ro,office+crin@exemplu.ro"],
        "subject": ["Suntem închiși"],
        "body": ["Vineri & sâmbătă\nsuntem închiși."],
    }
    with sqlite_shop.database.read() as session:
        actions = [journal.history(session, done.id)[0].action for done in made]
    assert actions == ["written_to", "written_to", "registered", "registered"]
