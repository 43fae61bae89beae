"""It runs for weeks (P40), in a short form: random but sensible use of the real window leaves nothing behind.

``tools/soak.py`` does the same for an hour.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from desktop.hand import Hand
from desktop.soaking import books, faults, held, leaks, listening, open_window, possible, unbalanced, work
from postgres import Cluster
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import opening
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station

_ORDERS, _DEEDS = 80, 4


def hand_at(qtbot: QtBot, url: str, folder: Path, seed: int) -> Iterator[Hand]:
    """Give somebody at the window of a small demo shop, and another PC's way to the same shop."""
    database, _founded = opening.found_demo_at(url, _ORDERS, seed, "Casa 1")
    elsewhere = Database(url, "Casa 2")
    elsewhere.info.update(database.info)
    session = open_window(database, Station(folder / "station.db", new_secret()))
    qtbot.addWidget(session.frame)
    yield Hand(session, elsewhere, Random(seed))
    session.close()
    elsewhere.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def hand(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Give a hand, once on each database."""
    if request.param == "sqlite":
        yield from hand_at(qtbot, str(tmp_path / "soak.db"), tmp_path, 3)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create_database()
        yield from hand_at(qtbot, url, tmp_path, 4)
        cluster.drop_database(url)


def test_a_while_of_random_use_leaves_no_error_no_window_and_books_that_add_up(hand: Hand) -> None:
    before = books(hand.desk.database)
    with listening() as heard:
        hand.sign_in("Mircea")
        deeds = hand.chance.sample(possible(hand), _DEEDS)
        counted = []
        for _again in range(2):
            for deed in deeds:
                work(hand, heard, deed)
                assert heard.complaints == []
            counted.append(held(hand, 0.0, len(deeds)))
    assert leaks(*counted) == []
    assert unbalanced(before, books(hand.desk.database)) == []
    assert faults(hand.desk.database) == []
