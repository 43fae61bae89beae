"""What delegates paint: status chips, avatars, marks, cut texts. Nothing here is made anew per cell."""

from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour, font
from ticketdesk.domain.orders import STATUS
from ticketdesk.domain.people import initials
from ticketdesk.texts import _

VERTICAL = Qt.AlignmentFlag.AlignVCenter
LEFT = VERTICAL | Qt.AlignmentFlag.AlignLeft
RIGHT = VERTICAL | Qt.AlignmentFlag.AlignRight
CENTRE = VERTICAL | Qt.AlignmentFlag.AlignHCenter
_NO_PEN = QPen(Qt.PenStyle.NoPen)


@cache
def cached_font(role: str, weight: int = 400) -> QFont:
    """Give a font, made once."""
    return font(role, weight)


@cache
def metrics(role: str, weight: int = 400) -> QFontMetrics:
    """Give the measures of a font, made once."""
    return QFontMetrics(cached_font(role, weight))


def text(
    painter: QPainter,
    area: QRect,
    content: str,
    token: str = "text",
    role: str = "body",
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text, cut at its end if it does not fit."""
    measures = metrics(role, weight)
    cut = content
    if measures.horizontalAdvance(content) > area.width():
        cut = measures.elidedText(content, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(cached_font(role, weight))
    painter.setPen(colour(token))
    painter.drawText(area, int(align), cut)


def mark(painter: QPainter, x: int, middle: int, name: str, token: str, size: int = 16) -> None:
    """Paint an icon centred on a line."""
    painter.drawPixmap(x, middle - size // 2, icons.pixmap(name, colour(token), size))


def rounded(
    painter: QPainter, area: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None
) -> None:
    """Paint a rounded rectangle."""
    painter.setPen(_NO_PEN if edge is None else QPen(edge, 1))
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius, radius)


def chip_width(status: str) -> int:
    """Give the width of a status chip."""
    return 6 + 14 + 5 + metrics("small", 500).horizontalAdvance(_(STATUS[status].label)) + 9


def status_chip(painter: QPainter, x: int, middle: int, status: str, room: int = 1000) -> int:
    """Paint a status as shape, colour and word; give its width."""
    look = STATUS[status].look
    width = min(chip_width(status), room)
    area = QRectF(x, middle - 11, width, 22)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(painter, area, 11, colour(f"status.{look}.tint"))
    painter.drawPixmap(x + 6, middle - 7, icons.pixmap(f"status-{look}", colour(f"status.{look}.solid"), 14))
    inner = QRect(x + 25, middle - 11, width - 31, 22)
    text(painter, inner, _(STATUS[status].label), f"status.{look}.text", "small", 500)
    return width


def avatar(painter: QPainter, x: int, middle: int, name: str, size: int = 24) -> None:
    """Paint somebody's initials in a circle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_NO_PEN)
    painter.setBrush(colour("avatarBg"))
    painter.drawEllipse(QPointF(x + size / 2, middle), size / 2, size / 2)
    role = "micro" if size < 32 else "field"
    text(painter, QRect(x, middle - size // 2, size, size), initials(name), "avatarText", role, 600, CENTRE)


def button(painter: QPainter, area: QRect, label: str) -> None:
    """Paint a small button inside a cell."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(
        painter, QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 5, colour("surface"), colour("borderDefault")
    )
    text(painter, area, label, "accentText", "small", 500, CENTRE)


def hairline(painter: QPainter, left: int, right: int, y: int) -> None:
    """Paint a divider of one pixel."""
    painter.fillRect(left, y, right - left, 1, colour("borderSubtle"))
