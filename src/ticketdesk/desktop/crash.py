"""When something unexpected happens: a log with context, a sentence in the window, and the shop goes on."""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from ticketdesk import __version__, paths
from ticketdesk.texts import _

Say = Callable[[str, str, str, Callable[[], None]], None]
"""Says a sentence with an icon and one thing to do about it."""
_log = logging.getLogger("ticketdesk")
_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep_log() -> None:
    """Write what happens into rotating files of this PC, and what kills the program into another."""
    folder = paths.state() / "log"
    folder.mkdir(exist_ok=True)
    write_into(folder)
    _log.info("TicketDesk %s starts", __version__)
    faulthandler.enable((folder / "fatal.log").open("a", encoding="utf-8"))
    qInstallMessageHandler(_from_qt)


def write_into(folder: Path) -> None:
    """Write the log into a folder, so that it never takes more than 12 MB there."""
    handler = RotatingFileHandler(folder / "ticketdesk.log", maxBytes=2_000_000, backupCount=5, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def catch(told: Callable[[Exception], None], where: Callable[[], str]) -> None:
    """Log whatever nobody caught, with where somebody was in the window; then tell them."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            log(error, where())
            told(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            log(args.exc_value, args.thread.name if args.thread else "")

    sys.excepthook = hook
    threading.excepthook = in_thread


def log(error: Exception, where: str = "") -> None:
    """Log an unexpected error, and where it happened."""
    _log.error(
        "unexpected, %s, TicketDesk %s, Python %s", where, __version__, platform.python_version(), exc_info=error
    )


def tell(say: Say, error: Exception) -> None:
    """Say in the window that something unexpected happened, that one can go on, and offer the details to copy."""
    details = "".join((f"TicketDesk {__version__}\n", *traceback.format_exception(error)))
    sentence = _("Something unexpected happened. It was written down; you can go on working.")
    say(sentence, "warning", _("Copy the details"), lambda: QGuiApplication.clipboard().setText(details))


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
