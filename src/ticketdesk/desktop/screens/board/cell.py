"""A spot of the board: its cards, and what happens when a card is held over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.screens.board import moves
from ticketdesk.desktop.screens.board.card import Look
from ticketdesk.desktop.screens.board.cardlist import CardList
from ticketdesk.desktop.screens.board.model import Cards
from ticketdesk.desktop.screens.board.moves import Dragged, Spot
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import ngettext

Judge = Callable[[Dragged, Spot], str | None]
"""Says why a dragged card may not come to a spot: empty if it may, nothing if it is none of ours."""


class Slot(QWidget):
    """What opens above the cards during a drag: where the card would land, or why it may not."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._target = False
        self._room = px(180)
        self.hide()

    def fit(self, room: int) -> None:
        """Hear how wide it will be, also while it is hidden."""
        self._room = room

    def promise(self, words: str, height: int) -> None:
        """Name what a drop would do, as high as a card."""
        self._say(words, height, target=True)

    def warn(self, words: str) -> None:
        """Say why a card may not come here."""
        width = max(self._room - px(30), px(40))
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = paint.metrics("small").boundingRect(QRect(0, 0, width, 1000), flags, words).height()
        self._say(words, round(needed / theme().zoom) + 12, target=False)

    def words(self) -> str:
        """Give what it says."""
        return self._words

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target:
            pen = QPen(colour("accent"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            area = self.rect().adjusted(0, 0, -px(6), -px(6))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), px(6), px(6))
            width = min(paint.metrics("body", 500).horizontalAdvance(self._words), area.width() - px(34))
            left = (area.width() - width - px(22)) // 2
            paint.mark(painter, left, area.center().y(), "check", "accentText")
            words = area.adjusted(left + px(22), 0, -px(6), 0)
            paint.text(painter, words, self._words, "accentText", "body", 500)
        else:
            paint.mark(painter, px(6), px(12), "lock", "text2", 14)
            painter.setPen(colour("text2"))
            painter.setFont(paint.cached_font("small"))
            flags = int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(px(26), px(3), -px(4), 0), flags, self._words)

    def _say(self, words: str, height: int, *, target: bool) -> None:
        self._words, self._target = words, target
        self.setFixedHeight(px(height))
        self.setAccessibleName(words)
        self.show()
        self.update()


class Cell(QWidget):
    """The cards of one spot of the board; takes cards that are dropped on it. What holds it paints its ground."""

    dropped = Signal(object, object)  # Dragged, the Spot it is to have
    entered = Signal()

    def __init__(self, spot: Spot, scene: Scene, judge: Judge, look: Look, empty: str = "") -> None:
        super().__init__()
        self.spot = spot
        self._judge, self._look = judge, look
        self._target = False
        self.cards = Cards(scene, self)
        self.list = CardList(self.cards, look, empty)
        self.slot = Slot()
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(6), px(6), 0, px(6))
        inside.setSpacing(0)
        inside.addWidget(self.slot)
        inside.addWidget(self.list, 1)
        self.whole.addLayout(inside, 1)
        self.setAcceptDrops(True)

    def show_rows(self, rows: list[OrderRow], scene: Scene) -> None:
        """Show the orders of this spot as they are at a moment."""
        self.cards.see(scene)
        self.cards.show(rows)
        said = ngettext("{place}, {count} order", "{place}, {count} orders", len(rows))
        self.list.setAccessibleName(said.format(place=self.spot.name, count=len(rows)))

    def forbid(self, reason: str) -> None:
        """Fade, and say why the card that is being dragged may not come here, if there is room for a reason."""
        self.list.delegate.faded = True
        if reason:
            self.slot.warn(reason)
        self.list.viewport().update()

    def rest(self) -> None:
        """Look as when nothing is dragged."""
        self._target = self.list.delegate.faded = False
        self.slot.hide()
        self.update()
        self.list.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dragged = moves.unpack(event.mimeData())
        reason = None if dragged is None else self._judge(dragged, self.spot)
        if dragged is not None and reason == "":
            self._target = True
            self.slot.promise(moves.promise(dragged, self.spot), self._look.height - 12)
            self.update()
            event.acceptProposedAction()
        else:
            event.ignore()
        self.entered.emit()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self._target)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        if self._target:
            self.rest()

    def dropEvent(self, event: QDropEvent) -> None:
        dragged = moves.unpack(event.mimeData())
        self.rest()
        if dragged is not None:
            event.acceptProposedAction()
            self.dropped.emit(dragged, self.spot)

    def ground(self) -> QRect:
        """Say where cards may lie."""
        return self.rect()

    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        """Paint what is behind the cards."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.ground())
        if self._target:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("dropTarget"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), px(8), px(8))
        else:
            self.paint_ground(painter, area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.slot.fit(event.size().width() - px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
