"""The table of orders: a list whose rows offer themselves while nobody is responsible for them."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent

from ticketdesk.desktop.listing.table import ListTable
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.desktop.screens.orders.rows import OrderPainter, claim_area
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _


class OrdersTable(ListTable[OrderRow]):
    """The list of orders; ``claimed`` carries the one whose button was pressed."""

    pickable = True
    claimed = Signal(object)  # OrderRow

    def __init__(self, model: OrdersModel) -> None:
        super().__init__(_("Orders"), OrderPainter(model))
        self._orders = model

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._claimable(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        claimable = self._claimable(event.position().toPoint())
        if claimable is not None and event.button() is Qt.MouseButton.LeftButton:
            self.claimed.emit(claimable)
            return
        super().mousePressEvent(event)

    def _claimable(self, at: QPoint) -> OrderRow | None:
        index = self.indexAt(at)
        if not index.isValid() or index.column() != cells.ASSIGNEE:
            return None
        row = self._orders.row_at(index.row())
        if row is None or not cells.may_be_claimed(row, self._orders.scene):
            return None
        cell = self.visualRect(index)
        button = claim_area(cell.left(), cell.top(), cell.width(), cell.height())
        return row if button.contains(at) else None
