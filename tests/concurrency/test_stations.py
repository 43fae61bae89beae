"""Several processes at once, and processes that die: nothing lost, nothing doubled, nothing half, no gap (P1, P8)."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text

from shop import TestShop
from ticketdesk.domain.rights import Role
from ticketdesk.services.vault import Secrets
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Entry, Order, Payment

WORKER = Path(__file__).parent / "worker.py"
STATIONS, ORDERS = 4, 500
WRITERS, KILLS, GIVEN_UP = 8, 100, 0.2
REOPENED_SECONDS = 2.0


class Stations:
    """Makes stations, each a process of its own, and ends them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, count: int, log: Path) -> int:
        return self._ask(f"start {count} {log}")

    def wait(self, station: int) -> int:
        return self._ask(f"wait {station}")

    def kill(self, station: int) -> int:
        return self._ask(f"kill {station}")

    def _ask(self, words: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def stations(shop: TestShop, seed: int, given_up: float) -> Iterator[Stations]:
    secrets = shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    url = shop.database.url.render_as_string(hide_password=False)
    environment = {**os.environ, "TICKETDESK_TEST_SECRETS": secrets.packed().hex()}
    command = [sys.executable, str(WORKER), url, str(shop.people[Role.OWNER]), str(seed), str(given_up)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Stations(process)
        assert process.stdin is not None
        process.stdin.close()


def acknowledged(folder: Path) -> list[tuple[int, str]]:
    pairs = []
    for log in folder.glob("*.log"):
        for line in log.read_text().splitlines():
            number, receipt = line.split()
            pairs.append((int(number), receipt))
    return pairs


def check(shop: TestShop, folder: Path) -> None:
    said = acknowledged(folder)
    with shop.database.snapshot() as session:
        kept = {(number, payment.shown) for number, payment in session.execute(
            select(Order.number, Payment).join(Payment, Payment.order_id == Order.id))}  # fmt: skip
        assert set(said) <= kept
        assert len(said) == len(set(said))
        numbers = list(session.scalars(select(Order.number).order_by(Order.number)))
        assert numbers == list(range(1, len(numbers) + 1))
        receipts = list(session.scalars(select(Payment.number).order_by(Payment.number)))
        assert receipts == list(range(1, len(receipts) + 1))
        registered = select(func.count()).select_from(Entry).where(Entry.action == "registered")
        assert session.scalar(registered) == len(numbers)
        assert list(verify(session)) == []


def test_four_stations_work_on_one_shop_at_once(shop: TestShop, tmp_path: Path) -> None:
    with stations(shop, seed=1, given_up=0) as made:
        running = [made.start(ORDERS, tmp_path / f"{n}.log") for n in range(STATIONS)]
        assert [made.wait(station) for station in running] == [0] * STATIONS
    assert len(acknowledged(tmp_path)) == 2 * STATIONS * ORDERS
    check(shop, tmp_path)


@pytest.mark.parametrize("seed", [20261123])
def test_stations_killed_at_any_moment_leave_every_acknowledged_order_whole_and_no_gap(
    shop: TestShop, tmp_path: Path, seed: int
) -> None:
    chance, pause = Random(seed), threading.Event()
    with stations(shop, seed, GIVEN_UP) as made:
        waiting = [(made.start(10_000, log := tmp_path / f"{n}.log"), log) for n in range(WRITERS)]
        for kill in range(KILLS):
            station, log = waiting.pop(0)
            waiting.append((made.start(10_000, fresh := tmp_path / f"{WRITERS + kill}.log"), fresh))
            while not log.exists() or not log.stat().st_size:  # it is at work
                pause.wait(0.005)
            pause.wait(chance.uniform(0, 0.1))
            assert made.kill(station) == -signal.SIGKILL, "the station ended by itself"
        for station, _log in waiting:
            made.kill(station)
    assert len(acknowledged(tmp_path)) >= KILLS
    started = time.monotonic()
    again = Database(shop.database.url.render_as_string(hide_password=False))
    with again.read() as session:
        session.scalar(select(func.count()).select_from(Order))
    assert time.monotonic() - started <= REOPENED_SECONDS
    again.close()
    check(shop, tmp_path)
    if shop.database.dialect == "sqlite":
        with shop.database.read() as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
