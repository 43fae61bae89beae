"""What nobody needs any more goes: garbage is collected in the window's thread only, and memory goes back to the system.

Python collects in whichever thread happens to allocate. What it finds may be widgets that hold one another, and
when a background thread ends a widget while the window's thread is at work, both may wait for each other for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from ticketdesk.desktop import allocator

_EVERY_MS = 500
_COLLECTIONS = (10_000, 10, 10)
"""So many new objects are looked through at once; so many times the young ones before those that stayed."""
_EMPTIED_EVERY = 600
"""So many looks, five minutes, between two times that memory goes back."""


def settle_memory(owner: QObject) -> None:
    """Keep the collector of garbage from holding up the window, and give memory back, as long as ``owner`` lives.

    What is loaded by now stays for good: looking through all of it again would take a tenth of a second each time.
    """
    gc.freeze()
    Garbage(owner)
    allocator.return_large()


class Garbage(QObject):
    """Collects from now on, a little at a time, instead of Python's own collections."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        young, middle, old = (count > most for count, most in zip(gc.get_count(), _COLLECTIONS, strict=True))
        if young:
            gc.collect(2 if old else 1 if middle else 0)
        self._looks += 1
        if self._looks % _EMPTIED_EVERY == 0:
            allocator.return_kept()
