"""Painting the rows of orders; what takes long to make is made once and kept."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from ticketdesk.desktop.listing.rows import PAD, Cells, RowPainter, mark, say
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.orders import Phase
from ticketdesk.services.lists import LATE, OrderRow, is_late
from ticketdesk.texts import _

_AVATAR, _TALL = 24, 48
_FACES = 400
_FOUND_IN = (cells.PHONE, cells.BRAND, cells.SERIAL)


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
    more: dict[int, str]
    """The words of what is shown only if somebody wishes, worked out when it is first seen."""

    def say(self, column: int) -> str:
        """Give the words of a column that somebody added."""
        if column not in self.more:
            self.more[column] = cells.text(self.row, column, self.scene)
        return self.more[column]


class OrderPainter(RowPainter[OrderRow]):
    """Paints orders, and the heads of their sections."""

    skeletons = (38, 0, 118, 98, 96, 96, 24, 64, 44)
    tall = (cells.STATUS_CELL, cells.ASSIGNEE)

    def __init__(self, model: OrdersModel) -> None:
        super().__init__(model)
        self._orders = model
        self._faces: OrderedDict[int, _Face] = OrderedDict()

    def row(self, painter: QPainter, area: QRect, columns: Cells, row: OrderRow) -> None:
        _row(painter, area, columns, self._face(row), self._orders.words)

    def section(self, painter: QPainter, area: QRect, mark: int) -> None:
        name = self._orders.section(mark)
        left = area.left() + px(PAD)
        token = "dangerText" if mark == LATE else "text2"
        paint.text(painter, QRect(left, area.top(), area.width(), area.height()), name, token, "small", 600)
        left += paint.metrics("small", 600).horizontalAdvance(name) + px(8)
        count = QRect(left, area.top(), px(80), area.height())
        paint.text(painter, count, str(self._orders.sections[mark]), "text3", "small")
        if mark == LATE:
            hint = area.adjusted(left, 0, -px(PAD), 0)
            paint.text(painter, hint, _("oldest first"), "text3", "small", 400, paint.RIGHT)

    def _face(self, row: OrderRow) -> _Face:
        known = self._faces.get(row.number)
        if known is not None and known.row is row and known.scene is self._orders.scene:
            return known
        made = self._faces[row.number] = _face(row, self._orders.scene)
        self._faces.move_to_end(row.number)
        if len(self._faces) > _FACES:
            self._faces.popitem(last=False)
        return made


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
        more={},
    )


def _row(painter: QPainter, area: QRect, columns: Cells, face: _Face, words: tuple[str, ...]) -> None:
    row, middle = face.row, area.top() + area.height() // 2
    upper = lower = middle
    if area.height() >= px(_TALL):
        upper, lower = middle - px(9), middle + px(10)
    left, width = columns[cells.NUMBER]
    mark(painter, left + px(PAD), middle, str(row.number), width - px(PAD + 4), words)
    say(painter, left + px(PAD), middle, str(row.number), width - px(PAD + 4), "text2")
    left, width = columns[cells.FLAGS]
    if width:
        _marks(painter, left, middle, face)
    left, width = columns[cells.DEVICE]
    if width:
        paint.mark(painter, left, middle, face.icon, "text2")
    mark(painter, left + px(24), upper, row.device_title, width - px(34), words, 500)
    say(painter, left + px(24), upper, row.device_title, width - px(34), "text", "body", 500)
    if lower != upper:
        say(painter, left + px(24), lower, face.say(cells.SERIAL), width - px(34), "text3", "small")
    left, width = columns[cells.CUSTOMER]
    mark(painter, left, upper, face.customer, width - px(10), words)
    say(painter, left, upper, face.customer, width - px(10), "text")
    if lower != upper:
        say(painter, left, lower, face.say(cells.PHONE), width - px(10), "text3", "small")
    left, width = columns[cells.PROBLEM]
    mark(painter, left, middle, face.problem, width - px(14), words)
    say(painter, left, middle, face.problem, width - px(14), "text2")
    left, width = columns[cells.STATUS_CELL]
    if width:
        chip = _chip(row.status, width - px(6), *_scale(painter))
        painter.drawPixmap(left, middle - px(11), chip)
    _assignee(painter, area, columns[cells.ASSIGNEE], face)
    left, width = columns[cells.PROMISED]
    if face.due_icon and width:
        paint.mark(painter, left, middle, face.due_icon, face.due_token, 14)
        left, width = left + px(18), width - px(18)
    say(painter, left, middle, face.due, width - px(4), face.due_token, "body", 500 if face.due_icon else 400)
    left, width = columns[cells.BALANCE]
    if width:
        _balance(painter, left + width - px(PAD), middle, width - px(PAD), face)
    for column in range(cells.RECEIVED, len(columns)):
        if columns[column][1]:
            _more(painter, middle, column, columns[column], face, words)


def _assignee(painter: QPainter, area: QRect, cell: tuple[int, int], face: _Face) -> None:
    left, width = cell
    middle = area.top() + area.height() // 2
    if not width:
        return
    if face.row.assignee:
        painter.drawPixmap(left, middle - px(_AVATAR) // 2, _avatar(face.row.assignee, *_scale(painter)))
    elif face.claimable:
        paint.button(painter, claim_area(left, area.top(), width, area.height()), _("Claim"))
    else:
        say(painter, left, middle, "—", width, "text3")


def _more(
    painter: QPainter, middle: int, column: int, cell: tuple[int, int], face: _Face, words: tuple[str, ...]
) -> None:
    """Paint a cell of a column that somebody added."""
    left, width = cell
    content = face.say(column)
    if cells.COLUMNS[column].right:
        wide = min(paint.metrics("body").horizontalAdvance(content) + 1, width - px(PAD))
        say(painter, left + width - px(PAD) - wide, middle, content, wide, "text")
        return
    if column in _FOUND_IN:
        mark(painter, left, middle, content, width - px(10), words)
    say(painter, left, middle, content, width - px(10), "text2")


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
        say(painter, right - width, middle, face.balance, width + 1, "okText", "small")
        paint.mark(painter, right - width - px(18), middle, "check", "okText", 14)
        return
    owed = face.row.balance
    token = "text3" if owed == 0 else "text" if owed > 0 else "okText"
    weight = 400 if owed == 0 else 600
    width = min(paint.metrics("body", weight).horizontalAdvance(face.balance) + 1, room)
    say(painter, right - width, middle, face.balance, width, token, "body", weight)


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
