"""The day's report: what an owner is promised, on both databases."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop import SHOP, TestShop, a_new_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import MONEY
from ticketdesk.domain.rights import Role
from ticketdesk.services import bench, claiming, intake, lines, orders, payments, shifts, wire
from ticketdesk.services import day as days
from ticketdesk.services import settings as settings_of
from ticketdesk.services.bench import PauseTimer, StartTimer
from ticketdesk.services.claiming import Claim
from ticketdesk.services.day import WHOLE, Day, Sight
from ticketdesk.services.doors import Done
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.payments import Refund, TakePayment
from ticketdesk.services.shifts import CloseShift, Count, CountTill, OpenShift
from ticketdesk.storage.tables import Payment

ZONE = ZoneInfo(SHOP.zone)
MONDAY = date(2026, 3, 16)
LONG_DAY = date(2026, 10, 25)
SHORT_DAY = date(2026, 3, 29)


def at(day: date, clock: str) -> datetime:
    """Give a moment of the shop's clock."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


def take_in(shop: TestShop, moment: datetime, deposit: int = 0, method: str = "cash") -> UUID:
    new = a_new_order(promised_at=moment + timedelta(days=2), deposit=deposit, deposit_method=method)
    return shop.do(intake.register, new, Role.CLERK, moment).id


def repair(shop: TestShop, order_id: UUID, ready: datetime, price: int, by: Role = Role.TECHNICIAN) -> None:
    shop.do(claiming.claim, claiming.Claim(order_id, start=True), by, ready - timedelta(hours=1))
    shop.do(lines.add, AddLine(order_id, LineFacts("Înlocuire ecran", price=price)), by, ready)
    shop.do(orders.move, orders.Move(order_id, "ready"), by, ready)


def hand_over(shop: TestShop, order_id: UUID, moment: datetime, amount: int) -> None:
    if amount:
        shop.do(payments.take_payment, TakePayment(order_id, (Tender("card", amount),)), Role.CLERK, moment)
    shop.do(orders.move, orders.Move(order_id, "handed_over"), Role.CLERK, moment)


def seen_by(shop: TestShop, role: Role) -> Sight:
    return days.sight(role, shop.people[role])


def report(shop: TestShop, day: date, role: Role = Role.OWNER) -> Day:
    with shop.database.read() as session:
        return days.day(session, day, settings_of.shop(session), seen_by(shop, role))


def behind(
    shop: TestShop, day: date, what: str, staff_id: UUID | None = None, role: Role = Role.OWNER
) -> list[OrderRow]:
    with shop.database.read() as session:
        return days.day_orders(session, day, SHOP, seen_by(shop, role), what, staff_id)


def test_an_empty_day_has_no_means_and_no_percentages(shop: TestShop) -> None:
    day = report(shop, MONDAY)
    assert (day.figures.takings, day.figures.received, day.figures.handed_over) == (0, 0, 0)
    assert (day.figures.average, day.figures.repair) == (None, None)
    assert day.hours == ()
    assert {method.method: method.amount for method in day.methods} == dict.fromkeys(MONEY, 0)
    assert day.technicians == ()
    assert len(day.series) == days.SERIES_DAYS
    assert day.series[-1].date == MONDAY


def test_what_was_taken_is_split_by_method_and_hour_and_refunds_are_taken_off(shop: TestShop) -> None:
    first = take_in(shop, at(MONDAY, "09:10"), 10_000)
    take_in(shop, at(MONDAY, "09:50"), 5_000, "card")
    take_in(shop, at(MONDAY, "11:05"), 2_000, "card")
    with shop.database.read() as session:
        paid = session.query(Payment).filter_by(order_id=first).one().id
    shop.approved(payments.refund, Refund(paid, 4_000, "prea mult"), Role.OWNER, at=at(MONDAY, "17:59"))

    day = report(shop, MONDAY)

    assert (day.taken, day.refunded, day.figures.takings, day.payments) == (17_000, 4_000, 13_000, 4)
    amounts = {each.method: (each.amount, each.count) for each in day.methods}
    assert amounts == {"cash": (6_000, 2), "card": (7_000, 2), "transfer": (0, 0), "voucher": (0, 0)}
    assert {each.hour: each.amount for each in day.hours if each.amount} == {9: 15_000, 11: 2_000, 17: -4_000}
    assert [each.hour for each in day.hours] == list(range(9, 18))


def test_who_worked_at_something_is_there_with_their_hours_even_if_nothing_went_out(shop: TestShop) -> None:
    order = take_in(shop, at(MONDAY, "09:00"))
    shop.do(claiming.claim, Claim(order), Role.TECHNICIAN, at(MONDAY, "09:05"))
    shop.do(bench.start_timer, StartTimer(order), Role.TECHNICIAN, at(MONDAY, "23:00"))
    shop.do(bench.pause_timer, PauseTimer(order), Role.TECHNICIAN, at(MONDAY + timedelta(days=1), "00:30"))
    told = [(each.name, each.handed_over, each.seconds) for each in report(shop, MONDAY).technicians]
    assert told == [("Vlad Ionescu", 0, 3600)]
    assert [each.seconds for each in report(shop, MONDAY + timedelta(days=1)).technicians] == [1800]
    assert report(shop, MONDAY, Role.CLERK).technicians == ()


def test_every_number_of_the_money_opens_the_orders_behind_it(shop: TestShop) -> None:
    cash = take_in(shop, at(MONDAY, "09:10"), 10_000)
    card = take_in(shop, at(MONDAY, "10:10"), 5_000, "card")
    take_in(shop, at(MONDAY, "12:00"))

    def ids(what: str) -> list[UUID]:
        return [row.id for row in behind(shop, MONDAY, what)]

    assert ids(days.TAKINGS) == [cash, card]
    assert ids(f"{days.METHOD}card") == [card]
    assert ids(f"{days.HOUR}9") == [cash]
    assert ids(days.REFUNDS) == []
    assert len(ids(days.RECEIVED)) == 3
    with pytest.raises(Refusal, match="no number"):
        behind(shop, MONDAY, "profit")


@pytest.mark.parametrize(
    ("day", "inside", "outside"),
    [
        pytest.param(
            LONG_DAY,
            ("2026-10-24T21:00:00", "2026-10-25T00:30:00", "2026-10-25T01:30:00", "2026-10-25T21:59:59"),
            ("2026-10-24T20:59:59", "2026-10-25T22:00:00"),
            id="a day of 25 hours",
        ),
        pytest.param(
            SHORT_DAY,
            ("2026-03-28T22:00:00", "2026-03-29T01:30:00", "2026-03-29T20:59:59"),
            ("2026-03-28T21:59:59", "2026-03-29T21:00:00"),
            id="a day of 23 hours",
        ),
    ],
)
def test_a_day_begins_and_ends_on_the_shops_clock(
    shop: TestShop, day: date, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    for moment in (*inside, *outside):
        take_in(shop, datetime.fromisoformat(moment).replace(tzinfo=UTC), 1_000)
    found = report(shop, day)
    assert found.figures.received == found.payments == len(inside)
    assert found.figures.takings == 1_000 * len(inside)
    neighbours = [report(shop, day + timedelta(days=step)).figures.received for step in (-1, 1)]
    assert neighbours == [1, 1]


def test_an_hour_that_comes_twice_is_one_hour_and_one_that_never_comes_is_none(shop: TestShop) -> None:
    for moment in ("2026-10-25T00:30", "2026-10-25T01:30", "2026-03-29T00:59", "2026-03-29T01:00"):
        take_in(shop, datetime.fromisoformat(moment).replace(tzinfo=UTC), 1_000)
    assert {hour.hour: hour.amount for hour in report(shop, LONG_DAY).hours} == {3: 2_000}
    assert {hour.hour: hour.amount for hour in report(shop, SHORT_DAY).hours} == {2: 1_000, 3: 0, 4: 1_000}
    assert len(behind(shop, LONG_DAY, f"{days.HOUR}3")) == 2


def test_handing_over_is_counted_timed_and_credited(shop: TestShop) -> None:
    week_before = MONDAY - timedelta(days=7)
    quick = take_in(shop, at(MONDAY, "08:00"))
    repair(shop, quick, at(MONDAY, "12:00"), 30_000)
    hand_over(shop, quick, at(MONDAY, "18:00"), 30_000)
    slow = take_in(shop, at(week_before, "09:00"))
    repair(shop, slow, at(MONDAY, "09:00"), 10_000, Role.OWNER)
    hand_over(shop, slow, at(MONDAY, "10:00"), 10_000)

    day = report(shop, MONDAY)

    assert day.figures.handed_over == 2
    assert day.figures.average == 20_000
    assert day.figures.repair == (4 * 3600 + 7 * 86_400) // 2
    assert day.before.received == 1
    assert day.before.date == week_before
    people = {each.staff_id: each for each in day.technicians}
    technician, owner = people[shop.people[Role.TECHNICIAN]], people[shop.people[Role.OWNER]]
    assert (technician.handed_over, technician.on_time, technician.work) == (1, 1, 30_000)
    assert (owner.handed_over, owner.on_time, owner.work) == (1, 0, 10_000)
    assert sum(each.handed_over for each in day.technicians) == day.figures.handed_over
    by_day = {each.date: (each.received, each.handed_over) for each in day.series}
    assert by_day[week_before] == (1, 0)
    assert by_day[MONDAY] == (1, 2)
    for what in (days.HANDED_OVER, days.AVERAGE, days.REPAIR):
        assert [row.id for row in behind(shop, MONDAY, what)] == [quick, slow]
    mine = shop.people[Role.OWNER]
    assert [row.id for row in behind(shop, MONDAY, days.TECHNICIAN, mine)] == [slow]
    assert [row.id for row in behind(shop, MONDAY, days.WORK, mine)] == [slow]
    assert behind(shop, MONDAY, days.ON_TIME, mine) == []


def test_work_done_on_a_colleagues_order_is_credited_to_whoever_did_it(shop: TestShop) -> None:
    order = take_in(shop, at(MONDAY, "08:00"))
    manager = shop.people[Role.MANAGER]
    repair(shop, order, at(MONDAY, "12:00"), 30_000)
    extra = AddLine(order, LineFacts("Curățare", price=5_000, done_by=manager))
    shop.do(lines.add, extra, Role.MANAGER, at(MONDAY, "13:00"))
    hand_over(shop, order, at(MONDAY, "18:00"), 35_000)
    people = {each.staff_id: each for each in report(shop, MONDAY).technicians}
    assert people[manager].work == 5_000
    assert people[manager].handed_over == 0
    assert [row.id for row in behind(shop, MONDAY, days.WORK, manager)] == [order]


def test_late_orders_are_those_of_now_oldest_first(shop: TestShop) -> None:
    now = datetime.now(UTC)
    old = take_in(shop, now - timedelta(days=7))
    older = take_in(shop, now - timedelta(days=9))
    take_in(shop, now - timedelta(days=1))
    ready = take_in(shop, now - timedelta(days=8))
    repair(shop, ready, now - timedelta(days=1), 1_000)
    day = report(shop, MONDAY)
    assert [late.id for late in day.late] == [older, old]
    assert day.late_count == 2
    assert [row.id for row in behind(shop, MONDAY, days.LATE)] == [older, old]


_EDGES = st.sampled_from(
    [at(day + timedelta(days=step), clock) for day in (MONDAY, LONG_DAY, SHORT_DAY) for step in (0, 1)
     for clock in ("00:00:00", "23:59:59.999999")]
)  # fmt: skip
_SPRING = datetime(2026, 3, 1, tzinfo=UTC)
_MOMENTS = st.one_of(_EDGES, st.integers(0, 245 * 86_400).map(lambda seconds: _SPRING + timedelta(seconds=seconds)))
_PAID = st.tuples(_MOMENTS, st.sampled_from(MONEY), st.integers(-500_000, 500_000).filter(lambda amount: amount != 0))


class _Undo(Exception):  # noqa: N818 - it is no error
    pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paid=st.lists(_PAID, min_size=1, max_size=12))
def test_sums_are_what_was_paid_whatever_the_moments(shop: TestShop, paid: list[tuple[datetime, str, int]]) -> None:
    if "order" not in shop.database.info:
        shop.database.info["order"] = take_in(shop, at(date(2026, 2, 1), "10:00"))
    order_id, staff_id = shop.database.info["order"], shop.people[Role.CLERK]
    with suppress(_Undo), shop.database.begin() as session:
        for number, (moment, method, amount) in enumerate(paid):
            session.add(
                Payment(
                    id=new_key(), order_id=order_id, number=number + 1, kind="payment", method=method,
                    amount=amount, tendered=amount, at=moment, staff_id=staff_id, station="T1",
                )
            )  # fmt: skip
        session.flush()
        for day in (MONDAY, LONG_DAY, SHORT_DAY, paid[0][0].astimezone(ZONE).date()):
            theirs = [(method, amount) for moment, method, amount in paid
                      if moment.astimezone(ZONE).date() == day]  # fmt: skip
            found = days.day(session, day, SHOP, WHOLE)
            total = sum(amount for _method, amount in theirs)
            assert found.taken is not None
            assert found.refunded is not None
            assert found.figures.takings == found.taken - found.refunded == total
            assert sum(hour.amount for hour in found.hours) == total
            assert sum(each.amount for each in found.methods) == total
            for each in found.methods:
                assert each.amount == sum(amount for method, amount in theirs if method == each.method)
        raise _Undo


def test_a_shop_elsewhere_has_other_days(shop: TestShop) -> None:
    order = take_in(shop, datetime(2026, 3, 16, 3, 30, tzinfo=UTC), 1_000)
    new_york = replace(SHOP, zone="America/New_York")
    with shop.database.read() as session:
        assert days.day(session, date(2026, 3, 15), new_york, WHOLE).figures.takings == 1_000
        assert days.day(session, MONDAY, new_york, WHOLE).figures.takings == 0
        assert [row.id for row in days.day_orders(session, date(2026, 3, 15), new_york, WHOLE, f"{days.HOUR}23")] == [
            order
        ]


def open_till(shop: TestShop, moment: datetime, amount: int = 10_000) -> Done:
    shop.set(shifts=True)
    return shop.do(shifts.open_shift, OpenShift(Count(other=amount)), Role.CLERK, moment)


def close_till(shop: TestShop, shift: Done, cash: int, moment: datetime) -> None:
    counted = shop.do(shifts.count_till, CountTill(shift.id, Count(other=cash)), Role.CLERK, moment)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(shift.id, counted.made), Role.CLERK, moment)


BLIND = [Role.MANAGER, Role.CLERK, Role.TECHNICIAN]


@pytest.mark.parametrize("role", BLIND)
def test_who_counts_blind_sees_no_cash_of_an_open_till_nor_what_gives_it_away(shop: TestShop, role: Role) -> None:
    shift = open_till(shop, at(MONDAY, "08:00"))
    order = take_in(shop, at(MONDAY, "09:10"), 12_345)
    repair(shop, order, at(MONDAY, "10:00"), 20_000)
    hand_over(shop, order, at(MONDAY, "11:00"), 7_655)  # by card

    day = report(shop, MONDAY, role)
    assert day.blind
    assert "cash" not in {each.method for each in day.methods}
    assert (day.figures.takings, day.figures.average, day.taken, day.refunded, day.hours) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert {place.amount for place in day.places} <= {None}
    assert "12345" not in wire.dumps(day)
    assert "20000" not in wire.dumps(replace(day, technicians=()))
    for what in (days.TAKINGS, f"{days.METHOD}cash", f"{days.HOUR}9", f"{days.SHIFT}{shift.id}"):
        with pytest.raises(Refusal, match="once the till is closed"):
            behind(shop, MONDAY, what, role=role)
    # the owner, who counts nothing, sees it; and so does everybody else once the count is written down
    assert report(shop, MONDAY).figures.takings == 20_000
    close_till(shop, shift, 22_345, at(MONDAY, "19:00"))
    assert not report(shop, MONDAY, role).blind
    assert report(shop, MONDAY, Role.MANAGER).figures.takings == 20_000


def test_the_accountant_reads_everything_and_a_day_before_the_till_was_opened_hides_nothing(shop: TestShop) -> None:
    take_in(shop, at(MONDAY, "09:10"), 5_000)
    open_till(shop, at(MONDAY + timedelta(days=1), "08:00"))
    take_in(shop, at(MONDAY + timedelta(days=1), "09:00"), 7_000)
    assert report(shop, MONDAY, Role.MANAGER).figures.takings == 5_000
    later = report(shop, MONDAY + timedelta(days=7), Role.MANAGER)
    assert (later.figures.takings, later.before.takings) == (None, 5_000)  # its own till is open still
    assert report(shop, MONDAY + timedelta(days=1), Role.ACCOUNTANT).figures.takings == 7_000


def test_a_clerk_and_a_technician_see_their_own_day_and_nobody_elses(shop: TestShop) -> None:
    mine = take_in(shop, at(MONDAY, "09:00"), 5_000)
    theirs = shop.do(
        intake.register, a_new_order(promised_at=at(MONDAY, "20:00"), deposit=3_000), Role.MANAGER, at(MONDAY, "09:30")
    ).id
    for order in (mine, theirs):
        repair(shop, order, at(MONDAY, "12:00"), 30_000)
    shop.do(payments.take_payment, TakePayment(mine, (Tender("card", 25_000),)), Role.MANAGER, at(MONDAY, "13:00"))
    shop.do(orders.move, orders.Move(mine, "handed_over"), Role.CLERK, at(MONDAY, "13:00"))

    clerk = report(shop, MONDAY, Role.CLERK)
    assert clerk.own
    assert (clerk.figures.takings, clerk.figures.received, clerk.figures.handed_over) == (5_000, 1, 1)
    assert clerk.technicians == ()
    assert [row.id for row in behind(shop, MONDAY, days.TAKINGS, role=Role.CLERK)] == [mine]
    assert [row.id for row in behind(shop, MONDAY, days.RECEIVED, role=Role.CLERK)] == [mine]
    technician = report(shop, MONDAY, Role.TECHNICIAN)
    assert (technician.figures.takings, technician.figures.handed_over) == (0, 1)
    assert [(each.staff_id, each.work) for each in technician.technicians] == [(shop.people[Role.TECHNICIAN], 30_000)]
    # asking for a colleague's work gives one's own
    owner = shop.people[Role.OWNER]
    assert [row.id for row in behind(shop, MONDAY, days.WORK, owner, Role.TECHNICIAN)] == [mine]
    whole = report(shop, MONDAY)
    assert not whole.own
    assert (whole.figures.takings, whole.figures.received) == (33_000, 2)


def test_what_is_taken_with_no_till_open_has_a_line_of_its_own_and_all_lines_make_the_takings(shop: TestShop) -> None:
    early = at(MONDAY, "07:30")
    shop.set(shifts=True)
    outside = take_in(shop, early, 4_000, "card")
    shift = open_till(shop, at(MONDAY, "08:00"))
    take_in(shop, at(MONDAY, "09:00"), 10_000)
    take_in(shop, at(MONDAY, "09:30"), 2_500, "card")
    day = report(shop, MONDAY)
    assert [(place.shift, place.amount, place.count) for place in day.places] == [
        (shift.document, 12_500, 2), (None, 4_000, 1),
    ]  # fmt: skip
    assert sum(place.amount or 0 for place in day.places) == day.figures.takings == 16_500
    assert [row.id for row in behind(shop, MONDAY, days.OUTSIDE)] == [outside]
    assert len(behind(shop, MONDAY, f"{days.SHIFT}{shift.id}")) == 2
    # it is no cash, so whoever counts blind may see it
    assert [place.amount for place in report(shop, MONDAY, Role.MANAGER).places] == [None, 4_000]


def test_a_shop_that_keeps_no_shifts_has_no_lines_for_them(shop: TestShop) -> None:
    take_in(shop, at(MONDAY, "09:00"), 10_000)
    assert report(shop, MONDAY).places == ()
