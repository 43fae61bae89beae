"""Scanners that type: fast characters ended by Enter, wherever the focus is, are one code and no typing."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

_GAP = 0.030
_SHORTEST = 6
_LONGEST = 64


class Scanner(QObject):
    """Watches the keyboard of the whole application and takes scanned codes out of the stream of keys.

    The first key of a fast run is held for 30 ms; what turns out to be typing is given back unchanged.
    """

    def __init__(self, scanned: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._scanned = scanned
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._last = 0.0
        self._replaying = False
        self._timer = QTimer(self, interval=round(_GAP * 1000), singleShot=True)
        self._timer.timeout.connect(self._give_back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or self._replaying or not isinstance(event, QKeyEvent):
            return False
        if not watched.isWidgetType():
            return False
        now = time.monotonic()
        quick = now - self._last <= _GAP
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and not event.modifiers():
            return quick and self._ends()
        text = event.text()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        plain = len(text) == 1 and text.isprintable() and not modifiers & ~Qt.KeyboardModifier.KeypadModifier
        # no code begins with a space, and a button pressed by one must hear press and release in their order
        if not plain or (text == " " and not self._held):
            self._give_back()
            return False
        if self._held and not quick:
            self._give_back()
        self._held.append((watched, event.clone()))
        if len(self._held) > _LONGEST:
            self._give_back()
        else:
            self._timer.start()
        return True

    def _ends(self) -> bool:
        code = "".join(key.text() for _widget, key in self._held)
        if len(code) < _SHORTEST:
            self._give_back()
            return False
        self._timer.stop()
        self._held.clear()
        self._scanned(code)
        return True

    def _give_back(self) -> None:
        self._timer.stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for widget, key in held:
                QCoreApplication.sendEvent(widget, key)
        finally:
            self._replaying = False
