"""Painting a card: number and marks, device, problem, who answers for it, for whom, and the balance.

A mini card, in the lane of a person, has the first two lines of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ticketdesk.desktop import dates
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.board.model import Cards
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount
from ticketdesk.services.lists import OrderRow, is_late
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex
_GAP = 6
_FADED = 0.55
_GHOST = 0.45


class CardDelegate(QStyledItemDelegate):
    """Paints cards; ``active``: the column has the focus; ``faded``: what is dragged may not come here."""

    def __init__(self, model: Cards, parent: QObject, look: "Look") -> None:
        super().__init__(parent)
        self._model, self._look = model, look
        self.active = False
        self.faded = False
        self.ghost: UUID | None = None

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), px(self._look.height + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        painter.save()
        if row.id == self.ghost:
            painter.setOpacity(_GHOST)
        elif self.faded:
            painter.setOpacity(_FADED)
        area: QRect = option.rect
        self._look.paint(painter, card_area(area), row, self._model.scene, self._edge(option))
        if row.id == self.ghost:
            _dashed(painter, card_area(area))
        painter.restore()

    def _edge(self, option: QStyleOptionViewItem) -> QPen:
        if option.state & QStyle.StateFlag.State_Selected:
            return QPen(colour("accent" if self.active else "borderControl"), 2)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        return QPen(colour("borderControl" if hovered else "borderDefault"), 1)


def card_area(item: QRect) -> QRect:
    """Say where in its item the card lies."""
    return item.adjusted(0, 0, 0, -px(_GAP))


def _claim_at_foot(item: QRect) -> QRect:
    area = card_area(item)
    width = paint.metrics("body", 500).horizontalAdvance(_("Claim")) + px(10)
    return QRect(area.left(), area.bottom() - px(30), width + px(6), px(30))


def _claim_at_right(item: QRect) -> QRect:
    area = card_area(item)
    width = paint.metrics("small", 500).horizontalAdvance(_("Claim")) + px(16)
    return QRect(area.right() - width, area.center().y(), width, area.bottom() - area.center().y())


def _full(painter: QPainter, area: QRect, row: OrderRow, scene: Scene, edge: QPen) -> None:
    late = _frame(painter, area, row, scene, edge)
    lines = _lines(area, 4)
    _head(painter, lines[0], row, scene, late=late)
    paint.text(painter, lines[1], row.device_title, "text", "body", 600)
    paint.text(painter, lines[2], cells.problem(row), "text2", "small")
    _foot(painter, lines[3], row, scene)


def _mini(painter: QPainter, area: QRect, row: OrderRow, scene: Scene, edge: QPen) -> None:
    late = _frame(painter, area, row, scene, edge)
    first, second = _lines(area, 2)
    _head(painter, first, row, scene, late=late)
    if cells.may_be_claimed(row, scene):
        paint.text(painter, second, _("Claim"), "accentText", "small", 500, paint.RIGHT)
        second.setRight(second.right() - paint.metrics("small", 500).horizontalAdvance(_("Claim")) - px(8))
    paint.text(painter, second, row.device_title, "text", "body", 600)


@dataclass(frozen=True, slots=True)
class Look:
    """A size of cards: how high they are, what paints one, and where in its item one presses to claim it."""

    height: int
    paint: Callable[[QPainter, QRect, OrderRow, Scene, QPen], None]
    claim_area: Callable[[QRect], QRect]


FULL = Look(96, _full, _claim_at_foot)
MINI = Look(50, _mini, _claim_at_right)


def _frame(painter: QPainter, area: QRect, row: OrderRow, scene: Scene, edge: QPen) -> bool:
    """Paint the edge of a card; say whether its order is late."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = edge.widthF() / 2
    box = QRectF(area).adjusted(half, half, -half, -half)
    late = is_late(row, scene.moment)
    paint.rounded(painter, box, px(6), colour("surface"))
    if late:
        _red_edge(painter, box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(edge)
    painter.drawRoundedRect(box, px(6), px(6))
    return late


def _lines(area: QRect, count: int) -> list[QRect]:
    inner = area.adjusted(px(10), px(7), -px(10), -px(7))
    step = inner.height() // count
    return [QRect(inner.left(), inner.top() + step * n, inner.width(), step) for n in range(count)]


def _head(painter: QPainter, line: QRect, row: OrderRow, scene: Scene, *, late: bool) -> None:
    middle = line.center().y()
    number = str(row.number)
    paint.text(painter, line, number, "text2", "small")
    left = line.left() + paint.metrics("small").horizontalAdvance(number) + px(5)
    for icon, token, _word in cells.flags(row)[:2]:
        paint.mark(painter, left, middle, icon, token, 14)
        left += px(17)
    if late:
        today = day_of(row.promised_at, scene.zone) == day_of(scene.moment, scene.zone)
        words = cells.promised(row, scene) if today else dates.between(row.promised_at, scene.moment, scene.zone)
        icon, token = "alarm", "dangerText"
    else:
        words = cells.promised(row, scene)
        icon, token = ("clock", "warnText") if cells.is_soon(row, scene) else ("", "text2")
    room = QRect(left, line.top(), line.right() + 1 - left, line.height())
    paint.text(painter, room, words, token, "small", 500 if icon else 400, paint.RIGHT)
    if icon:
        width = paint.metrics("small", 500).horizontalAdvance(words)
        if room.width() >= width + px(17):
            paint.mark(painter, room.right() + 1 - width - px(17), middle, icon, token, 14)


def _foot(painter: QPainter, line: QRect, row: OrderRow, scene: Scene) -> None:
    left = line.left()
    if row.assignee:
        paint.avatar(painter, left, line.center().y(), row.assignee, 20)
        left += px(26)
    elif cells.may_be_claimed(row, scene):
        paint.text(painter, line, _("Claim"), "accentText", "small", 500)
        left += paint.metrics("small", 500).horizontalAdvance(_("Claim")) + px(8)
    right = line.right() + 1
    if row.balance:
        amount = format_amount(row.balance)
        token = "text" if row.balance > 0 else "okText"
        paint.text(painter, line, amount, token, "small", 600, paint.RIGHT)
        right -= paint.metrics("small", 600).horizontalAdvance(amount) + px(6)
    elif cells.is_paid(row):
        paint.mark(painter, right - px(14), line.center().y(), "check", "okText", 14)
        right -= px(18)
    name = QRect(left, line.top(), right - left, line.height())
    paint.text(painter, name, cells.customer(row), "text2", "small")


def _red_edge(painter: QPainter, box: QRectF) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(box, px(6), px(6))
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(QRectF(box.left(), box.top(), px(3), box.height()), colour("danger"))
    painter.restore()


def _dashed(painter: QPainter, area: QRect) -> None:
    painter.setOpacity(1)
    painter.setPen(QPen(colour("borderControl"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
