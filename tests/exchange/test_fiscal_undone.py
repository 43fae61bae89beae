"""Undoing a receipt withdraws its fiscal receipt while nothing can have come out; what came out stays, and is said."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from depth import DEPTH
from exchange.fiscal_counter import Counter
from shop import TestShop
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.exchange.fiscal_folder import PATIENCE, name_of
from ticketdesk.services import fiscal, numbering, payments
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import perform
from ticketdesk.services.fiscal import Again, State
from ticketdesk.services.payments import Reverse
from ticketdesk.services.verify import verify


@pytest.fixture
def counter(shop: TestShop, tmp_path: Path) -> Counter:
    return Counter(shop, tmp_path / "driver")


def test_what_is_undone_before_it_was_printed_is_not_printed(counter: Counter) -> None:
    number = counter.pay(1000)
    counter.undo(number)
    assert counter.relay() == []
    counter.driver.work()
    assert counter.driver.printed == []
    assert list(counter.folder.path.iterdir()) == []
    row = counter.row(number)
    assert (row.state, row.undone) == (State.WITHDRAWN, True)
    assert [listed.number for listed in counter.listed()] == [number]  # shown for a day, and owed by nobody
    counter.wait(timedelta(days=2))
    assert counter.listed() == []
    assert counter.told(number) == "Its fiscal receipt is not printed any more."
    assert counter.journalled(number) == ["asked", "withdrawn"]
    with pytest.raises(Refusal, match="moved on"):
        counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)
    with counter.shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_what_is_undone_once_it_is_with_the_printer_stays_and_whoever_agrees_is_told(counter: Counter) -> None:
    number = counter.pay(1000)
    counter.relay()
    with pytest.raises(NeedsApproval, match="Its fiscal receipt is or may be printed, and has to be cancelled"):
        counter.shop.do(payments.reverse, counter.reversal(number), Role.CLERK, counter.clock)
    counter.undo(number)
    assert counter.told(number) == (
        "Its fiscal receipt is already at the fiscal printer: if it comes out, cancel it there."
    )
    counter.driver.work()
    counter.relay()
    row = counter.row(number)
    assert (row.state, row.undone) == (State.CONFIRMED, True)
    assert counter.told(number) == "Its fiscal receipt 0000001 was printed: cancel it at the fiscal printer."
    assert [listed.state for listed in counter.listed()] == [State.CONFIRMED]


@pytest.mark.parametrize("fault", ["paper", "silent"])
def test_nothing_that_was_undone_is_printed_again(counter: Counter, fault: str) -> None:
    counter.driver.faults = [fault]
    number = counter.pay(1000)
    counter.relay()
    counter.undo(number)
    counter.driver.work()
    counter.wait(PATIENCE + timedelta(seconds=1))
    counter.relay()
    row = counter.row(number)
    if fault == "silent":  # somebody looks at the printer: nothing came out
        assert row.state is State.UNKNOWN
        counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)
    assert counter.row(number).state is State.WITHDRAWN
    printed = len(counter.driver.printed)
    counter.relay()
    counter.driver.work()
    assert len(counter.driver.printed) == printed


def test_what_the_printer_refused_needs_no_receipt_once_it_is_undone(counter: Counter) -> None:
    counter.driver.faults = ["paper"]
    number = counter.pay(1000)
    counter.relay()
    counter.driver.work()
    counter.relay()
    counter.undo(number)
    assert counter.row(number).state is State.WITHDRAWN


def test_a_refund_is_an_act_of_its_own_and_the_receipt_of_what_was_paid_is_printed(counter: Counter) -> None:
    number = counter.pay(1000)
    with counter.shop.database.read() as session:
        part = payments.of_receipt(session, number)[0]
    refund = payments.Refund(part.id, 400, "Prea mult")
    refunded = counter.shop.approved(payments.refund, refund, Role.CLERK, Role.OWNER, counter.clock)
    counter.relay()
    counter.driver.work()
    counter.relay()
    assert counter.row(number).state is State.CONFIRMED
    with counter.shop.database.read() as session:
        ours = numbering.found(session, numbering.RECEIPT, refunded.receipt or "")
        assert fiscal.of_receipt(session, ours) is None


def test_printing_and_undoing_at_once_never_both_succeed(counter: Counter) -> None:
    for _turn in range(12 * DEPTH):
        number = counter.pay(1000)
        row, by, command = counter.row(number), counter.shop.by(Role.CLERK, counter.clock), counter.reversal(number)
        with pytest.raises(NeedsApproval) as needed:
            perform(counter.shop.database, by, payments.reverse, command)
        command = replace(command, approval=counter.shop.approval(needed.value, Role.OWNER))
        start = Barrier(2)

        def undo(by: By = by, command: Reverse = command, start: Barrier = start) -> None:
            start.wait()
            with suppress(Refusal):  # it was agreed to while nothing was printed yet
                perform(counter.shop.database, by, payments.reverse, command)

        undoing = Thread(target=undo)
        undoing.start()
        start.wait()
        counter.relay()
        undoing.join()
        lies_there = (counter.folder.path / f"{name_of(row)}.inp").exists()
        now = counter.row(number)
        assert (now.state, now.undone) == ((State.SENT, False) if lies_there else (State.WITHDRAWN, True))
        assert not list(counter.folder.path.glob(".*"))
