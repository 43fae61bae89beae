"""The real window, as people use it: signing in, bringing it to the front."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.look.theme import apply
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.work import Work
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import settings
from ticketdesk.storage.preferences import Preferences
from ticketdesk.storage.station import Station


def window_of(qtbot: QtBot, shop: TestShop, tmp_path: Path) -> Iterator[Session]:
    """Open the real window on a shop; a bug in its background work fails the test."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, "light")
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    with shop.database.read() as asked:
        facts = settings.shop(asked)
    desk = Desk(shop.database, Station(tmp_path / "s.db", new_secret()), "T1", shop.id, facts, Work())
    made = Session(frame, desk, Preferences())
    crashes: list[Exception] = []
    desk.crashed.connect(crashes.append)
    yield made
    made.close()
    assert crashes == []


def sign_in(qtbot: QtBot, session: Session, name: str, pin: str = PIN) -> None:
    """Choose somebody by the beginning of their name, and give their PIN."""
    page = session.signing.page
    qtbot.waitUntil(lambda: bool(page.tiles))
    page.choose(next(n for n, tile in enumerate(page.tiles) if tile.person.name.startswith(name)))
    page.tried.emit(page.tiles[page.chosen].person, pin)


def activate(qtbot: QtBot, session: Session) -> None:
    """Bring the window to the front, where keys go."""
    session.frame.activateWindow()
    qtbot.waitUntil(session.frame.isActiveWindow)


def enter(qtbot: QtBot, session: Session, name: str) -> None:
    """Sign somebody in, and wait for the order desk, in front."""
    sign_in(qtbot, session, name)
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    activate(qtbot, session)
