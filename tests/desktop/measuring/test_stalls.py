"""What is measured is what people feel: a window that does not answer, and when it was painted."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.measuring.frames import Frames, Painted, Player, Rest, Script, Until
from ticketdesk.desktop.measuring.stalls import Stalls


def test_a_window_that_does_not_answer_is_noticed_and_where_it_stood(qtbot: QtBot) -> None:
    stalls = Stalls()
    stalls.start()
    QTimer.singleShot(20, _hold_up_everything)
    qtbot.waitUntil(lambda: stalls.longest > 0.1)
    stalls.stop()
    assert "_hold_up_everything" in stalls.worst


def _hold_up_everything() -> None:
    time.sleep(0.2)


def test_a_script_goes_on_when_the_window_was_painted_in_the_state_it_waits_for(qtbot: QtBot) -> None:
    label = QLabel("old")
    qtbot.addWidget(label)
    label.show()
    frames, seen, ended = Frames(label), list[bool](), list[Exception | None]()

    def script() -> Script:
        yield Rest(0.01)
        QTimer.singleShot(5, lambda: label.setText("new"))
        began = time.perf_counter()
        painted = yield Painted(lambda: label.text() == "new")
        seen.append(began < painted.at <= time.perf_counter())
        yield Until(lambda: True)

    player = Player(frames, script(), ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert (seen, ended) == ([True], [None])
    player.deleteLater()
