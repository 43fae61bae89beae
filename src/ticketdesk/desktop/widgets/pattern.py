"""The unlock pattern of a phone: nine dots."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.texts import _, ngettext


class Pattern(QWidget):
    """The nine dots of an unlock pattern: drawn with the mouse, or typed as digits."""

    spoken_role = Role.Grouping
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dots: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name()
        theme().changed.connect(self.update)

    def value(self) -> str:
        """Give the pattern as its digits: ``1-2-5-8-9``."""
        return "-".join(map(str, self._dots))

    def choose(self, value: str) -> None:
        """Set the pattern, silently."""
        self._dots = [int(digit) for digit in value.split("-") if digit.isdecimal()]
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(80))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(colour("focus" if focused else "borderControl"), 2 if focused else 1))
        painter.setBrush(colour("inset"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(6), px(6))
        painter.setPen(QPen(colour("accent"), px(2.5)))
        for one, other in zip(self._dots, self._dots[1:], strict=False):
            painter.drawLine(self._centre(one), self._centre(other))
        if self._dots:
            # where the finger came down
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._centre(self._dots[0]), px(8), px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        for digit in range(1, 10):
            chosen = digit in self._dots
            painter.setBrush(colour("accent" if chosen else "borderControl"))
            radius = px(5 if chosen else 3)
            painter.drawEllipse(self._centre(digit), radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dots = []
        self._touch(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._touch(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and event.text() != "0":
            self._add(int(event.text()))
        elif event.key() == Qt.Key.Key_Backspace and self._dots:
            self._dots.pop()
            self._told()
        else:
            super().keyPressEvent(event)

    def _touch(self, at: QPointF) -> None:
        for digit in range(1, 10):
            away = at - self._centre(digit)
            if abs(away.x()) < px(10) and abs(away.y()) < px(10):
                self._add(digit)

    def _add(self, digit: int) -> None:
        if digit not in self._dots:
            self._dots.append(digit)
            self._told()

    def _told(self) -> None:
        self._name()
        self.update()
        self.changed.emit()

    def _name(self) -> None:
        self.setAccessibleName(_("Unlock pattern"))
        count = len(self._dots)
        self.setAccessibleDescription(ngettext("{count} dot", "{count} dots", count).format(count=count))

    @staticmethod
    def _centre(digit: int) -> QPointF:
        across, down = (digit - 1) % 3, (digit - 1) // 3
        return QPointF(px(16 + 24 * across), px(16 + 24 * down))
