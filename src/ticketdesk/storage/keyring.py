"""Secrets of this PC: in the system's keyring, or in files only this user can read where there is none.

``TICKETDESK_KEYRING=file`` asks for the files at once: on servers, in scripts and in tests.
"""

import base64
import os
from pathlib import Path

from ticketdesk import paths

_SERVICE = "TicketDesk"


def load_secret(name: str) -> bytes | None:
    """Give a secret of this PC; nothing if it was never kept here."""
    path = _file(name)
    if path.exists():
        return base64.b64decode(path.read_bytes())
    ring = _ring()
    kept = ring.get_password(_SERVICE, name) if ring else None
    return base64.b64decode(kept) if kept else None


def save_secret(name: str, secret: bytes) -> None:
    """Keep a secret on this PC."""
    text = base64.b64encode(secret).decode()
    ring = _ring()
    if ring is not None:
        ring.set_password(_SERVICE, name, text)
        return
    path = _file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


class _Ring:
    """The system's keyring, with its two verbs."""

    def __init__(self) -> None:
        # the library looks for backends on import, which takes time and may talk to the session bus
        import keyring  # noqa: PLC0415
        from keyring.backends import fail  # noqa: PLC0415

        self._keyring = keyring
        backend = keyring.get_keyring()
        self.works = not isinstance(backend, fail.Keyring) and backend.priority >= 1

    def get_password(self, service: str, name: str) -> str | None:
        return self._keyring.get_password(service, name)

    def set_password(self, service: str, name: str, text: str) -> None:
        self._keyring.set_password(service, name, text)


def _ring() -> _Ring | None:
    if os.environ.get("TICKETDESK_KEYRING") == "file" or not os.environ.get(
        "DBUS_SESSION_BUS_ADDRESS", os.name == "nt"
    ):
        return None
    ring = _Ring()
    return ring if ring.works else None


def _file(name: str) -> Path:
    return paths.state() / "secrets" / "".join(c if c.isalnum() or c in "-." else "_" for c in name)
