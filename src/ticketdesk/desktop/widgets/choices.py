"""Choosing: segments, chips, a switch, the three states of a condition, the unlock pattern."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, theme
from ticketdesk.domain.devices import CONDITIONS, DEFECT, GOOD, UNTESTED
from ticketdesk.texts import _, ngettext

Option = tuple[str, str]  # value, label


class Segmented(QWidget):
    """A few choices side by side, one of them chosen; one stop for Tab, arrows inside."""

    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[Option], value: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values: list[str] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for place, (key, text) in enumerate(options):
            part = QToolButton()
            part.setText(text)
            part.setCheckable(True)
            part.setProperty("kind", "segment")
            ends = (
                "only"
                if len(options) == 1
                else "first"
                if place == 0
                else "last"
                if place == len(options) - 1
                else ""
            )
            part.setProperty("place", ends)
            part.setAccessibleName(f"{name}: {text}")
            self._group.addButton(part, place)
            self._values.append(key)
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose(value or options[0][0])
        self._group.idClicked.connect(lambda place: self._chosen(place))

    def value(self) -> str:
        """Give the value chosen."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Choose a value, silently."""
        place = self._values.index(value) if value in self._values else 0
        self._group.button(place).setChecked(True)
        for other, button in enumerate(self._group.buttons()):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._group.button(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        place = (self._group.checkedId() + step) % len(self._values)
        self._group.button(place).setFocus()
        self._chosen(place)

    def _chosen(self, place: int) -> None:
        self.choose(self._values[place])
        self.changed.emit(self._values[place])


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
                x, y, height = rect.x(), y + height + self._gap, 0
            if moving:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            height = max(height, hint.height())
        return y + height - rect.y()


class Chips(QWidget):
    """Several things of which any number may be chosen."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[Option] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self)
        self._chips: dict[str, QToolButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other things; those chosen before and still offered stay chosen."""
        before = set(self.values())
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._chips = {}
        for value, text in options:
            chip = QToolButton()
            chip.setText(text)
            chip.setCheckable(True)
            chip.setChecked(value in before)
            chip.setProperty("kind", "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setAccessibleName(text)
            chip.toggled.connect(lambda _on: self.changed.emit())
            self._flow.addWidget(chip)
            chip.show()
            self._chips[value] = chip
        self.updateGeometry()

    def values(self) -> list[str]:
        """Give what is chosen, in the order offered."""
        return [value for value, chip in self._chips.items() if chip.isChecked()]

    def choose(self, values: Sequence[str]) -> None:
        """Choose exactly these, silently."""
        for value, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(value in values)
            chip.blockSignals(False)


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(44, 28)
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        track = QRectF(4, 4, 36, 20)
        paint.rounded(
            painter,
            track,
            10,
            colour("accent" if on else "surface"),
            colour("accent" if on else "borderControl"),
        )
        knob = colour("textOnAccent" if on else "borderControl")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(QPointF(30 if on else 14, 14), 7, 7)
        if self.hasFocus():
            paint.rounded(painter, QRectF(1, 1, 42, 26), 13, None, colour("focus"))


_CELLS = (
    (GOOD, "check", "okTint", "okText"),
    (DEFECT, "x", "dangerTint", "dangerText"),
    (UNTESTED, "minus", "pressed", "text2"),
)


class Condition(QWidget):
    """One line of the checklist: good, defect or untested; + − and Space, or arrows."""

    changed = Signal()

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item, self._value = item, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(28)
        self.setMinimumWidth(190)
        self._name()
        theme().changed.connect(self.update)

    def value(self) -> str:
        """Give the state; empty while nobody looked."""
        return self._value

    def choose(self, value: str) -> None:
        """Set the state, silently."""
        self._value = value if value in CONDITIONS else ""
        self._name()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weight = 500 if self._value == DEFECT else 400
        paint.text(painter, QRect(0, 0, self.width() - 94, 28), _(self.item), "text", "body", weight)
        left = self.width() - 86
        edge = colour("focus" if self.hasFocus() else "borderDefault")
        for place, (value, icon, tint, tone) in enumerate(_CELLS):
            cell = QRectF(left + 28 * place, 3, 28, 22)
            chosen = value == self._value
            painter.fillRect(cell, colour(tint if chosen else "surface"))
            paint.mark(painter, int(cell.x()) + 7, 14, icon, tone if chosen else "borderControl", 14)
            if place:
                painter.fillRect(QRectF(cell.x(), 4, 1, 20), colour("borderDefault"))
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(left + 0.5, 3.5, 83, 21), 5, 5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = (event.position().toPoint().x() - (self.width() - 86)) // 28
        if 0 <= place < 3:
            self._toggle(_CELLS[place][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Plus: GOOD, Qt.Key.Key_Minus: DEFECT, Qt.Key.Key_Space: UNTESTED}
        key = Qt.Key(event.key())
        if key in keys:
            self._value = ""
            self._toggle(keys[key])
            self.focusNextChild()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not event.modifiers():
            place = CONDITIONS.index(self._value) if self._value else -1
            self._value = ""
            self._toggle(CONDITIONS[(place + (1 if key == Qt.Key.Key_Right else -1)) % 3])
        else:
            super().keyPressEvent(event)

    def _toggle(self, value: str) -> None:
        self.choose("" if value == self._value else value)
        self.changed.emit()

    def _name(self) -> None:
        words = {GOOD: _("good"), DEFECT: _("defect"), UNTESTED: _("untested"), "": _("not checked")}
        self.setAccessibleName(f"{_(self.item)}: {words[self._value]}")
        self.setAccessibleDescription(_("plus good, minus defect, space untested"))


class Pattern(QWidget):
    """The nine dots of an unlock pattern: drawn with the mouse, or typed as digits."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dots: list[int] = []
        self.setFixedSize(80, 80)
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colour("focus" if self.hasFocus() else "borderControl")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(colour("inset"))
        painter.drawRoundedRect(QRectF(1, 1, 78, 78), 6, 6)
        painter.setPen(QPen(colour("accent"), 2))
        for one, other in zip(self._dots, self._dots[1:], strict=False):
            painter.drawLine(self._centre(one), self._centre(other))
        painter.setPen(Qt.PenStyle.NoPen)
        for digit in range(1, 10):
            chosen = digit in self._dots
            painter.setBrush(colour("accent" if chosen else "borderControl"))
            painter.drawEllipse(self._centre(digit), 5 if chosen else 3.5, 5 if chosen else 3.5)

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
            if abs(away.x()) < 10 and abs(away.y()) < 10:
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
        return QPointF(16 + 24 * across, 16 + 24 * down)
