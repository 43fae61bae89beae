"""A line of the basket of a counter sale."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.widgets.basics import IconButton, column, hline, label, row
from ticketdesk.desktop.widgets.fields import MoneyInput, NumberInput, TextInput
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_amount, parse_percent
from ticketdesk.domain.pricing import line_total
from ticketdesk.services.lines import LineFacts
from ticketdesk.texts import _


class SaleRow(QWidget):
    """What it is, how many, for how much, and how much less if there is a discount."""

    changed = Signal()
    gone = Signal()

    def __init__(self, facts: LineFacts, currency: str) -> None:
        super().__init__()
        self._facts = facts
        self.count = NumberInput(_("How many: {name}").format(name=facts.name), 1, 9999)
        self.count.setFixedWidth(84)
        self.price = MoneyInput(_("Price: {name}").format(name=facts.name))
        self.price.setFixedWidth(110)
        self.price.show_amount(facts.price or None)
        self.discount = TextInput("0 %", name=_("Discount: {name}").format(name=facts.name))
        self.discount.setFixedWidth(64)
        self.reason = TextInput(_("why there is a discount"), name=_("Reason of the discount"))
        self.reason.hide()
        self._amount = label("", "body", 600)
        self._amount.setToolTip(currency)
        remove = IconButton("x", _("Take out: {name}").format(name=facts.name))
        remove.clicked.connect(self.gone)
        self.count.valueChanged.connect(self._reckon)
        self.price.amount_changed.connect(self._reckon)
        self.discount.textEdited.connect(self._reckon)
        name = label(facts.name, "body", 500)
        name.setToolTip(facts.name)
        code = label(facts.code, "small", tone="muted")
        inside = row(spacing=8, margins=(0, 8, 4, 8))
        inside.addLayout(column(name, code, self.reason, spacing=0), 1)
        self._amount.setMinimumWidth(self._amount.fontMetrics().horizontalAdvance("99.999,99"))
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (self.count, self.price, self.discount, self._amount, remove):
            inside.addWidget(part)
        whole = column(spacing=0)
        whole.addLayout(inside)
        whole.addWidget(hline())
        self.setLayout(whole)
        self._reckon()

    @property
    def facts(self) -> LineFacts:
        """Give the line as it is typed."""
        return replace(
            self._facts,
            quantity=self.count.value() * 1000,
            price=self.price.valid_amount(),
            discount=self._share(),
            discount_reason=self.reason.text(),
        )

    def total(self) -> int:
        """Give what the line comes to, in minor units."""
        facts = self.facts
        return line_total(facts.quantity, facts.price, facts.discount)

    def _share(self) -> int:
        try:
            return min(parse_percent(self.discount.text()), 10_000) if self.discount.text().strip() else 0
        except Refusal:
            return 0

    def _reckon(self, _what: object = None) -> None:
        self.reason.setVisible(self._share() > 0 or self.price.valid_amount() < self._facts.price)
        self._amount.setText(format_amount(self.total()))
        self.changed.emit()
