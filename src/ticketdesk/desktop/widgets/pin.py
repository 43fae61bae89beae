"""Where a PIN is typed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit

from ticketdesk.desktop.look.theme import colour, px, theme


class PinBox(QLineEdit):
    """The PIN as dots; the digits themselves are never painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(12)
        self.setProperty("kind", "pin")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.length = 4
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(px(176), px(52))

    def sizeHint(self) -> QSize:
        return QSize(px(176), px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(colour("focus" if focused else "borderControl"), 2 if focused else 1))
        painter.setBrush(colour("inset"))
        painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), px(8), px(8))
        count = max(self.length, len(self.text()))
        dot, gap = px(16), px(10)
        left = (self.width() - (count * dot + (count - 1) * gap)) / 2
        for place in range(count):
            spot = QRectF(left + place * (dot + gap), (self.height() - dot) / 2, dot, dot).adjusted(1, 1, -1, -1)
            filled = place < len(self.text())
            painter.setPen(QPen(colour("text" if filled else "borderControl"), 1.6))
            painter.setBrush(colour("text") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot)
