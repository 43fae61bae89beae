"""Hand a device over that is paid later: until when, and who agrees to it."""

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.fields import Field
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.orders import HANDED_OVER
from ticketdesk.services import orders
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _


class UnpaidDialog(Overlay):
    """A day, the shop's usual one at first. One dialog is one hand-over, however often it is pressed."""

    def __init__(self, desk: Desk, host: Host, order: OrderRow) -> None:
        amount = format_money(order.balance, desk.shop.currency)
        title = _("Hand over, {amount} to be paid later").format(amount=amount)
        super().__init__(host.window, title, f"{order.number} · {order.customer_name}", width=520)
        self._desk, self._host, self._order, self._request = desk, host, order, new_key()
        self._today = day_of(desk.now(), desk.shop.zone)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd.MM.yyyy")
        self.field = Field(_("To be &paid by"), self.day, required=True)
        self.body.addWidget(self.field)
        quick = QHBoxLayout()
        for days in sorted({7, desk.shop.pay_days, 30}):
            day = self._today + timedelta(days=days)
            press = Button(dates.numeric_day(day), size="sm")
            press.clicked.connect(lambda _on=False, day=day: self._show(day))
            quick.addWidget(press)
        quick.addStretch(1)
        self.body.addLayout(quick)
        self._show(self._today + timedelta(days=desk.shop.pay_days))
        self.go = go_button(_("Hand over"), self.finish, icon="arr-r")
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)

    def finish(self) -> None:
        """Hand it over, once."""
        self.go.setEnabled(False)
        chosen = self.day.date()
        pay_by = date(chosen.year(), chosen.month(), chosen.day())
        command = orders.Move(self._order.id, HANDED_OVER, seen=self._order.status, pay_by=pay_by)
        write_approved(
            self._desk, self._host, self, self._done, orders.move, command,
            refused=self._refused, request=self._request,
        )  # fmt: skip

    def _done(self, done: Done) -> None:
        self._host.toast(_("{number} is handed over, to be paid later.").format(number=done.number), "arr-r")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self.go.setEnabled(True)
        self._request = new_key()
        self.field.error(refusal.sentence)

    def _show(self, day: date) -> None:
        self.day.setDate(QDate(day.year, day.month, day.day))
