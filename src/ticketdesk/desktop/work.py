"""Work off the window's thread, in lanes, so that nothing in sight waits for what takes long."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from ticketdesk.storage.asked import Dropped

T = TypeVar("T")

READ, SURVEY, WRITE, DRAFT, PAPER = LANES = ("read", "survey", "write", "draft", "paper")
"""What the eye waits for; whole lists, counts and reports; actions; what is being typed; everything else."""
_MUST_END = (WRITE, DRAFT)


class Work(QObject):
    """Runs jobs one after the other in each lane and brings what they give back to the window's thread."""

    _ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {name: ThreadPoolExecutor(1, f"ticketdesk-{name}") for name in LANES}
        self._ended.connect(self._come_home, Qt.ConnectionType.QueuedConnection)
        self._pending = 0
        self._stopped = False

    def run(
        self,
        lane: str,
        owner: QObject,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run a job in a lane; then call ``done`` or ``failed`` here, unless the owner is gone by then."""
        if self._stopped:  # an answer that came home at closing time asks for nothing more
            return
        self._pending += 1
        self._lanes[lane].submit(self._do, owner, job, done, failed)

    @property
    def idle(self) -> bool:
        """Say whether every job has come home."""
        return self._pending == 0

    def stop(self) -> None:
        """Finish what is running and everything that is to be kept; drop the questions that wait."""
        self._stopped = True
        for name, lane in self._lanes.items():
            lane.shutdown(wait=True, cancel_futures=name not in _MUST_END)

    def _do(self, owner: QObject, job: Callable[[], Any], done: Callable[[Any], None], failed: Any) -> None:
        try:
            result = job()
        except Dropped:
            outcome: Callable[[], None] = _nothing
        except Exception as error:  # noqa: BLE001 - the one place where everything is caught, and passed on
            outcome = lambda error=error: failed(error)  # type: ignore[misc] # noqa: E731
        else:
            outcome = lambda: done(result)  # noqa: E731
        if shiboken6.isValid(self):
            self._ended.emit((owner, outcome))

    @Slot(object)
    def _come_home(self, ended: tuple[QObject, Callable[[], None]]) -> None:
        self._pending -= 1
        owner, outcome = ended
        if shiboken6.isValid(owner):
            outcome()


def _nothing() -> None:
    """What becomes of a question that was dropped."""
