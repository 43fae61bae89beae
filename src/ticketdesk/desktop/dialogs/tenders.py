"""How something is paid: a sum for each way of paying, quick sums of cash, and what is given back."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, icon_label, key_cap, label, retone, row
from ticketdesk.desktop.widgets.fields import MoneyInput
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_amount, format_money, to_cash
from ticketdesk.domain.orders import CASH, CREDIT, METHOD_LABELS
from ticketdesk.domain.shop import Shop
from ticketdesk.services import paying
from ticketdesk.services.paying import PayFacts, Sums
from ticketdesk.texts import _

_ROWS = (
    ("card", "card", "Alt+C"),
    (CASH, "cash", "Alt+N"),
    ("transfer", "bank", "Alt+T"),
    ("voucher", "ticket", "Alt+V"),
    (CREDIT, "user", "Alt+R"),
)
SLIPPED = frozenset({"card", "transfer", "voucher"})
"""Ways of paying that leave a slip with a reference."""


def quick_sums(due: int) -> list[int]:
    """Give the exact sum and the next round ones that people put on the counter, in minor units."""
    sums = [due]
    ten, two_hundred = 10_00, 200_00
    above = [(due // note + 1) * note for note in (50_00, 100_00, 500_00)]
    for rounded in (-(-due // ten) * ten, *above[:2], -(-due // two_hundred) * two_hundred, above[2]):
        if rounded not in sums:
            sums.append(rounded)
    return sums[:4]


class Tenders(QWidget):
    """A sum for each way of paying; the one that was looked at last takes what the others leave.

    ``due`` is what is to pay, in minor units; a ``deposit`` is taken as it is typed. ``hints`` say more of a way of
    paying, ``quick`` is how many quick sums have room.
    """

    changed = Signal()

    def __init__(
        self, shop: Shop, due: int, hints: Mapping[str, str], *, deposit: bool, width: int, quick: int
    ) -> None:
        super().__init__()
        self._shop, self.due, self.deposit = shop, due, deposit
        self._takes_rest, self._credit = "", 0
        self._quick_sums: list[int] = []
        self._rows: dict[str, QWidget] = {}
        self._hints: dict[str, QLabel] = {}
        self.inputs = {method: MoneyInput(_(METHOD_LABELS[method])) for method, *_rest in _ROWS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10 if hints else 6)
        for method, icon, key in _ROWS:
            layout.addWidget(self._tender(method, icon, hints.get(method, ""), key, width))
            if method == CASH:
                layout.addLayout(self._quick(quick))
        self._rows[CREDIT].hide()
        if not deposit:
            self._fill_rest(CASH)
        self._offer_sums()

    def sums(self, *, keep_rest: bool = False, reference: str = "") -> Sums:
        """Give what is typed, as tenders and what is left of them."""
        given = {method: field.valid_amount() for method, field in self.inputs.items()}
        return paying.sums(
            self.due, given, deposit=self.deposit, step=self._shop.cash_rounding, keep_rest=keep_rest,
            reference=reference,
        )  # fmt: skip

    def problem(self) -> str:
        """Say which amount cannot be read, and how to mend it; empty if all can."""
        for method, field in self.inputs.items():
            try:
                field.amount()
            except Refusal as refusal:
                return f"{_(METHOD_LABELS[method])}: {refusal.sentence}"
        return ""

    def owe(self, due: int) -> None:
        """Change what is to pay; the way of paying that takes the rest follows."""
        self.due = due
        if self._takes_rest:
            self._fill_rest(self._takes_rest)
        self._offer_sums()

    def know(self, credit: int) -> None:
        """Offer what the customer has with us, in minor units."""
        self._credit = credit
        self._rows[CREDIT].setVisible(credit > 0)
        self._hints[CREDIT].setVisible(credit > 0)
        if credit > 0:
            text = _("{amount} available").format(amount=format_money(credit, self._shop.currency))
            self._hints[CREDIT].setText(text)
        elif self.inputs[CREDIT].text():
            self.inputs[CREDIT].clear()
            self._fill_rest(CASH if self._takes_rest in {"", CREDIT} else self._takes_rest)
            self._told()

    def lock(self, *, on: bool) -> None:
        """Keep what was sent as it was sent: pressing again repeats it, it does not pay twice."""
        for field in self.inputs.values():
            field.setReadOnly(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MoneyInput) and not self.deposit:
            method = next(name for name, field in self.inputs.items() if field is watched)
            if not watched.text() and not watched.isReadOnly():
                self._fill_rest(method)
                watched.selectAll()
                self._told()
        return super().eventFilter(watched, event)

    def _fill_rest(self, method: str) -> None:
        """Let a method take what the others leave: whichever empty one was looked at last."""
        if self._takes_rest and self._takes_rest != method:
            self.inputs[self._takes_rest].clear()
        self._takes_rest = method
        left = self.due - sum(field.valid_amount() for name, field in self.inputs.items() if name != method)
        if method == CASH:
            left = to_cash(left, self._shop.cash_rounding)
        if method == CREDIT:
            left = min(left, self._credit)
        self.inputs[method].show_amount(left if left > 0 else None)

    def _typed(self, method: str) -> None:
        # what somebody typed stays; the rest goes on following it
        if method == self._takes_rest:
            self._takes_rest = ""
        elif self._takes_rest:
            self._fill_rest(self._takes_rest)
        self._told()

    def _told(self) -> None:
        self._offer_sums()
        self.changed.emit()

    def _tender(self, method: str, icon: str, hint: str, key: str, width: int) -> QWidget:
        field = self.inputs[method]
        field.setProperty("kind", "amount")
        field.setFixedWidth(px(width))
        field.setPlaceholderText("—")
        field.amount_changed.connect(partial(self._typed, method))
        field.installEventFilter(self)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(field.setFocus)
        shortcut.activated.connect(field.selectAll)
        said = self._hints[method] = label(hint, "small", tone="second")
        name = column(label(_(METHOD_LABELS[method]), "field", 500), said, spacing=0)
        layout = row(icon_label(icon, "text2", 18), spacing=12)
        layout.addLayout(name, 1)
        layout.addWidget(key_cap(key))
        layout.addWidget(field)
        whole = self._rows[method] = QWidget()
        whole.setLayout(layout)
        said.setVisible(bool(hint))
        return whole

    def _quick(self, count: int) -> QHBoxLayout:
        layout = row(spacing=8, margins=(30, 0, 0, 0))
        self._presses = [Button("", f"Ctrl+{place}", size="sm") for place in range(1, count + 1)]
        for place, press in enumerate(self._presses):
            press.setShortcut(f"Ctrl+{place + 1}")
            press.setCheckable(True)
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is quicker, and Tab goes from sum to sum
            press.clicked.connect(partial(self._put, place))
            if self.deposit:
                press.hide()
            layout.addWidget(press)
        layout.addStretch(1)
        return layout

    def _offer_sums(self) -> None:
        others = sum(field.valid_amount() for method, field in self.inputs.items() if method != CASH)
        if self.deposit or self._takes_rest not in {"", CASH}:
            others = 0  # cash would take all again
        due = to_cash(max(self.due - others, 0), self._shop.cash_rounding)
        self._quick_sums = quick_sums(due) if due and not self.deposit else []
        for place, press in enumerate(self._presses):
            shown = place < len(self._quick_sums)
            press.setVisible(shown)
            if shown:
                text = _("Exact {amount}") if place == 0 else "{amount}"
                press.relabel(text.format(amount=_short(self._quick_sums[place])))
                press.setChecked(self._quick_sums[place] == self.inputs[CASH].valid_amount())

    def _put(self, place: int, _on: object = None) -> None:
        if place >= len(self._quick_sums) or self.inputs[CASH].isReadOnly():
            return
        amount = self._quick_sums[place]
        if self._takes_rest not in {"", CASH}:
            self.inputs[self._takes_rest].clear()
        self._takes_rest = ""
        self.inputs[CASH].show_amount(amount)
        self.inputs[CASH].setFocus()
        self._told()


def _short(minor: int) -> str:
    return format_amount(minor)[: None if minor % 100 else -3]


class ChangeStrip(QFrame):
    """What goes back into the hand, what is kept as credit, or what is still to pay."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.setProperty("kind", "ok")
        self._currency = currency
        self._name, self.amount = label("", "field", 500), label("", "change", 600)
        self.setLayout(
            row(icon_label("cash", "okText", 18), self._name, None, self.amount, spacing=12, margins=(20, 10, 20, 10))
        )

    def show_sums(self, sums: Sums, *, deposit: bool = False) -> None:
        """Say what is left of what was typed."""
        name, shown = _("Change due"), sums.change
        if sums.rest:
            name, shown = _("Kept as credit"), sums.rest
        elif sums.left and not deposit:
            name, shown = _("Still to pay"), sums.left
        self._name.setText(name)
        self.amount.setText(format_money(shown, self._currency))
        self.amount.setAccessibleName(f"{name}: {self.amount.text()}")


def sum_text(sums: Sums) -> str:
    """Say by which ways of paying a sum comes together."""
    parts = [f"{_(METHOD_LABELS[tender.method])} {format_amount(tender.amount)}" for tender in sums.tenders]
    text = f"{' + '.join(parts)} = {format_amount(sums.paid)}" if len(parts) > 1 else " + ".join(parts)
    if sums.rounding:
        text = _("{sum}, rounding {amount}").format(sum=text, amount=format_amount(sums.rounding))
    return text


def till_closed(shop: Shop, facts: PayFacts | None, sums: Sums) -> str:
    """Say why this cash cannot be taken; empty if it can."""
    if facts is None or not sums.cash:
        return ""
    if shop.shifts and (facts.till is None or not facts.till.open):
        return _("Cash needs an open till. Open it in Cash (Ctrl+6).")
    return ""


def beyond_law(facts: PayFacts | None, sums: Sums) -> str:
    """Say that the law's limit on cash is passed, if it is."""
    left = facts.cash_left if facts else None
    if left is None or sums.cash <= left.amount:
        return ""
    text = _("The law lets you take only {amount} more in cash from this customer today ({source}).")
    return text.format(amount=format_amount(left.amount), source=left.source)


def say_till(where: QLabel, shop: Shop, facts: PayFacts, sums: Sums) -> None:
    """Say in a label what is in the till afterwards, or why it takes nothing."""
    till, tone = facts.till, "second"
    if till is None:
        text, tone = _("This computer has no till yet"), "warn"
    elif not till.open:
        text, tone = _("{till} is closed").format(till=till.till), "warn"
    elif till.cash is None:
        text = _("{till} is open").format(till=till.till)
    else:
        after = format_money(till.cash + sums.cash, shop.currency)
        text = _("In the till afterwards: {amount}").format(amount=after)
    where.setText(text)
    retone(where, tone)
