"""The panels of the day's report: tiles, charts, tables; each is told a day and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.day import numbers
from ticketdesk.desktop.screens.day.charts import Bar, Chart, Columns, Methods, Swatch
from ticketdesk.desktop.screens.orders.cells import customer
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.desktop.widgets.tile import Tile
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import CURRENCIES, format_amount, format_money
from ticketdesk.domain.orders import METHOD_LABELS, STATUS
from ticketdesk.domain.shop import Shop
from ticketdesk.services import day as days
from ticketdesk.services import reckoning
from ticketdesk.services.day import Day, Place
from ticketdesk.texts import _, ngettext

_SHIFTS_SEEN = 5
_METHOD_ICONS = {"cash": "cash", "card": "card", "transfer": "bank", "voucher": "ticket"}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which orders somebody wants to see, and what their list is called; a day other than the one shown."""

    title: str
    what: str
    staff_id: UUID | None = None
    day: date | None = None


class Tiles(QWidget):
    """The six numbers of the day, in one row or two."""

    wished = Signal(object)  # Wish

    def __init__(self) -> None:
        super().__init__()
        titles = (
            (days.TAKINGS, _("Takings"), ""),
            (days.RECEIVED, _("Orders taken in"), ""),
            (days.HANDED_OVER, _("Orders handed over"), ""),
            (days.AVERAGE, _("Average value"), ""),
            (days.REPAIR, _("Average repair time"), ""),
            (days.LATE, _("Overdue now"), "alarm"),
        )
        self.tiles = {what: Tile(title, icon) for what, title, icon in titles}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(12))
        self.arrange(6)
        for what, title, _icon in titles:
            self.tiles[what].clicked.connect(
                lambda _on=False, what=what, title=title: self.wished.emit(Wish(title, what))
            )

    def arrange(self, across: int) -> None:
        """Put so many tiles into a row."""
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)

    def show_day(self, day: Day, shop: Shop) -> None:
        """Show the numbers of a day beside those of a week earlier."""
        now, before = day.figures, day.before
        unit = CURRENCIES.get(shop.currency, shop.currency)
        self._takings(now.takings, before.takings, unit)
        for what, count, count_before in (
            (days.RECEIVED, now.received, before.received),
            (days.HANDED_OVER, now.handed_over, before.handed_over),
        ):
            self.tiles[what].say(str(count), "", numbers.difference(count, count_before))
        if day.blind:
            self.tiles[days.AVERAGE].say("—", "", _("once the till is closed"))
        else:
            self._average(now.average, before.average, unit)
        self._repair(now.repair, before.repair)
        late = day.late_count
        oldest = ""
        if day.late:
            time = dates.between(day.late[0].promised_at, day.at, shop.zone)
            oldest = _("the oldest: {time}").format(time=time)
        token = "dangerText" if late else "text"
        note = oldest or _("No overdue orders.")
        note_token = "dangerText" if late else "okText"
        self.tiles[days.LATE].say(str(late), numbers.orders(late), note, note_token, token)

    def _takings(self, now: int | None, before: int | None, unit: str) -> None:
        if now is None:
            self.tiles[days.TAKINGS].say("—", "", _("once the till is closed"))
            return
        note, tone = "", "text2"
        if before is not None:
            note, tone = numbers.change(now, before, format_amount(before)), numbers.tone(now, before)
        self.tiles[days.TAKINGS].say(format_amount(now), unit, note, tone)

    def _average(self, now: int | None, before: int | None, unit: str) -> None:
        if now is None:
            self.tiles[days.AVERAGE].say("—", "", _("nothing with a price"))
            return
        note = ""
        if before is not None:
            note = numbers.change(now, before, format_amount(before))
        self.tiles[days.AVERAGE].say(format_amount(now), unit, note)

    def _repair(self, now: int | None, before: int | None) -> None:
        if now is None:
            self.tiles[days.REPAIR].say("—", "", _("nothing handed over"))
            return
        note = ""
        if before is not None:
            note = numbers.since(now, before, " ".join(numbers.length(before)))
        tone = "okText" if before is not None and now < before else "text2"
        self.tiles[days.REPAIR].say(*numbers.length(now), note, tone)


class ChartCard(Card):
    """A card with a chart in it."""

    wished = Signal(object)  # Wish

    def __init__(self, title: str, chart: Chart) -> None:
        super().__init__(title)
        self.title.setMinimumHeight(px(28))
        self.chart = chart
        self.body.addWidget(chart)
        chart.chosen.connect(self.wished)


class Hours(ChartCard):
    """What was taken in each hour."""

    def __init__(self, shop: Shop) -> None:
        unit = CURRENCIES.get(shop.currency, shop.currency)
        title = _("Takings by hour, {currency}").format(currency=unit)
        self.columns = Columns(title, 1, numbers.whole, 10_000, _("Nothing was taken that day."))
        super().__init__(title, self.columns)

    def show_day(self, day: Day, shop: Shop) -> None:
        """Show a day; its best hour stands out."""
        self.columns.empty = reckoning.unseen_cash() if day.blind else _("Nothing was taken that day.")
        best = max((hour.amount for hour in day.hours), default=0)
        bars = []
        for hour in day.hours:
            clock = f"{hour.hour}:00"
            spoken = _("{hour}: {amount}").format(hour=clock, amount=format_money(hour.amount, shop.currency))
            wish = Wish(_("Paid from {hour}").format(hour=clock), f"{days.HOUR}{hour.hour}")
            token = "accent" if hour.amount == best else "chartSoft"
            text = numbers.whole(hour.amount) if hour.amount else ""
            bars.append(Bar(str(hour.hour), hour.amount, spoken, wish, token, text=text))
        self.columns.show_groups([(bar.label, False) for bar in bars], bars)


class Ways(ChartCard):
    """What was taken by each method."""

    def __init__(self) -> None:
        super().__init__(_("By method of payment"), Methods(_("By method of payment")))
        self.refunds = Button("", kind="link", size="sm")
        self.refunds.clicked.connect(lambda: self.wished.emit(Wish(_("Orders with refunds"), days.REFUNDS)))
        self.head.addWidget(self.refunds)

    def show_day(self, day: Day, shop: Shop) -> None:
        """Show a day; refunds are taken off."""
        total = day.figures.takings or 0
        bars = []
        for method in day.methods:
            name = _(METHOD_LABELS[method.method]) if method.method in METHOD_LABELS else method.method
            share = f"{round(method.amount * 100 / total)} %" if total > 0 and method.amount >= 0 else ""
            said = _("{method}: {amount}").format(method=name, amount=format_money(method.amount, shop.currency))
            wish = Wish(said, f"{days.METHOD}{method.method}")
            icon = _METHOD_ICONS.get(method.method, "cash")
            text = format_amount(method.amount)
            bars.append(Bar(name, method.amount, said, wish, "accent", icon, text, share))
        self.chart.show_bars(bars)
        self.refunds.setVisible(bool(day.refunded))
        self.refunds.relabel(_("refunded {amount}").format(amount=format_amount(day.refunded or 0)))


class Flow(ChartCard):
    """How many orders came in and went out on each of the last days."""

    def __init__(self) -> None:
        title = _("In and out")
        self.columns = Columns(title, 2, str, 4)
        super().__init__(title, self.columns)
        for text, token in ((_("in"), "chartNeutral"), (_("out"), "accent")):
            self.head.addWidget(Swatch(token))
            self.head.addWidget(label(text, "small", tone="second"))

    def show_day(self, day: Day, _shop: Shop) -> None:
        """Show the days up to this one; Mondays carry their letter."""
        groups, bars = [], []
        for each in day.series:
            name = dates.short_day(each.date)
            letter = f" {numbers.weekday(1)}" if each.date.weekday() == 0 else ""
            groups.append((f"{each.date.day}{letter}", each.date == day.date))
            came, went = _("{day}, in: {count}"), _("{day}, out: {count}")
            for text, count, what, token in (
                (came, each.received, days.RECEIVED, "chartNeutral"),
                (went, each.handed_over, days.HANDED_OVER, "accent"),
            ):
                said = text.format(day=name, count=count)
                bars.append(Bar(name, count, said, Wish(said, what, day=each.date), token))
        self.columns.show_groups(groups, bars)


class TableCard(Card):
    """A card with a table in it, and a button above the table if it has one: Tab comes to that first."""

    def __init__(self, title: str, headings: Sequence[Heading], empty: str, button: QPushButton | None = None) -> None:
        super().__init__(title)
        if button is not None:
            self.head.addWidget(button)
        self.title.setMinimumHeight(px(28))
        self.table = Table(title, headings, empty=empty)
        self.body.setContentsMargins(0, 0, 0, 1)
        self.body.addWidget(self.table)


class LateCard(TableCard):
    """What is late now, oldest first."""

    opened = Signal(object)  # UUID
    all_wanted = Signal()

    def __init__(self) -> None:
        everything = Button(_("See all"), kind="link", size="sm")
        super().__init__(
            _("Overdue"),
            (
                Heading(_("No."), 72),
                Heading(_("Device")),
                Heading(_("Customer")),
                Heading(_("Resp."), 52),
                Heading(_("Late by"), 84),
                Heading(_("Status"), 128),
            ),
            _("No overdue orders."),
            everything,
        )
        self._day: Day | None = None
        everything.clicked.connect(self.all_wanted)
        self.table.opened.connect(self._open)

    def show_day(self, day: Day, shop: Shop) -> None:
        """Show what is late now."""
        self._day = day
        self.table.show_rows(
            [
                (
                    Cell(str(late.number), "text2"),
                    Cell(late.device_title, weight=500),
                    Cell(customer(late)),
                    Cell(avatar=late.assignee) if late.assignee else Cell("—", "text3"),
                    Cell(dates.between(late.promised_at, day.at, shop.zone), "dangerText", 500, "alarm"),
                    Cell(_(STATUS[late.status].label), "text2"),
                )
                for late in day.late
            ]
        )

    def _open(self, place: int) -> None:
        if self._day is not None:
            self.opened.emit(self._day.late[place].id)


class PlacesCard(TableCard):
    """What was taken in each shift, and outside any: together the takings of the day."""

    wished = Signal(object)  # Wish

    def __init__(self, shop: Shop) -> None:
        unit = CURRENCIES.get(shop.currency, shop.currency)
        super().__init__(
            _("Takings by shift"),
            (
                Heading(_("Shift")),
                Heading(_("With"), 220),
                Heading(_("Till"), 160),
                Heading(_("Payments"), 96, right=True),
                Heading(_("Taken, {currency}").format(currency=unit), 190, right=True),
            ),
            _("Nothing was taken that day."),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._places: tuple[Place, ...] = ()
        self.table.opened.connect(self._open)

    def show_day(self, day: Day, shop: Shop) -> None:
        """Show a day, in a shop that keeps shifts; what no Z report holds stands out."""
        self._places = day.places
        self.setVisible(shop.shifts or bool(day.places))
        rows = []
        for each in day.places:
            state = "" if each.shift is None else _("open now") if each.open else _("closed")
            tone = "warnText" if each.shift is None else "text"
            amount = _("once the till is closed") if each.amount is None else format_amount(each.amount)
            rows.append(
                (
                    Cell(days.named(each), tone, 500, "info" if each.shift is None else ""),
                    Cell(each.staff or "—", "text2"),
                    Cell(state, "text2"),
                    Cell(str(each.count), "text2"),
                    Cell(amount, "text2" if each.amount is None else "text", 400 if each.amount is None else 600),
                )
            )
        self.table.show_rows(rows)
        self.table.setFixedHeight(px(29 + 36 * max(2, min(len(rows), _SHIFTS_SEEN))))

    def _open(self, place: int) -> None:
        chosen = self._places[place]
        what = days.OUTSIDE if chosen.shift is None else f"{days.SHIFT}{chosen.shift}"
        self.wished.emit(Wish(days.named(chosen), what))


class PeopleCard(TableCard):
    """Who handed over how much, and the work that was in it."""

    wished = Signal(object)  # Wish

    def __init__(self, shop: Shop) -> None:
        unit = CURRENCIES.get(shop.currency, shop.currency)
        super().__init__(
            _("Technicians"),
            (
                Heading(_("Technician")),
                Heading(_("Out"), 64, right=True),
                Heading(_("On time"), 80, right=True),
                Heading(_("Hours"), 60, right=True),
                Heading(_("Work, {currency}").format(currency=unit), 144),
            ),
            _("Nothing was handed over that day."),
        )
        self._day: Day | None = None
        self.table.opened.connect(self._open)

    def show_day(self, day: Day) -> None:
        """Show who did what that day, and all of it together; on the own day of who repairs nothing there is no card."""
        self._day = day
        self.setVisible(bool(day.technicians) or not day.own)
        most = max((each.work for each in day.technicians), default=0)
        rows = []
        for each in day.technicians:
            tone = "text" if each.on_time == each.handed_over else "warnText"
            rows.append(
                (
                    Cell(each.name or _("Nobody"), avatar=each.name),
                    Cell(str(each.handed_over), weight=600),
                    Cell(_of(each.on_time, each.handed_over), tone),
                    Cell(numbers.hours(each.seconds)),
                    Cell(numbers.whole(each.work), weight=500, bar=each.work / most if most else 0.0),
                )
            )
        if rows:
            out = sum(each.handed_over for each in day.technicians)
            on_time = sum(each.on_time for each in day.technicians)
            work = sum(each.work for each in day.technicians)
            rows.append(
                (
                    Cell(_("Total"), weight=600),
                    Cell(str(out), weight=600),
                    Cell(_of(on_time, out), weight=600),
                    Cell(numbers.hours(sum(each.seconds for each in day.technicians)), weight=600),
                    Cell(numbers.whole(work), weight=600),
                )
            )
        self.table.show_rows(rows)

    def _open(self, place: int) -> None:
        if self._day is None:
            return
        if place >= len(self._day.technicians):
            self.wished.emit(Wish(_("Orders handed over"), days.HANDED_OVER))
            return
        chosen = self._day.technicians[place]
        what = days.TECHNICIAN if chosen.handed_over else days.WORK
        title = _("Handed over: {name}") if chosen.handed_over else _("Work by {name}")
        name = chosen.name or _("Nobody")
        self.wished.emit(Wish(title.format(name=name), what, chosen.staff_id))


def _of(some: int, every: int) -> str:
    return ngettext("{some} of {count}", "{some} of {count}", every).format(some=some, count=every)
