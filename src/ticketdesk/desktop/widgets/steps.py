"""Rows in one frame: a mark, what it is about, and the one thing to do about it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import hline, label, row, wrapped
from ticketdesk.texts import _

_SIDE = 28


class Mark(QWidget):
    """A number in a circle, or a check once the step is done; the step to take now is in the accent colour."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._state = number, ""
        self.setFixedSize(px(_SIDE), px(_SIDE))
        theme().changed.connect(self.update)

    def show_state(self, state: str) -> None:
        """Show ``done``, ``next``, or neither."""
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(_SIDE), px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.rect().adjusted(1, 1, -1, -1)
        if self._state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("ok"))
            painter.drawEllipse(inside)
            paint.mark(painter, (self.width() - px(16)) // 2, self.height() // 2, "check", "textOnAccent")
            return
        token = "accentText" if self._state == "next" else "text2"
        painter.setPen(QPen(colour("accent" if self._state == "next" else "borderControl"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inside)
        paint.text(painter, QRect(self.rect()), str(self._number), token, "body", 600, paint.CENTRE)


class Row(QWidget):
    """A mark, what it is about, and the one thing to do about it."""

    def __init__(self, mark: QWidget, title: str, text: str, press: QWidget) -> None:
        super().__init__()
        self.press = press
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(title, "field", 600))
        words.addWidget(wrapped(text, tone="second"))
        self._across = row(mark, spacing=px(16), margins=(px(20), px(12), px(20), px(12)))
        self._across.addLayout(words, 1)
        self._across.addWidget(press)
        self.setLayout(self._across)
        self.setMinimumHeight(px(64))
        self.setAccessibleName(f"{title}. {text}")


class Step(Row):
    """A row that can be done."""

    def __init__(self, number: int, title: str, text: str, press: QWidget) -> None:
        self._mark, self._done = Mark(number), label(_("done"), "small", 500, "ok")
        super().__init__(self._mark, title, text, press)
        self._across.addWidget(self._done)

    def show_state(self, state: str) -> None:
        """Show that it is ``done``, that it comes ``next``, or neither."""
        self._mark.show_state(state)
        self._done.setVisible(state == "done")
        self.press.setVisible(state != "done")


class Rows(QFrame):
    """Rows in one frame, a hairline between them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for place, one in enumerate(rows):
            if place:
                layout.addWidget(hline())
            layout.addWidget(one)
        self.setFixedWidth(px(680))
