"""The real window, as people use it: signing in, bringing it to the front."""

from pytestqt.qtbot import QtBot

from shop import PIN
from ticketdesk.desktop.session import Session


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
