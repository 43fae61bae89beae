"""Small pieces: buttons with their key, labels, lines, cards, key caps."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ticketdesk.desktop.look import icons, paint
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, dress, px, theme
from ticketdesk.domain.orders import STATUS
from ticketdesk.texts import _

_HEIGHTS = {"xs": 24, "sm": 28, "default": 32, "md": 36, "lg": 40}
_PADDING = {"xs": 8, "sm": 10, "default": 12, "md": 14, "lg": 16}
_GAP = 8
_FILLED = {"primary": "accent", "danger": "danger"}


class Button(QPushButton):
    """A button that paints its icon and the key that presses it; checkable ones show that they are chosen."""

    def __init__(
        self, label: str, key: str = "", kind: str = "secondary", icon: str = "", size: str = "default"
    ) -> None:
        super().__init__()
        self._pressed_by = self._key = key
        self._icon, self._size = icon, size
        self.setProperty("kind", kind)
        self.setAutoDefault(True)  # Enter presses it, not only Space
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if key:
            self.setToolTip(key)
        self.relabel(label)
        theme().changed.connect(self._resized)

    def relabel(self, label: str, icon: str | None = None) -> None:
        """Say something else."""
        self._icon = self._icon if icon is None else icon
        kept = self.shortcut() if self.shortcut() != QKeySequence.mnemonic(self.text()) else QKeySequence()
        self.setText(label)
        if not kept.isEmpty():
            self.setShortcut(kept)  # Qt forgets a button's key with its text
        self.setAccessibleName(label.replace("&", ""))
        self._resized()

    def show_key(self, *, shown: bool) -> None:
        """Show the key that presses it beside the words; where room is short, in the tip only."""
        self._key = self._pressed_by if shown else ""
        self._resized()

    @property
    def label(self) -> str:
        """Give what the button says."""
        return self.text()

    def sizeHint(self) -> QSize:
        height = px(_HEIGHTS[self._size])
        width = self._content() + 2 * px(_PADDING[self._size])
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        self._say(painter, self.rect())

    @property
    def _role(self) -> str:
        return {"lg": "field", "xs": "small"}.get(self._size, "body")

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()

    def _shown(self) -> str:
        return self.text().replace("&", "")

    def _content(self) -> int:
        parts = [px(16)] if self._icon else []
        if self.text():
            parts.append(paint.metrics(self._role, 500).horizontalAdvance(self._shown()))
        if self._key:
            parts.append(paint.metrics("micro", 500).horizontalAdvance(self._key))
        return sum(parts) + px(_GAP) * max(len(parts) - 1, 0)

    def _ground(self, painter: QPainter) -> None:
        kind = str(self.property("kind"))
        bare = kind in {"quiet", "link"}
        fill: str | None
        edge: str | None
        if not self.isEnabled():
            fill, edge = (None, None) if bare else ("subtle", "borderDefault")
        elif kind in _FILLED:
            fill, edge = _FILLED[kind], None
            if self.isDown():
                fill = "accentPressed" if kind == "primary" else "dangerHover"
            elif self.underMouse():
                fill += "Hover"
        else:
            resting = None if bare else "surface"
            fill = "pressed" if self.isDown() else "hover" if self.underMouse() else resting
            edge = None if bare else "borderControl"
            if self.isChecked():
                fill, edge = "accentTint", "accent"
        inset = 0.0 if edge is None else 0.5
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        if fill is not None:
            paint.rounded(painter, area, px(6), colour(fill), colour(edge) if edge else None)

    def _ink(self) -> tuple[str, str]:
        kind = str(self.property("kind"))
        if not self.isEnabled():
            return "textDisabled", "textDisabled"
        if kind in _FILLED:
            return "textOnAccent", "textOnAccent"
        if kind == "link" or self.isChecked():
            return "accentText", "accentText"
        return "text", "text3"

    def _say(self, painter: QPainter, room: QRect) -> None:
        ink, quiet = self._ink()
        middle = self.height() // 2
        x = room.left() + (room.width() - self._content()) // 2
        if self._icon:
            paint.mark(painter, x, middle, self._icon, ink)
            x += px(16 + _GAP)
        if self.text():
            painter.setFont(paint.cached_font(self._role, 500))
            painter.setPen(colour(ink))
            flags = int(paint.LEFT) | Qt.TextFlag.TextShowMnemonic
            painter.drawText(QRect(x, 0, room.right() + 1 - x, self.height()), flags, self.text())
            x += paint.metrics(self._role, 500).horizontalAdvance(self._shown()) + px(_GAP)
        if self._key:
            area = QRect(x, 0, room.right() + 1 - x, self.height() + px(1))
            paint.text(painter, area, self._key, quiet, "micro", 500)


class IconButton(QToolButton):
    """A button that is only an icon; its name is spoken and shown as a tip with the key."""

    def __init__(self, icon: str, name: str, key: str = "", token: str = "text2", kind: str = "icon") -> None:
        super().__init__()
        self._name, self._key, self._token = icon, key, token
        self.setProperty("kind", kind)
        self.rename(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._redraw()
        theme().changed.connect(self._redraw)

    def rename(self, name: str) -> None:
        """Be called something else."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self._key})" if self._key else name)

    def _redraw(self) -> None:
        self.setIconSize(QSize(px(16), px(16)))
        self.setIcon(icons.icon(self._name, colour(self._token), px(16)))


def label(text: str = "", role: str = "body", weight: int = 400, tone: str = "") -> QLabel:
    """Make a label in a role of the type scale and a tone of the palette."""
    made = QLabel(text)
    dress(made, role, weight)
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


class IconLabel(QLabel):
    """An icon that stands alone, in a colour of the theme."""

    def __init__(self, name: str, token: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._token, self._side = name, token, size
        self._redraw()
        theme().changed.connect(self._redraw)

    def show_icon(self, name: str, token: str = "text2") -> None:
        """Show another icon; nothing for an empty name."""
        self._name, self._token = name, token
        self._redraw()

    def _redraw(self) -> None:
        side = px(self._side)
        self.setFixedSize(side, side)
        self.setPixmap(icons.pixmap(self._name, colour(self._token), side) if self._name else QPixmap())


def icon_label(name: str, token: str = "text2", size: int = 16) -> IconLabel:
    """Make a label that shows an icon."""
    return IconLabel(name, token, size)


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


class _Painted(QLabel):
    """A label that paints itself: its text is still read by screen readers and found by tests."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._resized)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


class KeyCap(_Painted):
    """A small picture of a key."""

    def sizeHint(self) -> QSize:
        return QSize(paint.key_width(self.text()), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.key_cap(QPainter(self), 0, self.height() // 2, self.text())


def key_cap(key: str) -> KeyCap:
    """Make a small picture of a key."""
    return KeyCap(key)


class Tag(_Painted):
    """A tag: urgent, warranty, paid."""

    def __init__(self, text: str, tone: str = "", icon: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setProperty("tone", tone)

    def sizeHint(self) -> QSize:
        return QSize(paint.tag_width(self.text(), self._icon), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = str(self.property("tone"))
        paint.tag(QPainter(self), 0, self.height() // 2, self.text(), tone, self._icon)


def tag(text: str, tone: str = "", icon: str = "") -> Tag:
    """Make a tag in a tone: plain, ``warn``, ``danger``, ``ok``, ``info`` or ``accent``."""
    return Tag(text, tone, icon)


class Avatar(_Painted):
    """Somebody's initials in a circle; the whole name is its tip."""

    def __init__(self, name: str, size: int = 24) -> None:
        super().__init__(name)
        self._side = size
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.avatar(QPainter(self), 0, self.height() // 2, self.text(), self._side)


class StatusChip(QWidget):
    """A status as shape, colour and word."""

    spoken_role = Role.StaticText

    def __init__(self, status: str = "") -> None:
        super().__init__()
        self._status = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(status)
        theme().changed.connect(self._resized)

    def show_status(self, status: str) -> None:
        """Show another status; nothing for an empty one."""
        self._status = status
        width = paint.chip_width(status) if status else 0
        self.setFixedSize(width, px(22))
        label = _(STATUS[status].label) if status else ""
        self.setAccessibleName(_("Status: {status}").format(status=label) if label else "")
        self.update()

    def _resized(self) -> None:
        self.show_status(self._status)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._status:
            painter = QPainter(self)
            paint.status_chip(painter, 0, self.height() // 2, self._status)


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def row(
    *items: QWidget | QHBoxLayout | QVBoxLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
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


def inside(layout: QLayout) -> list[QWidget]:
    """Give what lies in a layout and in those inside it, in its order."""
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found.extend(inside(inner))
    return found


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def section_title(text: str) -> QLabel:
    """Make the title of a section of a form."""
    return label(text, "field", 600)
