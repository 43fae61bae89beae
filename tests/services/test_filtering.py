"""Every filter lets through exactly the orders it says, on both databases, alone and with others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pysqlite3
import pytest
from sqlalchemy import event, select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.filters import ABOVE, BELOW, BETWEEN, FIELDS, Filter, checked
from ticketdesk.domain.orders import Billing, Kind, Place, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import parse
from ticketdesk.services import claiming, lists, orders, searching, views
from ticketdesk.services.claiming import Assign, Claim
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move
from ticketdesk.services.views import Mark
from ticketdesk.storage.tables import Order

ZONE = "Europe/Bucharest"
Holds = Callable[[Order], bool]


def fill(shop: TestShop) -> datetime:
    """Take in orders that differ in every field filters know; give a moment at which some are late."""
    at = datetime.now(UTC) + timedelta(hours=1)
    an_order(shop, kind=Kind.INTERNAL, customer=None, device=NewDevice("printer", "HP", "LaserJet"))
    on_site = an_order(
        shop, place=Place.ON_SITE, address="Str. Lungă 5", billing=Billing.WARRANTY,
        device=NewDevice("washer", "Bosch", "Serie 6"), promised_at=at + timedelta(days=3),
    )  # fmt: skip
    urgent = an_order(shop, urgency=Urgency.URGENT, promised_at=at - timedelta(minutes=30), complaint="Nu pornește")
    a_ready_order(shop, customer=NewCustomer("Ionescu Ștefana", "0744 111 222"), bin="R2-14")
    paid = an_order(shop, bin="A3", deposit=5000, promised_at=at + timedelta(days=1))
    cancelled = an_order(shop, device=NewDevice("tv", "LG", "OLED55"))
    shop.do(orders.move, Move(cancelled.id, "cancelled", reason="s-a răzgândit"))
    shop.do(claiming.claim, Claim(urgent.id, start=True), Role.TECHNICIAN)
    shop.do(claiming.assign, Assign(on_site.id, shop.people[Role.MANAGER]), Role.MANAGER)
    shop.do(orders.edit, Edit(paid.id, {"diagnosis": ""}, {"diagnosis": "Mufă încărcare oxidată"}), Role.MANAGER)
    with shop.database.read() as session:
        ids = {row.number: row.id for row in lists.page(session, Question((), sort="number"))}
    for number, role in ((2, Role.TECHNICIAN), (4, Role.TECHNICIAN), (5, Role.CLERK)):
        shop.do(views.mark, Mark(ids[number]), role)
    return at


def local(moment: datetime | None) -> date | None:
    return day_of(moment, ZONE) if moment else None


def cases(shop: TestShop, at: datetime) -> list[tuple[Filter, Holds]]:
    me, today = shop.people[Role.TECHNICIAN], day_of(at, ZONE)
    tomorrow = today + timedelta(days=1)
    return [
        (Filter("status", ("ready",)), lambda o: o.status == "ready"),
        (Filter("status", ("created", "cancelled")), lambda o: o.status in {"created", "cancelled"}),
        (Filter("phase", ("new", "working")), lambda o: o.phase in {"new", "working"}),
        (Filter("phase", ("new", "working", "waiting", "ready")), lambda o: o.open),
        (Filter("phase", ("cancelled",)), lambda o: o.phase == "cancelled"),
        (Filter("late", ("yes",)), lambda o: o.phase in {"new", "working", "waiting"} and o.promised_at < at),
        (Filter("urgency", ("urgent",)), lambda o: o.urgency == "urgent"),
        (Filter("kind", ("internal",)), lambda o: o.kind == "internal"),
        (Filter("billing", ("warranty",)), lambda o: o.billing == "warranty"),
        (Filter("place", ("on_site", "in_shop")), lambda _o: True),
        (Filter("place", ("on_site",)), lambda o: o.place == "on_site"),
        (Filter("responsible", ("me",)), lambda o: o.assignee_id == me),
        (Filter("responsible", ("nobody",)), lambda o: o.assignee_id is None),
        (Filter("responsible", ("anybody",)), lambda o: o.assignee_id is not None),
        (Filter("responsible", (str(me),)), lambda o: o.assignee_id == me),
        (Filter("responsible", (str(me), "nobody")), lambda o: o.assignee_id in {me, None}),
        (Filter("responsible", ("~nobody is called so",)), lambda _o: False),
        (Filter("promised", ("today",)), lambda o: local(o.promised_at) == today),
        (Filter("promised", ("today",), ABOVE), lambda o: (local(o.promised_at) or today) > today),
        (Filter("promised", (tomorrow.isoformat(),), BELOW), lambda o: (local(o.promised_at) or today) < tomorrow),
        (Filter("promised", ("", "today+1"), BETWEEN), lambda o: (local(o.promised_at) or today) <= tomorrow),
        (Filter("received", ("today-1", "today"), BETWEEN), lambda o: (local(o.received_at) or today) >= today - timedelta(1)),
        (Filter("ready", ("week",)), lambda o: o.ready_at is not None),
        (Filter("handed_over", ("year-1",), ABOVE), lambda o: o.handed_over_at is not None),
        (Filter("customer", ("stef",)), lambda o: "stef" in o.customer_sort),
        (Filter("customer", ("ionescu stef", "ungureanu")), lambda o: bool(o.customer_sort)),
        (Filter("device", ("serie",)), lambda o: "serie" in o.device_sort),
        (Filter("device_kind", ("washer", "tv")), lambda o: o.device_kind in {"washer", "tv"}),
        (Filter("brand", ("Bosch",)), lambda o: o.device_sort.startswith("bosch")),
        (Filter("balance", ("0",), ABOVE), lambda o: o.balance > 0),
        (Filter("balance", ("0",), BELOW), lambda o: o.balance < 0),
        (Filter("balance", ("0",)), lambda o: o.balance == 0),
        (Filter("total", ("1000", ""), BETWEEN), lambda o: o.total >= 1000),
        (Filter("bin", ("a3",)), lambda o: o.bin == "A3"),
        (Filter("bin", ("A3", "R2-14")), lambda o: o.bin in {"A3", "R2-14"}),
        (Filter("marked", ("yes",)), lambda o: o.number in {2, 4}),
        (Filter("number", ("2", "4"), BETWEEN), lambda o: 2 <= o.number <= 4),
        (Filter("text", ("pornes",)), lambda o: "pornes" in fold(o.complaint)),
        (Filter("text", ("oxidata",)), lambda o: "oxidata" in fold(o.diagnosis)),
        # a word of one or two letters stands at the beginning of a word, a longer one anywhere
        (Filter("text", ("5 5",)), lambda o: " 55" in f" {o.search}" or " 5" in f" {o.search}"),
        (Filter("text", ("ni",)), lambda o: " ni" in f" {o.search}"),
    ]  # fmt: skip


def test_every_filter_lets_through_what_it_says(shop: TestShop) -> None:
    at = fill(shop)
    known = cases(shop, at)
    assert {asked.field for asked, _holds in known} == {field.key for field in FIELDS}
    with shop.database.read() as session:
        everything = list(session.scalars(select(Order).order_by(Order.number)))
        for asked, holds in known:
            question = Question(checked((asked,)), shop.people[Role.TECHNICIAN], at, ZONE, "number")
            assert list(lists.spine(session, question)) == [o.number for o in everything if holds(o)], asked


def test_filters_hold_all_at_once(shop: TestShop) -> None:
    at = fill(shop)
    known = cases(shop, at)
    with shop.database.read() as session:
        everything = list(session.scalars(select(Order).order_by(Order.number)))
        for (one, holds), (other, also) in zip(known, known[5:] + known[:5], strict=True):
            question = Question((one, other), shop.people[Role.TECHNICIAN], at, ZONE, "number")
            expected = [o.number for o in everything if holds(o) and also(o)]
            assert list(lists.spine(session, question)) == expected, (one, other)


@pytest.mark.parametrize(
    ("typed", "devices"),
    [
        ("#anulată", ["LG OLED55"]),
        ("!garanție #creată", ["Bosch Serie 6"]),
        ("!intern", ["HP LaserJet"]),
        ("!teren serie", ["Bosch Serie 6"]),
        ("oxidată @nimeni", ["Apple iPhone 13 128 GB"]),
        ("mufa incarcare", ["Apple iPhone 13 128 GB"]),
        ("!urgent !late pornește", ["Apple iPhone 13 128 GB"]),
        ("=+3", ["Bosch Serie 6"]),
        ("laserjet #predată", []),
    ],
)
def test_what_is_typed_combines_words_and_prefixes(shop: TestShop, typed: str, devices: list[str]) -> None:
    at = fill(shop)
    with shop.database.read() as session:
        question = Question(parse(typed, day_of(at, ZONE)), at=at, zone=ZONE, sort="number")
        assert [row.device_title for row in lists.page(session, question)] == devices


def test_a_colleague_is_found_by_any_part_of_the_name_as_it_begins(shop: TestShop) -> None:
    fill(shop)
    with shop.database.read() as session:
        name = next(row.assignee for row in lists.page(session, Question((), sort="number")) if row.assignee)
        for part in name.split():
            question = Question(parse(f"@{part[:3]}", date(2026, 1, 1)), sort="number")
            assert any(row.assignee == name for row in lists.page(session, question))


def test_the_order_whose_number_was_typed_comes_first(shop: TestShop) -> None:
    numbers = [an_order(shop, complaint="Cod 2 pe ecran").number for _one in range(6)]
    with shop.database.read() as session:
        question = Question(parse("2", date(2026, 1, 1)), sort="number", descending=True)
        opened, whole = lists.opening(session, question), lists.listing(session, question)
    assert opened.rows[0].number == whole.keys[0] == opened.listing.keys[0] == 2
    assert sorted(whole.keys) == sorted(opened.listing.keys) == sorted(number or 0 for number in numbers)
    assert list(whole.keys[1:]) == sorted((n for n in whole.keys if n != 2), reverse=True)


def test_no_filter_reads_the_orders_themselves(sqlite_shop: TestShop) -> None:
    at = fill(sqlite_shop)
    known = [asked for asked, _holds in cases(sqlite_shop, at)]
    asked: list[tuple[str, Any]] = []

    def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        if "FROM orders" in statement:
            asked.append((statement, parameters))

    event.listen(sqlite_shop.database.engine, "before_cursor_execute", heard)
    with sqlite_shop.database.read() as session:
        for filters in [(), *((one,) for one in known), *((one, Filter("kind", ("external",))) for one in known)]:
            lists.spine(session, Question(filters, sqlite_shop.people[Role.TECHNICIAN], at, ZONE, "number"))
    event.remove(sqlite_shop.database.engine, "before_cursor_execute", heard)
    assert len(asked) > 2 * len(known)
    connection = pysqlite3.connect(str(sqlite_shop.database.path))
    for statement, parameters in asked:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        assert "SCAN orders" not in plan, (statement, parameters)
    connection.close()


def test_the_newest_that_match_come_first_however_far_back_they_stand(
    shop: TestShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "NEAR", 2)
    monkeypatch.setattr(searching, "FAR", 6)
    said = ["rar", "des", "des rar", "des", "", "des", "des uz", "des", "", "des", "des", "des uz"]
    for word in said:
        an_order(shop, complaint=word)
    with shop.database.read() as session:
        for typed in ("rar", "des", "uz", "des uz", "ra", "nimic"):
            question = Question(parse(typed, date(2026, 1, 1)), sort="number", descending=True)
            matching = [place for place, word in enumerate(said, 1) if set(typed.split()) <= set(word.split())]
            expected = [1, 3] if typed == "ra" else matching
            for limit in (1, 2, 3, 60):
                found = [row.number for row in lists.page(session, question, limit=limit)]
                assert found == expected[::-1][:limit], (typed, limit)
