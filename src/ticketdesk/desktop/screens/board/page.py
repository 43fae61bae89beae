"""The board: every open order as a card under its status, or in the lane of who answers for it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.screens.board import filters, lanes, moves
from ticketdesk.desktop.screens.board.cell import Cell
from ticketdesk.desktop.screens.board.columns import MARGIN, Columns
from ticketdesk.desktop.screens.board.deeds import BoardDeeds
from ticketdesk.desktop.screens.board.filters import Filter
from ticketdesk.desktop.screens.board.lanes import Lanes
from ticketdesk.desktop.screens.board.moves import Dragged, Owner, Spot
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.widgets.basics import column, frame, hline, label, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.widgets.overlay import give_focus
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import POOL
from ticketdesk.services import lists, staff
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import N_, _, ngettext

_MOST = 2000
_COLUMNS, _LANES, _HABIT = "columns", "lanes", "board"


class BoardPage(QWidget):
    """Columns by status, or lanes by person besides; cards follow other stations without losing the selection."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._rows: list[OrderRow] = []
        self._people: list[StaffRow] = []
        self._current: UUID | None = None
        self._showing = False
        self.deeds = BoardDeeds(desk, host, self)
        self.kind = Filter(_("Kind"), _("All kinds"), "filter")
        self.person = Filter(_("Technician"), _("All technicians"), "user")
        self.count = label("", "body", tone="second")
        choices = ((_COLUMNS, _("Status"), "board"), (_LANES, _("Status and technician"), "lanes"))
        self.grouping = Segmented(_("Grouping"), choices, _COLUMNS)
        self.columns = Columns(self._scene(), self._judge, self._know_cell)
        self.lanes = Lanes(self._scene(), self._judge, self._know_cell)
        self._nothing = _nothing()
        self._body = QStackedWidget()
        for part in (self.columns, self.lanes, self._nothing):
            self._body.addWidget(part)
        self._lay_out()
        self._connect()
        self.commands = (
            self._of_card("board.step", N_("Next step"), "F8", "arr-r", self.deeds.step),
            self._of_card(
                "board.right", N_("Move right"), "Ctrl+Right", "arr-r", lambda found: self.deeds.move_beside(found, 1)
            ),
            self._of_card(
                "board.left", N_("Move left"), "Ctrl+Left", "arr-l", lambda found: self.deeds.move_beside(found, -1)
            ),
            self._in_lanes("board.down", N_("To the person below, in lanes"), "Ctrl+Down", "chev-d", 1),
            self._in_lanes("board.up", N_("To the person above, in lanes"), "Ctrl+Up", "chev-u", -1),
            Command("board.lanes", N_("Lanes by technician, or columns only"), "", "lanes", self._turn),
            self._of_card("board.pay", N_("Take payment"), "F4", "cash", self.deeds.pay),
            self._of_card("board.print", N_("Papers, print"), "Ctrl+P, F7", "printer", self._print),
            self._of_card("board.assign", N_("Responsible…"), "Ctrl+R", "user", self._assign),
            self._of_card("board.due", N_("Due date…"), "Ctrl+T", "clock", self.deeds.promise),
            self._of_card("board.urgent", N_("Urgent on or off"), "Ctrl+U", "bolt", self.deeds.turn_urgent),
        )

    def activate(self) -> None:
        """Show the board as it is now, with the focus on a card."""
        self._hint()
        self.reload()
        self._list_of(self._current).setFocus()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: it opens the order."""
        return False

    def reload(self) -> None:
        """Ask again for every open order, and for who works here."""
        self._desk.read(self, self._know_people, staff.everyone)
        self._desk.read(self, self._show, lists.board, _MOST)

    @property
    def view(self) -> Columns | Lanes:
        """Give what is shown, or would be if there were any orders."""
        return self.lanes if self.grouping.value() == _LANES else self.columns

    # what is shown

    def _know_people(self, people: list[StaffRow]) -> None:
        self._people = people

    def _liked(self, grouping: str | None) -> None:
        if grouping == _LANES:
            self.grouping.choose(_LANES)
            self._regrouped()

    def _turn(self) -> None:
        self.grouping.choose(_COLUMNS if self.grouping.value() == _LANES else _LANES)
        self._grouped(self.grouping.value())

    def _grouped(self, grouping: str) -> None:
        self._desk.keep_habit(_HABIT, grouping)
        self._regrouped()

    def _regrouped(self) -> None:
        """Show the same card among columns or lanes; the focus stays with it unless it is in the head."""
        had_focus = any(each.list.hasFocus() for each in (*self.columns.cells, *self.lanes.cells))
        self._fit()
        self._fill()
        self._hint()
        if had_focus:
            self._keep(0, 0, focus=True)

    def _hint(self) -> None:
        self._host.hints(
            (
                ("← → ↑ ↓", _("between cards")),
                ("Ctrl+→", _("next status")),
                ("Ctrl+↑ ↓", _("another technician")) if self.view is self.lanes else ("F8", _("next step")),
                ("Enter", _("open")),
            )
        )

    def _show(self, rows: list[OrderRow]) -> None:
        self._rows = rows
        self.kind.offer(filters.kinds(rows))
        self.person.offer(filters.people(rows))
        self._fill()

    def _fill(self) -> None:
        kind, person = self.kind.value(), self.person.value()
        passing = [one for one in self._rows if filters.shown(one, kind, person)]
        scene = self._scene()
        place, before = self._place()
        had_focus = any(each.list.hasFocus() for each in self.view.cells)
        self._showing = True
        self.view.show_rows(passing, self._owners(passing, person), scene)
        self._showing = False
        self._say_count(len(passing))
        self._body.setCurrentWidget(self.view if self._rows else self._nothing)
        self._keep(place, before, focus=had_focus)

    def _owners(self, rows: list[OrderRow], person: str) -> list[Owner]:
        pool = self._desk.shop.allocation == POOL
        every = lanes.owners(rows, self._people, self._desk.staff, pool=pool)
        return [owner for owner in every if person in ("", filters.NOBODY if owner.id is None else str(owner.id))]

    def _say_count(self, passing: int) -> None:
        total = len(self._rows)
        if total >= _MOST:
            words = _("the {count} most pressing active orders")
        elif passing < total:
            words = ngettext("{passing} of {count} active order", "{passing} of {count} active orders", total)
        else:
            words = ngettext("{count} active order", "{count} active orders", total)
        self.count.setText(words.format(count=total, passing=passing))

    def _place(self) -> tuple[int, int]:
        for place, each in enumerate(self.view.cells):
            found = each.cards.place_of(self._current)
            if found >= 0:
                return place, found
        return 0, 0

    def _keep(self, place: int, card: int, *, focus: bool) -> None:
        """Select the same card wherever it is now; when it is gone, the one that took its place."""
        found = next((each for each in self.view.cells if each.cards.place_of(self._current) >= 0), None)
        if found is not None:
            self._select(found, found.cards.place_of(self._current), focus=focus)
            return
        cells = self.view.cells
        nearest = sorted(range(len(cells)), key=lambda n: abs(n - place))
        filled = next((n for n in nearest if cells[n].cards.rows), None)
        if filled is None:
            self._current = None
        else:
            self._select(cells[filled], card, focus=focus)

    def _select(self, chosen: Cell, place: int, *, focus: bool) -> None:
        place = min(place, len(chosen.cards.rows) - 1)
        self._current = chosen.cards.rows[place].id
        self._showing = True
        for each in self.view.cells:
            if each is not chosen:
                each.list.leave()
            each.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus)
        self._showing = False
        if not chosen.list.selectionModel().isRowSelected(place):  # where the focus comes by itself, Qt selects nothing
            chosen.list.choose(place)
        if focus:
            give_focus(self._host.window, chosen.list)
            self._reveal(chosen)

    # what people do

    def _moved_to(self, chosen: Cell) -> None:
        found = chosen.list.current()
        if self._showing or found is None or found.id == self._current:
            return
        self._select(chosen, chosen.list.currentIndex().row(), focus=False)

    def _focused(self, chosen: Cell) -> None:
        if chosen.list.current() is None and chosen.cards.rows:
            self._select(chosen, 0, focus=False)
        self._reveal(chosen)

    def _stepped(self, chosen: Cell, step: int) -> None:
        area = chosen.list.visualRect(chosen.list.currentIndex())
        target = self.view.across(chosen, step)
        if target is None:
            return
        level = target.list.indexAt(QPoint(px(10), area.center().y())).row()
        self._select(target, level if level >= 0 else len(target.cards.rows) - 1, focus=True)

    def _passed(self, chosen: Cell, step: int) -> None:
        target = self.view.along(chosen, step)
        if target is not None:
            self._select(target, 0 if step > 0 else len(target.cards.rows) - 1, focus=True)

    def _card(self) -> OrderRow | None:
        return next((one for one in self._rows if one.id == self._current), None)

    def _of_card(self, key_id: str, text: str, key: str, icon: str, run: Callable[[OrderRow], None]) -> Command:
        """Make a command about the card that is selected."""

        def run_with_card() -> None:
            if (found := self._card()) is not None:
                run(found)

        return Command(key_id, text, key, icon, run_with_card, lambda: self._card() is not None)

    def _print(self, found: OrderRow) -> None:
        self._host.choose_paper(found.id)

    def _assign(self, found: OrderRow) -> None:
        shown = self._list_of(found.id)
        self.deeds.choose_colleague(found, shown.mapToGlobal(shown.rect().center()))

    def _in_lanes(self, key_id: str, text: str, key: str, icon: str, step: int) -> Command:
        """Make a command that gives the card to whoever's lane is beside its own."""

        def run() -> None:
            found = self._card()
            owner = self.lanes.owner_beside(found.assignee_id, step) if found is not None else None
            if found is not None and owner is not None:
                self.deeds.give(found, Spot(found.status, owner))

        return Command(key_id, text, key, icon, run, lambda: self.view is self.lanes and self._card() is not None)

    # dragging

    def _judge(self, dragged: Dragged, spot: Spot) -> str | None:
        found = next((one for one in self._rows if one.id == dragged.order_id), None)
        if found is None or (dragged.seen == spot.status and spot.is_of(dragged.person)):
            return None
        return moves.why_not(self._desk, moves.as_seen(found, dragged), spot)

    def _drag_began(self, found: OrderRow) -> None:
        for each in self.view.cells:
            here, same = each.spot.is_of(found.assignee_id), each.spot.status == found.status
            if not (here and same) and (reason := moves.why_not(self._desk, found, each.spot)):
                each.forbid(reason if here or same else "")

    def _drag_ended(self) -> None:
        for each in self.view.cells:
            each.rest()

    def _dropped(self, dragged: Dragged, spot: Spot) -> None:
        found = next((one for one in self._rows if one.id == dragged.order_id), None)
        if found is None:
            return
        self._current = found.id
        if not spot.is_of(dragged.person):
            self.deeds.give(moves.as_seen(found, dragged), spot)
        elif dragged.seen != spot.status:
            self.deeds.move_to(moves.as_seen(found, dragged), spot.status)

    # frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(px(1200), px(700))

    def _fit(self) -> None:
        self.view.fit(self.width())

    def _reveal(self, chosen: Cell) -> None:
        self.view.reveal(chosen)

    def _list_of(self, order_id: UUID | None) -> QWidget:
        found = next((each for each in self.view.cells if each.cards.place_of(order_id) >= 0), None)
        return self.grouping if found is None else found.list

    def _scene(self) -> Scene:
        shop = self._desk.shop
        return Scene(self._desk.now(), shop.zone, shop.currency, self._desk.may(Right.CLAIM))

    def _lay_out(self) -> None:
        head = frame("bar")
        head.setFixedHeight(px(44))
        title = label(_("Board"), "title", 600)
        head.setLayout(
            row(
                title,
                self.count,
                8,
                self.kind,
                self.person,
                None,
                label(_("Grouping"), tone="second"),
                self.grouping,
                margins=(px(MARGIN), 0, px(MARGIN), 0),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hline())
        layout.addWidget(self._body, 1)

    def _know_cell(self, cell: Cell) -> None:
        """Do what people ask for in a cell."""
        cell.dropped.connect(self._dropped)
        cell.entered.connect(lambda: self._reveal(cell))
        cell.list.selectionModel().currentChanged.connect(lambda *_ends: self._moved_to(cell))
        cell.list.focused.connect(lambda: self._focused(cell))
        cell.list.stepped.connect(lambda step: self._stepped(cell, step))
        cell.list.passed.connect(lambda step: self._passed(cell, step))
        cell.list.opened.connect(lambda found: self._host.open_order(found.id))
        cell.list.claimed.connect(self.deeds.claim)
        cell.list.menu_wanted.connect(self.deeds.offer)
        cell.list.drag_began.connect(self._drag_began)
        cell.list.drag_ended.connect(self._drag_ended)

    def _connect(self) -> None:
        self.grouping.changed.connect(self._grouped)
        self._desk.habit(self, self._liked, _HABIT)
        self.kind.chosen.connect(self._fill)
        self.person.chosen.connect(self._fill)
        self._soon = debounced(self, 20)
        self._soon.timeout.connect(self.reload)
        self._desk.changed.connect(self._heard)
        # what is late, and how late, changes while nobody does anything
        minute = QTimer(self, interval=60_000)
        minute.timeout.connect(self._fill)
        minute.start()
        theme().changed.connect(self._fit)

    def _heard(self, _keys: frozenset[UUID]) -> None:
        if self.isVisible():
            self._soon.start()


def _nothing() -> QWidget:
    made = QWidget()
    notice = Notice("board", _("No active orders."), _("Take a device in with F2, and it shows here."))
    made.setLayout(column(notice, None, margins=(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN))))
    return made
