"""Works and parts, found as one types; each opens to be changed."""

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.item import ItemDialog
from ticketdesk.desktop.dialogs.price_lists import PriceListsDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, label, row
from ticketdesk.desktop.widgets.fields import Dropdown, TextInput, debounced
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.domain.codes import ours
from ticketdesk.domain.money import format_amount, format_percent
from ticketdesk.domain.orders import LINE_PART
from ticketdesk.domain.pricing import margin
from ticketdesk.domain.rights import Right
from ticketdesk.services import catalogue
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.texts import N_, _, ngettext


class CataloguePage(QWidget):
    """A search line and a category over the list."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host = desk, host
        self.rows: list[ItemRow] = []
        self._asked = 0
        self.search = TextInput(_("Name, code or category"), "search", _("Search the catalogue"))
        self.category = Dropdown(_("Category"), [("", _("All categories"))])
        self.add = Button(_("New work or part"), "Ctrl+L", "primary", "plus", "md")
        self.lists = Button(_("Price lists"), icon="percent", size="md")
        self.table = Table(_("Works and parts"), self._headings(), 36)
        self.table.opened.connect(self._open)
        self._count = label("", tone="second")
        card = Card(_("Works and parts"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        card.head.addWidget(self._count)
        head = row(label(_("Catalogue"), "page", 600), 16, self.search, self.category, None, self.lists, self.add)
        whole = column(spacing=12, margins=(16, 12, 16, 16))
        whole.addLayout(head)
        whole.addWidget(card, 1)
        self.setLayout(whole)
        self.search.setMinimumWidth(px(320))
        self._soon = debounced(self, 120)
        self._soon.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.category.activated.connect(lambda _place: self._ask())
        self.add.clicked.connect(self._new)
        self.lists.clicked.connect(self._price_lists)
        for button in (self.add, self.lists):
            button.setEnabled(self._may())
        desk.changed.connect(self._world_changed)
        self.commands = (
            Command("catalogue.new", N_("New work or part"), "Ctrl+L", "plus", self._new, self._may),
            Command("catalogue.lists", N_("Price lists"), "", "percent", self._price_lists, self._may),
        )

    def activate(self) -> None:
        """Show the catalogue as it is now."""
        self._host.hints((("Enter", _("open")), ("Ctrl+L", _("new"))))
        self._ask()
        self.search.setFocus()

    def scan(self, code: str) -> bool:
        """Find the work or part of a scanned code; our own codes go where they always go."""
        if ours(code):
            return False
        self.search.setText(code)
        return True

    def _world_changed(self, _keys: object) -> None:
        self._soon.start()

    def _headings(self) -> tuple[Heading, ...]:
        sees = self._desk.may(Right.SEE_COST)
        money = (Heading(_("Cost"), 90, right=True), Heading(_("Margin"), 80, right=True)) if sees else ()
        return (
            Heading(_("Name")),
            Heading(_("Code"), 120),
            Heading(_("Category"), 150),
            Heading(_("Price"), 100, right=True),
            *money,
            Heading(_("VAT"), 70, right=True),
            Heading(_("Warranty"), 90, right=True),
        )

    def _may(self) -> bool:
        return self._desk.may(Right.EDIT_CATALOGUE)

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked

        def answered(rows: list[ItemRow]) -> None:
            if asked == self._asked:
                self._show(rows)

        chosen = str(self.category.currentData() or "")
        self._desk.read(self, answered, catalogue.page, self.search.text(), chosen)
        self._desk.read(self, self._offer, catalogue.categories)

    def _offer(self, names: list[str]) -> None:
        chosen = self.category.currentData()
        if names == [self.category.itemData(place) for place in range(1, self.category.count())]:
            return
        self.category.clear()
        self.category.addItem(_("All categories"), "")
        for name in names:
            self.category.addItem(name, name)
        self.category.choose(str(chosen or ""))

    def _show(self, rows: list[ItemRow]) -> None:
        self.rows = rows
        if self.search.text().strip() or self.category.currentData():
            self.table.say_empty(_("Nothing found. Type fewer words."))
        elif self._may():
            self.table.say_empty(_("The catalogue is empty. Ctrl+L adds the first work or part."))
        else:
            self.table.say_empty(_("The catalogue is empty."))
        self.table.show_rows([self._cells(item) for item in rows])
        self._count.setText(ngettext("{count} in all", "{count} in all", len(rows)).format(count=len(rows)))

    def _cells(self, item: ItemRow) -> tuple[Cell, ...]:
        ink = "text" if item.active else "text3"
        name = item.name if item.active else _("{name} (out of use)").format(name=item.name)
        money: tuple[Cell, ...] = ()
        if self._desk.may(Right.SEE_COST):
            net = item.price * 10_000 // (10_000 + item.vat)
            left = format_percent(margin(net, item.cost)) if net and item.cost else "—"
            money = (Cell(format_amount(item.cost) if item.cost else "—", "text2"), Cell(left, "text2"))
        months = item.warranty_months
        warranty = ngettext("{count} month", "{count} months", months).format(count=months) if months else "—"
        return (
            Cell(name, ink, 500, "stock" if item.kind == LINE_PART else "bench"),
            Cell(item.code, "text2"),
            Cell(item.category or "—", "text2"),
            Cell(format_amount(item.price), ink, 600),
            *money,
            Cell(format_percent(item.vat), "text2"),
            Cell(warranty, "text2"),
        )

    def _open(self, place: int) -> None:
        if self._may():
            ItemDialog(self._desk, self._host, self.rows[place]).present()

    def _new(self) -> None:
        ItemDialog(self._desk, self._host, None).present()

    def _price_lists(self) -> None:
        PriceListsDialog(self._desk, self._host).present()
