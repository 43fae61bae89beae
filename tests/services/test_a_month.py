"""A month in a shop: three clerks, two tills, with everything that goes wrong, adds up in the end (P7, P18).

``TICKETDESK_TEST_DEPTH=25`` works the month with two thousand orders.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import event, func, select

from depth import DEPTH
from shop import PIN, TestShop, a_new_order
from ticketdesk.domain import clock
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import CANCELLED, CASH, CREDIT, HANDED_OVER, MONEY, READY, ROUNDING
from ticketdesk.domain.rights import Role
from ticketdesk.services import (
    approvals,
    claiming,
    colleagues,
    deposits,
    intake,
    lines,
    orders,
    payments,
    reckoning,
    settings,
    shifts,
    staff,
    tills,
    verify,
)
from ticketdesk.services import day as days
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.day import WHOLE
from ticketdesk.services.deposits import SettleDeposit
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.orders import Move
from ticketdesk.services.payments import Refund, Reverse, TakePayment
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.storage.tables import CashMove, Customer, Order, Payment, Shift

DAYS, ORDERS = 22, 80 * DEPTH


class Crash(BaseException):
    """The program dies in the middle of a transaction."""


class Month:
    """People at two tills, with everything that goes wrong at a counter."""

    def __init__(self, shop: TestShop, seed: int) -> None:
        self.shop, self.chance = shop, Random(seed)
        with shop.database.read() as session:
            hashed = staff.hashed(session, PIN, Role.CLERK)
        self.clerks = [shop.people[Role.CLERK]]
        for name in ("Ilinca", "Horia"):
            self.clerks.append(shop.approved(colleagues.add, staff.NewStaff(name, name, Role.CLERK, hashed)).id)
        second = shop.do(tills.add, tills.NewTill("Casa 2")).id
        with shop.database.read() as session:
            first = next(row.id for row in tills.every(session) if row.id != second)
        self.tills = {"T1": first, "T2": second}
        for station, till in self.tills.items():
            shop.do(tills.use, tills.UseTill(till, station))
        self.at = datetime.now(UTC) - timedelta(days=DAYS + 8)
        self.crashes = self.repeats = 0
        self.open: list[UUID] = []

    def act(self, action: Action[C], command: C, who: UUID, station: str = "T1") -> Done | None:
        """Do something as it happens: sometimes the program dies before the commit, sometimes the answer is lost."""
        self.at += timedelta(seconds=self.chance.randint(5, 90))
        by = By(who, station, self.at, new_key())
        try:
            return self._done(action, command, by)
        except NeedsApproval as needed:
            givers = {Role.OWNER: self.shop.people[Role.OWNER], Role.MANAGER: self.shop.people[Role.MANAGER]}
            giver = givers[Role.OWNER if needed.asked.need == "owner" or who in givers.values() else Role.MANAGER]
            if needed.asked.need == "own":
                giver = who
            key = approvals.approve(self.shop.database, needed.asked, giver, PIN, station, clock.now())
            command = replace(command, approval=key)  # type: ignore[type-var]
            try:
                return self._done(action, command, by)
            except Refusal:
                return None
        except Refusal:
            return None

    def _done(self, action: Action[C], command: C, by: By) -> Done:
        if self.chance.random() < 0.04:
            self.crashes += 1
            try:
                with self.shop.database.begin() as session:
                    action(session, by, command)
                    raise Crash  # noqa: TRY301 - the power goes here
            except Crash:
                pass
        done = perform(self.shop.database, by, action, command)
        if self.chance.random() < 0.04:
            self.repeats += 1
            assert perform(self.shop.database, by, action, command) == done
        return done

    def day(self, number: int) -> None:
        """Open both tills, work, close both."""
        start = (datetime.now(UTC) - timedelta(days=DAYS + 7 - number)).replace(hour=7, minute=0)
        self.at = max(self.at, start)
        shifts_open = {}
        self._before_opening()
        for station, till in self.tills.items():
            clerk = self.chance.choice(self.clerks)
            done = self.act(shifts.open_shift, OpenShift(Count(other=20_000), till), clerk, station)
            assert done is not None
            shifts_open[station] = (done.id, clerk)
        for _order in range(ORDERS // DAYS):
            self._take_in()
        for _act in range(2 * ORDERS // DAYS):
            self._work()
        for station, (shift, clerk) in shifts_open.items():
            self._close(shift, clerk, station)

    def _before_opening(self) -> None:
        """Take a card before any till is open: it stands in no shift."""
        if self.open:
            order = self.chance.choice(self.open)
            with self.shop.database.read() as session:
                balance = session.scalars(select(Order.balance).where(Order.id == order)).one()
            if balance > 1_000:
                pay = TakePayment(order, (Tender("card", balance // 4, reference="A0"),))
                self.act(payments.take_payment, pay, self.chance.choice(self.clerks))

    def _take_in(self) -> None:
        chance = self.chance
        customer = NewCustomer(f"Client {chance.randrange(40)}", f"07{chance.randrange(40):02d}000000")
        deposit = chance.choice((0, 0, 5_000, 10_000))
        new = a_new_order(
            customer=customer, deposit=deposit, deposit_method=chance.choice((CASH, "card")), promised_at=None
        )
        station = chance.choice(list(self.tills))
        done = self.act(intake.register, new, chance.choice(self.clerks), station)
        if done is None:
            return
        technician = self.shop.people[Role.TECHNICIAN]
        self.act(claiming.claim, claiming.Claim(done.id, start=True), technician)
        for _line in range(chance.choice((1, 1, 2, 3))):
            facts = LineFacts(
                "Lucrare", price=chance.choice((4_999, 12_000, 35_050)), vat=chance.choice((2_100, 1_100))
            )
            self.act(lines.add, AddLine(done.id, facts), technician)
        self.open.append(done.id)

    def _work(self) -> None:
        if not self.open:
            return
        chance, clerk = self.chance, self.chance.choice(self.clerks)
        station, order = chance.choice(list(self.tills)), chance.choice(self.open)
        what = chance.choices(("pay", "part", "refund", "void", "cancel", "cash"), (12, 4, 3, 2, 1, 2))[0]
        with self.shop.database.read() as session:
            balance = session.scalars(select(Order.balance).where(Order.id == order)).one()
            paid = session.execute(
                select(Payment.id, Payment.amount, Payment.shift_id)
                .where(Payment.order_id == order, Payment.amount > 0, Payment.method != ROUNDING)
                .order_by(Payment.number.desc())
            ).first()
        if what == "pay" and balance > 0:
            self.act(orders.move, Move(order, READY), self.shop.people[Role.TECHNICIAN])
            self._settle(order, balance, clerk, station)
        elif what == "part" and balance > 1_000:
            tender = Tender(chance.choice((CASH, "card", CREDIT)), balance // 2)
            self.act(payments.take_payment, TakePayment(order, (tender,)), clerk, station)
        elif what == "refund" and paid:
            method = chance.choice(("", "", CREDIT))
            self.act(payments.refund, Refund(paid[0], max(paid[1] // 3, 1), "reclamație", method), clerk, station)
        elif what == "void" and paid:
            self.act(payments.reverse, Reverse(paid[0], "greșeală"), clerk, station)
        elif what == "cancel":
            manager = self.shop.people[Role.MANAGER]
            if self.act(orders.move, Move(order, CANCELLED, reason="renunță"), manager):
                self.open.remove(order)
                how = chance.choice(("refund", CREDIT, "fee"))
                self.act(deposits.settle, SettleDeposit(order, how, "renunță"), clerk, station)
        elif what == "cash":
            move = MoveCash(chance.choice((-5_000, 2_500)), "bancă", "FV")
            self.act(shifts.move, move, clerk, station)

    def _settle(self, order: UUID, balance: int, clerk: UUID, station: str) -> None:
        chance = self.chance
        split = chance.choice((0, 0, balance // 3))
        cash = balance - split
        if chance.random() < 0.5:
            rounded = (cash + 2) // 5 * 5
            tenders = [Tender(CASH, rounded, rounded + chance.choice((0, 5_000)))]
        else:
            tenders = [Tender("card", cash, reference="A1")]
        if split:
            tenders.insert(0, Tender("card", split, reference="A2"))
        command = TakePayment(order, tuple(tenders), HANDED_OVER)
        if self.act(payments.take_payment, command, clerk, station) is not None:
            self.open.remove(order)

    def _close(self, shift: UUID, clerk: UUID, station: str) -> None:
        with self.shop.database.read() as session:
            cash = tills.cash_in(session, shift)
        counted = cash + self.chance.choice((0, 0, 0, -500, 1_000))
        count = self.act(shifts.count_till, CountTill(shift, Count(other=max(counted, 0))), clerk, station)
        assert count is not None
        assert count.made is not None
        assert self.act(shifts.close, CloseShift(shift, count.made, "nu știu"), clerk, station) is not None


def test_a_month_adds_up_to_the_ban(shop: TestShop) -> None:
    if shop.database.dialect == "sqlite":  # what survives a power cut is proven elsewhere; here it only costs time
        event.listen(shop.database.engine, "connect", lambda c, _record: c.execute("PRAGMA synchronous=OFF").close())
        shop.database.close()
    shop.set(shifts=True, cash_rounding=5)
    month = Month(shop, seed=2026)
    for number in range(DAYS):
        month.day(number)
    assert month.crashes > 5
    assert month.repeats > 5
    with shop.database.snapshot() as session:
        assert list(verify.verify(session)) == []

        def total(query: Any) -> int:
            return int(session.scalar(query) or 0)

        paid = select(func.coalesce(func.sum(Payment.amount), 0))
        closed = session.scalars(select(Shift).where(Shift.closed_at.is_not(None)).order_by(Shift.number)).all()
        reports = [reckoning.of_shift(session, shift.id) for shift in closed]
        assert len(closed) == 2 * DAYS
        # what the shifts say is what the ledger says, in all and by method
        assert sum(report.taken for report in reports) == total(
            paid.where(Payment.shift_id.is_not(None), Payment.method != ROUNDING)
        )
        for method in (CASH, "card", CREDIT):
            said = sum(row.taken - row.given for report in reports for row in report.methods if row.method == method)
            assert said == total(paid.where(Payment.method == method, Payment.shift_id.is_not(None)))
        # what no shift holds has a line of its own, and with it the shifts make all that was paid
        outside = total(paid.where(Payment.shift_id.is_(None), Payment.method != ROUNDING))
        assert outside > 0
        assert sum(report.taken for report in reports) + outside == total(paid.where(Payment.method != ROUNDING))
        shop_now = settings.shop(session)
        first, last = (session.scalars(select(which(Payment.at))).one() for which in (func.min, func.max))
        dates = [clock.day_of(first, shop_now.zone) + timedelta(days=n) for n in range((last - first).days + 2)]
        told = [days.day(session, date, shop_now, WHOLE) for date in dates]
        lines_of_days = [place for day in told for place in day.places]
        for day in told:
            assert sum(place.amount or 0 for place in day.places) == day.figures.takings
        assert sum(place.amount or 0 for place in lines_of_days if place.shift is None) == outside
        assert sum(place.amount or 0 for place in lines_of_days) == total(paid.where(Payment.method.in_(MONEY)))
        # what was paid is the change in the balances of orders and customers
        balances = total(select(func.coalesce(func.sum(Order.total - Order.balance), 0)))
        credit = total(select(func.coalesce(func.sum(Customer.credit), 0)))
        assert total(paid.where(Payment.method != CREDIT)) == balances + credit
        # every drawer came to what was counted, and all of them to what is left of the cash
        floats = total(select(func.sum(CashMove.amount)))
        assert sum(report.counted or 0 for report in reports) == floats + total(paid.where(Payment.method == CASH))
        # VAT of the reports is that of the payments of orders
        gross = sum(rate.gross for report in reports for rate in report.rates)
        assert gross == total(paid.where(Payment.order_id.is_not(None), Payment.shift_id.is_not(None)))
        kinds = set(session.scalars(select(Payment.kind)))
        assert {"deposit", "payment", "refund", "reversal"} <= kinds
