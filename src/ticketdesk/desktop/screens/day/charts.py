"""Charts painted by ourselves: bars by hour, pairs of bars by day, a bar for each method of payment.

Every chart is one stop for Tab; arrows walk its bars and say each value, Enter opens the orders behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import announce
from ticketdesk.texts import _

_AXIS, _FOOT, _HEAD = 44, 24, 18
_BAR_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: where it stands, how it is said, what opens it, and its colour token."""

    label: str
    value: int
    spoken: str
    what: object
    token: str
    icon: str = ""
    text: str = ""
    share: str = ""


class Chart(QWidget):
    """Bars that mouse and arrows choose; ``chosen`` carries what opens the orders behind one."""

    spoken_role = Role.Chart
    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.bars: tuple[Bar, ...] = ()
        self.place = -1
        self.setAccessibleName(_("{name}, chart").format(name=name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS, 4)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def spoken_value(self) -> str:
        """Give the bar that is chosen."""
        return self.bars[self.place].spoken if 0 <= self.place < len(self.bars) else ""

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these values; the whole table is the chart's description."""
        self.bars = tuple(bars)
        self.place = min(self.place, len(self.bars) - 1)
        table = "; ".join(bar.spoken for bar in self.bars)
        self.setAccessibleDescription(table or _("Nothing to show."))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(120))

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(220))

    def areas(self) -> list[QRectF]:
        """Say where each bar is painted."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }.get(Qt.Key(key), 0)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.bars:
            super().keyPressEvent(event)
        elif step:
            self._walk(max(0, min(self.place + step, len(self.bars) - 1)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(0 if key == Qt.Key.Key_Home else len(self.bars) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.place >= 0:
            self.chosen.emit(self.bars[self.place].what)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._walk(place)
            self.chosen.emit(self.bars[place].what)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), self.bars[place].spoken if place >= 0 else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.place < 0 and self.bars:
            self.place = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.update()

    def current(self) -> Bar | None:
        """Give the bar that arrows chose."""
        return self.bars[self.place] if 0 <= self.place < len(self.bars) else None

    def _walk(self, place: int) -> None:
        self.place = place
        announce(self, self.bars[place].spoken)
        self.update()

    def _at(self, event: QMouseEvent) -> int:
        # the whole height answers, not only the painted part of a low bar
        at = event.position()
        for place, area in enumerate(self.areas()):
            if self._reach(area).contains(at):
                return place
        return -1

    def _reach(self, area: QRectF) -> QRectF:
        return QRectF(area.left() - 1, 0, area.width() + 2, self.height())

    def _ring(self, painter: QPainter, area: QRectF) -> None:
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), px(4), px(4))


class Columns(Chart):
    """Upright bars over an axis, so many in each group; values below zero hang from the line."""

    def __init__(self, name: str, per_group: int, tick: Callable[[int], str], least: int, empty: str = "") -> None:
        super().__init__(name)
        self.empty = empty
        """What is said where there are no bars."""
        self._per_group, self._tick, self._least = per_group, tick, least
        self._groups: tuple[tuple[str, bool], ...] = ()

    def show_groups(self, groups: Sequence[tuple[str, bool]], bars: Sequence[Bar]) -> None:
        """Show groups (label, and whether it stands out) and their bars, group after group."""
        self._groups = tuple(groups)
        self.show_bars(bars)

    def areas(self) -> list[QRectF]:
        top, bottom, _step = self._scale()
        room = self._plot()
        found = []
        width = room.width() / max(len(self._groups), 1)
        bar_width = min(px(_BAR_AT_MOST), width * 0.68 / self._per_group)
        for place, bar in enumerate(self.bars):
            group, within = divmod(place, self._per_group)
            centre = room.left() + width * (group + 0.5)
            left = centre + (within - self._per_group / 2) * bar_width
            zero, end = self._y(0, room, top, bottom), self._y(bar.value, room, top, bottom)
            gap = 1 if self._per_group > 1 else 0
            found.append(QRectF(left + gap, min(zero, end), bar_width - 2 * gap, abs(zero - end)))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._plot()
        if not self.bars:
            paint.text(painter, self.rect(), self.empty, "text2", align=paint.CENTRE)
            return
        self._axis(painter, room)
        areas = self.areas()
        for place, (bar, area) in enumerate(zip(self.bars, areas, strict=True)):
            paint.rounded(painter, area, min(px(3), area.height() / 2), colour(bar.token))
            if bar.text:
                above = area.top() - px(17) if bar.value >= 0 else area.bottom() + px(2)
                words = QRectF(area.center().x() - px(40), above, px(80), px(15)).toRect()
                paint.text(painter, words, bar.text, "text2", "small", 400, paint.CENTRE)
            if place == self.place:
                self._ring(painter, area)
        self._labels(painter, room)

    def _axis(self, painter: QPainter, room: QRectF) -> None:
        top, bottom, step = self._scale()
        value = bottom
        while value <= top:
            y = round(self._y(value, room, top, bottom))
            paint.hairline(painter, round(room.left()), round(room.right()), y)
            words = QRect(0, y - px(8), round(room.left()) - px(8), px(16))
            paint.text(painter, words, self._tick(value), "text3", "small", 400, paint.RIGHT)
            value += step

    def _labels(self, painter: QPainter, room: QRectF) -> None:
        width = room.width() / max(len(self._groups), 1)
        # labels that would touch are left out, every second or third one stays
        widest = max((paint.metrics("small").horizontalAdvance(text) for text, _on in self._groups), default=0)
        every = max(1, -(-(widest + px(4)) // max(int(width), 1)))
        last = len(self._groups) - 1
        for place, (text, strong) in enumerate(self._groups):
            if (last - place) % every:
                continue
            area = QRectF(room.left() + width * (place + 0.5) - px(30), room.bottom() + px(4), px(60), px(18))
            token, weight = ("text", 600) if strong else ("text3", 400)
            paint.text(painter, area.toRect(), text, token, "small", weight, paint.CENTRE)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(px(_AXIS), px(_HEAD), 0, -px(_FOOT))

    @staticmethod
    def _y(value: int, room: QRectF, top: int, bottom: int) -> float:
        return room.bottom() - (value - bottom) * room.height() / (top - bottom)

    def _scale(self) -> tuple[int, int, int]:
        values = [bar.value for bar in self.bars]
        highest, lowest = max(values, default=0), min(values, default=0)
        span = max(highest, self._least) - min(lowest, 0)
        step = _round_step(span, self._least // 4)
        top = max(-(-max(highest, self._least) // step) * step, step)
        bottom = min(lowest, 0) // step * step
        return top, bottom, step


def _round_step(span: int, least: int) -> int:
    """Give a step of 1, 2, 2.5 or 5 times a power of ten that cuts a span into at most five."""
    size = 1
    while True:
        for tenths in (10, 20, 25, 50):
            step = size * tenths // 10
            if step * 10 == size * tenths and step >= max(least, 1) and step * 5 >= span:
                return step
        size *= 10


class Methods(Chart):
    """Lying bars, one below the other: name, share, amount."""

    def areas(self) -> list[QRectF]:
        if not self.bars:
            return []
        height = min(self.height() / len(self.bars), px(54))
        return [QRectF(0, height * place, self.width(), height) for place in range(len(self.bars))]

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(36) * max(len(self.bars), 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.value for bar in self.bars), default=0)
        for place, (bar, area) in enumerate(zip(self.bars, self.areas(), strict=True)):
            line = QRect(0, round(area.top()), self.width() - 1, px(24))
            paint.mark(painter, 0, line.center().y(), bar.icon, "text2")
            paint.text(painter, line.adjusted(px(24), 0, 0, 0), bar.label)
            paint.text(painter, line, bar.text, "text", "body", 600, paint.RIGHT)
            aside = line.adjusted(0, 0, -px(88), 0)
            paint.text(painter, aside, bar.share, "text2", "small", 400, paint.RIGHT)
            track = QRectF(0, line.bottom() + px(2), self.width(), px(6))
            paint.rounded(painter, track, px(3), colour("pressed"))
            if most > 0 and bar.value > 0:
                painter.save()
                clip = QPainterPath()
                clip.addRoundedRect(track, px(3), px(3))
                painter.setClipPath(clip)
                part = QRectF(track.left(), track.top(), track.width() * bar.value / most, track.height())
                paint.rounded(painter, part, px(3), colour(bar.token))
                painter.restore()
            if place == self.place and self.hasFocus():
                self._ring(painter, QRectF(3, area.top() + 3, self.width() - 6, px(24) + px(10)))

    def _reach(self, area: QRectF) -> QRectF:
        return area


class Swatch(QWidget):
    """A small square in a colour of the theme: the key to a chart."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(px(10), px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.rounded(painter, QRectF(self.rect()), px(2), colour(self._token))
