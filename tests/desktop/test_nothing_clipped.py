"""Nothing is cut off, squeezed or covered: every screen, both languages, every size we promise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.walking import SIZES, lasting, shop_at, walk_in
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.condition import Condition
from ticketdesk.desktop.widgets.overlay import Overlay, Sheet, open_dialogs

_ELIDES = {"Elided", "_Fact", "_Photo"}
"""Widgets that cut their own text with an ellipsis and show it whole in a tip."""


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_screen_shows_all_of_its_words_at_every_size(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    shop_at(tmp_path)
    walk = walk_in(tmp_path, lambda until: qtbot.waitUntil(until, timeout=15_000), language)
    found: dict[str, list[str]] = {}
    for screen in walk.screens():
        for size, pixels in SIZES.items():
            walk.frame.resize(pixels)
            for fault in lasting(walk.frame, faults):
                found.setdefault(fault, []).append(f"{screen} at {size}")
    walk.close()
    assert not found, "\n".join(f"{fault}: {', '.join(where[:3])}" for fault, where in found.items())


@pytest.mark.parametrize(("zoom", "size"), [(1.25, QSize(1440, 868)), (1.5, QSize(1920, 1000))])
def test_every_screen_shows_all_of_its_words_when_everything_is_larger(
    qtbot: QtBot, tmp_path: Path, zoom: float, size: QSize
) -> None:
    shop_at(tmp_path)
    walk = walk_in(tmp_path, lambda until: qtbot.waitUntil(until, timeout=15_000))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", zoom)
    walk.frame.resize(size)
    found: dict[str, list[str]] = {}
    for screen in walk.screens():
        for fault in lasting(walk.frame, faults):
            found.setdefault(fault, []).append(screen)
    walk.close()
    theme.apply(app, "light")
    assert not found, "\n".join(f"{fault}: {', '.join(where[:3])}" for fault, where in found.items())


def faults(window: QWidget) -> Iterator[str]:
    """Say what of a window cannot be read or reached whole."""
    dialogs = open_dialogs(window)
    shown = dialogs[-1].findChildren(QWidget) if dialogs else window.findChildren(QWidget)
    shown = [widget for widget in shown if widget.isVisible()]
    for widget in shown:
        yield from _cut_text(widget)
        yield from _squeezed(widget)
        yield from _cut_off(widget)
    yield from _covered(shown)
    yield from _no_way_out(dialogs)


def _no_way_out(dialogs: list[Sheet]) -> Iterator[str]:
    """Say which dialog does not show at its foot how one leaves it: a button with its word and its key."""
    for dialog in dialogs:
        if isinstance(dialog, Overlay) and dialog.footer.count():
            buttons = [button for button in dialog.findChildren(Button) if dialog.footer.indexOf(button) >= 0]
            if not any(button.toolTip() == "Esc" for button in buttons):
                yield f"{type(dialog).__name__} shows no way out"


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} “{(text or widget.accessibleName() or widget.objectName())[:48]}”"


def _said(widget: QLabel) -> str:
    """Give what a label shows: the mark of its key is no letter."""
    return widget.text().replace("&", "") if widget.buddy() is not None else widget.text()


def _cut_text(widget: QWidget) -> Iterator[str]:
    measures = QFontMetrics(widget.font())
    if isinstance(widget, QLabel) and widget.text() and type(widget).__name__ not in _ELIDES:
        room = widget.contentsRect()
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                yield f"{_named(widget)} has no room for its last line"
        elif type(widget) is QLabel and widget.textFormat() is Qt.TextFormat.PlainText:
            widest = max(measures.horizontalAdvance(line) for line in _said(widget).splitlines())
            if widest > room.width() + 1 and widget.toolTip() == "":
                yield f"{_named(widget)} is cut"
    elif isinstance(widget, Condition):
        if widget.width() < widget.minimumSizeHint().width():
            yield f"Condition “{widget.item}” is cut"
    elif isinstance(widget, QComboBox):
        icon = widget.iconSize().width() + 6 if not widget.itemIcon(widget.currentIndex()).isNull() else 0
        if measures.horizontalAdvance(widget.currentText()) > widget.width() - 44 - icon:
            yield f"{_named(widget)}: “{widget.currentText()}” is cut"
    elif isinstance(widget, QLineEdit) and not widget.text() and not isinstance(widget.parent(), QComboBox):
        left = widget.width() - 2 * 10 - (28 if widget.actions() else 0) - widget.textMargins().right()
        if measures.horizontalAdvance(widget.placeholderText()) > left:
            yield f"{_named(widget)}: “{widget.placeholderText()}” is cut"


def _squeezed(widget: QWidget) -> Iterator[str]:
    least = widget.minimumSizeHint()
    if isinstance(widget, QToolButton) and not widget.text():
        return  # its icon fits
    if widget.width() + 1 < least.width() and not _may_shrink(widget):
        yield f"{_named(widget)} is {widget.width()} wide and needs {least.width()}"
    if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and widget.height() + 1 < least.height():
        yield f"{_named(widget)} is {widget.height()} high and needs {least.height()}"


def _may_shrink(widget: QWidget) -> bool:
    if not isinstance(widget, QLabel) or type(widget).__name__ in _ELIDES:
        return not isinstance(widget, QAbstractButton)
    return widget.wordWrap() or widget.minimumWidth() > 0 or widget.sizePolicy().horizontalPolicy().name == "Ignored"


def _cut_off(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or widget.width() == 0 or widget.height() == 0:
        return
    above = parent.parentWidget()
    if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
        hidden = above.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if hidden and not isinstance(above, QAbstractItemView) and widget.width() > parent.width() + 1:
            yield f"{_named(widget)} is wider than what scrolls it, by {widget.width() - parent.width()}"
        return
    if isinstance(parent, QAbstractItemView | QLineEdit | QStackedWidget):
        return
    inside = parent.rect().adjusted(-1, -1, 1, 1)
    if not inside.contains(widget.geometry()):
        yield f"{_named(widget)} sticks out of {_named(parent)}"


def _covered(shown: list[QWidget]) -> Iterator[str]:
    """Say which words or controls lie on one another, outside dialogs and toasts."""
    leaves = [w for w in shown if isinstance(w, QLabel | QAbstractButton | QLineEdit | QComboBox) and w.width()]
    by_parent: dict[QWidget | None, list[QWidget]] = {}
    for leaf in leaves:
        if isinstance(leaf.parentWidget(), QLineEdit | QComboBox):
            continue
        by_parent.setdefault(leaf.parentWidget(), []).append(leaf)
    for siblings in by_parent.values():
        for place, one in enumerate(siblings):
            for other in siblings[place + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 2 and common.height() > 2:
                    yield f"{_named(one)} lies on {_named(other)}"
