"""The screen never waits (P39): whatever hangs, the window answers, and says that it waits.

The exact figures belong to the benchmark. Here everything hangs for seconds, so that a window that waited with it
would be caught on the busiest machine.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import event, text

from postgres import Cluster
from proxy import Proxy
from shop import TestShop, an_order
from ticketdesk.desktop.measuring.stalls import Stalls
from ticketdesk.desktop.session import Session
from ticketdesk.services import notes
from ticketdesk.services.notes import AddComment
from ticketdesk.storage.database import Database
from window import enter, window_of

LONGEST = 1.5  # a machine that is busy with other things has stopped everything for two thirds of a second
FROZEN = 2.5


def says(session: Session) -> str:
    """Give what the status bar says of the shop."""
    return " ".join(label.text() for label in session.frame.status_bar.findChildren(QLabel))


@contextmanager
def elsewhere_than(thread: int, database: Database) -> Iterator[None]:
    """Fail if a statement is sent from a thread."""
    found: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if threading.get_ident() == thread:
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    yield
    event.remove(database.engine, "before_cursor_execute", heard)
    assert found == []


def use(qtbot: QtBot, session: Session, number: int) -> None:
    """Do what people do while they wait: type, scroll, choose, open, go back."""
    session.frame.search.setFocus()
    for typed in ("i", "ip", "iph"):
        session.frame.search.setText(typed)
        session.frame.search.textEdited.emit(typed)
        qtbot.wait(30)
    page = session.pages["orders"]
    page.search("")
    page.table.verticalScrollBar().setValue(200)
    page.table.choose(0)
    row = page.model.row_of(number)
    if row is not None:
        session.host.open_order(row.id)
    qtbot.wait(60)
    session.host.go("orders")


def test_a_shop_whose_file_another_pc_has_locked_holds_up_only_the_saving(
    qtbot: QtBot, sqlite_shop: TestShop, session: Session, stalls: Stalls
) -> None:
    done, written = an_order(sqlite_shop), list[object]()
    enter(qtbot, session, "Alina")
    page = session.pages["orders"]
    qtbot.waitUntil(lambda: bool(page.model.keys))
    database = sqlite_shop.database
    with elsewhere_than(threading.get_ident(), database):
        with Database(str(database.path)).begin() as other:
            other.execute(text("UPDATE shop SET version = version"))
            session.desk.write(session, written.append, notes.comment, AddComment(done.id, "Am sunat."))
            qtbot.waitUntil(lambda: "Waiting for the shop's database…" in says(session), timeout=20_000)
            use(qtbot, session, done.number or 0)
            qtbot.waitUntil(lambda: page.model.settled, timeout=20_000)
            assert page.model.row_of(done.number or 0) is not None  # reading goes on meanwhile
            assert written == []
        qtbot.waitUntil(lambda: bool(written), timeout=20_000)
        qtbot.waitUntil(lambda: "Connected" in says(session))
    assert stalls.longest < LONGEST, stalls.worst


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Proxy]:
    """Give a line to the server that can be stalled."""
    with Proxy(cluster.port) as made:
        yield made


@pytest.fixture
def far_session(qtbot: QtBot, postgres_shop: TestShop, line: Proxy, tmp_path: Path) -> Iterator[Session]:
    """Give a window at the far end of that line."""
    database = Database(postgres_shop.database.url.set(port=line.port).render_as_string(hide_password=False))
    database.info.update(postgres_shop.database.info)
    yield from window_of(qtbot, TestShop(database, postgres_shop.id, postgres_shop.people), tmp_path)


def test_a_server_that_swallows_everything_leaves_the_window_alive(
    qtbot: QtBot, postgres_shop: TestShop, line: Proxy, far_session: Session, stalls: Stalls
) -> None:
    number = an_order(postgres_shop).number or 0
    enter(qtbot, far_session, "Alina")
    page = far_session.pages["orders"]
    qtbot.waitUntil(lambda: bool(page.model.keys) and page.model.settled, timeout=10_000)
    with elsewhere_than(threading.get_ident(), far_session.desk.database):
        line.stall()
        frozen = time.monotonic()
        use(qtbot, far_session, number)
        qtbot.waitUntil(lambda: "Waiting for the shop's database…" in says(far_session), timeout=20_000)
        while time.monotonic() - frozen < FROZEN:
            use(qtbot, far_session, number)
        assert page.model.keys  # what was seen stays in sight
        line.flow()
        qtbot.waitUntil(lambda: "Connected" in says(far_session) and not page.model.waiting, timeout=20_000)
    assert stalls.longest < LONGEST, stalls.worst


def test_a_printer_that_hangs_holds_up_neither_work_nor_signing_in_nor_leaving(
    qtbot: QtBot, sqlite_shop: TestShop, session: Session, stalls: Stalls
) -> None:
    number, hanging, release = an_order(sqlite_shop).number or 0, threading.Event(), threading.Event()

    def hang() -> None:
        hanging.set()
        release.wait(60)

    enter(qtbot, session, "Alina")
    session.desk.with_printer(session, lambda _none: None, hang)
    assert hanging.wait(10)
    session.signing.lock()
    enter(qtbot, session, "Vlad")
    page = session.pages["orders"]
    qtbot.waitUntil(lambda: bool(page.model.keys))
    use(qtbot, session, number)
    qtbot.waitUntil(lambda: page.model.settled)
    assert stalls.longest < LONGEST, stalls.worst
    left = time.monotonic()
    session.frame.close()
    assert not session.frame.isVisible()
    assert time.monotonic() - left < 10  # it gives the printer a moment, and no more
    release.set()
