"""How long the window did not answer: the gaps between two turns of its event loop."""

import sys
import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer

from ticketdesk.desktop.measuring.machine import kept_waiting

_TICK_MS = 5
_LONG = 0.040
_DEEP = 12


class Stalls(QObject):
    """Ticks every 5 ms in the window's thread; ``gaps`` are the seconds by which the ticks came late.

    Time in which the machine gave the processor to other programs is no stall of ours: where the kernel tells
    (Linux), it is taken off. ``worst`` is where the window's thread stood in the longest gap.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.worst = ""
        self._longest = 0.0
        self._window = threading.get_ident()
        self._last, self._unfair = time.perf_counter(), kept_waiting()
        self._stood: list[str] = []
        self._over = threading.Event()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._last, self._unfair = time.perf_counter(), kept_waiting()
        self._timer.start()
        threading.Thread(target=self._look, name="ticketdesk-stalls", daemon=True).start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()
        self._over.set()

    @property
    def longest(self) -> float:
        """Give the longest gap so far, in seconds."""
        return max(self.gaps, default=0.0)

    def _tick(self) -> None:
        now, unfair = time.perf_counter(), kept_waiting()
        gap = max(now - self._last - _TICK_MS / 1000 - (unfair - self._unfair), 0.0)
        self.gaps.append(gap)
        if gap > max(self._longest, _LONG):
            self._longest, self.worst = gap, "".join(self._stood)
        self._last, self._unfair, self._stood = now, unfair, []

    def _look(self) -> None:
        """See where the window's thread stands while it is late."""
        while not self._over.wait(_LONG / 4):
            if not self._stood and time.perf_counter() - self._last > _LONG:
                self._stood = _stack(self._window)


def _stack(thread: int) -> list[str]:
    """Say where a thread stands, without keeping its frames, and with them what they hold, alive."""
    frame, found = sys._current_frames().get(thread), list[str]()  # noqa: SLF001 - the documented way
    while frame is not None and len(found) < _DEEP:
        found.append(f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_qualname}\n")
        frame = frame.f_back
    return found[::-1]
