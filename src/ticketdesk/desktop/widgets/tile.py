"""A number in its frame; pressing it opens what is behind it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px, theme

_HEIGHT = 96


class Tile(QAbstractButton):
    """A title, a large number with its unit, and a note below."""

    def __init__(self, title: str, icon: str = "") -> None:
        super().__init__()
        self._title, self._icon = title, icon
        self._unit = self._note = ""
        self._note_ink, self._ink = "text2", "text"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty(RADIUS, 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        theme().changed.connect(self._resized)

    def say(self, value: str, unit: str, note: str, note_ink: str = "text2", ink: str = "text") -> None:
        """Show a number; inks are colours of the theme."""
        self.setText(value)
        self._unit, self._note, self._note_ink, self._ink = unit, note, note_ink, ink
        self.setAccessibleName(f"{self._title}: {value} {unit}. {note}")
        self.setToolTip(note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(150), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        paint.rounded(painter, box, px(8), colour(fill), colour("borderSubtle"))
        inner = self.rect().adjusted(px(16), 0, -px(12), 0)
        left, width = inner.left(), inner.width()
        paint.text(painter, QRect(left, px(12), width, px(18)), self._title, "text2")
        if self._icon:
            paint.mark(painter, inner.right() - px(16), px(21), self._icon, self._ink)
        paint.text(painter, QRect(left, px(31), width, px(32)), self.text(), self._ink, "kpi", 600)
        unit = left + paint.metrics("kpi", 600).horizontalAdvance(self.text()) + px(6)
        room = QRect(unit, px(36), inner.right() - unit, px(26))
        paint.text(painter, room, self._unit, "text2")
        paint.text(painter, QRect(left, px(66), width, px(18)), self._note, self._note_ink, "small")

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()
