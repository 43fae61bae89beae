"""A keyboard: keys reach the window as the system brings them, with the moment they were pressed."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_NONE = Qt.KeyboardModifier.NoModifier
_CONTROLS = {
    "\r": (Qt.Key.Key_Return, _NONE), "\t": (Qt.Key.Key_Tab, _NONE), "\x1b": (Qt.Key.Key_Escape, _NONE),
    "\x08": (Qt.Key.Key_Backspace, _NONE),
}  # fmt: skip


class Keyboard:
    """Types and scans into a window. Its clock is its own, so that no test has to wait for it."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget.window()
        self._at = 1_000_000

    def type(self, text: str) -> None:
        """Type as a quick typist does: nine keys a second."""
        for letter in text:
            self.press(letter, after=110)

    def scan(self, payload: str, gap: int = 8) -> None:
        """Send what a scanner sends, control characters as the keys it makes of them; a pause before it."""
        self._at += 1000
        for letter in payload:
            if letter in _CONTROLS:
                key, modifiers = _CONTROLS[letter]
                self.key(key, letter, after=gap, modifiers=modifiers)
            elif letter < " ":
                control = Qt.KeyboardModifier.ControlModifier
                self.key(Qt.Key(ord(letter) + 64), letter, after=gap, modifiers=control)
            else:
                self.press(letter, after=gap)

    def press(self, letter: str, after: int, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press and let go of the key of a letter, so many milliseconds after the one before."""
        code = ord(letter.upper()) if letter.isascii() else 0
        self.key(Qt.Key(code) if code else Qt.Key.Key_unknown, letter, after=after, modifiers=modifiers)

    def key(self, key: Qt.Key, text: str = "", *, after: int = 110, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press and let go of any key."""
        self._at += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(self._at)
            QCoreApplication.sendEvent(self._widget.windowHandle(), event)
