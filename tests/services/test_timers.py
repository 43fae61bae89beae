"""Work timers: how long people were at an order, never two at once, stopped when the work stops; on both databases."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from shop import TestShop, an_order
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import bench, claiming, colleagues, journal, lines, orders, pages, timers
from ticketdesk.services.bench import PauseTimer, StartTimer
from ticketdesk.services.claiming import Assign, Claim, Release
from ticketdesk.services.doors import Done, perform
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import TimerMark

AT = datetime.now(UTC) + timedelta(minutes=1)
TECHNICIAN = Role.TECHNICIAN


def after(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def claimed(shop: TestShop, role: Role = TECHNICIAN) -> UUID:
    """Take a phone in and let somebody claim it."""
    done = an_order(shop)
    shop.do(claiming.claim, Claim(done.id), role)
    return done.id


def start(shop: TestShop, order: UUID, minute: float = 0, role: Role = TECHNICIAN) -> Done:
    return shop.do(bench.start_timer, StartTimer(order), role, after(minute))


def pause(shop: TestShop, order: UUID, minute: float, role: Role = TECHNICIAN) -> Done:
    return shop.do(bench.pause_timer, PauseTimer(order), role, after(minute))


def worked(shop: TestShop, order: UUID) -> timers.Worked:
    with shop.database.read() as session:
        return pages.order_page(session, order).worked


def runs_at(shop: TestShop, role: Role = TECHNICIAN) -> UUID | None:
    with shop.database.read() as session:
        found = timers.running(session, shop.people[role])
        return found.order_id if found else None


def status(shop: TestShop, order: UUID) -> str:
    with shop.database.read() as session:
        return pages.order_page(session, order).row.status


def said(shop: TestShop, order: UUID) -> list[tuple[str, dict[str, object]]]:
    """Give what the history of an order says of timers, the first thing first."""
    with shop.database.read() as session:
        entries = journal.history(session, order)
    return [(entry.action, json.loads(entry.content)) for entry in reversed(entries) if "timer" in entry.action]


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def test_the_time_at_an_order_is_what_lies_between_start_and_pause(shop: TestShop) -> None:
    order = claimed(shop)
    start(shop, order)
    assert status(shop, order) == "in_progress"  # whose timer runs is being worked at
    assert worked(shop, order).until(after(5)) == 5 * 60
    pause(shop, order, 12)
    start(shop, order, 60)
    pause(shop, order, 90.5)
    assert worked(shop, order) == timers.Worked(42 * 60 + 30)
    assert said(shop, order) == [
        ("timer_started", {}), ("timer_paused", {"seconds": 720}),
        ("timer_started", {}), ("timer_paused", {"seconds": 1830}),
    ]  # fmt: skip
    assert faults(shop) == []


def test_starting_at_one_order_pauses_the_other(shop: TestShop) -> None:
    first, second = claimed(shop), claimed(shop)
    start(shop, first)
    start(shop, second, 10)
    assert runs_at(shop) == second
    assert worked(shop, first) == timers.Worked(600)
    assert [action for action, _facts in said(shop, first)] == ["timer_started", "timer_paused"]
    assert faults(shop) == []


def test_pressed_twice_it_runs_once_and_a_pause_of_what_rests_changes_nothing(shop: TestShop) -> None:
    order = claimed(shop)
    pause(shop, order, 0)
    start(shop, order, 1)
    start(shop, order, 2)
    pause(shop, order, 3)
    pause(shop, order, 4)
    assert worked(shop, order) == timers.Worked(120)
    assert len(said(shop, order)) == 2


@pytest.mark.parametrize(
    ("to", "role"),
    [("ready", TECHNICIAN), ("awaiting_parts", TECHNICIAN), ("created", TECHNICIAN), ("cancelled", Role.OWNER)],
)
def test_an_order_that_leaves_the_work_stops_every_timer_at_it(shop: TestShop, to: str, role: Role) -> None:
    order = claimed(shop)
    shop.do(lines.add, AddLine(order, LineFacts("Ecran", price=100)))
    start(shop, order)
    start(shop, order, 0, Role.OWNER)  # somebody helps
    shop.do(orders.move, Move(order, to, reason="Nu mai vrea"), role, after(20))
    assert (runs_at(shop), runs_at(shop, Role.OWNER)) == (None, None)
    assert worked(shop, order) == timers.Worked(2 * 20 * 60)
    assert faults(shop) == []
    with shop.database.read() as session:
        named = {facts.get("name") for action, facts in said(shop, order) if action == "timer_paused"}
        assert session.scalar(select(func.count()).select_from(TimerMark)) == 4
    assert named == {None, "Mircea Băcilă" if role is TECHNICIAN else "Vlad Ionescu"}


def test_an_order_given_back_or_away_stops_the_timer(shop: TestShop) -> None:
    mine, another = claimed(shop), claimed(shop)
    start(shop, mine)
    shop.do(claiming.release, Release(mine), TECHNICIAN, after(3))
    assert runs_at(shop) is None
    start(shop, another, 5)
    people = shop.people
    shop.do(claiming.assign, Assign(another, people[Role.MANAGER], people[TECHNICIAN]), Role.MANAGER, after(6))
    assert runs_at(shop) is None
    assert (worked(shop, mine), worked(shop, another)) == (timers.Worked(180), timers.Worked(60))
    assert faults(shop) == []


def test_an_order_that_waits_goes_on_and_one_that_is_ready_does_not(shop: TestShop) -> None:
    order = claimed(shop)
    start(shop, order)
    shop.do(orders.move, Move(order, "awaiting_parts"), TECHNICIAN, after(1))
    start(shop, order, 2)
    assert status(shop, order) == "in_progress"
    shop.do(lines.add, AddLine(order, LineFacts("Ecran", price=100)))
    shop.do(orders.move, Move(order, "ready"), TECHNICIAN, after(3))
    with pytest.raises(Refusal, match="“Ready”"):
        start(shop, order, 4)
    assert worked(shop, order) == timers.Worked(120)


def test_only_who_may_work_at_an_order_takes_time_on_it(shop: TestShop) -> None:
    unclaimed, theirs = an_order(shop).id, claimed(shop, Role.MANAGER)
    with pytest.raises(Refusal, match="Claim order"):
        start(shop, unclaimed)
    with pytest.raises(Refusal, match="Raluca Mureșan is responsible"):
        start(shop, theirs)
    for role in (Role.CLERK, Role.ACCOUNTANT):
        with pytest.raises(Refusal, match="Your role"):
            start(shop, theirs, role=role)
    start(shop, theirs, role=Role.OWNER)
    assert runs_at(shop, Role.OWNER) == theirs


def test_whoever_leaves_the_shop_leaves_no_timer_running(shop: TestShop) -> None:
    order = claimed(shop)
    start(shop, order)
    person = shop.people[TECHNICIAN]
    shop.approved(colleagues.edit, Edit(person, {"active": True}, {"active": False}), at=after(30))
    assert runs_at(shop) is None
    assert worked(shop, order) == timers.Worked(1800)
    assert faults(shop) == []


def test_a_clock_that_is_behind_takes_no_time_away(shop: TestShop) -> None:
    order = claimed(shop)
    start(shop, order, 10)
    pause(shop, order, 9)  # at another PC, or it arrived late
    assert worked(shop, order) == timers.Worked(0)
    assert worked(shop, order).until(after(-60)) == 0
    assert faults(shop) == []


def test_of_two_pcs_that_start_at_once_each_mark_is_one_and_one_timer_runs(shop: TestShop) -> None:
    """Whoever was second pauses what the first started: one timer runs at the end, and no mark is lost."""
    chosen = [claimed(shop) for _order in range(4)]
    together, failed = Barrier(len(chosen)), list[Exception]()

    def at_a_pc(order: UUID, place: int) -> None:
        by = By(shop.people[TECHNICIAN], f"T{place}", after(place), new_key())
        together.wait()
        try:
            perform(shop.database, by, bench.start_timer, StartTimer(order))
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [Thread(target=at_a_pc, args=(order, place)) for place, order in enumerate(chosen)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    running = [one for order in chosen for one in worked(shop, order).running]
    assert [one.order_id for one in running] == [runs_at(shop)]
    with shop.database.read() as session:
        places = session.scalars(select(TimerMark.place).order_by(TimerMark.place)).all()
    assert list(places) == list(range(1, 2 * len(chosen)))
    assert faults(shop) == []


MINUTES = count(2000)
"""Minutes that pass, from one example to the next, too."""
STEPS = st.lists(st.tuples(st.sampled_from(["start", "pause", "wait", "release"]), st.integers(0, 2)), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_pressed_one_timer_runs_and_every_minute_counts_once(
    sqlite_shop: TestShop, steps: list[tuple[str, int]]
) -> None:
    shop, chosen = sqlite_shop, [claimed(sqlite_shop) for _order in range(3)]
    if (left := runs_at(shop)) is not None:
        pause(shop, left, next(MINUTES))
    model, running = dict.fromkeys(chosen, 0), None
    for step, place in steps:
        order, at = chosen[place], after(next(MINUTES))
        try:
            if step == "start":
                shop.do(bench.start_timer, StartTimer(order), TECHNICIAN, at)
                running = order
            elif step == "pause":
                shop.do(bench.pause_timer, PauseTimer(order), TECHNICIAN, at)
            elif step == "wait":
                shop.do(orders.move, Move(order, "awaiting_parts"), TECHNICIAN, at)
            else:
                shop.do(claiming.release, Release(order), TECHNICIAN, at)
        except Refusal:
            pass  # nothing changed
        else:
            running = None if step != "start" and running == order else running
        assert runs_at(shop) == running
        if running is not None:
            model[running] += 60  # until the next step, a minute later
    end = after(next(MINUTES))
    assert {order: worked(shop, order).until(end) for order in chosen} == model


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE timer_mark SET running = false WHERE place = 3", "the journal says"),
        ("UPDATE timer_mark SET station = 'T9' WHERE place = 2", "the journal says"),
        ("DELETE FROM timer_mark WHERE place = 2", "the journal tells of a mark that is not there"),
        ("UPDATE timer_mark SET place = 7 WHERE place = 3", "timer of Vlad Ionescu: mark 3 is missing"),
    ],
)
def test_verify_names_a_mark_that_was_changed_behind_the_program(shop: TestShop, statement: str, named: str) -> None:
    order = claimed(shop)
    start(shop, order)
    pause(shop, order, 10)
    start(shop, order, 20)
    with pytest.raises(DBAPIError, match="only added"), shop.database.engine.begin() as connection:
        connection.execute(text(statement))
    with shop.database.engine.begin() as connection:
        if shop.database.dialect == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER timer_mark_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER timer_mark_only_added ON timer_mark"))
    if shop.database.dialect == "sqlite":
        statement = statement.replace("false", "0")
    with shop.database.engine.begin() as connection:
        connection.execute(text(statement))
    found = faults(shop)
    assert [fault for fault in found if fault.startswith("timers:") and named in fault], found


def test_the_queue_holds_what_is_mine_and_the_pool_in_the_order_it_is_claimed(shop: TestShop) -> None:
    soon, later = datetime.now(UTC) + timedelta(hours=2), datetime.now(UTC) + timedelta(hours=9)
    b, a = (an_order(shop, promised_at=at) for at in (later, soon))
    urgent = an_order(shop, promised_at=later, urgency=Urgency.URGENT)
    for done in (b, a):
        shop.do(claiming.claim, Claim(done.id), TECHNICIAN)
    theirs = claimed(shop, Role.MANAGER)
    free = an_order(shop, promised_at=soon)
    shop.do(lines.add, AddLine(a.id, LineFacts("Ecran", price=100)))
    for to in ("in_progress", "ready"):
        shop.do(orders.move, Move(a.id, to), TECHNICIAN)
    with shop.database.read() as session:
        found = bench.queue(session, shop.people[TECHNICIAN], pool=True)
        alone = bench.queue(session, shop.people[TECHNICIAN], pool=False)
    assert [row.id for row in found.mine] == [b.id, a.id]  # what is ready comes last
    assert [row.id for row in found.pool] == [urgent.id, free.id]
    assert theirs not in {row.id for row in (*found.mine, *found.pool)}
    assert alone.pool == []
    assert shop.do(claiming.claim, Claim(), TECHNICIAN).id == urgent.id


def test_the_queue_is_found_by_an_index_of_open_orders(sqlite_shop: TestShop) -> None:
    claimed(sqlite_shop)
    asked: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(sqlite_shop.database.engine, "before_cursor_execute", hear)
    with sqlite_shop.database.read() as session:
        bench.queue(session, sqlite_shop.people[TECHNICIAN], pool=True)
    event.remove(sqlite_shop.database.engine, "before_cursor_execute", hear)
    numbers = [(statement, values) for statement, values in asked if statement.startswith("SELECT orders.number")]
    assert len(numbers) == 2
    for statement, values in numbers:
        assert "LIMIT" in statement
        with sqlite_shop.database.engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = [row[3] for row in rows]
        assert "USING INDEX ix_orders_open" in plan[0], plan


def test_an_order_is_given_back_and_taken_again(shop: TestShop) -> None:
    mine, theirs = claimed(shop), claimed(shop, Role.MANAGER)
    shop.do(claiming.release, Release(mine), TECHNICIAN)
    with shop.database.read() as session:
        assert pages.order_page(session, mine).row.assignee_id is None
    shop.do(claiming.release, Release(mine), TECHNICIAN)  # twice is once
    with pytest.raises(Refusal, match="Raluca Mureșan is responsible now"):
        shop.do(claiming.release, Release(theirs), TECHNICIAN)
    shop.do(claiming.claim, Claim(mine), TECHNICIAN)
    shop.do(orders.move, Move(mine, "cancelled", reason="x"))
    with pytest.raises(Refusal, match="is closed"):
        shop.do(claiming.release, Release(mine), TECHNICIAN)


def hours(shop: TestShop, first: datetime, end: datetime, now: datetime) -> dict[str, int]:
    with shop.database.read() as session:
        return {name: seconds for _key, name, seconds in timers.between(session, first, end, now)}


def test_the_hours_of_a_day_are_those_within_it_whatever_ran_into_it_or_out_of_it(shop: TestShop) -> None:
    first, second = claimed(shop), claimed(shop)
    start(shop, first, 0)
    start(shop, second, 30)  # which ends the time at the first
    pause(shop, second, 50)
    start(shop, first, 100)
    pause(shop, first, 130)
    vlad = "Vlad Ionescu"
    assert hours(shop, after(-60), after(200), after(200)) == {vlad: 80 * 60}
    assert hours(shop, after(10), after(40), after(200)) == {vlad: 30 * 60}  # over both
    assert hours(shop, after(60), after(90), after(200)) == {}
    assert hours(shop, after(50), after(110), after(200)) == {vlad: 10 * 60}
    assert hours(shop, after(105), after(110), after(200)) == {vlad: 5 * 60}  # it ran before and after
    assert hours(shop, after(140), after(999), after(999)) == {}


def test_a_timer_that_runs_counts_until_now_and_not_beyond_its_day(shop: TestShop) -> None:
    order = claimed(shop)
    start(shop, order, 10)
    assert hours(shop, after(0), after(60), after(25)) == {"Vlad Ionescu": 15 * 60}
    assert hours(shop, after(0), after(60), after(500)) == {"Vlad Ionescu": 50 * 60}
    assert hours(shop, after(60), after(120), after(500)) == {"Vlad Ionescu": 60 * 60}
    assert hours(shop, after(0), after(60), after(5)) == {}  # by a clock that is behind
