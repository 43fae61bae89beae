"""Painting a row of the list: every cell from the order itself, nothing made anew per cell."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.orders import Phase
from ticketdesk.services.lists import LATE, OrderRow, is_late
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex
_BAR = 3
_SKELETONS = (38, 0, 118, 98, 170, 96, 24, 64, 44)
"""Widths of the bars that stand for a row being read; none for marks."""


class RowDelegate(QStyledItemDelegate):
    """Paints cells; ``hovered`` is the row under the pointer, ``active`` whether the list has the focus."""

    def __init__(self, model: OrdersModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1
        self.active = False
        self._painters: dict[int, Callable[[QPainter, QRect, OrderRow, Scene], None]] = {
            cells.NUMBER: _number,
            cells.FLAGS: _flags,
            cells.DEVICE: _device,
            cells.CUSTOMER: _customer,
            cells.PROBLEM: _problem,
            cells.STATUS_CELL: _status,
            cells.ASSIGNEE: _assignee,
            cells.PROMISED: _promised,
            cells.BALANCE: _balance,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        place = index.row()
        key = self._model.keys[place]
        if key < 0:
            self._section(painter, area, key)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, colour("selected" if self.active else "selectedInactive"))
        elif place == self.hovered:
            painter.fillRect(area, colour("hover"))
        column = index.column()
        if selected and self.active and column == 0:
            painter.fillRect(area.left(), area.top(), px(_BAR), area.height(), colour("selBar"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        row = self._model.row_at(place)
        if row is None:
            skeleton(painter, area, column)
        else:
            self._painters[column](painter, area, row, self._model.scene)

    def _section(self, painter: QPainter, area: QRect, mark: int) -> None:
        painter.fillRect(area, colour("subtle"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        scene = self._model.scene
        name = cells.section_title(mark, scene)
        left = area.left() + px(16)
        token = "dangerText" if mark == LATE else "text2"
        paint.text(painter, QRect(left, area.top(), area.width(), area.height()), name, token, "small", 600)
        left += paint.metrics("small", 600).horizontalAdvance(name) + px(8)
        count = QRect(left, area.top(), px(80), area.height())
        paint.text(painter, count, str(self._model.sections[mark]), "text3", "small")
        if mark == LATE:
            hint = area.adjusted(left, 0, -px(16), 0)
            paint.text(painter, hint, _("oldest first"), "text3", "small", 400, paint.RIGHT)


def _middle(area: QRect) -> int:
    return area.top() + area.height() // 2


def skeleton(painter: QPainter, area: QRect, column: int) -> None:
    """Paint the shape of a cell that is being read."""
    width = min(px(_SKELETONS[column]), area.width() - px(12))
    if width <= 0:
        return
    left = area.left() + (px(16) if column == cells.NUMBER else 0)
    if column == cells.BALANCE:
        left = area.right() - px(12) - width
    height = 22 if column in (cells.STATUS_CELL, cells.ASSIGNEE) else 10
    paint.skeleton(painter, left, _middle(area), width, height)


def claim_area(cell: QRect) -> QRect:
    """Say where in its cell the button stands with which a row is claimed."""
    width = min(paint.metrics("small", 500).horizontalAdvance(_("Claim")) + px(16), cell.width() - px(4))
    height = px(24)
    return QRect(cell.left(), _middle(cell) - height // 2, width, height)


def _number(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    paint.text(painter, area.adjusted(px(16), 0, -px(4), 0), str(row.number), "text2")


def _flags(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    found = cells.flags(row)
    # two fit side by side; the first says the most
    size, step = (16, 18) if len(found) < 2 else (12, 12)
    left = area.left() + (px(4) if len(found) == 1 else 0)
    for place, (icon, token, _word) in enumerate(found[:2]):
        paint.mark(painter, left + px(step) * place, _middle(area), icon, token, size)


def _device(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    paint.mark(painter, area.left(), _middle(area), kind_of(row.device_kind).icon, "text2")
    paint.text(painter, area.adjusted(px(24), 0, -px(10), 0), row.device_title, "text", "body", 500)


def _customer(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    paint.text(painter, area.adjusted(0, 0, -px(10), 0), cells.customer(row))


def _problem(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    paint.text(painter, area.adjusted(0, 0, -px(14), 0), cells.problem(row), "text2")


def _status(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    paint.status_chip(painter, area.left(), _middle(area), row.status, area.width() - px(6))


def _assignee(painter: QPainter, area: QRect, row: OrderRow, scene: Scene) -> None:
    if row.assignee:
        paint.avatar(painter, area.left(), _middle(area), row.assignee)
    elif cells.may_be_claimed(row, scene):
        paint.button(painter, claim_area(area), _("Claim"))
    else:
        paint.text(painter, area, "—", "text3")


def _promised(painter: QPainter, area: QRect, row: OrderRow, scene: Scene) -> None:
    due = cells.promised(row, scene)
    icon = ""
    if is_late(row, scene.moment):
        icon, token, weight = "alarm", "dangerText", 500
    elif cells.is_soon(row, scene):
        icon, token, weight = "clock", "warnText", 500
    else:
        closed = row.phase in (Phase.DONE, Phase.CANCELLED)
        token, weight = "text3" if closed else "text2", 400
    if icon:
        paint.mark(painter, area.left(), _middle(area), icon, token, 14)
        area = area.adjusted(px(18), 0, 0, 0)
    paint.text(painter, area.adjusted(0, 0, -px(4), 0), due, token, "body", weight)


def _balance(painter: QPainter, area: QRect, row: OrderRow, _scene: Scene) -> None:
    room = area.adjusted(0, 0, -px(16), 0)
    words = cells.balance(row)
    if cells.is_paid(row) and row.balance == 0:
        width = paint.metrics("small").horizontalAdvance(words)
        paint.text(painter, room, words, "okText", "small", 400, paint.RIGHT)
        paint.mark(painter, room.right() - width - px(18), _middle(area), "check", "okText", 14)
    elif row.balance == 0:
        paint.text(painter, room, words, "text3", "body", 400, paint.RIGHT)
    else:
        token = "text" if row.balance > 0 else "okText"
        paint.text(painter, room, words, token, "body", 600, paint.RIGHT)
