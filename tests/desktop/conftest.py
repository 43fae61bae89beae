from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shop import TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.look.theme import apply
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.work import Work
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import settings
from ticketdesk.storage.preferences import Preferences
from ticketdesk.storage.station import Station


@pytest.fixture
def session(qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path) -> Iterator[Session]:
    """Give the real window with nobody signed in yet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, "light")
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    with sqlite_shop.database.read() as asked:
        facts = settings.shop(asked)
    desk = Desk(sqlite_shop.database, Station(tmp_path / "s.db", new_secret()), "T1", sqlite_shop.id, facts, Work())
    made = Session(frame, desk, Preferences())
    crashes: list[Exception] = []
    desk.crashed.connect(crashes.append)
    yield made
    made.close()
    assert crashes == []
