"""Questions asked again and again, whenever something changes, without ever taking all the time there is."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from ticketdesk.storage.asked import Asked

_REST = 4
_SHORTEST_MS, _LONGEST_MS = 20, 2000


class Repeated(QObject):
    """Asks when that is wanted: at once, but after each answer it rests four times as long as that took.

    ``ask`` gives what it asked, or nothing if there was nothing to ask.
    """

    def __init__(self, ask: Callable[[], Asked | None], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._asked: Asked | None = None
        self._wanted = False
        self._began = 0.0
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._go)

    @property
    def idle(self) -> bool:
        """Say whether nothing is wanted and no answer is waited for."""
        return not self._wanted and self._asked is None

    def want(self) -> None:
        """Ask as soon as it is time."""
        self._wanted = True
        self._go()

    def done(self) -> None:
        """Take note that the answer has come."""
        self._asked = None
        took = (monotonic() - self._began) * 1000
        self._rest.start(round(min(max(_REST * took, _SHORTEST_MS), _LONGEST_MS)))

    def forget(self) -> None:
        """Want nothing any more; an answer still to come will not come."""
        if self._asked is not None:
            self._asked.drop()
        self._asked, self._wanted = None, False
        self._rest.stop()

    def _go(self) -> None:
        if self._wanted and self._asked is None and not self._rest.isActive():
            self._wanted, self._began = False, monotonic()
            self._asked = self._ask()
