"""Painting the rows of customers."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ticketdesk.desktop.listing.rows import PAD, Cells, RowPainter, mark, say
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.customers import cells
from ticketdesk.desktop.screens.customers.model import CustomersModel
from ticketdesk.services.customers import CustomerRow

_MOST_TAGS = 3


class CustomerPainter(RowPainter[CustomerRow]):
    """Paints customers."""

    skeletons = (150, 92, 140, 60, 20, 52, 48)
    tall = (cells.TAGS,)

    def __init__(self, model: CustomersModel) -> None:
        super().__init__(model)
        self._customers = model

    def row(self, painter: QPainter, area: QRect, columns: Cells, row: CustomerRow) -> None:
        middle, scene, words = area.top() + area.height() // 2, self._customers.scene, self._customers.words
        left, width = columns[cells.NAME]
        paint.mark(painter, left + px(PAD), middle, cells.icon(row), "text2")
        left, width = left + px(PAD + 24), width - px(PAD + 34)
        mark(painter, left, middle, row.name, width, words, 500)
        say(painter, left, middle, row.name, width, "text", "body", 500)
        for column, token in ((cells.PHONE, "text"), (cells.EMAIL, "text2")):
            left, width = columns[column]
            content = cells.text(row, column, scene)
            mark(painter, left, middle, content, width - px(10), words)
            say(painter, left, middle, content, width - px(10), token)
        self._tags(painter, columns[cells.TAGS], middle, row)
        left, width = columns[cells.ORDERS]
        say(painter, left, middle, str(row.orders), width - px(8), "text2" if row.orders else "text3")
        left, width = columns[cells.LAST]
        say(painter, left, middle, cells.last_visit(row, scene), width - px(8), "text2")
        left, width = columns[cells.OWES]
        content, weight = cells.owes(row), 600 if row.owes else 400
        room = width - px(PAD)
        wide = min(paint.metrics("body", weight).horizontalAdvance(content) + 1, room)
        say(painter, left + room - wide, middle, content, wide, "text" if row.owes else "text3", "body", weight)

    @staticmethod
    def _tags(painter: QPainter, cell: tuple[int, int], middle: int, row: CustomerRow) -> None:
        """Paint the tags that fit; how many more there are stands behind them."""
        left, room = cell[0], cell[0] + cell[1] - px(8)
        for place, tag in enumerate(row.tags):
            rest = f"+{len(row.tags) - place}"
            last = place == len(row.tags) - 1
            width = paint.tag_width(tag)
            kept = 0 if last else px(26)
            if left + width + kept > room or place >= _MOST_TAGS:
                if place == 0 and room - left - kept > px(40):
                    say(painter, left, middle, tag, room - left - kept, "text2", "small")
                else:
                    say(painter, left, middle, rest, room - left, "text3", "small")
                return
            left += paint.tag(painter, left, middle, tag) + px(4)
