"""Hear of other PCs' changes: NOTIFY on PostgreSQL, a cheap poll on SQLite; either only wakes us."""

import threading
from collections import deque

from PySide6.QtCore import QObject, Signal

from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.services import journal
from ticketdesk.storage.database import Database

_WAIT_SECONDS = 0.2
_AGAIN_SECONDS = 1.0
_LOOK_BACK = 200
"""Entries may commit out of the order of their ids: look back this far and remember what was seen."""


class Watch(QObject):
    """A thread that listens, and says what changed; ``lost`` when it cannot hear, ``heard`` when it can again."""

    changed = Signal(object)  # frozenset[UUID]; empty after a silence: look at everything again
    lost = Signal(object)  # Unavailable, or Refusal of a server that may not be used

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._stopping = threading.Event()
        self._hears = threading.Event()
        self._seen: deque[int] = deque(maxlen=4 * _LOOK_BACK)
        self._last = 0
        self._thread = threading.Thread(target=self._run, name="ticketdesk-watch", daemon=True)

    def listening(self) -> bool:
        """Say whether changes from now on are heard."""
        return self._hears.is_set()

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns when the thread has ended."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _run(self) -> None:
        fresh = True
        while not self._stopping.is_set():
            try:
                self._catch_up(quiet=fresh)
                if not fresh:
                    self.changed.emit(frozenset())
                self._listen()
            except (Unavailable, Refusal) as error:
                fresh = False
                self._hears.clear()
                if not self._stopping.is_set():
                    self.lost.emit(error)
                self._stopping.wait(_AGAIN_SECONDS)

    def _listen(self) -> None:
        with self._database.listening() as heard:
            self._catch_up(quiet=False)
            self._hears.set()
            while not self._stopping.is_set():
                if heard(_WAIT_SECONDS):
                    self._catch_up(quiet=False)

    def _catch_up(self, *, quiet: bool) -> None:
        with self._database.read() as session:
            if quiet:
                self._last = journal.latest(session)
            found = journal.since(session, max(self._last - _LOOK_BACK, 0))
        fresh = [change for change in found if change.id not in self._seen]
        self._seen.extend(change.id for change in fresh)
        if found:
            self._last = max(self._last, found[-1].id)
        if fresh and not quiet:
            keys: frozenset[UUID] = frozenset(change.subject_id for change in fresh)
            self.changed.emit(keys)
