from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.look import theme
from ticketdesk.desktop.look.tokens import tokens
from ticketdesk.desktop.widgets.basics import Button, label


def test_the_theme_changes_while_the_window_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    button = Button("Save", kind="secondary")
    qtbot.addWidget(button)
    button.resize(120, 32)
    button.show()
    assert button.grab().toImage().pixelColor(10, 16) == tokens("light").colour("surface")
    with qtbot.waitSignal(theme.theme().changed):
        theme.apply(qapp, "dark")
    assert button.grab().toImage().pixelColor(10, 16) == tokens("dark").colour("surface")
    assert qapp.palette().color(QPalette.ColorRole.Window) == tokens("dark").colour("window")


def test_placeholders_and_what_is_off_have_their_own_colours(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.PlaceholderText) == QColor("#98A2B1")
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor("#626B79")


def test_zoom_grows_fonts_controls_and_what_was_there_before(qtbot: QtBot, qapp: QApplication) -> None:
    button, title = Button("Save"), label("Order", "page", 600)
    qtbot.addWidget(button)
    qtbot.addWidget(title)
    theme.apply(qapp, "light", 1.5)
    assert button.sizeHint().height() == 48
    assert title.font().pixelSize() == 30
    assert theme.px(36) == 54


def test_controls_that_stand_in_one_row_are_of_one_height(qtbot: QtBot) -> None:
    controls = [QLineEdit(), QComboBox()]
    for control in controls:
        qtbot.addWidget(control)
        control.show()
    assert {control.height() for control in controls} == {36}
    plain = QPushButton("x")
    qtbot.addWidget(plain)
    plain.show()
    assert plain.sizeHint().height() == Button("x").sizeHint().height() == 32
    check = QCheckBox("x")
    qtbot.addWidget(check)
    assert check.sizeHint().height() >= 28


def test_an_unknown_theme_follows_the_system(qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    assert theme.current().name in {"light", "dark"}
