"""A hand at the real window: it types, scans, clicks and waits as somebody at the counter does."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget
from sqlalchemy import func, select

from keyboard import Keyboard
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import Sheet, open_dialogs
from ticketdesk.domain.rights import Role
from ticketdesk.services import demo
from ticketdesk.storage.database import Database

T = TypeVar("T")
_PATIENCE_MS = 30_000
_TURN_MS = 4
_LONG_PINS = (Role.OWNER, Role.MANAGER)


def turn(until: Callable[[], bool], patience: int = _PATIENCE_MS) -> bool:
    """Let the window live in a real event loop until a condition holds; say whether it came to hold, patience in ms."""
    clock, loop, held = QElapsedTimer(), QEventLoop(), False
    clock.start()

    def look() -> None:
        nonlocal held
        held = held or until()
        if held or clock.elapsed() > patience:
            loop.quit()

    ticking = QTimer(interval=_TURN_MS)
    ticking.timeout.connect(look)
    ticking.start()
    loop.exec()
    ticking.stop()
    return held


@dataclass
class Hand:
    """Somebody at the window; ``elsewhere`` is another PC's way to the same shop, ``pause`` how long they think, in s."""

    session: Session
    elsewhere: Database
    chance: Random
    pause: float = 0.0

    def __post_init__(self) -> None:
        self.frame, self.desk = self.session.frame, self.session.desk
        self.keyboard = Keyboard(self.frame)
        self._refusing = QTimer(self.frame, interval=150)
        self._refusing.timeout.connect(_close_file_dialog)
        self._refusing.start()

    # waiting

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Wait for something that has to come.

        Raises:
            TimeoutError: if it does not.
        """
        if not turn(until):
            raise TimeoutError(f"waited in vain: {what}")

    def rest(self, ms: int) -> None:
        """Let some time go by."""
        turn(lambda: False, ms)

    def settle(self) -> None:
        """Wait until everything asked for has come home, and what follows from it, too."""
        for _round in range(2):
            self.wait(lambda: self.desk.idle, "background work")
            self.rest(20)

    def think(self) -> None:
        """Take the time people take."""
        self.settle()
        if self.pause:
            self.rest(round(self.pause * 1000 * self.chance.uniform(0.3, 1.7)))

    # hands

    def press(self, keys: str) -> None:
        """Press a key, named as menus name it: ``Ctrl+Shift+Z``."""
        chord = QKeySequence(keys)[0]  # type: ignore[index]  # it can, whatever its stub says
        self.keyboard.key(chord.key(), after=500, modifiers=chord.keyboardModifiers())
        self._arrived()

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.keyboard.type(text)
        self._arrived()

    def fill(self, control: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Type into a field instead of what is in it."""
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        control.selectAll()
        self.write(text)

    def scan(self, code: str) -> None:
        """Hold a code before the scanner."""
        self.keyboard.scan(f"{code}\r")
        self._arrived()
        self.settle()

    def _arrived(self) -> None:
        """Wait until the window keeps no key back any more, to see whether a scanner sends others."""
        self.wait(lambda: not self.session._scanner._silence.isActive(), "the keys")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press the left button of the mouse."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint())

    def wheel(self, widget: QWidget, notches: int) -> None:
        """Turn the wheel over something, away from oneself if positive."""
        at = QPointF(widget.width() / 2, widget.height() / 2)
        event = QWheelEvent(
            at, QPointF(widget.mapToGlobal(at.toPoint())), QPoint(0, 0), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def choose_of_menu(self) -> None:
        """Choose something from the menu that is open, if one is."""
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            offered = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator() and not one.menu()]
            menu.close()
            if offered:
                self.chance.choice(offered).trigger()
            self.settle()

    # looking

    def some(self, table: type[Any], *where: Any) -> Any:
        """Give a row of a table that meets some conditions, by the dice; nothing if there is none."""
        with self.elsewhere.read() as session:
            count = session.scalar(select(func.count()).select_from(table).where(*where)) or 0
            place = self.chance.randrange(max(count, 1))
            return session.scalars(select(table).where(*where).order_by(table.id).offset(place).limit(1)).first()

    def page(self, key: str) -> Any:
        """Give a page that was shown."""
        return self.session.pages[key]

    def dialog(self) -> Sheet | None:
        """Give the dialog that is in front."""
        found = open_dialogs(self.frame)
        return found[-1] if found else None

    def wait_for(self, kind: type[T]) -> T | None:
        """Give a dialog of a kind once it is in front; nothing if the window had a reason to open none."""
        self.settle()
        found = self.dialog()
        return found if isinstance(found, kind) else None

    # coming and going

    def may_run(self, command: str) -> bool:
        """Say whether a command can be pressed here and now."""
        return any(one.id == command and one.enabled() for one in self.session.keys.offered)

    def run(self, command: str) -> None:
        """Choose a command from a menu."""
        for one in self.session.keys.offered:
            if one.id == command:
                self.session.keys.run(one)
        self.settle()

    def go(self, room: str) -> Any:
        """Go to a room; give its page."""
        self.session.host.go(room)
        self.settle()
        return self.page(room)

    def open_order(self, key: Any) -> Any:
        """Open an order; give its page, once it is shown."""
        self.session.host.open_order(key)
        page = self.page("order")
        self.wait(lambda: page.page is not None, "the order")
        self.settle()
        return page

    def sign_in(self, name: str) -> None:
        """Choose somebody's tile by the beginning of their name, and type their PIN."""
        page = self.session.signing.page
        self.wait(lambda: bool(page.tiles), "the colleagues")
        self.settle()
        page.choose(next(place for place, tile in enumerate(page.tiles) if tile.person.name.startswith(name)))
        self.write(pin_of(page.tiles[page.chosen].person.role))
        self.wait(lambda: self.desk.staff is not None, f"{name} to be let in")
        self.frame.activateWindow()
        self.settle()

    def agree(self) -> None:
        """Type the PIN that an act asks for, if it asks for one; sometimes nobody agrees."""
        self.settle()
        dialog = self.dialog()
        if not isinstance(dialog, ApprovalDialog):
            return
        self.wait(dialog.go.isEnabled, "who may approve")
        if self.chance.random() < 0.2:
            self.press("Esc")
            return
        giver = dialog._people[max(dialog.people.currentIndex(), 0)]
        dialog.pin.setFocus()
        self.write(pin_of(giver.role))
        self.press("Return")
        self.settle()

    def tidy(self) -> None:
        """Leave whatever is open: menus, lists, dialogs."""
        for _again in range(12):
            popup, dialog = QApplication.activePopupWidget(), self.dialog()
            if popup is not None:
                popup.close()
            elif dialog is not None:
                self.press("Esc")
                if self.dialog() is dialog:
                    dialog.dismiss()
            else:
                break
            self.settle()


def pin_of(role: Role) -> str:
    """Give the PIN that somebody of a role has in the demo shop."""
    return demo.OWNER_PIN if role in _LONG_PINS else demo.PIN


def _close_file_dialog() -> None:
    """Change one's mind about choosing a file: what the toolkit shows there is not ours to test."""
    modal = QApplication.activeModalWidget()
    if isinstance(modal, QDialog):
        modal.reject()
