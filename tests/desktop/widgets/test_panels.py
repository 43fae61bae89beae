from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.widgets.basics import Button, KeyCap
from ticketdesk.desktop.widgets.panels import Card, KeyHints, Notice, TextBlock


def test_lines_of_a_text_are_18_apart(qtbot: QtBot) -> None:
    block = TextBlock("one\ntwo\nthree")
    qtbot.addWidget(block)
    assert block.heightForWidth(300) == 3 * 18
    block.setText("one word after the other " * 8)
    assert block.heightForWidth(200) > block.heightForWidth(600)


def test_a_text_gets_the_height_it_needs(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    block = TextBlock("one word after the other " * 8)
    layout.addWidget(block)
    layout.addStretch(1)
    host.resize(260, 400)
    host.show()
    assert block.height() == block.heightForWidth(block.width())


def test_a_card_has_a_title_a_head_and_a_body(qtbot: QtBot) -> None:
    card = Card("Works and parts")
    qtbot.addWidget(card)
    add = Button("Add a line", "Ctrl+L", size="sm")
    text = TextBlock("Screen replacement")
    card.head.addWidget(add)
    card.body.addWidget(text)
    card.resize(400, 160)
    card.show()
    assert card.accessibleName() == card.title.text() == "Works and parts"
    assert add.y() < text.y()


def test_a_notice_says_what_is_missing(qtbot: QtBot) -> None:
    notice = Notice("filter", "No overdue orders", "The filter finds nothing.", Button("Clear the filter"))
    qtbot.addWidget(notice)
    assert notice.accessibleName() == "No overdue orders The filter finds nothing."
    notice.say("No orders yet")
    assert notice.accessibleName() == "No orders yet"


def test_key_hints_are_replaced(qtbot: QtBot) -> None:
    hints = KeyHints()
    qtbot.addWidget(hints)
    hints.show_hints((("F8", "next step"), ("Ctrl+R", "assign")))
    hints.show_hints((("Enter", "open"),))
    hints.show()
    assert [cap.text() for cap in hints.findChildren(KeyCap) if cap.isVisible()] == ["Enter"]
