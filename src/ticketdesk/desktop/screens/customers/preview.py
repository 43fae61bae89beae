"""The customer chosen, beside the list: how to reach them, what they brought, what they owe."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.listing.sides import Side
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.people import DoublesStrip, LinkRow, device_line, facts_of
from ticketdesk.desktop.screens.customers import cells
from ticketdesk.desktop.widgets.basics import (
    Button,
    IconButton,
    IconLabel,
    clear,
    column,
    frame,
    hline,
    label,
    row,
    tag,
    wrapped,
)
from ticketdesk.desktop.widgets.facts import Facts, Tags
from ticketdesk.desktop.widgets.focus import put_in_order
from ticketdesk.desktop.widgets.panels import TextBlock
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.money import format_money
from ticketdesk.domain.shop import Shop
from ticketdesk.services.customer_pages import CustomerPage
from ticketdesk.texts import _

_DEVICES = 6


class CustomerPreview(Side):
    """One customer at a glance. What to do about them is asked of the page by signals."""

    open_wanted = Signal()
    edit_wanted = Signal()
    intake_wanted = Signal()
    contact_wanted = Signal(object)  # the button under which the ways are offered
    menu_wanted = Signal()
    order_opened = Signal(object)  # UUID
    device_opened = Signal(object)  # UUID
    compared = Signal(object)  # Likely
    apart = Signal(object)  # Likely

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self.page: CustomerPage | None = None
        self.setAccessibleName(_("Customer details"))
        self._whole = QWidget()
        self._parts = (self._head(), self._scroll(), self._footer())
        whole = column(self._parts[0], hline(), spacing=0)
        whole.addWidget(self._parts[1], 1)
        whole.addWidget(hline())
        whole.addWidget(self._parts[2])
        self._whole.setLayout(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._whole)
        self._whole.hide()

    def show_page(self, page: CustomerPage | None, *, may_take_in: bool, may_merge: bool, may_edit: bool) -> None:
        """Show a customer; nothing hides everything."""
        fresh = page is None or self.page is None or page.row.id != self.page.row.id
        self.page = page
        self._whole.setVisible(page is not None)
        if page is None:
            return
        self.setAccessibleName(_("Details of {name}").format(name=page.row.name))
        self._number.setText(_("No. {number}").format(number=page.row.number))
        self._icon.show_icon(cells.icon(page.row))
        self._name.setText(page.row.name)
        self._show_doubles(page, may_merge=may_merge, may_edit=may_edit)
        self._show_tags(page)
        self._show_facts(page)
        self._notes.setText(page.row.notes)
        self._notes.setVisible(bool(page.row.notes))
        self._show_links(page)
        self._show_money(page)
        self._contact.setEnabled(bool(page.row.phone or page.row.email or page.row.contacts))
        self._intake.setEnabled(may_take_in)
        self._edit.setVisible(may_edit)
        if fresh:
            self._area.verticalScrollBar().setValue(0)
        # what was made anew is shown in the next turn of the loop
        QTimer.singleShot(0, self, lambda: put_in_order(*self._parts))

    def enter(self) -> None:
        """Put the focus on what is usually wanted here."""
        button = self._intake if self._intake.isEnabled() else self._open
        button.setFocus(Qt.FocusReason.TabFocusReason)

    # parts

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(px(44))
        self._number = label("", "title", 600)
        self._edit = IconButton("pencil", _("Change the customer"), "Ctrl+E")
        self._edit.clicked.connect(self.edit_wanted)
        more = IconButton("more", _("More"))
        more.clicked.connect(self.menu_wanted)
        head.setLayout(row(self._number, None, self._edit, more, margins=(16, 0, 6, 0)))
        return head

    def _scroll(self) -> QWidget:
        self._icon, self._name = IconLabel("", size=18), wrapped("", "title")
        self._name.setFont(label("", "title", 600).font())
        self._doubles = column(spacing=6)
        self._tags, self._facts = Tags(), Facts()
        self._notes = TextBlock()
        self._devices, self._orders = column(spacing=0), column(spacing=0)
        title = row(spacing=8)
        title.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self._name, 1)
        layout = column(title, self._tags, self._doubles, spacing=8, margins=(16, 12, 16, 12))
        layout.addLayout(self._facts)
        layout.addWidget(self._notes)
        for name, rows in ((_("Devices"), self._devices), (_("Latest orders"), self._orders)):
            layout.addSpacing(px(4))
            layout.addWidget(hline())
            layout.addWidget(label(name, "small", 500, "second"))
            layout.addLayout(rows)
        layout.addStretch(1)
        body = frame("clear")
        body.setLayout(layout)
        self._area = scrolled(body)
        return self._area

    def _footer(self) -> QWidget:
        self._sums = label("", "small", tone="second")
        self._owed_name, self._owed = label(_("Balance due"), "field", 600), label("", "title", 600)
        self._intake = Button(_("New order"), "F2", "primary", "plus", "lg")
        self._contact = Button(_("Call or write"), icon="phone-call")
        self._open = Button(_("Open"), "Enter")
        self._intake.clicked.connect(self.intake_wanted)
        self._contact.clicked.connect(lambda: self.contact_wanted.emit(self._contact))
        self._open.clicked.connect(self.open_wanted)
        halves = row(spacing=8)
        halves.addWidget(self._contact, 1)
        halves.addWidget(self._open, 1)
        footer = QWidget()
        owed = row(self._owed_name, None, self._owed)
        footer.setLayout(column(self._sums, owed, 4, self._intake, 4, halves, spacing=4, margins=(16, 12, 16, 12)))
        return footer

    # what they say

    def _show_doubles(self, page: CustomerPage, *, may_merge: bool, may_edit: bool) -> None:
        clear(self._doubles)
        for likely in [found for found in page.doubles if found.sure][:2]:
            strip = DoublesStrip(likely, may_merge=may_merge, may_edit=may_edit, region=self._shop.region)
            strip.compared.connect(self.compared)
            strip.apart.connect(self.apart)
            self._doubles.addWidget(strip)

    def _show_tags(self, page: CustomerPage) -> None:
        self._tags.show_tags([tag(text) for text in page.row.tags])
        self._tags.setVisible(bool(page.row.tags))

    def _show_facts(self, page: CustomerPage) -> None:
        # a block breaks a long e-mail, too
        self._facts.show_facts((name, TextBlock(value)) for name, value in facts_of(page.row, self._shop) if value)

    def _show_links(self, page: CustomerPage) -> None:
        clear(self._devices)
        clear(self._orders)
        for device in page.devices[:_DEVICES]:
            line = device_line(device)
            line.clicked.connect(lambda _on=False, key=device.id: self.device_opened.emit(key))
            self._devices.addWidget(line)
        if len(page.devices) > _DEVICES:
            more = _("and {count} more").format(count=len(page.devices) - _DEVICES)
            self._devices.addWidget(label(more, "small", tone="muted"))
        for order in page.orders:
            icon = kind_of(order.device_kind).icon
            made = LinkRow(icon, f"{order.number} · {order.device_title}", "", order.status)
            made.clicked.connect(lambda _on=False, key=order.id: self.order_opened.emit(key))
            self._orders.addWidget(made)
        for rows, found in ((self._devices, page.devices), (self._orders, page.orders)):
            if not found:
                rows.addWidget(label(_("Nothing yet."), tone="muted"))

    def _show_money(self, page: CustomerPage) -> None:
        currency, account = self._shop.currency, page.account
        said = [_("paid so far {amount}").format(amount=format_money(page.row.paid, currency))]
        if account.credit:
            said.append(_("credit {amount}").format(amount=format_money(account.credit, currency)))
        if account.overdue:
            said.append(_("overdue {amount}").format(amount=format_money(account.overdue, currency)))
        self._sums.setText(" · ".join(said))
        self._owed.setText(format_money(account.owes, currency))
