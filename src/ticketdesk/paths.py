"""Where files lie on this machine."""

import os
import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("ticketdesk", appauthor=False, ensure_exists=False)


def resources() -> Path:
    """Give the folder of icons, fonts and texts: beside the sources, in the wheel or in the bundle."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = Path(__file__).parent / "resources"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "resources"


def state() -> Path:
    """Give the folder of this station's own memory: drafts, unanswered actions, settings, logs."""
    return _made(os.environ.get("TICKETDESK_STATE"), _DIRS.user_state_path)


def data() -> Path:
    """Give the folder in which a new shop's database is put unless told otherwise."""
    return _made(os.environ.get("TICKETDESK_DATA"), _DIRS.user_data_path)


def documents() -> Path:
    """Give the folder in which printed papers are kept as files when there is no printer."""
    return _made(os.environ.get("TICKETDESK_DOCUMENTS"), _DIRS.user_documents_path / "TicketDesk")


def _made(override: str | None, usual: Path) -> Path:
    folder = Path(override) if override else usual
    folder.mkdir(parents=True, exist_ok=True)
    return folder
