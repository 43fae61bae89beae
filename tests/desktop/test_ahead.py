"""What the list may be sorted by next is read while nobody wants anything, and gives way to whoever does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from conftest import desk_of
from shop import SHOP, TestShop, an_order
from ticketdesk.desktop.ahead import Ahead
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.work import Work
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import claiming, lists
from ticketdesk.services.claiming import Claim
from ticketdesk.services.doors import Done
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station


@contextmanager
def heard(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Hear what is asked, and with what."""
    statements: list[tuple[str, Any]] = []

    def hear(_live: Connection, _cursor: object, statement: str, given: object, *_rest: object) -> None:
        statements.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", hear)
    yield statements
    event.remove(database.engine, "before_cursor_execute", hear)


@pytest.fixture
def clerk(shop: TestShop, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    yield from desk_of(shop, tmp_path, qtbot, Role.CLERK)


def begin_and_never_end(session: Session, begun: threading.Event) -> None:
    """Ask something without end that says itself when it is under way (SQLite)."""
    live = session.connection().connection.driver_connection
    assert live is not None
    live.create_function("begun", 0, begun.set)
    forever = (
        "WITH RECURSIVE n(x) AS (SELECT coalesce(begun(), 1) UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    )
    session.execute(text(forever))


def test_when_it_is_quiet_every_sort_is_read_once(qtbot: QtBot, shop: TestShop, clerk: Desk) -> None:
    an_order(shop)
    ahead = Ahead(clerk, clerk)
    with heard(shop.database) as asked:
        clerk.read(clerk, lambda _any: None, lists.any_orders)  # a moment later nobody wants anything any more
        assert not ahead.done
        qtbot.waitUntil(lambda: ahead.done and clerk.idle, timeout=10_000)
        read = [statement for statement, _given in asked if "count(" in statement]
        assert [column.name in statement for statement, column in zip(read, lists.SORTS.values(), strict=True)]
        clerk.quiet.emit()
        assert clerk.idle


def test_it_is_read_from_the_index_by_which_the_list_is_sorted(shop: TestShop) -> None:
    for number in range(3):
        an_order(shop, complaint=f"ecran {number}")
    with shop.database.begin() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        if not sqlite:  # of three orders it would read the table
            for other in ("seqscan", "bitmapscan", "sort"):
                session.execute(text(f"SET LOCAL enable_{other} = off"))
        explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        for sort in lists.SORTS:
            with heard(shop.database) as asked:
                lists.read_ahead(session, sort)
                lists.spine(session, lists.Question((), sort=sort))
            scans = []
            for statement, given in asked:
                plan = session.connection().exec_driver_sql(explain + statement, given).all()
                mark = "SCAN orders USING COVERING INDEX " if sqlite else "Index Only Scan using "
                scans += [str(row[-1]).split(mark)[1].split()[0] for row in plan if mark in str(row[-1])]
            assert len(scans) == 2, sort
            assert scans[0] == scans[1], sort


def test_a_question_and_an_action_break_it_off(qtbot: QtBot, sqlite_shop: TestShop, desk: Desk) -> None:
    an_order(sqlite_shop)
    told, answers = list[str](), list[object]()

    def begin() -> None:
        begun = threading.Event()
        desk.ahead(
            desk, lambda: told.append("done"), lambda: told.append("failed"), partial(begin_and_never_end, begun=begun)
        )
        assert begun.wait(10)

    for ask in (desk.read, desk.survey):
        begin()
        ask(desk, answers.append, lists.any_orders)
        qtbot.waitUntil(lambda: desk.idle)
    assert answers == [True, True]
    begin()
    done: list[Done] = []
    desk.write(desk, done.append, claiming.claim, Claim(), refused=lambda _no: None)
    qtbot.waitUntil(lambda: desk.idle)
    assert told == []


def test_what_was_broken_off_is_read_when_it_is_quiet_again(qtbot: QtBot, shop: TestShop, clerk: Desk) -> None:
    an_order(shop)
    ahead = Ahead(clerk, clerk)
    clerk.quiet.emit()
    clerk.survey(clerk, lambda _any: None, lists.any_orders)
    assert not ahead.done
    qtbot.waitUntil(lambda: ahead.done, timeout=10_000)


def test_a_database_that_does_not_answer_is_asked_no_more_and_nobody_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing")
    work = Work()
    desk = Desk(away, Station(tmp_path / "s.db", new_secret()), "T1", new_key(), SHOP, work)
    said: list[Unavailable] = []
    desk.lost.connect(said.append)
    ahead = Ahead(desk, desk)
    desk.quiet.emit()
    assert not ahead.done
    qtbot.waitUntil(lambda: ahead.done and work.idle)
    assert said == []
    desk.close()
