"""Open a shop for the window: the heavy half of starting, run in a thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ticketdesk.desktop import allocator
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.garbage import settle_memory
from ticketdesk.desktop.measuring.machine import process_start
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.work import Work
from ticketdesk.domain.errors import Refusal
from ticketdesk.services import demo as demo_shop
from ticketdesk.services import opening, settings
from ticketdesk.storage.database import Database
from ticketdesk.texts import _


def open_in_window(url: str, station: str, orders: int, seed: int, *, demo: bool) -> Callable[[Any], None]:
    """Open a shop, making the demo the first time; give what puts it into the window.

    Raises:
        Refusal: if there is no shop, it is a newer one, or this PC is not paired with it.
        Unavailable: if the database does not answer.
    """
    allocator.share_arenas()
    if demo and not Path(url).exists():
        database, _founded = opening.found_demo_at(url, orders, seed, station)
    else:
        database = opening.open_shop(url, station)
    if not opening.paired(database):
        database.close()
        raise Refusal(_("This computer is not paired with the shop. Enter the recovery code."), "recovery_code")
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
        is_demo = settings.shop_row(session).demo
    return lambda window: _put(window, database, station, shop_id, facts, is_demo=is_demo)


def _put(window: Any, database: Database, station: str, shop_id: Any, facts: Any, *, is_demo: bool) -> None:
    if not window.options.lang and not window.chosen.language:
        window.speak(facts.language)
    desk = Desk(database, opening.this_station(), station, shop_id, facts, Work())
    note = ""
    if is_demo:
        note = _("Demo shop. PIN {pin}; manager and owner {owner_pin}.").format(
            pin=demo_shop.PIN, owner_pin=demo_shop.OWNER_PIN
        )
    window.session = Session(window.frame, desk, window.chosen, note)
    settle_memory(window.session)
    if window.options.tour:
        from ticketdesk.desktop.tour import Tour  # noqa: PLC0415 - imported by nobody who works

        window.tour = Tour(window.frame, window.session, Path(window.options.tour))
        window.tour.begin()
    if window.options.bench:
        from ticketdesk.desktop.measuring.bench import Bench  # noqa: PLC0415 - see above

        window.bench = Bench(window.frame, window.session, window.options.bench, process_start())
        window.bench.begin()
