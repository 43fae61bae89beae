"""Take money: one or several tenders, change due, and what happens when it is done."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Wanted
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
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.domain.orders import HANDED_OVER, METHOD_LABELS, Facts, obstacles
from ticketdesk.domain.rights import Right
from ticketdesk.services import payments
from ticketdesk.services.doors import Done
from ticketdesk.services.ledger import Tender
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import N_, _

_ROWS = (
    ("card", "card", N_("bank terminal at the till"), "Alt+C"),
    ("cash", "cash", N_("the sum put into the hand"), "Alt+N"),
    ("transfer", "bank", N_("payment order"), "Alt+T"),
    ("voucher", "ticket", N_("scanned code"), "Alt+V"),
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
        self.inputs = {method: MoneyInput(_(METHOD_LABELS[method])) for method, *_rest in _ROWS}
        left, right = QVBoxLayout(), self._at_the_end()
        left.setSpacing(10)
        self._head(left)
        left.addWidget(hline())
        for method, icon, hint, key in _ROWS:
            left.addLayout(self._tender(method, icon, _(hint), key))
            if method == "cash":
                left.addLayout(self._quick())
        left.addStretch(1)
        left.addWidget(self._change_strip())
        across = QHBoxLayout()
        across.setSpacing(24)
        across.addLayout(left, 1)
        across.addWidget(right)
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
        if not self.deposit:
            self._fill_rest("cash")
        self._reckon()

    def present(self, first: object = None) -> None:  # noqa: ARG002 - the cash field is always first here
        """Show the dialog, the cash field ready."""
        super().present(self.inputs["cash"])
        self.inputs["cash"].selectAll()

    def tenders(self) -> tuple[Tender, ...]:
        """Give what is paid in each way; cash takes what the others leave, the rest of it is change."""
        given = {method: field.valid_amount() for method, field in self.inputs.items()}
        others = sum(amount for method, amount in given.items() if method != "cash")
        made = [Tender(method, given[method]) for method, *_rest in _ROWS if method != "cash" and given[method] > 0]
        cash = given["cash"] if self.deposit else max(min(given["cash"], self.due - others), 0)
        if cash > 0:
            made.append(Tender("cash", cash, given["cash"]))
        return tuple(made)

    def change(self) -> int:
        """Give the change due, in minor units."""
        return sum((tender.tendered or tender.amount) - tender.amount for tender in self.tenders())

    def finish(self) -> None:
        """Take the money, once."""
        if self._sent or not self.go.isEnabled():
            return
        tenders = self.tenders()
        self._sent = True
        self._lock()
        then = HANDED_OVER if self.hand_over.isChecked() and self.hand_over.isEnabled() else None
        command = payments.TakePayment(self._page.row.id, tenders, then)
        self._desk.write(self, self._done, payments.take_payment, command, refused=self._refused, request=self._request)

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
        self.inputs[method].show_amount(left if left > 0 else None)

    def _typed(self, method: str) -> None:
        # what somebody typed stays; the rest goes on following it
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
            paid = f"{paid}\n{_('Paid before {amount}').format(amount=format_amount(self._page.paid))}"
        amount = label("—" if self.deposit else format_money(self.due, currency), "amount", 600)
        aside = label(paid, "small", tone="second")
        aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        left.addLayout(row(amount, None, aside))

    def _tender(self, method: str, icon: str, hint: str, key: str) -> QHBoxLayout:
        field = self.inputs[method]
        field.setProperty("kind", "amount")
        field.setFixedWidth(148)
        field.setPlaceholderText("—")
        field.amount_changed.connect(partial(self._typed, method))
        field.installEventFilter(self)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(field.setFocus)
        shortcut.activated.connect(field.selectAll)
        name = column(label(_(METHOD_LABELS[method]), "field", 500), label(hint, "small", tone="second"), spacing=0)
        layout = row(icon_label(icon, "text2", 18), spacing=12)
        layout.addLayout(name, 1)
        layout.addWidget(key_cap(key))
        layout.addWidget(field)
        return layout

    def _quick(self) -> QHBoxLayout:
        layout = row(spacing=8, margins=(30, 0, 0, 0))
        self._presses = [Button("", f"Ctrl+{place}", size="sm") for place in range(1, 5)]
        for place, press in enumerate(self._presses):
            press.setShortcut(f"Ctrl+{place + 1}")
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is quicker, and Tab goes from sum to sum
            press.clicked.connect(partial(self._put, place))
            if self.deposit:
                press.hide()
            layout.addWidget(press)
        layout.addStretch(1)
        return layout

    def _offer_sums(self) -> None:
        others = sum(field.valid_amount() for method, field in self.inputs.items() if method != "cash")
        if self.deposit or self._takes_rest not in {"", "cash"}:
            others = 0  # cash would take all again
        due = max(self.due - others, 0)
        self._quick_sums = quick_sums(due) if due and not self.deposit else []
        for place, press in enumerate(self._presses):
            shown = place < len(self._quick_sums)
            press.setVisible(shown)
            if shown:
                text = _("Exact {amount}") if place == 0 else "{amount}"
                press.relabel(text.format(amount=format_amount(self._quick_sums[place])))

    def _put(self, place: int, _on: object = None) -> None:
        if place >= len(self._quick_sums) or self._sent:
            return
        amount = self._quick_sums[place]
        if self._takes_rest not in {"", "cash"}:
            self.inputs[self._takes_rest].clear()
        self._takes_rest = ""
        self.inputs["cash"].show_amount(amount)
        self.inputs["cash"].setFocus()
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

    def _at_the_end(self) -> QFrame:
        side = frame("aside")
        side.setFixedWidth(300)
        self.print_receipt = QCheckBox(_("Payment receipt, 80 mm"))
        self.print_receipt.setChecked(True)
        self.print_warranty = QCheckBox(_("Warranty certificate, A4"))
        self.hand_over = QCheckBox(_("Hand the device over now"))
        possible = self._may_hand_over()
        for box in (self.hand_over, self.print_warranty):
            box.setEnabled(possible)
            box.setChecked(possible and (box is self.hand_over or self._has_warranty()))
        self.hand_over.toggled.connect(self.print_warranty.setEnabled)
        why = "" if possible else _("It is not ready yet, so it stays in the shop.")
        side.setLayout(
            column(
                label(_("When it is done"), "field", 600), self.print_receipt, self.print_warranty, hline(),
                self.hand_over, label(why, "small", tone="muted"), None, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        return side

    def _has_warranty(self) -> bool:
        return any(line.facts.warranty_months for line in self._page.lines)

    def _reckon(self) -> None:
        tenders, currency = self.tenders(), self._desk.shop.currency
        paid, change = sum(tender.amount for tender in tenders), self.change()
        given = {method: field.valid_amount() for method, field in self.inputs.items()}
        others = sum(amount for method, amount in given.items() if method != "cash")
        parts = [f"{_(METHOD_LABELS[tender.method])} {format_amount(tender.amount)}" for tender in tenders]
        self._sum.setText(f"{' + '.join(parts)} = {format_amount(paid)}" if len(parts) > 1 else " + ".join(parts))
        self._change_name.setText(_("Change due"))
        self._change.setText(format_money(change, currency))
        self._change.setAccessibleName(f"{self._change_name.text()}: {self._change.text()}")
        too_much = not self.deposit and others > self.due
        if too_much:
            self._sum.setText(_("A card cannot take more than the balance."))
        elif not self.deposit and paid < self.due:
            self._change_name.setText(_("Still to pay"))
            self._change.setText(format_money(self.due - paid, currency))
        retone(self._sum, "danger" if too_much else "second")
        settles = not self.deposit and paid == self.due
        self.hand_over.setEnabled(settles and self._may_hand_over())
        self.go.relabel(_("Take {amount}").format(amount=format_money(paid, currency)))
        self.go.setEnabled(paid > 0 and not too_much and not self._sent)
        self._offer_sums()

    def _may_hand_over(self) -> bool:
        facts = Facts(self._page.row.status, assigned=True, lines=1 if self._page.has_lines else 0)
        return not obstacles(facts, HANDED_OVER) and self._desk.may(Right.MOVE_COUNTER)

    def _done(self, done: Done) -> None:
        currency = self._desk.shop.currency
        paid = sum(tender.amount for tender in self.tenders())
        text = _("{amount} taken. Change due: {change}.").format(
            amount=format_money(paid, currency), change=format_money(self.change(), currency)
        )
        papers = [Wanted("receipt")] if self.print_receipt.isChecked() else []
        if self.hand_over.isChecked() and self.hand_over.isEnabled() and self.print_warranty.isChecked():
            papers.append(Wanted("warranty"))
        self._host.print_papers(done.id, papers, text, "cash")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request, self._sent = new_key(), False
        self._lock()
        self._sum.setText(refusal.sentence)
        retone(self._sum, "danger")
