"""What is closed is gone: pages, dialogs, lists and menus leave nothing behind that still hears or costs memory."""

import ctypes
import sys
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, an_order
from ticketdesk.desktop import allocator
from ticketdesk.desktop.frame import ROOMS
from ticketdesk.desktop.garbage import Garbage
from ticketdesk.desktop.measuring import machine
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from window import enter


def test_pages_that_are_gone_hear_of_no_change(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)
    for room in (*(room.key for room in ROOMS), "settings", "intake"):
        session.host.go(room)
        qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)
    session.host.open_order(order.id)
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)
    session.signing.lock()
    enter(qtbot, session, "Alina")
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)
    session.desk.changed.emit(frozenset({order.id}))
    session.desk.changed.emit(frozenset())
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)  # an exception in a slot fails the test


def test_a_list_of_suggestions_goes_with_its_field(qtbot: QtBot) -> None:
    window, holder = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    holder.setParent(window)
    field = QLineEdit(holder)
    offered = Suggestions(field, lambda _typed, answer: answer([Hit("Galaxy A54", "Samsung", 1)]), eager=False)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.setText("gal")
    offered.look_now()
    assert offered.isVisible()
    assert offered.parentWidget() is window
    holder.deleteLater()
    qtbot.waitUntil(lambda: window.findChildren(Suggestions) == [])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_menus_are_gone_once_they_are_closed(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    session.host.open_order(order.id)
    page = session.pages["order"]
    qtbot.waitUntil(lambda: page.page is not None and session.desk.idle, timeout=10_000)
    before = len(session.frame.findChildren(QMenu))
    for offer in (page.header.step.menu_wanted.emit, page._responsible, page._reach, page._more_menu):
        offer()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()
        qtbot.waitUntil(lambda: len(session.frame.findChildren(QMenu)) == before)


class Ring(QWidget):
    """A widget that nobody holds but itself; ``ended`` hears in which thread it ends."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.me, self._ended = self, ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


def test_garbage_is_collected_in_the_thread_of_the_window_whoever_allocates(qtbot: QtBot) -> None:
    ended, kept = list[int](), list[list[int]]()
    holder = QObject()
    Garbage(holder)
    for _again in range(5):
        Ring(ended)
    allocating = threading.Thread(target=lambda: kept.extend([n] for n in range(100_000)))
    allocating.start()
    allocating.join()
    assert ended == []
    qtbot.waitUntil(lambda: len(ended) == 5)
    assert set(ended) == {threading.get_ident()}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have another allocator")
def test_memory_of_what_is_closed_goes_back_to_the_system() -> None:
    blocks = [ctypes.create_string_buffer(2_000) for _each in range(30_000)]
    high, last = machine.memory()[0], blocks.pop()
    blocks.clear()  # the last one holds the heap up: nothing goes back by itself
    allocator.return_kept()
    assert high - machine.memory()[0] > 30
    del last
