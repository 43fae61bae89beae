"""Measure the main job beside the bare database driver doing the same statements, turn by turn in the same run."""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice
from typing import Any

from sqlalchemy.orm import Session

from ticketdesk.cli import window_bench
from ticketdesk.cli.context import Context
from ticketdesk.cli.driver import Driver, Statement
from ticketdesk.cli.trial import demo_shop
from ticketdesk.documents import render
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of, now
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import AWAITING_PARTS
from ticketdesk.domain.typed import parse
from ticketdesk.domain.views import VIEWS
from ticketdesk.services import claiming, intake, lines, lists, orders, pages, payments
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.intake import NewDevice, NewOrder
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lists import SORTS, OrderRow, Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.paper import facts_for
from ticketdesk.texts import _

_SECONDS_AT_MOST = 20.0
_FLOW = "live"
_SOME = 40
Query = Callable[[Session], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, in milliseconds; ``raw`` is the bare driver.

    ``statements`` counts what is sent to the database, begin and commit of an action included: the round trips.
    """

    name: str
    p50: float
    p95: float
    raw_p50: float | None = None
    raw_p95: float | None = None
    statements: int | None = None


def run(given: argparse.Namespace) -> int:
    """Measure in the demo shop of ``--db``, or in a new one of ``--orders`` that is thrown away."""
    with demo_shop(given) as context:
        given.flows = _FLOW
        figures = [*below_window(context, given.repeat), *_window(window_bench.measured(given))]
        return context.answer(figures, "\n".join(_line(figure) for figure in figures))


def below_window(context: Context, repeat: int) -> list[Figure]:
    """Measure actions, questions and papers in a demo shop, each so many times; this takes orders in."""
    driver = Driver(context.database)
    try:
        bench = _Bench(context, driver, repeat)
        return [*bench.actions(), *bench.questions(), *bench.papers()]
    finally:
        driver.close()


def _line(figure: Figure) -> str:
    raw = "" if figure.raw_p50 is None else f"   raw {figure.raw_p50:8.2f} {figure.raw_p95:8.2f}"
    sent = "" if figure.statements is None else f"   {figure.statements} statements"
    return f"{figure.name:<32} {figure.p50:8.2f} {figure.p95:8.2f} ms{raw}{sent}"


class _Bench:
    """Does things in a shop again and again, each time beside the bare driver."""

    def __init__(self, context: Context, driver: Driver, repeat: int) -> None:
        self._context, self._database, self._driver, self._repeat = context, context.database, driver, repeat
        newest = Question((), sort="number", descending=True)
        with self._database.read() as session:
            self._some = _from_all_over(session, newest)
            self._serials = [pages.order_page(session, row.id).device.serial for row in self._some[:8]]
        self._newest = newest

    def actions(self) -> list[Figure]:
        """Take orders in and work on each."""
        taken: list[UUID] = []
        person, numbers = self._some[0], count(1)

        def new() -> NewOrder:
            device = NewDevice("phone", "Apple", "iPhone 13", serial=f"BENCH{new_key().hex[-12:].upper()}")
            customer = NewCustomer(person.customer_name, person.customer_phone)
            return NewOrder(device=device, customer=customer, complaint="Ecran spart", deposit=1000)

        def edit(key: UUID) -> Edit:
            return Edit(key, {"diagnosis": ""}, {"diagnosis": f"Verificat {next(numbers)}"})

        registered = self._act(
            "register with deposit", intake.register, new, self._repeat, lambda done: taken.append(done.id)
        )
        tender, work = (Tender("cash", 100),), lines.LineFacts("Manoperă", price=100)

        def then(name: str, act: Action[C], command: Callable[[UUID], C]) -> Figure:
            """Do the next thing once with each of these orders."""
            keys = iter(taken)
            return self._act(name, act, lambda: command(next(keys)), len(taken) // 2)

        return [
            registered,
            then("claim and start", claiming.claim, lambda key: claiming.Claim(key, start=True)),
            then("move", orders.move, lambda key: orders.Move(key, AWAITING_PARTS)),
            then("save one field", orders.edit, edit),
            then("pay", payments.take_payment, lambda key: payments.TakePayment(key, tender)),
            then("add a line", lines.add, lambda key: lines.AddLine(key, work)),
        ]

    def questions(self) -> list[Figure]:
        """Ask what the order desk asks."""
        by, newest, some = self._context.by, self._newest, self._some
        zone = self._context.shop.zone
        sorts = [replace(newest, sort=sort, descending=way) for sort in SORTS for way in (False, True)]
        views = [Question(view.filters, by.staff_id, by.at, zone, view.sort, view.descending) for view in VIEWS]
        searches = {name: [self._typed(text) for text in texts] for name, texts in self._texts().items()}
        keys = [self._typed(text) for text in _as_typed(some)]
        viewer = Viewer(by.staff_id, by.at, zone)
        return [
            self._ask("first rows of a view", [partial(lists.opening, question=view) for view in views]),
            self._ask("first rows of a sort", [partial(lists.opening, question=sort) for sort in sorts]),
            self._ask("next page of a sort", [partial(lists.page, question=s, after=some[0].number) for s in sorts]),
            self._ask("rows anywhere", [partial(lists.rows, numbers=[row.number for row in some])]),
            self._ask("sorted keys of a view", [partial(lists.listing, question=view) for view in views[:-1]]),
            self._ask("sorted keys of all", [partial(lists.listing, question=sort) for sort in sorts]),
            self._ask("counts of all views", [partial(lists.counts, views=VIEWS, viewer=viewer)]),
            *(
                self._ask(f"search by {name}", [partial(lists.opening, question=one) for one in asked])
                for name, asked in searches.items()
            ),
            self._ask("a keystroke, first rows", [partial(lists.opening, question=key) for key in keys]),
            self._ask("a keystroke, whole list", [partial(lists.listing, question=key) for key in keys]),
            self._ask("open an order", [partial(pages.order_page, order_id=row.id) for row in some]),
        ]

    def papers(self) -> list[Figure]:
        """Make papers, fonts and codes already known."""
        with self._database.read() as session:
            made = {key: facts_for(session, self._some[0].id, key) for key in ("intake", "label")}
        figures = []
        for key, (facts, language) in made.items():
            paper = partial(render, key, facts, language)
            paper()
            ours = [_timed(paper) for _again in range(self._repeat)]
            figures.append(_figure(f"{key} as PDF", ours))
        return figures

    def _typed(self, text: str) -> Question:
        by, zone = self._context.by, self._context.shop.zone
        return replace(self._newest, filters=parse(text, day_of(by.at, zone)), at=by.at, zone=zone)

    def _texts(self) -> dict[str, list[str]]:
        some = self._some[:8]
        return {
            "number": [str(row.number) for row in some],
            "phone fragment": [row.customer_phone[5:11] for row in some],
            "serial": [serial[3:9] for serial in self._serials if serial],
            "words": ["ecran spart", "nu porneste", "baterie", "samsung"],
        }

    def _act(
        self,
        name: str,
        act: Action[C],
        command: Callable[[], C],
        times: int,
        kept: Callable[[Done], None] = lambda _done: None,
    ) -> Figure:
        ours: list[float] = []
        raw: list[float] = []
        sent: list[Statement] = []
        done: list[Done] = []
        for _again in _while_there_is_time(times):
            asked, by = command(), self._signed()
            ours.append(_timed(lambda by=by, asked=asked: done.append(perform(self._database, by, act, asked))))  # type: ignore[misc]
            kept(done.pop())
            taken_back, sent = self._driver.sent_by_action(act, self._signed(), command())
            raw.append(_timed(partial(self._driver.write, sent)))
            kept(taken_back)
        return _figure(name, ours, raw, len(sent) + 2)

    def _ask(self, name: str, queries: Sequence[Query]) -> Figure:
        sent = [self._driver.sent_by_question(query) for query in queries]
        for query, statements in zip(queries, sent, strict=True):
            self._once(query)
            self._driver.ask(statements)
        ours: list[float] = []
        raw: list[float] = []
        for again in _while_there_is_time(max(self._repeat, len(queries))):
            place = again % len(queries)
            ours.append(_timed(partial(self._once, queries[place])))
            raw.append(_timed(partial(self._driver.ask, sent[place])))
        return _figure(name, ours, raw, max(len(statements) for statements in sent))

    def _once(self, query: Query) -> None:
        with self._database.read() as session:
            query(session)

    def _signed(self) -> By:
        return replace(self._context.by, request=new_key(), at=now())


def _while_there_is_time(times: int) -> Generator[int]:
    end = time.monotonic() + _SECONDS_AT_MOST
    for again in range(times):
        yield again
        if time.monotonic() > end:
            return


def _timed(once: Callable[[], object]) -> float:
    before = time.perf_counter()
    once()
    return (time.perf_counter() - before) * 1000


def _figure(name: str, ours: list[float], raw: list[float] | None = None, sent: int | None = None) -> Figure:
    return Figure(
        name, _cut(ours, 50), _cut(ours, 95), _cut(raw, 50) if raw else None, _cut(raw, 95) if raw else None, sent
    )


def _cut(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1] if len(times) > 1 else times[0]


def _from_all_over(session: Session, newest: Question) -> list[OrderRow]:
    """Give orders of customers from all over the shop, always the same ones."""
    keys = lists.spine(session, newest)
    chosen = random.Random(1).sample(keys, min(_SOME * 2, len(keys)))
    rows = [row for row in lists.rows(session, sorted(chosen)) if row.customer_phone]
    if not rows:
        raise Refusal(_("There are no orders to measure with: give a shop with some, or --orders."), "db")
    return list(islice(rows, _SOME))


def _as_typed(rows: Sequence[OrderRow]) -> list[str]:
    """Give what stands in the search field after each key while people type numbers, phones, names and words."""
    made: list[str] = []
    for place, row in enumerate(rows[:10]):
        asked = (str(row.number), f"0{row.customer_phone[3:]}", row.customer_name, row.device_title, row.complaint)
        text = asked[place % len(asked)][:12]
        made += [text[:end] for end in range(1, len(text) + 1)]
    return made


def _window(found: dict[str, Any]) -> list[Figure]:
    """Give what the window measured of itself: its starts, and changes of another PC until they are painted."""
    live = {name: figure for name, figure in found["figures"].items() if name.startswith("change elsewhere")}
    return [
        *(_figure(name, times) for name, times in found["starts"].items()),
        *(Figure(name, figure["p50"], figure["p95"]) for name, figure in live.items()),
    ]
