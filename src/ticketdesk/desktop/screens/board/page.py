"""The board: every open order as a card under its status, moved by mouse or keys."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ticketdesk.desktop import changing, nextstep
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.desktop.screens.board import filters, moves
from ticketdesk.desktop.screens.board.column import Column
from ticketdesk.desktop.screens.board.filters import Filter
from ticketdesk.desktop.screens.board.moves import COLUMNS, Dragged
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.desktop.widgets.basics import column, frame, hline, label, row
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.widgets.overlay import give_focus
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import MOVES, STATUS
from ticketdesk.domain.rights import Right
from ticketdesk.services import claiming, lists
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import N_, _, ngettext

_MARGIN, _GAP = 16, 8
_LEAST, _NARROW, _WIDEST = 172, 196, 300
"""All columns are shown while each has at least the first width; below that they scroll sideways."""
_MOST = 2000


class BoardPage(QWidget):
    """A column per status; cards follow what other stations do without losing the selection."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._rows: list[OrderRow] = []
        self._current: UUID | None = None
        self._showing = False
        self.deeds = Deeds(desk, host, self)
        self.kind = Filter(_("Kind"), _("All kinds"), "filter")
        self.person = Filter(_("Technician"), _("All technicians"), "user")
        self.count = label("", "body", tone="second")
        scene = self._scene()
        self.columns = [Column(status, scene, self._judge) for status in COLUMNS]
        self._strip = QWidget()
        self._strip.setProperty("kind", "clear")
        self._across = row(*self.columns, spacing=px(_GAP))
        self._across.setContentsMargins(px(_MARGIN), 0, px(_MARGIN), px(12))
        self._strip.setLayout(self._across)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._strip)
        self._body = QStackedWidget()
        self._body.addWidget(self._scroll)
        self._body.addWidget(_nothing())
        self._lay_out()
        self._connect()
        self.commands = (
            Command("board.step", N_("Next step"), "F8", "arr-r", self._step),
            Command("board.right", N_("Move right"), "Ctrl+Right", "arr-r", lambda: self._beside(1)),
            Command("board.left", N_("Move left"), "Ctrl+Left", "arr-l", lambda: self._beside(-1)),
            self._of_card("board.pay", N_("Take payment"), "F4", "cash", self._pay),
            self._of_card("board.print", N_("Papers, print"), "Ctrl+P, F7", "printer", self._print),
            self._of_card("board.assign", N_("Responsible…"), "Ctrl+R", "user", self._assign),
            self._of_card("board.due", N_("Due date…"), "Ctrl+T", "clock", self.deeds.promise),
            self._of_card("board.urgent", N_("Urgent on or off"), "Ctrl+U", "bolt", self.deeds.turn_urgent),
        )

    def activate(self) -> None:
        """Show the board as it is now, with the focus on a card."""
        self._host.hints(
            (
                ("← → ↑ ↓", _("between cards")),
                ("Ctrl+→", _("next status")),
                ("F8", _("next step")),
                ("Enter", _("open")),
            )
        )
        self.reload()
        self._list_of(self._current).setFocus()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: it opens the order."""
        return False

    def reload(self) -> None:
        """Ask again for every open order."""
        self._desk.read(self, self._show, lists.board, _MOST)

    # what is shown

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
        had_focus = any(each.list.hasFocus() for each in self.columns)
        self._showing = True
        for each in self.columns:
            each.cards.see(scene)
            each.show_rows([one for one in passing if one.status == each.status])
        self._showing = False
        self._say_count(len(passing))
        self._body.setCurrentIndex(0 if self._rows else 1)
        self._keep(place, before, focus=had_focus)

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
        for place, each in enumerate(self.columns):
            found = each.cards.place_of(self._current)
            if found >= 0:
                return place, found
        return 0, 0

    def _keep(self, place: int, card: int, *, focus: bool) -> None:
        """Select the same card wherever it is now; when it is gone, the one that took its place."""
        found = next((each for each in self.columns if each.cards.place_of(self._current) >= 0), None)
        if found is not None:
            self._select(found, found.cards.place_of(self._current), focus=focus)
            return
        nearest = sorted(range(len(self.columns)), key=lambda n: abs(n - place))
        filled = next((n for n in nearest if self.columns[n].cards.rows), None)
        if filled is None:
            self._current = None
        else:
            self._select(self.columns[filled], card, focus=focus)

    def _select(self, chosen: Column, place: int, *, focus: bool) -> None:
        place = min(place, len(chosen.cards.rows) - 1)
        self._current = chosen.cards.rows[place].id
        self._showing = True
        for each in self.columns:
            if each is not chosen:
                each.list.leave()
            each.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus)
        self._showing = False
        if chosen.list.currentIndex().row() != place:
            chosen.list.choose(place)
        if focus:
            give_focus(self._host.window, chosen.list)
            self._reveal(chosen)

    # what people do

    def _moved_to(self, chosen: Column) -> None:
        found = chosen.list.current()
        if self._showing or found is None or found.id == self._current:
            return
        self._select(chosen, chosen.list.currentIndex().row(), focus=False)

    def _focused(self, chosen: Column) -> None:
        if chosen.list.current() is None and chosen.cards.rows:
            self._select(chosen, 0, focus=False)
        self._reveal(chosen)

    def _stepped(self, chosen: Column, step: int) -> None:
        place = self.columns.index(chosen)
        area = chosen.list.visualRect(chosen.list.currentIndex())
        ahead = self.columns[place + 1 :] if step > 0 else self.columns[:place][::-1]
        target = next((each for each in ahead if each.cards.rows), None)
        if target is None:
            return
        level = target.list.indexAt(QPoint(px(10), area.center().y())).row()
        self._select(target, level if level >= 0 else len(target.cards.rows) - 1, focus=True)

    def _card(self) -> OrderRow | None:
        return next((one for one in self._rows if one.id == self._current), None)

    def _of_card(self, key_id: str, text: str, key: str, icon: str, run: Callable[[OrderRow], None]) -> Command:
        """Make a command about the card that is selected."""

        def run_with_card() -> None:
            if (found := self._card()) is not None:
                run(found)

        return Command(key_id, text, key, icon, run_with_card, lambda: self._card() is not None)

    def _pay(self, found: OrderRow) -> None:
        if self._desk.may(Right.TAKE_PAYMENT):
            self.deeds.pay(found)

    def _print(self, found: OrderRow) -> None:
        self._host.choose_paper(found.id)

    def _assign(self, found: OrderRow) -> None:
        shown = self._list_of(found.id)
        self.deeds.choose_colleague(found, shown.mapToGlobal(shown.rect().center()))

    def _step(self) -> None:
        if (found := self._card()) is not None:
            nextstep.run(self._desk, self._host, self, found)

    def _beside(self, step: int) -> None:
        found = self._card()
        to = moves.beside(found, step) if found is not None else None
        if found is not None and to is not None:
            self._move(found, to)

    def _move(self, found: OrderRow, to: str) -> None:
        if reason := moves.obstacle(self._desk, found, to):
            self._host.toast(reason, "warning", _("Open"), lambda: self._host.open_order(found.id))
        else:
            changing.move(self._desk, self._host, self, found, to)

    def _claim(self, found: OrderRow) -> None:
        self._desk.write(
            self,
            lambda done: self._host.toast(_("You claimed {number}.").format(number=done.number), "hand"),
            claiming.claim,
            claiming.Claim(found.id),
            refused=lambda refusal: nextstep.refuse(self._host, found.id, refusal),
        )

    def _menu(self, found: OrderRow, at: QPoint) -> None:
        menu = passing_menu(self)
        menu.addAction(_("Open"), lambda: self._host.open_order(found.id))
        if found.assignee_id is None and self._desk.may(Right.CLAIM):
            menu.addAction(_("Claim"), lambda: self._claim(found))
        menu.addSeparator()
        for to in MOVES[found.status]:
            action = menu.addAction(_(STATUS[to].step))
            action.triggered.connect(lambda _on=False, to=to: self._move(found, to))
            action.setEnabled(not moves.obstacle(self._desk, found, to))
        menu.popup(at)

    # dragging

    def _judge(self, dragged: Dragged, to: str) -> str | None:
        found = next((one for one in self._rows if one.id == dragged.order_id), None)
        if found is None or dragged.seen == to:
            return None
        return moves.obstacle(self._desk, moves.as_seen(found, dragged), to)

    def _drag_began(self, found: OrderRow) -> None:
        for each in self.columns:
            if each.status != found.status and (reason := moves.obstacle(self._desk, found, each.status)):
                each.forbid(reason)

    def _drag_ended(self) -> None:
        for each in self.columns:
            each.rest()

    def _dropped(self, dragged: Dragged, to: str) -> None:
        found = next((one for one in self._rows if one.id == dragged.order_id), None)
        if found is not None and dragged.seen != to:
            self._current = found.id
            self._move(moves.as_seen(found, dragged), to)

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
        count = len(self.columns)
        room = self.width() - 2 * px(_MARGIN) - (count - 1) * px(_GAP)
        width = room // count
        if width < px(_LEAST):
            width = px(_NARROW)
        for each in self.columns:
            each.setFixedWidth(min(width, px(_WIDEST)))

    def _reveal(self, chosen: Column) -> None:
        self._scroll.ensureWidgetVisible(chosen, px(60), 0)

    def _list_of(self, order_id: UUID | None) -> QWidget:
        found = next((each for each in self.columns if each.cards.place_of(order_id) >= 0), self.columns[0])
        return found.list

    def _scene(self) -> Scene:
        shop = self._desk.shop
        return Scene(self._desk.now(), shop.zone, shop.currency, self._desk.may(Right.CLAIM))

    def _lay_out(self) -> None:
        head = frame("bar")
        head.setFixedHeight(px(44))
        title = label(_("Board"), "title", 600)
        head.setLayout(
            row(title, self.count, 8, self.kind, self.person, None, margins=(px(_MARGIN), 0, px(_MARGIN), 0))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hline())
        layout.addWidget(self._body, 1)
        self._across.addStretch(1)

    def _connect(self) -> None:
        for each in self.columns:
            each.dropped.connect(self._dropped)
            each.entered.connect(lambda each=each: self._reveal(each))
            each.list.selectionModel().currentChanged.connect(lambda *_ends, each=each: self._moved_to(each))
            each.list.focused.connect(lambda each=each: self._focused(each))
            each.list.stepped.connect(lambda step, each=each: self._stepped(each, step))
            each.list.opened.connect(lambda found: self._host.open_order(found.id))
            each.list.claimed.connect(self._claim)
            each.list.menu_wanted.connect(self._menu)
            each.list.drag_began.connect(self._drag_began)
            each.list.drag_ended.connect(self._drag_ended)
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
    made.setLayout(column(notice, None, margins=(px(_MARGIN), px(_MARGIN), px(_MARGIN), px(_MARGIN))))
    return made
