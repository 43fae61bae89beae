"""The order desk: views, list and preview; live, searched as one types."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.screens.orders.cells import COLUMNS
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.desktop.screens.orders.empty import Empty
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.desktop.screens.orders.preview import Preview
from ticketdesk.desktop.screens.orders.table import OrdersTable
from ticketdesk.desktop.screens.orders.views_bar import ViewsBar
from ticketdesk.desktop.widgets.basics import Button, IconButton
from ticketdesk.desktop.widgets.focus import focused
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.filters import only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import POOL
from ticketdesk.domain.typed import parse
from ticketdesk.domain.views import ACTIVE, ALL, DUE, TO_TAKE, VIEW, VIEWS
from ticketdesk.services import lists, pages
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.lists import OrderRow, Question
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import N_, _

_COUNTING_MS, _RESTING_MS, _MINUTE_MS = 60, 80, 60_000
_NARROW, _ROOMY = 1240 - 72, 1400 - 72


class OrdersPage(QWidget):
    """The list everybody works from."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._was_narrow: bool | None = None
        self._typed, self._sort, self._descending = "", DUE, False
        self._before_search = (ACTIVE, DUE, False)
        self._chosen: int | None = None
        self._preview_wished = True
        views = tuple(view for view in VIEWS if view.key != TO_TAKE or desk.shop.allocation == POOL)
        self.model = OrdersModel(desk, self)
        self.views = ViewsBar(views)
        self.table = OrdersTable(self.model)
        self.preview = Preview(self.model.scene, desk.shop.region)
        self.deeds = Deeds(desk, host, self)
        self.empty = Empty(self.table.viewport())
        self._retry = Button(_("Try again"), "F5", icon="refresh", size="sm")
        self.strip = Notice("warning", _("The list could not be loaded"), "", self._retry, "danger")
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.strip.hide()
        self._sorter = IconButton("sort", _("Sort"), "Ctrl+Up")
        self.views.tools.addWidget(self._sorter)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.views)
        self._layout.addWidget(self.strip)
        self._layout.addWidget(self.table, 1)
        self.preview.setParent(self)
        self.preview.hide()
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._counting = QTimer(self, singleShot=True, interval=_COUNTING_MS)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._connect()
        self.views.choose(ACTIVE)
        self._arrange()
        self.setFocusProxy(self.table)
        self.commands = self._commands()

    # what the window asks

    def activate(self) -> None:
        """Bring the list up to date, and put the focus into it."""
        if not self.model.keys and not self.model.waiting:
            self._ask()
        else:
            self.model.look_again(frozenset())
        self._counting.start()
        self._minute.start()
        self.table.setFocus()
        self._say_hints()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: our own open an order, others are searched for."""
        return False

    def search(self, text: str) -> None:
        """Search in all orders while something is typed; go back to the view before when it is not."""
        typed = " ".join(text.split())
        if typed == self._typed:
            return
        if typed and not self._typed:
            self._before_search = (self.views.current, self._sort, self._descending)
            self.views.choose(ALL)
            self._sort, self._descending = "number", True
        elif not typed:
            view, self._sort, self._descending = self._before_search
            self.views.choose(view)
        self._typed = typed
        self.table.forget()  # the first hit is chosen
        self._ask()

    def show_view(self, view: str) -> None:
        """Show a saved view in its usual order."""
        self.views.choose(view)
        self._show_chosen_view(view)

    # asking

    def _ask(self) -> None:
        staff, at, zone = self._desk.staff, self._desk.now(), self._desk.shop.zone
        filters = (*VIEW[self.views.current].filters, *parse(self._typed, day_of(at, zone)))
        # closed orders are never late: among them the promised time alone sorts, by its index
        sort = "promised" if self._sort == DUE and not only_open(filters) else self._sort
        self.model.ask(Question(filters, staff.id if staff else None, at, zone, sort, self._descending))
        self.table.wait()
        column = next((at for at, column in enumerate(COLUMNS) if column.sort == self._sort), -1)
        self.table.header.show_sort(column, descending=self._descending)

    def _show_chosen_view(self, view: str) -> None:
        self._sort, self._descending = ("number", True) if view == ALL else (DUE, False)
        if self._typed:
            self._before_search = (view, self._sort, self._descending)
        self.table.forget()
        self._ask()

    def _resort(self, column: int) -> None:
        sort = COLUMNS[column].sort
        self._sort_by(sort, descending=not self._descending if sort == self._sort else False)

    def _sort_by(self, sort: str, *, descending: bool) -> None:
        self._sort, self._descending = sort, descending
        self._ask()

    def _count(self) -> None:
        staff = self._desk.staff
        if staff is not None:
            viewer = Viewer(staff.id, self._desk.now(), self._desk.shop.zone)
            self._desk.survey(self, self.views.count, lists.counts, VIEWS, viewer)

    # answers

    def _settle(self) -> None:
        """Take note of which order is chosen now, and say so if there is none at all."""
        number = self.table.number()
        if number != self._chosen:
            self._chosen = number
            self._resting.start()
        self.strip.hide()
        if self.model.keys or self.model.waiting:
            self.empty.hide()
        elif self._typed:
            self.empty.nothing_found(self._typed)
        else:
            self._desk.read(self, self._say_empty, lists.any_orders)

    def _say_empty(self, any_orders: bool) -> None:  # noqa: FBT001 - an answer, not a switch
        if self.model.keys or self._typed:
            return
        if any_orders:
            self.empty.view_is_empty(self.views.current)
        else:
            self.empty.first_steps()

    # the order chosen

    def _choose(self) -> None:
        if self.table.number() is not None:
            self._chosen = self.table.number()
            self._resting.start()

    def _rested(self) -> None:
        number = self._chosen
        if number is None:
            self._show_page(None)
        elif self.preview.isVisible():

            def show(page: OrderPage) -> None:
                if page.row.number == self._chosen:
                    self._show_page(page)

            self._desk.read(self, show, pages.page_of_number, number)

    def _show_page(self, page: OrderPage | None) -> None:
        desk = self._desk
        scene = replace(self.model.scene, moment=desk.now())
        self.preview.show_page(page, scene, may_pay=desk.may(Right.TAKE_PAYMENT))

    def _row(self) -> OrderRow | None:
        return self.table.row()

    def _has_row(self) -> bool:
        return self._row() is not None

    def _open(self) -> None:
        if (row := self._row()) is not None:
            self._host.open_order(row.id)

    def _step(self) -> None:
        if (row := self._row()) is not None:
            self.deeds.step(row)

    def _pay(self) -> None:
        if (row := self._row()) is not None and self._desk.may(Right.TAKE_PAYMENT):
            self.deeds.pay(row)

    def _print(self) -> None:
        if (row := self._row()) is not None:
            self._host.choose_paper(row.id)

    def _assign(self) -> None:
        if (row := self._row()) is not None and self._desk.may(Right.ASSIGN):
            self.deeds.choose_colleague(row, self._menu_place(None))

    def _menu(self, at: QPoint) -> None:
        if (row := self._row()) is not None:
            self.deeds.menu(row, at, self.table.copy)

    def _menu_place(self, button: QWidget | None) -> QPoint:
        if button is not None and button.isVisible():
            return button.mapToGlobal(QPoint(0, button.height() + px(4)))
        area = self.table.visualRect(self.table.currentIndex())
        return self.table.viewport().mapToGlobal(area.bottomLeft() + QPoint(px(16), 0))

    def _offer_sorts(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for column in COLUMNS:
            if column.sort:
                act = menu.addAction(_(column.title).split(",")[0])
                act.setCheckable(True)
                act.setChecked(column.sort == self._sort)
                act.triggered.connect(
                    lambda _on=False, sort=column.sort: self._sort_by(sort, descending=self._descending)
                )
        received = menu.addAction(_("Received"))
        received.setCheckable(True)
        received.setChecked(self._sort == "received")
        received.triggered.connect(lambda: self._sort_by("received", descending=self._descending))
        menu.addSeparator()
        for text, descending in ((_("Ascending"), False), (_("Descending"), True)):
            act = menu.addAction(text)
            act.setCheckable(True)
            act.setChecked(descending == self._descending)
            act.triggered.connect(
                lambda _on=False, descending=descending: self._sort_by(self._sort, descending=descending)
            )
        menu.popup(self._menu_place(self._sorter))

    # the world

    def _world_changed(self, ids: frozenset[UUID]) -> None:
        if self._desk.staff is None:
            return
        self.model.look_again(ids)
        self._counting.start()
        page = self.preview.page
        if not ids or (page is not None and page.row.id in ids):
            self._rested()

    def _lost(self, error: Unavailable) -> None:
        since = dates.clock(self.model.scene.moment, self._desk.shop.zone)
        self.strip.say(
            _("The list could not be loaded"),
            _("{reason} What you see below is from {time}.").format(reason=error.sentence, time=since),
        )
        self.strip.show()

    def _minute_passed(self) -> None:
        if self.isVisible() and self._desk.staff is not None:
            self.model.look_again(frozenset())
            self._counting.start()

    # how it stands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.table.viewport().update()

    def _arrange(self) -> None:
        """Put the preview beside the list; in a narrow window over it, and only when asked for."""
        narrow = self.width() < px(_NARROW)
        if narrow != self._was_narrow:
            self._was_narrow = narrow
            self._preview_wished = not narrow
        width = px(336 if self.width() >= px(_ROOMY) else 320)
        shown = self._preview_wished
        docked = shown and not narrow
        self._layout.setContentsMargins(0, 0, width if docked else 0, 0)
        self.preview.setGeometry(self.width() - width, 0, width, self.height())
        if shown != self.preview.isVisibleTo(self):
            self.preview.setVisible(shown)
            if shown:
                self._resting.start()
        self.preview.raise_()

    def _toggle_preview(self) -> None:
        self._preview_wished = not self._preview_wished
        self._arrange()
        if not self._preview_wished:
            self.table.setFocus()

    def _other_pane(self) -> None:
        inside = self.preview.isAncestorOf(focused(self) or self)
        if inside or not self.preview.isVisible():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.preview.enter()

    def _say_hints(self) -> None:
        hints = [(_("Enter"), _("open")), ("F8", _("next step")), ("F4", _("take payment"))]
        if self._desk.may(Right.ASSIGN):
            hints.append(("Ctrl+R", _("responsible")))
        self._host.hints(tuple(hints))

    def _connect(self) -> None:
        model, table, preview, desk = self.model, self.table, self.preview, self._desk
        model.answered.connect(self._settle)
        model.moved.connect(self._settle)
        table.chosen.connect(self._choose)
        table.opened.connect(self._open)
        table.claimed.connect(self.deeds.claim)
        table.typed.connect(self._host.search)
        table.menu_wanted.connect(self._menu)
        table.resort.connect(self._resort)
        self.views.chosen.connect(self._show_chosen_view)
        self._sorter.clicked.connect(self._offer_sorts)
        self.empty.intake_wanted.connect(self._host.open_intake)
        self.empty.view_wanted.connect(self._leave_empty)
        preview.open_wanted.connect(self._open)
        preview.step_wanted.connect(self._step)
        preview.pay_wanted.connect(self._pay)
        preview.print_wanted.connect(self._print)
        preview.menu_wanted.connect(lambda: self._menu(self._menu_place(None)))
        self._retry.clicked.connect(lambda: model.look_again(frozenset()))
        self._resting.timeout.connect(self._rested)
        self._counting.timeout.connect(self._count)
        self._minute.timeout.connect(self._minute_passed)
        desk.changed.connect(self._world_changed)
        desk.lost.connect(self._lost)
        desk.back.connect(self.strip.hide)
        theme().changed.connect(self._arrange)

    def _leave_empty(self) -> None:
        if self._typed:
            self._host.search("")
        else:
            self.show_view(ACTIVE if self.views.current != ACTIVE else ALL)

    def _commands(self) -> tuple[Command, ...]:
        has_row, bar = self._has_row, self.views
        return (
            Command("orders.step", N_("Next step"), "F8", "check", self._step, has_row),
            Command("orders.pay", N_("Take payment"), "F4", "cash", self._pay, has_row),
            Command("orders.print", N_("Papers, print"), "Ctrl+P, F7", "printer", self._print, has_row),
            Command("orders.assign", N_("Responsible…"), "Ctrl+R", "user", self._assign, has_row),
            Command(
                "orders.preview", N_("Preview"), "Alt+Return, Alt+Enter", "eye", self._toggle_preview
            ),
            Command(
                "orders.view_before", N_("Previous view"), "Ctrl+PgUp", "chev-l",
                lambda: self.show_view(bar.beside(-1)),
            ),
            Command(
                "orders.view_after", N_("Next view"), "Ctrl+PgDown", "chev-r",
                lambda: self.show_view(bar.beside(1)),
            ),
            Command("orders.sort", N_("Sort"), "Ctrl+Up", "sort", self._offer_sorts),
            Command("orders.pane", N_("Next pane"), "F6, Shift+F6", "lanes", self._other_pane),
        )  # fmt: skip
