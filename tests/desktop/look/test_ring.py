from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFocusFrame, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import TextInput


def window(qtbot: QtBot) -> tuple[QWidget, Button, Button, TextInput, Segmented]:
    made = QWidget()
    qtbot.addWidget(made)
    one, two, text, choice = (
        Button("One"),
        Button("Two"),
        TextInput(),
        Segmented("Pay", (("a", "A"), ("b", "B"))),
    )
    layout = QVBoxLayout(made)
    for part in (one, two, text, choice):
        layout.addWidget(part)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made, one, two, text, choice


def ringed(made: QWidget) -> QWidget | None:
    frames = [frame for frame in made.findChildren(QFocusFrame) if frame.isVisible()]
    return frames[0].widget() if frames else None


def test_the_ring_follows_the_keyboard(qtbot: QtBot) -> None:
    made, one, two, _text, choice = window(qtbot)
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert ringed(made) is two
    QTest.keyClick(two, Qt.Key.Key_Tab)
    assert ringed(made) is None  # an input shows its focus by its edge
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert ringed(made) is choice


def test_a_click_shows_no_ring(qtbot: QtBot) -> None:
    made, one, _two, _text, _choice = window(qtbot)
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert ringed(made) is None


def test_a_window_that_closes_takes_the_ring_along(qtbot: QtBot) -> None:
    for _time in range(2):
        made, one, two, _text, _choice = window(qtbot)
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Tab)
        assert ringed(made) is two
        made.close()
        made.deleteLater()
        qtbot.wait_signal(made.destroyed)
