import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from keyboard import Keyboard
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    layout = QVBoxLayout(made)
    behind = TextInput(name="behind")
    layout.addWidget(behind)
    layout.addWidget(Button("Behind"))
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    behind.setFocus()
    return made


def dialog(window: QWidget) -> tuple[Overlay, TextInput, Button, Button]:
    made = Overlay(window, "Take payment", "10482")
    amount, no, yes = TextInput(name="amount"), Button("Cancel", kind="quiet"), Button("Take", kind="primary")
    made.body.addWidget(amount)
    made.footer.addWidget(no)
    made.footer.addWidget(yes)
    made.first = amount
    made.present()
    return made, amount, no, yes


def test_a_dialog_stands_in_the_middle_over_the_whole_window(window: QWidget) -> None:
    made, _amount, _no, _yes = dialog(window)
    assert made.geometry() == window.rect()
    assert abs(made.panel.geometry().center().x() - window.rect().center().x()) <= 1
    window.resize(1000, 700)
    assert made.geometry() == window.rect()
    assert made.accessibleName() == "Take payment"


def test_tab_goes_round_inside_the_dialog(window: QWidget) -> None:
    _made, amount, no, yes = dialog(window)
    seen = []
    for _time in range(4):
        seen.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [amount, no, yes, amount]
    QTest.keyClick(no, Qt.Key.Key_Backtab)
    assert window.focusWidget() is amount


def test_esc_closes_and_the_focus_goes_back(qtbot: QtBot, window: QWidget) -> None:
    before = window.focusWidget()
    made, amount, _no, _yes = dialog(window)
    with qtbot.waitSignal(made.closed):
        QTest.keyClick(amount, Qt.Key.Key_Escape)
    assert window.focusWidget() is before
    assert not made.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter], ids=["main", "keypad"])
def test_ctrl_enter_finishes_a_dialog_whichever_enter_it_is(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    done: list[str] = []
    made = Overlay(window, "A note")
    text = TextInput(name="note")
    made.body.addWidget(text)
    made.footer.addWidget(leave_button(made))
    made.footer.addWidget(go_button("Save", lambda: done.append(text.text())))
    made.present()
    keyboard = Keyboard(window)
    keyboard.type("ab")
    pad = Qt.KeyboardModifier.KeypadModifier if key is Qt.Key.Key_Enter else Qt.KeyboardModifier.NoModifier
    keyboard.key(key, "\r", modifiers=Qt.KeyboardModifier.ControlModifier | pad)
    qtbot.waitUntil(lambda: bool(done))  # a button that a key presses is seen to go down first
    assert done == ["ab"]


def test_a_dialog_grows_with_what_it_says(qtbot: QtBot, window: QWidget) -> None:
    made = Overlay(window, "New person")
    name = Field("Name", TextInput())
    made.body.addWidget(name)
    made.footer.addWidget(Button("Save"))
    made.present()
    assert window.focusWidget() is name.control
    before = made.panel.height()
    name.error("Write the person's name.")
    qtbot.waitUntil(lambda: made.panel.height() > before)
    assert name.control.height() == 36


def test_a_dialog_closes_even_if_what_had_the_focus_is_gone(window: QWidget) -> None:
    before = window.focusWidget()
    made, amount, _no, _yes = dialog(window)
    delete(before)
    QTest.keyClick(amount, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_what_lies_behind_is_dimmed_and_hears_no_click(window: QWidget) -> None:
    clean = window.grab().toImage().pixelColor(2, 2)
    pressed: list[bool] = []
    button = window.findChildren(Button)[0]
    button.clicked.connect(pressed.append)
    made, _amount, _no, _yes = dialog(window)
    assert window.grab().toImage().pixelColor(2, 2).lightness() < clean.lightness()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=button.geometry().center())
    assert pressed == []
    assert made.isVisible()
    panel = made.panel.geometry()
    inside = window.grab().toImage().pixelColor(panel.center() + QPoint(0, panel.height() // 2 - 4))
    assert inside == theme.colour("surface")


def test_a_dialog_that_went_takes_nothing_of_the_window_with_it(qtbot: QtBot, window: QWidget) -> None:
    """PySide once counted half the window as deleted after the focus had gone round in a dialog."""
    field = window.findChildren(TextInput)[0]
    mark = field.addAction("mark")
    native = window.windowHandle()
    made, amount, _no, _yes = dialog(window)
    for _time in range(4):
        QTest.keyClick(amount, Qt.Key.Key_Tab)
    made.dismiss()
    qtbot.waitUntil(lambda: not isValid(made))
    assert all(map(isValid, (field, mark, native, window)))


def test_a_page_behind_that_takes_the_focus_gets_it_only_when_the_dialog_closes(window: QWidget) -> None:
    made, amount, _no, _yes = dialog(window)
    late = window.findChildren(Button)[0]
    late.setFocus()
    assert amount.hasFocus()
    made.dismiss()
    assert late.hasFocus()
