"""One fiscal receipt for each payment: never two, and none that nobody knows of (P13).

``TICKETDESK_TEST_DEPTH=5`` lets more than five hundred things go wrong.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from depth import DEPTH
from exchange.fiscal_counter import Counter
from exchange.fiscal_driver import REFUSALS, some_faults
from shop import TestShop
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.fiscal import FiscalLine, FiscalTender
from ticketdesk.domain.rights import Role
from ticketdesk.domain.shop import WARN
from ticketdesk.exchange.fiscal_folder import PATIENCE, FiscalFolder, name_of
from ticketdesk.services import fiscal, settings
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.fiscal import Again, Attempt, FiscalRow, Settle, State
from ticketdesk.services.merging import Edit
from ticketdesk.services.verify import verify


@pytest.fixture
def counter(shop: TestShop, tmp_path: Path) -> Counter:
    return Counter(shop, tmp_path / "driver")


def test_a_payment_comes_out_of_the_printer_and_its_number_comes_back(counter: Counter) -> None:
    number = counter.pay(53_000, price=53_000)
    assert counter.row(number).sheet.lines == (FiscalLine("Înlocuire ecran", 1000, 53_000, 2100),)
    assert [row.state for row in counter.relay()] == [State.SENT]
    counter.driver.work()
    assert counter.relay() == []
    found = counter.row(number)
    assert (found.state, found.fiscal_number) == (State.CONFIRMED, "0000001")
    assert counter.driver.printed == [
        (
            name_of(found),
            "S,1,______,_,__;Inlocuire ecran;530.00;1.000;1;1;1;0;0;buc\r\nT,1,______,_,__;0;530.00;;;;\r\n",
        )
    ]
    with counter.shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_parts_of_a_bill_are_named_as_such_and_make_the_same_sum(counter: Counter) -> None:
    deposit = counter.row(counter.pay(20_000))
    assert deposit.sheet.tenders == (FiscalTender("cash", 20_000),)
    assert sum(line.price for line in deposit.sheet.lines) == 20_000
    assert deposit.sheet.lines[0].name.startswith("Deposit on order ")
    part = counter.row(counter.pay(10_000, "card", price=30_000))
    assert sum(line.price for line in part.sheet.lines) == part.total == 10_000


def test_a_transfer_takes_no_fiscal_receipt_and_a_shop_without_printer_none_at_all(counter: Counter) -> None:
    counter.pay(1000, "transfer")
    shop = counter.shop
    shop.do(settings.edit, Edit(shop.id, {"fiscal": True}, {"fiscal": False}))
    counter.pay(1000)
    with shop.database.read() as session:
        assert fiscal.unsettled(session) == []


def test_a_silent_printer_leaves_a_doubt_that_somebody_ends(counter: Counter) -> None:
    counter.driver.faults = ["silent", ""]
    number = counter.pay(1000)
    counter.relay()
    counter.driver.work()
    counter.wait(PATIENCE)
    assert [row.state for row in counter.relay()] == [State.SENT]
    counter.wait()
    assert [row.state for row in counter.relay()] == [State.UNKNOWN]
    for _time in range(3):  # however often it looks: it does not print again by itself
        counter.wait(timedelta(hours=1))
        counter.relay()
        counter.driver.work()
    assert len(counter.driver.printed) == 1
    row = counter.row(number)
    with pytest.raises(Forbidden):
        counter.shop.do(fiscal.settle, Settle(row.id, row.attempt, "0000001"), Role.TECHNICIAN)
    with pytest.raises(Refusal, match="number"):
        counter.shop.do(fiscal.settle, Settle(row.id, row.attempt, " "), Role.MANAGER)
    with pytest.raises(NeedsApproval, match=f"receipt {number} of .* came out, with number 0000001"):
        counter.shop.do(fiscal.settle, Settle(row.id, row.attempt, "0000001"), Role.CLERK)
    counter.shop.approved(fiscal.settle, Settle(row.id, row.attempt, "0000001"), Role.CLERK, Role.MANAGER)
    assert counter.row(number).state is State.CONFIRMED


def test_what_did_not_come_out_is_printed_again_under_another_name(counter: Counter) -> None:
    counter.driver.faults = ["paper"]
    number = counter.pay(1000)
    counter.relay()
    counter.driver.work()
    row = counter.relay()[0]
    assert (row.state, row.answer) == (State.REFUSED, "Lipsă hârtie")
    counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)
    with pytest.raises(Refusal, match="moved on"):  # two people press
        counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)
    counter.relay()
    counter.driver.work()
    counter.relay()
    assert [name for name, _content in counter.driver.printed] == [name_of(counter.row(number))]
    assert counter.row(number).state is State.CONFIRMED


@pytest.mark.parametrize("why", REFUSALS)
def test_what_the_printer_refuses_is_said_and_printed_once_when_it_is_mended(counter: Counter, why: str) -> None:
    numbers = [counter.pay(1000), counter.pay(2000, "card")]
    counter.driver.blocked = why  # the day is not closed, 24 hours are over, …: whatever comes is refused
    for _time in range(3):  # and nothing is tried again by itself
        counter.relay()
        counter.driver.work()
        counter.wait(timedelta(hours=1))
    assert [(row.number, row.state, row.answer) for row in counter.relay()] == [
        (number, State.REFUSED, REFUSALS[why]) for number in numbers
    ]
    assert counter.driver.met[why] == len(numbers)
    still = counter.row(numbers[0])
    counter.shop.do(fiscal.again, Again(still.id, still.attempt), Role.OWNER)
    counter.relay()
    counter.driver.work()
    assert [row.state for row in counter.relay()] == [State.REFUSED, State.REFUSED]  # it was not mended yet
    counter.driver.blocked = ""  # the Z report was made, paper put in
    for number in numbers:
        row = counter.row(number)
        counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)
    for _time in range(3):
        counter.relay()
        counter.driver.work()
    assert counter.relay() == []
    printed = [name for name, _content in counter.driver.printed]
    assert sorted(printed) == sorted(name_of(counter.row(number)) for number in numbers)
    assert [counter.row(number).attempt for number in numbers] == [3, 2]


def test_a_printer_that_goes_off_in_the_middle_leaves_a_doubt_and_no_second_receipt(counter: Counter) -> None:
    counter.driver.faults = ["dies"]
    number = counter.pay(1000)
    counter.relay()
    counter.driver.work()
    counter.wait(PATIENCE + timedelta(seconds=1))
    row = counter.relay()[0]
    assert (row.state, counter.driver.printed) == (State.UNKNOWN, [])
    counter.shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER)  # somebody looked: nothing came out
    counter.relay()
    counter.driver.work()
    counter.relay()
    assert [name for name, _content in counter.driver.printed] == [name_of(counter.row(number))]


def test_a_program_that_died_after_sending_hears_the_answer_when_it_is_back(counter: Counter) -> None:
    number = counter.pay(1000)
    counter.relay()  # the file lies there, and here it died
    counter.driver.work()
    counter.wait(timedelta(days=1))
    counter.relay()
    assert counter.row(number).state is State.CONFIRMED
    assert len(counter.driver.printed) == 1


def test_a_folder_that_is_locked_loses_nothing(counter: Counter) -> None:
    number = counter.pay(1000)
    locked = counter.folder.path / f".{name_of(counter.row(number))}.part"
    locked.mkdir()  # nothing can be written there
    with pytest.raises(Unavailable, match="cannot be written to"):
        counter.relay()
    assert counter.row(number).state is State.TO_PRINT
    locked.rmdir()
    counter.relay()
    counter.driver.work()
    counter.relay()
    assert counter.row(number).state is State.CONFIRMED


def test_what_an_earlier_shop_left_in_the_folder_is_no_answer(counter: Counter) -> None:
    """A shop that was restored or founded anew gives the same numbers out again."""
    number = counter.pay(1000)
    answer = f"bon-{number}-1"
    for name in (answer, f"{answer}-00000000"):
        (counter.folder.path / f"{name}.out").write_text("OK;0000009\r\n", encoding="cp1250")
    counter.relay()
    assert [row.state for row in counter.relay()] == [State.SENT]
    counter.driver.work()
    counter.relay()
    assert counter.row(number).fiscal_number == "0000001"


def test_an_answer_that_comes_late_is_still_taken(counter: Counter) -> None:
    counter.driver.faults = ["late"]
    number = counter.pay(1000)
    counter.relay()
    counter.driver.work()
    counter.wait(PATIENCE + timedelta(seconds=1))
    assert [row.state for row in counter.relay()] == [State.UNKNOWN]
    counter.driver.work()
    counter.relay()
    assert counter.row(number).state is State.CONFIRMED


def test_a_program_that_died_between_saying_and_sending_prints_nothing_twice(counter: Counter) -> None:
    number = counter.pay(1000)
    row = counter.row(number)
    counter.shop.do(fiscal.send, Attempt(row.id, row.attempt), Role.CLERK, counter.clock)  # and here it died
    counter.relay()
    counter.driver.work()
    counter.wait(PATIENCE + timedelta(seconds=1))
    counter.relay()
    counter.driver.work()
    assert counter.driver.printed == []
    assert counter.row(number).state is State.UNKNOWN


def test_receipts_wait_while_the_folder_is_away_and_go_out_when_it_is_back(counter: Counter) -> None:
    number = counter.pay(1000)
    away = counter.folder.path.rename(counter.folder.path.with_name("away"))
    with pytest.raises(Unavailable, match="not there"):
        counter.relay()
    assert counter.row(number).state is State.TO_PRINT
    away.rename(counter.folder.path)
    counter.relay()
    assert counter.row(number).state is State.SENT


def test_a_file_that_cannot_appear_is_known_not_to_be_printed(counter: Counter) -> None:
    number = counter.pay(1000)
    (counter.folder.path / f"{name_of(counter.row(number))}.inp").mkdir()
    counter.relay()
    assert counter.row(number).state is State.REFUSED


def test_a_rate_the_printer_does_not_know_is_said_and_the_money_is_kept(counter: Counter) -> None:
    counter.folder = FiscalFolder(counter.folder.path, counter.folder.dialect, {}, counter.folder.types)
    number = counter.pay(1000)
    counter.relay()
    row = counter.row(number)
    assert row.state is State.REFUSED
    assert "21 % VAT" in row.answer


def test_whatever_fails_each_payment_has_one_receipt_or_is_listed(sqlite_shop: TestShop, tmp_path: Path) -> None:
    counter = Counter(sqlite_shop, tmp_path / "driver")
    sqlite_shop.set(cash_limit=WARN)  # all of it is one customer's
    chance = random.Random(20261124)
    counter.driver.faults = some_faults(chance, 600 * DEPTH)
    met = counter.driver.met
    numbers: list[str] = []
    eyes: Callable[[FiscalRow], str] = lambda row: next(  # noqa: E731 - whoever looks at the printer
        (f"{place:07d}" for place, (name, _c) in enumerate(counter.driver.printed, 1) if name == name_of(row)), ""
    )
    away = counter.folder.path.with_name("away")
    for turn in range(120 * DEPTH + 40):
        if turn < 120 * DEPTH:
            numbers.append(counter.pay(chance.randint(1, 9_000), chance.choice(["cash", "card"])))
            if chance.random() < 0.05:  # somebody takes the folder away for a while
                counter.folder.path.rename(away)
                with pytest.raises(Unavailable):
                    counter.relay()
                away.rename(counter.folder.path)
                met["folder away"] += 1
        if chance.random() < 0.05:  # the program dies between saying that it sends and sending
            row = counter.row(numbers[-1])
            with suppress(Refusal):
                sqlite_shop.do(fiscal.send, Attempt(row.id, row.attempt), Role.CLERK, counter.clock)
                met["died"] += 1
        counter.relay()
        counter.driver.work()
        counter.wait(timedelta(seconds=chance.choice([2, 5, 70])))
        for row in counter.relay():
            if row.state is State.UNKNOWN and (seen := eyes(row)):
                sqlite_shop.do(fiscal.settle, Settle(row.id, row.attempt, seen), Role.OWNER, counter.clock)
            elif row.state in (State.UNKNOWN, State.REFUSED):
                sqlite_shop.do(fiscal.again, Again(row.id, row.attempt), Role.OWNER, counter.clock)
    by_receipt: dict[str, int] = {}
    for name, _content in counter.driver.printed:
        number = name.removeprefix("bon-").rsplit("-", 2)[0]
        by_receipt[number] = by_receipt.get(number, 0) + 1
    open_ones = {row.number for row in counter.relay()}
    assert set(by_receipt.values()) == {1}
    assert {number for number in numbers if counter.row(number).state is State.CONFIRMED} | open_ones == set(numbers)
    assert len(counter.driver.printed) >= 100 * DEPTH
    assert met.total() >= 100 * DEPTH, met
