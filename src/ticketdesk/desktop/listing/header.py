"""The titles of a long list."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.listing.rows import PAD
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px

_HEADER = 32


class Header(QHeaderView):
    """The titles; the sorted one is dark and carries an arrow. They are dragged to other places and widths."""

    menu_wanted = Signal(object)  # QPoint, on the screen

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
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
        model = self.model()
        text = model.heading(logicalIndex) if isinstance(model, ListModel) else ""
        if not text or not isinstance(model, ListModel):
            return
        sorted_by = logicalIndex == self.sorted
        token, weight = ("text", 600) if sorted_by else ("text2", 500)
        arrow = px(16) if sorted_by else 0
        width = paint.metrics("small", weight).horizontalAdvance(text)
        if model.columns[logicalIndex].right:
            left = max(rect.right() - px(PAD - 1) - width - arrow, rect.left())
        else:
            left = rect.left() + (px(PAD) if logicalIndex == 0 else 0)
        room = QRect(left, rect.top(), rect.right() - left - arrow, rect.height())
        paint.text(painter, room, text, token, "small", weight)
        if sorted_by:
            x = min(left + width + px(3), rect.right() - px(14))
            paint.mark(painter, x, rect.center().y(), "chev-d" if self.descending else "chev-u", "text", 14)
