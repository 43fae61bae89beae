"""The till of the day: what it began with, what came and went, what should be in it, and what was counted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, hline, label, retone
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.money import format_amount
from ticketdesk.domain.orders import CASH
from ticketdesk.domain.shop import Shop
from ticketdesk.services import shifts
from ticketdesk.services.cashroom import TillDay
from ticketdesk.services.reckoning import ShiftReport
from ticketdesk.texts import _


class TillCard(Card):
    """One shift of the till of this PC; its report can be printed."""

    print_wanted = Signal(object)  # ShiftReport

    def __init__(self) -> None:
        super().__init__(_("Till"))
        self.title.setMinimumHeight(px(28))
        self._shift: ShiftReport | None = None
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(px(8))
        self._lines: list[tuple[QLabel, QLabel]] = []
        for text, weight in (
            (_("Float"), 400),
            (_("Cash payments"), 400),
            (_("Cash put in"), 400),
            (_("Cash taken out"), 400),
            (_("Differences when taken over"), 400),
            (_("Should be there"), 600),
            (_("Counted"), 400),
            (_("Difference"), 400),
        ):
            self._line(text, weight)
        self._rule = hline()
        self._grid.addWidget(self._rule, 5, 0, 1, 2)
        self._note = Elided(ink="text2")  # one line: what breaks its lines would claim height from the charts
        self.report = Button("", icon="printer", size="sm")
        self.report.clicked.connect(lambda: self.print_wanted.emit(self._shift))
        self.body.addLayout(self._grid)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.body.addWidget(self.report)

    def show_till(self, till: TillDay, shop: Shop) -> None:
        """Show the till of a day; what somebody is to count blind is not among it."""
        shift = self._shift = till.shift
        self.setVisible(shop.shifts or shift is not None)
        amounts: list[int | None] = [None] * len(self._lines)
        if shift is None:
            self.title.setText(till.mine.name if till.mine is not None else _("Till"))
            self._note.setText(_("No shift was open."))
        else:
            title = _("{till}, shift {number}").format(till=shift.till, number=shift.number)
            self.title.setText(title)
            amounts = _amounts(shift)
            self._note.setText(_note(shift))
        self.setAccessibleName(self.title.text())
        self.title.setToolTip(self.title.text())
        self._note.setVisible(bool(self._note.text()))
        self._show(amounts)
        self.report.setVisible(shift is not None)
        self.report.relabel(_("X report") if shift is None or shift.closed_at is None else _("Z report"))

    def lines(self) -> list[tuple[str, str]]:
        """Give what stands in the card."""
        return [(name.text(), amount.text()) for name, amount in self._lines if not amount.isHidden()]

    def _show(self, amounts: list[int | None]) -> None:
        for place, ((name, value), amount) in enumerate(zip(self._lines, amounts, strict=True)):
            for part in (name, value):
                part.setVisible(amount is not None)
            if amount is not None:
                sign = "+" if amount > 0 and 1 <= place <= _MOVES else ""
                value.setText(f"{sign}{format_amount(amount)}")
        self._rule.setVisible(amounts[_EXPECTED] is not None)
        retone(self._lines[-1][1], "danger" if amounts[-1] else "ok")

    def _line(self, text: str, weight: int) -> None:
        name, amount = label(text, weight=weight), label(weight=weight)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = len(self._lines) + (len(self._lines) >= _EXPECTED)  # a line is drawn above what should be there
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(amount, row, 1)
        self._lines.append((name, amount))


_MOVES, _EXPECTED = 4, 5
"""The last line that adds to the float, and that of what it all comes to."""


def _amounts(shift: ShiftReport) -> list[int | None]:
    """Give what stands beside each line; nothing where the line is left out."""
    moved = {
        kind: sum(move.amount for move in shift.moves if move.kind == kind)
        for kind in (shifts.FLOAT, shifts.IN, shifts.OUT)
    }
    expected = shift.cash if shift.closed_at is None else shift.expected
    if expected is None:
        return [moved[shifts.FLOAT], *[None] * 7]
    paid = sum(row.taken - row.given for row in shift.methods if row.method == CASH)
    booked = expected - paid - sum(moved.values())
    return [
        moved[shifts.FLOAT], paid, moved[shifts.IN] or None, moved[shifts.OUT] or None, booked or None,
        expected, shift.counted, shift.difference,
    ]  # fmt: skip


def _note(shift: ShiftReport) -> str:
    if shift.closed_at is None:
        return "" if shift.cash is not None else _("Cash: once it is counted.")
    return _("Closed by {name}.").format(name=shift.closed_by)
