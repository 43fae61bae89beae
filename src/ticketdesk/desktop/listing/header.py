"""The titles of a long list, and its columns: which are shown, in which order, how wide."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.listing.rows import PAD
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme

_HEADER = 32
_ROOMY = 960
_LEAST, _LEAST_REST = 40, 60
_DRAGGED_MS = 400


class Header(QHeaderView):
    """The titles; the sorted one is dark and carries an arrow. They are dragged to other places and widths."""

    menu_wanted = Signal(object)  # QPoint, on the screen
    laid_out = Signal()
    """Somebody has dragged a column to another place or width."""

    def __init__(self, parent: QWidget, model: ListModel[Any, Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._widths: dict[str, int] = {}
        self._room, self._fitting = 0, False
        self._dragged = QTimer(self, singleShot=True, interval=_DRAGGED_MS)
        self._dragged.timeout.connect(self.laid_out)
        self.sectionResized.connect(self._section_resized)
        self.sectionMoved.connect(self._section_moved)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(20))
        self.sorted, self.descending = -1, False

    def show_sort(self, column: int, *, descending: bool) -> None:
        """Show by which column the list is sorted."""
        self.sorted, self.descending = column, descending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(_HEADER))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, colour("subtle"))
        paint.hairline(painter, rect.left(), rect.right() + 1, rect.bottom())
        text = self._model.heading(logicalIndex)
        if not text:
            return
        sorted_by = logicalIndex == self.sorted
        token, weight = ("text", 600) if sorted_by else ("text2", 500)
        arrow = px(16) if sorted_by else 0
        width = paint.metrics("small", weight).horizontalAdvance(text)
        if self._model.columns[logicalIndex].right:
            left = max(rect.right() - px(PAD - 1) - width - arrow, rect.left())
        else:
            left = rect.left() + (px(PAD) if logicalIndex == 0 else 0)
        room = QRect(left, rect.top(), rect.right() - left - arrow, rect.height())
        paint.text(painter, room, text, token, "small", weight)
        if sorted_by:
            x = min(left + width + px(3), rect.right() - px(14))
            paint.mark(painter, x, rect.center().y(), "chev-d" if self.descending else "chev-u", "text", 14)

    # columns

    def shown_places(self) -> list[int]:
        """Give the columns in sight, from left to right, by their places in the model."""
        in_order = (self.logicalIndex(place) for place in range(self.count()))
        return [place for place in in_order if not self.isSectionHidden(place)]

    def shown_columns(self) -> tuple[str, ...]:
        """Give the names of the columns in sight, from left to right."""
        return tuple(self._model.columns[place].name for place in self.shown_places())

    def widths(self) -> dict[str, int]:
        """Give the widths that somebody chose, by the names of the columns."""
        return dict(self._widths)

    def lay_out(self, columns: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show these columns in this order, the first one always; the usual ones if none of them is known."""
        names = [column.name for column in self._model.columns]
        wanted = [0, *(names.index(name) for name in columns if name in names and name != names[0])]
        if len(wanted) == 1:
            wanted = [place for place, column in enumerate(self._model.columns) if column.usual]
        self._fitting = True
        for place in range(len(names)):
            self.setSectionHidden(place, place not in wanted)
        for target, place in enumerate(wanted):
            self.moveSection(self.visualIndex(place), target)
        self._fitting = False
        self._widths = dict(widths)

    def fit(self, room: int) -> None:
        """Share the room of a row out among the columns, in pixels."""
        self._room = room
        columns, shown = self._model.columns, self.shown_places()
        widths = {
            place: px(
                self._widths.get(columns[place].name)
                or (columns[place].width if room >= px(_ROOMY) else columns[place].narrow)
            )
            for place in shown
        }
        rest = self._rest(shown)
        widths[rest] = max(room - sum(width for place, width in widths.items() if place != rest), px(_LEAST_REST))
        self._fitting = True
        for place, width in widths.items():
            if self.sectionSize(place) != width:
                self.resizeSection(place, width)
        self._fitting = False

    def _rest(self, shown: list[int]) -> int:
        """Give the column that takes what is left: the one meant to, else the last that holds words."""
        columns = self._model.columns
        meant = [place for place in shown if not columns[place].width]
        return meant[0] if meant else next((place for place in reversed(shown) if not columns[place].right), shown[-1])

    def _section_resized(self, section: int, _before: int, width: int) -> None:
        if self._fitting or not width:
            return
        if section != self._rest(self.shown_places()):
            self._widths[self._model.columns[section].name] = max(round(width / theme().zoom), _LEAST)
        self.fit(self._room)
        self._dragged.start()

    def _section_moved(self, _section: int, _before: int, _after: int) -> None:
        if not self._fitting:
            self.fit(self._room)
            self._dragged.start()
