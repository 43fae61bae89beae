"""Commands that work on every page: going places, errands in other rooms, opening settings, and how the window looks."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.dialogs.bin import BinLabelsDialog
from ticketdesk.desktop.frame import ROOMS
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.pages import Pages
from ticketdesk.desktop.screens.settings.page import sections
from ticketdesk.domain.filters import ABOVE, BETWEEN, Filter
from ticketdesk.domain.rights import Right
from ticketdesk.domain.typed import write
from ticketdesk.domain.views import View
from ticketdesk.storage.preferences import THEMES, ZOOMS
from ticketdesk.texts import N_

_THEMES = {
    "system": (N_("Colours as the system"), "monitor", N_("theme, appearance")),
    "light": (N_("Light colours"), "eye", N_("theme, appearance, bright, light mode, light theme")),
    "dark": (N_("Dark colours"), "moon", N_("theme, appearance, night, dark mode, dark theme")),
}
_VIEWS = {
    "mine": (N_("my orders, assigned to me"),),
    "to_take": (N_("waiting list, pool, unclaimed, without responsible"),),
    "late": (N_("late, delayed"),),
    "urgent": (N_("priority, rush"),),
    "ready": (N_("ready, finished, to hand over"),),
    "awaiting_payment": (N_("to be paid"),),
    "shipped": (N_("by courier, sent, shipped orders"),),
    "marked": (N_("bookmarks, starred, favourites"),),
    "all": (N_("all orders, everything"),),
}
"""What else people call the views every shop has (marked), between commas."""

_ASKED = (
    ("due_today", N_("Due today"), Filter("promised", ("today",)), (N_("orders today, for today"),)),
    ("due_tomorrow", N_("Due tomorrow"), Filter("promised", ("today+1",)), (N_("orders tomorrow, for tomorrow"),)),
    ("unpaid", N_("Unpaid"), Filter("balance", ("0",), ABOVE), (N_("owed, not paid"),)),
    ("paid", N_("Paid in full"), Filter("balance", ("", "0"), BETWEEN), (N_("paid, settled"),)),
    ("warranty", N_("Under warranty"), Filter("billing", ("warranty",)), (N_("warranty, guarantee"),)),
)


def rooms(pages: Pages) -> tuple[Command, ...]:
    """Go to a room of the rail, or to the settings."""
    go = pages.show
    return (
        *(
            Command(f"go.{room.key}", room.label, room.shortcut, room.icon, partial(go, room.key), words=room.words)
            for room in ROOMS
        ),
        Command("go.settings", N_("Settings"), "", "settings", partial(go, "settings"), words=(N_("preferences"),)),
    )


def errands(pages: Pages, host: Host, may: Callable[[Right], bool]) -> tuple[Command, ...]:
    """Begin what belongs to one room from any other; there, the command of the room itself is meant."""
    return (
        Command(
            "cash.next", N_("Open or close the till"), "", "drawer", partial(step_till, pages), partial(may, Right.USE_TILL),
            (N_("close the shift, open the shift, end of the day, Z report"),),
        ),
        Command(
            "customers.new", N_("New customer"), "", "user-plus", partial(write_customer_down, pages),
            partial(may, Right.EDIT_CUSTOMER), (N_("add a customer, write a customer down"),),
        ),
        Command(
            "bins.labels", N_("Print bin labels…"), "", "printer", lambda: BinLabelsDialog(host).present(),
            partial(may, Right.PRINT), (N_("shelf labels, places"),),
        ),
    )  # fmt: skip


def views(host: Host, offered: Iterable[View]) -> tuple[Command, ...]:
    """Show a view of the orders, those of one's own included, or what people ask for that is no view."""

    def search(asked: Filter) -> None:
        host.search(write((asked,)))

    return (
        *(
            Command(
                f"view.{view.key}",
                view.label,
                "",
                "filter",
                partial(host.show_view, view.key),
                words=_VIEWS.get(view.key, ()),
            )
            for view in offered
        ),
        *(
            Command(f"view.{key}", text, "", "filter", partial(search, asked), words=words)
            for key, text, asked, words in _ASKED
        ),
    )


def step_till(pages: Pages) -> None:
    """Open or close the till, in its room."""
    pages.show("cash")
    pages["cash"].step_once_known()


def write_customer_down(pages: Pages, typed: str = "") -> None:
    """Write a new customer down, beginning with what was looked for in vain."""
    pages.show("customers")
    pages["customers"].deeds.add(typed)


def settings(pages: Pages) -> tuple[Command, ...]:
    """Open a card of the settings; each is found by the names of what is in it."""

    def enter(key: str) -> None:
        pages.show("settings")
        pages["settings"].enter(key)

    return tuple(
        Command(f"settings.{one.key}", one.title, "", "settings", partial(enter, one.key), words=one.words)
        for one in sections()
    )


def looks(host: Host) -> tuple[Command, ...]:
    """Make everything larger or smaller, light or dark; this PC remembers it."""

    def zoom(by: int) -> None:
        place = ZOOMS.index(host.preferences.zoom) + by
        if by and 0 <= place < len(ZOOMS):
            host.prefer(replace(host.preferences, zoom=ZOOMS[place]))

    def usual() -> None:
        host.prefer(replace(host.preferences, zoom=ZOOMS[0]))

    def colours(theme: str) -> None:
        host.prefer(replace(host.preferences, theme=theme))

    size = N_("zoom, size of letters")
    larger, smaller = (size, N_("bigger, zoom in, enlarge")), (size, N_("zoom out, shrink"))
    return (
        Command("look.larger", N_("Larger"), "Ctrl++, Ctrl+=", "plus", partial(zoom, 1), words=larger),
        Command("look.smaller", N_("Smaller"), "Ctrl+-", "minus", partial(zoom, -1), words=smaller),
        Command("look.usual", N_("Usual size"), "Ctrl+0", "refresh", usual, words=(size,)),
        *(
            Command(
                f"look.{theme}", _THEMES[theme][0], "", _THEMES[theme][1], partial(colours, theme),
                words=(_THEMES[theme][2],),
            )
            for theme in THEMES
        ),
    )  # fmt: skip
