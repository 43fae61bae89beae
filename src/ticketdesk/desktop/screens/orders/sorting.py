"""The menu of what the list can be sorted by, for those who do not press titles."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ticketdesk.desktop.menus import passing_menu
from ticketdesk.desktop.screens.orders.cells import COLUMNS
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.texts import _


def offer_sorts(parent: QWidget, at: QPoint, shown: Shown, sort_by: Callable[[str, bool], None]) -> QMenu:
    """Offer columns to sort by, and both ways."""
    menu = passing_menu(parent)
    for column in COLUMNS:
        if column.sort:
            act = menu.addAction(_(column.title).split(",")[0])
            act.setCheckable(True)
            act.setChecked(column.sort == shown.sort)
            act.triggered.connect(lambda _on=False, sort=column.sort: sort_by(sort, shown.descending))
    menu.addSeparator()
    for text, descending in ((_("Ascending"), False), (_("Descending"), True)):
        act = menu.addAction(text)
        act.setCheckable(True)
        act.setChecked(descending == shown.descending)
        act.triggered.connect(lambda _on=False, descending=descending: sort_by(shown.sort, descending))
    menu.popup(at)
    return menu
