"""The order desk: views, list and preview; live, searched as one types."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop import links
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.columns import ColumnsDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.layouts import Layouts
from ticketdesk.desktop.listing.repeated import Repeated
from ticketdesk.desktop.listing.sides import Sides
from ticketdesk.desktop.menus import under
from ticketdesk.desktop.screens.orders.bulk_deeds import BulkDeeds
from ticketdesk.desktop.screens.orders.cells import COLUMNS, OF_CUSTOMERS
from ticketdesk.desktop.screens.orders.deeds import Deeds, Offered
from ticketdesk.desktop.screens.orders.empty import Begun, Empty
from ticketdesk.desktop.screens.orders.filter_bar import FilterBar
from ticketdesk.desktop.screens.orders.filter_pane import FilterPane
from ticketdesk.desktop.screens.orders.known import Known
from ticketdesk.desktop.screens.orders.leaving import Leaving
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.desktop.screens.orders.preview import Preview
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.desktop.screens.orders.sorting import offer_sorts
from ticketdesk.desktop.screens.orders.table import OrdersTable
from ticketdesk.desktop.screens.orders.view_deeds import Bar, ViewDeeds
from ticketdesk.desktop.screens.orders.views_bar import ViewsBar
from ticketdesk.desktop.widgets.basics import IconButton
from ticketdesk.desktop.widgets.overlay import give_focus
from ticketdesk.domain import misspelt
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.filters import Filter, Filters
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.views import ACTIVE, ALL, VIEW
from ticketdesk.services import lists, pages, staff
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.asked import Asked
from ticketdesk.texts import N_, _

_RESTING_MS, _MINUTE_MS = 80, 60_000


class OrdersPage(QWidget):
    """The list everybody works from."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self.shown = Shown()
        self.known = Known(desk, self)
        self._wanted: UUID | None = None
        self._chosen: int | None = None
        self.model = OrdersModel(desk, self)
        self.views, self.filters, self.pane = ViewsBar(self.known.built_in), FilterBar(), FilterPane()
        self.table = OrdersTable(self.model)
        self.preview = Preview(self.model.scene, desk.shop.region)
        self.deeds = Deeds(desk, host, self)
        self.layouts = Layouts(
            desk,
            "orders.layout",
            self.table,
            self.model,
            lambda: (self.shown.view.key, self.shown.view.columns),
            frozenset() if desk.may(Right.SEE_CUSTOMERS) else OF_CUSTOMERS,
        )
        bar = Bar(self.shown, self.layouts, lambda: self.known.saved, self._choose_when_known)
        self.view_deeds = ViewDeeds(desk, host, bar, self)
        self.leaving = Leaving(desk, host, self.table, self.model, self.shown, self.known.names, self)
        self.bulk = BulkDeeds(desk, host, self.table, self.leaving.export, self)
        self.empty = Empty(self.table.viewport())
        self._funnel, self._sorter = (
            IconButton("filter", _("Filters"), "Ctrl+F"),
            IconButton("sort", _("Sort"), "Ctrl+Up"),
        )
        for tool in (self._funnel, self._sorter):
            self.views.tools.addWidget(tool)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.views)
        self._layout.addWidget(self.filters)
        self._layout.addWidget(self.bulk.bar)
        self._layout.addWidget(self.table, 1)
        self.sides = Sides(self, self._layout, self.table, self.preview, self.pane)
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._previews = Repeated(self._ask_page, self)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._connect()
        self.views.choose(ACTIVE)
        self.layouts.load()
        self.sides.arrange()
        self.setFocusProxy(self.table)
        self.commands = self._commands()

    # what the window asks

    def activate(self) -> None:
        """Bring the list up to date, and put the focus into it."""
        if not self.model.keys and not self.model.waiting:
            self._ask()
        else:
            self.model.look_again(frozenset())
        self.known.asking.want()
        self._minute.start()
        self.table.setFocus()
        self._say_hints()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: our own open an order, others are searched for."""
        return False

    def search(self, text: str) -> None:
        """Search in all orders while something is typed; go back to the view before when it is not."""
        typed = " ".join(text.split())
        if typed == self.shown.typed:
            return
        self.shown.type(typed)
        self.table.forget()  # the first hit is chosen
        self._ask()

    def doubt(self) -> str:
        """Say which word behind a sign is not known, and what was probably meant; empty if all are."""
        today = day_of(self._desk.now(), self._desk.shop.zone)
        return misspelt.hint(self.shown.typed, today, [person.name for person in self.known.people])

    def show_view(self, key: str) -> None:
        """Show a view as it is."""
        if (view := self.known.view(key)) is not None:
            self.shown.show(view)
            self.table.forget()
            self._ask()

    # asking

    def _ask(self) -> None:
        staff, shown = self._desk.staff, self.shown
        self._resting.stop()
        self._previews.forget()  # what is asked now comes first
        self.model.ask(shown.question(staff.id if staff else None, self._desk.now(), self._desk.shop.zone))
        self.table.wait()
        column = next((at for at, column in enumerate(COLUMNS) if column.sort == shown.sort), -1)
        self.table.header.show_sort(column, descending=shown.descending)
        self._show_filters()

    def _choose_columns(self) -> None:
        ColumnsDialog(self._host, self.layouts).present()

    def _show_filters(self) -> None:
        self.views.choose(self.shown.view.key)
        self.layouts.apply()
        self.filters.show_filters(self.shown, self.known.names(), may_renew=self.view_deeds.may_change(self.shown.view))
        self.pane.show_filters(self.shown, day_of(self._desk.now(), self._desk.shop.zone))

    def _narrow(self, field: str, filters: Filters) -> None:
        self.shown.narrow(field, filters)
        self._ask()

    def _drop(self, asked: Filter) -> None:
        self.shown.drop(asked)
        self._ask()

    def _clear(self) -> None:
        self.shown.clear()
        self._ask()

    def _resort(self, column: int) -> None:
        sort = COLUMNS[column].sort
        self._sort_by(sort, descending=not self.shown.descending if sort == self.shown.sort else False)

    def _sort_by(self, sort: str, *, descending: bool) -> None:
        self.shown.sort_by(sort, descending=descending)
        self._ask()

    def _take_views(self) -> None:
        """Show the saved views as they are now; the one chosen stays so, if it is still there."""
        saved, chosen = self.known.saved, self.shown.view
        self.views.offer(self.known.views)
        wanted = next((view for view in saved if view.id == self._wanted), None)
        known = next((view for view in saved if view.id == chosen.id), None) if chosen.id else chosen
        if wanted is not None:
            self._wanted = None
            if self.shown.typed:  # the words are filters of the view now
                self._host.search("")
                give_focus(self._host.window, self.table)
            self.show_view(wanted.key)
        elif known is None:
            self.show_view(ACTIVE)
        elif known != chosen:
            self.shown.renew(known)
            self._ask()
        else:
            self._show_filters()

    def _choose_when_known(self, view_id: UUID) -> None:
        """Show a view as soon as it is known here."""
        self._wanted = view_id
        self.known.asking.want()

    # answers

    def _settle(self) -> None:
        """Take note of which order is chosen now, and say so if there is none at all."""
        self._chosen, page = self.table.number(), self.preview.page
        if self._chosen != (page.row.number if page is not None else None):
            self._resting.start()
        count = len(self.model.keys) - len(self.model.sections)
        self.table.setAccessibleName(_("Orders: {view}, {count}").format(view=self.shown.view.title, count=count))
        if self.model.keys or self.model.waiting:
            self.empty.hide()
        elif self.shown.typed:
            self.empty.nothing_found(self.shown.typed, self.doubt())
        elif self.shown.changed:
            self.empty.nothing_passes()
        else:
            self._desk.read(self, self._say_empty, lists.any_orders)

    def _say_empty(self, any_orders: bool) -> None:  # noqa: FBT001 - an answer, not a switch
        if self.model.keys or self.shown.typed:
            return
        if any_orders:
            self.empty.view_is_empty(self.shown.view.key)
        else:
            self._desk.read(self, self._say_begun, staff.everyone)

    def _say_begun(self, people: list[StaffRow]) -> None:
        shop, preferences = self._desk.shop, self._host.preferences
        company = bool(shop.address and shop.tax_id)
        self.empty.first_steps(Begun(company, bool(preferences.receipt_printer), len(people) > 1))

    # the order chosen

    def _choose(self) -> None:
        if self.table.number() is not None:
            self._chosen = self.table.number()
            self._resting.start()

    def _ask_page(self) -> Asked | None:
        number = self._chosen
        if number is None:
            self._show_page(None)
        if number is None or not self.preview.isVisible():
            return None

        def show(page: OrderPage) -> None:
            self._previews.done()
            if page.row.number == self._chosen:
                self._show_page(page)

        return self._desk.read(self, show, pages.page_of_number, number)

    def _show_page(self, page: OrderPage | None) -> None:
        desk = self._desk
        scene = replace(self.model.scene, moment=desk.now())
        self.preview.show_page(page, scene, may_pay=desk.may(Right.TAKE_PAYMENT))

    def _print(self) -> None:
        if self.table.picks:
            self.bulk.print_labels()
        elif (row := self.table.row()) is not None:
            self._host.choose_paper(row.id)

    def _assign(self) -> None:
        if self.table.picks:
            self.bulk.choose_colleague()
        elif (row := self.table.row()) is not None:
            self.deeds.choose_colleague(row, self.table.under_row())

    def _choose_bin(self) -> None:
        if self.table.picks:
            self.bulk.choose_bin()
        elif (row := self.table.row()) is not None:
            self.deeds.choose_bin(row)

    def _has_phone(self) -> bool:
        row = self.table.row()
        return row is not None and bool(row.customer_phone)

    def _menu(self, at: QPoint) -> None:
        if (row := self.table.row()) is not None:
            more: list[Offered] = [(_("Copy row"), "Ctrl+C", self.table.copy)]
            if row.customer_name:
                more.append((_("Orders of this customer"), "", lambda: self._of_customer(row)))
            if self._desk.may(Right.EXPORT):
                more.append((_("Export the list"), "Ctrl+E", self.leaving.export))
            if self._desk.may(Right.PRINT):
                more.append((_("Print the list"), "", self.leaving.print_list))
            self.deeds.menu(row, at, more).popup(at)

    def _of_customer(self, row: OrderRow) -> None:
        self.shown.show(VIEW[ALL])
        if row.customer_phone:
            self.shown.narrow("text", (Filter("text", (row.customer_phone,)),))
        self._narrow("customer", (Filter("customer", (row.customer_name,)),))

    def _offer_sorts(self) -> None:
        at = under(self._sorter) if self._sorter.isVisible() else self.table.under_row()
        menu = offer_sorts(self, at, self.shown, lambda sort, descending: self._sort_by(sort, descending=descending))
        menu.addSeparator()
        menu.addAction(_("Columns and widths…"), self._choose_columns)

    # the world

    def _world_changed(self, ids: frozenset[UUID]) -> None:
        if self._desk.staff is None:
            return
        self.model.look_again(ids)
        self.known.asking.want()
        page = self.preview.page
        if not ids or (page is not None and page.row.id in ids):
            self._previews.want()

    def _lost(self, _error: Unavailable) -> None:
        self.known.asking.forget()
        self._previews.forget()

    def _minute_passed(self) -> None:
        if self.isVisible() and self._desk.staff is not None:
            self.model.look_again(frozenset())
            self.known.asking.want()

    # how it stands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sides.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.table.viewport().update()

    def _say_hints(self) -> None:
        hints = [(_("Enter"), _("open")), ("F8", _("next step")), ("F4", _("take payment"))]
        if self._desk.may(Right.ASSIGN):
            hints.append(("Ctrl+R", _("responsible")))
        self._host.hints(tuple(hints))

    def _connect(self) -> None:
        model, table, preview, desk = self.model, self.table, self.preview, self._desk
        open_ = table.on_row(lambda row: self._host.open_order(row.id))
        model.answered.connect(self._settle)
        model.moved.connect(self._settle)
        table.chosen.connect(self._choose)
        table.opened.connect(open_)
        table.claimed.connect(self.deeds.claim)
        table.typed.connect(self._host.search)
        table.menu_wanted.connect(self._menu)
        table.resort.connect(self._resort)
        self.views.chosen.connect(self.show_view)
        self.views.menu_wanted.connect(self.view_deeds.menu)
        self._sorter.clicked.connect(self._offer_sorts)
        known = self.known
        known.views_changed.connect(self._take_views)
        known.people_changed.connect(lambda: self.pane.offer_people(known.people))
        known.people_changed.connect(self._show_filters)
        known.counted.connect(self.views.count)
        self._funnel.clicked.connect(self.sides.toggle_filters)
        self.filters.dropped.connect(self._drop)
        self.filters.cleared.connect(self._clear)
        self.filters.keep_wanted.connect(self.view_deeds.keep)
        self.filters.renew_wanted.connect(self.view_deeds.renew)
        self.pane.narrowed.connect(self._narrow)
        self.pane.cleared.connect(self._clear)
        self.pane.keep_wanted.connect(self.view_deeds.keep)
        self.pane.left.connect(self.sides.toggle_filters)
        self.empty.intake_wanted.connect(self._host.open_intake)
        self.empty.view_wanted.connect(self._leave_empty)
        self.empty.settings_wanted.connect(lambda: self._host.go("settings"))
        preview.open_wanted.connect(open_)
        preview.step_wanted.connect(table.on_row(self.deeds.step))
        preview.pay_wanted.connect(table.on_row(self.deeds.pay))
        preview.print_wanted.connect(self._print)
        preview.menu_wanted.connect(lambda: self._menu(self.table.under_row()))
        self._resting.timeout.connect(self._previews.want)
        self._minute.timeout.connect(self._minute_passed)
        desk.changed.connect(self._world_changed)
        desk.lost.connect(self._lost)
        self.layouts.more_wanted.connect(self._choose_columns)
        self.sides.preview_shown.connect(self._resting.start)

    def _leave_empty(self) -> None:
        if self.shown.typed:
            self._host.search("")
        elif self.shown.changed:
            self._clear()
        else:
            self.show_view(ACTIVE if self.shown.view.key != ACTIVE else ALL)

    def _commands(self) -> tuple[Command, ...]:
        on_row, has_row, deeds, bar = self.table.on_row, self.table.has_row, self.deeds, self.views
        reaching = (
            Command(
                "orders.sms", N_("Send an SMS"), "", "message", on_row(lambda row: links.sms(row.customer_phone)),
                self._has_phone, (N_("text message"),),
            ),
        )  # fmt: skip
        return (
            Command("orders.step", N_("Next step"), "F8", "check", on_row(deeds.step), has_row),
            Command("orders.pay", N_("Take payment"), "F4", "cash", on_row(deeds.pay), has_row),
            Command("orders.print", N_("Papers, print"), "Ctrl+P, F7", "printer", self._print, has_row),
            Command("orders.assign", N_("Responsible…"), "Ctrl+R", "user", self._assign, has_row),
            Command(
                "orders.preview", N_("Preview"), "Alt+Return, Alt+Enter", "eye", self.sides.toggle_preview
            ),
            Command(
                "orders.view_before", N_("Previous view"), "Ctrl+PgUp", "chev-l",
                lambda: self.show_view(bar.beside(-1)),
            ),
            Command(
                "orders.view_after", N_("Next view"), "Ctrl+PgDown", "chev-r",
                lambda: self.show_view(bar.beside(1)),
            ),
            Command("orders.due", N_("Due date…"), "Ctrl+T", "clock", on_row(deeds.promise), has_row),
            Command("orders.urgent", N_("Urgent on or off"), "Ctrl+U", "bolt", on_row(deeds.turn_urgent), has_row),
            Command(
                "orders.bin", N_("Put into a bin…"), "", "stock", self._choose_bin, has_row, (N_("shelf, place"),)
            ),
            *(reaching if self._desk.may(Right.SEE_CUSTOMERS) else ()),
            Command("orders.mark", N_("Mark for me, or no longer"), "Ctrl+D", "flag", on_row(deeds.mark), has_row),
            Command("orders.filter", N_("Filters"), "Ctrl+F", "filter", self.sides.toggle_filters),
            Command("orders.keep", N_("Save as view…"), "", "plus", self.view_deeds.keep),
            Command("orders.pick_all", N_("Pick all"), "Ctrl+A", "check", self.table.pick_all, has_row),
            Command("orders.bulk_move", N_("Move the orders picked"), "", "arr-r", self.bulk.choose_status, self.bulk.possible),
            Command("orders.bulk_write", N_("Write to the customers picked"), "", "mail", self.bulk.write, self.bulk.possible),
            Command("orders.export", N_("Export the list"), "Ctrl+E", "download", self.leaving.export, has_row),
            Command("orders.list", N_("Print the list"), "", "printer", self.leaving.print_list, has_row),
            Command("orders.columns", N_("Columns and widths…"), "", "grip", self._choose_columns),
            Command("orders.sort", N_("Sort"), "Ctrl+Up", "sort", self._offer_sorts),
            Command("orders.pane", N_("Next pane"), "F6, Shift+F6", "lanes", self.sides.go_across),
        )  # fmt: skip
