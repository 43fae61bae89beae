"""Two locations number their documents at once: each from 1 without a hole or a double, whatever is given up (P8)."""

import threading
from contextlib import suppress
from dataclasses import replace
from random import Random

from depth import DEPTH
from shop import TestShop
from ticketdesk.domain.by import By
from ticketdesk.domain.document_numbers import read
from ticketdesk.domain.rights import Role
from ticketdesk.services import locations, sales
from ticketdesk.services.doors import Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.sales import NewSale
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Collision, Database

WRITERS, SALES, GIVEN_UP = 8, 12 * DEPTH, 0.2
LETTERS = ("CJ", "TRD")
CABLE = NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 5_000),))


class GiveUpError(Exception):
    """The transaction is abandoned after everything in it was done."""


class Writer(threading.Thread):
    """A PC that sells, and gives up some of its sales at their very end."""

    def __init__(self, shop: TestShop, place: int, start: threading.Barrier) -> None:
        super().__init__()
        self._shop, self._station, self._begin = shop, f"S{place}", start
        self._chance, self.made = Random(place), list[Done]()

    def run(self) -> None:
        database = Database(self._shop.database.url.render_as_string(hide_password=False), self._station)
        database.info.update(self._shop.database.info)
        self._begin.wait()
        while len(self.made) < SALES:
            by = replace(self._shop.by(Role.CLERK), station=self._station)
            if self._chance.random() < GIVEN_UP:
                with suppress(GiveUpError, Collision):
                    give_up(database, by)
            else:
                self.made.append(perform(database, by, sales.sell, CABLE))
        database.close()


def give_up(database: Database, by: By) -> None:
    with database.begin() as session:
        sales.sell(session, by, CABLE)
        raise GiveUpError


def test_two_locations_race_for_the_first_numbers_of_a_year_and_all_that_follow(shop: TestShop) -> None:
    places = [shop.do(locations.add, NewLocation(letters, letters=letters)).id for letters in LETTERS]
    for place in range(WRITERS):
        shop.do(locations.use, UseLocation(places[place % 2], f"S{place}"))
    start = threading.Barrier(WRITERS)
    writers = [Writer(shop, place, start) for place in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for place, letters in enumerate(LETTERS):
        made = [done for writer in writers[place::2] for done in writer.made]
        expected = [shop.shown(number, letters) for number in range(1, WRITERS // 2 * SALES + 1)]
        assert sorted((done.document or "" for done in made), key=read) == expected
        assert sorted((done.receipt or "" for done in made), key=read) == expected
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []
