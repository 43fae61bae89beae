"""Take money: one or several tenders, change due, and what happens when it is done."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.payment_end import PaymentEnd
from ticketdesk.desktop.host import Host, Slip, Wanted, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import (
    Button,
    column,
    frame,
    hline,
    icon_label,
    key_cap,
    label,
    retone,
    row,
)
from ticketdesk.desktop.widgets.fields import MoneyInput
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money, to_cash
from ticketdesk.domain.orders import CASH, CREDIT, HANDED_OVER, METHOD_LABELS
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import REFUSE
from ticketdesk.services import paying, payments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.paying import PayFacts, Sums
from ticketdesk.texts import N_, _

_ROWS = (
    ("card", "card", N_("bank terminal at the till"), "Alt+C"),
    ("cash", "cash", N_("the sum put into the hand"), "Alt+N"),
    ("transfer", "bank", N_("payment order"), "Alt+T"),
    ("voucher", "ticket", N_("scanned code"), "Alt+V"),
    (CREDIT, "user", N_("what the customer has with us"), "Alt+R"),
)


def quick_sums(due: int) -> list[int]:
    """Give the exact sum and the next round ones that people put on the counter, in minor units."""
    sums = [due]
    ten, two_hundred = 10_00, 200_00
    above = [(due // note + 1) * note for note in (50_00, 100_00, 500_00)]
    for rounded in (-(-due // ten) * ten, *above[:2], -(-due // two_hundred) * two_hundred, above[2]):
        if rounded not in sums:
            sums.append(rounded)
    return sums[:4]


class PaymentDialog(Overlay):
    """What is owed, how it is paid, what is given back. One dialog is one payment, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host, page: OrderPage) -> None:
        subtitle = f"{page.row.number} · {page.row.device_title} · {page.row.customer_name}"
        super().__init__(host.window, _("Payment"), subtitle, width=920)
        self._desk, self._host, self._page, self._request = desk, host, page, new_key()
        self._takes_rest, self._sent = "", False
        self._quick_sums: list[int] = []
        self.deposit = not page.row.total
        self.due = max(page.row.balance, 0)
        self._rows: dict[str, QWidget] = {}
        self._hints: dict[str, QLabel] = {}
        self._credit = 0
        self._refusal = ""
        self.inputs = {method: MoneyInput(_(METHOD_LABELS[method])) for method, *_rest in _ROWS}
        left, self.end = QVBoxLayout(), PaymentEnd(desk, page)
        self.end.changed.connect(self._chose)
        left.setSpacing(10)
        left.setContentsMargins(24, 16, 24, 16)
        self._head(left)
        left.addWidget(hline())
        how = label(_("Leave empty what is not used; the last one fills itself."), "small", tone="muted")
        left.addLayout(row(label(_("How the customer pays"), "small", 600, "second"), None, how))
        for method, icon, hint, key in _ROWS:
            left.addWidget(self._tender(method, icon, _(hint), key))
            if method == CASH:
                left.addLayout(self._quick())
        left.addStretch(1)
        left.addWidget(self._change_strip())
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(self.end)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(across)
        self._sum = label("", tone="second")
        leave = Button(_("Leave"), "Esc", "quiet", size="md")
        leave.clicked.connect(self.dismiss)
        self.go = Button("", "Ctrl+Enter", "primary", "check", "lg")
        self.go.setShortcut("Ctrl+Return")
        self.go.clicked.connect(self.finish)
        self.footer.addWidget(self._sum, 1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self._rows[CREDIT].hide()
        if not self.deposit:
            self._fill_rest(CASH)
        self._reckon()
        desk.read(
            self, self._know, paying.facts, page.row.id, desk.name, desk.now(),
            sees_cash=desk.may(Right.SEE_TILL_CASH),
        )  # fmt: skip

    def present(self, first: object = None) -> None:  # noqa: ARG002 - the cash field is always first here
        """Show the dialog, the cash field ready."""
        super().present(self.inputs[CASH])
        self.inputs[CASH].selectAll()

    def sums(self) -> Sums:
        """Give what is typed, as tenders and what is left of them."""
        given = {method: field.valid_amount() for method, field in self.inputs.items()}
        return paying.sums(
            self.due, given, deposit=self.deposit, step=self._desk.shop.cash_rounding,
            keep_rest=self.end.keep_rest.isChecked() and not self.end.keep_rest.isHidden(),
            reference=self.end.reference.text(),
        )  # fmt: skip

    def finish(self) -> None:
        """Take the money, once."""
        if self._sent or not self.go.isEnabled():
            return
        found = self.sums()
        self._sent = True
        self._lock()
        end = self.end
        then = HANDED_OVER if end.hand_over.isChecked() and end.hand_over.isEnabled() else None
        others = tuple(bill.id for bill in end.chosen())
        command = payments.TakePayment(self._page.row.id, found.tenders, then, others, keep_rest=found.rest > 0)
        self._desk.write(self, self._done, payments.take_payment, command, refused=self._refused, request=self._request)

    def _know(self, facts: PayFacts) -> None:
        self.end.know(facts)
        self._rows[CREDIT].setVisible(facts.credit > 0)
        if facts.credit > 0:
            text = _("{amount} available").format(amount=format_money(facts.credit, self._desk.shop.currency))
            self._hints[CREDIT].setText(text)
        self._credit = facts.credit
        self._reckon()

    def _chose(self) -> None:
        """Pay other orders too, or fewer; the method that takes the rest follows."""
        self._refusal = ""
        others = sum(bill.balance for bill in self.end.chosen())
        self.due = max(self._page.row.balance, 0) + others
        more = _("Other orders: {amount}").format(amount=format_amount(others))
        self._aside.setText(f"{self._makes_up}\n{more}" if others else self._makes_up)
        self._amount.setText(format_money(self.due, self._desk.shop.currency))
        if self._takes_rest:
            self._fill_rest(self._takes_rest)
        self._reckon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MoneyInput) and not self.deposit:
            method = next(name for name, field in self.inputs.items() if field is watched)
            if not watched.text():
                self._fill_rest(method)
                watched.selectAll()
                self._reckon()
        return super().eventFilter(watched, event)

    def _fill_rest(self, method: str) -> None:
        """Let a method take what the others leave: whichever empty one was looked at last."""
        if self._takes_rest and self._takes_rest != method:
            self.inputs[self._takes_rest].clear()
        self._takes_rest = method
        left = self.due - sum(field.valid_amount() for name, field in self.inputs.items() if name != method)
        if method == CASH:
            left = to_cash(left, self._desk.shop.cash_rounding)
        if method == CREDIT:
            left = min(left, self._credit)
        self.inputs[method].show_amount(left if left > 0 else None)

    def _typed(self, method: str) -> None:
        # what somebody typed stays; the rest goes on following it
        self._refusal = ""
        if method == self._takes_rest:
            self._takes_rest = ""
        elif self._takes_rest:
            self._fill_rest(self._takes_rest)
        self._reckon()

    def _head(self, left: QVBoxLayout) -> None:
        currency = self._desk.shop.currency
        left.addWidget(label(_("Deposit") if self.deposit else _("To pay"), tone="second"))
        paid = _("Total {total}").format(total=format_amount(self._page.row.total))
        if self.deposit and self._page.estimate:
            paid = _("Estimate: {amount}").format(amount=format_amount(self._page.estimate))
        if self._page.paid:
            before = _("Paid before: {amount}").format(amount=format_amount(self._page.paid))
            paid = f"{paid}\n{before}"
        self._amount = label("—" if self.deposit else format_money(self.due, currency), "amount", 600)
        self._makes_up, self._aside = paid, label(paid, "small", tone="second")
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        left.addLayout(row(self._amount, None, self._aside))

    def _tender(self, method: str, icon: str, hint: str, key: str) -> QWidget:
        field = self.inputs[method]
        field.setProperty("kind", "amount")
        field.setFixedWidth(px(148))
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
        return whole

    def _quick(self) -> QHBoxLayout:
        layout = row(spacing=8, margins=(30, 0, 0, 0))
        self._presses = [Button("", f"Ctrl+{place}", size="sm") for place in range(1, 5)]
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
        due = to_cash(max(self.due - others, 0), self._desk.shop.cash_rounding)
        self._quick_sums = quick_sums(due) if due and not self.deposit else []
        for place, press in enumerate(self._presses):
            shown = place < len(self._quick_sums)
            press.setVisible(shown)
            if shown:
                text = _("Exact {amount}") if place == 0 else "{amount}"
                press.relabel(text.format(amount=format_amount(self._quick_sums[place])))
                press.setChecked(self._quick_sums[place] == self.inputs[CASH].valid_amount())

    def _put(self, place: int, _on: object = None) -> None:
        if place >= len(self._quick_sums) or self._sent:
            return
        self._refusal, amount = "", self._quick_sums[place]
        if self._takes_rest not in {"", CASH}:
            self.inputs[self._takes_rest].clear()
        self._takes_rest = ""
        self.inputs[CASH].show_amount(amount)
        self.inputs[CASH].setFocus()
        self._reckon()

    def _lock(self) -> None:
        """Keep what was sent as it was sent: pressing again repeats it, it does not pay twice."""
        for field in self.inputs.values():
            field.setReadOnly(self._sent)
        self.go.setEnabled(not self._sent)

    def _change_strip(self) -> QFrame:
        strip = frame("ok")
        self._change_name, self._change = label("", "field", 500), label("", "change", 600)
        inside = row(icon_label("cash", "okText", 18), self._change_name, None, self._change, spacing=12,
                     margins=(20, 10, 20, 10))  # fmt: skip
        strip.setLayout(inside)
        return strip

    def _reckon(self) -> None:
        found, currency = self.sums(), self._desk.shop.currency
        parts = [f"{_(METHOD_LABELS[tender.method])} {format_amount(tender.amount)}" for tender in found.tenders]
        text = f"{' + '.join(parts)} = {format_amount(found.paid)}" if len(parts) > 1 else " + ".join(parts)
        if found.rounding:
            text = _("{sum}, rounding {amount}").format(sum=text, amount=format_amount(found.rounding))
        name, shown = _("Change due"), found.change
        if found.rest:
            name, shown = _("Kept as credit"), found.rest
        elif found.left and not self.deposit:
            name, shown = _("Still to pay"), found.left
        self._change_name.setText(name)
        self._change.setText(format_money(shown, currency))
        self._change.setAccessibleName(f"{name}: {self._change.text()}")
        self.end.follow(found, settled=not self.deposit and found.left == 0 and found.paid > 0 and not found.too_much)
        blocked = self.end.blocked(found)
        if found.too_much:
            blocked = _("A card cannot take more than the balance.")
        warning = self.end.warning(found)
        if warning and self._desk.shop.cash_limit == REFUSE:
            blocked = blocked or warning
        self._sum.setText(self._refusal or blocked or warning or text)
        retone(self._sum, "danger" if self._refusal or blocked else "warn" if warning else "second")
        self.go.relabel(_("Take {amount}").format(amount=format_money(found.paid, currency)))
        self.go.setEnabled(found.paid > 0 and not blocked and not self._sent)
        self._offer_sums()

    def _done(self, done: Done) -> None:
        currency, end, found = self._desk.shop.currency, self.end, self.sums()
        text = _("{amount} taken. Change due: {change}.").format(
            amount=format_money(found.paid, currency), change=format_money(found.change, currency)
        )
        papers = []
        several = bool(end.chosen()) or found.rest > 0
        if end.print_receipt.isChecked() and not several:
            papers.append(Wanted("receipt"))
        if end.hand_over.isChecked() and end.hand_over.isEnabled() and end.print_warranty.isChecked():
            papers.append(Wanted("warranty"))
        if end.print_receipt.isChecked() and several and done.receipt is not None:
            make = partial(payment_paper, number=done.receipt)
            self._host.print_slip(Slip(make, file_name(_("Payment receipt"), done.receipt), text))
            text = ""
        self._host.print_papers(done.id, papers, text, "cash")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request, self._sent, self._refusal = new_key(), False, refusal.sentence
        self._lock()
        self._reckon()
