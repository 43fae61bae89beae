"""One line of the checklist at intake, in its three states."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look import paint, spoken
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.domain.devices import CONDITIONS, DEFECT, GOOD, UNTESTED
from ticketdesk.texts import N_, _

_CELLS = (
    (GOOD, "check", "okTint", "okText"),
    (DEFECT, "x", "dangerTint", "dangerText"),
    (UNTESTED, "minus", "pressed", "text2"),
)
_STATES = {GOOD: N_("good"), DEFECT: N_("defect"), UNTESTED: N_("untested"), "": N_("not checked")}


class Condition(QWidget):
    """One line of the checklist: good, defect or untested; + − and Space, or arrows."""

    spoken_role = Role.Grouping
    changed = Signal()

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item, self._value = item, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()
        theme().changed.connect(self.update)

    def value(self) -> str:
        """Give the state; empty while nobody looked."""
        return self._value

    def spoken_value(self) -> str:
        """Give the state in words."""
        return _(_STATES[self._value])

    def choose(self, value: str) -> None:
        """Set the state, silently."""
        self._value = value if value in CONDITIONS else ""
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        words = paint.metrics("body", 500 if self._value == DEFECT else 400).horizontalAdvance(_(self.item))
        return QSize(words + px(8 + 84 + 2), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = self._cells()
        middle = self.height() // 2
        words = QRect(0, 0, cells.left() - px(8), self.height())
        paint.text(painter, words, _(self.item), "text", "body", 500 if self._value == DEFECT else 400)
        focused = self.hasFocus()
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(cells).adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        painter.setClipPath(frame)
        width = px(28)
        for place, (value, icon, tint, tone) in enumerate(_CELLS):
            cell = QRect(cells.left() + width * place, cells.top(), width, cells.height())
            chosen = value == self._value
            painter.fillRect(cell, colour(tint if chosen else "surface"))
            paint.mark(painter, cell.left() + px(7), middle, icon, tone if chosen else "borderControl", 14)
            if place:
                painter.fillRect(cell.left(), cell.top(), 1, cell.height(), colour("borderDefault"))
        painter.setClipping(False)
        painter.setPen(QPen(colour("focus" if focused else "borderControl"), 2 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cells = self._cells()
        place = (event.position().toPoint().x() - cells.left()) // px(28)
        if 0 <= place < 3:
            self._toggle(_CELLS[place][0])

    def _cells(self) -> QRect:
        width, height = px(28) * 3, px(22)
        return QRect(self.width() - width - 1, (self.height() - height) // 2, width, height)

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
        spoken.value_changed(self, self.spoken_value())
        self.changed.emit()

    def _name(self) -> None:
        self.setAccessibleName(_("{item}: {state}").format(item=_(self.item), state=self.spoken_value()))
        self.setAccessibleDescription(_("plus good, minus defect, space untested"))
