"""What it may cost, whether it hurries, and what is paid in advance."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.screens.intake.form import NO_DEPOSIT, Form, sums
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import icon_label, label
from ticketdesk.desktop.widgets.choices import Segmented, Switch
from ticketdesk.desktop.widgets.fields import Field, MoneyInput
from ticketdesk.desktop.widgets.focus import go_on
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import CURRENCIES, format_amount, format_money, format_percent, parse_amount
from ticketdesk.domain.rights import Right
from ticketdesk.texts import _


class PriceSection(Section):
    """Estimate, urgency with its surcharge, deposit and how it is paid, what is left to pay."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Price and deposit"))
        self._desk = desk
        unit = CURRENCIES.get(desk.shop.currency, desk.shop.currency)
        self.estimate, self.deposit = MoneyInput(), MoneyInput()
        self.fields["estimate"] = Field(_("&Estimate, {unit}").format(unit=unit), self.estimate)
        self.fields["deposit"] = Field(_("Deposi&t, {unit}").format(unit=unit), self.deposit)
        self.urgent = Switch(_("Urgent"))
        self._surcharge = label("", "small", 500, "second")
        self.method = Segmented(
            _("Deposit paid by"),
            (
                ("cash", _("Cash")),
                ("card", _("Card")),
                (NO_DEPOSIT, _("No deposit")),
            ),
        )
        self._rest_label = label(_("Left to pay"), "body", tone="second")
        self._rest = label("", "title", 600)
        self._lay_out()
        for money in (self.estimate, self.deposit):
            money.returnPressed.connect(lambda money=money: go_on(money))
        self.estimate.amount_changed.connect(lambda: self._amount_edited("estimate"))
        self.deposit.amount_changed.connect(self._deposit_edited)
        self.estimate.finished.connect(lambda: self._check("estimate"))
        self.deposit.finished.connect(lambda: self._check("deposit"))
        self.urgent.toggled.connect(lambda _on: self.changed.emit())
        self.method.changed.connect(self._method_chosen)

    def values(self) -> dict[str, Any]:
        return {
            "estimate": self.estimate.text(),
            "urgent": self.urgent.isChecked(),
            "deposit": self.deposit.text(),
            "method": self.method.value(),
        }

    def show_form(self, form: Form) -> None:
        may_take = self._desk.may(Right.TAKE_PAYMENT)
        self.deposit.setEnabled(may_take)
        self.method.setEnabled(may_take)
        self.estimate.setText(form.estimate)
        self.deposit.setText(form.deposit)
        self.method.choose(form.method)
        self.urgent.blockSignals(True)
        self.urgent.setChecked(form.urgent)
        self.urgent.blockSignals(False)
        for name in ("estimate", "deposit"):
            self.fields[name].hint("")
        self.show_sums(form)

    def show_sums(self, form: Form) -> None:
        """Show the surcharge and what is left to pay."""
        shop = self._desk.shop
        added = sums(form, shop)
        rate = format_percent(shop.surcharge)
        if form.urgent and added.surcharge:
            amount = format_amount(added.surcharge)
            self._surcharge.setText(_("+{rate} · {amount}").format(rate=rate, amount=amount))
        else:
            self._surcharge.setText(_("+{rate}").format(rate=rate))
        self._rest.setText(format_money(added.rest, shop.currency))

    @property
    def rest(self) -> str:
        """Give what is said to be left to pay."""
        return self._rest.text()

    def _amount_edited(self, name: str) -> None:
        self.fields[name].hint("")
        self.changed.emit()

    def _deposit_edited(self) -> None:
        if self.deposit.valid_amount() and self.method.value() == NO_DEPOSIT:
            self.method.choose("cash")
        elif not self.deposit.text().strip():
            self.method.choose(NO_DEPOSIT)
        self._amount_edited("deposit")

    def _method_chosen(self, method: str) -> None:
        if method == NO_DEPOSIT:
            self.deposit.clear()
            self.fields["deposit"].hint("")
        self.changed.emit()

    def _check(self, name: str) -> None:
        field = self.estimate if name == "estimate" else self.deposit
        try:
            if field.text().strip():
                parse_amount(field.text())
        except Refusal as refusal:
            self.fields[name].error(refusal.sentence)

    def _lay_out(self) -> None:
        hurry = QVBoxLayout()
        hurry.setSpacing(4)
        title = label(_("&Urgent, {hours} h").format(hours=self._desk.shop.urgent_hours), "small", tone="second")
        title.setBuddy(self.urgent)
        hurry.addWidget(title)
        switch = QHBoxLayout()
        switch.setSpacing(6)
        switch.addWidget(self.urgent)
        switch.addWidget(icon_label("bolt", "warnText"))
        switch.addWidget(self._surcharge, 1)
        hurry.addLayout(switch)
        hurry.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.fields["estimate"], 5, Qt.AlignmentFlag.AlignTop)
        across.addLayout(hurry, 7)
        across.addWidget(self.fields["deposit"], 6, Qt.AlignmentFlag.AlignTop)
        for name in ("estimate", "deposit"):
            self.fields[name].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.body.addLayout(across)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.method)
        below.addStretch(1)
        below.addWidget(self._rest_label)
        below.addWidget(self._rest)
        self.body.addLayout(below)
