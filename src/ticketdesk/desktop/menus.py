"""Menus that go when they close, and menus made of commands: what each is called, its key beside it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ticketdesk.desktop.command import Command, shown_key
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.texts import _

Run = Callable[[Command], None]


def passing_menu(parent: QWidget) -> QMenu:
    """Make an empty menu that goes when it closes."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def under(button: QWidget) -> QPoint:
    """Say where on the screen a menu under a button begins."""
    return button.mapToGlobal(QPoint(0, button.height() + px(4)))


def menu_of(parent: QWidget, commands: Iterable[Command], run: Run) -> QMenu:
    """Make a menu of commands, those that are not possible now greyed; it goes when it closes."""
    menu = passing_menu(parent)
    fill(menu, commands, run)
    return menu


def fill(menu: QMenu, commands: Iterable[Command], run: Run) -> None:
    """Add commands to a menu."""
    for command in commands:
        text = _(command.text).replace("&", "&&")
        key = f"\t{shown_key(command.keys[0])}" if command.keys else ""
        action = menu.addAction(icons.icon(command.icon, colour("text2")), text + key)
        action.setEnabled(command.enabled())
        action.triggered.connect(lambda _on=False, command=command: run(command))
