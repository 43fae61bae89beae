"""Every command there is: named once, on a key of its own, in both languages, in menu and palette, and it runs."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, an_order
from ticketdesk import texts
from ticketdesk.desktop.command import Command, shown_key
from ticketdesk.desktop.look.theme import current
from ticketdesk.desktop.pages import KINDS
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.services.intake import NewDevice
from ticketdesk.storage import preferences
from ticketdesk.storage.tables import Order
from window import enter

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard|QPlatformServices)", extend=True
)
PAGES = [kind.key for kind in KINDS]
_FREE_OF_LAYOUTS = re.compile(
    r"(Ctrl\+|Alt\+|Shift\+)?(F\d+|Left|Right|Up|Down|PgUp|PgDown|Return|Enter|Esc)|Ctrl\+[A-Z0-9]"
)
_ZOOM = {"Ctrl++", "Ctrl+=", "Ctrl+-"}


def show(qtbot: QtBot, session: Session, shop: TestShop, page: str) -> None:
    """Show a page; one that is about an order, a customer or a device gets a new one."""
    opened = {
        "order": session.host.open_order,
        "customer": session.host.open_customer,
        "device": session.host.open_device,
    }
    if page not in opened:
        session.host.go(page)
    else:
        done = an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13"))
        with shop.database.read() as asked:
            order = asked.get_one(Order, done.id)
            subject = {"order": order.id, "customer": order.customer_id, "device": order.device_id}[page]
        assert subject is not None
        opened[page](subject)
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    assert session.pages.shown() == page


def calm(qtbot: QtBot, session: Session) -> None:
    """Close whatever a command opened."""
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in open_dialogs(session.frame):
        dialog.dismiss()
    session.frame.toasts.silence()


def close_file_dialogs() -> None:
    """Change one's mind in whatever the system asks."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_is_well_made_and_runs(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, page: str
) -> None:
    enter(qtbot, session, "Mircea")
    show(qtbot, session, sqlite_shop, page)
    offered = session.keys.offered
    ids = [command.id for command in offered]
    keys = [QKeySequence(key).toString() for command in offered for key in command.keys]
    assert len(ids) == len(set(ids))
    assert len(keys) == len(set(keys))
    assert all(QKeySequence(key).toString() for command in offered for key in command.keys)
    for command in offered:
        assert _named(command)
        assert session.frame.isVisible()
    for name in [command.id for command in session.keys.of_page]:
        if session.pages.shown() != page:
            show(qtbot, session, sqlite_shop, page)
        run(qtbot, session, next(command for command in session.keys.of_page if command.id == name))


def test_every_command_that_works_everywhere_runs_in_an_empty_shop(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    for command in session.keys.of_window:
        if command.id != "lock" and not command.id.startswith("look."):
            run(qtbot, session, command)
    session.frame.showNormal()
    session.keys.run(next(one for one in session.keys.of_window if one.id == "lock"))
    assert session.desk.staff is None


def run(qtbot: QtBot, session: Session, command: Command) -> None:
    """Run a command, and put away what it opened."""
    QTimer.singleShot(0, close_file_dialogs)
    session.keys.run(command)
    calm(qtbot, session)


def _named(command: Command) -> bool:
    """Say whether a command, and what else it is called, reads in both languages."""
    for text in (command.text, *command.words):
        said = set()
        for language in texts.LANGUAGES:
            with texts.language(language):
                said.add(texts._(text))
        if len(said) < len(texts.LANGUAGES) and texts._catalogue("ro").gettext(text) is text:
            return False
    return bool(command.icon)


def test_no_key_gets_in_the_way_of_writing_on_any_layout(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    """No Ctrl+Alt (AltGr), no Ctrl+Shift or Alt+Shift (change of layout), no letters alone, no signs that move."""
    enter(qtbot, session, "Mircea")
    for page in PAGES:
        show(qtbot, session, sqlite_shop, page)
        for key in (key for command in session.keys.offered for key in command.keys):
            assert _FREE_OF_LAYOUTS.fullmatch(key) or key in _ZOOM, key


def test_letters_of_alt_gr_are_written_not_obeyed(qtbot: QtBot, session: Session) -> None:
    """On Windows AltGr comes as Ctrl and Alt; ă â î ș ț lie on Q or A, Z or X and so on, as the layout has it."""
    enter(qtbot, session, "Mircea")
    session.host.open_intake()
    field = session.pages["intake"].customer.name
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    hand = Keyboard(session.frame)
    for modifiers in (both, Qt.KeyboardModifier.GroupSwitchModifier):
        field.setFocus()
        field.clear()
        for letter, key in zip("ăâîșț„”«»€", "QAISTVBNME", strict=True):
            hand.key(Qt.Key(ord(key)), letter, modifiers=modifiers)
        qtbot.waitUntil(lambda: field.text() == "ăâîșț„”«»€", timeout=5000)
        assert session.pages.shown() == "intake"


@pytest.mark.parametrize("page", ["orders", "order", "intake"])
def test_every_command_is_in_the_menu_and_in_the_palette_with_its_key(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, page: str
) -> None:
    enter(qtbot, session, "Mircea")
    show(qtbot, session, sqlite_shop, page)
    offered = session.keys.offered
    Keyboard(session.frame).key(Qt.Key.Key_F10, after=500)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5000)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    written = _written(menu)
    calm(qtbot, session)
    session.finder.open()
    palette = open_dialogs(session.frame)[0]
    listed = {(entry.id, entry.key) for entry in palette.listing.entries()}  # type: ignore[attr-defined]
    for command in offered:
        first = command.keys[0] if command.keys else ""
        assert (texts._(command.text) + (f"\t{shown_key(first)}" if first else "")) in written
        if command.enabled() and command.id != "search":
            assert (command.id, first) in listed


def _written(menu: QMenu) -> set[str]:
    found = set()
    for action in menu.actions():
        inner = action.menu()
        found |= _written(inner) if isinstance(inner, QMenu) else {action.text()}
    return found


def test_f6_goes_round_the_panes_and_back(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    enter(qtbot, session, "Mircea")
    show(qtbot, session, sqlite_shop, "order")
    page = session.pages["order"]
    panes = [session.frame.rail, *page.panes]

    def here() -> int:
        focus = QApplication.focusWidget()
        return next((at for at, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), -1)

    page.header.back.setFocus()
    walked = []
    for _step in range(len(panes)):
        walked.append(here())
        _press(qtbot, session, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, partial(_differs, here, here()))
    assert walked == [1, 2, 3, 0]
    _press(qtbot, session, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier, lambda: here() == 0)


def _differs(here: Callable[[], int], before: int) -> bool:
    return here() != before


def _press(
    qtbot: QtBot, session: Session, key: Qt.Key, modifiers: Qt.KeyboardModifier, until: Callable[[], bool]
) -> None:
    Keyboard(session.frame).key(key, modifiers=modifiers, after=500)
    qtbot.waitUntil(until, timeout=5000)


def test_esc_goes_back_and_twice_to_the_search(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    enter(qtbot, session, "Mircea")
    show(qtbot, session, sqlite_shop, "order")
    hand = Keyboard(session.frame)
    hand.key(Qt.Key.Key_Escape, after=500)
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=5000)
    assert not session.frame.search.hasFocus()
    hand.key(Qt.Key.Key_Escape, after=200)
    qtbot.waitUntil(session.frame.search.hasFocus, timeout=5000)


def test_ctrl_and_plus_make_everything_larger_and_this_pc_remembers(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    control = Qt.KeyboardModifier.ControlModifier
    height = session.frame.new_order.sizeHint().height()
    hand = Keyboard(session.frame)
    for key, zoom in ((Qt.Key.Key_Plus, "110"), (Qt.Key.Key_Plus, "125"), (Qt.Key.Key_Plus, "150"), (Qt.Key.Key_Plus, "150"),
                      (Qt.Key.Key_Minus, "125"), (Qt.Key.Key_0, "100")):  # fmt: skip
        hand.key(key, modifiers=control, after=500)
        qtbot.waitUntil(lambda zoom=zoom: session.host.preferences.zoom == zoom, timeout=5000)  # type: ignore[misc]
        assert session.frame.new_order.sizeHint().height() == round(height * int(zoom) / 100)
    for name in ("dark", "light"):
        session.keys.run(next(one for one in session.keys.of_window if one.id == f"look.{name}"))
        assert current().name == name
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    assert (preferences.load().theme, preferences.load().zoom) == ("light", "100")


def test_a_key_held_down_is_no_second_press(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    seen: list[str] = []
    session.pages.moved.connect(lambda _page: seen.append(session.pages.shown()))
    handle = session.frame.windowHandle()
    for repeat in (False, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier, "3", repeat)
        QApplication.sendEvent(handle, event)
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert set(seen) == {"board"}
