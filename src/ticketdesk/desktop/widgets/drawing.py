"""What the program draws of itself: its sign, and a paper and a phone on the counter."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme

_SIZE = QSize(168, 92)


class Logo(QWidget):
    """The sign of the program."""

    def __init__(self, side: int = 32) -> None:
        super().__init__()
        self.setFixedSize(px(side), px(side))
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 32, self.height() / 32)
        paint.rounded(painter, QRectF(0, 0, 32, 32), 8, colour("accent"))
        for bar in (QRectF(8, 9, 16, 4.4), QRectF(13.8, 9, 4.4, 15)):
            painter.fillRect(bar, colour("textOnAccent"))


class CounterDrawing(QWidget):
    """Stands above what is said where nothing is yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(_SIZE.width()), px(_SIZE.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _SIZE.width(), self.height() / _SIZE.height())
        paint.rounded(painter, QRectF(8.5, 76.5, 151, 12), 3, colour("rail"), colour("borderDefault"))
        outline = QPen(colour("borderControl"), 1.5)
        painter.setBrush(colour("surface"))
        painter.setPen(outline)
        painter.drawRoundedRect(QRectF(20, 4, 72, 72), 5, 5)
        painter.drawRoundedRect(QRectF(108, 18, 34, 58), 5, 5)
        painter.drawLine(QPointF(119, 23), QPointF(131, 23))
        painter.drawLine(QPointF(121, 71), QPointF(129, 71))
        painter.setPen(QPen(colour("borderDefault"), 3, c=Qt.PenCapStyle.RoundCap))
        for y, end in ((22, 66), (34, 80), (46, 70), (58, 56)):
            painter.drawLine(QPointF(32, y), QPointF(end, y))
        accent = QPen(colour("accent"), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(accent)
        painter.setBrush(colour("accentTint"))
        painter.drawEllipse(QPointF(79, 20), 7, 7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(75.6, 20.2), QPointF(78, 22.6), QPointF(82.6, 17.6)]))
        painter.drawPolyline(QPolygonF([QPointF(132, 30), QPointF(123, 45), QPointF(128, 49), QPointF(119, 62)]))
