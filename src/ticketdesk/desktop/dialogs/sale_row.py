"""A line of the basket of a counter sale."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import IconButton, column, hline, label, row
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.fields import PriceInput, QuantityInput, TextInput
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_amount, parse_discount
from ticketdesk.domain.pricing import line_total
from ticketdesk.domain.quantities import ONE, divisible
from ticketdesk.services.lines import LineFacts
from ticketdesk.texts import _

_COUNT, _UNIT, _PRICE, _DISCOUNT, _TOTAL, _OUT = 72, 30, 104, 80, 84, 32
"""How wide the columns of the basket are."""


def basket_head() -> QWidget:
    """Make the names of the basket's columns."""
    inside = row(spacing=8, margins=(0, 0, 4, 0))
    inside.addStretch(1)
    for text, width in (
        (_("Quantity"), _COUNT + 8 + _UNIT), (_("Price"), _PRICE), (_("Discount"), _DISCOUNT), (_("Total"), _TOTAL),
    ):  # fmt: skip
        name = label(text, "small", tone="muted")
        name.setFixedWidth(px(width))
        if text == _("Total"):
            name.setAlignment(Qt.AlignmentFlag.AlignRight)
        inside.addWidget(name)
    inside.addSpacing(px(_OUT) + 8)
    made = QWidget()
    made.setLayout(inside)
    return made


class SaleRow(QWidget):
    """What it is, how much of it, for how much, and how much less if there is a discount.

    ``entered`` says that Enter was pressed: on to the next thing.
    """

    changed = Signal()
    gone = Signal()
    entered = Signal()

    def __init__(self, facts: LineFacts, vat: int) -> None:
        super().__init__()
        self._facts = facts
        self.count = QuantityInput(_("How many: {name}").format(name=facts.name), facts.quantity, facts.unit)
        self.count.setFixedWidth(px(_COUNT))
        self.count.setToolTip(_("2 or 1,5 m; Up and Down change it by one"))
        self.price = PriceInput(_("Price: {name}").format(name=facts.name))
        self.price.vat = vat
        self.price.setFixedWidth(px(_PRICE))
        self.price.setPlaceholderText(_("price"))
        self.price.setToolTip(_("or: 100 + VAT"))
        self.price.show_amount(facts.price or None)
        self.discount = TextInput("0 %", name=_("Discount: {name}").format(name=facts.name))
        self.discount.setFixedWidth(px(_DISCOUNT))
        self.discount.setToolTip(_("5 % or 10 lei"))
        self.reason = TextInput(_("why there is a discount"), name=_("Reason of the discount"))
        self.reason.hide()
        self._amount = label("", "body", 600)
        remove = IconButton("x", _("Take out: {name}").format(name=facts.name))
        remove.clicked.connect(self.gone)
        remove.setFixedWidth(px(_OUT))
        self.count.changed.connect(self._reckon)
        self.price.amount_changed.connect(self._reckon)
        self.price.finished.connect(self._reckon)
        self.discount.textEdited.connect(self._reckon)
        for field in (self.count, self.price, self.discount, self.reason):
            field.returnPressed.connect(self.entered)
        inside = row(spacing=8, margins=(0, 8, 4, 8))
        inside.addLayout(
            column(
                Elided(facts.name, weight=500), label(facts.code, "small", tone="muted") if facts.code else 0,
                self.reason, spacing=2,
            ),
            1,
        )  # fmt: skip
        self._amount.setFixedWidth(px(_TOTAL))
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        unit = label(facts.unit, "small", tone="second")
        unit.setFixedWidth(px(_UNIT))
        for part in (self.count, unit, self.price, self.discount, self._amount, remove):
            inside.addWidget(part)
        whole = column(spacing=0)
        whole.addLayout(inside)
        whole.addWidget(hline())
        self.setLayout(whole)
        self._reckon()

    @property
    def code(self) -> str:
        """Give the code of the catalogue, empty for what was typed freely."""
        return self._facts.code

    @property
    def measured(self) -> bool:
        """Say whether a part of it can be sold."""
        return divisible(self._facts.unit)

    @property
    def facts(self) -> LineFacts:
        """Give the line as it is typed, as far as it can be read."""
        quantity, unit = self._facts.quantity, self._facts.unit
        share = amount = 0
        with suppress(Refusal):  # ``problem`` says so, and nothing is sold until it is mended
            quantity, unit = self.count.read()
            share, amount = parse_discount(self.discount.text())
        return replace(
            self._facts,
            quantity=quantity,
            unit=unit,
            price=self.price.valid_amount(),
            discount=share,
            discount_amount=amount,
            discount_reason=self.reason.text(),
        )

    def problem(self) -> str:
        """Say what cannot be read, and how to mend it; empty if all can."""
        said = ""
        for field, read in (
            (self.count, self.count.read), (self.price, self.price.amount),
            (self.discount, lambda: parse_discount(self.discount.text())),
        ):  # fmt: skip
            wrong = ""
            try:
                read()
            except Refusal as refusal:
                wrong = refusal.sentence
            field.show_state("error" if wrong else "")
            said = said or wrong
        return f"{self._facts.name}: {said}" if said else ""

    def total(self) -> int:
        """Give what the line comes to, in minor units."""
        facts = self.facts
        return line_total(facts.quantity, facts.price, facts.discount, facts.discount_amount)

    def add_one(self) -> None:
        """Put one more of it into the basket."""
        self.count.show_quantity(self.count.valid() + ONE)
        self._reckon()

    def reprice(self, price: int) -> None:
        """Take another list price; what somebody typed as the price stays."""
        if self.price.valid_amount() == self._facts.price:
            self.price.show_amount(price or None)
        self._facts = replace(self._facts, price=price)
        self._reckon()

    def _reckon(self, _what: object = None) -> None:
        facts = self.facts
        less = facts.discount > 0 or facts.discount_amount > 0 or facts.price < self._facts.price
        self.reason.setVisible(less)
        self._amount.setText(format_amount(self.total()))
        self.changed.emit()
