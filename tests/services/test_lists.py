"""Every list holds exactly the orders it says, in the order it says, however it is read."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import BigInteger, literal, select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import STATUS, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import parse
from ticketdesk.domain.views import DUE, TO_TAKE, VIEW, VIEWS
from ticketdesk.services import claiming, lists, orders, spines, views
from ticketdesk.services.claiming import Claim
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Done
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.lists import EARLIER, LATE, SORTS, OrderRow, Question
from ticketdesk.services.orders import Move
from ticketdesk.services.views import Mark

ZONE = "Europe/Bucharest"
MARKED = (3, 7)


def fill(shop: TestShop) -> datetime:
    """Take in orders with many equal fields, in every status; give a moment at which some are late."""
    chance, at = Random(7), datetime.now(UTC) + timedelta(hours=1)
    for n in range(24):
        make: Callable[..., Done] = a_ready_order if n % 3 == 0 else an_order
        done = make(
            shop,
            customer=NewCustomer(
                chance.choice(["Ștefan Ungureanu", "Țăranu Ioana", "Andrei Pop"]), f"0722 000 4{n:02}"
            ),
            device=NewDevice("phone", chance.choice(["Apple", "Samsung"]), chance.choice(["A", "B"])),
            complaint=chance.choice(["Ecran spart", "Baterie", "ăîșț"]),
            urgency=chance.choice(list(Urgency)),
            bin=("", "A3", "", "A10", "B1")[n % 5],
            promised_at=at + timedelta(hours=chance.choice([-0.5, -0.25, 1, 30, 60])),
        )
        if n % 3 == 1:
            shop.do(claiming.claim, Claim(done.id, start=n % 2 == 0), Role.TECHNICIAN)
        if n % 6 == 0:
            shop.do(orders.move, Move(done.id, "shipped" if n % 12 else "awaiting_payment"))
        if n in {5, 13}:
            shop.do(orders.move, Move(done.id, "cancelled", reason="s-a răzgândit"))
        if done.number in MARKED:
            shop.do(views.mark, Mark(done.id), Role.TECHNICIAN)
    return at


def test_a_list_longer_than_one_answer_comes_whole_and_in_its_order(shop: TestShop) -> None:
    many = 200_001
    counted = select(literal(1, BigInteger).label("number")).cte(recursive=True)
    counted = counted.union_all(select(counted.c.number + 1).where(counted.c.number < many))
    falling = select(counted.c.number).order_by(counted.c.number.desc())
    with shop.database.read() as session:
        found = spines.spine(session, spines.bones(shop.database.dialect, falling), {})
    assert found == array("q", range(many, 0, -1))


def searched(typed: str) -> Question:
    at = datetime.now(UTC)
    return Question(parse(typed, day_of(at, ZONE)), at=at, zone=ZONE, sort="number")


def test_the_order_whose_number_was_typed_leads_the_newest_and_no_phone_is_taken_for_a_number(shop: TestShop) -> None:
    for _again in range(12):
        an_order(shop)
    with shop.database.read() as session:
        for typed, first in (("1", 1), ("2", 2), ("07", 12)):
            question = replace(searched(typed), descending=True)
            assert lists.opening(session, question, limit=2).rows[0].number == first, typed
            assert lists.listing(session, question).keys[0] == first, typed


def everything(shop: TestShop) -> list[OrderRow]:
    with shop.database.read() as session:
        return lists.rows(session, list(range(1, 200)))


def belongs(row: OrderRow, view: str, me: UUID, at: datetime) -> bool:
    is_open = row.phase not in {"done", "cancelled"}
    return {
        "active": is_open,
        "mine": is_open and row.assignee_id == me,
        "to_take": is_open and row.assignee_id is None,
        "late": lists.is_late(row, at),
        "urgent": is_open and row.urgency == "urgent",
        "ready": row.status == "ready",
        "awaiting_payment": row.status == "awaiting_payment",
        "shipped": row.status == "shipped",
        "marked": row.number in MARKED,
        "all": True,
    }[view]


def place(row: OrderRow, sort: str, at: datetime) -> tuple[object, ...]:
    keys: dict[str, Callable[[], tuple[object, ...]]] = {
        DUE: lambda: (not lists.is_late(row, at), row.promised_at),
        "number": lambda: (),
        "device": lambda: (fold(row.device_title),),
        "customer": lambda: (fold(row.customer_name),),
        "problem": lambda: (fold(row.complaint)[:80],),
        "status": lambda: (list(STATUS).index(row.status),),
        "assignee": lambda: (fold(row.assignee),),
        "promised": lambda: (row.promised_at,),
        "received": lambda: (row.received_at,),
        "balance": lambda: (row.balance,),
        "bin": lambda: (row.bin,),
    }
    return (*keys[sort](), row.number)


def test_every_list_is_the_same_by_spine_by_pages_and_by_brute_force(shop: TestShop) -> None:
    at = fill(shop)
    me = shop.people[Role.TECHNICIAN]
    known = everything(shop)
    with shop.database.read() as session:
        for view in VIEWS:
            members = [row for row in known if belongs(row, view.key, me, at)]
            for sort in (DUE, *SORTS):
                for descending in (False, True):
                    question = Question(view.filters, me, at, ZONE, sort, descending)
                    expected = sorted(members, key=lambda row: place(row, sort, at), reverse=descending)
                    numbers = [row.number for row in expected]
                    assert list(lists.spine(session, question)) == numbers, question
                    paged: list[OrderRow] = []
                    while part := lists.page(session, question, after=paged[-1].number if paged else None, limit=7):
                        paged.extend(part)
                    assert paged == expected, question
                    whole = lists.listing(session, question)
                    assert [key for key in whole.keys if key > 0] == numbers, question


def test_every_view_has_somebody_in_it_so_that_the_lists_prove_something(shop: TestShop) -> None:
    at = fill(shop)
    known, me = everything(shop), shop.people[Role.TECHNICIAN]
    expected = {view.key: sum(belongs(row, view.key, me, at) for row in known) for view in VIEWS if view.key != "all"}
    assert all(expected.values())
    with shop.database.read() as session:
        assert lists.counts(session, VIEWS, Viewer(me, at)) == expected


def test_sections_follow_the_shops_days_and_count_what_is_under_them(shop: TestShop) -> None:
    at = fill(shop)
    by_number = {row.number: row for row in everything(shop)}
    with shop.database.read() as session:
        whole = lists.listing(session, Question(at=at, zone=ZONE))
    marks = [key for key in whole.keys if key < 0]
    assert marks[0] == LATE
    assert len(set(marks)) == len(marks)
    under: dict[int, list[OrderRow]] = {}
    for key in whole.keys:
        if key < 0:
            under[key] = []
        else:
            under[next(reversed(under))].append(by_number[key])
    assert {mark: len(rows) for mark, rows in under.items()} == whole.sections
    assert all(lists.is_late(row, at) for row in under[LATE])
    today = day_of(at, ZONE)
    for mark, rows in under.items():
        for row in rows:
            day = day_of(row.promised_at, ZONE)
            assert mark == LATE or mark == (EARLIER if day < today else -day.toordinal())


def test_a_list_asked_again_the_same_day_knows_what_became_late_meanwhile(shop: TestShop) -> None:
    at = datetime.now(UTC) + timedelta(minutes=1)
    done = an_order(shop, promised_at=at + timedelta(seconds=1))
    with shop.database.read() as session:
        for moment, late in ((at, []), (at + timedelta(seconds=2), [done.number]), (at, [])):
            assert list(lists.spine(session, Question(VIEW["late"].filters, at=moment, zone=ZONE))) == late
            whole = lists.listing(session, Question(at=moment, zone=ZONE))
            assert (LATE in whole.sections) == bool(late)
            assert lists.counts(session, VIEWS, Viewer(None, moment, ZONE))["late"] == len(late)


def test_a_long_list_has_no_sections_and_opens_with_its_first_page(
    shop: TestShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = fill(shop)
    monkeypatch.setattr(lists, "_SECTIONED", 10)
    with shop.database.read() as session:
        opened = lists.opening(session, Question(at=at, zone=ZONE), limit=6)
        whole = lists.listing(session, Question(at=at, zone=ZONE))
        assert not opened.whole
        assert list(opened.listing.keys) == list(whole.keys[:6]) == [row.number for row in opened.rows]
        assert list(whole.keys) == list(lists.spine(session, Question(at=at, zone=ZONE)))


@pytest.mark.parametrize(
    "typed",
    [
        "1",
        "0733 000 295",
        "0733000295",
        "+40733000295",
        "+40 733 000 295",
        "0040 733.000.295",
        "0733-000-295",
        "000295",
        "000 295",
        "barsanescu",
        "Bârsănescu Ilinca",
        "ilinca bars",
        "BÂRSĂNESCU",
        "0719464",
        "35 000000 071946 4",
        "350000000719464",
        "tactilul raspunde",
        "coltul   drept",
        "colțul",
        "a54",
        "g a54 5g",
        "5g il",
        "nu",
        "dr",
    ],
)
def test_an_order_is_found_by_whatever_somebody_remembers_of_it(shop: TestShop, typed: str) -> None:
    wanted = an_order(
        shop,
        customer=NewCustomer("Ilinca Bârsănescu", "0733 000 295"),
        device=NewDevice("phone", "Samsung", "Galaxy A54 5G", "350000000719464"),
        complaint="Ecran spart în colţul drept, tactilul nu răspunde",
    )
    an_order(shop, complaint="Baterie", customer=NewCustomer("Zoe Vlad", "0744 888 777"))
    with shop.database.read() as session:
        question = searched(typed)
        assert wanted.number in lists.spine(session, question)
        found = [row.number for row in lists.page(session, question)]
        assert found == [wanted.number] or typed == "1"


@pytest.mark.parametrize("typed", ["xyzq", "0733 000 296", "ilinca popescu", "100%", "a_4", 'q"z', "' OR 1=1 --", "\\"])
def test_what_nobody_wrote_is_not_found_and_breaks_nothing(shop: TestShop, typed: str) -> None:
    an_order(
        shop,
        customer=NewCustomer("Ilinca Bârsănescu", "0733 000 295"),
        device=NewDevice("phone", "Samsung", "Galaxy A54 5G"),
    )
    with shop.database.read() as session:
        assert list(lists.spine(session, searched(typed))) == []


def test_a_moldovan_phone_is_found_in_every_notation(shop: TestShop) -> None:
    done = an_order(shop, customer=NewCustomer("Vasile Lupu", "+373 69 123 456"))
    with shop.database.read() as session:
        for typed in ("069 123 456", "+373 69 123 456", "0037369123456", "69123456", "123456"):
            assert list(lists.spine(session, searched(typed))) == [done.number], typed


@pytest.mark.parametrize("limit", [1, 60])
def test_a_whole_number_typed_comes_before_what_only_holds_its_digits(shop: TestShop, limit: int) -> None:
    for _one in range(3):
        an_order(shop, complaint="Cod 23")
    with shop.database.read() as session:
        question = replace(searched("2"), descending=True)
        assert [row.number for row in lists.opening(session, question, limit=limit).rows] == [2, 3, 1][: limit + 1]
        assert list(lists.listing(session, question).keys) == [2, 3, 1]
        assert lists.opening(session, searched("9" * 40)).rows == []


def test_a_scanned_code_finds_its_order_alone(shop: TestShop) -> None:
    numbers = [an_order(shop).number for _one in range(3)]
    with shop.database.read() as session:
        for number in numbers:
            assert number is not None
            found = lists.spine(session, searched(order_code(number)))
            assert list(found) == [number]


def test_the_search_stays_inside_the_view(shop: TestShop) -> None:
    first, second = an_order(shop), an_order(shop)
    shop.do(claiming.claim, Claim(first.id), Role.TECHNICIAN)
    with shop.database.read() as session:
        question = Question((*VIEW[TO_TAKE].filters, *searched("iphone").filters), at=datetime.now(UTC))
        assert list(lists.spine(session, question)) == [second.number]


def test_rows_come_in_the_order_asked_and_skip_what_is_gone(shop: TestShop) -> None:
    numbers = [an_order(shop).number or 0 for _one in range(3)]
    with shop.database.read() as session:
        found = lists.rows(session, [numbers[2], 999, numbers[0]])
        assert [row.number for row in found] == [numbers[2], numbers[0]]
        assert [row.id for row in lists.rows_by_id(session, [found[0].id])] == [found[0].id]


def test_a_shop_knows_whether_it_has_taken_anything_in(shop: TestShop) -> None:
    with shop.database.read() as session:
        assert not lists.any_orders(session)
    an_order(shop)
    with shop.database.read() as session:
        assert lists.any_orders(session)
