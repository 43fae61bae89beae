"""Reading ahead what the list may be sorted by next, while nobody wants anything.

In a shop of a million orders the first touch of a sort reads its index from the disk page by page, which takes several
times as long as all that follow. Whoever sorts should not be the one who waits for that.
"""

from functools import partial
from math import inf
from time import monotonic

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.services import lists

_AGAIN_SECONDS = 3600.0
"""After so long the system may have given the memory to others."""


class Ahead(QObject):
    """Reads one sort after the other whenever the desk is quiet, and all of them again an hour later.

    Where somebody breaks in, it goes on when it is quiet again. What is read stays with the database and the system,
    which give it up when memory runs short: there is nothing to keep here, and nothing that could be out of date.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._left, self._began = desk, list[str](), -inf
        desk.quiet.connect(self._go)

    @property
    def done(self) -> bool:
        """Say whether everything was read."""
        return self._began > -inf and not self._left

    def _go(self) -> None:
        now = monotonic()
        if not self._left and now - self._began > _AGAIN_SECONDS:
            self._left, self._began = list(lists.SORTS), now
        if self._left:
            read = partial(lists.read_ahead, sort=self._left[0])
            self._desk.ahead(self, self._read, self._left.clear, read)

    def _read(self) -> None:
        self._left.pop(0)
        self._go()
