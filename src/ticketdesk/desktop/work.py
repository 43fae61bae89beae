"""Work off the window's thread, in lanes, so that nothing in sight waits for what takes long."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from queue import SimpleQueue
from time import monotonic
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ticketdesk.storage.asked import Asked, Dropped

T = TypeVar("T")

READ, SURVEY, WRITE, DRAFT, ALONG, PRINTER, FILES = LANES = (
    "read", "survey", "write", "draft", "along", "printer", "files",
)  # fmt: skip
"""What the eye waits for; whole lists, counts and reports; actions; what is being typed; everything else that takes
time; what may hang with a printer; and files of whole lists, which take minutes."""
_MUST_END = (WRITE, DRAFT)
_IN_SIGHT = (READ, WRITE)
_SLOW_MS = 1000
_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Job:
    """For whom something is done, and what becomes of it. It never leaves the window's thread."""

    lane: str
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    asked: Asked | None
    since: float


class _Lane:
    """A thread that does one thing after the other. It ends with the program, whatever it hangs in."""

    def __init__(self, name: str, ended: Callable[[int, Any, Exception | None], None]) -> None:
        self._tasks: SimpleQueue[tuple[int, Callable[[], Any]] | None] = SimpleQueue()
        self._ended, self._must_end, self._over = ended, name in _MUST_END, False
        self._thread = threading.Thread(target=self._run, name=f"ticketdesk-{name}", daemon=True)
        self._thread.start()

    def put(self, number: int, task: Callable[[], Any]) -> None:
        """Do something when everything before it is done."""
        self._tasks.put((number, task))

    def end(self) -> None:
        """Do what was begun; also what waits, if it must be kept."""
        self._over = True
        self._tasks.put(None)

    def join(self, end: float) -> None:
        """Wait until it ended; where nothing is to be kept no longer than to a moment."""
        self._thread.join(None if self._must_end else max(end - monotonic(), 0.0))

    def _run(self) -> None:
        while (found := self._tasks.get()) is not None:
            if self._must_end or not self._over:
                self._do(*found)
            del found  # what a closure holds must not live here until the next task comes

    def _do(self, number: int, task: Callable[[], Any]) -> None:
        try:
            result = task()
        except Exception as error:  # noqa: BLE001 - the one place where everything is caught, and passed on
            self._ended(number, None, error)
        else:
            self._ended(number, result, None)


class Work(QObject):
    """Runs jobs one after the other in each lane and brings what they give back to the window's thread.

    ``slow`` says when something in sight begins to wait for longer than a second, and when nothing does any more.
    """

    slow = Signal(bool)
    _ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {name: _Lane(name, self._send_home) for name in LANES}
        self._ended.connect(self._come_home, Qt.ConnectionType.QueuedConnection)
        self._numbers = count()
        self._pending: dict[int, _Job] = {}
        self._stopped = self._is_slow = False
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._judge)

    def run(
        self,
        lane: str,
        owner: QObject,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        asked: Asked | None = None,
    ) -> None:
        """Do something in a lane; then call ``done`` or ``failed`` here, unless the owner is gone by then.

        Nothing follows what was ``asked`` and is dropped.
        """
        if self._stopped:  # an answer that came home at closing time asks for nothing more
            return
        number = next(self._numbers)
        self._pending[number] = _Job(lane, owner, done, failed, asked, monotonic())
        self._lanes[lane].put(number, task)
        if lane in _IN_SIGHT and not self._patience.isActive():
            self._patience.start(_SLOW_MS)

    @property
    def idle(self) -> bool:
        """Say whether everything has come home."""
        return not self._pending

    def stop(self) -> None:
        """Finish what is to be kept; drop questions, and wait no longer than 2 s for what hangs."""
        self._stopped = True
        self._patience.stop()
        for job in self._pending.values():
            if job.asked is not None:
                job.asked.drop()
        for lane in self._lanes.values():
            lane.end()
        end = monotonic() + _GRACE_SECONDS
        for lane in self._lanes.values():
            lane.join(end)

    def _send_home(self, number: int, result: Any, error: Exception | None) -> None:
        """Pass on what became of a task, out of its lane's thread."""
        if shiboken6.isValid(self):
            self._ended.emit((number, result, error))

    @Slot(object)
    def _come_home(self, ended: tuple[int, Any, Exception | None]) -> None:
        number, result, error = ended
        job = self._pending.pop(number)
        if self._is_slow:
            self._judge()
        if not shiboken6.isValid(job.owner) or isinstance(error, Dropped):
            return
        if error is not None:
            job.failed(error)
        else:
            job.done(result)

    def _judge(self) -> None:
        """Say whether somebody waits for what is in sight; look again when that may change."""
        waiting = [job for job in self._pending.values() if job.lane in _IN_SIGHT]
        since = [job.since for job in waiting if job.asked is None or not job.asked.dropped]
        waits = (monotonic() - min(since)) * 1000 if since else 0.0
        slow = waits >= _SLOW_MS
        if slow != self._is_slow:
            self._is_slow = slow
            self.slow.emit(slow)
        if since and not slow:
            self._patience.start(round(_SLOW_MS - waits) + 1)
