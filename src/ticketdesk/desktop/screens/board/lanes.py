"""The board by status and person: a lane for the pool and for each who answers for orders."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.board.card import MINI
from ticketdesk.desktop.screens.board.cell import Cell, Judge
from ticketdesk.desktop.screens.board.columns import MARGIN, Head
from ticketdesk.desktop.screens.board.moves import COLUMNS, Owner, Spot
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.widgets.basics import Avatar, column, frame, hline, icon_label, label, row
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import ngettext

_LABEL, _SHORT_LABEL = 172, 128
_LEAST, _WIDEST = 164, 260
"""Where a cell would be narrower than the first width, lanes scroll sideways."""
_HEADS = 37
"""How high the heads are, with the line below them."""
_MOST_CARDS = 5
"""A lane is as high as so many cards at most: more scroll inside it, so that the next person stays in sight."""


def owners(rows: Sequence[OrderRow], people: Sequence[StaffRow], me: StaffRow | None, *, pool: bool) -> list[Owner]:
    """Give whose lanes there are: the pool where the shop has one or an order lies in it, then people by name.

    Technicians, and ``me`` if I may claim, have a lane also while it is empty, so that something can be put there.
    """
    named = {row.assignee_id: row.assignee for row in rows}
    mine = [me] if me is not None and may(me.role, Right.CLAIM) else []
    workers = {one.id: one.name for one in (*people, *mine) if one.role is Role.TECHNICIAN or one is me}
    whose = {key: name for key, name in (workers | named).items() if key is not None}
    lanes = [Owner(key, name) for key, name in sorted(whose.items(), key=lambda item: item[1])]
    return [Owner(None, ""), *lanes] if pool or None in named else lanes


class _LaneCell(Cell):
    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(QRectF(area.left(), area.top(), 1, area.height()), colour("borderSubtle"))


class Lane(QWidget):
    """Somebody's orders, or those of the pool, each under its status."""

    def __init__(self, owner: Owner, scene: Scene, judge: Judge) -> None:
        super().__init__()
        self.owner = owner
        self.cells = [_LaneCell(Spot(status, owner), scene, judge, MINI) for status in COLUMNS]
        self._count = label("", "small", tone="second")
        mark = icon_label("hand", "text2", 20) if owner.id is None else Avatar(owner.name, 28)
        # on two lines: seven statuses leave a whole name no room
        title = [Elided(part, weight=600) for part in owner.title.split(" ", 1)]
        words = column(*title, self._count, None, spacing=2)
        self._label = QWidget()
        self._label.setLayout(row(column(mark, None), words, spacing=8, margins=(px(MARGIN), px(6), px(8), 0)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self._label)
        for cell in self.cells:
            layout.addWidget(cell)
        layout.addStretch(1)

    def show_rows(self, by_status: dict[str, list[OrderRow]], scene: Scene) -> None:
        """Show orders under their statuses."""
        for cell in self.cells:
            cell.show_rows(by_status.get(cell.spot.status, []), scene)
        count = sum(len(cell.cards.rows) for cell in self.cells)
        self._count.setText(ngettext("{count} order", "{count} orders", count).format(count=count))
        highest = max(len(cell.cards.rows) for cell in self.cells)
        cards = min(max(highest, 1), _MOST_CARDS)
        self.setFixedHeight(px(cards * (MINI.height + 6) + 12) + 1)

    def fit(self, label_width: int, width: int) -> None:
        """Be so wide."""
        self._label.setFixedWidth(label_width)
        for cell in self.cells:
            cell.setFixedWidth(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = QRectF(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(line, colour("borderDefault"))


class Lanes(QWidget):
    """The lanes below one another, under heads that stay in sight."""

    def __init__(self, scene: Scene, judge: Judge, known: Callable[[Cell], None]) -> None:
        super().__init__()
        self._scene, self._judge, self._known = scene, judge, known
        self.lanes: list[Lane] = []
        self._widths = px(_LABEL), px(_LEAST)
        inside = QWidget()
        inside.setProperty("kind", "clear")
        self._below = QVBoxLayout(inside)
        self._below.setContentsMargins(0, px(_HEADS), 0, 0)
        self._below.setSpacing(0)
        self._below.addStretch(1)
        self._heads = {status: Head(status) for status in COLUMNS}
        self._corner = QWidget()
        self._strip = frame("subtle")
        self._strip.setParent(inside)
        self._strip.setLayout(column(row(self._corner, *self._heads.values(), None, spacing=0), hline(), spacing=0))
        self.area = QScrollArea()
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.setCornerWidget(QWidget())  # Qt would draw a frame where the two scroll bars meet
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        # the heads go along sideways, and stay where they are while the lanes move below them
        self.area.verticalScrollBar().valueChanged.connect(lambda value: self._strip.move(0, value))

    @property
    def cells(self) -> list[Cell]:
        """Give every cell, lane by lane."""
        return [cell for lane in self.lanes for cell in lane.cells]

    def show_rows(self, rows: Sequence[OrderRow], owners: Sequence[Owner], scene: Scene) -> None:
        """Show orders in the lanes of those who answer for them, under their statuses."""
        self._have(owners)
        lying: defaultdict[UUID | None, defaultdict[str, list[OrderRow]]] = defaultdict(lambda: defaultdict(list))
        for found in rows:
            lying[found.assignee_id][found.status].append(found)
        for lane in self.lanes:
            lane.show_rows(lying[lane.owner.id], scene)
        for status, head in self._heads.items():
            head.count(sum(found.status == status for found in rows))

    def across(self, cell: Cell, step: int) -> Cell | None:
        """Give the next cell of the same lane to the right (1) or left (-1) that has cards."""
        cells = self._lane_of(cell).cells
        place = next(n for n, each in enumerate(cells) if each is cell)
        ahead = cells[place + 1 :] if step > 0 else cells[:place][::-1]
        return next((each for each in ahead if each.cards.rows), None)

    def along(self, cell: Cell, step: int) -> Cell | None:
        """Give the cell with cards that lies nearest in the next lane below (1) or above (-1) that has any."""
        place = self.lanes.index(self._lane_of(cell))
        status = COLUMNS.index(cell.spot.status)
        for lane in self.lanes[place + 1 :] if step > 0 else self.lanes[:place][::-1]:
            filled = [n for n, each in enumerate(lane.cells) if each.cards.rows]
            if filled:
                return lane.cells[min(filled, key=lambda n: abs(n - status))]
        return None

    def owner_beside(self, owner: UUID | None, step: int) -> Owner | None:
        """Give whose lane is the next one below (1) or above (-1); nothing beyond the last."""
        place = next((n for n, lane in enumerate(self.lanes) if lane.owner.id == owner), -1) + step
        return self.lanes[place].owner if 0 <= place < len(self.lanes) else None

    def reveal(self, cell: Cell) -> None:
        """Bring a cell into sight."""
        self.area.ensureWidgetVisible(cell, px(60), px(_HEADS + 4))

    def fit(self, width: int) -> None:
        """Share a width out among the statuses."""
        least = px(_LABEL) + len(COLUMNS) * px(_LEAST) + px(MARGIN)
        name = px(_LABEL if width >= least else _SHORT_LABEL)
        each = max((width - name - px(MARGIN)) // len(COLUMNS), px(_LEAST))
        self._widths = name, min(each, px(_WIDEST))
        self._corner.setFixedWidth(name)
        for head in self._heads.values():
            head.setFixedWidth(self._widths[1])
        for lane in self.lanes:
            lane.fit(*self._widths)
        whole = name + len(COLUMNS) * self._widths[1]
        self._strip.setFixedSize(max(whole, self.area.viewport().width()), px(_HEADS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(event.size().width())

    def _have(self, owners: Sequence[Owner]) -> None:
        """Have a lane for each of these, in this order; lanes that stay are not touched."""
        if [lane.owner for lane in self.lanes] == list(owners):
            return
        known = {lane.owner: lane for lane in self.lanes}
        self.lanes = [known.pop(owner) if owner in known else self._made(owner) for owner in owners]
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        for place, lane in enumerate(self.lanes):
            self._below.insertWidget(place, lane)
        self._strip.raise_()

    def _made(self, owner: Owner) -> Lane:
        lane = Lane(owner, self._scene, self._judge)
        for cell in lane.cells:
            self._known(cell)
        lane.fit(*self._widths)
        return lane

    def _lane_of(self, cell: Cell) -> Lane:
        return next(lane for lane in self.lanes if cell in lane.cells)
