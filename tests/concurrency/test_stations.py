"""Several processes at once, and processes that die: nothing lost, nothing doubled, nothing half."""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from shop import TestShop
from ticketdesk.domain.rights import Role
from ticketdesk.services.vault import Secrets
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Entry, Order, Payment

WORKER = Path(__file__).parent / "worker.py"
STATIONS, ORDERS, KILLS = 4, 500, 100


def start(shop: TestShop, log: Path, count: int) -> "subprocess.Popen[bytes]":
    secrets = shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    url = shop.database.url.render_as_string(hide_password=False)
    command = [sys.executable, str(WORKER), url, str(shop.people[Role.OWNER]), str(count), str(log)]
    return subprocess.Popen(command, env={**os.environ, "TICKETDESK_TEST_SECRETS": secrets.packed().hex()})


def acknowledged(folder: Path) -> list[tuple[int, int]]:
    pairs = []
    for log in folder.glob("*.log"):
        for line in log.read_text().splitlines():
            number, receipt = line.split()
            pairs.append((int(number), int(receipt)))
    return pairs


def check(shop: TestShop, folder: Path) -> None:
    said = acknowledged(folder)
    with shop.database.snapshot() as session:
        kept = {(number, receipt) for number, receipt in session.execute(
            select(Order.number, Payment.number).join(Payment, Payment.order_id == Order.id))}  # fmt: skip
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
    stations = [start(shop, tmp_path / f"{n}.log", ORDERS) for n in range(STATIONS)]
    assert [station.wait(timeout=600) for station in stations] == [0] * STATIONS
    assert len(acknowledged(tmp_path)) == 2 * STATIONS * ORDERS
    check(shop, tmp_path)


@pytest.mark.parametrize("seed", [20261123])
def test_a_station_killed_at_any_moment_leaves_every_acknowledged_order_whole(
    shop: TestShop, tmp_path: Path, seed: int
) -> None:
    chance, pause = random.Random(seed), threading.Event()
    waiting = [start(shop, tmp_path / "0.log", 10_000), start(shop, tmp_path / "1.log", 10_000)]
    for kill in range(KILLS):
        station = waiting.pop(0)
        log = tmp_path / f"{kill}.log"
        waiting.append(start(shop, tmp_path / f"{kill + 2}.log", 10_000))
        while not log.exists() and station.poll() is None:
            pause.wait(0.005)
        pause.wait(chance.uniform(0, 0.4))
        assert station.poll() is None, "the station ended by itself"
        station.send_signal(signal.SIGKILL)
        station.wait()
    for station in waiting:
        station.kill()
        station.wait()
    assert len(acknowledged(tmp_path)) > KILLS
    check(shop, tmp_path)
    if shop.database.dialect == "sqlite":
        with shop.database.read() as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
