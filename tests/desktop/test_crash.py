"""Something unexpected is written down with its context, said, and leaves the window usable."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from shop import TestShop
from ticketdesk.desktop import crash
from ticketdesk.desktop.session import Session
from window import enter, window_of

SAID = "Something unexpected happened. It was written down; you can go on working."


def _bug() -> None:
    broken: dict[str, str] = {}
    broken["screen of the phone"]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Give the log of this PC; puts the ways back in which Python reports errors."""
    before, before_threads = sys.excepthook, threading.excepthook
    folder = tmp_path / "log"
    folder.mkdir()
    crash.write_into(folder)
    yield folder / "ticketdesk.log"
    sys.excepthook, threading.excepthook = before, before_threads


@pytest.fixture
def window(qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path, log: Path) -> Iterator[Session]:
    """Give the window with a clerk at the order desk, and unexpected errors caught as in the program."""
    assert log.parent.is_dir()  # the log is there before anything can go wrong
    made = window_of(qtbot, sqlite_shop, tmp_path)
    session = next(made)
    crash.catch(lambda error: crash.tell(session.frame.toasts.say, error), session.pages.shown)
    enter(qtbot, session, "Alina")
    yield session
    session.close()


def test_a_bug_in_the_window_is_written_down_said_and_can_be_copied(qtbot: QtBot, window: Session, log: Path) -> None:
    QTimer.singleShot(0, _bug)
    qtbot.waitUntil(lambda: SAID in window.frame.toasts.texts())
    written = log.read_text()
    for part in ("unexpected, orders, TicketDesk", "Traceback", "_bug", "KeyError: 'screen of the phone'"):
        assert part in written
    window.frame.toasts.findChildren(QAbstractButton)[0].click()
    assert "KeyError" in QGuiApplication.clipboard().text()
    window.host.go("board")
    assert window.pages.shown() == "board"


def test_a_bug_in_background_work_is_too(qtbot: QtBot, window: Session, log: Path) -> None:
    window.desk.do(window, lambda _none: None, _bug)
    qtbot.waitUntil(lambda: SAID in window.frame.toasts.texts())
    assert "KeyError" in log.read_text()
    window.host.go("board")
    assert window.pages.shown() == "board"


def test_a_bug_in_a_thread_of_its_own_is_written_down(window: Session, log: Path) -> None:
    thread = threading.Thread(target=_bug, name="listener")
    thread.start()
    thread.join()
    assert "unexpected, listener" in log.read_text()
    assert window.pages.shown() == "orders"
