"""One request is one deed: repeated from anywhere, at any time, by anybody, it gets its first answer (P2)."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shop import TestShop, a_new_order, a_ready_order
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import intake, payments
from ticketdesk.services.doors import Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Entry, Order, Payment


def elsewhere(shop: TestShop) -> Database:
    database = Database(shop.database.url.render_as_string(hide_password=False))
    database.info.update(shop.database.info)
    return database


def count(shop: TestShop, table: type[Order | Payment | Entry]) -> int:
    with shop.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def repeats(by: By, shop: TestShop) -> list[By]:
    """Give the ways a request comes again."""
    return [
        by,
        replace(by, station="Another PC"),
        replace(by, at=by.at - timedelta(days=400)),
        replace(by, at=by.at + timedelta(days=4000)),
        replace(by, staff_id=shop.people[Role.MANAGER]),
    ]


def test_a_repeat_from_anywhere_gets_the_first_answer(shop: TestShop) -> None:
    order, by = a_ready_order(shop), shop.by(Role.CLERK)
    paid = TakePayment(order.id, (Tender("cash", 53_000),))
    first = perform(shop.database, by, payments.take_payment, paid)
    entries = count(shop, Entry)
    again = elsewhere(shop)
    assert [perform(again, one, payments.take_payment, paid) for one in repeats(by, shop)] == [first] * 5
    again.close()
    assert (count(shop, Payment), count(shop, Entry)) == (1, entries)


def test_eight_repeats_at_the_same_moment_are_one_deed(shop: TestShop) -> None:
    by, wanted, start = shop.by(Role.CLERK), a_new_order(deposit=5_000), threading.Barrier(8)
    answers: list[Done] = []

    def ask() -> None:
        database = elsewhere(shop)
        start.wait(30)
        answers.append(perform(database, by, intake.register, wanted))
        database.close()

    threads = [threading.Thread(target=ask) for _one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert (count(shop, Order), count(shop, Payment)) == (1, 1)


def test_the_same_request_is_not_taken_for_another_wish(shop: TestShop) -> None:
    order, by = a_ready_order(shop), shop.by(Role.CLERK)
    perform(shop.database, by, payments.take_payment, TakePayment(order.id, (Tender("cash", 10_000),)))
    for other in (
        TakePayment(order.id, (Tender("cash", 10_001),)), TakePayment(order.id, (Tender("card", 10_000),)),
        TakePayment(new_key(), (Tender("cash", 10_000),)),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="already used for something else"):
            perform(shop.database, by, payments.take_payment, other)
    with pytest.raises(Refusal, match="already used for something else"):
        perform(shop.database, by, intake.register, a_new_order())
    assert (count(shop, Payment), count(shop, Order)) == (1, 1)


def test_what_was_refused_may_be_asked_again_under_its_request(shop: TestShop) -> None:
    order, by = a_ready_order(shop), shop.by(Role.CLERK)
    with pytest.raises(Refusal):
        perform(shop.database, by, payments.take_payment, TakePayment(order.id, (Tender("cash", 99_000),)))
    mended = TakePayment(order.id, (Tender("cash", 53_000),))
    assert perform(shop.database, by, payments.take_payment, mended).receipt == shop.shown(1)
