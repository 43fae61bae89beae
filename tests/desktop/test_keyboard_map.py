"""The keyboard's map: what each key does on each page, and that the sheet of keys (F1) promises nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.test_commands import calm, show
from keyboard import Keyboard
from shop import TestShop, an_order
from ticketdesk.desktop.dialogs.count import CountDialog
from ticketdesk.desktop.dialogs.keys import KeysDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.pages import KINDS
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.services import lines
from ticketdesk.services.lines import AddLine, LineFacts
from window import enter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)

EVERYWHERE = {
    "F1": "keys", "Ctrl+N": "order.new", "F3": "search", "Ctrl+K": "search", "F5": "refresh", "F9": "claim",
    "F11": "window.full", "F12": "lock", "Ctrl+1": "go.orders", "Ctrl+2": "go.bench", "Ctrl+3": "go.board",
    "Ctrl+4": "go.customers", "Ctrl+5": "go.catalogue", "Ctrl+6": "go.cash", "Ctrl+7": "go.day", "Alt+Left": "window.back",
    "Alt+Right": "window.forward", "Ctrl+Z": "undo",
}  # fmt: skip
OF_AN_ORDER = ("F4", "F7", "F8", "Ctrl+P", "Ctrl+R", "Ctrl+T", "Ctrl+U")
OF_PAGES = {
    "orders": (*OF_AN_ORDER, "Ctrl+PgUp", "Ctrl+PgDown", "Alt+Return", "Alt+Enter", "F6", "Shift+F6"),
    "bench": (
        "F8", "Ctrl+B", "Ctrl+L", "Ctrl+J", "Ctrl+M", "Ctrl+I", "Ctrl+S", "Ctrl+Return", "Ctrl+Enter",
    ),
    "board": (*OF_AN_ORDER, "Ctrl+Right", "Ctrl+Left", "Ctrl+Down", "Ctrl+Up"),
    "order": (*OF_AN_ORDER, "Ctrl+L", "Ctrl+J", "Ctrl+M", "Ctrl+I", "Ctrl+G", "Ctrl+S", "Ctrl+Return", "Ctrl+Enter"),
    "intake": (
        "F7", "Ctrl+S", "Ctrl+Return", "Ctrl+Enter", "Ctrl+R", "Ctrl+T", "Ctrl+U", "Ctrl+I", "Ctrl+G", "Ctrl+Up",
        "Ctrl+Down",
    ),
    "customers": ("Ctrl+PgUp", "Ctrl+PgDown", "Alt+Return", "Ctrl+L", "Ctrl+M"),
    "cash": ("F8", "Ctrl+P"),
    "day": ("F8", "Ctrl+P", "Ctrl+T", "Ctrl+Left", "Ctrl+Right"),
    "settings": ("Ctrl+S",),
}  # fmt: skip


@pytest.mark.parametrize("page", [kind.key for kind in KINDS])
def test_every_page_answers_to_the_keys_of_the_map(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, page: str
) -> None:
    enter(qtbot, session, "Mircea")
    show(qtbot, session, sqlite_shop, page)
    known = {key: command.id for command in session.keys.offered for key in command.keys}
    assert {key: known.get(key) for key in EVERYWHERE} == EVERYWHERE
    assert [key for key in OF_PAGES.get(page, ()) if key not in {k for c in session.keys.of_page for k in c.keys}] == []
    assert "F2" in known
    assert known.get("Esc", "") in {"window.leave", "intake.leave"}
    session.keys.run(next(command for command in session.keys.of_window if command.id == "keys"))
    sheet = open_dialogs(session.frame)[0]
    assert isinstance(sheet, KeysDialog)
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Ctrl+1", "Ctrl+2", "F1"} <= said
    calm(qtbot, session)


@pytest.mark.parametrize("page", ["orders", "board", "order"])
def test_f4_takes_the_payment_of_the_order_in_front(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, page: str
) -> None:
    done = an_order(sqlite_shop)
    sqlite_shop.do(lines.add, AddLine(done.id, LineFacts("Ecran", price=53_000)))
    enter(qtbot, session, "Mircea")
    if page == "order":
        session.host.open_order(done.id)
    else:
        session.host.go(page)
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    command = next(each for each in session.keys.of_page if "F4" in each.keys)
    qtbot.waitUntil(command.enabled, timeout=5000)
    Keyboard(session.frame).key(Qt.Key.Key_F4, after=500)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    assert isinstance(open_dialogs(session.frame)[0], PaymentDialog)
    calm(qtbot, session)


def test_f8_in_the_report_closes_the_day_at_the_till(
    qtbot: QtBot, sqlite_shop: TestShop, request: pytest.FixtureRequest
) -> None:
    sqlite_shop.set(shifts=True)
    session: Session = request.getfixturevalue("session")
    enter(qtbot, session, "Mircea")
    session.host.go("day")
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    Keyboard(session.frame).key(Qt.Key.Key_F8, after=500)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    assert session.pages.shown() == "cash"
    assert isinstance(open_dialogs(session.frame)[0], CountDialog)
    calm(qtbot, session)
