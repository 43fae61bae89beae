import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.look import theme
from ticketdesk.desktop.widgets import basics
from ticketdesk.desktop.widgets.basics import Avatar, Button, IconButton, IconLabel, StatusChip, column, row

SIZES = {"xs": 24, "sm": 28, "default": 32, "md": 36, "lg": 40}


@pytest.mark.parametrize(("size", "height"), SIZES.items())
def test_a_button_is_as_high_as_the_design_says(qtbot: QtBot, size: str, height: int) -> None:
    button = Button("Save", "Ctrl+S", "primary", "check", size)
    qtbot.addWidget(button)
    assert button.sizeHint().height() == height


def test_a_button_has_room_for_longer_words(qtbot: QtBot) -> None:
    short, long = Button("Încasează", "F4", icon="cash"), Button("Încasează acum", "F4", icon="cash")
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    more = long.fontMetrics().horizontalAdvance(" acum")
    assert long.minimumSizeHint().width() >= short.minimumSizeHint().width() + more - 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_from_the_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("Save")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_button_tells_its_name_and_its_key(qtbot: QtBot) -> None:
    button = Button("&Save", "Ctrl+S")
    qtbot.addWidget(button)
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.role() == QAccessible.Role.Button
    assert spoken.text(QAccessible.Text.Name) == "Save"
    assert button.toolTip() == "Ctrl+S"
    button.relabel("Take payment")
    assert button.label == button.accessibleName() == "Take payment"


@pytest.mark.parametrize("kind", ["primary", "secondary", "danger"])
def test_a_button_that_is_off_looks_off(qtbot: QtBot, kind: str) -> None:
    button = Button("Save", "", kind)
    qtbot.addWidget(button)
    on = button.grab().toImage()
    button.setEnabled(False)
    assert button.grab().toImage() != on


def test_a_checkable_button_shows_that_it_is_chosen(qtbot: QtBot) -> None:
    button = Button("250", "Ctrl+2")
    button.setCheckable(True)
    qtbot.addWidget(button)
    button.setChecked(True)
    assert button.grab().toImage().pixelColor(4, 16) == theme.colour("accentTint")


def test_an_icon_button_speaks_and_shows_its_key(qtbot: QtBot) -> None:
    button = IconButton("bell", "News", "F7")
    qtbot.addWidget(button)
    assert button.accessibleName() == "News"
    assert button.toolTip() == "News (F7)"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_painted_labels_keep_their_words_for_readers(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    parts = [basics.tag("Urgent", "warn", "bolt"), basics.key_cap("F8"), Avatar("Vlad Ionescu")]
    host.setLayout(row(*parts, None))
    host.show()
    names = [QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name) for part in parts]
    assert names == ["Urgent", "F8", "Vlad Ionescu"]
    assert all(part.width() == part.sizeHint().width() for part in parts)


def test_a_status_chip_is_spoken_as_status(qtbot: QtBot) -> None:
    chip = StatusChip("ready")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Status: Ready"
    assert chip.height() == 22
    chip.show_status("")
    assert chip.accessibleName() == ""
    assert chip.width() == 0


def test_an_icon_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    icon = IconLabel("check", "text")
    qtbot.addWidget(icon)
    before = icon.pixmap().toImage()
    theme.apply(qapp, "dark")
    assert icon.pixmap().toImage() != before


def test_rows_and_columns_take_gaps_and_stretches(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    first, last = Button("a"), Button("b")
    host.setLayout(column(row(first, 20, last, None), None, margins=(4, 4, 4, 4)))
    host.resize(400, 200)
    host.show()
    assert first.geometry().topLeft() == QRect(4, 4, 0, 0).topLeft()
    assert last.x() >= first.geometry().right() + 20
