import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLineEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.toasts import Banner, Toasts


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_a_toast_stands_at_the_lower_left(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    toasts.say("10482 is ready.")
    assert toasts.texts() == ["10482 is ready."]
    assert toasts.x() == 96
    assert toasts.geometry().bottom() == 600 - 48 - 1
    window.resize(1000, 700)
    assert toasts.geometry().bottom() == 700 - 48 - 1


def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list that what a screen reader is told goes into."""
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    return said


def test_two_stand_there_at_most_and_the_newest_says_how_many_more_there_are(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    toasts, told = Toasts(window, 96, 48), heard(monkeypatch)
    for number in range(4):
        toasts.say(str(number))
    assert told == ["0", "1", "2", "3"]
    assert toasts.texts() == ["0", "1", "2", "3"]
    assert [toast.accessibleName() for toast in toasts._toasts if toast.isVisible()] == ["2", "3"]
    assert toasts.height() <= 2 * 44 + 8
    more = [each for each in toasts.findChildren(QAbstractButton) if each.isVisible()]
    assert [(each.text(), each.accessibleName()) for each in more] == [("+2", "2 earlier messages: 0; 1")]
    assert more[0].focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(more[0], Qt.Key.Key_Space)
    assert all(toast.isVisible() for toast in toasts._toasts)
    assert not more[0].isVisible()


def test_what_was_folded_away_comes_back_into_sight_when_there_is_room(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    for number in range(3):
        toasts.say(str(number))
    toasts._toasts[2].close_now()
    assert [toast.isVisible() for toast in toasts._toasts] == [True, True]
    assert not any(each.isVisible() for each in toasts.findChildren(QAbstractButton))


def test_what_was_folded_away_can_still_be_undone(window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window, 96, 48)
    toasts.say("Claimed.", "hand", "Undo", lambda: done.append("claimed"), "Ctrl+Z")
    for number in range(3):
        toasts.say(str(number))
    toasts.press("Ctrl+Z")
    assert done == ["claimed"]


def test_only_so_many_are_kept(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    for number in range(30):
        toasts.say(str(number))
    assert toasts.texts() == [str(number) for number in range(24, 30)]


def test_toasts_make_way_for_the_row_that_is_chosen_wherever_in_it_the_focus_is(window: QWidget, qtbot: QtBot) -> None:
    table = QTableWidget(20, 3, window)
    table.setGeometry(0, 0, 900, 600)
    table.horizontalHeader().hide()
    table.show()
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    toasts = Toasts(window, 96, 48)
    toasts.say("10501 saved.")
    toasts.say("Printed.")
    for column in (0, 2):
        for row in range(20):
            table.setCurrentCell(row, column)
            cell = table.visualRect(table.currentIndex())
            whole = QRect(0, cell.top(), 900, cell.height())
            seen = whole.translated(table.viewport().mapTo(window, QPoint(0, 0)))
            assert not toasts.geometry().intersects(seen), (row, column)


def test_the_action_is_done_and_the_toast_goes(window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window, 96, 48)
    toasts.say("You claimed 10488.", "hand", "Undo", lambda: done.append("undone"), "Ctrl+Z")
    action = next(each for each in toasts.findChildren(QAbstractButton) if each.isVisible())
    assert action.accessibleName() == "Undo"
    QTest.keyClick(action, Qt.Key.Key_Space)
    assert done == ["undone"]
    assert toasts.texts() == []
    assert not toasts.isVisible()


def test_a_toast_waits_while_somebody_points_at_it(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    toasts.say("10482 is ready.")
    toast = toasts.findChildren(QFrame)[0]
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Enter))
    assert toast.waits()  # type: ignore[attr-defined]
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not toast.waits()  # type: ignore[attr-defined]


def test_the_same_sentence_is_not_said_twice(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    for _again in range(2):
        toasts.say("Your role may not do this.")
    assert toasts.texts() == ["Your role may not do this."]


def test_a_long_sentence_breaks_its_lines_instead_of_crossing_the_window(window: QWidget, qtbot: QtBot) -> None:
    window.resize(1400, 800)
    toasts = Toasts(window, 96, 48)
    toasts.say("10501 saved. " + "Kept as PDF: intake receipt ×2, label. " * 3, "printer", "Open folder", lambda: None)
    qtbot.waitUntil(lambda: toasts.height() > 46)
    assert toasts.width() <= 560


def test_a_toast_stands_above_the_buttons_at_the_foot_of_a_page(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    toasts.say("10501 saved.")
    toasts.rise(62)
    assert toasts.geometry().bottom() == 600 - 48 - 62 - 1


def test_a_toast_never_covers_the_field_that_has_the_focus(window: QWidget, qtbot: QtBot) -> None:
    field = QLineEdit(window)
    field.setGeometry(100, 510, 200, 36)
    field.show()
    window.activateWindow()
    toasts = Toasts(window, 96, 48)
    toasts.say("10501 saved.")
    assert toasts.geometry().intersects(field.geometry())
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert not toasts.geometry().intersects(field.geometry())
    field.setGeometry(0, 510, 900, 36)
    toasts.say("Printed.")
    assert not toasts.geometry().intersects(field.geometry())


def test_ctrl_z_undoes_what_the_newest_toast_offers_to_undo(window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window, 96, 48)
    for name in ("first", "second"):
        toasts.say(name, "hand", "Undo", lambda name=name: done.append(name), "Ctrl+Z")  # type: ignore[misc]
    toasts.say("Saved.")
    toasts.press("Ctrl+Z")
    assert done == ["second"]
    toasts.silence()
    toasts.press("Ctrl+Z")
    assert done == ["second"]


def test_only_the_newest_toast_shows_the_key_that_undoes_it(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)

    def shown() -> list[bool]:
        return [toast.action.shows_key() for toast in toasts._toasts if toast.action is not None]

    toasts.say("first", "hand", "Undo", lambda: None, "Ctrl+Z")
    assert shown() == [True]
    narrow = toasts._toasts[0].sizeHint().width()
    toasts.say("second", "hand", "Undo", lambda: None, "Ctrl+Z")
    toasts.say("third", "hand", "Open", lambda: None)
    assert shown() == [False, True, False]
    assert toasts._toasts[0].sizeHint().width() < narrow
    toasts.press("Ctrl+Z")
    assert shown() == [True, False]


def test_a_banner_says_its_sentence_and_offers_a_button(qtbot: QtBot) -> None:
    again = Button("Try again", "F5", size="sm")
    banner = Banner("cloud-off", again)
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.say("No connection since 10:36.", "Keep working; 3 changes are waiting.")
    assert banner.isVisible()
    assert banner.accessibleName() == "No connection since 10:36. Keep working; 3 changes are waiting."
    assert banner.height() >= 44
    with qtbot.waitSignal(again.clicked):
        QTest.mouseClick(again, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
