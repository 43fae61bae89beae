"""When the window was painted, and scripts that wait for it."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.measuring.machine import Moment, moment

Condition = Callable[[], bool]
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Painted:
    """Wait until the window was painted in a state that meets a condition; answered by when."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Until:
    """Wait until a condition is met, painted or not."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Rest:
    """Let the window live for some seconds."""

    seconds: float


Script = Generator[Painted | Until | Rest, Moment, None]


class Frames(QObject):
    """Handles the requests to paint of a window itself, so that it knows when each was done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._inside = False
        self._told: list[Callable[[], None]] = []
        self.painted = moment()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest or self._inside or watched is not self._window:
            return False
        self._inside = True
        try:
            QCoreApplication.sendEvent(watched, event)
        finally:
            self._inside = False
        self.painted = moment()
        for told in tuple(self._told):
            told()
        return True

    def paint_now(self) -> None:
        """Paint what is to be painted, without waiting for the event loop."""
        QCoreApplication.sendPostedEvents(self._window, QEvent.Type.UpdateRequest)

    def watch(self, told: Callable[[], None]) -> None:
        """Call something after every frame from now on."""
        self._told.append(told)

    def unwatch(self, told: Callable[[], None]) -> None:
        """Call it no more."""
        self._told.remove(told)


class Player(QObject):
    """Plays a script in the window's own event loop; ``ended`` hears what went wrong, or nothing."""

    def __init__(self, frames: Frames, script: Script, ended: Callable[[Exception | None], None]) -> None:
        super().__init__(frames)
        self._frames, self._script, self._ended = frames, script, ended
        self._waiting: Painted | Until | Rest | None = None
        self._since = 0.0
        self._tick = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._ticked)
        frames.watch(self._painted)
        self._go_on(moment())  # at once: what the script waits for may be painted before the next turn

    def _painted(self) -> None:
        if isinstance(self._waiting, Painted) and self._waiting.condition():
            self._waiting, when = None, self._frames.painted
            QTimer.singleShot(0, self, lambda: self._go_on(when))

    def _ticked(self) -> None:
        waiting, now = self._waiting, time.perf_counter()
        if isinstance(waiting, Rest) or (isinstance(waiting, Until) and waiting.condition()):
            self._waiting = None
            self._go_on(moment())
        elif waiting is not None and now - self._since > _PATIENCE:
            self._end(TimeoutError("the window was waited for in vain"))

    def _go_on(self, when: Moment) -> None:
        self._tick.stop()
        try:
            self._waiting = self._script.send(when) if self._since else next(self._script)
        except StopIteration:
            self._end(None)
        except Exception as error:  # noqa: BLE001 - whoever plays a script wants to know
            self._end(error)
        else:
            self._since = time.perf_counter()
            rest = self._waiting.seconds * 1000 if isinstance(self._waiting, Rest) else 1
            self._tick.start(max(round(rest), 0))

    def _end(self, error: Exception | None) -> None:
        self._tick.stop()
        self._waiting = None
        self._frames.unwatch(self._painted)
        self._ended(error)
