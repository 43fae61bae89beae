"""A program killed between keeping an action on its PC and hearing its answer finishes it once, after a restart (P2)."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from postgres import Cluster
from proxy import Cut, Proxy
from shop import TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.work import Work
from ticketdesk.domain.rights import Role
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import settings, unlocking
from ticketdesk.services.vault import Secrets
from ticketdesk.services.verify import verify
from ticketdesk.storage.station import Station
from ticketdesk.storage.tables import Order, Payment

TILL = Path(__file__).with_name("till.py")


@contextmanager
def a_till(shop: TestShop, url: str, station: Path, secret: bytes) -> Generator[None]:
    """Run a program of its own that takes a device in, until it is killed."""
    secrets = shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    path = os.pathsep.join([str(TILL.parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "TICKETDESK_TEST_SECRETS": secrets.packed().hex(), "PYTHONPATH": path}
    command = [sys.executable, str(TILL), url, str(station), secret.hex(), str(shop.people[Role.CLERK])]
    with subprocess.Popen(command, env=environment) as till:
        try:
            yield
        finally:
            till.kill()


def finish(qtbot: QtBot, shop: TestShop, station_file: Path, secret: bytes) -> None:
    """Start the program again, as often as somebody may; it finishes by itself what was left."""
    for _start in range(2):
        station = Station(station_file, secret)
        with shop.database.read() as session:
            facts = settings.shop(session)
        desk = Desk(shop.database, station, "T1", shop.id, facts, Work())
        desk.resend()
        qtbot.waitUntil(lambda desk=desk, station=station: station.count(shop.id) == 0 and desk._work.idle)  # type: ignore[misc]
        desk.close()
    with shop.database.read() as session:
        [order] = session.scalars(select(Order.id)).all()
    shop.do(unlocking.reveal, unlocking.Reveal(order, "Test"))
    with shop.database.snapshot() as session:
        orders = session.scalars(select(Order)).all()
        assert [(order.number, order.paid) for order in orders] == [(1, 5_000)]
        assert session.scalars(select(Payment.amount)).all() == [5_000]
        assert unlocking.shown(session, order, shop.people[Role.OWNER], datetime.now(UTC)) == "7391"
        assert list(verify(session)) == []


@pytest.mark.parametrize("where", list(Cut), ids=["the server never hears of it", "only its answer is lost"])
def test_with_a_server(qtbot: QtBot, cluster: Cluster, postgres_shop: TestShop, tmp_path: Path, where: Cut) -> None:
    station_file, secret = tmp_path / "station.db", new_secret()
    with Proxy(cluster.port, lambda: where) as proxy:
        url = postgres_shop.database.url.set(port=proxy.port).render_as_string(hide_password=False)
        with a_till(postgres_shop, url, station_file, secret):
            qtbot.waitUntil(lambda: proxy.cuts[where] == 1, timeout=30_000)

    def numbers() -> list[int]:
        with postgres_shop.database.read() as session:
            return list(session.scalars(select(Order.number)))

    qtbot.waitUntil(lambda: numbers() == ([1] if where is Cut.AFTER else []))
    finish(qtbot, postgres_shop, station_file, secret)


def test_with_a_file(qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path) -> None:
    station_file, secret = tmp_path / "station.db", new_secret()
    looking = Station(station_file, secret)
    with sqlite_shop.database.begin() as session:
        session.execute(text("UPDATE counter SET last = last"))  # another program writes, so that this one waits
        with a_till(sqlite_shop, str(sqlite_shop.database.path), station_file, secret):
            qtbot.waitUntil(lambda: looking.count(sqlite_shop.id) == 1, timeout=30_000)
    looking.close()
    finish(qtbot, sqlite_shop, station_file, secret)
