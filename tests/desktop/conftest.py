import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shop import TestShop
from ticketdesk.desktop.measuring.stalls import Stalls
from ticketdesk.desktop.session import Session
from window import window_of

_MANY = 30_000


@pytest.fixture(autouse=True)
def _garbage_of_the_window() -> Iterator[None]:
    """Let no background thread collect garbage: it may be widgets (see ``desktop/garbage.py``)."""
    gc.disable()
    yield
    if gc.get_count()[0] > _MANY:
        gc.collect()
    gc.enable()


@pytest.fixture
def session(qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path) -> Iterator[Session]:
    """Give the real window with nobody signed in yet."""
    yield from window_of(qtbot, sqlite_shop, tmp_path)


@pytest.fixture
def stalls() -> Iterator[Stalls]:
    """Watch the window's event loop: how long it did not turn, and where it stood then."""
    made = Stalls()
    made.start()
    yield made
    made.stop()
