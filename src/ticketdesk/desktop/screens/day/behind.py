"""The orders behind a number of the day, in a list over the page."""

from collections.abc import Sequence

from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.orders.cells import customer
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _, ngettext

_ROWS_SEEN = 11


class Behind(Overlay):
    """Lists orders; Enter or a click opens one."""

    def __init__(self, host: Host, title: str, rows: Sequence[OrderRow], currency: str) -> None:
        count = ngettext("{count} order", "{count} orders", len(rows)).format(count=len(rows))
        super().__init__(host.window, title, count, 860)
        self._host, self._rows = host, rows
        unit = CURRENCIES.get(currency, currency)
        headings = (
            Heading(_("No."), 84),
            Heading(_("Device")),
            Heading(_("Customer")),
            Heading(_("Status"), 160),
            Heading(_("Total, {currency}").format(currency=unit), 100, right=True),
            Heading(_("Balance, {currency}").format(currency=unit), 116, right=True),
        )
        self.table = Table(title, headings, 36)
        self.table.show_rows([_cells(row) for row in rows])
        self.table.setFixedHeight(px(29 + 36 * max(min(len(rows), _ROWS_SEEN), 2)))
        self.table.opened.connect(self._open)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)
        close = Button(_("Close"), "Esc")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        self.first = self.table

    def _open(self, place: int) -> None:
        order_id = self._rows[place].id
        self.dismiss()
        self._host.open_order(order_id)


def _cells(row: OrderRow) -> tuple[Cell, ...]:
    return (
        Cell(str(row.number), "text2"),
        Cell(row.device_title, weight=500),
        Cell(customer(row)),
        Cell(chip=row.status),
        Cell(format_amount(row.total) if row.total else "—"),
        Cell(format_amount(row.balance) if row.balance else "—", weight=600 if row.balance else 400),
    )
