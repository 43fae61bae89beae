"""The whole job of a technician by keys alone: claim, find out, work, write down, ready."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, an_item, an_order
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.desktop.widgets.suggest import Suggestions
from ticketdesk.services import pages
from window import activate, sign_in

Key = Qt.Key
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Bench:
    """Somebody's hands on the keyboard of the window."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focus(), key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(self._focus(), words)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)

    def dialog(self) -> None:
        """Wait for the dialog that opens."""
        self.wait(lambda: bool(open_dialogs(self.session.frame)))

    def no_dialog(self) -> None:
        self.wait(lambda: not open_dialogs(self.session.frame))

    @property
    def page(self) -> OrderPage:
        page = self.session.pages["order"]
        assert isinstance(page, OrderPage)
        return page

    def shows(self, what: Callable[[pages.OrderPage], bool]) -> None:
        """Wait until the order page shows it."""
        self.wait(lambda: self.page.page is not None and what(self.page.page))

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def bench(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> Bench:
    """Give a technician who has just signed in; one order waits in the pool."""
    an_order(sqlite_shop)
    an_item(sqlite_shop, "ECR13", "Înlocuire ecran iPhone 13", 35_000)
    sign_in(qtbot, session, "Vlad")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    activate(qtbot, session)
    return Bench(qtbot, session)


def test_an_order_goes_from_the_pool_to_ready_without_the_mouse(bench: Bench) -> None:
    bench.press(Key.Key_F9)
    bench.wait(lambda: bench.session.pages.shown() == "order")
    bench.shows(lambda page: page.row.assignee.startswith("Vlad"))
    bench.press(Key.Key_F8)
    bench.shows(lambda page: page.row.status == "in_progress")
    bench.press(Key.Key_G, _ALT)  # what was found
    bench.wait(bench.page.work.diagnosis.text.hasFocus)
    bench.type("Ecran spart, rama dreapta.")
    bench.press(Key.Key_L, _CONTROL)
    bench.dialog()
    dialog = bench.session.frame.findChildren(LineDialog)[0]
    bench.type("ecran inloc")  # words in any order, without diacritics
    offered = bench.session.frame.findChildren(Suggestions)
    bench.wait(lambda: any(one.hits for one in (*offered, *dialog.findChildren(Suggestions))))
    bench.press(Key.Key_Down)
    bench.press(Key.Key_Return)
    bench.wait(lambda: dialog.form.price.text() == "350.00")
    bench.press(Key.Key_Return, _CONTROL)
    bench.no_dialog()
    bench.shows(lambda page: [line.facts.code for line in page.lines] == ["ECR13"])
    bench.shows(lambda page: page.diagnosis == "Ecran spart, rama dreapta.")
    bench.press(Key.Key_J, _CONTROL)
    bench.dialog()
    bench.type("Suna clientul")
    bench.press(Key.Key_Return)
    bench.no_dialog()
    bench.shows(lambda page: [task.text for task in page.tasks] == ["Suna clientul"])
    bench.press(Key.Key_M, _CONTROL)
    bench.wait(bench.page.work.composer.text.hasFocus)
    bench.type("Montat, testez.")
    bench.press(Key.Key_Return, _CONTROL)
    bench.shows(lambda page: any(entry.action == "commented" for entry in page.history))
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("navy"))
    QGuiApplication.clipboard().setImage(picture)
    bench.press(Key.Key_V, _CONTROL)
    bench.shows(lambda page: len(page.attachments) == 1)
    bench.press(Key.Key_F8)
    bench.shows(lambda page: page.row.status == "ready")


def test_the_very_code_of_a_part_and_enter_fill_its_line(bench: Bench) -> None:
    bench.press(Key.Key_F9)
    bench.wait(lambda: bench.session.pages.shown() == "order")
    bench.shows(lambda page: page.row.assignee.startswith("Vlad"))
    bench.press(Key.Key_L, _CONTROL)
    bench.dialog()
    dialog = bench.session.frame.findChildren(LineDialog)[0]
    bench.type("ECR13")
    bench.press(Key.Key_Return)
    bench.wait(lambda: dialog.form.name.text() == "Înlocuire ecran iPhone 13")
    assert dialog.isVisible()
    bench.press(Key.Key_Return, _CONTROL)
    bench.no_dialog()
    bench.shows(lambda page: [line.facts.name for line in page.lines] == ["Înlocuire ecran iPhone 13"])
