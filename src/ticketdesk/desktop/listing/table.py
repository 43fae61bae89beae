"""The table of a long list: header that sorts, rows that hover, keys that open, copy and search."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ticketdesk.desktop.listing.header import Header
from ticketdesk.desktop.listing.picks import Picks
from ticketdesk.desktop.listing.rows import Cells, RowPainter
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.scanner import typed_text
from ticketdesk.desktop.widgets.basics import frame
from ticketdesk.services.spines import Numbered

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R", bound=Numbered)

_ROW, _SECTION = 36, 32
_SKELETON_AFTER_MS = 200
_REACHING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class ListTable(QTableView, Generic[R]):
    """The list: one row chosen at a time, its number kept whatever happens around it."""

    pickable = False
    """Whether several rows may be picked, to do the same to all of them."""
    opened = Signal()
    chosen = Signal()
    typed = Signal(str)
    menu_wanted = Signal(object)  # QPoint, on the screen
    resort = Signal(int)
    picked_changed = Signal()
    too_many = Signal(int)
    """So many rows were to be picked, which is more than may be."""

    def __init__(self, name: str, rows: RowPainter[R]) -> None:
        super().__init__()
        self._model = model = rows.model
        self._rows = rows
        self._held: int | None = None
        self._anchor = (0, 0, -1)  # the number of the row at the top, how far down it begins, its place
        self.picks = Picks()
        self._height = _ROW
        self._slow = QTimer(self, singleShot=True, interval=_SKELETON_AFTER_MS)
        self._slow.timeout.connect(self.viewport().update)
        self.header = Header(self, model)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(frame("pane"))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.header.sectionClicked.connect(self._header_clicked)
        self.header.lay_out((), {})
        self.doubleClicked.connect(self._double_clicked)
        model.followed = self._followed
        model.modelReset.connect(self._dress_sections)
        model.answered.connect(self._answered)
        model.about_to_move.connect(self._hold_still)
        model.moved.connect(self._moved)
        theme().changed.connect(self._rescale)
        self._rescale()

    # what is chosen

    def number(self) -> int | None:
        """Give the number of the row chosen, also while it is not known where it stands in a new list."""
        return self._held

    def row(self) -> R | None:
        """Give the row chosen, if it was read."""
        return self._model.row_of(self._held) if self._held is not None else None

    def has_row(self) -> bool:
        """Say whether a row is chosen that was read."""
        return self.row() is not None

    def under_row(self) -> QPoint:
        """Say where on the screen a menu of the row that is chosen begins."""
        area = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(area.bottomLeft() + QPoint(px(16), 0))

    def on_row(self, act: Callable[[R], None]) -> Callable[[], None]:
        """Give what does something to the row that is chosen then, if one is: for keys and buttons."""

        def run() -> None:
            if (row := self.row()) is not None:
                act(row)

        return run

    def forget(self) -> None:
        """Choose the first row of the list asked for next, instead of holding on to the one chosen now; pick none."""
        self._held = None
        self.pick_none()

    def choose(self, place: int, *, scroll: bool = True) -> None:
        """Choose the row at a place, or the next one below; the last one above if there is none."""
        keys = self._model.keys
        below = next((at for at in range(max(place, 0), len(keys)) if keys[at] > 0), -1)
        at = below if below >= 0 else next((at for at in range(len(keys) - 1, -1, -1) if keys[at] > 0), -1)
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setCurrentIndex(self._model.index(at, 0) if at >= 0 else QModelIndex())
        self._hold(keys[at] if at >= 0 else None)
        if not scroll:
            bar.setValue(before)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._model.moving and current.isValid() and self._model.keys[current.row()] > 0:
            self._hold(self._model.keys[current.row()])

    def _hold(self, number: int | None) -> None:
        if number != self._held:
            self._held = number
            self.chosen.emit()

    # what is picked

    def pick_all(self) -> None:
        """Pick every row of the list, unless it is too long."""
        self._picked(self.picks.all(self._model.keys))

    def pick_none(self) -> None:
        """Let go of all rows picked."""
        if self.picks:
            self._picked(self.picks.clear())

    def _pick(self, place: int, *, reach: bool) -> None:
        """Pick the row at a place or let it go; or, reaching for it, all from the last one picked to it."""
        keys = self._model.keys
        if 0 <= place < len(keys) and keys[place] > 0:
            self._picked(self.picks.reach(keys, place) if reach else self.picks.turn(keys, place))

    def _picked(self, refused: int) -> None:
        if refused:
            self.too_many.emit(refused)
        self.viewport().update()
        self.picked_changed.emit()

    # what stays while the list changes

    def _followed(self) -> dict[int, int]:
        """Give the rows that must be found again: the one chosen, and the one at the top."""
        self._hold_still()
        number, _y, place = self._anchor
        found = {number: place} if number else {}
        return found if self._held is None else {self._held: self.currentIndex().row()} | found

    def _answered(self) -> None:
        """Begin a new list at its top; the row chosen stays chosen, wherever it will turn up."""
        place = self._model.place_of(self._held) if self._held is not None else -1
        self.scrollToTop()
        if place >= 0 or self._held is None or self._model.whole:
            self.choose(max(place, 0), scroll=place >= 0)

    def _hold_still(self) -> None:
        keys, place = self._model.keys, self.rowAt(0)
        while 0 <= place < len(keys) and keys[place] < 0:
            place += 1
        if self.verticalScrollBar().value() and 0 <= place < len(keys):
            self._anchor = (keys[place], self.rowViewportPosition(place), place)
        else:
            self._anchor = (0, 0, -1)

    def _moved(self) -> None:
        """Put the row chosen and the row at the top where they were on the screen; rows that are gone are not picked."""
        self._dress_sections()
        if self.picks.prune(self._model.keys):
            self._picked(0)
        current = self.currentIndex().row()
        if current < 0 or self._model.keys[current] != self._held:
            place = self._model.place_of(self._held, current) if self._held is not None else -1
            self.choose(place if place >= 0 else max(current, 0), scroll=False)
        number, y, near = self._anchor
        place = self._model.place_of(number, near) if number else -1
        if place >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(place) - y)

    # how it looks

    def wait(self) -> None:
        """Show the shape of rows if the answer takes long."""
        self._slow.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._rows.active = self.hasFocus() and self.window().isActiveWindow()
        painter = QPainter(self.viewport())
        wanted, width, columns = event.rect(), self.viewport().width(), self._columns()
        painter.fillRect(wanted, colour("surface"))
        if self._model.keys:
            first, last = self.rowAt(max(wanted.top(), 0)), self.rowAt(wanted.bottom())
            last = last if last >= 0 else len(self._model.keys) - 1
            chosen = self.currentIndex().row()
            self._model.sight = self._in_sight()
            for place in range(max(first, 0), last + 1):
                area = QRect(0, self.rowViewportPosition(place), width, self.rowHeight(place))
                picked = self._model.keys[place] in self.picks
                self._rows.paint(painter, place, area, columns, chosen=place == chosen, picked=picked)
        elif self._model.waiting and not self._slow.isActive():
            for top in range(0, self.viewport().height(), px(self._height)):
                area = QRect(0, top, width, px(self._height))
                paint.hairline(painter, 0, width, area.bottom())
                self._rows.skeleton(painter, area, columns)
        painter.end()

    def _in_sight(self) -> range:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else len(self._model.keys) - 1) + 1)

    def _columns(self) -> Cells:
        return [(self.columnViewportPosition(at), self.columnWidth(at)) for at in range(len(self._model.columns))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit(self.viewport().width())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # how it is laid out

    def lay_out(self, columns: Sequence[str], widths: Mapping[str, int], height: int) -> None:
        """Show these columns in this order, the first one always; ``height`` is that of a row."""
        self._height = height
        self.header.lay_out(columns, widths)
        self._rescale()

    def _rescale(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(self._height))
        self.header.fit(self.viewport().width())
        self._dress_sections()

    def _dress_sections(self) -> None:
        """Make the rows of sections lower."""
        if not self._model.sections:
            return
        header, height = self.verticalHeader(), px(_SECTION)
        for place in [place for place, key in enumerate(self._model.keys) if key < 0]:
            if header.sectionSize(place) != height:
                header.resizeSection(place, height)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.rowAt(event.position().toPoint().y())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        reach = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.pickable and event.button() is Qt.MouseButton.LeftButton and (control or reach):
            if not self.picks:
                self.picks.begin(self._model.keys, self.currentIndex().row())
            self._pick(place, reach=reach)
            self.setCurrentIndex(self._model.index(place, 0))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard, index = event.reason() is QContextMenuEvent.Reason.Keyboard, self.indexAt(event.pos())
        if not keyboard and index.isValid():
            self.setCurrentIndex(index)
        if self.number() is not None:
            self.menu_wanted.emit(self.under_row() if keyboard else event.globalPos())

    def _hover(self, place: int) -> None:
        if place == self._rows.hovered:
            return
        for row in (self._rows.hovered, place):
            if 0 <= row < len(self._model.keys):
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                self.viewport().update(0, top, self.viewport().width(), height)
        self._rows.hovered = place

    def _header_clicked(self, column: int) -> None:
        if self._model.columns[column].sort:
            self.resort.emit(column)

    def _double_clicked(self, _index: QModelIndex) -> None:
        self._open()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.KeypadModifier
            | Qt.KeyboardModifier.GroupSwitchModifier
        )
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self.pickable and self._pick_by_key(event, plain=plain):
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.choose(0 if key == Qt.Key.Key_Home else len(self._model.keys) - 1)
        elif text := typed_text(event).strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _pick_by_key(self, event: QKeyEvent, *, plain: bool) -> bool:
        """Pick rows or let them go, if that is what the key says."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.pick_all()
        elif key == Qt.Key.Key_Space and plain:
            self._pick(self.currentIndex().row(), reach=False)
        elif key == Qt.Key.Key_Escape and self.picks:
            self.pick_none()
        elif key in _REACHING and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._reach(event)
        else:
            return False
        return True

    def _reach(self, event: QKeyEvent) -> None:
        """Go where the key leads without Shift, and pick all on the way."""
        if not self.picks:
            self.picks.begin(self._model.keys, self.currentIndex().row())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        self.keyPressEvent(QKeyEvent(event.type(), event.key(), modifiers, event.text()))
        self._pick(self.currentIndex().row(), reach=True)

    def copy(self) -> None:
        """Copy the rows picked, else the one chosen, as text, cells between tabs; columns without a title are marks."""
        titled = [place for place in self.header.shown_places() if self._model.heading(place)]
        numbers = self.picks.numbers() or ([self._held] if self._held is not None else [])
        rows = [row for number in numbers if (row := self._model.row_of(number)) is not None]
        lines = ["\t".join(self._model.say(row, place) for place in titled) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _open(self) -> None:
        if self.row() is not None:
            self.opened.emit()
