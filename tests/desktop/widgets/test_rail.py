from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.look import theme
from ticketdesk.desktop.widgets.rail import RailButton


def test_where_one_is_stands_out_with_a_bar_at_the_edge(qtbot: QtBot) -> None:
    place = RailButton("Orders", "orders", "Ctrl+1")
    place.setCheckable(True)
    qtbot.addWidget(place)
    place.resize(place.sizeHint())
    assert place.toolTip() == "Orders (Ctrl+1)"
    QTest.keyClick(place, Qt.Key.Key_Space)
    assert place.isChecked()
    assert place.grab().toImage().pixelColor(1, 28) == theme.colour("selBar")


def test_whoever_works_here_is_shown_by_initials(qtbot: QtBot) -> None:
    place = RailButton("F12", "user", "F12")
    qtbot.addWidget(place)
    before = place.grab().toImage()
    place.show_person("Alina Dumitrescu")
    assert place.grab().toImage() != before
