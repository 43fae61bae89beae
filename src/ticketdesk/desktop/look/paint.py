"""What delegates paint: status chips, avatars, marks, tags, cut texts. Nothing here is made anew per cell."""

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from ticketdesk.desktop.look import fonts, icons
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.domain.orders import STATUS
from ticketdesk.domain.people import initials
from ticketdesk.texts import _

VERTICAL = Qt.AlignmentFlag.AlignVCenter
LEFT = VERTICAL | Qt.AlignmentFlag.AlignLeft
RIGHT = VERTICAL | Qt.AlignmentFlag.AlignRight
CENTRE = VERTICAL | Qt.AlignmentFlag.AlignHCenter
_NO_PEN = QPen(Qt.PenStyle.NoPen)
_LINE = 18
_AVATAR = ("avatarBg", "avatarText")

TONES = {
    "": ("surface", "borderDefault", "text2"),
    "warn": ("warnTint", "warn", "warnText"),
    "danger": ("dangerTint", "danger", "dangerText"),
    "ok": ("okTint", "ok", "okText"),
    "info": ("infoTint", "info", "infoText"),
    "accent": ("accentTint", "accent", "accentText"),
}
"""Fill, edge and text of a tag, by tone."""


def cached_font(role: str, weight: int = 400) -> QFont:
    """Give a font, made once per zoom."""
    return fonts.font(role, weight, theme().zoom)


def metrics(role: str, weight: int = 400) -> QFontMetrics:
    """Give the measures of a font, made once per zoom."""
    return _metrics(role, weight, theme().zoom)


@cache
def _metrics(role: str, weight: int, zoom: float) -> QFontMetrics:
    return QFontMetrics(fonts.font(role, weight, zoom))


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
    painter.setFont(cached_font(role, weight))
    painter.setPen(colour(token))
    painter.drawText(area, int(align), _cut(content, role, weight, area.width(), theme().zoom))


# measuring costs half as much as painting, and a list is painted again and again
@lru_cache(maxsize=2048)
def _cut(content: str, role: str, weight: int, room: int, zoom: float) -> str:
    measures = _metrics(role, weight, zoom)
    if measures.horizontalAdvance(content) <= room:
        return content
    return measures.elidedText(content, Qt.TextElideMode.ElideRight, room)


def lines_height(content: str, width: int, strong: int = 0) -> int:
    """Give the height of a text of several lines, so many letters of it strong, at a width."""
    return max(_lines(content, strong, width, theme().zoom).lineCount(), 1) * px(_LINE)


def lines(
    painter: QPainter,
    at: QPointF,
    width: int,
    content: str,
    token: str = "text",
    strong: int = 0,
) -> None:
    """Paint a text of several lines, which a label cannot space so; its first letters may be strong."""
    painter.setPen(colour(token))
    lead = QTextLayout.FormatRange()
    lead.start, lead.length = 0, strong
    lead.format.setForeground(colour("text"))
    _lines(content, strong, width, theme().zoom).draw(painter, at, [lead] if strong else [])


# layouts ask for heights again and again, and each time the lines would be broken anew
@lru_cache(maxsize=512)
def _lines(content: str, strong: int, width: int, zoom: float) -> QTextLayout:
    made = QTextLayout(content.replace("\n", "\u2028"), fonts.font("body", 400, zoom))
    if strong:
        lead = QTextLayout.FormatRange()
        lead.start, lead.length = 0, strong
        lead.format.setFontWeight(600)
        made.setFormats([lead])
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # an address without spaces, too
    made.setTextOption(option)
    gap = (px(_LINE) - _metrics("body", 400, zoom).height()) / 2
    made.beginLayout()
    top = 0
    while (line := made.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + gap))
        top += px(_LINE)
    made.endLayout()
    return made


def mark(painter: QPainter, x: int, middle: int, name: str, token: str, size: int = 16) -> None:
    """Paint an icon centred on a line."""
    side = px(size)
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(x, middle - side // 2, icons.pixmap(name, colour(token), side, ratio))


def rounded(painter: QPainter, area: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None) -> None:
    """Paint a rounded rectangle; ``area`` lies on half pixels if it has an edge."""
    painter.setPen(_NO_PEN if edge is None else QPen(edge, 1))
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius, radius)


def chip_width(status: str) -> int:
    """Give the width of a status chip."""
    return px(6 + 14 + 5) + _advance(_(STATUS[status].label), theme().zoom) + px(9)


@cache
def _advance(label: str, zoom: float) -> int:
    return _metrics("small", 500, zoom).horizontalAdvance(label)


def status_chip(painter: QPainter, x: int, middle: int, status: str, room: int = 1000) -> int:
    """Paint a status as shape, colour and word; give its width."""
    look = STATUS[status].look
    width, height = min(chip_width(status), room), px(22)
    top = middle - height // 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(painter, QRectF(x, top, width, height), height / 2, colour(f"status.{look}.tint"))
    mark(painter, x + px(6), middle, f"status-{look}", f"status.{look}.solid", 14)
    label = _cut(_(STATUS[status].label), "small", 500, width - px(31), theme().zoom)
    struck = look == "cancelled"
    painter.setFont(_struck(theme().zoom) if struck else cached_font("small", 500))
    painter.setPen(colour(f"status.{look}.text"))
    painter.drawText(QRect(x + px(25), top, width - px(25), height), int(LEFT), label)
    return width


@cache
def _struck(zoom: float) -> QFont:
    font = QFont(fonts.font("small", 500, zoom))
    font.setStrikeOut(True)
    return font


def tag_width(label: str, icon: str = "") -> int:
    """Give the width of a tag."""
    return metrics("micro", 500).horizontalAdvance(label) + px(14 + (17 if icon else 0))


def tag(painter: QPainter, x: int, middle: int, label: str, tone: str = "", icon: str = "") -> int:
    """Paint a tag: urgent, overdue, warranty; give its width."""
    fill, edge, ink = TONES[tone]
    width, height = tag_width(label, icon), px(20)
    top = middle - height // 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(x, top, width, height)
    rounded(painter, area.adjusted(0.5, 0.5, -0.5, -0.5), px(4), colour(fill), colour(edge))
    left = x + px(7)
    if icon:
        mark(painter, x + px(5), middle, icon, ink, 14)
        left = x + px(23)
    text(painter, QRect(left, top, x + width - left, height), label, ink, "micro", 500)
    return width


def key_width(key: str) -> int:
    """Give the width of a key cap."""
    return max(px(20), metrics("micro", 500).horizontalAdvance(key) + px(12))


def key_cap(painter: QPainter, x: int, middle: int, key: str) -> int:
    """Paint a key as it looks on the keyboard; give its width."""
    width, height = key_width(key), px(18)
    top = middle - height // 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(x, top, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
    rounded(painter, area, px(4), colour("surface"), colour("borderDefault"))
    text(painter, QRect(x, top, width, height), key, "text2", "micro", 500, CENTRE)
    return width


def avatar(
    painter: QPainter, x: int, middle: int, name: str, size: int = 24, tokens: tuple[str, str] = _AVATAR
) -> None:
    """Paint somebody's initials in a circle, in a ground and an ink."""
    ground, ink = tokens
    side = px(size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_NO_PEN)
    painter.setBrush(colour(ground))
    painter.drawEllipse(QPointF(x + side / 2, middle), side / 2, side / 2)
    painter.setFont(_initials(round(side * 0.4)))
    painter.setPen(colour(ink))
    painter.drawText(QRectF(x, middle - side / 2, side, side), int(CENTRE), initials(name))


@cache
def _initials(size: int) -> QFont:
    font = QFont(fonts.font("micro", 600, 1.0))
    font.setPixelSize(max(size, 8))
    return font


def button(painter: QPainter, area: QRect, label: str) -> None:
    """Paint a small button inside a cell."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
    rounded(painter, inner, px(5), colour("surface"), colour("borderDefault"))
    text(painter, area, label, "accentText", "small", 500, CENTRE)


def skeleton(painter: QPainter, x: int, middle: int, width: int, height: int = 10) -> None:
    """Paint the bar that stands for what is still being read; a chip's is 22 high."""
    tall = px(height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = tall / 2 if height > 12 else px(3)
    rounded(painter, QRectF(x, middle - tall // 2, width, tall), radius, colour("skeleton"))


def hairline(painter: QPainter, left: int, right: int, y: int) -> None:
    """Paint a divider of one pixel."""
    painter.fillRect(left, y, right - left, 1, colour("borderSubtle"))
