"""The customers: views, a field of search, list and preview; live."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.columns import ColumnsDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.layouts import Layouts
from ticketdesk.desktop.listing.sides import Sides
from ticketdesk.desktop.listing.table import ListTable
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.menus import passing_menu, under
from ticketdesk.desktop.screens.customers.cells import COLUMNS
from ticketdesk.desktop.screens.customers.deeds import Deeds
from ticketdesk.desktop.screens.customers.model import CustomersModel
from ticketdesk.desktop.screens.customers.preview import CustomerPreview
from ticketdesk.desktop.screens.customers.rows import CustomerPainter
from ticketdesk.desktop.screens.orders.views_bar import ViewsBar
from ticketdesk.desktop.widgets.basics import Button, IconButton, column, frame, hline, row
from ticketdesk.desktop.widgets.fields import TextInput
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import customer_lists, customer_pages, customers
from ticketdesk.services.customer_lists import ALIKE, ALL, NAME, OWES, OWING, VIEWS, Question
from ticketdesk.services.customer_pages import CustomerPage
from ticketdesk.services.customers import CustomerRow
from ticketdesk.texts import N_, _

_TYPING_MS, _RESTING_MS, _COUNTING_MS, _MINUTE_MS = 40, 80, 100, 60_000
_SORTS = ((NAME, N_("Customer")), ("phone", N_("Phone")), ("number", N_("Customer since")), (OWES, N_("Balance")))
_EMPTY = {
    ALL: N_("No customers yet."),
    OWING: N_("Nobody owes anything."),
    "companies": N_("No companies."),
    ALIKE: N_("Nobody seems to be written down twice."),
}


class SearchInput(TextInput):
    """The field that searches the list; Enter and ↓ lead into it, Esc empties the field first."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CustomersPage(QWidget):
    """Everybody who ever brought something."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._question = Question()
        self._chosen: int | None = None
        self.model = CustomersModel(desk, self)
        self.search_field = SearchInput(_("Name, phone, e-mail, tax number, tag"), "search", _("Search customers"))
        self.search_field.setMaxLength(120)
        self.views = ViewsBar(VIEWS)
        self.table: ListTable[CustomerRow] = ListTable(_("Customers"), CustomerPainter(self.model))
        self.preview = CustomerPreview(desk.shop)
        self.deeds = Deeds(desk, host, self)
        self.empty = Notice("customers", "", "", None)
        self._retry = Button(_("Try again"), "F5", icon="refresh", size="sm")
        self.strip = Notice("warning", _("The list could not be loaded"), "", self._retry, "danger")
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._new = Button(_("New customer"), "Ctrl+L", "primary", "user-plus", "md")
        self._tagger = IconButton("tag", _("Tags"))
        self._sorter = IconButton("sort", _("Sort"), "Ctrl+Up")
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._counting = QTimer(self, singleShot=True, interval=_COUNTING_MS)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._connect()
        self.layouts = Layouts(desk, "customers.layout", self.table, self.model, lambda: ("", ()))
        self.layouts.more_wanted.connect(lambda: ColumnsDialog(host, self.layouts).present())
        self.layouts.load()
        self.views.choose(ALL)
        self.sides.arrange()
        self.setFocusProxy(self.table)
        self.commands = self._commands()

    # what the window asks

    def activate(self) -> None:
        """Bring the list up to date, and put the focus into it."""
        self._body.setEnabled(self._may_see())
        self._new.setVisible(self._desk.may(Right.EDIT_CUSTOMER))
        if not self._may_see():
            self._say_empty(_("Your role does not show customers."), _("Their name and phone stand on their orders."))
            return
        if not self.model.keys and not self.model.waiting:
            self._ask()
        else:
            self.model.look_again(frozenset())
        self._counting.start()
        self._minute.start()
        self.table.setFocus()
        self._host.hints(
            ((_("Enter"), _("open")), ("F2", _("new order")), ("Ctrl+L", _("new customer")), ("Ctrl+E", _("change")))
        )

    def scan(self, _code: str) -> bool:
        """Leave every code to the window."""
        return False

    def search(self, text: str) -> None:
        """Search while something is typed."""
        self.search_field.setText(text)
        self._typed()

    def show_view(self, view: str) -> None:
        """Show a view in its usual order."""
        self.views.choose(view)
        sort = OWES if view == OWING else NAME
        self._question = replace(self._question, view=view, sort=sort, descending=view == OWING)
        self.table.forget()
        self._ask()

    # building

    def _build(self) -> None:
        self.views.tools.addWidget(self._tagger)
        self.views.tools.addWidget(self._sorter)
        bar = frame("bar")
        self.search_field.setFixedWidth(px(420))
        line = row(self.search_field, None, self._new, spacing=12, margins=(16, 10, 16, 10))
        bar.setLayout(column(line, hline(), spacing=0))
        self.strip.hide()
        self._body = QWidget()
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for part in (self.views, self.strip):
            self._layout.addWidget(part)
        self._layout.addWidget(self.table, 1)
        whole = column(bar, spacing=0)
        whole.addWidget(self._body, 1)
        self.setLayout(whole)
        self.sides = Sides(self._body, self._layout, self.table, self.preview)
        self.empty.setParent(self.table.viewport())
        self.empty.hide()
        self._body.installEventFilter(self)
        self.table.viewport().installEventFilter(self)

    # asking

    def _may_see(self) -> bool:
        return self._desk.may(Right.SEE_CUSTOMERS)

    def _ask(self) -> None:
        self._typing.stop()
        if not self._may_see():
            return
        self.model.ask(self._question)
        self.table.wait()
        column_ = next((at for at, found in enumerate(COLUMNS) if found.sort == self._question.sort), -1)
        self.table.header.show_sort(column_, descending=self._question.descending)

    def _typed(self) -> None:
        typed = " ".join(self.search_field.text().split())
        if typed != self._question.typed:
            self._question = replace(self._question, typed=typed)
            self.table.forget()  # the first hit is chosen
            self._typing.start()

    def _resort(self, place: int) -> None:
        sort, before = COLUMNS[place].sort, self._question
        self._sort_by(sort, descending=not before.descending if sort == before.sort else sort == OWES)

    def _sort_by(self, sort: str, *, descending: bool) -> None:
        self._question = replace(self._question, sort=sort, descending=descending)
        self._ask()

    def _count(self) -> None:
        if self._may_see():
            self._desk.survey(self, self._counted, customer_lists.counts)

    def _counted(self, counts: dict[str, int]) -> None:
        self.views.count(counts)
        self._desk.survey(self, lambda alike: self.views.count(counts | {ALIKE: alike}), customer_lists.count_doubles)

    # answers

    def _settle(self) -> None:
        """Take note of who is chosen now, and say so if there is nobody at all."""
        number = self.table.number()
        if number != self._chosen:
            self._chosen = number
            self._resting.start()
        self.strip.hide()
        if self.model.keys or self.model.waiting:
            self.empty.hide()
        elif self._question.typed:
            self._say_empty(
                _("Nothing found for “{text}”.").format(text=self._question.typed),
                _("Try fewer letters, or a part of the phone. Ctrl+L writes a new customer down."),
            )
        else:
            self._say_empty(_(_EMPTY[self._question.view]), "")

    def _say_empty(self, title: str, text: str) -> None:
        self.empty.say(title, text)
        self._place_empty()
        self.empty.show()
        self.empty.raise_()

    def _place_empty(self) -> None:
        over = self.table.viewport()
        width = min(px(560), max(over.width() - px(32), px(200)))
        height = self.empty.heightForWidth(width) if self.empty.hasHeightForWidth() else self.empty.sizeHint().height()
        self.empty.setGeometry((over.width() - width) // 2, px(40), width, max(height, px(72)))

    # who is chosen

    def _choose(self) -> None:
        if self.table.number() is not None:
            self._chosen = self.table.number()
            self._resting.start()

    def _rested(self) -> None:
        number = self._chosen
        if number is None:
            self._show_page(None)
        elif self.preview.isVisible():

            def show(page: CustomerPage) -> None:
                if page.row.number == self._chosen:
                    self._show_page(page)

            self._desk.read(self, show, customer_pages.page_of_number, number, self._desk.now(), self._desk.role)

    def _show_page(self, page: CustomerPage | None) -> None:
        may = self._desk.may
        self.preview.show_page(
            page,
            may_take_in=may(Right.TAKE_IN),
            may_merge=may(Right.MERGE_CUSTOMERS),
            may_edit=may(Right.EDIT_CUSTOMER),
        )

    def _edit(self, row: CustomerRow) -> None:
        self._desk.read(self, self.deeds.edit, customers.one, row.id)

    def _reach(self, button: QWidget | None = None) -> None:
        if (found := self.table.row()) is not None:
            self.deeds.reach(found, under(button) if button is not None else self.table.under_row())

    def _menu(self, at: QPoint) -> None:
        if (found := self.table.row()) is not None:
            self.deeds.menu(found, at, self.table.copy)

    def _stayed(self, _key: UUID) -> None:
        self.model.look_again(frozenset())

    def _offer_sorts(self) -> None:
        menu, now = passing_menu(self), self._question
        for sort, text in _SORTS:
            act = menu.addAction(_(text), partial(self._sort_by, sort, descending=now.descending))
            act.setCheckable(True)
            act.setChecked(sort == now.sort)
        menu.addSeparator()
        for text, descending in ((_("Ascending"), False), (_("Descending"), True)):
            act = menu.addAction(text, partial(self._sort_by, now.sort, descending=descending))
            act.setCheckable(True)
            act.setChecked(descending == now.descending)
        menu.popup(under(self._sorter))

    def _offer_tags(self) -> None:
        def offer(tags: list[str]) -> None:
            menu = passing_menu(self)
            for tag in ("", *tags):
                act = menu.addAction(tag or _("All tags"), partial(self._show_tag, tag))
                act.setCheckable(True)
                act.setChecked(tag == self._question.tag)
            menu.popup(under(self._tagger))

        self._desk.read(self, offer, customers.tags_used)

    def _show_tag(self, tag: str) -> None:
        self._question = replace(self._question, tag=tag)
        self._tagger.setToolTip(_("Tag: {tag}").format(tag=tag) if tag else _("Tags"))
        self.table.forget()
        self._ask()

    # the world

    def _world_changed(self, ids: frozenset[UUID]) -> None:
        if not self._may_see() or not self.isVisible():
            return  # looked at again when it is shown
        self.model.look_again(ids)
        self._counting.start()
        self._rested()

    def _lost(self, error: Unavailable) -> None:
        self.strip.say(_("The list could not be loaded"), error.sentence)
        self.strip.show()

    def _minute_passed(self) -> None:
        if self.isVisible() and self._may_see():
            self.model.look_again(frozenset())

    # how it stands

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            if watched is self._body:
                self.sides.arrange()
            elif self.empty.isVisible():
                self._place_empty()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search_field.setFixedWidth(px(420) if self.width() >= px(1100) else px(340))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sides.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.table.viewport().update()

    def _connect(self) -> None:
        model, table, preview, desk, deeds = self.model, self.table, self.preview, self._desk, self.deeds
        model.answered.connect(self._settle)
        model.moved.connect(self._settle)
        table.chosen.connect(self._choose)
        open_ = table.on_row(lambda row: self._host.open_customer(row.id))
        table.opened.connect(open_)
        table.typed.connect(self._begin_search)
        table.menu_wanted.connect(self._menu)
        table.resort.connect(self._resort)
        self.search_field.textEdited.connect(lambda _text: self._typed())
        self.search_field.left.connect(self.table.setFocus)
        self.views.chosen.connect(self.show_view)
        self._new.clicked.connect(self._add)
        self._sorter.clicked.connect(self._offer_sorts)
        self._tagger.clicked.connect(self._offer_tags)
        preview.open_wanted.connect(open_)
        preview.edit_wanted.connect(table.on_row(self._edit))
        preview.intake_wanted.connect(table.on_row(deeds.take_in))
        preview.contact_wanted.connect(self._reach)
        preview.menu_wanted.connect(lambda: self._menu(self.table.under_row()))
        preview.order_opened.connect(self._host.open_order)
        preview.device_opened.connect(self._host.open_device)
        preview.compared.connect(self._compare)
        preview.apart.connect(
            lambda likely: deeds.keep_apart(preview.page.row, likely) if preview.page is not None else None
        )
        self._retry.clicked.connect(lambda: model.look_again(frozenset()))
        self._typing.timeout.connect(self._ask)
        self._resting.timeout.connect(self._rested)
        self._counting.timeout.connect(self._count)
        self._minute.timeout.connect(self._minute_passed)
        desk.changed.connect(self._world_changed)
        desk.lost.connect(self._lost)
        desk.back.connect(self.strip.hide)
        self.sides.preview_shown.connect(self._resting.start)

    def _compare(self, likely: object) -> None:
        if self.preview.page is not None:
            self.deeds.compare(self.preview.page.row, likely, self._stayed)  # type: ignore[arg-type]

    def _begin_search(self, text: str) -> None:
        self.search_field.setFocus()
        self.search_field.setText(text)
        self._typed()

    def _add(self) -> None:
        self.deeds.add(self._question.typed if not self.model.keys else "")

    def _commands(self) -> tuple[Command, ...]:
        may, table, bar, has_row = self._desk.may, self.table, self.views, self.table.has_row
        may_edit = partial(may, Right.EDIT_CUSTOMER)
        return (
            Command("customers.new", N_("New customer"), "Ctrl+L", "user-plus", self._add, may_edit),
            Command(
                "customers.take_in", N_("New order for the customer"), "F2", "plus", table.on_row(self.deeds.take_in),
                has_row,
            ),
            Command("customers.edit", N_("Change the customer"), "Ctrl+E", "pencil", table.on_row(self._edit), has_row),
            Command("customers.reach", N_("Call or write"), "Ctrl+M", "phone-call", self._reach, has_row),
            Command(
                "customers.preview", N_("Preview"), "Alt+Return, Alt+Enter", "eye", self.sides.toggle_preview
            ),
            Command("customers.find", N_("Search customers"), "Ctrl+F", "search", self.search_field.setFocus),
            Command(
                "customers.view_before", N_("Previous view"), "Ctrl+PgUp", "chev-l",
                lambda: self.show_view(bar.beside(-1)),
            ),
            Command(
                "customers.view_after", N_("Next view"), "Ctrl+PgDown", "chev-r",
                lambda: self.show_view(bar.beside(1)),
            ),
            Command("customers.sort", N_("Sort"), "Ctrl+Up", "sort", self._offer_sorts),
        )  # fmt: skip
