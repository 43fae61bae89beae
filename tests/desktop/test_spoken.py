"""A screen reader can use every screen: each control says what it is and what it is called, in both languages."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.walking import lasting, shop_at, walk_in
from ticketdesk.desktop.widgets.focus import following
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.desktop.widgets.toasts import _Toast

Role = QAccessible.Role
_NAMED = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.SpinBox, Role.List, Role.Table,
    Role.Tree, Role.ListItem, Role.PageTab, Role.MenuItem, Role.Slider, Role.ButtonMenu, Role.Chart, Role.Dialog,
    Role.Grouping, Role.ProgressBar, Role.Indicator, Role.ColumnHeader, Role.AlertMessage,
}  # fmt: skip
_LABEL = QAccessible.RelationFlag.Label
_SAYS_NOTHING = {Role.Client, Role.Border, Role.Pane, Role.NoRole}


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_control_of_every_screen_has_a_name_and_says_what_it_is(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    QAccessible.setActive(True)
    shop_at(tmp_path)
    walk = walk_in(tmp_path, lambda until: qtbot.waitUntil(until, timeout=15_000), language)
    found: dict[str, list[str]] = {}
    for screen in walk.screens():
        for fault in lasting(walk.frame, unusable):
            found.setdefault(fault, []).append(screen)
    walk.close()
    assert not found, "\n".join(f"{fault}: {', '.join(where[:4])}" for fault, where in sorted(found.items()))


def unusable(window: QWidget) -> Iterator[str]:
    """Say what of a window cannot be used by ear and by keys: of its front dialog, if one is open."""
    dialogs = open_dialogs(window)
    top: QWidget = dialogs[-1] if dialogs else window
    yield from nameless(top)
    yield from out_of_order(top)
    yield from same_letters(window)


def nameless(top: QWidget) -> Iterator[str]:
    """Say which controls have no name, or no role."""
    for each in _interfaces(QAccessible.queryAccessibleInterface(top)):
        thing, role = each.object(), each.role()
        if not isinstance(thing, QWidget) or not thing.isVisible():
            continue
        name = each.text(QAccessible.Text.Name)
        if isinstance(thing, QComboBox):  # its own name on Linux is what is chosen; labels are related to it
            labels = [other.text(QAccessible.Text.Name) for other, _relation in each.relations(_LABEL)]
            name = thing.accessibleName() or " ".join(labels)
        if role in _NAMED and not name.strip():
            yield f"{_called(thing)} ({role.name}) has no name"
        if thing.focusPolicy() & Qt.FocusPolicy.TabFocus and role in _SAYS_NOTHING and thing.focusProxy() is None:
            yield f"{_called(thing)} “{name}” takes the focus and does not say what it is"


def same_letters(top: QWidget) -> Iterator[str]:
    """Say where Alt with one letter means two controls, or the letter is not on every keyboard."""
    taken: dict[str, str] = {}
    for one in top.findChildren(QWidget):
        if not isinstance(one, QLabel | QAbstractButton) or not one.isVisibleTo(top) or not one.isEnabled():
            continue
        letter = QKeySequence.mnemonic(one.text()).toString()
        if not letter or (isinstance(one, QLabel) and one.buddy() is None):
            continue
        if letter in taken:
            yield f"{letter} is for “{taken[letter]}” and for “{one.text()}”"
        if not letter.isascii():
            yield f"{letter} of “{one.text()}” is not on every keyboard"
        taken[letter] = one.text()


def _interfaces(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        yield one
        if one.role() not in {Role.Table, Role.List, Role.Tree}:  # cells speak by their model
            waiting.extend(one.child(place) for place in range(one.childCount()))


def out_of_order(top: QWidget) -> Iterator[str]:
    """Say where Tab goes against the reading order: down a column, then to the next one."""
    walked = [
        one
        for one in following(top)
        # toasts lie over the page, wherever they are in the order
        if top.isAncestorOf(one) and not one.visibleRegion().isEmpty() and not isinstance(one.parentWidget(), _Toast)
    ]
    for one, other in pairwise(walked):
        before, after = _area(one, top), _area(other, top)
        across = min(before.right(), after.right()) - max(before.left(), after.left())
        upward = after.bottom() < before.top() and across > 0
        leftward = after.right() < before.left() and after.top() < before.bottom()
        if upward or leftward:
            yield f"Tab goes {'up' if upward else 'left'} from {_called(one)} to {_called(other)}"


def test_the_keyboards_focus_is_seen_on_every_control(qtbot: QtBot, tmp_path: Path) -> None:
    shop_at(tmp_path)
    walk = walk_in(tmp_path, lambda until: qtbot.waitUntil(until, timeout=15_000))
    found: dict[str, str] = {}
    for screen in walk.screens():
        dialogs = open_dialogs(walk.frame)
        for fault in unseen(qtbot, dialogs[-1] if dialogs else walk.frame):
            found.setdefault(fault, screen)
    walk.close()
    assert not found, "\n".join(f"{fault}: {screen}" for fault, screen in sorted(found.items()))


def unseen(qtbot: QtBot, top: QWidget) -> Iterator[str]:
    """Say which controls look the same with the focus and without."""
    window = top.window()
    seen: set[type[QWidget]] = set()
    for one in [each for each in following(top) if top.isAncestorOf(each)]:
        if one.visibleRegion().isEmpty() or type(one) in seen:
            continue
        seen.add(type(one))
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        around = _area(one, window).adjusted(-8, -8, 8, 8)
        if _picture(qtbot, one, around, focused=False) == _picture(qtbot, one, around, focused=True):
            yield f"{_called(one)} looks the same with the focus"


def _picture(qtbot: QtBot, widget: QWidget, around: QRect, *, focused: bool) -> QImage:
    """Paint a control and what is around it, with the focus or without."""
    if focused:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        widget.clearFocus()
    qtbot.waitUntil(lambda: widget.hasFocus() is focused)
    return widget.window().grab(around).toImage()


def _area(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    parent = widget.parentWidget()
    return f"{type(parent).__name__}/{type(widget).__name__}“{text}”"
