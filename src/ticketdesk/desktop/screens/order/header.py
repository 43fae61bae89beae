"""The head of an order's page: number, device, marks, and what can be done with it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ticketdesk.desktop import dates, nextstep
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.order.stepper import Notes, Stepper
from ticketdesk.desktop.widgets.basics import (
    Button,
    IconButton,
    clear,
    column,
    hline,
    icon_label,
    label,
    row,
    tag,
)
from ticketdesk.desktop.widgets.split import SplitButton
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _


class Title(QLabel):
    """The device's name, cut at its end where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Name another device."""
        self.setText(text)
        self.setToolTip(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(paint.metrics("title", 600).horizontalAdvance(self.text()) + 2, px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.text(QPainter(self), self.rect(), self.text(), "text", "title", 600)


def payable(row_: OrderRow) -> bool:
    """Say whether money can be taken for an order: while it is open, and for what is still owed."""
    return row_.phase not in {"done", "cancelled"} or row_.balance > 0


class Header(QFrame):
    """Shows what an order is and where it is; the page gives its buttons their meaning."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._desk, self._marks = desk, QHBoxLayout()
        self.back = IconButton("arr-l", _("Back"), "Alt+←")
        self.pay = Button(_("Take payment"), "F4", icon="cash", size="md")
        self.printer = IconButton("printer", _("Papers, print"), "Ctrl+P", kind="framed")
        self.more = IconButton("more", _("More"), kind="framed")
        self.step = SplitButton("", "F8", "primary", "check", "md")
        self._number, self._icon = label("", "page", 600), icon_label("phone", "text2", 18)
        self._title, self._stepper = Title(), Stepper()
        self._marks.setSpacing(8)
        top = row(self.back, self._number, self._icon, spacing=10, margins=(16, 10, 16, 4))
        top.addWidget(self._title, 10)
        top.addLayout(self._marks)
        top.addStretch(1)
        for button in (self.pay, self.printer, self.more, self.step):
            top.addWidget(button)
        self.setLayout(column(top, row(self._stepper, margins=(20, 0, 20, 4)), hline(), spacing=0))

    def show_order(self, page: OrderPage) -> None:
        """Show an order, and what may be done with it."""
        row_ = page.row
        self._number.setText(str(row_.number))
        self._icon.show_icon(kind_of(row_.device_kind).icon)
        self._title.say(row_.device_title)
        self._show_marks(page)
        self.pay.setEnabled(self._desk.may(Right.TAKE_PAYMENT) and payable(row_))
        found = nextstep.step(row_)
        self.step.setVisible(found is not None)
        if found is not None:
            self.step.relabel(_(found.text), found.icon)
            no = nextstep.why_not(self._desk, row_)
            self.step.setEnabled(not no)
            self.step.setToolTip(no)
        self._stepper.show_status(row_.status, self._notes(page))

    def _show_marks(self, page: OrderPage) -> None:
        clear(self._marks)
        row_ = page.row
        warranty = _("Warranty")
        if page.warranty_of_number:
            warranty = _("Warranty of {number}").format(number=page.warranty_of_number)
        marks = [
            (_("Urgent"), "warn", "bolt") if row_.urgency == "urgent" else None,
            (warranty, "", "shield") if row_.billing == "warranty" else (_("Paid work"), "", ""),
            (_("On site"), "", "pin") if row_.place == "on_site" else (_("In the shop"), "", ""),
            (_("Internal"), "", "building") if row_.kind == "internal" else None,
        ]
        for mark in marks:
            if mark is not None:
                self._marks.addWidget(tag(*mark))

    def _notes(self, page: OrderPage) -> Notes:
        zone, now = self._desk.shop.zone, self._desk.now()
        claimed, ready, home = (
            dates.moment_text(moment, now, zone) if moment else ""
            for moment in (page.claimed_at, page.ready_at, page.handed_over_at)
        )
        due = ""
        if page.row.phase != "cancelled":
            due = _("due {moment}").format(moment=dates.moment_text(page.row.promised_at, now, zone))
        owed = page.row.balance
        left = _("left {amount}").format(amount=format_money(owed, self._desk.shop.currency))
        paid = _("paid") if page.row.total and owed <= 0 else ""
        received = dates.moment_text(page.row.received_at, now, zone)
        return received, claimed, ready or due, left if owed > 0 else paid, home
