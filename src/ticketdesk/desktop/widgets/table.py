"""Short tables of a report: cells of words, marks and bars; a row opens what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px, theme

Index = QModelIndex | QPersistentModelIndex
_EDGE = 16


DOCUMENT_NUMBER = 156
"""The width of a column of document numbers: the widest letters, a year and five digits are read whole."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its width (0 shares what is left), whether it stands at the right."""

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, in which colour and weight, with which icon, avatar, chip or bar (0 to 1)."""

    text: str = ""
    ink: str = "text"
    weight: int = 400
    icon: str = ""
    avatar: str = ""
    chip: str = ""
    bar: float | None = None


class _Model(QAbstractTableModel):
    def __init__(self, headings: Sequence[Heading], parent: QObject) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: list[tuple[Cell, ...]] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text or cell.avatar
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = cell.text or cell.avatar
            title = self.headings[index.column()].title
            return f"{title}: {said}" if title and said else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headings[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return paint.RIGHT if self.headings[section].right else paint.LEFT
        return None

    def show(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class _Header(QHeaderView):
    """Titles that stand exactly over their cells."""

    def __init__(self, headings: Sequence[Heading], parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._headings = headings
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        heading = self._headings[logicalIndex]
        painter.fillRect(rect, colour("subtle"))
        paint.hairline(painter, rect.left(), rect.right() + 1, rect.bottom())
        align = paint.RIGHT if heading.right else paint.LEFT
        room = _room(rect, logicalIndex, len(self._headings))
        paint.text(painter, room, heading.title, "text2", "small", 500, align)


def _room(area: QRect, column: int, columns: int) -> QRect:
    left, right = _EDGE if column == 0 else 4, _EDGE if column == columns - 1 else 8
    return area.adjusted(px(left), 0, -px(right), 0)


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: _Model, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.active = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("selected" if self.active else "selectedInactive"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        column = index.column()
        headings = self._model.headings
        room = _room(area, column, len(headings))
        _cell(painter, room, self._model.rows[index.row()][column], right=headings[column].right)


def _cell(painter: QPainter, area: QRect, cell: Cell, *, right: bool) -> None:
    left, middle = area.left(), area.center().y()
    if cell.chip:
        paint.status_chip(painter, left, middle, cell.chip, area.width())
        return
    if cell.avatar:
        paint.avatar(painter, left, middle, cell.avatar)
        left += px(32)
    if cell.icon:
        paint.mark(painter, left, middle, cell.icon, cell.ink, 14)
        left += px(18)
    room = QRect(left, area.top(), area.right() + 1 - left, area.height())
    if cell.bar is not None:
        track = QRect(room.right() - px(48), middle - px(3), px(48), px(6))
        if room.width() > px(120):
            paint.rounded(painter, track.toRectF(), px(3), colour("pressed"))
            done = QRect(track.left(), track.top(), round(track.width() * cell.bar), track.height())
            if done.width() > 0:
                paint.rounded(painter, done.toRectF(), px(3), colour("accent"))
            room = room.adjusted(0, 0, -px(56), 0)
    align = paint.RIGHT if right else paint.LEFT
    paint.text(painter, room, cell.text, cell.ink, "body", cell.weight, align)


class Table(QTableView):
    """A table whose rows open with Enter or a click; ``opened`` carries the place of the row."""

    opened = Signal(int)

    def __init__(self, name: str, headings: Sequence[Heading], row_height: int = 40, empty: str = "") -> None:
        super().__init__()
        self._row_height, self._empty = row_height, empty
        self.cells = _Model(headings, self)
        self._delegate = _Delegate(self.cells, self)
        self.setModel(self.cells)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setProperty(RADIUS, 4)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Header(self.cells.headings, self))
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        self._size()
        theme().changed.connect(self._size)

    def say_empty(self, empty: str) -> None:
        """Say this where there are no rows."""
        self._empty = empty

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show these rows; the one that was selected stays so by its place."""
        place = self.currentIndex().row()
        self.cells.show(rows)
        self.setAccessibleDescription("" if rows else self._empty)
        if rows and place >= 0:
            self.selectRow(min(place, len(rows) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.cells.rows and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))
        self._activate(active=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._activate(active=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.cells.rows:
            painter = QPainter(self.viewport())
            paint.text(painter, self.viewport().rect(), self._empty, "text2", align=paint.CENTRE)

    def _activate(self, *, active: bool) -> None:
        self._delegate.active = active
        self.viewport().update()

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        self.horizontalHeader().setFixedHeight(px(28))
        fixed = sum(px(heading.width) for heading in self.cells.headings)
        shared = [place for place, heading in enumerate(self.cells.headings) if not heading.width]
        left = max(self.viewport().width() - fixed, 0)
        for place, heading in enumerate(self.cells.headings):
            width = px(heading.width) if heading.width else left // max(len(shared), 1)
            self.setColumnWidth(place, width)
