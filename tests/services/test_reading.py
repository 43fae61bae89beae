"""Whoever may not see customers gets their names and devices, and nothing else of them, whatever is asked (P21)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Place
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.services import (
    accounts,
    bench,
    counter,
    customer_pages,
    customers,
    day,
    deposits,
    estimates,
    finding,
    lists,
    orders,
    pages,
    paper,
    payments,
    settings,
    transfers,
    wire,
)
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lists import Question
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.reading import Reader, sees_customers
from ticketdesk.services.transfers import Exported
from ticketdesk.storage.tables import Order

NAME, PHONE = "Ștefan Ungureanu", "722000418"
PLANTED = (PHONE, "stefan.u@exemplu.ro", "Fântânii 7", "733111222", "1590082", "plătește greu", "cartierul vechi")
"""What the shop knows of him besides: two phones, e-mail, address, tax number, a note and a tag."""
CUSTOMER = NewCustomer(
    NAME,
    "0722 000 418",
    email="stefan.u@exemplu.ro",
    address="Str. Fântânii 7, Cluj-Napoca",
    tax_id="RO1590082",
    company=True,
    contacts=("0733 111 222 soția",),
    notes="plătește greu",
    tags=("cartierul vechi",),
)
PAPERS = ("intake", "label", "receipt", "estimate", "warranty")
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def asked(order: UUID) -> dict[str, Callable[[Session], Any]]:
    """Give everything that tells of an order or its customer."""
    all_of_it = Question((), at=datetime.now(UTC), zone="Europe/Bucharest", sort="number", descending=True)
    found_by_phone = Question((Filter("text", ("0722000418",)),), sort="number", descending=True)

    def of(session: Session) -> Order:
        return session.get_one(Order, order)

    def customer(session: Session) -> UUID:
        return of(session).customer_id or order

    return {
        "first rows": lambda session: lists.opening(session, Question(at=AT, zone="Europe/Bucharest")).rows,
        "all, by number": lambda session: lists.opening(session, all_of_it).rows,
        "found by phone": lambda session: lists.opening(session, found_by_phone).rows,
        "next page": lambda session: lists.page(session, Question((), sort="number"), after=1),
        "rows": lambda session: lists.rows(session, list(session.scalars(select(Order.number)))),
        "rows by key": lambda session: lists.rows_by_id(session, [order]),
        "board": lists.board,
        "bench": lambda session: bench.queue(session, order, pool=True),
        "order": lambda session: pages.order_page(session, order),
        "box": lambda session: finding.find(session, NAME, Viewer(None, AT, "Europe/Bucharest"), None),
        "customers found": lambda session: customers.find(session, "0722000418"),
        "customer": lambda session: customers.one(session, customer(session)),
        "visitor": lambda session: counter.visitor(session, customer(session), AT),
        "device": lambda session: customer_pages.device_page(session, of(session).device_id, AT, None),
        "deposits": lambda session: deposits.to_settle(session, at=AT),
        "debts": accounts.debts,
        "day": lambda session: day.day(session, AT.date(), settings.shop(session), day.sight(Role.OWNER, order)),
        "orders of the day": lambda session: day.day_orders(
            session,
            day_of(datetime.now(UTC), settings.shop(session).zone),
            settings.shop(session),
            day.sight(Role.OWNER, order),
            day.RECEIVED,
        ),
        **{name: partial(paper.facts_for, order_id=order, document=name) for name in PAPERS},
    }


@pytest.fixture
def order(shop: TestShop) -> UUID:
    """Give an order of his that was worked at, paid and handed over; another waits in the pool, a third left unpaid."""
    done = a_ready_order(shop, customer=CUSTOMER, place=Place.ON_SITE, address="Str. Lungă 3, etaj 2")
    shop.do(estimates.make, estimates.MakeEstimate(done.id))
    shop.do(payments.take_payment, TakePayment(done.id, (Tender("card", 53_000),), then="handed_over"))
    an_order(shop, customer=CUSTOMER)
    unpaid = a_ready_order(shop, customer=CUSTOMER, deposit=1_000)
    shop.approved(orders.move, orders.Move(unpaid.id, "handed_over", pay_by=shop.today()))
    return done.id


@pytest.mark.parametrize("role", [*Role, None])
def test_what_a_customer_is_reached_by_is_told_to_who_may_see_customers(
    shop: TestShop, order: UUID, role: Role | None
) -> None:
    told: dict[str, str] = {}
    for name, question in asked(order).items():
        with Reader(shop.database, role).read() as session:
            assert sees_customers(session) is may(role, Right.SEE_CUSTOMERS)
            told[name] = wire.dumps(question(session))
    everything = " ".join(told.values())
    assert NAME in everything
    assert "Str. Lungă 3" in told["order"]  # where the work is done is a fact of the order
    leaks = {name: [fact for fact in PLANTED if fact in text] for name, text in told.items()}
    if may(role, Right.SEE_CUSTOMERS):
        assert {fact for facts in leaks.values() for fact in facts} == set(PLANTED)
    else:
        assert {name: facts for name, facts in leaks.items() if facts} == {}


def test_a_customer_of_whom_only_the_name_is_told_says_so(shop: TestShop, order: UUID) -> None:
    """Nought orders and nothing owed would be lies."""
    for role, whole in ((Role.CLERK, True), (Role.TECHNICIAN, False)):
        with Reader(shop.database, role).read() as session:
            row = pages.order_page(session, order).customer
            owing = counter.visitor(session, row.id if row else order, AT).owing_order
        assert row is not None
        assert (row.name, row.name_only) == (NAME, not whole)
        assert (row.orders > 0, row.owes > 0, owing is not None) == (whole, whole, whole)


def test_phones_leave_the_shop_in_a_file_once_the_owner_agrees(shop: TestShop) -> None:
    plain = Exported("Active", ".csv")
    for role in (Role.OWNER, Role.MANAGER, Role.ACCOUNTANT):
        shop.do(transfers.exported, plain, role)
    phones = replace(plain, phones=True)
    for role in (Role.CLERK, Role.TECHNICIAN, Role.ACCOUNTANT):
        with pytest.raises(Forbidden):
            shop.do(transfers.exported, phones, role)
    with pytest.raises(
        NeedsApproval, match="An owner has to approve: Write the list “Active” into a file, with the phones"
    ):
        shop.do(transfers.exported, phones, Role.MANAGER)
    with pytest.raises(NeedsApproval, match="Confirm with your PIN"):
        shop.do(transfers.exported, phones)
    shop.approved(transfers.exported, phones, Role.MANAGER, Role.OWNER)


def test_the_program_itself_reads_everything(shop: TestShop, order: UUID) -> None:
    with shop.database.read() as session:
        assert PHONE in lists.rows_by_id(session, [order])[0].customer_phone


READS_FOR_NOBODY = {
    "desktop/desk.py", "desktop/opened.py", "desktop/watch.py", "desktop/dialogs/staff.py", "desktop/tour.py",
    "desktop/measuring/elsewhere.py", "cli/context.py", "cli/bench.py", "cli/driver.py", "cli/shop.py",
}  # fmt: skip
"""What opens the database by itself: the start, what is read ahead, the watch, PINs, measurements, checks."""


def test_screens_and_commands_read_as_whoever_asks() -> None:
    source = Path(lists.__file__).parents[1]
    opening = re.compile(r"database\.(read|snapshot|begin)\(")
    found = {
        path.relative_to(source).as_posix()
        for edge in ("desktop", "cli")
        for path in (source / edge).rglob("*.py")
        if opening.search(path.read_text(encoding="utf-8"))
    }
    assert found <= READS_FOR_NOBODY
