"""A shop worked at random: whatever people do in whatever order, the money adds up after every single step (P7)."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import event, func, select, true

from depth import DEPTH
from shop import PIN, TestShop, a_new_order
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CANCELLED, CASH, CREATED, CREDIT, HANDED_OVER, IN_PROGRESS, METHODS, READY
from ticketdesk.domain.rights import Role
from ticketdesk.domain.shop import FEE
from ticketdesk.services import (
    accounts,
    approvals,
    auditing,
    claiming,
    deposits,
    intake,
    lines,
    orders,
    payments,
    shifts,
    tills,
)
from ticketdesk.services.accounts import PayIn, PayOut
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.deposits import SettleDeposit
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts, RemoveLine
from ticketdesk.services.orders import Move
from ticketdesk.services.payments import Refund, Reverse, TakePayment
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift, TakeOver
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import CashMove, Customer, Line, Order, Payment, Shift

_AMOUNT = st.one_of(st.sampled_from([1, 3, 100, 9_999, 10_000]), st.integers(1, 30_000))
_METHOD = st.sampled_from(METHODS)
_PLACE = st.integers(0, 9)
_WHO = st.sampled_from([Role.CLERK, Role.MANAGER])
_AGAIN = st.integers(0, 2)


class Money(RuleBasedStateMachine):
    """Orders, lines, payments, refunds, reversals and shifts, by two people, each act repeated now and then."""

    fresh: ClassVar[Callable[[], TestShop]]
    done: ClassVar[Counter[str]]
    shop: TestShop

    @initialize(rounding=st.sampled_from([0, 5, 50]))
    def begin(self, rounding: int) -> None:
        """Found a shop that keeps shifts."""
        self.shop = type(self).fresh()
        self.shop.set(shifts=True, cash_rounding=rounding)
        self.orders: list[UUID] = []
        self.customers: list[UUID] = []
        self.closed: dict[UUID, int] = {}
        self.count: UUID | None = None
        self.open_till(20_000, 0)
        for price in (43_603, 9_999):
            self.take_in(1_000, "card", same=True, again=0)
            self.add_line(len(self.orders) - 1, price, 2_100)

    def teardown(self) -> None:
        """Let go of the shop."""
        if hasattr(self, "shop"):
            self.shop.database.close()

    def attempt(self, action: Action[C], command: C, role: Role, again: int = 0) -> Done | None:
        """Do something, with whatever PIN it takes, and repeat it as a lost answer would; a refusal changes nothing."""
        by = self.shop.by(role)
        try:
            done = perform(self.shop.database, by, action, command)
        except NeedsApproval as needed:
            with self.shop.database.read() as session:
                giver = approvals.approvers(session, needed.asked)[-1]
            approval = approvals.approve(self.shop.database, needed.asked, giver.id, PIN, "T1", now())
            command = type(command)(**{**_fields(command), "approval": approval})
            try:
                done = perform(self.shop.database, by, action, command)
            except Refusal:
                return None
        except Refusal:
            return None
        self.done[action.name] += 1
        for _repeat in range(again):
            assert perform(self.shop.database, by, action, command) == done
        return done

    # orders and their lines

    @rule(amount=st.one_of(st.just(0), _AMOUNT), method=_METHOD, same=st.booleans(), again=_AGAIN)
    def take_in(self, amount: int, method: str, same: bool, again: int) -> None:  # noqa: FBT001 - Hypothesis's way
        """Take a device in, of the usual customer or another one, with a deposit or without."""
        new = a_new_order(deposit=amount, deposit_method=method)
        if not same and new.customer is not None:
            new = a_new_order(
                deposit=amount, deposit_method=method, customer=type(new.customer)("Ana Pop", "0733 111 222")
            )
        done = self.attempt(intake.register, new, Role.CLERK, again)
        if done is not None:
            self.orders.append(done.id)
            with self.shop.database.read() as session:
                customer = session.scalars(select(Order.customer_id).where(Order.id == done.id)).one()
            if customer is not None and customer not in self.customers:
                self.customers.append(customer)

    @rule(place=_PLACE, price=_AMOUNT, vat=st.sampled_from([2_100, 1_100, 0]))
    def add_line(self, place: int, price: int, vat: int) -> None:
        """Write work on an order."""
        if order := self._order(place):
            self.attempt(lines.add, AddLine(order, LineFacts("Manoperă", price=price, vat=vat)), Role.MANAGER)

    @rule(place=_PLACE)
    def remove_line(self, place: int) -> None:
        """Take a line off again."""
        if order := self._order(place):
            with self.shop.database.read() as session:
                line = session.scalar(select(Line.id).where(Line.order_id == order).limit(1))
            if line is not None:
                seen = _seen(self.shop, line)
                self.attempt(lines.remove, RemoveLine(order, line, seen), Role.MANAGER)

    @rule(place=_PLACE, to=st.sampled_from([IN_PROGRESS, READY, CANCELLED, HANDED_OVER, CREATED]))
    def move(self, place: int, to: str) -> None:
        """Move an order, if it may."""
        if order := self._order(place):
            self.attempt(claiming.assign, claiming.Assign(order, self.shop.people[Role.TECHNICIAN]), Role.MANAGER)
            pay_by = now().date() if to == HANDED_OVER else None
            self.attempt(orders.move, Move(order, to, reason="x", pay_by=pay_by), Role.MANAGER)

    # money

    @rule(
        places=st.tuples(_PLACE, _PLACE),
        tenders=st.lists(st.tuples(_METHOD, _AMOUNT), min_size=1, max_size=3),
        ways=st.tuples(st.booleans(), st.booleans()),
        role=_WHO,
        again=_AGAIN,
    )
    def pay(
        self,
        places: tuple[int, int],
        tenders: list[tuple[str, int]],
        ways: tuple[bool, bool],
        role: Role,
        again: int,
    ) -> None:
        """Pay one or two orders, in one or several ways, all or a part of it, keeping the rest or not."""
        order, other = self._order(places[0]), self._order(places[1])
        exact, keep = ways
        if order is None:
            return
        given = [Tender(method, amount) for method, amount in tenders]
        if exact:
            with self.shop.database.read() as session:
                due = max(session.scalars(select(Order.balance).where(Order.id == order)).one(), 1)
            given = [Tender(tenders[0][0], due)]
        others = (other,) if other and other != order and not exact else ()
        command = TakePayment(order, tuple(given), others=others, keep_rest=keep)
        self.attempt(payments.take_payment, command, role, again)

    @rule(
        place=st.integers(0, 30),
        part=st.integers(1, 100),
        method=st.sampled_from(["", CREDIT, CASH]),
        role=_WHO,
        again=_AGAIN,
    )
    def refund(self, place: int, part: int, method: str, role: Role, again: int) -> None:
        """Give a part of a payment back."""
        if payment := self._payment(place):
            amount = max(payment[1] * part // 100, 1)
            self.attempt(
                payments.refund, Refund(payment[0], amount, "x", method, still_owed=part % 2 == 0), role, again
            )

    @rule(place=st.integers(0, 30), role=_WHO, again=_AGAIN)
    def reverse(self, place: int, role: Role, again: int) -> None:
        """Undo a receipt."""
        if payment := self._payment(place):
            self.attempt(payments.reverse, Reverse(payment[0], "greșit"), role, again)

    @rule(place=_PLACE, how=st.sampled_from(["refund", CREDIT, FEE]), role=_WHO)
    def settle(self, place: int, how: str, role: Role) -> None:
        """Settle the deposit of a cancelled order."""
        if order := self._order(place):
            self.attempt(deposits.settle, SettleDeposit(order, how, "anulată"), role)

    @rule(amount=_AMOUNT, method=_METHOD, place=_PLACE)
    def pay_in(self, amount: int, method: str, place: int) -> None:
        """Leave money with the shop."""
        if self.customers:
            who = self.customers[place % len(self.customers)]
            self.attempt(accounts.pay_in, PayIn(who, (Tender(method, amount),)), Role.CLERK)

    @rule(amount=_AMOUNT, method=_METHOD, place=_PLACE)
    def pay_out(self, amount: int, method: str, place: int) -> None:
        """Get credit back."""
        if self.customers:
            who = self.customers[place % len(self.customers)]
            self.attempt(accounts.pay_out, PayOut(who, amount, method, "x"), Role.CLERK)

    # the till

    @rule(amount=st.integers(0, 50_000), again=_AGAIN)
    def open_till(self, amount: int, again: int) -> None:
        """Begin a shift."""
        if self.attempt(shifts.open_shift, OpenShift(Count(other=amount)), Role.CLERK, again):
            self.count = None

    @rule(amount=st.integers(-20_000, 20_000), again=_AGAIN)
    def move_cash(self, amount: int, again: int) -> None:
        """Put cash in or take some out."""
        self.attempt(shifts.move, MoveCash(amount, "mărunt"), Role.CLERK, again)

    @rule(amount=st.integers(0, 60_000), exact=st.booleans(), role=_WHO)
    def count_till(self, amount: int, exact: bool, role: Role) -> None:  # noqa: FBT001 - Hypothesis's way
        """Count the drawer."""
        if shift := self._shift():
            count = Count(other=self._cash(shift) if exact else amount)
            done = self.attempt(shifts.count_till, CountTill(shift, count), role)
            self.count = done.made if done else self.count

    @rule(role=_WHO, again=_AGAIN)
    def close_till(self, role: Role, again: int) -> None:
        """Close the shift by the last count."""
        shift = self._shift()
        if shift and self.count and self.attempt(shifts.close, CloseShift(shift, self.count, "x"), role, again):
            self.closed[shift] = self._cash(shift)

    @rule(amount=st.integers(0, 60_000), role=_WHO)
    def take_over(self, amount: int, role: Role) -> None:
        """Take the drawer over."""
        if shift := self._shift():
            counted = self.attempt(shifts.count_over, CountTill(shift, Count(other=amount)), role)
            if counted and counted.made:
                self.attempt(shifts.take_over, TakeOver(shift, counted.made, "x"), role)

    # what is always so

    @invariant()
    def it_adds_up(self) -> None:
        """Everything reckoned anew from its rows is what the rows say."""
        with self.shop.database.snapshot() as session:
            checks = (auditing.balances, auditing.credits, auditing.shifts, auditing.numbers)
            assert [row for check in checks for row in check(session)] == []

    @invariant()
    def nobody_gets_more_than_they_gave(self) -> None:
        """Money that went back of a payment is at most what was paid; credit and drawers are never below nothing."""
        with self.shop.database.snapshot() as session:
            first, back = Payment.__table__.alias("first"), Payment.__table__.alias("back")
            given = (
                select(first.c.amount, func.sum(back.c.amount))
                .join(back, back.c.corrects == first.c.id)
                .where(first.c.amount > 0)
                .group_by(first.c.id, first.c.amount)
            )
            assert all(amount + int(returned) >= 0 for amount, returned in session.execute(given))
            assert all(credit >= 0 for credit in session.scalars(select(Customer.credit)))

    @invariant()
    def no_money_is_lost_on_the_way(self) -> None:
        """What came in and stayed is what stands as paid on orders, and what customers have as credit."""
        with self.shop.database.snapshot() as session:
            came, orders_, credit = (
                int(session.scalar(select(func.coalesce(func.sum(column), 0)).where(narrowed)) or 0)
                for column, narrowed in (
                    (Payment.amount, Payment.method != CREDIT), (Order.paid, true()), (Customer.credit, true()),
                )
            )  # fmt: skip
            assert came == orders_ + credit

    @invariant()
    def closed_shifts_stay_closed(self) -> None:
        """Nothing moves in a shift after its close, and each payment in cash is in exactly one shift."""
        for shift, cash in getattr(self, "closed", {}).items():
            assert self._cash(shift) == cash
        with self.shop.database.snapshot() as session:
            assert session.scalar(select(Payment.id).where(Payment.method == CASH, Payment.shift_id.is_(None))) is None
            moved = session.scalar(select(func.coalesce(func.sum(CashMove.amount), 0)))
            paid = session.scalar(select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.method == CASH))
            drawers = sum(self._cash(shift) for shift in session.scalars(select(Shift.id)))
            assert int(moved or 0) + int(paid or 0) == drawers

    @invariant()
    def vat_is_of_what_was_paid(self) -> None:
        """The parts of every payment under the VAT rates make its amount, and of a settled order its lines."""
        with self.shop.database.snapshot() as session:
            rows = session.execute(select(Payment.amount, Payment.rates, Payment.order_id)).all()
            assert all(sum(rates.values()) == amount for amount, rates, order in rows if order is not None)

    def _order(self, place: int) -> UUID | None:
        return self.orders[place % len(self.orders)] if self.orders else None

    def _payment(self, place: int) -> tuple[UUID, int] | None:
        with self.shop.database.read() as session:
            found = session.execute(select(Payment.id, Payment.amount).order_by(Payment.number, Payment.place)).all()
        return (found[place % len(found)][0], abs(found[place % len(found)][1])) if found else None

    def _shift(self) -> UUID | None:
        with self.shop.database.read() as session:
            return session.scalar(select(Shift.id).where(Shift.closed_at.is_(None)))

    def _cash(self, shift: UUID) -> int:
        with self.shop.database.read() as session:
            return tills.cash_in(session, shift)


def _fields(command: object) -> dict[str, object]:
    return {name: getattr(command, name) for name in command.__dataclass_fields__}  # type: ignore[attr-defined]


def _seen(shop: TestShop, line_id: UUID) -> LineFacts:
    with shop.database.read() as session:
        return lines.seen(session.get_one(Line, line_id))


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], TestShop]:
    """Give what makes a shop of its own for each run, on each database."""
    made = 0

    def another() -> TestShop:
        nonlocal made
        made += 1
        if request.param == "sqlite":
            template, shop = request.getfixturevalue("_sqlite_template")
            url = str(shutil.copy(template, tmp_path / f"{made}.db"))
        else:
            template, shop = request.getfixturevalue("_postgres_template")
            url = request.getfixturevalue("cluster").create_database(template=template)
        database = Database(url)
        if request.param == "sqlite":  # what survives a power cut is proven elsewhere; here it only costs time
            event.listen(database.engine, "connect", lambda c, _record: c.execute("PRAGMA synchronous=OFF").close())
        database.info.update(shop.database.info)
        return TestShop(database, shop.id, shop.people)

    return another


def test_the_money_adds_up_whatever_is_done(fresh: Callable[[], TestShop]) -> None:
    class Here(Money):
        pass

    Here.fresh, Here.done = staticmethod(fresh), Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8 * DEPTH, stateful_step_count=min(25 * DEPTH, 200), deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )  # fmt: skip


_AMOUNTS = (1, 3, 999, 1_000, 5_000, 9_999, 10_000, 20_000, 43_603)


def test_a_long_day_at_the_counter_adds_up_to_the_ban(fresh: Callable[[], TestShop]) -> None:
    chance = random.Random(4)
    Money.fresh, Money.done = staticmethod(fresh), Counter()
    day = Money()
    day.begin(5)

    def amount() -> int:
        return chance.choice(_AMOUNTS)

    def people() -> tuple[Role, int]:
        return chance.choice((Role.CLERK, Role.MANAGER)), chance.choice((0, 0, 1))

    def tenders() -> list[tuple[str, int]]:
        return [(chance.choice(METHODS), amount()) for _one in range(chance.choice((1, 1, 2, 3)))]

    ways: list[tuple[int, Callable[[], object]]] = [
        (6, lambda: day.take_in(chance.choice((0, amount())), chance.choice(METHODS), chance.random() < 0.7, 0)),
        (10, lambda: day.add_line(chance.randrange(20), amount(), chance.choice((2_100, 1_100)))),
        (2, lambda: day.remove_line(chance.randrange(20))),
        (8, lambda: day.move(chance.randrange(20), chance.choice((IN_PROGRESS, READY, CANCELLED, HANDED_OVER)))),
        (20, lambda: day.pay(
            (chance.randrange(20), chance.randrange(20)), tenders(), (chance.random() < 0.5, chance.random() < 0.5),
            *people(),
        )),
        (7, lambda: day.refund(
            chance.randrange(60), chance.choice((10, 50, 100)), chance.choice(("", "", CREDIT, CASH)), *people()
        )),
        (5, lambda: day.reverse(chance.randrange(60), *people())),
        (3, lambda: day.settle(chance.randrange(20), chance.choice(("refund", CREDIT, FEE)), people()[0])),
        (4, lambda: day.pay_in(amount(), chance.choice(METHODS), chance.randrange(5))),
        (2, lambda: day.pay_out(amount(), chance.choice(METHODS), chance.randrange(5))),
        (4, lambda: day.open_till(amount(), 0)),
        (3, lambda: day.move_cash(chance.choice((-1, 1)) * amount(), 0)),
        (2, lambda: (day.count_till(0, exact=True, role=Role.MANAGER), day.close_till(Role.MANAGER, 1))),
        (4, lambda: day.take_over(amount(), people()[0])),
    ]  # fmt: skip
    acts, weights = [act for _weight, act in ways], [weight for weight, _act in ways]
    for _step in range(200 * DEPTH):
        chance.choices(acts, weights)[0]()
        day.it_adds_up()
        day.nobody_gets_more_than_they_gave()
        day.no_money_is_lost_on_the_way()
        day.closed_shifts_stay_closed()
        day.vat_is_of_what_was_paid()
    day.teardown()
    every = {
        "order.register", "line.add", "line.remove", "order.move", "payment.take", "payment.refund", "payment.reverse",
        "deposit.settle", "account.pay_in", "account.pay_out", "shift.open", "cash.move", "shift.count", "shift.close",
        "shift.count_over", "shift.take_over",
    }  # fmt: skip
    assert every <= set(day.done), every - set(day.done)
