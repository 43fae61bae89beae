"""Measure the main job beside the raw database driver doing the same statements, in the same run."""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import psycopg
import pysqlite3
from sqlalchemy import event

from ticketdesk.cli.context import Context, opened
from ticketdesk.documents import render
from ticketdesk.domain.clock import now
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.typed import parse
from ticketdesk.domain.views import VIEWS
from ticketdesk.services import lines, lists, opening, orders, pages, payments
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import perform
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import NewDevice, NewOrder
from ticketdesk.services.paper import facts_for
from ticketdesk.storage.database import Database

_SECONDS_AT_MOST = 60.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, in milliseconds; ``raw`` is the driver alone; ``trips`` statements sent to the server."""

    name: str
    p50: float
    p95: float
    raw_p50: float | None
    raw_p95: float | None
    trips: int | None


def run(given: argparse.Namespace) -> int:
    """Measure in the shop of ``--db``, or in a new demo shop that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="ticketdesk-bench-") as folder:
        if not given.db:
            given.db = str(Path(folder) / "bench.db")
            database, _founded = opening.found_demo_at(given.db, given.orders, 1, "bench")
            database.close()
            given.login = given.login or "mircea"
        with opened(given) as context:
            figures = [*_figures(context, given.repeat), *_papers(context, given.repeat), _cold_start()]
            text = "\n".join(_line(figure) for figure in figures)
            return context.answer(figures, text)


def _line(figure: Figure) -> str:
    raw = "" if figure.raw_p50 is None else f"   raw {figure.raw_p50:8.2f} {figure.raw_p95:8.2f}"
    trips = "" if figure.trips is None else f"   {figure.trips} statements"
    return f"{figure.name:<28} {figure.p50:8.2f} {figure.p95:8.2f} ms{raw}{trips}"


class _Recorder:
    """Remembers the statements of one call, to send them again through the bare driver."""

    def __init__(self, database: Database) -> None:
        self.statements: list[tuple[str, Any]] = []
        self._database = database

    def __enter__(self) -> Self:
        event.listen(self._database.engine, "before_cursor_execute", self._heard)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self._database.engine, "before_cursor_execute", self._heard)

    def _heard(self, _c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: Any) -> None:
        if not statement.startswith("BEGIN"):
            self.statements.append((statement, parameters))


def _measure(context: Context, name: str, once: Callable[[], object], repeat: int) -> Figure:
    once()
    with _Recorder(context.database) as recorder:
        once()
    times = _times(once, repeat)
    reads = all(statement.lstrip().upper().startswith("SELECT") for statement, _p in recorder.statements)
    raw = _raw(context.database, recorder.statements, repeat) if reads else None
    return Figure(
        name, _p(times, 50), _p(times, 95), _p(raw, 50) if raw else None, _p(raw, 95) if raw else None,
        len(recorder.statements),
    )  # fmt: skip


def _times(once: Callable[[], object], repeat: int) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + _SECONDS_AT_MOST
    while len(times) < repeat and time.monotonic() < end:
        before = time.perf_counter()
        once()
        times.append((time.perf_counter() - before) * 1000)
    return times


def _p(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1] if len(times) > 1 else times[0]


def _raw(database: Database, statements: list[tuple[str, Any]], repeat: int) -> list[float]:
    if database.dialect == "sqlite":
        connection = pysqlite3.connect(str(database.path), isolation_level=None)

        def once() -> None:
            for statement, parameters in statements:
                connection.execute(statement, parameters).fetchall()

        try:
            return _times(once, repeat)
        finally:
            connection.close()
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as server:

        def ask() -> None:
            for statement, parameters in statements:
                server.execute(statement.encode(), parameters).fetchall()

        return _times(ask, repeat)


def _figures(context: Context, repeat: int) -> list[Figure]:
    database = context.database

    def read(query: Callable[..., object], *arguments: Any, **named: Any) -> Callable[[], object]:
        def once() -> object:
            with database.read() as session:
                return query(session, *arguments, **named)

        return once

    def signed() -> Any:
        return replace(context.by, request=new_key(), at=now())

    with database.read() as session:
        some = lists.page(session, Question((), sort="number", descending=True))
        last = some[-1]
        page = pages.order_page(session, some[0].id)
    serial = page.device.serial[3:9] or "aaa"
    newest = Question((), sort="number", descending=True)

    def searched(typed: str) -> Question:
        return replace(newest, filters=parse(typed, context.by.at.date()))

    taken: list[UUID] = []

    def register() -> None:
        new = NewOrder(
            device=NewDevice("phone", "Apple", "iPhone 13"), customer=NewCustomer("Ana Pop", some[0].customer_phone),
            complaint="Ecran spart", deposit=1000,
        )  # fmt: skip
        taken.append(perform(database, signed(), orders.register, new).id)

    started: list[UUID] = []

    def move() -> None:
        order_id = taken[len(started) % len(taken)]
        started.append(order_id)
        perform(database, signed(), orders.claim, orders.Claim(order_id, start=len(started) <= len(taken)))

    def pay() -> None:
        tender = Tender("cash", 100)
        perform(database, signed(), payments.take_payment, payments.TakePayment(taken[0], (tender,)))

    found = [""]

    def edit() -> None:
        before, after = found[-1], f"Verificat {len(found)}"
        perform(database, signed(), orders.edit, Edit(taken[0], {"diagnosis": before}, {"diagnosis": after}))
        found.append(after)

    def add_line() -> None:
        facts = lines.LineFacts("Manoperă", price=100)
        perform(database, signed(), lines.add, lines.AddLine(taken[-1], facts))

    measured: list[tuple[str, Callable[[], object]]] = [
        ("register with deposit", register),
        ("claim and start", move),
        ("save one field", edit),
        ("pay", pay),
        ("add a line", add_line),
        ("first page, active", read(lists.page, Question(at=context.by.at))),
        ("first page, all", read(lists.page, newest)),
        ("next page, all", read(lists.page, newest, after=last.number)),
        ("sorted keys, all", read(lists.spine, newest)),
        ("counts of views", read(lists.counts, VIEWS, Viewer(context.by.staff_id, context.by.at))),
        ("search by number", read(lists.page, searched(str(last.number)))),
        ("search by phone fragment", read(lists.page, searched(some[0].customer_phone[5:11] or "722"))),
        ("search by serial", read(lists.page, searched(serial))),
        ("search by word", read(lists.page, searched("ecran spart"))),
        ("open an order", read(pages.order_page, some[0].id)),
    ]
    return [_measure(context, name, once, repeat) for name, once in measured]


def _papers(context: Context, repeat: int) -> list[Figure]:
    with context.database.read() as session:
        newest = lists.page(session, Question((), sort="number", descending=True))[0]
        made = {key: facts_for(session, newest.id, key) for key in ("intake", "label")}
    figures = []
    for key, (facts, language) in made.items():
        render(key, facts, language)
        times = _times(lambda key=key, facts=facts, language=language: render(key, facts, language), repeat)  # type: ignore[misc]
        figures.append(Figure(f"{key} as PDF", _p(times, 50), _p(times, 95), None, None, None))
    return figures


def _cold_start() -> Figure:
    """Start the window several times, up to its first painted picture."""
    times = []
    for _again in range(5):
        command = [sys.executable, "-m", "ticketdesk", "--first-paint"]
        out = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout  # noqa: S603
        times.append(float(out.split()[0]))
    return Figure("start to first paint", _p(times, 50), _p(times, 95), None, None, None)
