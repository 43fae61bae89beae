"""From nothing to a window: paint first, then bring in the database and the pages."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from ticketdesk import paths, texts
from ticketdesk.desktop import crash
from ticketdesk.desktop.frame import USUAL, Frame
from ticketdesk.desktop.loader import Loader
from ticketdesk.desktop.look import qt_words
from ticketdesk.desktop.look.theme import apply
from ticketdesk.desktop.measuring.machine import process_start
from ticketdesk.storage import preferences
from ticketdesk.texts import _

DEMO_ORDERS = 2000
_CAPTION = QSize(2, 32)
"""What the system draws around a window, about."""
DEMO_SEED = 20261123


def run_window(options: argparse.Namespace) -> int:
    """Open the window; give the exit status."""
    sys.setswitchinterval(0.001)  # a thread that imports must not hold up painting
    gc.disable()  # nothing that is loaded while opening goes away again
    chosen = preferences.load()
    texts.speak(options.lang or chosen.language or "ro")
    if sys.platform == "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "windows:altgr")  # AltGr is no Ctrl+Alt: it types ă â î ș ț
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["ticketdesk"])
    app.setApplicationName("TicketDesk")
    qt_words.speak(app)
    crash.keep_log()
    apply(app, options.theme or chosen.theme, int(chosen.zoom) / 100)
    frame = Frame()
    _show(app, frame, options.size)
    if options.first_paint:
        return _first_paint(app, frame)
    opening = Opening(frame, options, chosen)
    crash.catch(lambda error: crash.tell(frame.toasts.say, error), opening.where)
    QTimer.singleShot(0, opening.begin)
    status = app.exec()
    opening.end()
    return status


def _show(app: QApplication, frame: Frame, wanted: str | None) -> None:
    """Show the window in the size asked for; else in its usual one, or as large as the screen if that is smaller."""
    if wanted and "x" in wanted:
        width, height = wanted.split("x", 1)
        if width.isdecimal() and height.isdecimal():
            frame.resize(int(width), int(height))
            frame.show()
            return
    room = app.primaryScreen().availableSize() - _CAPTION
    fits = room.width() >= USUAL.width() and room.height() >= USUAL.height()
    if fits or app.platformName() == "offscreen":  # whose screen is of no size that anybody has
        frame.resize(USUAL)
        frame.show()
    else:
        frame.resize(USUAL.boundedTo(room))
        frame.showMaximized()


def _first_paint(app: QApplication, frame: Frame) -> int:
    """Paint once, say how long that took since the process began, and which heavy modules came along."""
    picture = QPixmap(frame.size())
    app.processEvents()
    frame.render(picture)
    born = process_start()
    heavy = {"sqlalchemy", "alembic", "psycopg", "reportlab", "PIL", "babel", "jinja2", "cryptography"}
    sys.stdout.write(f"{(time.time() - born) * 1000:.0f} {' '.join(sorted(heavy & set(sys.modules)))}\n")
    frame.close()
    return 0


class Opening(QObject):
    """Brings a shop into the window: the one named, the demo, the one used last, or a new one."""

    def __init__(self, frame: Frame, options: argparse.Namespace, chosen: preferences.Preferences) -> None:
        super().__init__(frame)
        self.frame, self.options, self.chosen = frame, options, chosen
        self.session: Any = None
        self.tour: Any = None
        self.bench: Any = None
        self._loader = Loader()
        self._loader.loaded.connect(self._loaded)

    def begin(self) -> None:
        """Load whatever is to be opened."""
        self.frame.connection(_("Opening the shop…"), lost=False)
        url = self.options.db or os.environ.get("TICKETDESK_DB", "")
        demo = self.options.demo and not url
        station = self.chosen.station
        if not demo and not url:
            url = self.chosen.database
        if not demo and not url:
            self._loader.load(_wizard_job)
        else:
            target = str(paths.data() / "demo.db") if demo else url
            self._loader.load(lambda: _open_job(target, station, demo=demo))

    def speak(self, code: str) -> None:
        """Speak a language from now on, the frame too."""
        texts.speak(code)
        if isinstance(app := QApplication.instance(), QApplication):
            qt_words.speak(app)
        self.frame.speak()

    def open(self, url: str) -> None:
        """Open a shop that the wizard made or found, and remember it."""
        self.frame.connection(_("Opening the shop…"), lost=False)
        self._loader.load(lambda: _remember_job(url, self.chosen))

    def open_demo(self) -> None:
        """Open the demo shop."""
        target = str(paths.data() / "demo.db")
        self._loader.load(lambda: _open_job(target, self.chosen.station, demo=True))

    def where(self) -> str:
        """Say which page is shown, for the log."""
        return str(self.session.pages.shown()) if self.session is not None else "opening"

    def end(self) -> None:
        """Close what was opened."""
        if self.session is not None:
            self.session.close()

    def _loaded(self, outcome: Any) -> None:
        if isinstance(outcome, Exception) and self.options.bench:
            sys.stderr.write(f"{outcome}\n")
            QApplication.exit(1)
        elif isinstance(outcome, Exception):
            # the sorting needs the heavy modules, which are there by now
            from ticketdesk.desktop.wizard import Wizard  # noqa: PLC0415

            sentence = getattr(outcome, "sentence", "")
            if not sentence:
                crash.log(outcome)
                sentence = _("Something unexpected happened. It was written down in the log.")
            self.show_page(Wizard(self, sentence))
        else:
            outcome(self)

    def show_page(self, page: Any) -> None:
        """Show a page that is no part of a shop: the wizard, in place of the one before."""
        self.frame.connection("", lost=False)
        while (before := self.frame.pages.widget(0)) is not None:
            self.frame.pages.removeWidget(before)
            before.deleteLater()
        self.frame.pages.addWidget(page)
        self.frame.pages.setCurrentWidget(page)


def _remember_job(url: str, chosen: preferences.Preferences) -> Callable[[Opening], None]:
    from ticketdesk.services import opening  # noqa: PLC0415 - heavy: after the first paint

    put = _open_job(url, chosen.station, demo=False)
    preferences.save(replace(chosen, database=opening.without_password(url)))
    return put


def _wizard_job() -> Callable[[Opening], None]:
    from ticketdesk.desktop.wizard import Wizard  # noqa: PLC0415 - heavy: after the first paint

    return lambda opening: opening.show_page(Wizard(opening, ""))


def _open_job(url: str, station: str, *, demo: bool) -> Callable[[Opening], None]:
    from ticketdesk.desktop.opened import open_in_window  # noqa: PLC0415 - heavy: after the first paint

    return open_in_window(url, station, DEMO_ORDERS, DEMO_SEED, demo=demo)
