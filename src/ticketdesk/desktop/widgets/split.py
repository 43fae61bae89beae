"""The next step, with the other lawful steps behind an arrow."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import Button


class SplitButton(Button):
    """A filled button with an arrow beside it: the arrow, or Alt+Down, opens the other choices."""

    menu_wanted = Signal()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._arrow, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        cut = self.width() - self._arrow
        self._say(painter, QRect(0, 0, cut, self.height()))
        ink, _quiet = self._ink()
        line = colour(ink)
        painter.setOpacity(0.35)
        painter.fillRect(cut, px(6), 1, self.height() - px(12), line)
        painter.setOpacity(1.0)
        paint.mark(painter, cut + (self._arrow - px(16)) // 2, self.height() // 2, "chev-d", ink)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - self._arrow:
            self.menu_wanted.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.menu_wanted.emit()
            return
        super().keyPressEvent(event)

    @property
    def _arrow(self) -> int:
        return px(28)
