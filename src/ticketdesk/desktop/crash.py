"""When something unexpected happens: a log with context, a sentence in the window, and the shop goes on."""

import faulthandler
import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ticketdesk import __version__, paths

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


def catch(told: Callable[[Exception], None]) -> None:
    """Log whatever nobody caught, and tell the window."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("unexpected", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            told(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook


def log(error: Exception) -> None:
    """Log an unexpected error of background work."""
    _log.error("unexpected", exc_info=error)


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
