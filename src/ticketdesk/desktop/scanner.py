"""Scanners that type: keys faster than any hand, ended by Enter or Tab, are one code and no typing."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

SEARCHES = "searches"
"""The property of fields that answer every letter: it is not held back there."""
_GAP_MS, _GAP_AFTER_PREFIX_MS = 30, 100
_MOST_HELD = 1000
_MODIFIERS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_Mode_switch, Qt.Key.Key_Multi_key,
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASING = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_CHORD = _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier
_EDITING = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z}


@dataclass(frozen=True, slots=True)
class _Press:
    """A key that went down: when (ms), what it types, whether it ends a code, whether no typist is that quick."""

    at: float
    text: str
    ends: bool
    odd: bool


class Scanner(QObject):
    """Watches the keyboard of a window and takes scanned codes out of the stream of keys.

    Keys are held until the keyboard was silent for 30 ms; what turns out to be typing is given back
    unchanged, in its order. In a run that only a machine can type nothing presses a key: no Enter, no
    shortcut, nothing that erases; ``scanned`` gets what was printable of it. With a prefix only what
    follows the prefix is held, and typing is never delayed. Neither is it in a field of search, which
    answers every letter: what turns out to be a code is taken out of it again.
    """

    def __init__(self, window: QWidget, scanned: Callable[[str], None], prefix: Callable[[], str]) -> None:
        super().__init__(window)
        self._widget, self._scanned, self._prefix = window, scanned, prefix
        self._held: list[QKeyEvent] = []
        self._presses: list[_Press] = []
        self._last = 0.0
        self._searched: tuple[QLineEdit, str] | None = None
        self._taken = self._replaying = False
        self._silence = QTimer(self, interval=_GAP_MS, singleShot=True)
        self._silence.timeout.connect(self._settle)
        window.winId()  # makes the native window, where keys arrive first
        window.windowHandle().installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)
            self._watch(None, app.focusWidget())

    def stop(self) -> None:
        """Listen no more."""
        self._settle()
        if (native := self._widget.windowHandle()) is not None:  # it may be gone before the shop is
            native.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress):
            self._settle()  # what was typed before comes before
        elif watched.isWindowType() and isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride and _shortcut(event):
                event.accept()  # it comes as a key, and is tried as a shortcut when it is given back
                return True
            if kind == QEvent.Type.KeyPress:
                return self._pressed(event)
            if kind == QEvent.Type.KeyRelease:
                return self._released(event)
        return False

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        """Hear what an input method writes: it goes straight to what has the focus."""
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def _pressed(self, event: QKeyEvent) -> bool:
        if self._replaying:
            self._replaying = False
            return False
        if event.isAutoRepeat() or event.key() in _MODIFIERS:
            return False
        text = typed_text(event)
        ends = event.key() in (*_ENTER, Qt.Key.Key_Tab) and not event.modifiers() & _CHORD
        odd = not text and (event.key() in (*_ENTER, *_ERASING) or _shortcut(event))
        if not text and not ends and not odd:
            self._settle()  # arrows and the like: no code has them
            return False
        return self._hold(event, _Press(event.timestamp() or time.monotonic() * 1000, text, ends, odd))

    def _released(self, event: QKeyEvent) -> bool:
        pressed = any(held.key() == event.key() for held in self._held)
        if pressed and not event.isAutoRepeat():
            self._held.append(QKeyEvent(event))
        return pressed

    def _hold(self, event: QKeyEvent, press: _Press) -> bool:
        """Keep a key back until it is known whether a hand pressed it; say whether it is kept."""
        prefix = self._prefix()
        gap = _GAP_AFTER_PREFIX_MS if prefix else _GAP_MS
        quick = 0 <= press.at - self._last <= gap
        self._last = press.at
        if not quick:
            self._settle()
        if self._taken:
            self._silence.start()
            return True
        if prefix and not self._presses and press.text != prefix:
            return False
        if press.ends and len(self._presses) > 1:
            self._take()
            return True
        if not self._presses and press.text and (field := _search_field()):
            self._searched = field, field.text()
        self._presses.append(press)
        if self._searched and press.text and not self._held:
            self._silence.start(gap)
            return False
        if len(self._held) < _MOST_HELD:
            self._held.append(QKeyEvent(event))
        self._silence.start(gap)
        return True

    def _take(self) -> None:
        code = "".join(press.text for press in self._presses).removeprefix(self._prefix()).strip()
        self._clean()
        self._forget()
        self._taken = True  # whatever else comes in this run belongs to it
        self._silence.start()
        if code:
            self._scanned(code)

    def _settle(self) -> None:
        """The keyboard was silent: give back what a hand typed, drop what a machine did."""
        self._silence.stop()
        presses, held = self._presses, self._held
        odd = any(press.odd for press in presses)
        machine = len(presses) > _MOST_HELD or (odd and len(presses) > 2)
        if machine:
            self._clean()
        self._forget()
        self._taken = False
        if machine:
            self._scanned("".join(press.text for press in presses))
            return
        if odd and len(presses) == 2:
            held = [event for event in held if typed_text(event)]
        for event in held:
            self._give_back(event)

    def _give_back(self, event: QKeyEvent) -> None:
        # text fields on Linux keep Ctrl+U and other letters of Emacs for themselves; here every Ctrl with a
        # letter is tried as a shortcut first, except for copying, pasting, undoing and choosing all
        letter = event.modifiers() == _CTRL and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
        if letter and event.key() not in _EDITING and event.type() == QEvent.Type.KeyPress:
            tried = QKeyEvent(event)
            QCoreApplication.sendEvent(self._widget, tried)
            if tried.isAccepted():
                return
        self._replaying = event.type() == QEvent.Type.KeyPress
        QCoreApplication.sendEvent(self._widget.windowHandle(), event)
        self._replaying = False

    def _clean(self) -> None:
        """Take what was no typing out of the field of search."""
        if self._searched is not None and isValid(self._searched[0]):
            field, before = self._searched
            field.setText(before)
            field.textEdited.emit(before)

    def _forget(self) -> None:
        self._presses, self._held, self._searched = [], [], None


def _search_field() -> QLineEdit | None:
    """Give the field that has the focus, if it answers every letter typed into it."""
    field = QApplication.focusWidget()
    return field if isinstance(field, QLineEdit) and field.property(SEARCHES) else None


def typed_text(event: QKeyEvent) -> str:
    """Give what a key types; AltGr, which some systems report as Ctrl and Alt together, types too."""
    text, chord = event.text(), event.modifiers() & _CHORD
    return text if text and text.isprintable() and chord in (Qt.KeyboardModifier.NoModifier, _CTRL | _ALT) else ""


def _shortcut(event: QKeyEvent) -> bool:
    """Say whether a key may press a shortcut."""
    chord = bool(event.modifiers() & _CHORD) and event.key() not in _MODIFIERS and not typed_text(event)
    return chord or event.key() == Qt.Key.Key_Escape or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
