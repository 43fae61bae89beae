"""The day's report on screen: numbers, charts and tables, each of which opens the orders behind it."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.cash.reports import print_shift
from ticketdesk.desktop.screens.day.behind import Behind
from ticketdesk.desktop.screens.day.calendar import DayChooser
from ticketdesk.desktop.screens.day.leaving import Leaving
from ticketdesk.desktop.screens.day.panels import (
    Flow,
    Hours,
    LateCard,
    PeopleCard,
    PlacesCard,
    Tiles,
    Ways,
    Wish,
)
from ticketdesk.desktop.screens.day.till import TillCard
from ticketdesk.desktop.widgets.basics import Button, column, frame, hline, label, row
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import cashroom, reckoning
from ticketdesk.services import day as days
from ticketdesk.services.cashroom import TillDay
from ticketdesk.services.day import Day, Sight
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.reckoning import ShiftReport
from ticketdesk.texts import N_, _

_TWO, _FOUR, _WIDE = 0, 1180, 1340
"""From these widths on: two cards in a row, four charts above two tables, three above three."""


class DayPage(QWidget):
    """One day of the shop, today at first; asks again when something changes."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._day: date = self._today()
        self._shown: Day | None = None
        self.leaving = Leaving(desk, host, self)
        self._make_head()
        self._make_panels()
        self._connect()
        self._soon = debounced(self, 300)
        self._soon.timeout.connect(self.reload)
        self._name_day()
        self.commands = (
            Command("day.before", N_("Day before"), "Ctrl+Left", "chev-l", lambda: self._step(-1)),
            Command("day.after", N_("Day after"), "Ctrl+Right", "chev-r", lambda: self._step(1)),
            Command("day.choose", N_("Choose a day"), "Ctrl+T", "calendar", self._choose),
            Command("day.export", N_("Export the report"), "Ctrl+E", "download", self._export, self._may_export),
            Command("day.print", N_("Print"), "Ctrl+P", "printer", self._print, self._printable),
            Command(
                "cash.next",
                N_("Open or close the till"),
                "F8",
                "drawer",
                host.step_till,
                partial(desk.may, Right.USE_TILL),
            ),
        )

    def activate(self) -> None:
        """Show the day as it is now."""
        self._host.hints((("Ctrl+← →", _("other day")), ("Ctrl+T", _("choose a day")), ("Ctrl+P", _("print"))))
        self._name_day()
        self.reload()
        self.tiles.tiles[days.TAKINGS].setFocus()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window."""
        return False

    def reload(self) -> None:
        """Ask again for the day."""
        asked, seen = self._day, self._sight()
        if seen is not None:
            done = partial(self._show, asked)
            self._desk.read(self, done, days.day, asked, self._desk.shop, seen)
        if self._desk.may(Right.SEE_SHIFTS):
            self._desk.read(
                self, partial(self._show_till, asked), cashroom.till_day, asked, self._desk.shop.zone, self._desk.name,
                sees_cash=self._desk.may(Right.SEE_TILL_CASH),
            )  # fmt: skip

    def _sight(self) -> Sight | None:
        staff = self._desk.staff
        return None if staff is None else days.sight(staff.role, staff.id)

    def _show(self, asked: date, day: Day) -> None:
        if asked != self._day:
            return  # somebody has gone on to another day meanwhile
        self._shown = day
        self._title.setText(_("My day") if day.own else _("Day report"))
        self.print.setEnabled(True)
        shop = self._desk.shop
        for panel in (self.tiles, self.hours, self.ways, self.flow, self.late, self.places):
            panel.show_day(day, shop)
        self.people.show_day(day)
        self.export.setEnabled(self._may_export())

    def _show_till(self, asked: date, till: TillDay) -> None:
        if asked != self._day:
            return
        shop = self._desk.shop
        self.till.show_till(till, shop)
        mine = till.mine
        self.step.setVisible(
            mine is not None and self._desk.may(Right.USE_TILL) and (shop.shifts or bool(mine.shift_id))
        )
        self.step.relabel(_("Close the till") if mine is not None and mine.shift_id else _("Open the till"))

    # another day

    def _today(self) -> date:
        return day_of(self._desk.now(), self._desk.shop.zone)

    def _step(self, by: int) -> None:
        self._go(self._day + timedelta(days=by))

    def _go(self, day: date) -> None:
        self._day = min(day, self._today())
        self._name_day()
        self.reload()

    def _name_day(self) -> None:
        today = self._today()
        self.chosen.relabel(dates.long_day(self._day))
        self.after.setEnabled(self._day < today)
        self.today.setEnabled(self._day != today)
        week_before = dates.long_day(self._day - timedelta(days=7)).rsplit(" ", 1)[0]
        self._compared.setText(_("compared with {day}").format(day=week_before))

    def _choose(self) -> None:
        chooser = DayChooser(self._host.window, self._day, self._today())
        chooser.chosen.connect(self._go)
        chooser.present()

    # what is behind a number, and on paper

    def _open(self, wish: Wish) -> None:
        def done(rows: list[OrderRow]) -> None:
            if not rows:
                self._host.toast(_("There are no orders behind this number."), "info")
                return
            Behind(self._host, wish.title, rows, self._desk.shop.currency).present()

        shown, seen = self._shown, self._sight()
        if shown is None or seen is None:
            return
        if shown.blind and days.tells_cash(wish.what):
            self._host.toast(reckoning.unseen_cash(), "info")
            return
        self._desk.read(
            self, done, days.day_orders, wish.day or self._day, self._desk.shop, seen, wish.what, wish.staff_id
        )

    def _printable(self) -> bool:
        return self._shown is not None

    def _print(self) -> None:
        if self._shown is not None:
            self.leaving.print(self._shown)

    def _print_shift(self, shift: ShiftReport) -> None:
        print_shift(self._desk, self._host, shift.id, shift.number, _("Z report") if shift.closed_at else _("X report"))

    def _may_export(self) -> bool:
        return self._shown is not None and self._desk.may(Right.EXPORT)

    def _export(self) -> None:
        if self._shown is not None:
            self.leaving.export(self._shown)

    # frame

    def _make_head(self) -> None:
        self.before = Button("", icon="chev-l", size="md")
        self.chosen = Button("", "Ctrl+T", icon="calendar", size="md")
        self.after = Button("", icon="chev-r", size="md")
        self.today = Button(_("Today"), size="md")
        self.print = Button(_("Print"), "Ctrl+P", icon="printer", size="md")
        self.print.setEnabled(False)
        self.export = Button(_("Export"), "Ctrl+E", icon="download", size="md")
        self.export.setEnabled(False)
        self.step = Button(_("Open the till"), "F8", "primary", "drawer", "md")
        self.step.hide()
        for button, name in ((self.before, _("Day before")), (self.after, _("Day after"))):
            button.setAccessibleName(name)
        self.before.setToolTip(_("Day before (Ctrl+←)"))
        self.after.setToolTip(_("Day after (Ctrl+→)"))
        self._compared = Elided(ink="text2")
        self._title = label(_("Day report"), "title", 600)
        self._bar = frame("bar")
        self._bar.setFixedHeight(px(57))
        across = row(
            self._title, 12, self.before, self.chosen, self.after, self.today, 8,
            margins=(px(16), 0, px(16), 0), spacing=px(6),
        )  # fmt: skip
        across.addWidget(self._compared, 1)
        across.addStretch(0)  # takes its room where it is not shown
        for button in (self.export, self.print, self.step):
            across.addWidget(button)
        self._bar.setLayout(across)
        self.export.setVisible(self._desk.may(Right.EXPORT))

    def _make_panels(self) -> None:
        shop = self._desk.shop
        self.tiles, self.hours, self.ways = Tiles(), Hours(shop), Ways()
        self.flow, self.late, self.people = Flow(), LateCard(), PeopleCard(shop)
        self.places, self.till = PlacesCard(shop), TillCard()
        self.till.hide()
        for card in (self.hours, self.ways, self.flow):
            card.setMinimumHeight(px(210))
        self.late.setMinimumHeight(px(200))
        self.people.setMinimumHeight(px(200))
        self._rows = [QHBoxLayout() for _row in range(4)]
        inside = QWidget()
        inside.setProperty("kind", "clear")
        layout = column(self.tiles, margins=(px(16), px(12), px(16), px(16)), spacing=px(12))
        for across in self._rows:
            across.setSpacing(px(12))
            layout.addLayout(across)
        layout.addWidget(self.places)
        self._arrange(_WIDE)
        inside.setLayout(layout)  # with all cards in it, so that Tab goes through them from the top
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(hline())
        whole.addWidget(scrolled(inside), 1)

    def _arrange(self, across: int) -> None:
        """Put charts above tables as there is room from a width on; a card that is not shown leaves its room to the others."""
        self.tiles.arrange(6 if across > _TWO else 3)
        rows: dict[int, tuple[tuple[tuple[QWidget, int], ...], ...]] = {
            _WIDE: (
                ((self.hours, 5), (self.ways, 3), (self.flow, 4)),
                ((self.late, 11), (self.people, 10), (self.till, 5)),
            ),
            _FOUR: (
                ((self.hours, 7), (self.ways, 6), (self.flow, 6), (self.till, 5)),
                ((self.late, 7), (self.people, 5)),
            ),
            _TWO: (
                ((self.hours, 7), (self.ways, 5)), ((self.flow, 7), (self.till, 5)),
                ((self.late, 1),), ((self.people, 1),),
            ),
        }  # fmt: skip
        for layout, cards in zip(self._rows, rows[across], strict=False):  # the more side by side, the fewer rows
            for card, share in cards:
                layout.addWidget(card, share)
        self._compared.setVisible(across > _TWO)
        self._across = across

    def _fitting(self) -> int:
        return max(least for least in (_TWO, _FOUR, _WIDE) if self.width() >= px(least))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.today.clicked.connect(lambda: self._go(self._today()))
        self.chosen.clicked.connect(self._choose)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.step.clicked.connect(self._host.step_till)
        self.till.print_wanted.connect(self._print_shift)
        for panel in (self.tiles, self.hours, self.ways, self.flow, self.people, self.places):
            panel.wished.connect(self._open)
        self.late.opened.connect(self._host.open_order)
        self.late.all_wanted.connect(lambda: self._host.show_view("late"))
        self._desk.changed.connect(self._heard)
        # what is late changes while nobody does anything, and so does today
        minute = QTimer(self, interval=60_000)
        minute.timeout.connect(lambda: self._heard(frozenset()))
        minute.start()

    def _heard(self, _keys: frozenset[UUID]) -> None:
        if self.isVisible():
            self._name_day()
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (across := self._fitting()) != self._across:
            self._arrange(across)
