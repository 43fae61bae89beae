"""The cards of the room of the cash: each shows its part and says what of it was chosen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.desktop.widgets.table import DOCUMENT_NUMBER, Cell, Heading, Table
from ticketdesk.desktop.widgets.tile import Tile
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.shop import Shop
from ticketdesk.services.accounts import DebtRow
from ticketdesk.services.deposits import DepositRow
from ticketdesk.services.reckoning import ReceiptRun, ShiftReport, ShiftRow
from ticketdesk.services.slips import MOVES
from ticketdesk.texts import _, ngettext

_ROW = 36


def unit_of(shop: Shop) -> str:
    """Give the unit of the shop's money."""
    return CURRENCIES.get(shop.currency, shop.currency)


class Figures(QWidget):
    """Four numbers of the shift; pressing one opens what is behind it."""

    cash = Signal()
    receipts = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(12))
        self.drawer = Tile(_("Cash in the till"), "drawer")
        self.taken = Tile(_("Taken"), "cash")
        self.back = Tile(_("Given back and undone"), "undo")
        self.count = Tile(_("Receipts"), "receipt")
        for place, tile in enumerate((self.drawer, self.taken, self.back, self.count)):
            grid.addWidget(tile, 0, place)
            grid.setColumnStretch(place, 1)
            tile.clicked.connect(self.cash if tile is self.drawer else self.receipts)

    def show_shift(self, shift: ShiftReport, shop: Shop) -> None:
        """Show the numbers of a shift; what is to be counted blind stays hidden."""
        unit = unit_of(shop)
        opening = sum(move.amount for move in shift.moves if move.kind == "float")
        began = _("began with {amount}").format(amount=format_amount(opening))
        if shift.cash is None:
            hidden = _("counted at the close, then shown")
            self.drawer.say("—", "", began)
            self.taken.say("—", "", hidden)
        else:
            self.drawer.say(format_amount(shift.cash), unit, began)
            count = sum(row.count for row in shift.methods)
            paid = ngettext("{count} payment", "{count} payments", count).format(count=count)
            self.taken.say(format_amount(shift.taken), unit, paid)
        note = _("given back: {refunds}, undone: {voids}").format(refunds=shift.refund_count, voids=shift.void_count)
        if shift.refunds is None or shift.voids is None:
            self.back.say("—", "", note)
        else:
            self.back.say(format_amount(shift.refunds + shift.voids), unit, note)
        count = sum(run.last - run.first + 1 for run in shift.receipts)
        self.count.say(str(count), "", _numbers(shift.receipts))


def _numbers(runs: Sequence[ReceiptRun]) -> str:
    """Say which numbers the receipts of a shift have; of several series only which, for more there is no room."""
    if not runs:
        return _("none yet")
    if len(runs) > 1:
        return _("series {names}").format(names=", ".join(run.series or "—" for run in runs))
    first, last = runs[0].shown()
    return _("no. {first} to {last}").format(first=first, last=last)


class _TableCard(Card):
    """A card that is a table; ``opened`` carries the row."""

    opened = Signal(object)

    def __init__(self, title: str, headings: Sequence[Heading], empty: str) -> None:
        super().__init__(title)
        self.title.setMinimumHeight(px(28))
        self.table = Table(title, headings, _ROW, empty)
        self.table.setMinimumHeight(px(29 + 2 * _ROW))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)
        self._rows: list[object] = []
        self.table.opened.connect(lambda place: self.opened.emit(self._rows[place]))

    def _put(self, rows: Sequence[object], cells: Sequence[tuple[Cell, ...]]) -> None:
        self._rows = list(rows)
        self.table.show_rows(cells)


class Methods(_TableCard):
    """What came in and went out by each method."""

    def __init__(self, shop: Shop) -> None:
        unit = unit_of(shop)
        headings = (
            Heading(_("Method")),
            Heading(_("Payments"), 88, right=True),
            Heading(_("Taken, {currency}").format(currency=unit), 112, right=True),
            Heading(_("Given back, {currency}").format(currency=unit), 132, right=True),
        )
        super().__init__(_("By method"), headings, _("Nothing was taken in this shift yet."))

    def show_shift(self, shift: ShiftReport | None) -> None:
        """Show a shift."""
        rows = shift.methods if shift else ()
        self._put(rows, [
            (
                Cell(_(METHOD_LABELS[row.method]), weight=500),
                Cell(str(row.count), "text2"),
                Cell(format_amount(row.taken)),
                Cell(format_amount(row.given) if row.given else "—", "text2"),
            )
            for row in rows
        ])  # fmt: skip


class Moves(_TableCard):
    """Cash that came into the drawer or left it without a payment; opening one prints its slip."""

    def __init__(self, shop: Shop) -> None:
        self._zone = shop.zone
        headings = (
            Heading(_("Time"), 72),
            Heading(_("What"), 140),
            Heading(_("Reason and paper")),
            Heading(_("By"), 124),
            Heading(_("Amount, {currency}").format(currency=unit_of(shop)), 120, right=True),
        )
        super().__init__(_("Cash in and out"), headings, _("No cash was put in or taken out."))

    def show_shift(self, shift: ShiftReport | None) -> None:
        """Show a shift."""
        rows = shift.moves if shift else ()
        self._put(rows, [
            (
                Cell(dates.clock(row.at, self._zone), "text2"),
                Cell(_(MOVES[row.kind]), weight=500),
                Cell(", ".join(part for part in (row.reason, row.document) if part), "text2"),
                Cell(row.staff, "text2"),
                Cell(format_amount(row.amount), "dangerText" if row.kind == "difference" else "text", 600),
            )
            for row in rows
        ])  # fmt: skip


class Debts(_TableCard):
    """Devices that left unpaid; opening one reminds or takes the money."""

    def __init__(self, shop: Shop) -> None:
        headings = (
            Heading(_("No."), 76),
            Heading(_("Customer")),
            Heading(_("Due"), 132),
            Heading(_("Reminders"), 100),
            Heading(_("Owes, {currency}").format(currency=unit_of(shop)), 112, right=True),
        )
        super().__init__(_("To be paid"), headings, _("Nobody owes anything for a device that left."))

    def show_debts(self, rows: Sequence[DebtRow], today: date) -> None:
        """Show debts; those whose day has passed stand out."""
        self._put(rows, [self._cells(row, today) for row in rows])

    def _cells(self, row: DebtRow, today: date) -> tuple[Cell, ...]:
        late = row.pay_by is not None and row.pay_by < today
        due = dates.numeric_day(row.pay_by) if row.pay_by else _("no day")
        who = " · ".join(part for part in (row.customer, shown_phone(row.phone) if row.phone else "") if part)
        return (
            Cell(str(row.number), "text2"),
            Cell(who, weight=500),
            Cell(due, "dangerText" if late else "text", icon="alarm" if late else ""),
            Cell(str(row.reminders) if row.reminders else "—", "text2"),
            Cell(format_amount(row.amount), weight=600),
        )


class Deposits(_TableCard):
    """What customers paid beyond what closed orders cost, and deposits nobody came for; opening one settles it."""

    def __init__(self, shop: Shop) -> None:
        self._zone = shop.zone
        headings = (
            Heading(_("No."), 76),
            Heading(_("Customer")),
            Heading(_("Since"), 88),
            Heading(_("State"), 96),
            Heading(_("Deposit, {currency}").format(currency=unit_of(shop)), 112, right=True),
        )
        empty = _("Nothing is due back on a closed order.")
        super().__init__(_("Deposits to settle"), headings, empty)

    def show_deposits(self, rows: Sequence[DepositRow]) -> None:
        """Show deposits."""
        self._put(rows, [
            (
                Cell(str(row.number), "text2"),
                Cell(row.customer, weight=500),
                Cell(dates.short_day(shop_time(row.since, self._zone).date()), "text2"),
                Cell(_("abandoned"), "warnText") if row.abandoned else Cell(_("closed"), "text2"),
                Cell(format_amount(row.surplus), weight=600),
            )
            for row in rows
        ])  # fmt: skip


class Shifts(_TableCard):
    """Closed shifts; opening one prints its Z report."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        headings = (
            Heading(_("No."), DOCUMENT_NUMBER),
            Heading(_("Closed"), 128),
            Heading(_("By")),
            Heading(_("Counted, {currency}").format(currency=unit_of(shop)), 104, right=True),
            Heading(_("Difference"), 108, right=True),
        )
        super().__init__(_("Closed shifts"), headings, _("No shift was closed yet."))

    def show_shifts(self, rows: Sequence[ShiftRow]) -> None:
        """Show closed shifts; differences nobody has approved stand out."""
        self._put(rows, [self._cells(row) for row in rows])

    def _cells(self, row: ShiftRow) -> tuple[Cell, ...]:
        closed = f"{dates.short_day(shop_time(row.closed_at, self._shop.zone).date())} " if row.closed_at else ""
        time = dates.clock(row.closed_at, self._shop.zone) if row.closed_at else ""
        waits = bool(row.difference) and not row.approved_by
        return (
            Cell(str(row.number), "text2"),
            Cell(closed + time),
            Cell(row.staff, weight=500),
            Cell(format_amount(row.counted or 0)),
            Cell(
                format_amount(row.difference) if row.difference else "—",
                "dangerText" if waits else "text2", 600 if waits else 400, "warning" if waits else "",
            ),
        )  # fmt: skip
