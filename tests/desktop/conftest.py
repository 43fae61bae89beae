import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.measuring.stalls import Stalls
from ticketdesk.desktop.session import Session
from ticketdesk.storage.preferences import Preferences
from window import window_of


@pytest.fixture(scope="session", autouse=True)
def _lasting() -> None:
    """Look through what is loaded once and stays no more: collecting after each test then takes little."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    """Let every test begin in the light theme at zoom 1, whatever the one before chose."""
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _garbage_of_the_window() -> Iterator[None]:
    """Let no background thread collect garbage: it may be widgets (see ``desktop/garbage.py``).

    Windows that are left are collected after the test: a change of theme reaches all that are alive.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def session(qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path) -> Iterator[Session]:
    """Give the real window with nobody signed in yet."""
    yield from window_of(qtbot, sqlite_shop, tmp_path)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Give a window for pages and dialogs to live in."""
    made = QWidget()
    made.resize(1366, 696)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def host(window: QWidget) -> Host:
    """Give what pages and dialogs may ask of that window."""
    return Host(window, Preferences())


@pytest.fixture
def stalls() -> Iterator[Stalls]:
    """Watch the window's event loop: how long it did not turn, and where it stood then."""
    made = Stalls()
    made.start()
    yield made
    made.stop()
