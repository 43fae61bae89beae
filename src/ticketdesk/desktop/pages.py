"""Which page is shown, and the way there: forward, back, and again after signing in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.orders.page import OrdersPage
from ticketdesk.domain.keys import UUID

Page = Any
"""A page of the window: a widget with ``activate``, ``scan`` and ``commands``."""

_REMEMBERED, _RECENT = 50, 6


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its key, its room, whether it has the bar."""

    key: str
    room: str
    command_bar: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("orders", "orders", command_bar=True),
    Kind("bench", "bench", command_bar=True),
    Kind("board", "board", command_bar=True),
    Kind("customers", "customers"),
    Kind("customer", "customers"),
    Kind("device", "customers"),
    Kind("catalogue", "catalogue"),
    Kind("cash", "cash"),
    Kind("day", "day"),
    Kind("settings", "settings"),
    Kind("intake", "orders"),
    Kind("order", "orders"),
)
_BY_KEY = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and whom or what it is about if it is about one: an order, a customer, a device."""

    key: str
    subject: UUID | None = None


_HOME = Place("orders")


class Pages(QObject):
    """The pages of whoever is signed in, one of each kind, and the places they came by."""

    moved = Signal(object)  # Page

    def __init__(self, frame: Frame, desk: Desk, host: Host) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._host = frame, desk, host
        self._made: dict[str, tuple[Place, Page]] = {}
        self._here: Place | None = None
        self._behind: list[Place] = []
        self._ahead: list[Place] = []
        self.recent: tuple[UUID, ...] = ()
        """Orders that were opened, the last one first."""

    def __getitem__(self, key: str) -> Page:
        """Give the page of a kind that was shown before.

        Raises:
            KeyError: if there is none.
        """
        return self._made[key][1]

    def made(self, key: str) -> Page | None:
        """Give the page of a kind, if there is one."""
        return self[key] if key in self._made else None

    def shown(self) -> str:
        """Give the kind of the page that is shown; empty while nobody is signed in."""
        here = self._here
        if here is None or self._frame.pages.currentWidget() is not self[here.key]:
            return ""
        return here.key

    def current(self) -> Page | None:
        """Give the page that is shown."""
        shown = self.shown()
        return self[shown] if shown else None

    def show(self, key: str, subject: UUID | None = None) -> None:
        """Go to a page; the one before is a step back."""
        place = Place(key, subject)
        if self._desk.staff is None:
            return
        if self._here is not None and self._here != place:
            self._behind = [*self._behind[-_REMEMBERED:], self._here]
            self._ahead.clear()
        self._put(place)

    def back(self) -> None:
        """Go back to the place before; home if there is none."""
        if self._here is not None and self._here != _HOME:
            self._ahead.append(self._here)
        self._put(self._behind.pop() if self._behind else _HOME)

    def forward(self) -> None:
        """Go again to the place that was left by going back."""
        if self._ahead:
            if self._here is not None:
                self._behind.append(self._here)
            self._put(self._ahead.pop())

    def resume(self) -> None:
        """Show the place that was shown last."""
        self._put(self._here or _HOME)

    def remake(self) -> None:
        """Make the pages anew, in other sizes; those in which something is half typed stay."""
        for key, (_place, page) in list(self._made.items()):
            if not getattr(page, "begun", False):
                del self._made[key]
                self._close(page)
        if self._desk.staff is not None:
            self.resume()

    def forget(self) -> None:
        """Close every page: somebody else gets their own."""
        for _place, page in self._made.values():
            self._close(page)
        self._made.clear()
        self._behind.clear()
        self._ahead.clear()
        self._here = None
        self.recent = ()

    def _put(self, place: Place) -> None:
        kind = _BY_KEY[place.key]
        before = self._made.get(place.key)
        if before is None or before[0] != place:
            page = _maker(place.key)(self._desk, self._host, *([] if place.subject is None else [place.subject]))
            self._frame.pages.addWidget(page)
            self._made[place.key] = place, page
        page = self[place.key]
        self._here = place
        if place.key == "order" and place.subject is not None:
            others = (key for key in self.recent if key != place.subject)
            self.recent = (place.subject, *others)[:_RECENT]
        self._frame.pages.setCurrentWidget(page)
        if before is not None and before[1] is not page:
            self._close(before[1])
        self._frame.show_room(kind.room)
        self._frame.command_bar.setVisible(kind.command_bar)
        self.moved.emit(page)
        page.activate()

    def _close(self, page: Page) -> None:
        self._frame.pages.removeWidget(page)
        page.deleteLater()


def _maker(key: str) -> Callable[..., Page]:
    """Give what makes a page of a kind, with its subject if it is about one."""
    if key == _HOME.key:
        return OrdersPage
    # the others are loaded while somebody looks at the first one, see the session
    from ticketdesk.desktop.other_pages import MAKE  # noqa: PLC0415

    return MAKE[key]
