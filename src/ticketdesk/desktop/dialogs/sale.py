"""Sell over the counter: scan or type what is sold, take the money, hand over the receipt."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.sale_row import SaleRow
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.basics import Button, column, frame, hline, label, retone, row
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.orders import CASH, LINE_PART
from ticketdesk.services import catalogue, paying, sales
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.paying import Sums
from ticketdesk.services.sales import NewSale
from ticketdesk.texts import _

_CARD = "card"


class SaleDialog(Overlay):
    """A basket and how it is paid. One dialog is one sale, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Counter sale"), width=980)
        self._desk, self._host, self._request = desk, host, new_key()
        self._items: dict[str, ItemRow] = {}
        self.rows: list[SaleRow] = []
        self.field = TextInput(_("Scan, or type a name or code"), "scan", _("What is sold"))
        self.field.returnPressed.connect(self._entered)
        self.card, self.cash = MoneyInput(_("By card")), MoneyInput(_("Cash"))
        for amount in (self.card, self.cash):
            amount.amount_changed.connect(self._reckon)
        self.reference = TextInput()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._empty = label(_("Nothing yet. Scan the first thing."), tone="muted")
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        across = row(spacing=0)
        across.addWidget(self._basket(), 1)
        across.addWidget(self._money())
        self.body.addLayout(across)
        self._message = label("", tone="danger")
        leave = Button(_("Leave"), "Esc", "quiet", size="md")
        leave.clicked.connect(self.dismiss)
        self.go = Button("", "Ctrl+Enter", "primary", "check", "lg")
        self.go.setShortcut("Ctrl+Return")
        self.go.clicked.connect(self.finish)
        self.footer.addWidget(self._message, 1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self._reckon()
        desk.read(self, self._offer, catalogue.items)

    def scan(self, code: str) -> bool:
        """Put the work or part of a scanned code into the basket; one more of it if it lies there already."""
        item = next((each for each in self._items.values() if code in {each.code, each.ean}), None)
        if item is None:
            return False
        self.add(item)
        return True

    def add(self, item: ItemRow) -> None:
        """Put a work or part into the basket; one more of it if it lies there already."""
        same = next((made for made in self.rows if made.facts.code == item.code), None)
        if same is not None:
            same.count.setValue(same.count.value() + 1)
        else:
            self._put(LineFacts(item.name, item.kind, item.code, price=item.price, unit=item.unit))
        self.field.clear()
        self._reckon()

    def total(self) -> int:
        """Give what the basket comes to, in minor units."""
        return sum(made.total() for made in self.rows)

    def sums(self) -> Sums:
        """Give what is typed as tenders, and what is left; with nothing typed all of it is cash."""
        given = {_CARD: self.card.valid_amount(), CASH: self.cash.valid_amount()}
        if not self.cash.text().strip():
            given[CASH] = max(self.total() - given[_CARD], 0)
        return paying.sums(self.total(), given, step=self._desk.shop.cash_rounding, reference=self.reference.text())

    def finish(self) -> None:
        """Sell it, once."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._message.setText("")
        command = NewSale(tuple(made.facts for made in self.rows), self.sums().tenders)
        write_approved(
            self._desk, self._host, self, self._sold, sales.sell, command, refused=self._refused,
            request=self._request,
        )  # fmt: skip

    def _sold(self, done: Done) -> None:
        money, change = (format_money(each, self._desk.shop.currency) for each in (self.total(), self.sums().change))
        said = _("{amount} taken. Change due: {change}.").format(amount=money, change=change)
        name = file_name(_("Payment receipt"), done.receipt)
        self._host.print_slip(Slip(partial(payment_paper, number=done.receipt or 0), name, said))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self._reckon()
        self._message.setText(refusal.sentence)

    def _basket(self) -> QWidget:
        holder = QWidget()
        inside = QWidget()
        inside.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(300)
        for part in (area.viewport(), inside):
            part.setAutoFillBackground(False)
        holder.setLayout(column(self.field, area, spacing=8, margins=(24, 16, 16, 16)))
        return holder

    def _money(self) -> QWidget:
        side = frame("aside")
        side.setFixedWidth(290)
        self._total = label("", "amount", 600)
        self._change_name, self._change = label("", "field", 500), label("", "change", 600)
        side.setLayout(
            column(
                label(_("To pay"), tone="second"), self._total, hline(), Field(_("By &card"), self.card),
                Field(_("&Reference on the slip"), self.reference), Field(_("Cas&h"), self.cash), None,
                self._change_name, self._change, spacing=10, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        return side

    def _offer(self, items: list[ItemRow]) -> None:
        self._items = {f"{item.name} · {item.code}": item for item in items}
        completer = QCompleter(list(self._items), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := completer.popup()) is not None:
            popup.setProperty("kind", "popup")
        completer.activated.connect(self._chosen, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)

    def _chosen(self, text: str) -> None:
        if (item := self._items.get(text)) is not None:
            self.add(item)

    def _entered(self) -> None:
        typed = self.field.text().strip()
        completer = self.field.completer()
        popup = completer.popup() if completer is not None else None
        if not typed or (popup is not None and popup.isVisible() and popup.currentIndex().isValid()):
            return  # there, Enter takes the suggestion
        if typed in self._items:
            self.add(self._items[typed])
        elif not self.scan(typed):
            self._put(LineFacts(typed, LINE_PART)).price.setFocus()
            self.field.clear()

    def _put(self, facts: LineFacts) -> SaleRow:
        made = SaleRow(facts, self._desk.shop.currency)
        made.changed.connect(self._reckon)
        made.gone.connect(partial(self._take_out, made))
        self.rows.append(made)
        self._empty.hide()
        self._list.insertWidget(self._list.count() - 1, made)
        self._reckon()
        return made

    def _take_out(self, made: SaleRow) -> None:
        self.rows.remove(made)
        made.hide()
        made.deleteLater()
        self._empty.setVisible(not self.rows)
        self.field.setFocus()
        self._reckon()

    def _reckon(self) -> None:
        currency, found = self._desk.shop.currency, self.sums()
        self._total.setText(format_money(self.total(), currency))
        short = found.left > 0
        self._change_name.setText(_("Still to pay") if short else _("Change due"))
        self._change.setText(format_money(found.left if short else found.change, currency))
        self._change.setAccessibleName(f"{self._change_name.text()}: {self._change.text()}")
        retone(self._change, "danger" if short else "ok")
        self._message.setText(_("A card cannot take more than the balance.") if found.too_much else "")
        self.go.relabel(_("Take {amount}").format(amount=format_money(found.paid, currency)))
        self.go.setEnabled(bool(self.rows) and self.total() > 0 and not short and not found.too_much)
