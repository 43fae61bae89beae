"""What choices are made of: a chip, and a layout that breaks lines."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme


class Chip(QAbstractButton):
    """A thing one may choose: chosen, it shows a check."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._resized)
        theme().changed.connect(self._resized)

    def sizeHint(self) -> QSize:
        check = px(20) if self.isChecked() else 0
        width = paint.metrics("body", 500).horizontalAdvance(self.text()) + px(18) + check
        return QSize(width, px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        fill, edge, ink = ("accentTint", "accent", "accentText") if on else ("surface", "borderControl", "text2")
        if not self.isEnabled():
            fill, edge, ink = "subtle", "borderDefault", "textDisabled"
        elif not on and (self.underMouse() or self.isDown()):
            fill = "pressed" if self.isDown() else "hover"
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint.rounded(painter, area, px(6), colour(fill), colour(edge))
        left = px(9)
        if on:
            paint.mark(painter, px(7), self.height() // 2, "check", ink)
            left = px(29)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self.text(), ink, "body", 500)

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


class Flow(QLayout):
    """Lays things out like words: on the next line when the line is full."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, moving: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x + hint.width() > rect.right() + 1 and height:
                x, y, height = rect.x(), y + height + px(self._gap), 0
            if moving:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + px(self._gap)
            height = max(height, hint.height())
        return y + height - rect.y()
