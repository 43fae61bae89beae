"""The steps of an order's life, painted: those behind, the one it is in, those ahead."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look import icons, paint
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.domain.orders import AWAITING_PAYMENT, CREATED, HANDED_OVER, IN_PROGRESS, READY, STATUS, Phase
from ticketdesk.texts import _

Notes = tuple[str, str, str, str, str]

_STEPS = (CREATED, IN_PROGRESS, READY, AWAITING_PAYMENT, HANDED_OVER)
_PLACE = {Phase.NEW: 0, Phase.WORKING: 1, Phase.WAITING: 1, Phase.READY: 3, Phase.DONE: 4, Phase.CANCELLED: 4}


def _place(status: str) -> int:
    return 2 if status == READY else _PLACE[STATUS[status].phase]


def _name(place: int, now: int, status: str) -> str:
    # the step of paying is one word long, unless the order waits there
    if place == now:
        return _(STATUS[status].label)
    return _("Payment") if _STEPS[place] == AWAITING_PAYMENT else _(STATUS[_STEPS[place]].label)


class Stepper(QWidget):
    """Shows where an order is: the status itself stands in place of its phase's step."""

    spoken_role = Role.StaticText

    def __init__(self) -> None:
        super().__init__()
        self._status: str = CREATED
        self._notes: Notes = ("", "", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_status(self, status: str, notes: Notes) -> None:
        """Show a status, and a few words below each step."""
        self._status, self._notes = status, notes
        place = _place(status)
        said = _("Step {step} of {count}: {status}")
        self.setAccessibleName(said.format(step=place + 1, count=len(_STEPS), status=_(STATUS[status].label)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = _place(self._status)
        wide = (self.width() - px(130)) // (len(_STEPS) - 1)
        for place in range(len(_STEPS)):
            left = px(4) + place * wide
            words = _name(place, now, self._status)
            self._step(painter, left, place, now, words)
            if place < len(_STEPS) - 1:
                start = (
                    left
                    + px(28)
                    + max(
                        paint.metrics("body", 600 if place == now else 400).horizontalAdvance(words),
                        paint.metrics("micro").horizontalAdvance(self._notes[place]),
                    )
                )
                line = colour("accent" if self._behind(place, now) else "borderDefault")
                painter.fillRect(QRect(start + px(10), px(18), max(left + wide - start - px(22), 0), 2), line)

    def _behind(self, place: int, now: int) -> bool:
        # a cancelled order has behind it only what it went through
        stopped = STATUS[self._status].phase == Phase.CANCELLED
        return place < now and (bool(self._notes[place]) or not stopped)

    def _step(self, painter: QPainter, left: int, place: int, now: int, words: str) -> None:
        middle, size = px(19), px(18)
        if self._behind(place, now):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QPointF(left + size / 2, middle), size / 2, size / 2)
            paint.mark(painter, left + px(3), middle, "check", "textOnAccent", 12)
        elif place == now:
            look = STATUS[self._status].look
            picture = icons.pixmap(f"status-{look}", colour(f"status.{look}.solid"), size)
            painter.drawPixmap(left, middle - size // 2, picture)
        else:
            painter.setPen(QPen(colour("borderControl"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(left + 1, middle - size / 2 + 1, size - 2, size - 2))
        last = place == len(_STEPS) - 1
        room = px(104) if last else (self.width() - px(130)) // (len(_STEPS) - 1) - px(34)
        # a name without a note below it stands beside the middle of its circle
        name = QRect(left + px(26), px(4 if self._notes[place] else 10), room, px(18))
        note = QRect(left + px(26), px(22), room, px(16))
        weight = 600 if place == now else 400
        paint.text(painter, name, words, "text" if place <= now else "text2", "body", weight)
        paint.text(painter, note, self._notes[place], "text3", "micro")
