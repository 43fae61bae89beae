"""Where a scanned code goes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.dialogs.take_back import TakeBackDialog
from ticketdesk.desktop.dialogs.unknown import UnknownDialog
from ticketdesk.desktop.dialogs.which import WhichDialog
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.pages import Pages
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.codes import bin_name
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.domain.typed import in_bin
from ticketdesk.services import sales, scans
from ticketdesk.services.sales import SalePage
from ticketdesk.services.scans import Kind, Meaning
from ticketdesk.texts import _

LONGEST = 64
"""Longer codes are nobody's: letters in a shipping label, web addresses."""

_SHORTEST_ASKED = 4
_SHOWN = 40


class Scanning(QObject):
    """Brings scanned codes to where they make sense. A code is only ever data: it is looked up, never obeyed."""

    def __init__(self, frame: Frame, desk: Desk, host: Host, pages: Pages) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._host, self._pages = frame, desk, host, pages
        self._asked: set[str] = set()

    def scanned(self, code: str) -> None:
        """Bring a code to where it makes sense; say so if nobody knows it."""
        if self._desk.staff is None or QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return
        dialogs, page = open_dialogs(self._frame), self._pages.current()
        if len(code) > LONGEST:
            self._say_unknown(code)
        elif dialogs:
            if not dialogs[-1].scan(code):
                self._host.toast(_("Close the dialog, then scan {code} again.").format(code=_shown(code)), "scan")
        elif page is None or not page.scan(code):
            self._desk.read(self, self.go, scans.meaning, code)

    def go(self, meaning: Meaning) -> None:
        """Bring what a code means, or what was chosen by hand, to where it makes sense here."""
        if self._desk.staff is None:
            return
        page = self._pages.shown()
        route = next(route for route in ROUTES if route.kind is meaning.kind and route.page in {"", page})
        route.go(self, meaning)

    # the ways a code may go

    def open_order(self, meaning: Meaning) -> None:
        """Open the order."""
        if meaning.id is not None:
            self._host.open_order(meaning.id)

    def offer_order(self, meaning: Meaning) -> None:
        """Open the order, or only offer to while an intake is half written: that draft stays."""
        if not self._pages["intake"].begun:
            self.open_order(meaning)
            return
        said = _("{number} was scanned. The intake stays as it is.").format(number=meaning.title)
        self._host.toast(said, "scan", _("Open"), lambda: self.open_order(meaning))

    def show_device(self, meaning: Meaning) -> None:
        """Show what was done to a device so far."""
        if meaning.id is not None:
            self._host.open_device(meaning.id)

    def offer_device(self, meaning: Meaning) -> None:
        """Offer the history of a device while an intake already has another one."""
        said = _("{device} was here before.").format(device=meaning.title)
        self._host.toast(said, "scan", _("Show"), lambda: self.show_device(meaning))

    def add_line(self, meaning: Meaning) -> None:
        """Put a work or part on the order in front."""
        work = self._pages[self._pages.shown()].work
        if work is None:
            self.say_price(meaning)
        elif meaning.item is not None:
            work.add_item(meaning.item)

    def say_price(self, meaning: Meaning) -> None:
        """Say what a work or part costs, where there is no order to put it on."""
        if (item := meaning.item) is not None:
            price = format_money(item.price, self._desk.shop.currency)
            said = _("{name}: {price}. Open an order to add it there.").format(name=item.name, price=price)
            self._host.toast(said, "stock")

    def show_bin(self, meaning: Meaning) -> None:
        """Show what stands in a bin."""
        self._host.search(in_bin(meaning.title))

    def put_in_bin(self, meaning: Meaning) -> None:
        """Put the device of the order in front into a bin."""
        work = self._pages[self._pages.shown()].work
        if work is None:
            self.show_bin(meaning)
        else:
            work.put_in_bin(meaning.title)

    def pick_order(self, meaning: Meaning) -> None:
        """Choose the order on the bench if it lies there, else open it."""
        if meaning.id is not None and not self._pages["bench"].pick(meaning.id):
            self.open_order(meaning)

    def sell(self, meaning: Meaning) -> None:
        """Begin a sale over the counter with a work or part, if who is signed in may take money."""
        if meaning.item is None or not self._desk.may(Right.TAKE_PAYMENT):
            self.say_price(meaning)
            return
        dialog = SaleDialog(self._desk, self._host)
        dialog.present()
        dialog.add(meaning.item)

    def show_sale(self, meaning: Meaning) -> None:
        """Show a sale over the counter, to take back what comes back."""
        if meaning.id is not None:
            self._desk.read(self, self._present_sale, sales.sale_page, meaning.id)

    def _present_sale(self, sale: SalePage) -> None:
        TakeBackDialog(self._desk, self._host, sale).present()

    def choose(self, meaning: Meaning) -> None:
        """Ask which of the things that bear the code is meant."""
        WhichDialog(self._host, meaning, self._go_to_chosen).present()

    def _go_to_chosen(self, meaning: Meaning) -> None:
        if meaning.kind is Kind.BIN:  # it was chosen to be looked into, not to put something there
            self.show_bin(meaning)
        else:
            self.go(meaning)

    def ask(self, meaning: Meaning) -> None:
        """Ask once what a code is; the same one again is only said to be unknown."""
        code = meaning.code
        if code in self._asked or len(code) < _SHORTEST_ASKED or not _looks_like_a_code(code):
            self._say_unknown(code)
        else:
            self._asked.add(code)
            UnknownDialog(self._desk, self._host, code, lambda: self._take_in(code)).present()

    def _take_in(self, code: str) -> None:
        self._host.open_intake()
        self._pages["intake"].scan(code)

    def _say_unknown(self, code: str) -> None:
        self._host.toast(_("Unknown code: {code}.").format(code=_shown(code)), "scan")


@dataclass(frozen=True, slots=True)
class Route:
    """Where a kind of code goes on a page; an empty page is any other."""

    kind: Kind
    page: str
    go: Callable[[Scanning, Meaning], None]


ROUTES: tuple[Route, ...] = (
    Route(Kind.ORDER, "intake", Scanning.offer_order),
    Route(Kind.ORDER, "bench", Scanning.pick_order),
    Route(Kind.ORDER, "", Scanning.open_order),
    Route(Kind.DEVICE, "intake", Scanning.offer_device),
    Route(Kind.DEVICE, "", Scanning.show_device),
    Route(Kind.ITEM, "order", Scanning.add_line),
    Route(Kind.ITEM, "bench", Scanning.add_line),
    Route(Kind.ITEM, "intake", Scanning.say_price),
    Route(Kind.ITEM, "", Scanning.sell),
    Route(Kind.SALE, "", Scanning.show_sale),
    Route(Kind.BIN, "order", Scanning.put_in_bin),
    Route(Kind.BIN, "bench", Scanning.put_in_bin),
    Route(Kind.BIN, "", Scanning.show_bin),
    Route(Kind.SEVERAL, "", Scanning.choose),
    Route(Kind.UNKNOWN, "", Scanning.ask),
)
"""The first row that fits is taken."""


def _looks_like_a_code(code: str) -> bool:
    """Say whether somebody may mean this by a code: letters and digits, with the signs labels join them by."""
    return all(letter.isalnum() or letter in "-/._+" for letter in code) and any(letter.isdigit() for letter in code)


def _shown(code: str) -> str:
    if (name := bin_name(code)) is not None:
        return _("bin {name}").format(name=name)
    return code if len(code) <= _SHOWN else f"{code[:_SHOWN]}…"
