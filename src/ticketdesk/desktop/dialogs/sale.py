"""Sell over the counter: scan or type what is sold, take the money, hand over the receipt."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.sale_customer import SaleCustomer
from ticketdesk.desktop.dialogs.sale_row import SaleRow, basket_head
from ticketdesk.desktop.dialogs.tenders import (
    SLIPPED,
    ChangeStrip,
    Tenders,
    beyond_law,
    say_till,
    sum_text,
    till_closed,
)
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import column, frame, hline, label, retone, row, wrapped
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.focus import put_in_order
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.scrolled import Scrolled
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import LINE_PART
from ticketdesk.domain.pricing import Terms, reckon
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import REFUSE
from ticketdesk.services import catalogue, paying, sales
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.doors import Done
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.paying import PayFacts, Sums
from ticketdesk.services.sales import NewSale
from ticketdesk.texts import _

_OFFERED = 8


class SaleDialog(Overlay):
    """A basket, who buys it if they are known, and how it is paid. One dialog is one sale, however often pressed."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Counter sale"), width=1210)
        self._desk, self._host, self._request = desk, host, new_key()
        self._facts: PayFacts | None = None
        self._refusal, self._asked, self._sent = "", 0, False
        self.rows: list[SaleRow] = []
        self.field = TextInput(_("Scan, or type a name or code"), "scan", _("What is sold"))
        self._suggestions = Suggestions(self.field, self._find, eager=False)
        self._suggestions.picked.connect(self.add)
        self._suggestions.entered.connect(self._entered)
        self.customer = SaleCustomer(desk, host)
        self.customer.chosen.connect(self._know_customer)
        self.tenders = Tenders(desk.shop, 0, {}, deposit=False, width=124, quick=3)
        self.tenders.changed.connect(self._edited)
        self.keep_rest = QCheckBox(_("Keep the rest as credit"))
        self.keep_rest.toggled.connect(self._edited)
        self.reference = TextInput()
        self.reference.setMaxLength(40)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._empty = label(_("Nothing yet. Scan the first thing."), tone="muted")
        self._head = basket_head()
        self._head.hide()
        self._list.addWidget(self._head)
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        self._till = label("", "small", tone="second")
        self.body.setContentsMargins(0, 0, 0, 0)
        across = row(spacing=0)
        across.addWidget(self._basket(), 1)
        across.addWidget(self._money())
        self.body.addLayout(across)
        self._message = wrapped(tone="second")
        leave = leave_button(self)
        self.go = go_button("", self.finish, icon="check", size="lg")
        self.footer.addWidget(self._message, 1)
        self.footer.addWidget(self._till)
        self.footer.addSpacing(8)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self._reckon()
        self._ask_facts()
        self.first = self.field

    def scan(self, code: str) -> bool:
        """Put the work or part of a scanned code into the basket; one more of it if it lies there already."""
        if self.reference.hasFocus():
            self.reference.setText(code)
            return True

        def found(item: ItemRow | None) -> None:
            if item is None:
                self._host.toast(_("Unknown code: {code}.").format(code=code), "scan")
            else:
                self.add(item)

        self._desk.read(self, found, catalogue.by_code, code, customer_id=self.customer.id)
        return True

    def add(self, item: ItemRow) -> None:
        """Put a work or part into the basket; one more of it if it lies there already."""
        if self._sent:
            return
        self.field.clear()
        same = next((made for made in self.rows if made.code == item.code), None)
        if same is not None:
            same.add_one()
            return
        made = self._put(LineFacts(item.name, item.kind, item.code, price=item.price, unit=item.unit), item.vat)
        if made.measured:
            made.count.setFocus()  # nobody sells just one metre of everything
            made.count.selectAll()

    def total(self) -> int:
        """Give what the basket comes to, in minor units."""
        return sum(made.total() for made in self.rows)

    def sums(self) -> Sums:
        """Give what is typed as tenders, and what is left; with nothing typed all of it is cash."""
        keep_rest = self.keep_rest.isChecked() and not self.keep_rest.isHidden()
        return self.tenders.sums(keep_rest=keep_rest, reference=self.reference.text())

    def finish(self) -> None:
        """Sell it, once."""
        if self._sent or not self.go.isEnabled():
            return
        found = self.sums()
        self._sent = True
        self._lock()
        command = NewSale(
            tuple(made.facts for made in self.rows), found.tenders, self.customer.id, keep_rest=found.rest > 0
        )
        write_approved(
            self._desk, self._host, self, self._sold, sales.sell, command, refused=self._refused,
            request=self._request,
        )  # fmt: skip

    # who buys

    def _know_customer(self, customer: CustomerRow | None) -> None:
        self._ask_facts()
        codes = [made.code for made in self.rows if made.code]
        if codes:
            self._desk.read(self, self._reprice, catalogue.prices, codes, customer.id if customer else None)
        self.field.setFocus()

    def _reprice(self, prices: dict[str, int]) -> None:
        for made in self.rows:
            if made.code in prices:
                made.reprice(prices[made.code])

    def _ask_facts(self) -> None:
        self._asked += 1
        asked = self._asked

        def answered(facts: PayFacts) -> None:
            if asked == self._asked:
                self._facts = facts
                self.tenders.know(facts.credit)
                self._reckon()

        self._desk.read(
            self, answered, paying.at_counter, self.customer.id, self._desk.name, self._desk.now(),
            sees_cash=self._desk.may(Right.SEE_TILL_CASH),
        )  # fmt: skip

    # the basket

    def _basket(self) -> QWidget:
        holder = QWidget()
        area = Scrolled(self._list)
        area.setMinimumHeight(px(300))
        whole = column(spacing=8, margins=(24, 12, 16, 16))
        whole.addWidget(Field(_("&What is sold"), self.field))
        whole.addWidget(area, 1)
        whole.addWidget(self.customer)
        holder.setLayout(whole)
        return holder

    def _money(self) -> QWidget:
        side = self._side = frame("aside")
        side.setFixedWidth(px(450))
        self._total, self._rates = label("", "amount", 600), label("", "small", tone="second")
        self._rates.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._reference = Field(_("Reference on the &slip"), self.reference)
        self.change = ChangeStrip(self._desk.shop.currency)
        self.keep_rest.hide()
        self._reference.hide()
        side.setLayout(
            column(
                label(_("To pay"), tone="second"), row(self._total, None, self._rates), hline(), self.tenders,
                self._reference, self.keep_rest, None, self.change, spacing=8, margins=(20, 12, 20, 12),
            )
        )  # fmt: skip
        return side

    def _find(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if not typed.strip():
            answer([])
            return

        def found(items: list[ItemRow]) -> None:
            answer([Hit(item.name, f"{item.code} · {format_amount(item.price)}", item) for item in items])

        self._desk.read(self, found, catalogue.find, typed, _OFFERED, customer_id=self.customer.id)

    def _entered(self) -> None:
        """Take the work or part whose very code was typed, else sell what is written for a price of its own."""
        typed = self.field.text().strip()
        if not typed:
            return

        def found(item: ItemRow | None) -> None:
            if item is not None:
                self.add(item)
            elif self.field.text().strip() == typed:
                self.field.clear()
                usual = self._desk.shop.vat_on(day_of(self._desk.now(), self._desk.shop.zone))
                self._put(LineFacts(typed, LINE_PART), usual).price.setFocus()

        self._desk.read(self, found, catalogue.by_code, typed, customer_id=self.customer.id)

    def _put(self, facts: LineFacts, vat: int) -> SaleRow:
        made = SaleRow(facts, vat)
        made.changed.connect(self._edited)
        made.gone.connect(partial(self._take_out, made))
        made.entered.connect(self.field.setFocus)
        self.rows.append(made)
        self._empty.hide()
        self._head.show()
        self._list.insertWidget(self._list.count() - 1, made)
        made.show()
        self._edited()
        QTimer.singleShot(0, self, self._put_in_order)  # once what was made anew is shown
        return made

    def _put_in_order(self) -> None:
        put_in_order(self.field, *self.rows, self.customer, self._side)

    def _take_out(self, made: SaleRow) -> None:
        self.rows.remove(made)
        made.hide()
        made.deleteLater()
        self._empty.setVisible(not self.rows)
        self._head.setVisible(bool(self.rows))
        self.field.setFocus()
        self._edited()

    # the money

    def _edited(self, _what: object = None) -> None:
        self._refusal = ""
        self._reckon()

    def _reckon(self) -> None:
        shop = self._desk.shop
        if self.tenders.due != self.total():
            self.tenders.owe(self.total())
        found = self.sums()
        over = found.change > 0 or found.too_much or found.rest > 0
        self.keep_rest.setVisible(self.customer.id is not None and over)
        self._reference.setVisible(any(tender.method in SLIPPED for tender in found.tenders))
        self._total.setText(format_money(self.total(), shop.currency))
        rates = reckon(((made.total(), made.price.vat) for made in self.rows), Terms()).rates
        vats = [(format_percent(part.rate), format_amount(part.vat)) for part in rates if part.rate]
        self._rates.setText("\n".join(_("VAT {rate}: {amount}").format(rate=rate, amount=vat) for rate, vat in vats))
        self.change.show_sums(found)
        if self._facts is not None and shop.shifts:
            say_till(self._till, shop, self._facts, found)
        self._till.setVisible(self._facts is not None and shop.shifts)
        problem = next((said for made in self.rows if (said := made.problem())), "") or self.tenders.problem()
        blocked = problem or till_closed(shop, self._facts, found)
        if found.too_much:
            blocked = blocked or _("A card cannot take more than the balance.")
        warning = beyond_law(self._facts, found)
        if warning and shop.cash_limit == REFUSE:
            blocked = blocked or warning
        self._message.setText(self._refusal or blocked or warning or (sum_text(found) if self.rows else ""))
        retone(self._message, "danger" if self._refusal or blocked else "warn" if warning else "second")
        self.go.relabel(_("Take {amount}").format(amount=format_money(found.paid, shop.currency)))
        ready = bool(self.rows) and self.total() > 0 and found.left == 0
        self.go.setEnabled(ready and not blocked and not self._sent)

    def _lock(self) -> None:
        """Keep what was sent as it was sent: pressing again repeats it, it does not sell twice."""
        self.tenders.lock(on=self._sent)
        for part in (*self.rows, self.customer, self.field):
            part.setEnabled(not self._sent)
        self.go.setEnabled(not self._sent)

    def _sold(self, done: Done) -> None:
        found, currency = self.sums(), self._desk.shop.currency
        said = _("{amount} taken. Change due: {change}.").format(
            amount=format_money(found.paid, currency), change=format_money(found.change, currency)
        )
        if done.made is not None:
            name = file_name(_("Payment receipt"), done.receipt)
            self._host.print_slip(Slip(partial(payment_paper, payment_id=done.made), name, said))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request, self._sent, self._refusal = new_key(), False, refusal.sentence
        self._lock()
        self._reckon()
        unpriced = next((made for made in self.rows if not made.facts.price), None)
        if refusal.field == "price" and unpriced is not None:
            unpriced.price.setFocus()
