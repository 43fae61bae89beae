"""What two people must not both do is done by one of them, wherever the first is stopped meanwhile (P20).

Five rules could break between two transactions that each look first and write after: no more goes back than was paid,
nobody pays into a closed shift, no drawer gives out more than lies in it, an order of the pool has one who claimed it, no
two locations write into one series.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread, current_thread

import pytest
from sqlalchemy import event, func, select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import auditing_rows, claiming, journal, locations, payments, shifts, tills
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import Refund, TakePayment
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Order, Payment, Shift

Deed = Callable[[], object]
_SOON = 0.04
"""How long the second is given before the first goes on, in seconds: it either is done then, or waits for a lock."""


@dataclass
class Stop:
    """Holds the thread of this name before its n-th statement."""

    before: int
    seen: int = 0
    reached: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    def look(self, *_args: object) -> None:
        """Count a statement; wait if it is the one."""
        if current_thread().name != "first":
            return
        self.seen += 1
        if self.seen == self.before:
            self.reached.set()
            self.go_on.wait(20)


@contextmanager
def stopped(shop: TestShop, before: int) -> Iterator[Stop]:
    stop, engine = Stop(before), shop.database.engine
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, stop.look)
    try:
        yield stop
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(engine, name, stop.look)


def both(shop: TestShop, first: Deed, second: Deed, before: int) -> tuple[list[bool], bool]:
    """Do two things at once, the first stopped before its n-th statement; who succeeded, and whether it came so far."""
    outcomes = {"first": False, "second": False}

    def attempt(name: str, deed: Deed) -> None:
        try:
            deed()
        except Refusal:
            return
        outcomes[name] = True

    with stopped(shop, before) as stop:
        one = Thread(target=attempt, args=("first", first), name="first")
        other = Thread(target=attempt, args=("second", second), name="second")
        one.start()
        while one.is_alive() and not stop.reached.wait(0.005):
            pass
        other.start()
        other.join(_SOON)
        stop.go_on.set()
        one.join()
        other.join()
    return list(outcomes.values()), stop.reached.is_set()


def act(shop: TestShop, action: object, command: object, role: Role = Role.OWNER) -> Deed:
    by: By = shop.by(role)
    return lambda: perform(shop.database, by, action, command)  # type: ignore[arg-type]


def refunds(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = an_order(shop, deposit=8_000, deposit_method="card").id
    with shop.database.read() as session:
        payment = session.scalars(select(Payment.id).where(Payment.order_id == order)).one()

    def back() -> Deed:
        command = Refund(payment, 5_000, "x")
        by = shop.by(Role.OWNER)
        try:
            perform(shop.database, by, payments.refund, command)
        except NeedsApproval as needed:
            approval = shop.approval(needed, Role.OWNER)
        return act(shop, payments.refund, Refund(payment, 5_000, "x", approval=approval))

    def holds() -> None:
        with shop.database.read() as session:
            assert session.scalar(select(func.sum(Payment.amount)).where(Payment.order_id == order)) == 3_000

    return back(), back(), holds


def bills(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = a_ready_order(shop, price=9_000).id
    deeds = [act(shop, payments.take_payment, TakePayment(order, (Tender("card", 9_000),))) for _one in range(2)]

    def holds() -> None:
        with shop.database.read() as session:
            assert session.execute(select(Order.paid, Order.balance).where(Order.id == order)).one() == (9_000, 0)

    return deeds[0], deeds[1], holds


def closes(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = a_ready_order(shop, price=9_000).id
    with shop.database.read() as session:
        shift = session.scalars(select(Shift.id).where(Shift.closed_at.is_(None))).one()
        cash = tills.cash_in(session, shift)
    count = shop.do(shifts.count_till, CountTill(shift, Count(other=cash))).made
    assert count is not None
    pay = act(shop, payments.take_payment, TakePayment(order, (Tender("cash", 9_000),)))

    def holds() -> None:
        with shop.database.read() as session:
            row = session.get_one(Shift, shift)
            paid = session.scalars(select(Payment.shift_id).where(Payment.order_id == order)).all()
            assert [row.closed_at is None] == [bool(paid)]
            inside = tills.cash_in(session, shift)
        if row.closed_at is not None:
            assert inside == row.counted
            shop.do(shifts.open_shift, OpenShift(Count(other=10_000)))

    return pay, act(shop, shifts.close, CloseShift(shift, count)), holds


def closes_first(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    pay, close, holds = closes(shop)
    return close, pay, holds


def drawers(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    with shop.database.read() as session:
        shift = session.scalars(select(Shift.id).where(Shift.closed_at.is_(None))).one()
        cash = tills.cash_in(session, shift)
    deeds = [act(shop, shifts.move, MoveCash(-(cash * 3 // 5), "bancă")) for _one in range(2)]

    def holds() -> None:
        with shop.database.read() as session:
            assert tills.cash_in(session, shift) == cash - cash * 3 // 5
        shop.do(shifts.move, MoveCash(10_000, "mărunt"))

    return deeds[0], deeds[1], holds


def claims(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = an_order(shop).id
    roles = (Role.TECHNICIAN, Role.MANAGER)
    deeds = [act(shop, claiming.claim, claiming.Claim(order), role) for role in roles]
    return deeds[0], deeds[1], lambda: is_given_once(shop, order)


def claims_of_the_next(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = an_order(shop).id  # the only one in the pool
    deeds = [act(shop, claiming.claim, claiming.Claim(), role) for role in (Role.TECHNICIAN, Role.MANAGER)]
    return deeds[0], deeds[1], lambda: is_given_once(shop, order)


def claim_and_assignment(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    order = an_order(shop).id
    claim = act(shop, claiming.claim, claiming.Claim(order, start=True), Role.TECHNICIAN)
    given = act(shop, claiming.assign, claiming.Assign(order, shop.people[Role.MANAGER]))
    return claim, given, lambda: is_given_once(shop, order)


def assignment_and_claim(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    claim, given, holds = claim_and_assignment(shop)
    return given, claim, holds


def is_given_once(shop: TestShop, order: UUID) -> None:
    with shop.database.read() as session:
        who = session.scalars(select(Order.assignee_id).where(Order.id == order)).one()
        assert who in {shop.people[role] for role in (Role.TECHNICIAN, Role.MANAGER)}
        actions = [entry.action for entry in journal.history(session, order)]
    assert len([one for one in actions if one in {"claimed", "assigned"}]) == 1


def locations_without_letters(shop: TestShop) -> tuple[Deed, Deed, Callable[[], None]]:
    deeds = [act(shop, locations.add, NewLocation(str(new_key()))) for _one in range(2)]

    def holds() -> None:
        with shop.database.read() as session:
            (plain,) = [row for row in locations.every(session) if row.active]
        shop.do(locations.edit, Edit(plain.id, {"active": True}, {"active": False}))

    return deeds[0], deeds[1], holds


@pytest.mark.parametrize(
    "rule",
    [
        refunds, bills, closes, closes_first, drawers, claims, claims_of_the_next, claim_and_assignment,
        assignment_and_claim, locations_without_letters,
    ],
)  # fmt: skip
def test_one_of_two_does_it_wherever_the_first_is_stopped(
    shop: TestShop, rule: Callable[[TestShop], tuple[Deed, Deed, Callable[[], None]]]
) -> None:
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=10_000)))
    # SQLite lets one writer in at a time, so a few places say as much as all of them
    stride = 1 if shop.database.dialect == "postgresql" else 6
    before, came_so_far = 1, True
    while came_so_far:
        first, second, holds = rule(shop)
        outcomes, came_so_far = both(shop, first, second, before)
        assert sorted(outcomes) == [False, True], f"both or neither, stopped before statement {before}"
        holds()
        before += stride
    assert before > 5
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


@pytest.mark.parametrize("known", [True, False], ids=["moved", "first"])
def test_a_pc_stands_where_the_journal_says_last_wherever_the_first_is_stopped(shop: TestShop, *, known: bool) -> None:
    places = [shop.do(locations.add, NewLocation(name, letters=name[0])).id for name in ("Centru", "Vest")]
    stride = 1 if shop.database.dialect == "postgresql" else 4
    before, came_so_far = 1, True
    while came_so_far:
        station = "T2" if known else f"T{before}"
        first, second = (act(shop, locations.use, UseLocation(place, station)) for place in places)
        outcomes, came_so_far = both(shop, first, second, before)
        assert outcomes == [True, True]
        with shop.database.read() as session:
            assert list(auditing_rows.stations(session)) == []
        before += stride
    assert before > 4
