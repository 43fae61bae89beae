"""A server that stops answering is noticed within ten seconds; nothing is lost or doubled when it goes on (P39)."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, text

from conftest import desk_of
from postgres import Cluster
from proxy import Proxy
from shop import TestShop, a_new_order, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.watch import Watch
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.rights import Role
from ticketdesk.services import intake, notes
from ticketdesk.services.doors import Done, perform
from ticketdesk.services.notes import AddComment
from ticketdesk.storage.database import Database, database_url
from ticketdesk.storage.tables import Comment, Order

PROMISED_SECONDS = 10.0
SLACK = 2.0  # this test's own share of a busy machine


def count(shop: TestShop, table: type[Order | Comment]) -> int:
    with shop.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


class Freezing:
    """A line that swallows everything from the first COMMIT on, the COMMIT included."""

    def __init__(self, cluster: Cluster) -> None:
        self.proxy = Proxy(cluster.port, self._freeze)
        self.frozen_at = 0.0
        self.wanted = False

    def _freeze(self) -> None:
        if self.wanted and not self.frozen_at:
            self.frozen_at = time.monotonic()
            self.proxy.stall()


@pytest.fixture
def freezing(cluster: Cluster) -> Iterator[Freezing]:
    """Give the line."""
    made = Freezing(cluster)
    with made.proxy:
        yield made


@pytest.fixture
def far_desk(postgres_shop: TestShop, freezing: Freezing, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a clerk's desk at the far end of that line."""
    database = Database(postgres_shop.database.url.set(port=freezing.proxy.port).render_as_string(hide_password=False))
    database.info.update(postgres_shop.database.info)
    there = TestShop(database, postgres_shop.id, postgres_shop.people)
    yield from desk_of(there, tmp_path, qtbot, Role.CLERK)


def test_a_line_that_swallows_the_commit_is_noticed_and_the_order_is_taken_once(
    qtbot: QtBot, far_desk: Desk, freezing: Freezing, postgres_shop: TestShop
) -> None:
    watch, noticed, answers = Watch(far_desk.database), dict[str, float](), list[Done]()
    watch.lost.connect(lambda _error: noticed.setdefault("watch", time.monotonic()))
    far_desk.lost.connect(lambda _error: noticed.setdefault("desk", time.monotonic()))
    watch.start()
    qtbot.waitUntil(watch.listening, timeout=5_000)
    freezing.wanted = True
    far_desk.write(far_desk, answers.append, intake.register, a_new_order())
    qtbot.waitUntil(lambda: len(noticed) == 2, timeout=20_000)
    assert max(noticed.values()) - freezing.frozen_at <= PROMISED_SECONDS + SLACK
    assert count(postgres_shop, Order) == 0
    # the COMMIT that was held back arrives now, late, while the desk asks again
    freezing.proxy.flow()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    qtbot.waitUntil(lambda: watch.listening() and far_desk.connected, timeout=10_000)
    watch.stop()
    assert (len(answers), count(postgres_shop, Order)) == (1, 1)


def test_a_server_process_that_is_stopped_holds_nobody_up(postgres_shop: TestShop) -> None:
    database, by, wanted = postgres_shop.database, postgres_shop.by(Role.CLERK), a_new_order()
    with database.begin() as session:
        process = session.scalar(text("SELECT pg_backend_pid()"))
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(Unavailable):
            perform(database, by, intake.register, wanted)
        assert time.monotonic() - started <= PROMISED_SECONDS + SLACK
        done = perform(database, by, intake.register, wanted)
    finally:
        os.kill(process, signal.SIGCONT)
    assert perform(database, by, intake.register, wanted) == done
    assert count(postgres_shop, Order) == 1


def test_an_order_held_by_another_station_is_busy_not_gone(postgres_shop: TestShop) -> None:
    order, by = an_order(postgres_shop), postgres_shop.by(Role.CLERK)
    comment = AddComment(order.id, "Am sunat.")
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with postgres_shop.database.begin() as session:
            session.get_one(Order, order.id, with_for_update=True)
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with pytest.raises(Unavailable, match="busy"):
            perform(postgres_shop.database, by, notes.comment, comment)
    finally:
        release.set()
        holder.join(10)
    perform(postgres_shop.database, by, notes.comment, comment)
    perform(postgres_shop.database, by, notes.comment, comment)
    assert count(postgres_shop, Comment) == 1


def test_a_server_that_may_lose_saved_work_is_refused(cluster: Cluster) -> None:
    """The tests' own server may lose everything, and says so; without that word it is refused."""
    url = cluster.create_database()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{database_url(url).database}" SET ticketdesk.throwaway = off'.encode())
    database = Database(url)
    with pytest.raises(Refusal, match="power cut: turn its setting fsync on"), database.read() as session:
        session.execute(text("SELECT 1"))
    with pytest.raises(Refusal, match="power cut"), database.listening():
        pytest.fail("it was let in")
    database.close()


def test_every_connection_waits_for_the_disk(postgres_shop: TestShop) -> None:
    with postgres_shop.database.begin() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
