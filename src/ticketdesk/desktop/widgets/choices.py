"""Choosing: segments, chips, a switch."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ticketdesk.desktop.look import paint, spoken
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import clear
from ticketdesk.desktop.widgets.chips import Chip, Flow
from ticketdesk.desktop.widgets.focus import put_inside

Option = tuple[str, str] | tuple[str, str, str]
"""A value, its label, and its icon if it has one."""


class Segmented(QWidget):
    """A few choices side by side, one of them chosen; one stop for Tab, arrows inside."""

    spoken_role = Role.Grouping
    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[Option], value: str = "", size: str = "default") -> None:
        super().__init__()
        self._options = [(option[0], option[1], option[2] if len(option) > 2 else "") for option in options]
        self._height = {"sm": 28, "default": 32, "lg": 36}[size]
        self._place = 0
        self._hovered = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setProperty(RADIUS, 6)
        self.choose(value)
        theme().changed.connect(self._resized)

    def value(self) -> str:
        """Give the value chosen."""
        return self._options[self._place][0]

    def spoken_value(self) -> str:
        """Give the label of what is chosen."""
        return self._options[self._place][1]

    def choose(self, value: str) -> None:
        """Choose a value, silently."""
        self._place = next((n for n, option in enumerate(self._options) if option[0] == value), 0)
        self.setAccessibleDescription(self._options[self._place][1])
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        enabled = self.isEnabled()
        painter.fillPath(frame, colour("surface" if enabled else "subtle"))
        painter.setClipPath(frame)
        x = 0
        for place, (option, width) in enumerate(zip(self._options, self._widths(), strict=True)):
            self._paint_part(painter, place, QRect(x, 0, width, self.height()), option[1], option[2])
            x += width
        painter.setClipping(False)
        painter.setPen(QPen(colour("borderControl" if enabled else "borderDefault"), 1))
        painter.drawPath(frame)
        if enabled:
            # the chosen one keeps its underline over the edge
            left = sum(self._widths()[: self._place])
            painter.setClipPath(frame)
            line = QRect(left, self.height() - px(2), self._widths()[self._place], px(2))
            painter.fillRect(line, colour("accent"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().x())
        if place >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._pick(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().x()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._options) - 1
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key is Qt.Key.Key_Right else -1
            self._pick((self._place + step) % (last + 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._pick(0 if key is Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        if place != self._place:
            self.choose(self._options[place][0])
            spoken.value_changed(self, self.spoken_value())
            self.changed.emit(self.value())

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def _at(self, x: float) -> int:
        right = 0
        for place, width in enumerate(self._widths()):
            right += width
            if 0 <= x < right:
                return place
        return -1

    def _widths(self) -> list[int]:
        measures = paint.metrics("body", 500)
        return [measures.horizontalAdvance(label) + px(24 + (22 if icon else 0)) for _, label, icon in self._options]

    def _paint_part(self, painter: QPainter, place: int, part: QRect, label: str, icon: str) -> None:
        chosen = place == self._place
        ink = "accentText" if chosen else "text2"
        if not self.isEnabled():
            ink = "textDisabled"
        elif chosen or place == self._hovered:
            painter.fillRect(part, colour("accentTint" if chosen else "hover"))
        if place:
            painter.fillRect(part.left(), 0, 1, part.height(), colour("borderDefault"))
        if icon:
            paint.mark(painter, part.left() + px(11), part.height() // 2, icon, ink)
            part = part.adjusted(px(22), 0, 0, 0)
        paint.text(painter, part, label, ink, "body", 500, paint.CENTRE)

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Chips(QWidget):
    """Several things of which any number may be chosen; one stop for Tab, arrows inside, Space chooses."""

    spoken_role = Role.Grouping
    changed = Signal()

    def __init__(self, name: str, options: Sequence[Option] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self)
        self._chips: dict[str, Chip] = {}
        self._silent = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other things; those chosen before and still offered stay chosen."""
        before = set(self.values())
        clear(self._flow)
        self._chips = {}
        for value, text, *_icon in options:
            chip = Chip(text)
            chip.setChecked(value in before)
            chip.toggled.connect(self._toggled)
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            chip.show()
            self._chips[value] = chip
        chips = list(self._chips.values())
        put_inside(self, chips)
        self._stop_at(next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None))
        self.updateGeometry()

    def values(self) -> list[str]:
        """Give what is chosen, in the order offered."""
        return [value for value, chip in self._chips.items() if chip.isChecked()]

    def choose(self, values: Sequence[str]) -> None:
        """Choose exactly these, silently."""
        self._silent = True
        for value, chip in self._chips.items():
            chip.setChecked(value in values)
        self._silent = False
        chosen = next((chip for chip in self._chips.values() if chip.isChecked()), None)
        if chosen is not None and not any(chip.hasFocus() for chip in self._chips.values()):
            self._stop_at(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._stepped(watched, event)
        return super().eventFilter(watched, event)

    def _stepped(self, at: QObject, event: QKeyEvent) -> bool:
        """Go on to another chip; say whether the key was for that."""
        chips: list[QObject] = list(self._chips.values())
        key, last = Qt.Key(event.key()), len(chips) - 1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or at not in chips:
            return False
        if key in _STEPS:
            place = min(max(chips.index(at) + _STEPS[key], 0), last)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            place = 0 if key is Qt.Key.Key_Home else last
        else:
            return False
        list(self._chips.values())[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stop_at(self, stop: QObject | None) -> None:
        """Let Tab come to one chip only: the one that had the focus last, else the first that is chosen."""
        for chip in self._chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus)

    def _toggled(self) -> None:
        self.updateGeometry()
        if not self._silent:
            self.changed.emit()


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS, 10)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._resized)

    def sizeHint(self) -> QSize:
        return QSize(px(36), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, enabled = self.isChecked(), self.isEnabled()
        height = px(20)
        track = QRectF(0, (self.height() - height) / 2, px(36), height).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = colour(("accent" if on else "borderControl") if enabled else "borderDefault")
        paint.rounded(painter, track, height / 2, colour("accent" if on and enabled else "surface"), edge)
        knob = colour(("textOnAccent" if on else "borderControl") if enabled else "borderDefault")
        centre = QPointF(px(36 - 10) if on else px(10), self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(centre, px(7), px(7))

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()
