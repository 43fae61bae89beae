"""A scanner is told from a hand by its speed, and what a hand types is never lost or changed."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from ticketdesk.desktop.scanner import SEARCHES, Scanner


class Window(QWidget):
    """A field, and a button that must not be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.danger = QLineEdit(), QPushButton("Delete")
        self.danger.setShortcut("Ctrl+Return")
        self.pressed = 0
        self.danger.clicked.connect(self._count)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.danger)

    def _count(self) -> None:
        self.pressed += 1


class Desk:
    """A window with a scanner, and somebody at the keyboard."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = Window()
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.field.setFocus()
        self.codes: list[str] = []
        self.prefix = ""
        self.scanner = Scanner(self.window, self.codes.append, lambda: self.prefix)
        self.keyboard = Keyboard(self.window)
        self._qtbot = qtbot

    def silence(self) -> None:
        """Wait until the keyboard was silent long enough."""
        self._qtbot.waitUntil(lambda: not self.scanner._held and not self.scanner._silence.isActive())


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.scanner.stop()


def test_a_code_is_taken_out_of_the_keys_and_the_field_stays_as_it_was(desk: Desk) -> None:
    desk.window.field.setText("before")
    desk.keyboard.scan("TD00104821\r")
    assert desk.codes == ["TD00104821"]
    desk.silence()
    assert desk.window.field.text() == "before"


def test_a_code_may_end_with_tab_and_the_focus_stays(desk: Desk) -> None:
    desk.keyboard.scan("5941234567899\t")
    desk.silence()
    assert desk.codes == ["5941234567899"]
    assert desk.window.field.hasFocus()


def test_a_field_of_search_answers_every_letter_at_once_and_gives_a_code_back(desk: Desk) -> None:
    field, told = desk.window.field, list[str]()
    field.setProperty(SEARCHES, True)
    field.textEdited.connect(told.append)
    desk.keyboard.type("ec")
    assert told == ["e", "ec"]
    desk.silence()
    desk.keyboard.scan("TD00104821\r")
    desk.silence()
    assert (desk.codes, field.text(), told[-1]) == (["TD00104821"], "ec", "ec")
    desk.keyboard.scan("59\x1b4123\x1b")
    desk.silence()
    assert (field.text(), told[-1]) == ("ec", "ec")


@pytest.mark.parametrize("words", ["Ștefan cel Mare", "țigară, îngheț", "a  b", "E=mc²"])
def test_what_a_hand_types_comes_through_in_its_order(desk: Desk, words: str) -> None:
    desk.keyboard.type(words)
    desk.silence()
    assert desk.window.field.text() == words
    assert desk.codes == []


def test_quick_fingers_are_no_scanner(desk: Desk) -> None:
    random.seed(1)
    text = "ecranul nu mai merge deloc"
    for letter in text:
        desk.keyboard.press(letter, after=random.choice([12, 25, 60, 140]))
    desk.silence()
    assert desk.window.field.text() == text
    assert desk.codes == []


def test_a_window_that_was_busy_takes_a_hand_for_a_hand(desk: Desk) -> None:
    """All keys are delivered at once, but the keyboard says when they were pressed."""
    for letter in "ecran":
        desk.keyboard.press(letter, after=110)
    desk.keyboard.key(Qt.Key.Key_Return, after=130)
    desk.silence()
    assert desk.codes == []
    assert desk.window.field.text() == "ecran"


def test_letters_of_alt_gr_and_of_an_input_method_keep_their_place(desk: Desk) -> None:
    desk.keyboard.press("a", after=100)
    desk.keyboard.press("ș", after=90, modifiers=Qt.KeyboardModifier.GroupSwitchModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    desk.keyboard.press("ț", after=10, modifiers=both)
    commit = QInputMethodEvent()
    commit.setCommitString("â")
    QCoreApplication.sendEvent(desk.window.field, commit)
    desk.keyboard.press("b", after=80)
    desk.silence()
    assert desk.window.field.text() == "așțâb"


def test_a_hand_presses_a_button_with_space_and_with_enter(desk: Desk) -> None:
    desk.window.danger.setFocus()
    desk.window.danger.setAutoDefault(True)
    desk.keyboard.key(Qt.Key.Key_Space, " ", after=500)
    desk.silence()
    assert desk.window.pressed == 1
    assert not desk.window.danger.isDown()


def test_a_shortcut_by_hand_works(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.key(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier, after=500)
    qtbot.waitUntil(lambda: desk.window.pressed == 1)


@pytest.mark.parametrize("letter", ["K", "U", "E", "M"])
def test_a_ctrl_letter_is_the_windows_also_where_text_fields_would_keep_it(
    desk: Desk, qtbot: QtBot, letter: str
) -> None:
    desk.window.danger.setShortcut(f"Ctrl+{letter}")
    desk.window.field.setText("kept")
    desk.keyboard.key(Qt.Key(ord(letter)), modifiers=Qt.KeyboardModifier.ControlModifier, after=500)
    qtbot.waitUntil(lambda: desk.window.pressed == 1)
    assert desk.window.field.text() == "kept"


@pytest.mark.parametrize(
    "payload",
    [
        "A\r", "AB\r", "\r\r\r", "yes\r\r\r\r", "Y\rY\rY\r", "\x1b\x1b1\r", "\x13\x13DELETE\r", "\x0a\x0a\x0d", "   \r",
        "1\t\r", "\x08\x08\x08\r", "AB\x13",
    ],
)  # fmt: skip
def test_nothing_a_code_holds_presses_a_button_or_a_shortcut(desk: Desk, payload: str) -> None:
    for widget in (desk.window.danger, desk.window.field):
        widget.setFocus()
        desk.keyboard.scan(payload)
        desk.silence()
        assert desk.window.pressed == 0


def test_a_flood_without_end_types_nothing(desk: Desk) -> None:
    desk.keyboard.scan("x" * 7000)
    desk.silence()
    assert desk.window.field.text() == ""
    assert len(desk.codes) == 1


def test_control_characters_are_no_part_of_a_code(desk: Desk) -> None:
    desk.keyboard.scan("01\x1d59412\x1d34\r")
    assert desk.codes == ["015941234"]


def test_with_a_prefix_only_what_follows_it_is_a_code_and_typing_is_not_held_up(desk: Desk) -> None:
    desk.prefix = "~"
    desk.keyboard.scan("12345678")
    assert desk.window.field.text() == "12345678"
    desk.keyboard.scan("~TD00104821\r", gap=60)
    desk.silence()
    assert desk.codes == ["TD00104821"]
    desk.keyboard.press("~", after=500)
    desk.silence()
    assert desk.window.field.text() == "12345678~"


def test_a_key_held_down_repeats_at_once(desk: Desk) -> None:
    for repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", repeat)
        handle = desk.window.windowHandle()
        assert handle is not None
        QCoreApplication.sendEvent(handle, event)
        if not repeat:
            desk.silence()
    assert desk.window.field.text() == "xxx"
