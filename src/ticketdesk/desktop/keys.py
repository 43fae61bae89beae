"""Keys of the window: the commands of the page that is shown, and those that work everywhere."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.texts import _

_TWICE = 0.6
"""How quickly Esc is pressed twice, in seconds."""


class Keys(QObject):
    """Puts commands on keys; a key, or a command, that the page knows itself does what the page says.

    ``escaped`` says that Esc was pressed twice: wherever it led, the next thing is to search.
    """

    escaped = Signal()

    def __init__(self, frame: Frame, everywhere: Callable[[], tuple[Command, ...]]) -> None:
        super().__init__(frame)
        self._frame, self._everywhere = frame, everywhere
        self._actions: list[QAction] = []
        self._escaped = 0.0
        self.of_page: tuple[Command, ...] = ()
        self.of_window: tuple[Command, ...] = ()

    @property
    def offered(self) -> tuple[Command, ...]:
        """Give every command there is now, those of the page first."""
        return (*self.of_page, *self.of_window)

    def offer(self, commands: tuple[Command, ...]) -> None:
        """Offer the commands of a page, and those that work everywhere."""
        self.withdraw()
        taken = {key for command in commands for key in command.keys}
        known = {command.id for command in commands}
        self.of_page = commands
        found = [
            replace(command, key=", ".join(key for key in command.keys if key not in taken))
            for command in self._everywhere()
            if command.id not in known and (not command.keys or not taken.issuperset(command.keys))
        ]
        self.of_window = tuple(found)
        for command in self.offered:
            if not command.key:
                continue
            action = QAction(_(command.text), self._frame)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(False)  # a key that is held a moment too long is one wish
            action.triggered.connect(lambda _on=False, command=command: self._pressed(command))
            self._frame.addAction(action)
            self._actions.append(action)

    def withdraw(self) -> None:
        """Let no key do anything."""
        for action in self._actions:
            self._frame.removeAction(action)
            action.deleteLater()
        self._actions = []
        self.of_page = self.of_window = ()

    def run(self, command: Command) -> None:
        """Do what a key says, unless a dialog is open or it is not possible now."""
        if not open_dialogs(self._frame) and command.enabled():
            command.run()

    def _pressed(self, command: Command) -> None:
        if "Esc" in command.keys:
            before, self._escaped = self._escaped, time.monotonic()
            if self._escaped - before < _TWICE:
                self._escaped = 0.0
                self.escaped.emit()
                return
        self.run(command)
