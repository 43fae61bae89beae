"""The pages besides the order desk, which is shown first."""

from collections.abc import Callable, Mapping
from typing import Any

from ticketdesk.desktop.screens.bench.page import BenchPage
from ticketdesk.desktop.screens.board.page import BoardPage
from ticketdesk.desktop.screens.cash.page import CashPage
from ticketdesk.desktop.screens.catalogue.page import CataloguePage
from ticketdesk.desktop.screens.customer.page import CustomerPage
from ticketdesk.desktop.screens.customers.page import CustomersPage
from ticketdesk.desktop.screens.day.page import DayPage
from ticketdesk.desktop.screens.device.page import DevicePage
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.screens.settings.page import SettingsPage

MAKE: Mapping[str, Callable[..., Any]] = {
    "bench": BenchPage,
    "board": BoardPage,
    "cash": CashPage,
    "catalogue": CataloguePage,
    "customer": CustomerPage,
    "customers": CustomersPage,
    "day": DayPage,
    "device": DevicePage,
    "intake": IntakePage,
    "order": OrderPage,
    "settings": SettingsPage,
}
"""What makes a page, by its kind; with its subject if it is about one."""
