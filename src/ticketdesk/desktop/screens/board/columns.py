"""The board by status: a column for each, side by side."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.board.card import FULL
from ticketdesk.desktop.screens.board.cell import Cell, Judge
from ticketdesk.desktop.screens.board.moves import COLUMNS, Owner, Spot
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.widgets.basics import icon_label, label, row
from ticketdesk.domain.orders import STATUS
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _

MARGIN = 16
_GAP = 8
_LEAST, _NARROW, _WIDEST = 172, 196, 300
"""All columns are shown while each has at least the first width; below that they scroll sideways."""


class Head(QWidget):
    """A status over its cards, and how many they are."""

    def __init__(self, status: str) -> None:
        super().__init__()
        look = STATUS[status].look
        self._count = label("", "body", tone="second")
        self.setFixedHeight(px(36))
        name = label(_(STATUS[status].label), "body", 600)
        name.setMinimumWidth(20)
        icon = icon_label(f"status-{look}", f"status.{look}.solid")
        self.setLayout(row(icon, name, self._count, None, spacing=6, margins=(px(6), 0, px(6), 0)))

    def count(self, orders: int) -> None:
        """Say how many there are."""
        self._count.setText(str(orders))


class Column(Cell):
    """A status with its cards."""

    def __init__(self, status: str, scene: Scene, judge: Judge) -> None:
        super().__init__(Spot(status), scene, judge, FULL, _("No orders."))
        self.head = Head(status)
        self.whole.insertWidget(0, self.head)

    def show_rows(self, rows: list[OrderRow], scene: Scene) -> None:
        super().show_rows(rows, scene)
        self.head.count(len(rows))

    def ground(self) -> QRect:
        return self.rect().adjusted(0, self.head.height(), 0, 0)

    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        paint.rounded(painter, area, px(8), colour("rail"))


class Columns(QWidget):
    """Every status with a column; they scroll sideways where there is no room for all."""

    def __init__(self, scene: Scene, judge: Judge, known: Callable[[Cell], None]) -> None:
        super().__init__()
        self.cells: list[Cell] = [Column(status, scene, judge) for status in COLUMNS]
        for cell in self.cells:
            known(cell)
        strip = QWidget()
        strip.setProperty("kind", "clear")
        across = row(*self.cells, spacing=px(_GAP))
        across.setContentsMargins(px(MARGIN), 0, px(MARGIN), px(12))
        across.addStretch(1)
        strip.setLayout(across)
        self.area = QScrollArea()
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_rows(self, rows: Sequence[OrderRow], _owners: Sequence[Owner], scene: Scene) -> None:
        """Show orders under their statuses, whoever answers for them."""
        by_status: defaultdict[str, list[OrderRow]] = defaultdict(list)
        for found in rows:
            by_status[found.status].append(found)
        for cell in self.cells:
            cell.show_rows(by_status[cell.spot.status], scene)

    def across(self, cell: Cell, step: int) -> Cell | None:
        """Give the next column to the right (1) or left (-1) that has cards."""
        place = self.cells.index(cell)
        ahead = self.cells[place + 1 :] if step > 0 else self.cells[:place][::-1]
        return next((each for each in ahead if each.cards.rows), None)

    def along(self, _cell: Cell, _step: int) -> Cell | None:
        """Give nothing: above and below a column there is none."""
        return None

    def reveal(self, cell: Cell) -> None:
        """Bring a column into sight."""
        self.area.ensureWidgetVisible(cell, px(60), 0)

    def fit(self, width: int) -> None:
        """Share a width out among the columns."""
        count = len(self.cells)
        each = (width - 2 * px(MARGIN) - (count - 1) * px(_GAP)) // count
        if each < px(_LEAST):
            each = px(_NARROW)
        for cell in self.cells:
            cell.setFixedWidth(min(each, px(_WIDEST)))
