"""Painting the rows in sight, each from its order; what takes long to make is made once and kept.

The table paints whole rows instead of asking a delegate for each cell: a frame of twenty rows then takes a
fifth of the time.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QStaticText, QTransform

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.orders import Phase
from ticketdesk.services.lists import LATE, OrderRow, is_late
from ticketdesk.texts import _

_BAR, _PAD, _AVATAR = 3, 16, 24
_SKELETONS = (38, 0, 118, 98, 96, 96, 24, 64, 44)
"""Widths of the bars that stand for a row being read; none for marks."""
_FACES = 400
Cells = list[tuple[int, int]]
"""Left edge and width of each column."""


@dataclass(frozen=True, slots=True)
class _Face:
    """What a row shows, worked out once."""

    row: OrderRow
    scene: Scene
    flags: list[tuple[str, str, str]]
    icon: str
    customer: str
    problem: str
    due: str
    due_icon: str
    due_token: str
    balance: str
    paid: bool
    claimable: bool


class RowPainter:
    """Paints rows; ``hovered`` is the one under the pointer, ``active`` whether the list has the focus."""

    def __init__(self, model: OrdersModel) -> None:
        self._model = model
        self._faces: OrderedDict[int, _Face] = OrderedDict()
        self.hovered = -1
        self.active = False

    def paint(self, painter: QPainter, place: int, area: QRect, columns: Cells, *, chosen: bool) -> None:
        """Paint what stands at a place of the list."""
        key = self._model.keys[place]
        if key < 0:
            self._section(painter, area, key)
            return
        if chosen:
            painter.fillRect(area, colour("selected" if self.active else "selectedInactive"))
            if self.active:
                painter.fillRect(area.left(), area.top(), px(_BAR), area.height(), colour("selBar"))
        elif place == self.hovered:
            painter.fillRect(area, colour("hover"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        row = self._model.row_at(place)
        if row is None:
            skeleton(painter, area, columns)
        else:
            _row(painter, area.top(), area.height(), columns, self._face(row))

    def _face(self, row: OrderRow) -> _Face:
        known = self._faces.get(row.number)
        if known is not None and known.row is row and known.scene is self._model.scene:
            return known
        made = self._faces[row.number] = _face(row, self._model.scene)
        self._faces.move_to_end(row.number)
        if len(self._faces) > _FACES:
            self._faces.popitem(last=False)
        return made

    def _section(self, painter: QPainter, area: QRect, mark: int) -> None:
        painter.fillRect(area, colour("subtle"))
        paint.hairline(painter, area.left(), area.right() + 1, area.bottom())
        name = cells.section_title(mark, self._model.scene)
        left = area.left() + px(_PAD)
        token = "dangerText" if mark == LATE else "text2"
        paint.text(painter, QRect(left, area.top(), area.width(), area.height()), name, token, "small", 600)
        left += paint.metrics("small", 600).horizontalAdvance(name) + px(8)
        count = QRect(left, area.top(), px(80), area.height())
        paint.text(painter, count, str(self._model.sections[mark]), "text3", "small")
        if mark == LATE:
            hint = area.adjusted(left, 0, -px(_PAD), 0)
            paint.text(painter, hint, _("oldest first"), "text3", "small", 400, paint.RIGHT)


def skeleton(painter: QPainter, area: QRect, columns: Cells) -> None:
    """Paint the shape of a row that is being read."""
    middle = area.top() + area.height() // 2
    for column, (left, room) in enumerate(columns):
        width = min(px(_SKELETONS[column]), room - px(12))
        if width <= 0:
            continue
        x = left + (px(_PAD) if column == cells.NUMBER else 0)
        if column == cells.BALANCE:
            x = left + room - px(_PAD) - width
        height = 22 if column in (cells.STATUS_CELL, cells.ASSIGNEE) else 10
        paint.skeleton(painter, x, middle, width, height)


def claim_area(left: int, top: int, width: int, height: int) -> QRect:
    """Say where in its cell the button stands with which a row is claimed."""
    wide = min(paint.metrics("small", 500).horizontalAdvance(_("Claim")) + px(16), width - px(4))
    return QRect(left, top + (height - px(24)) // 2, wide, px(24))


def _face(row: OrderRow, scene: Scene) -> _Face:
    icon, ink = "", "text2"
    if is_late(row, scene.moment):
        icon, ink = "alarm", "dangerText"
    elif cells.is_soon(row, scene):
        icon, ink = "clock", "warnText"
    elif row.phase in (Phase.DONE, Phase.CANCELLED):
        ink = "text3"
    return _Face(
        row=row,
        scene=scene,
        flags=cells.flags(row),
        icon=kind_of(row.device_kind).icon,
        customer=cells.customer(row),
        problem=cells.problem(row)[:120],
        due=cells.promised(row, scene),
        due_icon=icon,
        due_token=ink,
        balance=cells.balance(row),
        paid=cells.is_paid(row) and row.balance == 0,
        claimable=cells.may_be_claimed(row, scene),
    )


def _row(painter: QPainter, top: int, height: int, columns: Cells, face: _Face) -> None:
    row, middle = face.row, top + height // 2
    left, width = columns[cells.NUMBER]
    _say(painter, left + px(_PAD), middle, str(row.number), width - px(_PAD + 4), "text2")
    left, _width = columns[cells.FLAGS]
    _marks(painter, left, middle, face)
    left, width = columns[cells.DEVICE]
    paint.mark(painter, left, middle, face.icon, "text2")
    _say(painter, left + px(24), middle, row.device_title, width - px(34), "text", "body", 500)
    left, width = columns[cells.CUSTOMER]
    _say(painter, left, middle, face.customer, width - px(10), "text")
    left, width = columns[cells.PROBLEM]
    _say(painter, left, middle, face.problem, width - px(14), "text2")
    left, width = columns[cells.STATUS_CELL]
    chip = _chip(row.status, width - px(6), *_scale(painter))
    painter.drawPixmap(left, middle - px(11), chip)
    left, width = columns[cells.ASSIGNEE]
    if row.assignee:
        painter.drawPixmap(left, middle - px(_AVATAR) // 2, _avatar(row.assignee, *_scale(painter)))
    elif face.claimable:
        paint.button(painter, claim_area(left, top, width, height), _("Claim"))
    else:
        _say(painter, left, middle, "—", width, "text3")
    left, width = columns[cells.PROMISED]
    if face.due_icon:
        paint.mark(painter, left, middle, face.due_icon, face.due_token, 14)
        left, width = left + px(18), width - px(18)
    _say(painter, left, middle, face.due, width - px(4), face.due_token, "body", 500 if face.due_icon else 400)
    left, width = columns[cells.BALANCE]
    _balance(painter, left + width - px(_PAD), middle, width - px(_PAD), face)


def _marks(painter: QPainter, left: int, middle: int, face: _Face) -> None:
    found = face.flags
    if len(found) == 1:
        paint.mark(painter, left + px(4), middle, found[0][0], found[0][1])
        return
    # two fit side by side; the first says the most
    for place, (icon, token, _word) in enumerate(found[:2]):
        paint.mark(painter, left + px(12) * place, middle, icon, token, 12)


def _balance(painter: QPainter, right: int, middle: int, room: int, face: _Face) -> None:
    if face.paid:
        width = paint.metrics("small").horizontalAdvance(face.balance)
        _say(painter, right - width, middle, face.balance, width + 1, "okText", "small")
        paint.mark(painter, right - width - px(18), middle, "check", "okText", 14)
        return
    owed = face.row.balance
    token = "text3" if owed == 0 else "text" if owed > 0 else "okText"
    weight = 400 if owed == 0 else 600
    width = min(paint.metrics("body", weight).horizontalAdvance(face.balance) + 1, room)
    _say(painter, right - width, middle, face.balance, width, token, "body", weight)


def _say(
    painter: QPainter,
    x: int,
    middle: int,
    content: str,
    room: int,
    token: str,
    role: str = "body",
    weight: int = 400,
) -> None:
    if content and room > 0:
        painter.setFont(paint.cached_font(role, weight))
        painter.setPen(colour(token))
        height = paint.metrics(role, weight).height()
        painter.drawStaticText(QPoint(x, middle - height // 2), _laid_out(content, role, weight, room, theme().zoom))


@lru_cache(maxsize=4096)
def _laid_out(content: str, role: str, weight: int, room: int, _zoom: float) -> QStaticText:
    """Lay a text out once: this is what takes the time in painting it."""
    measures = paint.metrics(role, weight)
    made = QStaticText(measures.elidedText(content, Qt.TextElideMode.ElideRight, room))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), paint.cached_font(role, weight))
    return made


def _scale(painter: QPainter) -> tuple[float, float, str]:
    return painter.device().devicePixelRatio(), theme().zoom, theme().tokens.name


@cache
def _chip(status: str, room: int, ratio: float, _zoom: float, _theme: str) -> QPixmap:
    made, brush = _canvas(min(paint.chip_width(status), room), px(22), ratio)
    paint.status_chip(brush, 0, px(11), status, room)
    brush.end()
    return made


@lru_cache(maxsize=512)
def _avatar(name: str, ratio: float, _zoom: float, _theme: str) -> QPixmap:
    made, brush = _canvas(px(_AVATAR), px(_AVATAR), ratio)
    paint.avatar(brush, 0, px(_AVATAR) // 2, name, _AVATAR)
    brush.end()
    return made


def _canvas(width: int, height: int, ratio: float) -> tuple[QPixmap, QPainter]:
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made, QPainter(made)
