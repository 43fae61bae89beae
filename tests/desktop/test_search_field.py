"""The field above the list: it says which words it does not know, and is emptied by one key or one click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, an_order
from ticketdesk.desktop.dialogs.view_name import ViewNameDialog
from ticketdesk.desktop.palette.palette import Palette
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from window import enter


def begin(qtbot: QtBot, session: Session) -> Keyboard:
    """Sign in and go to the field as people do."""
    enter(qtbot, session, "Alina")
    page = session.pages["orders"]
    qtbot.waitUntil(lambda: bool(page.known.people) and not page.model.waiting, timeout=5000)
    session.frame.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return Keyboard(session.frame)


def doubted(session: Session) -> str:
    return session.frame.search_hints.doubted().replace("\u2060", "")


def test_a_word_nobody_knows_is_doubted_under_the_field_and_in_the_empty_list(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop)
    hand, frame, page = begin(qtbot, session), session.frame, session.pages["orders"]
    hand.type("!urgentt")
    qtbot.waitUntil(lambda: doubted(session).startswith("“!urgentt” is not known here. Perhaps !urgent?"))
    assert frame.search_hints.isVisible()
    assert not frame.search_hints.geometry().intersects(frame.search.rect().translated(frame.search.pos()))
    qtbot.waitUntil(page.empty.isVisible, timeout=5000)
    assert "Perhaps !urgent?" in page.empty.notice.accessibleName().replace("\u2060", "")
    hand.key(Qt.Key.Key_Backspace, after=500)
    qtbot.waitUntil(lambda: not frame.search_hints.isVisible())
    assert frame.search_hints.doubted() == ""


def test_a_colleague_nobody_is_called_is_doubted(qtbot: QtBot, session: Session) -> None:
    hand = begin(qtbot, session)
    hand.type("@ralcua")
    qtbot.waitUntil(lambda: "Perhaps @raluca?" in doubted(session))


def test_esc_empties_the_field_first_and_leaves_it_then(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    hand, field, page = begin(qtbot, session), session.frame.search, session.pages["orders"]
    hand.type("qqq")
    qtbot.waitUntil(lambda: not page.model.waiting and not page.model.keys, timeout=5000)
    hand.key(Qt.Key.Key_Escape, after=900)
    qtbot.waitUntil(lambda: field.text() == "", timeout=5000)
    assert field.hasFocus()
    qtbot.waitUntil(lambda: done.number in page.model.keys, timeout=5000)
    assert page.shown.view.key == "active"
    hand.key(Qt.Key.Key_Escape, after=900)
    qtbot.waitUntil(page.table.hasFocus, timeout=5000)


def test_a_click_empties_the_field_and_no_tab_stops_there(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop)
    hand, field = begin(qtbot, session), session.frame.search
    assert field.clearing.isHidden()
    hand.type("qqq")
    qtbot.waitUntil(field.clearing.isVisible)
    assert field.clearing.accessibleName() == "Clear the search"
    assert field.clearing.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert field.rect().contains(field.clearing.geometry())
    qtbot.mouseClick(field.clearing, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert session.pages["orders"].shown.typed == ""
    assert QApplication.focusWidget() is field
    assert field.clearing.isHidden()


@pytest.mark.parametrize("typed", ["", "urgent"])
def test_after_saving_a_view_one_is_in_its_list(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, typed: str
) -> None:
    an_order(sqlite_shop)
    hand, frame, page = begin(qtbot, session), session.frame, session.pages["orders"]
    hand.type(typed)
    qtbot.waitUntil(lambda: page.shown.typed == typed)
    page.table.setFocus()
    page.view_deeds.keep()
    (dialog,) = open_dialogs(frame)
    assert isinstance(dialog, ViewNameDialog)
    dialog.name.setText("Vitrina")
    dialog.save()
    qtbot.waitUntil(lambda: page.shown.view.title == "Vitrina", timeout=5000)
    assert not open_dialogs(frame)
    assert frame.search.text() == ""
    assert page.table.hasFocus()
    assert not frame.search_hints.isVisible()


_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
LETTERS = (("ș", Qt.Key.Key_S), ("ț", Qt.Key.Key_T), ("ă", Qt.Key.Key_A), ("î", Qt.Key.Key_I), ("â", Qt.Key.Key_Q),
           ("Ș", Qt.Key.Key_S), ("@", Qt.Key.Key_2), ("€", Qt.Key.Key_E))  # fmt: skip


@pytest.mark.parametrize(
    "altgr",
    [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.GroupSwitchModifier, _CTRL_ALT],
    ids=["standard", "programmers", "as Ctrl and Alt"],
)
def test_letters_of_every_romanian_layout_are_typed_into_the_list_and_the_palette(
    qtbot: QtBot, session: Session, altgr: Qt.KeyboardModifier
) -> None:
    hand, frame, page = begin(qtbot, session), session.frame, session.pages["orders"]
    page.table.setFocus()
    for letter, key in LETTERS:
        hand.key(key, letter, modifiers=altgr, after=200)
        qtbot.waitUntil(lambda letter=letter: frame.search.text().endswith(letter), timeout=2000)  # type: ignore[misc]
    assert frame.search.text() == "".join(letter for letter, _key in LETTERS)
    session.finder.open()
    palette = open_dialogs(frame)[-1]
    assert isinstance(palette, Palette)
    for letter, key in LETTERS:
        hand.key(key, letter, modifiers=altgr, after=200)
    qtbot.waitUntil(lambda: palette.field.text() == frame.search.text(), timeout=2000)
    assert (session.pages.shown(), open_dialogs(frame)) == ("orders", [palette])


def test_what_was_typed_still_narrows_the_list_after_everything_grew(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop)
    hand, frame, before = begin(qtbot, session), session.frame, session.pages["orders"]
    hand.type("!zzz")
    qtbot.waitUntil(lambda: not before.model.waiting and not before.model.keys, timeout=5000)
    small = frame.search_hints.height()
    hand.key(Qt.Key.Key_Plus, "+", after=500, modifiers=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.pages["orders"] is not before, timeout=5000)
    after = session.pages["orders"]
    assert (frame.search.text(), after.shown.typed) == ("!zzz", "!zzz")
    qtbot.waitUntil(lambda: not after.model.waiting and not after.model.keys, timeout=5000)
    frame.search.setFocus()
    qtbot.waitUntil(frame.search_hints.isVisible)
    assert frame.search_hints.height() > small
    frame.search.empty()
    qtbot.waitUntil(lambda: bool(after.model.keys), timeout=5000)
