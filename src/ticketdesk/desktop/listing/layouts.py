"""How somebody likes a list at this PC: its columns in each view, their widths, the height of the rows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.listing.layout import HEIGHT_LABELS, HEIGHTS, NORMAL, Layout
from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.listing.table import ListTable
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.domain.errors import Refusal
from ticketdesk.services import wire
from ticketdesk.texts import _

View = Callable[[], tuple[str, tuple[str, ...]]]
"""Gives the key of the view shown, and its own columns if it has any."""


class Layouts(QObject):
    """Lays a table out as the view and whoever is signed in want it, and keeps what they change.

    ``name`` is under what it is kept; ``barred`` are columns that are not for whoever is signed in, whatever a view or
    an earlier role of theirs chose; ``more_wanted`` asks for the dialog with everything.
    """

    more_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        name: str,
        table: ListTable[Any],
        model: ListModel[Any, Any],
        view: View,
        barred: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(table)
        self._barred = barred
        self._desk, self._name, self._table, self._model, self._view = desk, name, table, model, view
        self._usual = tuple(column.name for column in model.columns if column.usual)
        self.layout = Layout()
        table.header.laid_out.connect(self._dragged)
        table.header.menu_wanted.connect(self.menu)

    def load(self) -> None:
        """Look how whoever is signed in likes it."""
        self._desk.habit(self, self._loaded, self._name)

    def columns(self) -> tuple[str, ...]:
        """Give the columns that are wanted now, by name, from left to right."""
        kept, (view, own) = self.layout.columns, self._view()
        wanted = kept.get(view) or own or kept.get("") or self._usual
        return tuple(name for name in wanted if name not in self._barred)

    def titles(self) -> list[tuple[str, str]]:
        """Give the name and the title of every column there is for whoever is signed in."""
        return [
            (column.name, self._model.heading_spoken(place))
            for place, column in enumerate(self._model.columns)
            if column.name not in self._barred
        ]

    def to_keep(self) -> tuple[str, ...]:
        """Give the columns to be saved with a view: none if they are the usual ones."""
        return () if self.columns() == self._usual else self.columns()

    def apply(self) -> None:
        """Lay the table out."""
        height = HEIGHTS.get(self.layout.rows, HEIGHTS[NORMAL])
        self._table.lay_out(self.columns(), self.layout.widths, height)

    def choose(self, columns: Sequence[str]) -> None:
        """Show these columns in this view; in those without their own, in all of these."""
        self._take(replace(self.layout, columns={**self.layout.columns, self._key(): tuple(columns)}))

    def choose_width(self, column: str, width: int) -> None:
        """Make a column so wide; 0 for its usual width."""
        widths = {name: wide for name, wide in self.layout.widths.items() if name != column}
        self._take(replace(self.layout, widths=widths | ({column: width} if width else {})))

    def choose_rows(self, rows: str) -> None:
        """Make the rows so high."""
        self._take(replace(self.layout, rows=rows))

    def forget(self) -> None:
        """Go back to the usual columns and widths, or to those of the view."""
        columns = {name: kept for name, kept in self.layout.columns.items() if name != self._key()}
        self._take(replace(self.layout, columns=columns, widths={}))

    def kept_with(self, view: str) -> None:
        """Take note that the columns are the view's own now."""
        columns = {name: kept for name, kept in self.layout.columns.items() if name != view}
        self._take(replace(self.layout, columns=columns))

    def menu(self, at: QPoint) -> None:
        """Offer columns to show or hide, and how high rows are."""
        menu = passing_menu(self._table)
        shown = self.columns()
        for place, (name, title) in enumerate(self.titles()):
            act = menu.addAction(title)
            act.setCheckable(True)
            act.setChecked(name in shown)
            act.setEnabled(place > 0)
            act.triggered.connect(lambda _on=False, name=name: self._turn(name))
        menu.addSeparator()
        self.offer_rows(menu)
        menu.addSeparator()
        menu.addAction(_("Columns and widths…"), self.more_wanted.emit)
        menu.addAction(_("Usual columns"), self.forget)
        menu.popup(at)

    def offer_rows(self, menu: QMenu) -> None:
        """Offer heights of rows in a menu."""
        for rows, text in HEIGHT_LABELS.items():
            act = menu.addAction(_(text))
            act.setCheckable(True)
            act.setChecked(rows == self.layout.rows)
            act.triggered.connect(lambda _on=False, rows=rows: self.choose_rows(rows))

    def _key(self) -> str:
        view, own = self._view()
        return view if own else ""

    def _turn(self, name: str) -> None:
        shown = self.columns()
        self.choose([one for one in shown if one != name] if name in shown else [*shown, name])

    def _dragged(self) -> None:
        columns, widths = self._table.header.shown_columns(), self._table.header.widths()
        self.layout = replace(self.layout, widths=widths)
        if columns != self.columns():
            self.choose(columns)
        else:
            self._keep()

    def _take(self, layout: Layout) -> None:
        self.layout = layout
        self.apply()
        self._keep()

    def _keep(self) -> None:
        self._desk.keep_habit(self._name, wire.dumps(self.layout))

    def _loaded(self, content: str | None) -> None:
        try:
            self.layout = wire.loads(Layout, content) if content else Layout()
        except Refusal:  # kept by another version
            self.layout = Layout()
        self.apply()
