"""The bench: a technician's day by the keyboard, live, with a timer that nobody has to remember."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, an_item, an_order
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.frame import SMALLEST, Frame
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.screens.bench.job import Job
from ticketdesk.desktop.screens.bench.model import Nothing, Section
from ticketdesk.desktop.screens.bench.page import BenchPage
from ticketdesk.desktop.screens.bench.rows import claim_area
from ticketdesk.desktop.sentences import sentence
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.by import By
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import bench, claiming, journal, lines, notes, orders, pages, timers
from ticketdesk.services.bench import StartTimer
from ticketdesk.services.claiming import Assign, Claim
from ticketdesk.services.doors import perform
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.timers import Worked
from window import activate, sign_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
Key, NONE, CONTROL = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
TECHNICIAN = Role.TECHNICIAN


class Hands:
    """Somebody's hands on the keyboard of the window, at the bench."""

    def __init__(self, qtbot: QtBot, session: Session, shop: TestShop, name: str = "Vlad") -> None:
        self.bot, self.session, self.shop = qtbot, session, shop
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        session.host.toast_wanted.connect(lambda text, _icon, _label, run: self.toasts.append((text, run)))
        self.enter(name)

    def enter(self, name: str) -> None:
        sign_in(self.bot, self.session, name)
        self.wait(lambda: self.session.desk.staff is not None)
        activate(self.bot, self.session)
        if self.session.pages.shown() != "bench":
            self.wait(lambda: self.session.pages.shown() == "orders")
            self.settle()
            self.press(Key.Key_2, CONTROL)
        self.wait(lambda: self.session.pages.shown() == "bench")
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus(), key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)

    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def wait(self, until: Callable[[], bool]) -> None:
        self.bot.waitUntil(until, timeout=10_000)

    def settle(self) -> None:
        """Wait until every question is answered and every timer rests."""

        def at_rest() -> bool:
            shown = self.session.pages.shown()
            quiet = shown != "bench" or (self.page._asking.idle and not self.page._resting.isActive())
            return self.session.desk.idle and quiet

        for _round in range(2):
            self.wait(at_rest)

    @property
    def page(self) -> BenchPage:
        page = self.session.pages["bench"]
        assert isinstance(page, BenchPage)
        return page

    @property
    def job(self) -> Job:
        assert self.page.job is not None
        return self.page.job

    def shown(self) -> pages.OrderPage:
        assert self.job.work.page is not None
        return self.job.work.page

    def shows(self, what: Callable[[pages.OrderPage], bool]) -> None:
        """Wait until the bench shows it of the order chosen."""
        self.wait(lambda: self.page.work is not None and self.page.work.page is not None and what(self.page.work.page))

    def queue(self) -> list[str | int]:
        """Give what the queue shows: numbers of orders, and what its heads and sentences say."""
        said: list[str | int] = []
        for entry in self.page.queue.queue.entries:
            if isinstance(entry, Section):
                said.append(f"{entry.title} {entry.count}")
            else:
                said.append(entry.sentence if isinstance(entry, Nothing) else entry.number)
        return said

    def worked(self, order: UUID) -> Worked:
        with self.shop.database.read() as session:
            return timers.worked(session, order)


def mine(shop: TestShop, hours: float = 24, role: Role = TECHNICIAN) -> UUID:
    """Take a phone in, promised in so many hours, and let somebody claim it."""
    done = an_order(shop, promised_at=datetime.now(UTC) + timedelta(hours=hours))
    shop.do(claiming.claim, Claim(done.id), role)
    return done.id


def number(shop: TestShop, order: UUID) -> int:
    with shop.database.read() as session:
        return pages.order_page(session, order).row.number


def test_a_job_goes_from_the_pool_to_ready_on_the_bench_by_keys_alone(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    order = an_order(sqlite_shop).id
    an_item(sqlite_shop, "ECR13", "Înlocuire ecran iPhone 13", 35_000)
    sqlite_shop.do(notes.add_task, notes.AddTask(order, "Testează Face ID"))
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_F9)
    hands.shows(lambda page: page.row.assignee.startswith("Vlad"))
    assert session.pages.shown() == "bench"
    hands.settle()
    hands.press(Key.Key_B, CONTROL)
    hands.shows(lambda page: page.row.status == "in_progress" and len(page.worked.running) == 1)
    assert hands.job.head.turn.text() == "Pause"
    hands.press(Key.Key_M, CONTROL)
    hands.wait(hands.job.work.composer.text.hasFocus)
    hands.type("Ecran montat, testez.")
    hands.press(Key.Key_Return, CONTROL)
    hands.shows(lambda page: [note.text for note in page.comments] == ["Ecran montat, testez."])
    hands.press(Key.Key_L, CONTROL)
    hands.wait(lambda: bool(open_dialogs(session.frame)))
    dialog = session.frame.findChildren(LineDialog)[0]
    hands.type("ECR13")
    hands.press(Key.Key_Return)
    hands.wait(lambda: dialog.form.name.text() == "Înlocuire ecran iPhone 13")
    hands.press(Key.Key_Return, CONTROL)
    hands.wait(lambda: not open_dialogs(session.frame))
    hands.shows(lambda page: [line.facts.code for line in page.lines] == ["ECR13"])
    hands.settle()
    for _press in range(40):  # Tab reaches every task
        if isinstance(hands.focus(), QCheckBox):
            break
        hands.press(Key.Key_Tab)
    hands.press(Key.Key_Space)
    hands.shows(lambda page: page.tasks[0].done_at is not None)
    hands.settle()
    hands.press(Key.Key_F8)
    hands.shows(lambda page: page.row.status == "ready")
    assert hands.worked(order).running == ()
    hands.wait(lambda: hands.job.head.turn.text() == "Start")
    assert not hands.job.head.turn.isEnabled()


def test_arrows_go_through_my_orders_and_the_pool_and_enter_opens_one(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    later, soon = mine(sqlite_shop, 30), mine(sqlite_shop, 3)
    mine(sqlite_shop, role=Role.MANAGER)
    free = an_order(sqlite_shop)
    urgent = an_order(sqlite_shop, urgency=Urgency.URGENT)
    hands = Hands(qtbot, session, sqlite_shop)
    numbers = [number(sqlite_shop, order) for order in (soon, later)]
    assert hands.queue() == ["Mine 2", *numbers, "Pool 2", urgent.number, free.number]
    seen = [hands.job.order_id]
    for _step in range(3):
        hands.press(Key.Key_Down)
        hands.settle()
        seen.append(hands.job.order_id)
    assert seen == [soon, later, urgent.id, free.id]
    hands.press(Key.Key_Home)
    hands.settle()
    assert hands.job.order_id == soon
    hands.press(Key.Key_End)
    hands.press(Key.Key_Return)
    hands.wait(lambda: session.pages.shown() == "order")
    assert session.pages["order"]._id == free.id


def test_what_changes_elsewhere_arrives_and_disturbs_neither_choice_nor_note(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    first, second = mine(sqlite_shop, 3), mine(sqlite_shop, 9)
    free = an_order(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_Down)
    hands.settle()
    assert hands.job.order_id == second
    hands.press(Key.Key_M, CONTROL)
    hands.type("Am inceput sa scriu")
    field = hands.job.work.composer.text
    sqlite_shop.do(claiming.claim, Claim(free.id), Role.MANAGER)
    third = mine(sqlite_shop, 6)
    wanted = ["Mine 3", *(number(sqlite_shop, order) for order in (first, third, second)), "Pool 0"]
    hands.wait(lambda: hands.queue()[:5] == wanted)
    sqlite_shop.do(lines.add, AddLine(second, LineFacts("Baterie", price=100)), TECHNICIAN)
    hands.shows(lambda page: len(page.lines) == 1)
    hands.settle()
    current = hands.page.queue.current()
    assert current is not None
    assert (hands.job.order_id, current.id) == (second, second)
    assert (field.hasFocus(), field.toPlainText()) == (True, "Am inceput sa scriu")


def test_an_order_that_goes_elsewhere_leaves_a_half_written_note_in_sight(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    first, second = mine(sqlite_shop, 3), mine(sqlite_shop, 9)
    hands = Hands(qtbot, session, sqlite_shop)
    people = sqlite_shop.people
    hands.job.work.composer.text.setPlainText("Nu pierde asta")
    sqlite_shop.do(claiming.assign, Assign(first, people[Role.MANAGER], people[TECHNICIAN]), Role.MANAGER)
    hands.wait(lambda: hands.queue()[0] == "Mine 1")
    hands.settle()
    assert (hands.job.order_id, hands.job.work.composer.text.toPlainText()) == (first, "Nu pierde asta")
    hands.job.work.composer.text.clear()
    sqlite_shop.do(claiming.assign, Assign(second, people[Role.MANAGER], people[TECHNICIAN]), Role.MANAGER)
    hands.wait(lambda: hands.page.job is None)
    assert hands.queue()[0] == "Mine 0"


def test_a_note_stays_with_its_order_while_another_is_chosen(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    first, second = mine(sqlite_shop, 3), mine(sqlite_shop, 9)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.job.work.composer.text.setPlainText("Pentru prima")
    assert hands.page.begun
    hands.press(Key.Key_Down)
    hands.settle()
    assert (hands.job.order_id, hands.job.work.composer.text.toPlainText()) == (second, "")
    hands.press(Key.Key_Up)
    hands.settle()
    assert (hands.job.order_id, hands.job.work.composer.text.toPlainText()) == (first, "Pentru prima")
    hands.job.work.composer.text.clear()
    hands.press(Key.Key_Down)
    hands.settle()
    assert len(session.frame.findChildren(Job)) == 1  # what nothing is typed into is let go


def test_locking_pauses_what_was_started_here(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_B, CONTROL)
    hands.press(Key.Key_F12)  # before the start was even answered
    assert session.desk.staff is None
    hands.wait(lambda: session.desk.idle)
    assert hands.worked(order).running == ()
    with sqlite_shop.database.read() as asked:
        assert pages.order_page(asked, order).row.status == "in_progress"
    hands.enter("Vlad")
    hands.shows(lambda page: page.row.status == "in_progress")
    hands.press(Key.Key_B, CONTROL)
    hands.shows(lambda page: len(page.worked.running) == 1)
    session.signing._idle.timeout.emit()  # nobody touched anything for a while
    hands.wait(lambda: session.desk.idle)
    assert (session.desk.staff, hands.worked(order).running) == (None, ())


def test_locking_leaves_a_timer_alone_that_was_started_at_another_pc(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    order = mine(sqlite_shop)
    by = By(sqlite_shop.people[TECHNICIAN], "T2", datetime.now(UTC), new_key())
    perform(sqlite_shop.database, by, bench.start_timer, StartTimer(order))
    hands = Hands(qtbot, session, sqlite_shop)
    hands.shows(lambda page: len(page.worked.running) == 1)
    hands.press(Key.Key_F12)
    hands.wait(lambda: session.desk.idle)
    assert len(hands.worked(order).running) == 1


def test_what_ran_when_the_pc_went_off_is_paused_at_the_next_lock(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    order = mine(sqlite_shop)
    sqlite_shop.do(bench.start_timer, StartTimer(order), TECHNICIAN)  # at this very PC, T1
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_F12)
    hands.wait(lambda: session.desk.idle)
    assert hands.worked(order).running == ()


def test_closing_the_window_pauses_the_timer(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_B, CONTROL)
    hands.shows(lambda page: len(page.worked.running) == 1)
    session.desk.closing.emit()
    hands.wait(lambda: session.desk.idle)
    assert hands.worked(order).running == ()


def test_time_goes_on_by_the_second_while_the_timer_runs(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    assert hands.job.head.time.text() == "0:00:00"
    hands.press(Key.Key_B, CONTROL)
    hands.shows(lambda page: len(page.worked.running) == 1)
    since = hands.shown().worked.running[0].since
    monkeypatch.setattr(session.desk, "now", lambda: since + timedelta(hours=1, minutes=12, seconds=40))
    hands.job.head._tick.timeout.emit()
    assert (hands.job.head.time.text(), hands.job.head._tick.isActive()) == ("1:12:40", True)


def test_an_order_is_given_back_and_taken_again_by_undo(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.job.footer.release.click()
    hands.wait(lambda: hands.queue() == [
        "Mine 0", "No order is yours right now. F9 claims the first of the pool.", "Pool 1", number(sqlite_shop, order),
    ])  # fmt: skip
    hands.settle()
    assert hands.job.order_id == order
    hands.shows(lambda page: page.row.assignee_id is None)
    assert not hands.job.footer.release.isEnabled()
    said, undo = hands.toasts[-1]
    assert said == f"{number(sqlite_shop, order)} is back in the pool."
    assert undo is not None
    undo()
    hands.wait(lambda: hands.queue()[:2] == ["Mine 1", number(sqlite_shop, order)])


def test_an_order_of_the_pool_is_claimed_at_its_button_and_given_back_by_undo(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    mine(sqlite_shop)
    free = an_order(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    view = hands.page.queue
    place = view.queue.place_of(free.id)
    at = claim_area(view.visualRect(view.queue.index(place))).center()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        QApplication.sendEvent(view.viewport(), QMouseEvent(kind, QPointF(at), QPointF(at), left, left, NONE))
    hands.wait(lambda: hands.queue()[0] == "Mine 2")
    hands.settle()
    assert hands.job.order_id == free.id
    said, undo = hands.toasts[-1]
    assert said == f"You claimed {free.number}."
    assert undo is not None
    undo()
    hands.wait(lambda: hands.queue()[0] == "Mine 1")


def test_a_long_queue_stays_where_it_was_scrolled_and_shows_what_is_claimed(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    for hours in range(20):
        mine(sqlite_shop, 2 + hours)
    hands = Hands(qtbot, session, sqlite_shop)
    view = hands.page.queue
    hands.press(Key.Key_End)
    hands.settle()
    place = view.verticalScrollBar().value()
    assert place > 0
    mine(sqlite_shop, 1)
    hands.wait(lambda: hands.queue()[0] == "Mine 21")
    assert view.verticalScrollBar().value() == place
    soon = an_order(sqlite_shop, promised_at=datetime.now(UTC) + timedelta(minutes=9))
    hands.press(Key.Key_F9)
    hands.wait(lambda: hands.page.job is not None and hands.job.order_id == soon.id)
    shown = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(shown.center())


def test_whoever_claims_too_late_is_told_who_was_quicker(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    free = an_order(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    row = hands.page.queue.current()
    assert row is not None
    sqlite_shop.do(claiming.claim, Claim(free.id), Role.MANAGER)
    hands.page.queue.claimed.emit(row)
    hands.wait(lambda: bool(hands.toasts))
    assert hands.toasts[-1][0] == "Raluca Mureșan claimed it a moment earlier."
    hands.wait(lambda: hands.page.job is None)


def test_a_shop_without_a_pool_shows_none(qtbot: QtBot, sqlite_shop: TestShop, request: pytest.FixtureRequest) -> None:
    sqlite_shop.set(allocation="self_managed")
    an_order(sqlite_shop)
    session: Session = request.getfixturevalue("session")
    hands = Hands(qtbot, session, sqlite_shop)
    assert hands.queue() == ["Mine 0", "No order is yours right now."]
    people, order = sqlite_shop.people, an_order(sqlite_shop).id  # the clerk's who takes it in
    sqlite_shop.do(claiming.assign, Assign(order, people[TECHNICIAN], people[Role.CLERK]), Role.MANAGER)
    hands.wait(lambda: hands.queue() == ["Mine 1", number(sqlite_shop, order)])
    hands.settle()
    assert not hands.job.footer.release.isVisible()


def test_an_empty_bench_says_so(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    hands = Hands(qtbot, session, sqlite_shop)
    assert hands.queue() == [
        "Mine 0", "No order is yours right now.", "Pool 0", "Nothing to claim: the pool is empty.",
    ]  # fmt: skip
    said = [label.text() for label in hands.page.findChildren(QLabel) if label.isVisible()]
    assert "Nothing lies on the bench." in said
    timer = next(command for command in hands.page.commands if command.id == "bench.timer")
    assert not any(command.enabled() for command in (timer, *hands.page.commands[2:5]))


def test_a_scanned_code_of_a_part_adds_it_and_that_of_an_order_chooses_it(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    first, second = mine(sqlite_shop, 3), mine(sqlite_shop, 9)
    elsewhere = mine(sqlite_shop, role=Role.MANAGER)
    an_item(sqlite_shop, "ECR13", "Înlocuire ecran iPhone 13", 35_000)
    hands = Hands(qtbot, session, sqlite_shop)
    keyboard = Keyboard(session.frame)
    keyboard.scan(f"{order_code(number(sqlite_shop, second))}\r")
    hands.wait(lambda: hands.page.job is not None and hands.job.order_id == second)
    hands.settle()
    hands.press(Key.Key_M, CONTROL)  # wherever the cursor is
    keyboard.scan("ECR13\r")
    hands.shows(lambda page: [line.facts.code for line in page.lines] == ["ECR13"])
    assert hands.job.work.composer.text.toPlainText() == ""
    with sqlite_shop.database.read() as asked:
        assert pages.order_page(asked, first).lines == []
    keyboard.scan(f"{order_code(number(sqlite_shop, elsewhere))}\r")
    hands.wait(lambda: session.pages.shown() == "order")


def test_the_bench_shows_neither_phones_nor_prices(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    sqlite_shop.do(lines.add, AddLine(order, LineFacts("Înlocuire ecran", code="ECR13", price=53_147)), TECHNICIAN)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.shows(lambda page: len(page.lines) == 1)
    hands.settle()
    labels: list[QLabel] = hands.page.findChildren(QLabel)
    buttons: list[QAbstractButton] = hands.page.findChildren(QAbstractButton)
    parts: list[QLabel | QAbstractButton] = [*labels, *buttons]
    said = " ".join(f"{part.text()} {part.accessibleName()} {part.toolTip()}" for part in parts)
    model = hands.page.queue.queue
    said += " ".join(str(model.data(model.index(n), role)) for n in range(model.rowCount()) for role in (0, 3, 11))
    assert "Ștefan Ungureanu" in said
    assert "Înlocuire ecran" in said
    for secret in ("531", "418", "0722"):
        assert secret not in said


def test_whoever_takes_no_work_finds_no_timer(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    people = sqlite_shop.people
    sqlite_shop.do(claiming.assign, Assign(done.id, people[Role.CLERK]), Role.MANAGER)
    an_order(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop, "Alina")
    hands.shows(lambda page: page.row.id == done.id)
    assert not hands.job.head.turn.isEnabled()
    assert not hands.job.footer.release.isEnabled()
    hands.press(Key.Key_B, CONTROL)
    hands.settle()
    assert hands.worked(done.id) == Worked()


def test_moves_of_the_foot_are_those_of_the_flow(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    hands = Hands(qtbot, session, sqlite_shop)
    hands.shows(lambda page: page.row.status == "created")
    moves = hands.job.footer.moves
    assert [moves[to].isEnabled() for to in ("awaiting_parts", "awaiting_approval")] == [False, True]
    sqlite_shop.do(orders.move, orders.Move(order, "in_progress"), TECHNICIAN)
    hands.wait(moves["awaiting_parts"].isEnabled)
    moves["awaiting_parts"].click()
    hands.shows(lambda page: page.row.status == "awaiting_parts")
    assert hands.job.footer.step.text() == "Resume"


def test_the_page_of_an_order_tells_what_was_worked_and_its_history_by_whom(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    order, begun = mine(sqlite_shop), datetime.now(UTC)
    sqlite_shop.do(bench.start_timer, StartTimer(order), TECHNICIAN, begun)
    sqlite_shop.do(bench.pause_timer, bench.PauseTimer(order), TECHNICIAN, begun + timedelta(minutes=72, seconds=40))
    sqlite_shop.do(bench.start_timer, StartTimer(order), TECHNICIAN, begun + timedelta(minutes=80))
    sqlite_shop.do(orders.move, orders.Move(order, "awaiting_parts"), at=begun + timedelta(minutes=90))
    with sqlite_shop.database.read() as asked:
        history = journal.history(asked, order)
    said = [sentence(entry, "Europe/Bucharest")[0] for entry in history if entry.action.startswith("timer")]
    assert said == [
        "stopped the timer of Vlad Ionescu after 10 min", "started the timer",
        "paused the timer after 1 h 12 min", "started the timer",
    ]  # fmt: skip
    hands = Hands(qtbot, session, sqlite_shop)
    hands.press(Key.Key_Return)
    hands.wait(lambda: session.pages.shown() == "order" and session.pages["order"].page is not None)
    hands.settle()
    labels: list[QLabel] = session.pages["order"].findChildren(QLabel)
    assert any("worked 1 h 22 min" in label.text() for label in labels)


@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.5])
def test_every_place_of_the_rail_is_in_sight_in_the_lowest_window(
    qtbot: QtBot, qapp: QApplication, zoom: float
) -> None:
    theme.apply(qapp, "light", zoom)
    frame = Frame()
    qtbot.addWidget(frame)
    frame.resize(SMALLEST)
    frame.dress(signed_in=True)
    frame.show()
    qtbot.waitExposed(frame)
    places = [*frame.rooms.values(), frame.person]
    areas = [place.geometry() for place in places]
    assert all(above.bottom() < below.top() for above, below in pairwise(areas))
    assert areas[-1].bottom() <= frame.rail.height()


def test_every_control_of_the_bench_has_a_name(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = mine(sqlite_shop)
    sqlite_shop.do(notes.add_task, notes.AddTask(order, "Testează"))
    hands = Hands(qtbot, session, sqlite_shop)
    hands.shows(lambda page: len(page.tasks) == 1)
    hands.settle()
    nameless = [
        control
        for control in hands.page.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible() and not control.accessibleName()
    ]
    assert nameless == []
