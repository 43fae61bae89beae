"""One order whole: its steps, facts, work, money, tasks, photos and history."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop import changing, links
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.deposit import DepositDialog
from ticketdesk.desktop.dialogs.details import DetailsDialog
from ticketdesk.desktop.dialogs.discount import DiscountDialog
from ticketdesk.desktop.dialogs.estimate import EstimatesDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import menu_of, passing_menu, under
from ticketdesk.desktop.screens.order.facts import Tools, editable, facts_strip, intake_strip, tool
from ticketdesk.desktop.screens.order.header import Header, payable
from ticketdesk.desktop.screens.order.lines import Deeds, lines_card, may_estimate
from ticketdesk.desktop.screens.order.payments import payments_card, refundable
from ticketdesk.desktop.screens.order.photos import photos_card
from ticketdesk.desktop.screens.order.tasks import tasks_card
from ticketdesk.desktop.screens.order.timeline import Timeline
from ticketdesk.desktop.screens.order.warranty import warranty_strip
from ticketdesk.desktop.screens.order.work import Work, commands
from ticketdesk.desktop.widgets.basics import IconButton, clear, column, inside, row
from ticketdesk.desktop.widgets.focus import focus_named, focused, put_in_order
from ticketdesk.desktop.widgets.overlay import give_focus
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import claiming, deposits, pages
from ticketdesk.services.deposits import DepositRow
from ticketdesk.services.pages import PaymentRow
from ticketdesk.texts import N_, _


class OrderPage(QWidget):
    """Everything about one order, kept up to date without losing what is being typed."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host, self._id = desk, host, order_id
        self._shown = False
        self.work = Work(desk, host, order_id, self)
        self._cards = QVBoxLayout()
        self.header = Header(desk)
        self.timeline = Timeline(desk.shop.zone, self.work.composer)
        self._connect()
        self._build()
        self.commands = self._commands()

    def activate(self) -> None:
        """Ask for the order and show it."""
        self._host.hints(
            (("F8", _("next step")), ("F4", _("take payment")), ("Ctrl+L", _("new line")), ("Ctrl+M", _("comment")),
             ("Alt+←", _("back"))),
        )  # fmt: skip
        if self.page is not None:
            self.work.load()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: it knows orders, devices, works and parts."""
        return False

    @property
    def begun(self) -> bool:
        """Say whether something is typed here that is not saved yet."""
        return self.work.begun

    @property
    def page(self) -> pages.OrderPage | None:
        """Give the order as it was read last; nothing before its first answer."""
        return self.work.page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.timeline.fit(self.width())

    # building and showing

    def _connect(self) -> None:
        header = self.header
        header.back.clicked.connect(self._host.back)
        header.pay.clicked.connect(self._pay)
        header.printer.clicked.connect(self._papers)
        header.more.clicked.connect(self._more_menu)
        header.step.clicked.connect(self.work.next_step)
        header.step.menu_wanted.connect(lambda: self.work.offer_moves(under(header.step)))
        self.work.shown.connect(self._show)

    def _build(self) -> None:
        holder = QWidget()
        holder.setObjectName("page")
        inside = column(spacing=12, margins=(16, 12, 16, 16))
        self._cards.setSpacing(12)
        self._top = column(spacing=12)
        inside.addLayout(self._top)
        inside.addWidget(self.work.diagnosis)
        inside.addLayout(self._cards)
        inside.addStretch(1)
        holder.setLayout(inside)
        self._area = scrolled(holder)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._area, 1)
        across.addWidget(self.timeline)
        layout = column(self.header, spacing=0)
        layout.addLayout(across, 1)
        self.setLayout(layout)
        self.panes = (self.header, self._area, self.timeline)

    def _show(self, page: pages.OrderPage) -> None:
        first, self._shown = not self._shown, True
        focused, scrolled = self._focused(), self._area.verticalScrollBar().value()
        self.header.show_order(page)
        self._fill(page)
        self.timeline.show_entries(page.history)
        if first:
            give_focus(self._host.window, self.header.step)
        # the cards are shown, and find their height, in the next turn of the loop
        QTimer.singleShot(0, self._area, lambda: self._restore(focused, scrolled))

    def _restore(self, focused: str, scrolled: int) -> None:
        if focused:
            focus_named(self._area, focused)
        self._area.verticalScrollBar().setValue(scrolled)
        put_in_order(self.header, *inside(self._top), self.work.diagnosis, *inside(self._cards), self.timeline)

    def _fill(self, page: pages.OrderPage) -> None:
        desk, work = self._desk, self.work
        clear(self._top)
        clear(self._cards)
        tools = Tools(
            self.work.code.make_row(page),
            self._customer_tools(page),
            tool("scan", _("Open the device"), self._open_device),
            tool("pencil", _("Change the promised time"), self._due, "Ctrl+T"),
            tool("user", _("Change who is responsible"), self._responsible, "Ctrl+R"),
        )
        self._top.addWidget(facts_strip(page, desk, tools))
        self._top.addWidget(intake_strip(page))
        self._cards.addWidget(
            lines_card(page, desk, Deeds(work.add_line, work.change_line, self._discount, self._estimates))
        )
        both = row(spacing=12)
        both.addWidget(payments_card(page, desk, self._refund, self._settle), 1)
        both.addWidget(tasks_card(page, desk, work.add_task, work.tick), 1)
        self._cards.addLayout(both)
        self._cards.addWidget(warranty_strip(page, self._open_earlier))
        self._cards.addWidget(photos_card(page, desk, work.photos))

    def _customer_tools(self, page: pages.OrderPage) -> tuple[IconButton, ...]:
        if page.customer is None:
            return ()
        if not self._desk.may(Right.SEE_CUSTOMERS):
            return ()
        reach = tool("phone-call", _("Call or write"), lambda: self._reach(under(reach)))
        return reach, tool("user", _("Open the customer"), self._open_customer)

    def _reach(self, at: QPoint | None = None) -> None:
        if self.page is not None and (found := self.page.customer) is not None:
            menu = passing_menu(self)
            reach = links.reachable(found.phone, found.email, found.contacts)
            links.offer(menu, self._host, reach, self._desk.shop.region)
            menu.popup(at or under(self.header))

    def _open_customer(self) -> None:
        if self.page is not None and self.page.customer is not None:
            self._host.open_customer(self.page.customer.id)

    def _open_device(self) -> None:
        if self.page is not None:
            self._host.open_device(self.page.device.id)

    def _focused(self) -> str:
        """Give the name of the control of a card that has the focus: the cards are made anew."""
        now = focused(self)
        return now.accessibleName() if now is not None and now.hasFocus() and self._area.isAncestorOf(now) else ""

    # what can be done

    def _commands(self) -> tuple[Command, ...]:
        step, *others = commands(lambda: self.work)
        lines_open = self.work.lines_open
        of_customer = (
            Command("order.customer", N_("Open the customer"), "", "user", self._open_customer),
            Command("order.reach", N_("Call or write to the customer"), "", "phone-call", self._reach),
            Command("order.sms", N_("Send an SMS"), "", "message", self._sms, self._has_phone, (N_("text message"),)),
        )
        return (
            step,
            Command("order.pay", N_("Take payment"), "F4", "cash", self._pay, self.header.pay.isEnabled),
            Command("order.print", N_("Papers, print"), "Ctrl+P, F7", "printer", self._papers),
            *others,
            Command("order.discount", N_("Discount on the order"), "", "percent", self._discount, lines_open),
            Command("order.estimate", N_("Estimate"), "", "note", self._estimates, self._estimable),
            Command("order.due", N_("Promised time"), "Ctrl+T", "calendar", self._due, self._editable),
            Command("order.person", N_("Responsible person"), "Ctrl+R", "user", self._responsible),
            Command("order.urgent", N_("Urgent on or off"), "Ctrl+U", "bolt", self._urgent, self._editable),
            Command(
                "order.details",
                N_("Change the problem, accessories or estimate…"),
                "",
                "pencil",
                self._change_details,
                self._editable,
            ),
            *(of_customer if self._desk.may(Right.SEE_CUSTOMERS) else ()),
            Command("order.device", N_("Open the device"), "", "scan", self._open_device),
            Command("order.warranty", N_("Open the earlier order"), "Ctrl+G", "link", self._open_earlier),
        )

    def _has_phone(self) -> bool:
        return self.page is not None and bool(self.page.row.customer_phone)

    def _sms(self) -> None:
        if self.page is not None:
            links.sms(self.page.row.customer_phone)

    def _editable(self) -> bool:
        return self.page is not None and editable(self.page.row, self._desk)

    def _estimable(self) -> bool:
        return self.page is not None and may_estimate(self.page, self._desk)

    def _pay(self) -> None:
        if self.page is not None and payable(self.page.row):
            self._host.open_payment(self._id)

    def _papers(self) -> None:
        self._host.choose_paper(self._id)

    def _more_menu(self) -> None:
        """Offer everything that can be done to the order, with its key."""
        menu_of(self, self.commands, lambda command: command.run()).popup(under(self.header.more))

    def _discount(self) -> None:
        if self.page is not None:
            DiscountDialog(self._desk, self._host, self.page).present()

    def _estimates(self) -> None:
        if self.page is not None:
            row_ = self.page.row
            EstimatesDialog(self._desk, self._host, self._id, row_.number, row_.customer_name).present()

    def _refund(self, payment: PaymentRow) -> None:
        if self.page is not None:
            left, known = refundable(self.page, payment), self.page.customer is not None
            balance = self.page.row.balance if self.page.row.phase == "done" else None
            RefundDialog(self._desk, self._host, payment, left, known=known, balance=balance).present()

    def _settle(self) -> None:
        def found(deposit: DepositRow | None) -> None:
            if deposit is not None:
                DepositDialog(self._desk, self._host, deposit).present()

        self._desk.read(self, found, deposits.of_order, self._id, self._desk.now())

    def _open_earlier(self) -> None:
        if self.page is not None and self.page.warranty_of is not None:
            self._host.open_order(self.page.warranty_of)

    def _responsible(self) -> None:
        if self.page is None:
            return
        if self._desk.may(Right.ASSIGN):
            place = self._area.mapToGlobal(self._area.rect().center())
            changing.choose_colleague(self._desk, self._host, self, self.page.row, place)
        elif self._desk.may(Right.CLAIM):
            self._desk.write(self, lambda _done: None, claiming.claim, claiming.Claim(self._id))

    def _due(self) -> None:
        if self.page is not None:
            changing.choose_due(self._desk, self._host, self, self.page.row)

    def _urgent(self) -> None:
        if self.page is not None:
            changing.turn_urgent(self._desk, self._host, self, self.page.row)

    def _change_details(self) -> None:
        if self.page is not None:
            DetailsDialog(self._desk, self._host, self.page, changing.about(self.page.row)).present()
