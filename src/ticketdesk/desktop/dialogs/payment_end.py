"""The right side of a payment: what is paid with it, what happens when it is done, and the till it goes into."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.tenders import SLIPPED, say_till
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import column, hline, icon_label, label, row, wrapped
from ticketdesk.desktop.widgets.fields import Field, TextInput, Tick
from ticketdesk.domain.money import format_amount
from ticketdesk.domain.orders import HANDED_OVER, Facts, obstacles
from ticketdesk.domain.rights import Right
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.paying import OpenBill, PayFacts, Sums
from ticketdesk.texts import _


class PaymentEnd(QFrame):
    """Papers, hand-over, other orders of the customer, the reference on the slip, and the till."""

    changed = Signal()

    def __init__(self, desk: Desk, page: OrderPage) -> None:
        super().__init__()
        self.setProperty("kind", "aside")
        self.setFixedWidth(px(300))
        self._desk, self._page = desk, page
        self._facts: PayFacts | None = None
        self.others: dict[OpenBill, QCheckBox] = {}
        self.print_receipt = QCheckBox(_("Payment receipt, 80\u00a0mm"))
        self.print_receipt.setChecked(True)
        self.print_warranty = QCheckBox(_("Warranty certificate, A4"))
        self.hand_over = QCheckBox(_("Hand the device over now"))
        self.keep_rest = QCheckBox(_("Keep the rest as credit"))
        self.keep_rest.hide()
        possible = self.may_hand_over()
        for box in (self.hand_over, self.print_warranty):
            box.setEnabled(possible)
            box.setChecked(possible and (box is self.hand_over or self._has_warranty()))
        self.hand_over.toggled.connect(self.print_warranty.setEnabled)
        self.keep_rest.toggled.connect(self.changed)
        self.reference = TextInput()
        self.reference.setMaxLength(40)
        self._reference = Field(_("Reference on the &slip"), self.reference)
        self._reference.hide()
        why = "" if possible else _("It is not ready yet, so it stays in the shop.")
        self._with = QVBoxLayout()
        self._with.setSpacing(8)
        self._till = wrapped("", "small", "second")
        self._drawer = icon_label("drawer", "text2", 16)
        self._drawer.hide()
        till = row(self._drawer, spacing=8)
        till.addWidget(self._till, 1)
        self.setLayout(
            column(
                label(_("When it is done"), "field", 600), self.print_receipt, self.print_warranty, hline(),
                self.hand_over, label(why, "small", tone="muted") if why else 0, self.keep_rest, self._with,
                self._reference, None, till, margins=(20, 16, 20, 16), spacing=10,
            )
        )  # fmt: skip

    def know(self, facts: PayFacts) -> None:
        """Show what is known of the customer and the till."""
        self._facts = facts
        if facts.others:
            self._with.addWidget(hline())
            self._with.addWidget(label(_("Pay with it"), "small", 600, "second"))
        before: QWidget = self.keep_rest
        for bill in facts.others:
            text = f"{bill.number} · {bill.device} · {format_amount(bill.balance)}"
            box = Tick(text)
            box.toggled.connect(self.changed)
            self.others[bill] = box
            self._with.addWidget(box)
            QWidget.setTabOrder(before, box)
            before = box

    def chosen(self) -> list[OpenBill]:
        """Give the other orders that are paid with it."""
        return [bill for bill, box in self.others.items() if box.isChecked()]

    def may_hand_over(self, others: Sequence[OpenBill] = ()) -> bool:
        """Say whether the device may leave, and those of the other orders with it, once all is paid."""
        mine = Facts(self._page.row.status, assigned=True, lines=1 if self._page.has_lines else 0)
        theirs = [Facts(bill.status, assigned=True, lines=1 if bill.has_lines else 0) for bill in others]
        free = not any(obstacles(facts, HANDED_OVER) for facts in (mine, *theirs))
        return free and self._desk.may(Right.MOVE_COUNTER)

    def follow(self, sums: Sums, *, settled: bool) -> None:
        """Offer what fits the sums that are typed."""
        self.hand_over.setEnabled(settled and self.may_hand_over(self.chosen()))
        known = self._facts is not None and self._facts.known
        over = sums.change > 0 or sums.too_much or sums.rest > 0
        self.keep_rest.setVisible(known and over)
        self._reference.setVisible(any(tender.method in SLIPPED for tender in sums.tenders))
        self._say_till(sums)

    def _say_till(self, sums: Sums) -> None:
        facts = self._facts
        self._drawer.setVisible(facts is not None and self._desk.shop.shifts)
        if facts is None or not self._desk.shop.shifts:
            return
        say_till(self._till, self._desk.shop, facts, sums)

    def _has_warranty(self) -> bool:
        return any(line.facts.warranty_months for line in self._page.lines)
