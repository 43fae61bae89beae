"""Painting the queue of the bench: heads, my orders in two lines, those of the pool in one with their button."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.bench.model import Nothing, QueueModel, Section
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.domain.orders import STATUS, Phase
from ticketdesk.services.lists import OrderRow, is_late
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex
_PAD = 16
_HEAD, _MINE, _POOL = 32, 60, 40


def claim_area(item: QRect) -> QRect:
    """Say where on a row of the pool one presses to claim it."""
    wide = paint.metrics("small", 500).horizontalAdvance(_("Claim")) + px(16)
    return QRect(item.right() + 1 - px(12) - wide, item.top() + (item.height() - px(26)) // 2, wide, px(26))


class QueueDelegate(QStyledItemDelegate):
    """Paints the entries; ``active``: the queue has the focus."""

    def __init__(self, queue: QueueModel, view: QListView) -> None:
        super().__init__(view)
        self._queue, self._view = queue, view
        self.active = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        entry, width = self._queue.entries[index.row()], self._view.viewport().width()
        if isinstance(entry, OrderRow):
            return QSize(width, px(_POOL if entry.assignee_id is None else _MINE))
        if isinstance(entry, Nothing):
            return QSize(width, paint.lines_height(entry.sentence, width - px(2 * _PAD)) + px(20))
        return QSize(width, px(_HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, area = self._queue.entries[index.row()], QRect(option.rect)
        painter.save()
        if isinstance(entry, OrderRow):
            self._ground(painter, area, option)
            (_pool if entry.assignee_id is None else _mine)(painter, area, entry, self._queue.scene)
        elif isinstance(entry, Nothing):
            at = QPointF(area.left() + px(_PAD), area.top() + px(10))
            paint.lines(painter, at, area.width() - px(2 * _PAD), entry.sentence, "text3")
        else:
            _head(painter, area, entry)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("selected" if self.active else "selectedInactive"))
            if self.active:
                painter.fillRect(area.left(), area.top(), px(3), area.height(), colour("selBar"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colour("hover"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())


def _head(painter: QPainter, area: QRect, head: Section) -> None:
    painter.fillRect(area, colour("subtle"))
    paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
    inner = area.adjusted(px(_PAD), 0, -px(_PAD), 0)
    paint.text(painter, inner, head.title, "text2", "small", 600)
    wide = paint.metrics("small", 600).horizontalAdvance(head.title) + px(8)
    paint.text(painter, inner.adjusted(wide, 0, 0, 0), head.count, "text3", "small")
    wide += paint.metrics("small").horizontalAdvance(head.count) + px(8)
    paint.text(painter, inner.adjusted(wide, 0, 0, 0), head.hint, "text3", "small", 400, paint.RIGHT)


def _mine(painter: QPainter, area: QRect, row: OrderRow, scene: Scene) -> None:
    inner = area.adjusted(px(_PAD), px(8), -px(_PAD), -px(8))
    half = inner.height() // 2
    upper, lower = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
    right = _due(painter, upper, row, scene)
    paint.text(painter, upper.adjusted(0, 0, right - upper.right() - px(8), 0), row.device_title, "text", "body", 600)
    middle, look = lower.center().y(), STATUS[row.status].look
    paint.mark(painter, lower.right() + 1 - px(14), middle, f"status-{look}", f"status.{look}.solid", 14)
    left = _number_and_marks(painter, lower, row)
    problem = QRect(left, lower.top(), lower.right() - px(20) - left, lower.height())
    paint.text(painter, problem, cells.problem(row), "text2", "small")


def _pool(painter: QPainter, area: QRect, row: OrderRow, scene: Scene) -> None:
    inner = area.adjusted(px(_PAD), 0, -px(12), 0)
    right = inner.right() + 1
    if cells.may_be_claimed(row, scene):
        button = claim_area(area)
        paint.button(painter, button, _("Claim"))
        right = button.left() - px(8)
    line = QRect(inner.left(), inner.top(), right - inner.left(), inner.height())
    end = _due(painter, line, row, scene)
    left = _number_and_marks(painter, line, row)
    paint.text(
        painter, QRect(left, line.top(), end - px(8) - left, line.height()), row.device_title, "text", "body", 500
    )


def _number_and_marks(painter: QPainter, line: QRect, row: OrderRow) -> int:
    """Paint what an order is called and what is unusual about it; give where that ends."""
    paint.text(painter, line, str(row.number), "text2", "small")
    left = line.left() + paint.metrics("small").horizontalAdvance(str(row.number)) + px(8)
    for icon, token, _word in cells.flags(row)[:2]:
        paint.mark(painter, left, line.center().y(), icon, token, 14)
        left += px(18)
    return left


def _due(painter: QPainter, line: QRect, row: OrderRow, scene: Scene) -> int:
    """Paint at the right for when an order is promised; give where that begins."""
    words, icon, ink = cells.promised(row, scene), "", "text2"
    if is_late(row, scene.moment):
        icon, ink = "alarm", "dangerText"
    elif cells.is_soon(row, scene):
        icon, ink = "clock", "warnText"
    elif row.phase == Phase.READY:
        ink = "text3"
    paint.text(painter, line, words, ink, "small", 500 if icon else 400, paint.RIGHT)
    left = line.right() + 1 - paint.metrics("small", 500 if icon else 400).horizontalAdvance(words)
    if icon:
        left -= px(18)
        paint.mark(painter, left, line.center().y(), icon, ink, 14)
    return left
