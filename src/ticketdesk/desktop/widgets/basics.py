"""Small pieces: buttons with their key, labels, lines, cards, key caps."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ticketdesk.desktop.look import icons, paint
from ticketdesk.desktop.look.theme import colour, font, theme


class Button(QPushButton):
    """A button that paints its icon and the key that presses it."""

    def __init__(
        self, label: str, key: str = "", kind: str = "secondary", icon: str = "", size: str = "default"
    ) -> None:
        super().__init__()
        self._label, self._key, self._icon = label, key, icon
        self.setProperty("kind", kind)
        self.setProperty("size", size)
        self.setAccessibleName(label.replace("&", ""))
        if key:
            self.setToolTip(key)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def relabel(self, label: str, icon: str | None = None) -> None:
        """Say something else."""
        self._label = label
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    @property
    def label(self) -> str:
        """Give what the button says."""
        return self._label

    def sizeHint(self) -> QSize:
        padding = 16 if self.property("size") == "sm" else 28
        width = paint.metrics("body", 500).horizontalAdvance(self._label) + padding
        if self._icon:
            width += 16 + 8
        if self._key:
            width += paint.metrics("micro", 500).horizontalAdvance(self._key) + 8
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        kind = str(self.property("kind"))
        token = (
            "textOnAccent" if kind in {"primary", "danger"} else "accentText" if kind == "link" else "text"
        )
        if not self.isEnabled():
            token = "textDisabled"
        role = "field" if self.property("size") == "lg" else "body"
        label_width = paint.metrics(role, 500).horizontalAdvance(self._label)
        key_width = paint.metrics("micro", 500).horizontalAdvance(self._key) + 8 if self._key else 0
        icon_width = (16 + (8 if self._label else 0)) if self._icon else 0
        x = (self.width() - label_width - key_width - icon_width) // 2
        middle = self.height() // 2
        if self._icon:
            paint.mark(painter, x, middle, self._icon, token)
            x += icon_width
        area = self.rect()
        area.setLeft(x)
        paint.text(painter, area, self._label, token, role, 500)
        if self._key:
            area.setLeft(x + label_width + 8)
            quiet = token if kind in {"primary", "danger"} else "text3"
            paint.text(painter, area, self._key, quiet, "micro", 500)


class IconButton(QToolButton):
    """A button that is only an icon; its name is spoken and shown as a tip with the key."""

    def __init__(self, icon: str, name: str, key: str = "", token: str = "text2") -> None:
        super().__init__()
        self._name, self._token = icon, token
        self.setProperty("kind", "icon")
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
        self.setIconSize(QSize(16, 16))
        self._redraw()
        theme().changed.connect(self._redraw)

    def _redraw(self) -> None:
        self.setIcon(icons.icon(self._name, colour(self._token)))


def label(text: str = "", role: str = "body", weight: int = 400, tone: str = "") -> QLabel:
    """Make a label in a role of the type scale and a tone of the palette."""
    made = QLabel(text)
    made.setFont(font(role, weight))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        made.setProperty("tone", tone)
    return made


def wrapped(text: str = "", role: str = "body", tone: str = "") -> QLabel:
    """Make a label that breaks its lines."""
    made = label(text, role, tone=tone)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def retone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def icon_label(name: str, token: str = "text2", size: int = 16) -> QLabel:
    """Make a label that shows an icon."""
    made = QLabel()
    made.setFixedSize(size, size)

    def redraw() -> None:
        made.setPixmap(icons.pixmap(name, colour(token), size) if name else QPixmap())

    redraw()
    theme().changed.connect(redraw)
    return made


def frame(kind: str) -> QFrame:
    """Make a frame of a kind the style sheet knows."""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def hline() -> QFrame:
    """Make a horizontal hairline."""
    return frame("hline")


def vline() -> QFrame:
    """Make a vertical hairline."""
    return frame("vline")


def key_cap(key: str) -> QLabel:
    """Make a small picture of a key."""
    made = QLabel(key)
    made.setProperty("kind", "key")
    return made


def tag(text: str, tone: str = "") -> QLabel:
    """Make a tag: urgent, warranty, paid."""
    made = QLabel(text)
    made.setProperty("kind", "tag")
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class StatusChip(QWidget):
    """A status as shape, colour and word."""

    def __init__(self, status: str = "") -> None:
        super().__init__()
        self._status = ""
        self.show_status(status)
        theme().changed.connect(self.update)

    def show_status(self, status: str) -> None:
        """Show another status; nothing for an empty one."""
        self._status = status
        width = paint.chip_width(status) if status else 0
        self.setFixedSize(width, 22)
        self.setAccessibleName(status)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._status:
            painter = QPainter(self)
            paint.status_chip(painter, 0, 11, self._status)


def row(
    *items: QWidget | int | None, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Lay things out side by side: a number is a gap, nothing is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(
    *items: QWidget | QHBoxLayout | QVBoxLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QVBoxLayout:
    """Lay things out one below the other: a number is a gap, nothing is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    items: tuple[QWidget | QHBoxLayout | QVBoxLayout | int | None, ...],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a layout, and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout | QVBoxLayout):
            clear(inner)


def section_title(text: str) -> QLabel:
    """Make the title of a section of a form."""
    return label(text, "field", 600)
