"""What is typed above the list narrows it at once, and what was found is marked."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from order_desk import Counter
from shop import TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.widgets.search_hints import WAYS, SearchHints
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.typed import parse
from ticketdesk.services.customers import NewCustomer


def search(desk: Counter, typed: str) -> list[int]:
    desk.page.search(typed)
    desk.settle()
    return desk.numbers()


def marked(desk: Counter, column: int) -> int:
    """Count the pixels of the first row's cell that are painted as found."""
    table = desk.page.table
    cell = table.visualRect(desk.page.model.index(0, column))
    image: QImage = table.viewport().grab(QRect(cell)).toImage()
    hit = theme.colour("hit").rgb()
    return sum(image.pixel(x, y) == hit for x in range(image.width()) for y in range(image.height()))


def test_words_and_prefixes_narrow_the_list_together(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    ready = a_ready_order(
        sqlite_shop, complaint="Ecran spart", customer=NewCustomer("Ștefan Ungureanu", "0722 000 418")
    )
    other = an_order(sqlite_shop, complaint="Ecran spart", customer=NewCustomer("Ana Pop", "0733 000 111"))
    an_order(sqlite_shop, complaint="Baterie", customer=NewCustomer("Ana Pop", "0733 000 111"))
    desk = counter()
    assert search(desk, "ecran") == [other.number, ready.number]
    assert search(desk, "ecran #gata") == [ready.number]
    assert search(desk, "#gata pop") == []
    assert search(desk, "ecran #ga") == [ready.number]
    assert search(desk, "ecran @-") == [other.number]
    assert search(desk, "ecran !") == [other.number, ready.number]
    assert search(desk, "+40 733 000 111 ecran") == [other.number]


def test_what_was_found_is_marked_where_it_stands_and_nothing_else(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    an_order(sqlite_shop, complaint="Ecran spart", customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    desk = counter()
    assert not any(marked(desk, column) for column in range(len(cells.COLUMNS)))
    search(desk, "stefan")
    assert marked(desk, cells.CUSTOMER) > 50
    assert not any(marked(desk, column) for column in (cells.NUMBER, cells.DEVICE, cells.PROBLEM))
    search(desk, "spart iphone @-")
    assert marked(desk, cells.PROBLEM) > 50
    assert marked(desk, cells.DEVICE) > 50
    assert not marked(desk, cells.CUSTOMER)
    search(desk, "")
    assert not any(marked(desk, column) for column in range(len(cells.COLUMNS)))


def test_the_field_says_what_it_understands_while_it_is_empty(qtbot: QtBot) -> None:
    window, field, other = QWidget(), QLineEdit(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(other)
    qtbot.addWidget(window)
    hints = SearchHints(field, window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    other.setFocus()
    assert hints.isHidden()
    field.setFocus()
    qtbot.waitUntil(hints.isVisible)
    assert hints.geometry().top() >= field.geometry().bottom()
    field.setText("e")
    assert hints.isHidden()
    field.clear()
    assert hints.isVisible()
    other.setFocus()
    assert hints.isHidden()


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_sign_the_field_hints_at_is_understood_as_it_stands_there(language: str) -> None:
    texts.speak(language)
    try:
        hinted = [word for way in WAYS for text in way for word in re.findall(r"[!@#=><][^\s,;]+", texts._(text))]
        plain = [word for word in hinted if parse(word, date(2026, 11, 24)) == (Filter("text", (word,)),)]
        assert len(hinted) >= 15
        assert plain == []
        meant = parse(next(word for word in hinted if word in {"!closed", "!închise"}), date(2026, 11, 24))
        assert meant == (Filter("phase", ("done", "cancelled")),)
    finally:
        texts.speak("en")
