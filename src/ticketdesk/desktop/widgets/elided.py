"""A line of text that may have less room than it needs."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px, theme


class Elided(QLabel):
    """A line that ends in an ellipsis where there is no room; whole as its tip."""

    def __init__(self, text: str = "", role: str = "body", weight: int = 400, ink: str = "text") -> None:
        super().__init__()
        self._role, self._weight, self._ink = role, weight, ink
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)
        theme().changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def ink(self, token: str) -> None:
        """Write in another colour."""
        self._ink = token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(80), paint.metrics(self._role, self._weight).height() + px(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(20), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.text(QPainter(self), self.rect(), self.text(), self._ink, self._role, self._weight)
