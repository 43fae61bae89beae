import sys

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_do_not_eat_none(qtbot: QtBot) -> None:
    """Some versions of PySide drop a reference to None at every void call, until Python aborts."""
    label, line = QLabel(), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(line)
    label.setText("0")
    before = sys.getrefcount(None)
    for _time in range(1000):
        label.setText("1")
        line.setPlaceholderText("2")
    assert abs(sys.getrefcount(None) - before) < 50
