"""The steps of an order's life, painted: those behind, the one it is in, those ahead."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look import icons, paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.domain.orders import CREATED, HANDED_OVER, IN_PROGRESS, READY, STATUS, Phase
from ticketdesk.texts import _

_STEPS = (CREATED, IN_PROGRESS, READY, HANDED_OVER)
_PLACE = {Phase.NEW: 0, Phase.WORKING: 1, Phase.WAITING: 1, Phase.READY: 2, Phase.DONE: 3, Phase.CANCELLED: 3}


class Stepper(QWidget):
    """Shows where an order is: the status itself stands in place of its phase's step."""

    def __init__(self) -> None:
        super().__init__()
        self._status, self._notes = CREATED, ("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_status(self, status: str, notes: tuple[str, str, str, str]) -> None:
        """Show a status, and a few words below each step."""
        self._status, self._notes = status, notes
        place = _PLACE[STATUS[status].phase]
        label = _(STATUS[status].label)
        self.setAccessibleName(_("Step {step} of {count}: {status}").format(step=place + 1, count=4, status=label))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = _PLACE[STATUS[self._status].phase]
        wide = (self.width() - px(130)) // 3
        for place, key in enumerate(_STEPS):
            shown = self._status if place == now else key
            left = px(4) + place * wide
            self._step(painter, left, place, now, shown)
            words = _(STATUS[shown].label)
            if place < len(_STEPS) - 1:
                start = (
                    left
                    + px(28)
                    + max(
                        paint.metrics("body", 600 if place == now else 400).horizontalAdvance(words),
                        paint.metrics("micro").horizontalAdvance(self._notes[place]),
                    )
                )
                line = colour("accent" if place < now else "borderDefault")
                painter.fillRect(QRect(start + px(10), px(18), max(left + wide - start - px(22), 0), 2), line)

    def _step(self, painter: QPainter, left: int, place: int, now: int, status: str) -> None:
        middle, size = px(19), px(18)
        if place < now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QPointF(left + size / 2, middle), size / 2, size / 2)
            paint.mark(painter, left + px(3), middle, "check", "textOnAccent", 12)
        elif place == now:
            look = STATUS[status].look
            picture = icons.pixmap(f"status-{look}", colour(f"status.{look}.solid"), size)
            painter.drawPixmap(left, middle - size // 2, picture)
        else:
            painter.setPen(QPen(colour("borderControl"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(left + 1, middle - size / 2 + 1, size - 2, size - 2))
        words, note = (
            QRect(left + px(26), px(4), px(220), px(18)),
            QRect(left + px(26), px(22), px(220), px(16)),
        )
        weight = 600 if place == now else 400
        paint.text(painter, words, _(STATUS[status].label), "text" if place <= now else "text2", "body", weight)
        paint.text(painter, note, self._notes[place], "text3", "micro")
