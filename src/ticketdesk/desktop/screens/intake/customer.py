"""Who brings the device: found by phone or name while typing, or new."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.people import customer_hit, tells_who
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import Button, icon_label, label, retone
from ticketdesk.desktop.widgets.fields import Field, PhoneInput, TextInput
from ticketdesk.desktop.widgets.focus import go_on
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.domain.people import normal_phone, phone_digits, shown_phone
from ticketdesk.services import counter, customers
from ticketdesk.services.counter import Visitor
from ticketdesk.services.customers import CustomerRow
from ticketdesk.texts import _, ngettext


class CustomerSection(Section):
    """Phone and name; ``known`` carries the visitor once it is somebody we know, else nothing."""

    known = Signal(object)  # Visitor | None
    chosen = Signal()
    """Somebody was picked by hand: the focus may go on to the device."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Customer"))
        self._desk = desk
        self._customer_id: UUID | None = None
        self._question = 0
        self.phone = PhoneInput(region=desk.shop.region)
        self.name = TextInput()
        self.fields["phone"] = Field(_("&Phone"), self.phone, required=True)
        self.fields["name"] = Field(_("&Name"), self.name, required=True)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.fields["phone"], 4, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self.fields["name"], 5, Qt.AlignmentFlag.AlignTop)
        self.phone.setMinimumWidth(px(176))  # a whole number between the two marks
        self.body.addLayout(both)
        self._mark = icon_label("check", "okText")
        self._facts = label("", "small", tone="second")
        self.change = Button(_("Change"), kind="link", size="sm")
        self.change.clicked.connect(self.forget)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addWidget(self._facts, 1)
        line.addWidget(self.change)
        self.body.addLayout(line)
        self.by_phone = Suggestions(self.phone, self._find, eager=True)
        self.by_name = Suggestions(self.name, self._find, eager=True)
        for suggestions in (self.by_phone, self.by_name):
            suggestions.picked.connect(self._pick)
        self.by_phone.entered.connect(self._phone_entered)
        self.by_name.entered.connect(lambda: go_on(self.name))
        self.phone.textEdited.connect(self._phone_edited)
        self.phone.finished.connect(self._check_phone)
        self.name.textEdited.connect(lambda _text: self.changed.emit())
        self._show_nobody()

    def values(self) -> dict[str, Any]:
        return {"phone": self.phone.text(), "name": self.name.text(), "customer_id": self._customer_id}

    def show_form(self, form: Form) -> None:
        self._show_nobody()
        self.phone.setText(form.phone)
        self.name.setText(form.name)
        self.by_phone.eager = self.by_name.eager = True
        self.fields["phone"].hint("")
        if form.customer_id is not None:
            self._know(form.customer_id)

    @property
    def summary(self) -> str:
        """Give what is said of the customer: since when, how many orders, what is owed."""
        return self._facts.text()

    def take(self, row: CustomerRow) -> None:
        """Take somebody known, chosen elsewhere."""
        self._pick(row)

    def look_for(self, typed: str) -> None:
        """Look for somebody by what was typed elsewhere: a phone or a name."""
        by_phone = len(phone_digits(typed)) >= 3 and not any(letter.isalpha() for letter in typed)
        field, suggestions = (self.phone, self.by_phone) if by_phone else (self.name, self.by_name)
        field.setFocus()
        field.setText(typed)
        suggestions.look_now()
        self.changed.emit()

    def forget(self) -> None:
        """Take somebody else: the phone is typed again."""
        self._show_nobody()
        self.name.clear()
        self.phone.setFocus()
        self.phone.selectAll()
        self.known.emit(None)
        self.changed.emit()

    def _find(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if not tells_who(typed):
            answer([])
            return

        def found(rows: list[CustomerRow]) -> None:
            exact = self._exact(rows)
            if exact is not None and self._customer_id is None:
                waiting = self.name.hasFocus() and not self.name.text()
                self._know(exact.id)
                self._fill(exact)
                answer([])
                if waiting:
                    self.chosen.emit()
            elif self._customer_id is None:
                answer([customer_hit(row, self._desk.shop.region) for row in rows])
            else:
                answer([])

        self._desk.read(self, found, customers.find, typed)

    def _exact(self, rows: list[CustomerRow]) -> CustomerRow | None:
        """Find whose number was typed to its last digit: nobody has to choose then."""
        phone = self._whole_phone()
        return next((row for row in rows if row.phone == phone), None) if phone else None

    def _whole_phone(self) -> str:
        try:
            return normal_phone(self.phone.text(), self._desk.shop.region)
        except Refusal:
            return ""

    def _phone_entered(self) -> None:
        if self._customer_id is None:
            go_on(self.phone)
        else:
            self.chosen.emit()

    def _pick(self, row: CustomerRow) -> None:
        self._know(row.id)
        self._fill(row)
        self.chosen.emit()

    def _fill(self, row: CustomerRow) -> None:
        if not row.name_only:  # else what was typed stays: it may be how they were found
            self.phone.setText(shown_phone(row.phone, self._desk.shop.region))
        self.name.setText(row.name)
        self.changed.emit()

    def _know(self, customer_id: UUID) -> None:
        self._customer_id = customer_id
        self._question += 1
        question = self._question
        self.name.setReadOnly(True)
        for name in ("phone", "name"):
            self.fields[name].hint("")

        def answered(visitor: Visitor) -> None:
            if question == self._question:
                self._show(visitor)

        self._desk.read(self, answered, counter.visitor, customer_id, self._desk.now())

    def _show(self, visitor: Visitor) -> None:
        row, shop = visitor.row, self._desk.shop
        if row.name_only:
            text = _("A customer of the shop.")
            retone(self._facts, "second")
        elif row.owes:
            owes = format_money(row.owes, shop.currency)
            text = _("Customer owes {amount} on {number}.").format(amount=owes, number=visitor.owing_order)
            retone(self._facts, "warn")
        else:
            count = ngettext("{count} order", "{count} orders", row.orders).format(count=row.orders)
            text = _("Customer since {year} · {orders} · owes nothing").format(
                year=shop_time(row.since, shop.zone).year, orders=count
            )
            retone(self._facts, "second")
        self._facts.setText(text)
        self._facts.setToolTip(text)
        self._mark.setVisible(not row.owes)
        self.change.show()
        self.known.emit(visitor)

    def _show_nobody(self) -> None:
        self._question += 1
        self._customer_id = None
        self.name.setReadOnly(False)
        self._facts.clear()
        self._mark.hide()
        self.change.hide()

    def _phone_edited(self) -> None:
        self.fields["phone"].hint("")
        # a whole number is nobody else's, and whoever has a new number is no namesake
        self.by_phone.eager = not self._whole_phone()
        self.by_name.eager = not self.phone.text().strip()
        if self._customer_id is not None:
            self._show_nobody()
            self.name.clear()
            self.known.emit(None)
        self.changed.emit()

    def _check_phone(self) -> None:
        if self._customer_id is not None or not self.phone.text().strip():
            return
        try:
            normal_phone(self.phone.text(), self._desk.shop.region)
        except Refusal as refusal:
            self.fields["phone"].error(refusal.sentence)
        else:
            self.fields["phone"].hint("")
