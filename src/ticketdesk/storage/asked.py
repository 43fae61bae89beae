"""Questions that whoever asked them may drop, because nobody waits for the answer any more."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

_BREAKING_SECONDS = 2.0


class Dropped(Exception):  # noqa: N818 - it is an event, and wanted
    """The question was dropped; there is no answer."""


class Asked:
    """A question waiting or under way. Dropping it never waits, whatever the database does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._break_off: Callable[[], None] | None = None
        self.dropped = False

    def drop(self) -> None:
        """Let the answer go: what waits is never asked, and what is under way is broken off."""
        self.dropped = True
        if self._break_off is not None:
            threading.Thread(target=self._end, name="ticketdesk-drop", daemon=True).start()

    @contextmanager
    def under_way(self, connection: Any) -> Generator[None]:
        """Ask over a driver's connection.

        Raises:
            Dropped: if the question was dropped before or meanwhile.
        """
        with self._lock:
            if self.dropped:
                raise Dropped
            self._break_off = _breaking(connection)
        try:
            yield
        except DBAPIError as error:
            if self.dropped:
                raise Dropped from error
            raise
        finally:
            with self._lock:  # whoever asks next over this connection must not be broken off in our place
                self._break_off = None

    def _end(self) -> None:
        with self._lock:
            if self._break_off is None:
                return
            try:
                self._break_off()
            except Exception:  # noqa: BLE001 - a server out of reach: the question itself will notice
                return


def _breaking(connection: Any) -> Callable[[], None]:
    """Give what breaks off whatever a connection is doing: SQLite is told, PostgreSQL asked over a second line."""
    if hasattr(connection, "interrupt"):
        interrupt: Callable[[], None] = connection.interrupt
        return interrupt
    return lambda: connection.cancel_safe(timeout=_BREAKING_SECONDS)
