"""The devices a customer brought, with their last order and warranty, and what they bought over the counter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.people import device_facts
from ticketdesk.desktop.widgets.table import DOCUMENT_NUMBER, Cell, Heading, Table
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.sales import SaleRow
from ticketdesk.texts import _


class DevicesTable(Table):
    """A row opens the page of its device."""

    opened_device = Signal(object)  # UUID

    def __init__(self, desk: Desk) -> None:
        headings = (
            Heading(_("Device")), Heading(_("IMEI or serial")), Heading(_("Orders"), 64), Heading(_("Last order"), 88),
            Heading(_("Warranty"), 232),
        )  # fmt: skip
        super().__init__(_("Devices"), headings, 36, _("This customer has brought nothing yet."))
        self._zone, self._devices = desk.shop.zone, list[DeviceRow]()
        self.opened.connect(lambda place: self.opened_device.emit(self._devices[place].id))

    def show_devices(self, devices: Sequence[DeviceRow]) -> None:
        """Show these devices."""
        self._devices = list(devices)
        self.show_rows([self._row(device) for device in devices])

    def _row(self, device: DeviceRow) -> tuple[Cell, ...]:
        covered = device.warranty_until is not None
        warranty = "—"
        if device.warranty_until is not None:
            day = dates.numeric_day(day_of(device.warranty_until, self._zone))
            warranty = _("until {day}, by {number}").format(day=day, number=device.warranty_number)
        return (
            Cell(device.title, weight=500, icon=kind_of(device.kind).icon),
            Cell(device_facts(device) or "—", "text2"),
            Cell(str(device.orders), "text2"),
            Cell(str(device.last_number or "—"), "text2"),
            Cell(warranty, "okText" if covered else "text3", icon="shield" if covered else ""),
        )


class SalesTable(Table):
    """What was sold to a customer without an order, and what came back; a row opens its sale."""

    opened_sale = Signal(object)  # UUID

    def __init__(self, desk: Desk) -> None:
        unit = CURRENCIES.get(desk.shop.currency, desk.shop.currency)
        headings = (
            Heading(_("No."), DOCUMENT_NUMBER), Heading(_("Day"), 112), Heading(_("What is sold")), Heading(_("By"), 160),
            Heading(_("Total, {currency}").format(currency=unit), 120, right=True),
        )  # fmt: skip
        super().__init__(_("Sales"), headings, 36, _("This customer has bought nothing over the counter yet."))
        self._zone, self._sales = desk.shop.zone, list[SaleRow]()
        self.opened.connect(lambda place: self.opened_sale.emit(self._sales[place].id))

    def show_sales(self, rows: Sequence[SaleRow]) -> None:
        """Show these sales."""
        self._sales = list(rows)
        self.show_rows([self._row(row) for row in rows])

    def _row(self, row: SaleRow) -> tuple[Cell, ...]:
        back = row.total < 0
        what = _("came back: {what}").format(what=row.what) if back else row.what
        return (
            Cell(str(row.number), "text2"),
            Cell(dates.numeric_day(day_of(row.at, self._zone)), "text2"),
            Cell(what, weight=500, icon="undo" if back else "receipt"),
            Cell(row.staff, "text2"),
            Cell(format_amount(row.total), weight=600),
        )
