"""When the window was painted: each frame, from its beginning until all of it is on the screen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

Condition = Callable[[], bool]
_PATIENCE_MS = 30_000


class Frames(QObject):
    """Handles the requests to paint of a window itself, so that it knows when each was done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._inside = False
        self._waiting: list[tuple[Condition, QEventLoop]] = []
        self._watching: list[Callable[[], object]] = []
        self.painted_at = 0.0
        self.took = 0.0
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest or self._inside or watched is not self._window:
            return False
        self._inside, began = True, time.perf_counter()
        try:
            QCoreApplication.sendEvent(watched, event)
        finally:
            self._inside = False
        self.painted_at = time.perf_counter()
        self.took = self.painted_at - began
        for condition, loop in self._waiting:
            if condition():
                loop.quit()
        for told in self._watching:
            told()
        return True

    def watch(self, told: Callable[[], object]) -> None:
        """Call something after every frame from now on."""
        self._watching.append(told)

    def unwatch(self, told: Callable[[], object]) -> None:
        """Call it no more."""
        self._watching.remove(told)

    def paint_now(self) -> None:
        """Paint what is to be painted, without waiting for the event loop."""
        QCoreApplication.sendPostedEvents(self._window, QEvent.Type.UpdateRequest)

    def painted(self, condition: Condition) -> float:
        """Let the window live until it was painted in a state that meets a condition; give when, by perf_counter.

        Raises:
            TimeoutError: if that takes longer than half a minute.
        """
        loop = QEventLoop()
        asked = (condition, loop)
        self._waiting.append(asked)
        self._run(loop, _PATIENCE_MS)
        self._waiting.remove(asked)
        return self.painted_at

    def until(self, condition: Condition) -> None:
        """Let the window live until a condition is met.

        Raises:
            TimeoutError: if that takes longer than half a minute.
        """
        if condition():
            return
        loop = QEventLoop()

        def look() -> None:
            if condition():
                loop.quit()

        self._timer.timeout.connect(look)
        self._timer.start()
        try:
            self._run(loop, _PATIENCE_MS)
        finally:
            self._timer.stop()
            self._timer.timeout.disconnect(look)

    @staticmethod
    def rest(seconds: float) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        timer = QTimer(loop, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(max(round(seconds * 1000), 0))
        loop.exec()

    @staticmethod
    def _run(loop: QEventLoop, patience: int) -> None:
        patient = QTimer(loop, singleShot=True, interval=patience)
        patient.timeout.connect(lambda: loop.exit(1))
        patient.start()
        if loop.exec():
            raise TimeoutError("the window was waited for in vain")
