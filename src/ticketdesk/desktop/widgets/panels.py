"""Surfaces: cards with a title, texts of several lines, the notice of an empty or failed list, key hints."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.widgets.basics import clear, hline, icon_label, key_cap, label, section_title, wrapped


class Card(QFrame):
    """A white frame: a title row (put buttons into ``head``), a hairline, and a ``body``."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.title = section_title(title)
        self.title.setMinimumHeight(px(32))  # as high as a button, so that heads side by side are alike
        self.head = QHBoxLayout()
        self.head.setContentsMargins(px(16), px(5), px(12), px(5))
        self.head.setSpacing(px(8))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(16), px(12), px(16), px(12))
        self.body.setSpacing(px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self.head)
        layout.addWidget(hline())
        layout.addLayout(self.body, 1)


_INKS = {"": "text", "second": "text2", "muted": "text3", "danger": "dangerText", "warn": "warnText", "ok": "okText"}


class TextBlock(QLabel):
    """A text of several lines, 18 px from one to the next, which a label cannot do."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__(text)
        self._token = _INKS[tone]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme().changed.connect(self._resized)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._resized()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return paint.lines_height(self.text(), width)

    def sizeHint(self) -> QSize:
        width = min(paint.metrics("body").horizontalAdvance(self.text()) + 2, px(320))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), paint.lines_height("", px(80)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.lines(QPainter(self), QPointF(0, 0), self.width(), self.text(), self._token)

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


class Reading(QScrollArea):
    """Something to read that is longer than its room: the arrows go through it."""

    spoken_role = Role.Document

    def __init__(self, name: str, inside: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty(RADIUS, 4)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)


class Notice(QFrame):
    """What stands where a list would: nothing found, nothing yet, not loaded; and what to do about it."""

    def __init__(
        self, icon: str, title: str, text: str = "", button: QPushButton | None = None, tone: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("kind", tone or "card")
        self._title = label(title, "field", 600)
        self._text = wrapped(text, tone="" if tone else "second")
        ink = {"danger": "dangerText", "warn": "warnText", "ok": "okText", "info": "infoText"}.get(tone, "text2")
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(20), px(14), px(20), px(14))
        layout.setSpacing(px(16))
        layout.addWidget(icon_label(icon, ink, 24))
        layout.addLayout(words, 1)
        if button is not None:
            layout.addWidget(button)
        self.say(title, text)

    def say(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())


class KeyHints(QWidget):
    """Keys and what they do, for the status bar."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these keys."""
        clear(self._row)
        self._row.setSpacing(px(7))
        for place, (key, text) in enumerate(hints):
            if place:
                self._row.addSpacing(px(7))
            self._row.addWidget(key_cap(key))
            self._row.addWidget(label(text, "small", 400, "second"))
