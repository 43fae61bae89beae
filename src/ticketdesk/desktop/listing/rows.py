"""Painting the rows in sight; what takes long to lay out is laid out once and kept.

The table paints whole rows instead of asking a delegate for each cell: a frame of twenty rows then takes a
fifth of the time.
"""

from functools import lru_cache
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QStaticText, QTransform

from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.domain.words import hits
from ticketdesk.services.spines import Numbered

PAD = 16
_BAR, _SKELETON = 3, 56
Cells = list[tuple[int, int]]
"""Left edge and width of each column."""

R = TypeVar("R", bound=Numbered)


class RowPainter(Generic[R]):
    """Paints rows; ``hovered`` is the one under the pointer, ``active`` whether the list has the focus.

    ``skeletons`` are the widths of the bars that stand for a row being read; none where nothing stands.
    """

    skeletons: tuple[int, ...] = ()
    tall: tuple[int, ...] = ()
    """Columns whose bars are as high as a chip."""

    def __init__(self, model: ListModel[Any, R]) -> None:
        self.model = model
        self.hovered = -1
        self.active = False

    def row(self, painter: QPainter, area: QRect, columns: Cells, row: R) -> None:
        """Paint the cells of a row."""
        raise NotImplementedError

    def section(self, painter: QPainter, area: QRect, mark: int) -> None:
        """Paint the head of a section."""
        raise NotImplementedError

    def paint(self, painter: QPainter, place: int, area: QRect, columns: Cells, *, chosen: bool, picked: bool) -> None:
        """Paint what stands at a place of the list."""
        key = self.model.keys[place]
        if key < 0:
            painter.fillRect(area, colour("subtle"))
            paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
            self.section(painter, area, key)
            return
        if chosen:
            painter.fillRect(area, colour("selected" if self.active else "selectedInactive"))
            if self.active:
                painter.fillRect(area.left(), area.top(), px(_BAR), area.height(), colour("selBar"))
        elif picked:
            painter.fillRect(area, colour("selected"))
        elif place == self.hovered:
            painter.fillRect(area, colour("hover"))
        if picked:
            paint.mark(painter, area.left() + px(3), area.top() + area.height() // 2, "check", "accentText", 12)
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        row = self.model.row_at(place)
        if row is None:
            self.skeleton(painter, area, columns)
        else:
            self.row(painter, area, columns, row)

    def skeleton(self, painter: QPainter, area: QRect, columns: Cells) -> None:
        """Paint the shape of a row that is being read."""
        middle = area.top() + area.height() // 2
        for column, (left, room) in enumerate(columns):
            width = min(px(self.skeletons[column] if column < len(self.skeletons) else _SKELETON), room - px(12))
            if width <= 0:
                continue
            x = left + (px(PAD) if column == 0 else 0)
            if self.model.columns[column].right:
                x = left + room - px(PAD) - width
            paint.skeleton(painter, x, middle, width, 22 if column in self.tall else 10)


def say(
    painter: QPainter,
    x: int,
    middle: int,
    content: str,
    room: int,
    token: str,
    role: str = "body",
    weight: int = 400,
) -> None:
    """Paint one line of text centred on a line, cut at its end if there is no room."""
    if content and room > 0:
        painter.setFont(paint.cached_font(role, weight))
        painter.setPen(colour(token))
        height = paint.metrics(role, weight).height()
        painter.drawStaticText(QPoint(x, middle - height // 2), _laid_out(content, role, weight, room, theme().zoom))


def mark(
    painter: QPainter, x: int, middle: int, content: str, room: int, words: tuple[str, ...], weight: int = 400
) -> None:
    """Mark words in a line that is painted over it: a ground and an underline, not by colour alone."""
    if words and room > 0:
        height = paint.metrics("body", weight).height()
        top = middle - height // 2
        for begin, width in _hit_places(content, words, weight, room, theme().zoom):
            painter.fillRect(x + begin, top, width, height, colour("hit"))
            painter.fillRect(x + begin, top + height, width, 1, colour("selBar"))


@lru_cache(maxsize=1024)
def _hit_places(
    content: str, words: tuple[str, ...], weight: int, room: int, _zoom: float
) -> tuple[tuple[int, int], ...]:
    """Give where in a painted line the words begin that are looked for, and how wide they are."""
    measures = paint.metrics("body", weight)
    seen = measures.elidedText(content, Qt.TextElideMode.ElideRight, room)
    whole = len(content) if seen == content else len(seen) - 1
    spans = [(begin, min(end, whole)) for begin, end in hits(content, words) if begin < whole]
    at = measures.horizontalAdvance
    return tuple((at(content[:begin]), at(content[:end]) - at(content[:begin])) for begin, end in spans)


@lru_cache(maxsize=1024)
def _laid_out(content: str, role: str, weight: int, room: int, _zoom: float) -> QStaticText:
    """Lay a text out once: this is what takes the time in painting it."""
    measures = paint.metrics(role, weight)
    made = QStaticText(measures.elidedText(content, Qt.TextElideMode.ElideRight, room))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), paint.cached_font(role, weight))
    return made
