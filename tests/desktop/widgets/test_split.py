from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.widgets.split import SplitButton


def next_step(qtbot: QtBot) -> SplitButton:
    made = SplitButton("Mark ready", "F8", "primary", "check", "md")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    return made


def test_the_button_does_the_next_step_and_the_arrow_offers_others(qtbot: QtBot) -> None:
    button = next_step(qtbot)
    with qtbot.assertNotEmitted(button.menu_wanted), qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    with qtbot.assertNotEmitted(button.clicked), qtbot.waitSignal(button.menu_wanted):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() - 8, 10))


def test_the_arrow_down_key_offers_the_others(qtbot: QtBot) -> None:
    button = next_step(qtbot)
    with qtbot.waitSignal(button.menu_wanted):
        QTest.keyClick(button, Qt.Key.Key_Down)
