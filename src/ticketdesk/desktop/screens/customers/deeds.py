"""What can be done to a customer, from keys, buttons and menus alike."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import links
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.join import JoinDialog, undo
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import customers, duplicates
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.doors import Done
from ticketdesk.services.duplicates import KeepApart, Likely
from ticketdesk.services.joining import Merged
from ticketdesk.texts import _


class Deeds(QObject):
    """Does things to a customer, and says how they went."""

    def __init__(self, desk: Desk, host: Host, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._host, self._widget = desk, host, parent

    def add(self, typed: str = "") -> None:
        """Write a new customer down, beginning with what was typed elsewhere."""
        if self._desk.may(Right.EDIT_CUSTOMER):
            dialog = CustomerDialog(self._desk, self._host, None, opened=self._host.open_customer)
            if typed:
                dialog.begin(typed)
            dialog.present()

    def edit(self, customer: CustomerRow) -> None:
        """Change what is written of a customer."""
        if self._desk.may(Right.EDIT_CUSTOMER):
            CustomerDialog(self._desk, self._host, customer, opened=self._host.open_customer).present()

    def take_in(self, customer: CustomerRow) -> None:
        """Take in something of this customer's."""
        if self._desk.may(Right.TAKE_IN):
            self._host.open_intake_for(customer.id)

    def reach(self, customer: CustomerRow, at: QPoint) -> None:
        """Offer every way to reach a customer."""
        menu = passing_menu(self._widget)
        found = links.reachable(customer.phone, customer.email, customer.contacts)
        links.offer(menu, self._host, found, self._desk.shop.region)
        menu.popup(at)

    def compare(self, customer: CustomerRow, likely: Likely, stayed: Callable[[UUID], None]) -> None:
        """Put two customers side by side to be merged; without that right, open the other one."""
        if not self._desk.may(Right.MERGE_CUSTOMERS):
            self._host.open_customer(likely.row.id)
            return

        def both(pair: tuple[CustomerRow, CustomerRow]) -> None:
            JoinDialog(self._desk, self._host, *pair, stayed).present()

        self._desk.read(
            self, both, lambda session: (customers.one(session, customer.id), customers.one(session, likely.row.id))
        )

    def keep_apart(self, customer: CustomerRow, likely: Likely) -> None:
        """Suggest two customers no longer as the same."""

        def done(_done: Done) -> None:
            self._host.toast(_("{name} is suggested no longer.").format(name=likely.row.name), "user")

        self._desk.write(self, done, duplicates.keep_apart, KeepApart(customer.id, likely.row.id))

    def take_back(self, customer: CustomerRow, merged: Merged) -> None:
        """Make two of a customer again."""
        undo(self._desk, self._host, self, customer.id, merged.gone)

    def menu(self, customer: CustomerRow, at: QPoint, copy: Callable[[], None]) -> None:
        """Offer everything that can be done to a customer here."""
        menu, may = passing_menu(self._widget), self._desk.may
        menu.addAction(_("Open") + "\t" + _("Enter"), partial(self._host.open_customer, customer.id))
        if may(Right.TAKE_IN):
            menu.addAction(_("New order") + "\tF2", partial(self.take_in, customer))
        if may(Right.EDIT_CUSTOMER):
            menu.addAction(_("Change…") + "\tCtrl+E", partial(self.edit, customer))
        found = links.reachable(customer.phone, customer.email, customer.contacts)
        links.offer(menu.addMenu(_("Call or write")), self._host, found, self._desk.shop.region)
        menu.addSeparator()
        menu.addAction(_("Copy row") + "\tCtrl+C", copy)
        menu.popup(at)
