import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget
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


def test_at_most_three_are_said_at_once(window: QWidget) -> None:
    toasts = Toasts(window, 96, 48)
    for number in range(5):
        toasts.say(str(number))
    assert toasts.texts() == ["2", "3", "4"]


def test_the_action_is_done_and_the_toast_goes(window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window, 96, 48)
    toasts.say("You claimed 10488.", "hand", "Undo", lambda: done.append("undone"), "Ctrl+Z")
    action = toasts.findChildren(QAbstractButton)[0]
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
