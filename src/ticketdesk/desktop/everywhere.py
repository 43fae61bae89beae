"""Commands that work on every page: going places, errands in other rooms, opening settings, and how the window looks."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.dialogs.bin import BinLabelsDialog
from ticketdesk.desktop.frame import ROOMS
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.pages import Pages
from ticketdesk.desktop.screens.settings.page import sections
from ticketdesk.domain.rights import Right
from ticketdesk.storage.preferences import THEMES, ZOOMS
from ticketdesk.texts import N_

_THEMES = {
    "system": (N_("Colours as the system"), "monitor", N_("theme, appearance")),
    "light": (N_("Light colours"), "eye", N_("theme, appearance, bright")),
    "dark": (N_("Dark colours"), "moon", N_("theme, appearance, night")),
}


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

    size = (N_("zoom, size of letters"),)
    return (
        Command("look.larger", N_("Larger"), "Ctrl++, Ctrl+=", "plus", partial(zoom, 1), words=size),
        Command("look.smaller", N_("Smaller"), "Ctrl+-", "minus", partial(zoom, -1), words=size),
        Command("look.usual", N_("Usual size"), "Ctrl+0", "refresh", usual, words=size),
        *(
            Command(
                f"look.{theme}", _THEMES[theme][0], "", _THEMES[theme][1], partial(colours, theme),
                words=(_THEMES[theme][2],),
            )
            for theme in THEMES
        ),
    )  # fmt: skip
