"""Nothing of the program shows itself as a window of its own: it would flash up, and take the keys from who types."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.walking import shop_at, walk_in
from ticketdesk.desktop.frame import Frame


class Watch(QObject):
    """Notes which widgets are shown without a parent, though they are neither the window nor a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        own = isinstance(watched, QWidget) and watched.isWindow() and not isinstance(watched, Frame | QMenu)
        if own and event.type() == QEvent.Type.Show:
            self.seen.add(f"{type(watched).__name__} “{watched.property('text') or watched.objectName()}”")
        return False


def test_every_screen_and_dialog_stays_inside_the_one_window(qtbot: QtBot, tmp_path: Path) -> None:
    shop_at(tmp_path)
    app, watch = QApplication.instance(), Watch()
    assert app is not None
    walk = walk_in(tmp_path, lambda until: qtbot.waitUntil(until, timeout=15_000))
    app.installEventFilter(watch)
    found: dict[str, str] = {}
    for screen in walk.screens():
        QApplication.processEvents()
        for one in watch.seen - found.keys():
            found[one] = screen
    app.removeEventFilter(watch)
    walk.close()
    assert found == {}
