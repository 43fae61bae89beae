"""Opens the palette over the page, and takes what is chosen to where it belongs."""

from functools import partial

from PySide6.QtCore import QObject

from ticketdesk.desktop import everywhere
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.keys import Keys
from ticketdesk.desktop.pages import Pages
from ticketdesk.desktop.palette.entries import COMMANDS, Entry, Ways
from ticketdesk.desktop.palette.palette import Offer, Palette
from ticketdesk.desktop.scanning import Scanning
from ticketdesk.domain.rights import Right
from ticketdesk.domain.typed import in_bin
from ticketdesk.domain.views import offered
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.scans import Kind, Meaning
from ticketdesk.texts import _

OWN = "search"
"""The id of the command that opens the palette."""


class Finder(QObject):
    """What the palette offers here and now."""

    def __init__(self, desk: Desk, host: Host, pages: Pages, keys: Keys, scanning: Scanning) -> None:
        super().__init__(host)
        self._desk, self._host, self._pages, self._keys, self._scanning = desk, host, pages, keys, scanning

    def open(self) -> None:
        """Open the palette."""
        host = self._host
        ways = Ways(
            order=lambda hit: host.open_order(hit.id),
            customer=lambda hit: host.open_customer(hit.id),
            device=lambda hit: host.open_device(hit.id),
            bin=lambda hit: host.search(in_bin(hit.name)),
            item=self._take_item,
        )
        orders = self._pages.made("orders")
        views = orders.known.views if orders is not None else offered(self._desk.shop.allocation)
        offer = Offer(
            (*self._keys.offered, *everywhere.views(host, views)),
            ways,
            self._pages.recent,
            self._more,
            self._keys.run,
            self._scanning.scanned,
            OWN,
        )
        Palette(host.window, self._desk, offer).present()

    def _take_item(self, item: ItemRow) -> None:
        self._scanning.go(Meaning(item.code, Kind.ITEM, item.id, item.name, item))

    def _more(self, typed: str) -> list[Entry]:
        """Offer to look in the list for what is typed, and to take something in for whom it may name, or write them down."""
        listed = _("Show all orders with “{text}”").format(text=typed)
        entries = [Entry(COMMANDS, "list", "filter", listed, "", partial(self._host.search, typed))]
        if self._desk.may(Right.TAKE_IN):
            taken = _("New order for “{text}”").format(text=typed)
            entries.append(Entry(COMMANDS, "new", "plus", taken, "", partial(self._take_in, typed), key="F2"))
        if self._desk.may(Right.EDIT_CUSTOMER):
            written = _("New customer: “{text}”").format(text=typed)
            write_down = partial(everywhere.write_customer_down, self._pages, typed)
            entries.append(Entry(COMMANDS, "customer", "user-plus", written, "", write_down))
        return entries

    def _take_in(self, typed: str) -> None:
        self._host.open_intake()
        intake = self._pages["intake"]
        if not intake.begun:
            intake.customer.look_for(typed)
