"""The day's report on screen: numbers that open what is behind them, by keys alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import TestShop, a_new_order, a_ready_order, an_order
from ticketdesk import paths, texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.day import numbers
from ticketdesk.desktop.screens.day.behind import Behind
from ticketdesk.desktop.screens.day.calendar import DayChooser, Month
from ticketdesk.desktop.screens.day.page import DayPage
from ticketdesk.documents.day import day_report
from ticketdesk.documents.preview import pages
from ticketdesk.domain.clock import at, day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import day as days
from ticketdesk.services import intake, orders, shifts
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.storage.tables import Entry, Shift

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Report:
    """The page in a window, and what the window was asked to do."""

    desk: Desk
    page: DayPage
    window: QWidget
    qtbot: QtBot
    toasts: list[str] = field(default_factory=list)
    opened: list[UUID] = field(default_factory=list)
    views: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=5000)

    def says(self, what: str) -> str:
        return self.page.tiles.tiles[what].text()

    def behind(self) -> Behind:
        """Give the list that opened."""
        self.wait(lambda: self.window.findChild(Behind) is not None)
        found = self.window.findChild(Behind)
        assert isinstance(found, Behind)
        return found

    def numbers(self) -> list[str]:
        return [row[0].text for row in self.behind().table.cells.rows]


def report_of(desk: Desk, qtbot: QtBot, width: int = 1368, height: int = 780) -> Report:
    window = QWidget()
    window.resize(width, height)
    host = Host(window)
    page = DayPage(desk, host)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    for command in page.commands:
        shortcut = QShortcut(QKeySequence(command.key), window)
        shortcut.activated.connect(lambda command=command: command.run() if command.enabled() else None)
    report = Report(desk, page, window, qtbot)
    host.toast_wanted.connect(lambda text, *_more: report.toasts.append(text))
    host.order_wanted.connect(report.opened.append)
    host.view_wanted.connect(report.views.append)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.activate()
    qtbot.waitUntil(page.print.isEnabled)
    return report


@pytest.fixture
def desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give what the owner's screens hold: they see the day of the whole shop."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.OWNER)


@pytest.fixture
def technician_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.TECHNICIAN)


@pytest.fixture
def clerk_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.CLERK)


def test_the_tiles_show_today(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop, deposit=12_345)
    an_order(sqlite_shop)
    report = report_of(desk, qtbot)
    assert report.says(days.TAKINGS) == "123.45"
    assert report.says(days.RECEIVED) == "2"
    assert report.says(days.HANDED_OVER) == "0"
    assert report.says(days.AVERAGE) == "—"
    assert "lei" in report.page.tiles.tiles[days.TAKINGS].accessibleName()


def test_a_number_opens_its_orders_and_enter_opens_one(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    paid = an_order(sqlite_shop, deposit=5_000)
    an_order(sqlite_shop)
    report = report_of(desk, qtbot)
    assert report.page.tiles.tiles[days.TAKINGS].hasFocus()
    report.press(Key.Key_Space)
    assert report.numbers() == [str(paid.number)]
    report.wait(report.behind().table.hasFocus)
    assert [index.row() for index in report.behind().table.selectionModel().selectedRows()] == [0]
    report.press(Key.Key_Return)
    assert report.opened == [paid.id]


def test_a_number_with_nothing_behind_it_says_so(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop)
    report = report_of(desk, qtbot)
    report.press(Key.Key_Space)
    report.wait(lambda: report.toasts == ["There are no orders behind this number."])


def test_esc_closes_the_list_and_gives_the_focus_back(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop, deposit=5_000)
    report = report_of(desk, qtbot)
    report.press(Key.Key_Space)
    report.behind()
    report.press(Key.Key_Escape)
    report.wait(report.page.tiles.tiles[days.TAKINGS].hasFocus)


def test_arrows_walk_the_bars_of_a_chart_and_enter_opens_one(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    cash = an_order(sqlite_shop, deposit=9_000)
    card = an_order(sqlite_shop, deposit=5_000, deposit_method="card")
    report = report_of(desk, qtbot)
    chart = report.page.ways.chart
    chart.setFocus()
    assert chart.accessibleDescription().startswith("Cash: 90.00")
    report.press(Key.Key_Down)
    bar = chart.current()
    assert bar is not None
    assert bar.spoken.startswith("Card: 50.00")
    report.press(Key.Key_Return)
    assert report.numbers() == [str(card.number)]
    report.press(Key.Key_Escape)
    hours = report.page.hours.chart
    hours.setFocus()
    report.press(Key.Key_Return)
    report.wait(lambda: report.numbers() == [str(cash.number), str(card.number)])


def test_ctrl_arrows_go_to_other_days_but_not_into_the_future(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop)
    report = report_of(desk, qtbot)
    today = report.page.chosen.label
    assert not report.page.after.isEnabled()
    report.press(Key.Key_Right, _CONTROL)
    assert report.page.chosen.label == today
    report.press(Key.Key_Left, _CONTROL)
    assert report.page.chosen.label != today
    assert report.page.today.isEnabled()
    report.wait(lambda: report.says(days.RECEIVED) == "0")
    report.press(Key.Key_Right, _CONTROL)
    report.wait(lambda: report.says(days.RECEIVED) == "1")


def test_ctrl_t_chooses_a_day(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    day = day_of(desk.now(), desk.shop.zone) - timedelta(days=30)
    then = at(day, time(12), desk.shop.zone)
    new = a_new_order(promised_at=then + timedelta(days=1), deposit=7_700)
    sqlite_shop.do(intake.register, new, Role.CLERK, then)
    report = report_of(desk, qtbot)
    report.press(Key.Key_T, _CONTROL)
    chooser = report.window.findChild(DayChooser)
    assert isinstance(chooser, DayChooser)
    report.press(Key.Key_Right)
    assert chooser.month.day == day_of(desk.now(), desk.shop.zone)  # there is no tomorrow yet
    for _ in range(4):
        report.press(Key.Key_Up)
    for _ in range(2):
        report.press(Key.Key_Left)
    assert chooser.month.day == day
    report.press(Key.Key_Return)
    report.wait(lambda: report.says(days.TAKINGS) == "77.00")


def test_a_month_turns_to_its_last_day_and_a_click_chooses(qtbot: QtBot) -> None:
    month = Month(date(2026, 3, 31), date(2026, 11, 23))
    qtbot.addWidget(month)
    month.turn(-1)
    assert month.day == date(2026, 2, 28)
    month.turn(12)
    assert month.day == date(2026, 11, 23)
    chosen: list[date] = []
    month.chosen.connect(chosen.append)
    month.show()
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.area_of(date(2026, 11, 24)).center())
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.area_of(date(2026, 11, 9)).center())
    assert chosen == [date(2026, 11, 9)]


def test_the_report_follows_what_other_stations_do(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    report = report_of(desk, qtbot)
    focused = QApplication.focusWidget()
    order = an_order(sqlite_shop)
    desk.changed.emit(frozenset({order.id}))
    report.wait(lambda: report.says(days.RECEIVED) == "1")
    assert QApplication.focusWidget() is focused


def test_late_orders_and_technicians_open(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    then = datetime.now(UTC) - timedelta(days=5)
    late = sqlite_shop.do(intake.register, a_new_order(promised_at=then + timedelta(days=1)), at=then)
    free = a_ready_order(sqlite_shop, price=0)
    sqlite_shop.do(orders.move, orders.Move(free.id, "handed_over"))
    report = report_of(desk, qtbot)
    assert report.says(days.LATE) == "1"
    report.page.late.table.setFocus()
    report.press(Key.Key_Return)
    assert report.opened == [late.id]
    people = report.page.people.table
    assert [cell.text for cell in people.cells.rows[0]] == ["Vlad Ionescu", "1", "1 of 1", "—", "0"]
    assert people.cells.rows[-1][0].text == "Total"
    people.setFocus()
    report.press(Key.Key_Return)
    assert report.numbers() == [str(free.number)]


def test_a_technician_sees_their_own_day(technician_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop, deposit=5_000)
    a_ready_order(sqlite_shop)
    report = report_of(technician_desk, qtbot)
    assert report.page._title.text() == "My day"
    assert (report.says(days.TAKINGS), report.says(days.RECEIVED)) == ("0.00", "1")  # the one that is theirs to repair


def opened(shop: TestShop) -> None:
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), Role.CLERK)


def test_who_counts_the_till_blind_sees_no_cash_and_why(clerk_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    opened(sqlite_shop)
    an_order(sqlite_shop, deposit=12_345)
    an_order(sqlite_shop, deposit=5_000, deposit_method="card")
    report = report_of(clerk_desk, qtbot)
    assert report.says(days.TAKINGS) == report.says(days.AVERAGE) == "—"
    tile = report.page.tiles.tiles[days.TAKINGS]
    assert "once the till is closed" in tile.accessibleName()
    assert [bar.text for bar in report.page.ways.chart.bars] == ["50.00", "0.00", "0.00"]
    assert report.page.hours.columns.bars == ()
    assert report.page.hours.columns.empty == "Cash is shown once the till is closed."
    shown = [cell.text for row in report.page.places.table.cells.rows for cell in row]
    assert "once the till is closed" in shown
    assert not any("123.45" in text or "173.45" in text for text in shown)
    tile.setFocus()
    report.press(Key.Key_Space)
    report.wait(lambda: report.toasts == ["Cash is shown once the till is closed."])
    assert report.window.findChild(Behind) is None


def test_what_no_shift_holds_opens_its_orders(desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    sqlite_shop.set(shifts=True)
    before = an_order(sqlite_shop, deposit=5_000, deposit_method="card")
    opened(sqlite_shop)
    an_order(sqlite_shop, deposit=12_345)
    report = report_of(desk, qtbot)
    rows = [[cell.text for cell in row] for row in report.page.places.table.cells.rows]
    assert [(row[0], row[-1]) for row in rows] == [
        (f"Casa 1, shift {sqlite_shop.shown(1)}", "123.45"), ("Outside any shift", "50.00"),
    ]  # fmt: skip
    report.page.places.table.opened.emit(1)
    assert report.numbers() == [str(before.number)]


def test_ctrl_p_keeps_the_report_as_pdf_where_there_is_no_printer(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop, deposit=5_000)
    report = report_of(desk, qtbot)
    report.press(Key.Key_P, _CONTROL)
    report.wait(lambda: bool(report.toasts))
    today = day_of(desk.now(), desk.shop.zone)
    pdf = (paths.documents() / f"day-report-{today.isoformat()}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    shown = report.page._shown
    assert shown is not None
    assert pdf == day_report(shown, desk.shop, "en")
    assert list(pages(pdf, 400))


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize(("width", "height"), [(1368, 783), (1294, 611), (1048, 560)])
def test_every_panel_has_room_at_every_size(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, language: str, width: int, height: int
) -> None:
    texts.speak(language)
    an_order(sqlite_shop, deposit=5_000)
    report = report_of(desk, qtbot, width, height)
    page = report.page
    for panel in (page.hours, page.ways, page.flow, page.late, page.people):
        assert panel.width() >= 240
        assert panel.height() >= 200
        right = panel.mapTo(page, panel.rect().topRight()).x()
        assert right <= page.width()
    assert page.width() == width


def test_the_till_of_the_day_adds_up_before_the_close_and_after(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    opened(sqlite_shop)
    an_order(sqlite_shop, deposit=12_345)
    an_order(sqlite_shop, deposit=5_000, deposit_method="card")
    sqlite_shop.do(shifts.move, MoveCash(-2_000, "curier"), Role.OWNER)
    report = report_of(desk, qtbot)
    till = report.page.till
    report.wait(till.isVisible)
    assert till.title.text() == f"Casa 1, shift {sqlite_shop.shown(1)}"
    rows = [
        ("Float", "100.00"),
        ("Cash payments", "+123.45"),
        ("Cash taken out", "−20.00"),
        ("Should be there", "203.45"),
    ]
    assert till.lines() == rows
    assert (report.page.step.label, till.report.label) == ("Close the till", "X report")
    with sqlite_shop.database.read() as session:
        shift = session.query(Shift).one().id
    counted = sqlite_shop.do(shifts.count_till, CountTill(shift, Count(other=20_000)), Role.CLERK)
    assert counted.made is not None
    sqlite_shop.do(shifts.close, CloseShift(shift, counted.made, "nu știu"), Role.CLERK)
    desk.changed.emit(frozenset())
    report.wait(lambda: till.lines() == [*rows, ("Counted", "200.00"), ("Difference", "−3.45")])
    assert (report.page.step.label, till.report.label) == ("Open the till", "Z report")
    report.press(Key.Key_Left, _CONTROL)
    report.wait(lambda: till.lines() == [])
    assert not till.report.isVisible()
    assert report.page.step.label == "Open the till"


def test_who_counts_the_till_blind_sees_its_float_alone(clerk_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    opened(sqlite_shop)
    an_order(sqlite_shop, deposit=12_345)
    report = report_of(clerk_desk, qtbot)
    report.wait(report.page.till.isVisible)
    assert report.page.till.lines() == [("Float", "100.00")]


def test_f8_opens_or_closes_the_till(clerk_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop) -> None:
    opened(sqlite_shop)
    report = report_of(clerk_desk, qtbot)
    report.wait(report.page.step.isVisible)
    wanted: list[bool] = []
    report.page._host.till_wanted.connect(lambda: wanted.append(True))
    report.press(Key.Key_F8)
    report.page.step.click()
    assert wanted == [True, True]


def test_a_shop_without_shifts_and_a_technician_see_no_till(
    desk: Desk, technician_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    sqlite_shop.set(shifts=False)
    desk.changed.emit(frozenset())
    report = report_of(desk, qtbot)
    assert not report.page.till.isVisible()
    assert not report.page.step.isVisible()
    opened(sqlite_shop)
    report = report_of(technician_desk, qtbot)
    assert not report.page.till.isVisible()
    assert not report.page.step.isVisible()


def test_a_clerk_without_repairs_of_their_own_has_no_card_of_technicians(
    clerk_desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    order = a_ready_order(sqlite_shop, price=0)
    sqlite_shop.do(orders.move, orders.Move(order.id, "handed_over"), Role.CLERK)
    report = report_of(clerk_desk, qtbot)
    assert report.says(days.HANDED_OVER) == "1"
    assert not report.page.people.isVisible()
    assert report.page.late.isVisible()


def test_ctrl_e_writes_the_report_into_a_file_and_into_the_journal(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path
) -> None:
    an_order(sqlite_shop, deposit=12_345)
    report = report_of(desk, qtbot)
    assert report.page.export.isEnabled()
    shown = report.page._shown
    assert shown is not None
    path = tmp_path / "day.csv"
    report.page.leaving.export_to(path, shown)
    report.wait(lambda: report.toasts == ["Day report written into day.csv."])
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[:2] == ["Figure;Of;How many;Amount", f"Takings;{shown.date.isoformat()};1;123.45"]
    assert "By method of payment;Cash;1;123.45" in rows
    with sqlite_shop.database.read() as session:
        assert [entry.action for entry in session.query(Entry).order_by(Entry.id)][-1] == "exported"


def test_who_may_not_export_is_offered_no_file(clerk_desk: Desk, qtbot: QtBot) -> None:
    report = report_of(clerk_desk, qtbot)
    assert not report.page.export.isVisible()
    assert not next(one for one in report.page.commands if one.key == "Ctrl+E").enabled()


@pytest.mark.parametrize(("seconds", "language", "said"), [(0, "ro", "—"), (25_920, "ro", "7,2"), (1_800, "en", "0.5")])
def test_hours_are_said_with_one_place(seconds: int, language: str, said: str) -> None:
    texts.speak(language)
    assert numbers.hours(seconds) == said
