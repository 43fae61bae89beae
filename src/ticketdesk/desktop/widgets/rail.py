"""Places to go, at the left edge of the window."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px, theme


class RailButton(QAbstractButton):
    """A place of the rail: icon and word; where one is stands out, with a bar at the window's edge."""

    def __init__(self, text: str, icon: str, key: str = "") -> None:
        super().__init__()
        self._icon, self._key, self._person = icon, key, ""
        self.relabel(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # where the window is low the places move together
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.setProperty(RADIUS, 8)
        theme().changed.connect(self._resized)

    def relabel(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._key})" if self._key else text)
        self.update()

    def show_person(self, name: str) -> None:
        """Show somebody's initials instead of the icon; nobody's for an empty name."""
        self._person = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(68), px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(68), px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self.rect().adjusted(px(4), 0, 0, 0)
        here = self.isChecked()
        ink = "textDisabled" if not self.isEnabled() else "accentText" if here else "text2"
        if here or self.underMouse():
            paint.rounded(painter, QRectF(item), px(8), colour("surface" if here else "hover"))
        if here:
            bar = QRect(0, (self.height() - px(24)) // 2, px(3), px(24))
            painter.fillRect(bar, colour("selBar"))
        above = (self.height() - px(56)) // 2
        middle = px(20) + above
        if self._person:
            paint.avatar(painter, item.center().x() - px(15), middle, self._person, 32)
        else:
            paint.mark(painter, item.center().x() - px(9), middle, self._icon, ink, 20)
        words = QRect(item.left(), min(px(36) + above, self.height() - px(16)), item.width(), px(16))
        paint.text(painter, words, self.text(), ink, "micro", 500, paint.CENTRE)

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()
