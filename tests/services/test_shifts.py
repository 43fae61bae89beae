"""Tills and shifts: every lei in the drawer is accounted for, and a closed shift changes no more (P18)."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, discounts, lines, orders, payments, reckoning, shifts, tills, verify
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Done, Forbidden, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.payments import Refund, Reverse, TakePayment
from ticketdesk.services.reckoning import ShiftReport
from ticketdesk.services.shifts import ApproveDifference, CloseShift, Count, CountTill, MoveCash, OpenShift, TakeOver
from ticketdesk.storage.tables import CashMove, Payment, Shift, ShiftCount

FLOAT = Count({"5000": 4, "1000": 10})  # 300 lei
CLERK = Role.CLERK


@pytest.fixture
def till(shop: TestShop) -> TestShop:
    """Give a shop that keeps shifts, with one till."""
    return with_till(shop)


def with_till(shop: TestShop) -> TestShop:
    """Let a shop keep shifts, at the till it was founded with."""
    shop.set(shifts=True)
    return shop


def opened(shop: TestShop, count: Count = FLOAT, role: Role = CLERK) -> Done:
    return shop.do(shifts.open_shift, OpenShift(count), role)


def paid(shop: TestShop, price: int, *tenders: Tender) -> Done:
    done = a_ready_order(shop, price=price)
    return shop.do(payments.take_payment, TakePayment(done.id, tenders or (Tender("cash", price),)), CLERK)


def report(shop: TestShop, shift_id: UUID) -> ShiftReport:
    with shop.database.read() as session:
        return reckoning.of_shift(session, shift_id)


def closed(shop: TestShop, shift: Done, count: Count, reason: str = "", role: Role = CLERK) -> Done:
    counted = shop.do(shifts.count_till, CountTill(shift.id, count), role)
    assert counted.made is not None
    return shop.do(shifts.close, CloseShift(shift.id, counted.made, reason), role)


def taken_over(shop: TestShop, shift: Done, cash: int, reason: str, role: Role) -> Done:
    counted = shop.do(shifts.count_over, CountTill(shift.id, Count(other=cash)), role)
    assert counted.made is not None
    return shop.do(shifts.take_over, TakeOver(shift.id, counted.made, reason), role)


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [fault.row for fault in verify.verify(session)]


def test_cash_needs_an_open_till_and_a_card_does_not(till: TestShop) -> None:
    with pytest.raises(Refusal, match="Cash needs an open till"):
        paid(till, 5_000)
    with pytest.raises(Refusal, match="Cash needs an open till"):
        an_order(till, deposit=1_000)
    assert paid(till, 5_000, Tender("card", 5_000)).receipt == till.shown(1)


def test_a_shop_without_shifts_takes_cash_as_it_always_did(shop: TestShop) -> None:
    assert paid(shop, 5_000).receipt == shop.shown(1)


def test_a_shift_ends_with_what_it_began_with_and_all_that_moved(till: TestShop) -> None:
    shift = opened(till)
    paid(till, 43_600, Tender("card", 23_600), Tender("cash", 20_000, tendered=25_000))
    till.approved(shifts.move, MoveCash(-5_000, "Depunere la bancă", "FV 12"), CLERK, Role.MANAGER)
    till.approved(shifts.move, MoveCash(2_500, "Mărunt"), CLERK, Role.MANAGER)
    done = closed(till, shift, Count({"20000": 2, "5000": 1, "500": 5}))
    z = report(till, done.id)
    assert z.expected == z.counted == 30_000 + 20_000 - 5_000 + 2_500
    assert [(row.method, row.taken, row.given) for row in z.methods] == [("cash", 20_000, 0), ("card", 23_600, 0)]
    assert ([run.shown() for run in z.receipts], z.taken) == ([(till.shown(1), till.shown(1))], 43_600)
    assert [(rate.rate, rate.gross, rate.vat) for rate in z.rates] == [(2_100, 43_600, 7_567)]
    assert faults(till) == []


def test_the_count_comes_first_and_what_differs_is_written_down_with_its_reason(till: TestShop) -> None:
    shift = opened(till)
    paid(till, 10_000)
    with pytest.raises(Refusal, match="Count the cash"):
        till.do(shifts.close, CloseShift(shift.id, shift.id), CLERK)
    counted = till.do(shifts.count_till, CountTill(shift.id, Count(other=39_500)), CLERK)
    assert counted.made is not None
    with pytest.raises(Refusal, match="differs from what is expected"):
        till.do(shifts.close, CloseShift(shift.id, counted.made), CLERK)
    till.do(shifts.close, CloseShift(shift.id, counted.made, "Rest dat greșit"), CLERK)
    z = report(till, shift.id)
    assert (z.difference, z.reason, z.cash) == (-500, "Rest dat greșit", 39_500)
    with pytest.raises(Forbidden):
        till.do(shifts.approve_difference, ApproveDifference(shift.id), CLERK)
    till.do(shifts.approve_difference, ApproveDifference(shift.id), Role.MANAGER)
    assert faults(till) == []


def test_money_after_the_count_asks_for_another_count(till: TestShop) -> None:
    shift = opened(till)
    counted = till.do(shifts.count_till, CountTill(shift.id, FLOAT), CLERK)
    paid(till, 1_000)
    assert counted.made is not None
    with pytest.raises(Refusal, match="Count again"):
        till.do(shifts.close, CloseShift(shift.id, counted.made), CLERK)


def test_a_closed_shift_changes_no_more(till: TestShop) -> None:
    shift = opened(till)
    taken = paid(till, 5_000)
    closed(till, shift, Count({"5000": 5, "1000": 10}))
    assert taken.made is not None
    with pytest.raises(Refusal, match="closed"):
        till.do(shifts.move, MoveCash(100, "x", shift_id=shift.id), CLERK)
    with pytest.raises(Refusal, match="closed"):
        till.do(shifts.count_till, CountTill(shift.id, FLOAT), CLERK)
    with pytest.raises(Refusal, match="closed"):
        till.do(shifts.count_over, CountTill(shift.id, FLOAT), CLERK)
    with pytest.raises(Refusal, match="closed"):
        till.do(shifts.take_over, TakeOver(shift.id, shift.id), CLERK)
    with pytest.raises(Refusal, match="Cash needs an open till"):
        paid(till, 1_000)
    with pytest.raises(DBAPIError, match="changes no more"), till.database.engine.begin() as connection:
        connection.execute(text("UPDATE shift SET counted = 1"))
    again = opened(till)
    with pytest.raises(Refusal, match="shift of this payment is closed"):
        till.do(payments.reverse, Reverse(taken.made, "greșit"), CLERK)
    till.approved(payments.refund, Refund(taken.made, 5_000, "greșit"), CLERK, Role.MANAGER)
    assert report(till, shift.id).counted == 35_000
    assert report(till, again.id).refunds == 5_000


def test_one_shift_at_a_time_and_only_who_has_the_till_closes_it(till: TestShop) -> None:
    shift = opened(till)
    with pytest.raises(Refusal, match="open at this till already"):
        opened(till)
    taken_over(till, shift, 29_000, "Lipsă la predare", Role.MANAGER)
    with pytest.raises(Forbidden, match="take it over first"):
        till.do(shifts.count_till, CountTill(shift.id, FLOAT), CLERK)
    closed(till, shift, Count(other=29_000), role=Role.MANAGER)
    z = report(till, shift.id)
    assert (z.staff, z.difference) == ("Raluca Mureșan", 0)
    assert [move.amount for move in z.moves if move.kind == "difference"] == [-1_000]


def test_every_count_of_who_takes_a_till_over_is_kept_also_those_it_was_refused_with(till: TestShop) -> None:
    shift = opened(till)
    for guess in (29_000, 31_000, 30_500):
        with pytest.raises(Refusal, match="differs from what is expected"):
            taken_over(till, shift, guess, "", Role.MANAGER)
    assert report(till, shift.id).staff == "Alina Dumitrescu"
    taken_over(till, shift, 30_000, "", Role.MANAGER)
    z = report(till, closed(till, shift, FLOAT, role=Role.MANAGER).id)
    kept = [(count.total, count.staff) for count in z.counts if count.occasion == shifts.TAKE_OVER]
    assert kept == [(total, "Raluca Mureșan") for total in (29_000, 31_000, 30_500, 30_000)]
    assert faults(till) == []


def test_a_till_is_taken_over_by_ones_own_last_count_while_no_cash_moves(till: TestShop) -> None:
    shift = opened(till)
    theirs = till.do(shifts.count_over, CountTill(shift.id, FLOAT), Role.OWNER)
    assert theirs.made is not None
    for count_id in (shift.id, theirs.made):
        with pytest.raises(Refusal, match="Count the cash"):
            till.do(shifts.take_over, TakeOver(shift.id, count_id), Role.MANAGER)
    paid(till, 1_000)
    with pytest.raises(Refusal, match="Count again"):
        till.do(shifts.take_over, TakeOver(shift.id, theirs.made), Role.OWNER)
    with pytest.raises(Refusal, match="with you already"):
        till.do(shifts.count_over, CountTill(shift.id, FLOAT), CLERK)


def test_a_mistake_is_undone_whole_while_its_shift_is_open(till: TestShop) -> None:
    shift = opened(till)
    taken = paid(till, 43_600, Tender("card", 23_600), Tender("cash", 20_000))
    assert taken.made is not None
    till.approved(payments.reverse, Reverse(taken.made, "Alt client"), CLERK, Role.MANAGER)
    with pytest.raises(Refusal, match="already given back"):
        till.do(payments.reverse, Reverse(taken.made, "Alt client"), Role.OWNER)
    x = report(till, shift.id)
    assert (x.taken, x.voids, x.void_count, x.refunds, x.cash) == (0, 43_600, 1, 0, 30_000)
    assert [(rate.rate, rate.gross) for rate in x.rates] == [(2_100, 0)]
    with till.database.read() as session:
        assert [row.amount for row in session.scalars(select(Payment).order_by(Payment.number, Payment.place))] == [
            23_600, 20_000, -23_600, -20_000,
        ]  # fmt: skip


def test_who_counts_blind_can_add_nothing_up_to_the_cash_until_the_till_is_closed(till: TestShop) -> None:
    shift = opened(till)
    cash = paid(till, 10_000)
    for price, tenders in ((7_000, (Tender("card", 7_000),)), (9_000, (Tender("card", 4_000), Tender("cash", 5_000)))):
        paid(till, price, *tenders)
    assert cash.made is not None
    till.approved(payments.refund, Refund(cash.made, 2_500, "greșit"), CLERK, Role.MANAGER)

    def amounts(*, sees_cash: bool) -> list[int | None]:
        with till.database.read() as session:
            return [row.amount for row in reckoning.receipts(session, shift.id, sees_cash=sees_cash)]

    x = reckoning.blind(report(till, shift.id))
    assert (x.refunds, x.voids, x.refund_count) == (None, None, 1)
    assert amounts(sees_cash=False) == [None, None, 7_000, None]
    assert amounts(sees_cash=True) == [-2_500, 9_000, 7_000, 10_000]
    closed(till, shift, Count(other=42_500))
    assert amounts(sees_cash=False) == [-2_500, 9_000, 7_000, 10_000]
    assert reckoning.blind(report(till, shift.id)).refunds == 2_500


def second_till(shop: TestShop) -> Done:
    """Put a second till beside the first, used by the PC T2, and open both: a clerk has the first, the owner the other."""
    first = opened(shop)
    second = shop.do(tills.add, tills.NewTill("Casa 2"))
    with shop.database.read() as session:
        used = next(row.id for row in tills.every(session) if row.id != second.id)
    shop.do(tills.use, tills.UseTill(used, "T1"))
    shop.do(tills.use, tills.UseTill(second.id, "T2"))
    perform(shop.database, at_t2(shop, Role.OWNER), shifts.open_shift, OpenShift(FLOAT))
    return first


def at_t2(shop: TestShop, role: Role) -> By:
    return replace(shop.by(role), station="T2")


def test_a_receipt_is_undone_in_its_own_open_shift_also_from_another_till(till: TestShop) -> None:
    first = second_till(till)
    taken = paid(till, 20_000)
    assert taken.made is not None
    command, by = Reverse(taken.made, "Alt client"), at_t2(till, Role.MANAGER)
    with pytest.raises(NeedsApproval, match="the cash comes out of Casa 1") as needed:
        perform(till.database, by, payments.reverse, command)
    agreed = replace(command, approval=till.approval(needed.value, Role.OWNER))
    perform(till.database, by, payments.reverse, agreed)
    x = report(till, first.id)
    assert (x.taken, x.voids, x.cash) == (0, 20_000, 30_000)
    assert faults(till) == []


def test_a_clerk_at_another_till_is_told_where_the_cash_of_a_receipt_is(till: TestShop) -> None:
    second_till(till)
    theirs = a_ready_order(till, price=5_000)
    pay = TakePayment(theirs.id, (Tender("cash", 5_000),))
    taken = perform(till.database, at_t2(till, Role.OWNER), payments.take_payment, pay)
    assert taken.made is not None
    with pytest.raises(Refusal, match="in Casa 2, which is open with Mircea Băcilă: undo it there"):
        till.do(payments.reverse, Reverse(taken.made, "greșit"), CLERK)  # at T1
    by = at_t2(till, CLERK)
    with pytest.raises(NeedsApproval, match="manager"):  # at the till itself, a manager agrees as always
        perform(till.database, by, payments.reverse, Reverse(taken.made, "greșit"))


def test_a_card_receipt_is_undone_in_its_shift_from_any_till(till: TestShop) -> None:
    first = second_till(till)
    taken = paid(till, 7_000, Tender("card", 7_000))
    assert taken.made is not None
    by, command = at_t2(till, CLERK), Reverse(taken.made, "Alt client")
    with pytest.raises(NeedsApproval) as needed:
        perform(till.database, by, payments.reverse, command)
    perform(
        till.database, by, payments.reverse, replace(command, approval=till.approval(needed.value, Role.MANAGER))
    )  # fmt: skip
    assert (report(till, first.id).taken, report(till, first.id).voids) == (0, 7_000)


def test_what_no_shift_holds_is_undone_outside_every_shift_and_on_its_day(till: TestShop) -> None:
    taken = paid(till, 5_000, Tender("card", 5_000))  # before the till is opened
    shift = opened(till)
    assert taken.made is not None
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with pytest.raises(Refusal, match="day of this payment is over"):
        till.do(payments.reverse, Reverse(taken.made, "greșit"), CLERK, tomorrow)
    till.approved(payments.reverse, Reverse(taken.made, "greșit"), CLERK, Role.MANAGER)
    assert report(till, shift.id).voids == 0
    with till.database.read() as session:
        rows = session.execute(select(Payment.amount, Payment.shift_id).order_by(Payment.number)).all()
    assert [tuple(row) for row in rows] == [(5_000, None), (-5_000, None)]
    assert faults(till) == []


def test_more_cash_than_there_is_cannot_leave_the_till(till: TestShop) -> None:
    opened(till, Count({"1000": 1}))
    taken = paid(till, 50_000, Tender("card", 50_000))
    assert taken.made is not None
    with pytest.raises(Refusal, match="not so much cash"):
        till.approved(shifts.move, MoveCash(-1_001, "Bancă"), Role.MANAGER)


def test_the_second_pc_names_its_till_once_there_are_several(till: TestShop) -> None:
    second = till.do(tills.add, tills.NewTill("Casa 2"))
    with pytest.raises(Refusal, match="Choose the till"):
        opened(till)
    till.do(tills.use, tills.UseTill(second.id), CLERK)
    shift = opened(till)
    paid(till, 2_000)
    assert report(till, shift.id).till == "Casa 2"


def test_a_payment_that_races_with_the_close_is_wholly_in_or_refused(till: TestShop) -> None:
    for _round in range(8):
        shift = opened(till, Count())
        orders = [a_ready_order(till, price=1_000).id for _one in range(2)]
        with till.database.read() as session:
            cash = tills.cash_in(session, shift.id)
        counted = till.do(shifts.count_till, CountTill(shift.id, Count(other=cash)), CLERK)
        assert counted.made is not None
        start = Barrier(3)
        outcomes: list[bool] = []

        def press(order_id: UUID, start: Barrier = start, outcomes: list[bool] = outcomes) -> None:
            command, by = TakePayment(order_id, (Tender("cash", 1_000),)), till.by(CLERK)
            start.wait()
            try:
                perform(till.database, by, payments.take_payment, command)
            except Refusal:
                outcomes.append(False)
            else:
                outcomes.append(True)

        threads = [Thread(target=press, args=(order_id,)) for order_id in orders]
        for thread in threads:
            thread.start()
        start.wait()
        with suppress(Refusal):  # a payment came first: the count no longer holds
            till.do(shifts.close, CloseShift(shift.id, counted.made), CLERK)
        for thread in threads:
            thread.join()
        if report(till, shift.id).closed_at is None:
            closed(till, shift, Count(other=report(till, shift.id).cash or 0))
        z = report(till, shift.id)
        with till.database.read() as session:
            inside = session.scalars(select(Payment.amount).where(Payment.shift_id == shift.id)).all()
            assert sum(inside) == z.expected == z.counted
            assert session.scalar(select(Shift.id).where(Shift.closed_at.is_(None))) is None
        assert len(inside) == sum(outcomes)
    assert faults(till) == []


def test_a_clock_set_back_takes_no_cash_and_stamps_nothing_before_the_opening(till: TestShop) -> None:
    now = datetime.now(UTC)
    shift = till.do(shifts.open_shift, OpenShift(FLOAT), CLERK, now)
    day_before, moment_before = now - timedelta(days=1), now - timedelta(seconds=20)
    done = a_ready_order(till, price=10_000)
    cash = TakePayment(done.id, (Tender("cash", 4_000),))
    with pytest.raises(Refusal, match=r"The clock of this computer said .*, but the till was opened at .*"):
        till.do(payments.take_payment, cash, CLERK, day_before)
    with pytest.raises(Refusal, match="The clock of this computer said"):
        till.approved(shifts.move, MoveCash(-1_000, "Pâine", shift_id=shift.id), CLERK, Role.MANAGER, day_before)
    first = till.do(payments.take_payment, cash, CLERK, moment_before)  # the clocks of two PCs differ a little
    with pytest.raises(Refusal, match="The clock of this computer said"):
        till.approved(payments.reverse, Reverse(first.made or done.id, "Greșit"), CLERK, Role.OWNER, day_before)
    till.approved(shifts.move, MoveCash(-1_000, "Pâine"), CLERK, Role.MANAGER, moment_before)
    counted = till.do(shifts.count_till, CountTill(shift.id, Count(other=32_000)), CLERK, day_before)
    assert counted.made is not None
    till.do(shifts.close, CloseShift(shift.id, counted.made, "Lipsă"), CLERK, day_before)
    z = report(till, shift.id)
    assert z.closed_at == z.opened_at == now  # it can always be closed, whatever the clock says
    with till.database.read() as session:
        for kind in (Payment, CashMove, ShiftCount):
            moments = session.scalars(select(kind.at).where(kind.shift_id == shift.id)).all()
            assert set(moments) == {now}, kind
    assert faults(till) == []


def test_a_card_payment_from_before_the_opening_stands_in_no_shift(till: TestShop) -> None:
    now = datetime.now(UTC)
    done = a_ready_order(till, price=10_000)
    till.do(shifts.open_shift, OpenShift(FLOAT), CLERK, now)
    late = TakePayment(done.id, (Tender("card", 10_000),))  # it was taken while the server was away, and arrives now
    till.do(payments.take_payment, late, CLERK, now - timedelta(hours=1))
    with till.database.read() as session:
        payment = session.scalars(select(Payment)).one()
        assert (payment.shift_id, payment.at) == (None, now - timedelta(hours=1))
    assert faults(till) == []


def test_a_new_float_says_what_the_last_close_left(till: TestShop) -> None:
    closed(till, opened(till), FLOAT)
    second = opened(till, Count({"1000": 10}))
    [count] = report(till, second.id).counts
    assert (count.total, count.expected) == (10_000, 30_000)


def test_the_report_counts_discounts_of_lines_and_of_whole_orders(till: TestShop) -> None:
    shift = opened(till)
    done = an_order(till)
    till.do(claiming.claim, claiming.Claim(done.id, start=True), Role.TECHNICIAN)
    till.do(lines.add, AddLine(done.id, LineFacts("Manoperă", price=10_000, discount=500)), Role.OWNER)
    till.do(discounts.discount, discounts.Discount(done.id, 0, 1_000, "client vechi"), Role.OWNER)
    till.do(orders.move, orders.Move(done.id, "ready"), Role.TECHNICIAN)
    till.do(payments.take_payment, TakePayment(done.id, (Tender("card", 8_500),)), CLERK)
    x = report(till, shift.id)
    assert (x.discounts, x.discount_count, x.taken) == (1_500, 2, 8_500)
    assert faults(till) == []


def test_the_report_counts_what_discounts_are_worth_and_not_their_shares(till: TestShop) -> None:
    shift = opened(till)
    done = an_order(till)
    till.do(claiming.claim, claiming.Claim(done.id, start=True), Role.TECHNICIAN)
    two = LineFacts("Baterie", quantity=2_000, price=23_450, discount=500)
    till.do(lines.add, AddLine(done.id, two), Role.OWNER)
    till.do(orders.move, orders.Move(done.id, "ready"), Role.TECHNICIAN)
    till.do(payments.take_payment, TakePayment(done.id, (Tender("card", 44_555),)), CLERK)
    x = report(till, shift.id)
    assert (x.discounts, x.discount_count, x.taken) == (2_345, 1, 44_555)
