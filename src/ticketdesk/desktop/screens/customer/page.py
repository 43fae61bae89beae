"""One customer whole: how to reach them, what they agreed to, what they owe, all devices and all orders."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ticketdesk.desktop import links
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.account import AccountDialog
from ticketdesk.desktop.dialogs.take_back import TakeBackDialog
from ticketdesk.desktop.history import HistoryPane
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import passing_menu, under
from ticketdesk.desktop.people import DoublesStrip, MergedStrip
from ticketdesk.desktop.screens.customer.facts import customer_strip
from ticketdesk.desktop.screens.customer.header import CustomerHeader
from ticketdesk.desktop.screens.customer.orders import OrdersOf
from ticketdesk.desktop.screens.customer.things import DevicesTable, SalesTable
from ticketdesk.desktop.screens.customers.deeds import Deeds
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.widgets.basics import clear, column, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.focus import put_in_order, put_inside
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import customer_pages, sales
from ticketdesk.services.customer_pages import CustomerPage as Shown
from ticketdesk.services.duplicates import Likely
from ticketdesk.services.lists import Question
from ticketdesk.services.sales import SalePage
from ticketdesk.texts import N_, _, ngettext

_ORDERS, _DEVICES, _SALES = "orders", "devices", "sales"


class CustomerPage(QWidget):
    """Everything about one customer, kept up to date."""

    def __init__(self, desk: Desk, host: Host, customer_id: UUID) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host, self._id = desk, host, customer_id
        self.page: Shown | None = None
        self.deeds = Deeds(desk, host, self)
        self.header = CustomerHeader(desk)
        self.history = HistoryPane(desk.shop.zone)
        newest_first = Question((), customer_id=customer_id, sort="number", descending=True)
        self.orders = OrdersOf(desk, host, newest_first, cells.CUSTOMER, _("This customer has no orders yet."))
        self.devices, self.sales = DevicesTable(desk), SalesTable(desk)
        self._top, self._strips = column(spacing=12), column(spacing=8)
        self._tabs = QVBoxLayout()
        self._tables = QStackedWidget()
        self._tables.addWidget(self.orders)
        self._tables.addWidget(self.devices)
        self._tables.addWidget(self.sales)
        self._tab = _ORDERS
        self._build()
        self._connect()
        self.commands = self._commands()

    def activate(self) -> None:
        """Ask for the customer and show them."""
        self._host.hints(
            (("F2", _("new order")), ("Ctrl+E", _("change")), ("Ctrl+M", _("call or write")), (_("Enter"), _("open")),
             ("Alt+←", _("back"))),
        )  # fmt: skip
        self._load()
        self.orders.activate()
        self._shown_table().setFocus()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window."""
        return False

    # building

    def _build(self) -> None:
        self._left = QWidget()
        above = column(self._strips, self._top, spacing=12, margins=(16, 12, 16, 0))
        self._left.setLayout(above)
        body = column(self._left, spacing=0)
        self._above = QWidget()
        self._above.setLayout(self._tabs)
        body.addWidget(self._above)
        body.addWidget(self._tables, 1)
        self._tabs.setContentsMargins(16, 12, 16, 8)
        across = row(spacing=0)
        across.addLayout(body, 1)
        across.addWidget(self.history)
        layout = column(self.header, spacing=0)
        layout.addLayout(across, 1)
        self.setLayout(layout)
        self.panes = (self.header, self._left, self._tables, self.history)

    def _connect(self) -> None:
        header = self.header
        header.back.clicked.connect(self._host.back)
        header.intake.clicked.connect(self._take_in)
        header.edit.clicked.connect(self._edit)
        header.reach.clicked.connect(self._reach)
        header.more.clicked.connect(self._more)
        self.orders.intake_wanted.connect(self._take_in)
        self.devices.opened_device.connect(self._host.open_device)
        self.sales.opened_sale.connect(self._open_sale)
        self._desk.changed.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.history.fit(self.width())

    # showing

    def _load(self) -> None:
        self._desk.read(self, self._show, customer_pages.customer_page, self._id, self._desk.now(), self._desk.role)

    def _changed(self, _keys: frozenset[UUID]) -> None:
        if self._desk.staff is not None and self.isVisible():
            self._load()  # an order, a device or another customer may concern this one

    def _show(self, page: Shown) -> None:
        if page.row.id != self._id:  # this one was merged into another
            self._id = page.row.id
            self.orders.ask(Question((), customer_id=self._id, sort="number", descending=True))
        self.page = page
        self.header.show_customer(page)
        clear(self._top)
        self._top.addWidget(customer_strip(page, self._desk))
        self._show_strips(page)
        self._show_tabs(page)
        self.devices.show_devices(page.devices)
        self.sales.show_sales(page.sales)
        self.history.show_entries(page.history)
        # what was made anew is shown in the next turn of the loop
        QTimer.singleShot(0, self, self._put_in_order)

    def _put_in_order(self) -> None:
        put_in_order(self.header, self._left, self._above, self._tables, self.history)

    def _show_strips(self, page: Shown) -> None:
        clear(self._strips)
        may, shop = self._desk.may, self._desk.shop
        for likely in page.doubles[:2]:
            strip = DoublesStrip(
                likely, may_merge=may(Right.MERGE_CUSTOMERS), may_edit=may(Right.EDIT_CUSTOMER), region=shop.region
            )
            strip.compared.connect(self._compare)
            strip.apart.connect(partial(self.deeds.keep_apart, page.row))
            self._strips.addWidget(strip)
        for merged in page.merges:
            made = MergedStrip(merged, self._desk.now(), shop.zone, may_undo=may(Right.MERGE_CUSTOMERS))
            made.undone.connect(partial(self.deeds.take_back, page.row))
            self._strips.addWidget(made)

    def _show_tabs(self, page: Shown) -> None:
        clear(self._tabs)
        orders = ngettext("{count} order", "{count} orders", page.row.orders).format(count=page.row.orders)
        devices = ngettext("{count} device", "{count} devices", len(page.devices)).format(count=len(page.devices))
        ways = [(_ORDERS, orders), (_DEVICES, devices)]
        if page.sales:
            sold = ngettext("{count} sale", "{count} sales", len(page.sales)).format(count=len(page.sales))
            ways.append((_SALES, sold))
        tabs = Segmented(_("What is shown"), ways, self._tab, "sm")
        tabs.changed.connect(self._choose_tab)
        self._tabs.addLayout(row(tabs, None))
        tabs.show()
        put_inside(self._above, [tabs])

    def _shown_table(self) -> QWidget:
        return {_ORDERS: self.orders, _DEVICES: self.devices, _SALES: self.sales}[self._tab]

    def _choose_tab(self, tab: str) -> None:
        self._tab = tab
        self._tables.setCurrentWidget(self._shown_table())
        QTimer.singleShot(0, self, self._put_in_order)

    # what can be done

    def _take_in(self) -> None:
        if self.page is not None:
            self.deeds.take_in(self.page.row)

    def _edit(self) -> None:
        if self.page is not None:
            self.deeds.edit(self.page.row)

    def _reach(self) -> None:
        if self.page is not None:
            self.deeds.reach(self.page.row, under(self.header.reach))

    def _open_sale(self, sale_id: UUID) -> None:
        def found(sale: SalePage) -> None:
            TakeBackDialog(self._desk, self._host, sale).present()

        self._desk.read(self, found, sales.sale_page, sale_id)

    def _compare(self, likely: Likely) -> None:
        if self.page is not None:
            self.deeds.compare(self.page.row, likely, self._stayed)

    def _stayed(self, customer_id: UUID) -> None:
        if customer_id != self._id:
            self._host.open_customer(customer_id)
        else:
            self._load()

    def _more(self) -> None:
        if self.page is None:
            return
        menu, found = passing_menu(self), self.page.row
        reach = links.reachable(found.phone, found.email, found.contacts)
        links.offer(menu.addMenu(_("Call or write")), self._host, reach, self._desk.shop.region)
        if self._desk.may(Right.EDIT_CUSTOMER):
            menu.addAction(_("Change…") + "\tCtrl+E", self._edit)
        if self._desk.may(Right.TAKE_PAYMENT):
            menu.addAction(_("Account…"), self._account)
        menu.addAction(_("Copy the name"), partial(links.copy, self._host, found.name))
        menu.popup(under(self.header.more))

    def _account(self) -> None:
        if self.page is not None:
            AccountDialog(self._desk, self._host, self.page.row.id, self.page.row.name).present()

    def _commands(self) -> tuple[Command, ...]:
        may = self._desk.may
        return (
            Command(
                "customer.take_in", N_("New order for the customer"), "F2", "plus", self._take_in,
                partial(may, Right.TAKE_IN),
            ),
            Command(
                "customer.edit", N_("Change the customer"), "Ctrl+E", "pencil", self._edit,
                partial(may, Right.EDIT_CUSTOMER),
            ),
            Command("customer.reach", N_("Call or write"), "Ctrl+M", "phone-call", self._reach),
            Command("customer.tab_before", N_("Previous tab"), "Ctrl+PgUp", "chev-l", partial(self._turn, -1)),
            Command("customer.tab_after", N_("Next tab"), "Ctrl+PgDown", "chev-r", partial(self._turn, 1)),
        )  # fmt: skip

    def _turn(self, step: int) -> None:
        tabs = [_ORDERS, _DEVICES, *([_SALES] if self.page is not None and self.page.sales else [])]
        self._choose_tab(tabs[(tabs.index(self._tab) + step) % len(tabs)])
        if self.page is not None:
            self._show_tabs(self.page)
        self._shown_table().setFocus(Qt.FocusReason.TabFocusReason)
