"""Documents about money are numbered per location and year: unique always, gapless, found again by what is typed (P8)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.by import By
from ticketdesk.domain.codes import sale_code
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import customers, locations, payments, reckoning, sales, scans, series, shifts
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Done, answer_read, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.payments import Reverse, TakePayment
from ticketdesk.services.sales import NewSale
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Counter, Entry, Payment, Sale, Shift

NEW_YEAR = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)
"""Midnight in Bucharest, two hours ahead of UTC in winter."""
SECOND = timedelta(seconds=1)
CABLE = NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 5_000),))


def sold(shop: TestShop, at: datetime | None = None, station: str = "T1") -> Done:
    return perform(shop.database, replace(shop.by(Role.CLERK, at), station=station), sales.sell, CABLE)


def clean(shop: TestShop) -> bool:
    with shop.database.snapshot() as session:
        return list(verify(session)) == []


def missing(shop: TestShop) -> dict[tuple[str, str], tuple[int, tuple[int, ...]]]:
    with shop.database.read() as session:
        return {(row.kind, row.series): (row.last, row.missing) for row in series.every(session)}


def test_the_year_changes_at_midnight_of_the_shops_clock(shop: TestShop) -> None:
    shop.set(shifts=True)
    before = [
        shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), Role.CLERK, NEW_YEAR - 9 * SECOND),
        sold(shop, NEW_YEAR - SECOND),
    ]
    after = [sold(shop, NEW_YEAR), sold(shop, NEW_YEAR + SECOND)]
    moved = shop.approved(shifts.move, MoveCash(-2_000, "Bancă"), Role.CLERK, Role.MANAGER, NEW_YEAR + SECOND)
    assert [done.document for done in before] == ["2026-00001", "2026-00001"]
    assert [done.document for done in after] == ["2027-00001", "2027-00002"]
    assert [done.receipt for done in (*before[1:], *after)] == ["2026-00001", "2027-00001", "2027-00002"]
    assert (moved.document, moved.receipt) == ("2026-00001", "2027-00001")
    # the shift that lasted over midnight keeps its number, and its report names the receipts of both years
    counted = shop.do(shifts.count_till, CountTill(before[0].id, Count(other=8_000)), Role.CLERK, NEW_YEAR + SECOND)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(before[0].id, counted.made), Role.CLERK, NEW_YEAR + SECOND)
    opened = shop.do(shifts.open_shift, OpenShift(Count(other=8_000)), Role.CLERK, NEW_YEAR + 2 * SECOND)
    assert opened.document == "2027-00001"
    with shop.database.read() as session:
        z = reckoning.of_shift(session, before[0].id)
        listed = [row.number for row in reckoning.receipts(session, before[0].id, sees_cash=True)]
        assert [row.number for row in reckoning.latest(session)] == ["2027-00001", "2026-00001"]
    assert [run.shown() for run in z.receipts] == [("2026-00001", "2026-00001"), ("2027-00001", "2027-00002")]
    assert [(move.number, move.amount) for move in z.moves] == [("2026-00001", 10_000), ("2027-00001", -2_000)]
    assert listed == ["2027-00002", "2027-00001", "2026-00001"]
    assert clean(shop)


def test_orders_and_customers_are_numbered_for_ever(shop: TestShop) -> None:
    an_order(shop)
    with shop.database.begin() as session:
        session.execute(text("UPDATE counter SET last = 41 WHERE kind = 'order'"))
    assert an_order(shop).number == 42
    with shop.database.read() as session:
        counters = {(row.kind, row.series): row.last for row in session.scalars(select(Counter))}
    assert counters == {("order", ""): 42, ("customer", ""): 1}


def test_a_clock_that_is_set_back_makes_no_double_and_no_gap(shop: TestShop) -> None:
    moments = [NEW_YEAR - 2 * SECOND, NEW_YEAR, NEW_YEAR - timedelta(days=3), NEW_YEAR + SECOND, NEW_YEAR - SECOND]
    numbers = [sold(shop, at).document for at in moments]
    assert numbers == ["2026-00001", "2027-00001", "2026-00002", "2027-00002", "2026-00003"]
    assert clean(shop)


def test_each_location_has_numbers_of_its_own(shop: TestShop) -> None:
    year = shop.document(1).series
    assert sold(shop).document == f"{year}-00001"
    cluj = shop.do(locations.add, NewLocation("Cluj", letters="CJ"))
    assert sold(shop).document == f"CJ{year}-00001"  # the only location there is
    turda = shop.do(locations.add, NewLocation("Turda", letters="TRD"))
    assert sold(shop).document == f"CJ{year}-00002"  # a second one takes nothing from the PCs of the first
    shop.do(locations.use, UseLocation(cluj.id, "T1"))
    shop.do(locations.use, UseLocation(turda.id, "T2"))
    there = [sold(shop, station=station) for station in ("T1", "T2", "T2", "T1", "T3")]
    shown = [f"CJ{year}-00003", f"TRD{year}-00001", f"TRD{year}-00002", f"CJ{year}-00004", f"CJ{year}-00005"]
    assert [done.document for done in there] == shown
    for station in ("T1", "T2", "T3"):
        with shop.database.read() as session:
            place = locations.of_station(session, station)
        assert place is not None
        assert (sold(shop, station=station).document or "").startswith(f"{place.letters}{year}-")
    assert clean(shop)


def test_what_is_typed_finds_the_one_receipt_that_is_meant(shop: TestShop) -> None:
    first, second = sold(shop, NEW_YEAR - SECOND), sold(shop, NEW_YEAR)
    only = sold(shop, NEW_YEAR + SECOND)
    with shop.database.read() as session:
        for typed, meant in (("2026-1", first), ("2027/00001", second), ("2027 2", only), ("2", only)):
            assert [part.id for part in payments.of_receipt(session, typed)] == [meant.made]
            assert sales.sale_id_of(session, typed) == meant.id
        with pytest.raises(Refusal, match="Several receipts have number 1: 2026-00001, 2027-00001"):
            payments.of_receipt(session, "1")
        with pytest.raises(Refusal, match="Several sales have number 1: 2026-00001, 2027-00001"):
            sales.sale_id_of(session, "1")
        for typed in ("3", "2026-2", "2025-1"):
            with pytest.raises(Refusal, match=f"There is no receipt {typed}"):
                payments.of_receipt(session, typed)
        with pytest.raises(Refusal, match="no document number"):
            payments.of_receipt(session, "bon 1")


def test_documents_from_before_there_were_series_keep_their_numbers(shop: TestShop) -> None:
    first = sold(shop, NEW_YEAR - 2 * SECOND)
    with shop.database.begin() as session:  # as the migration leaves them
        session.execute(text("UPDATE sale SET series = ''"))
        session.execute(text("UPDATE counter SET series = '' WHERE kind = 'sale'"))
    second = sold(shop, NEW_YEAR - SECOND)
    assert second.document == "2026-00001"
    with shop.database.read() as session:
        old, new = (scans.meaning(session, sale_code(DocumentNumber(name, 1))) for name in ("", "2026"))
        assert (old.id, old.title, new.id, new.title) == (first.id, "1", second.id, "2026-00001")
        assert sales.sale_page(session, first.id).number == "1"
        assert scans.meaning(session, sale_code(DocumentNumber("2027", 1))).id is None
    assert missing(shop)["sale", ""] == (1, ())


def test_what_is_undone_keeps_its_number(shop: TestShop) -> None:
    order = a_ready_order(shop)
    paid = shop.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 10_000),)), Role.CLERK)
    assert paid.made is not None
    undone = shop.approved(payments.reverse, Reverse(paid.made, "Greșeală"), Role.CLERK, Role.MANAGER)
    assert (paid.receipt, undone.receipt) == (shop.shown(1), shop.shown(2))
    with shop.database.read() as session:
        numbers = session.scalars(select(Payment.number).order_by(Payment.number)).all()
    assert numbers == [1, 2]
    assert missing(shop)["receipt", shop.document(1).series] == (2, ())


def test_a_request_that_is_repeated_gets_its_first_number(shop: TestShop) -> None:
    by = shop.by(Role.CLERK, NEW_YEAR - SECOND)
    first = perform(shop.database, by, sales.sell, CABLE)
    again = perform(shop.database, replace(by, at=NEW_YEAR), sales.sell, CABLE)
    assert first == again
    assert (again.document, again.receipt) == ("2026-00001", "2026-00001")
    assert sold(shop, NEW_YEAR).document == "2027-00001"


def test_an_answer_from_before_there_were_series_is_still_given(shop: TestShop) -> None:
    by = shop.by(Role.CLERK)
    done = perform(shop.database, by, sales.sell, CABLE)
    with shop.database.read() as session:
        answer = json.loads(session.scalars(select(Entry.answer).where(Entry.request == by.request)).one() or "")
    del answer["document"]
    before = answer_read(json.dumps(answer | {"number": 12, "receipt": 34}))
    assert (before.id, before.number, before.document, before.receipt) == (done.id, None, "12", "34")
    order = answer_read(json.dumps(answer | {"subject": "order", "number": 12, "receipt": None}))
    assert (order.number, order.document, order.receipt) == (12, None, None)


def test_a_report_from_before_there_were_series_is_still_read(shop: TestShop) -> None:
    shop.set(shifts=True)
    opened = shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), Role.CLERK)
    sold(shop)
    counted = shop.do(shifts.count_till, CountTill(opened.id, Count(other=10_000)), Role.CLERK)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(opened.id, counted.made), Role.CLERK)
    with shop.database.read() as session:
        written = json.loads(session.scalar(select(Shift.z)) or "")
    del written["receipts"]
    before = {"number": 7, "first_receipt": 3, "last_receipt": 5}
    moves = [{**move, "number": 9} for move in written["moves"]]
    z = reckoning.as_closed(json.dumps(written | before | {"moves": moves}))
    assert (z.number, [run.shown() for run in z.receipts]) == ("7", [("3", "5")])
    assert [move.number for move in z.moves] == ["9"]
    without = reckoning.as_closed(json.dumps(written | before | {"first_receipt": None, "last_receipt": None}))
    assert without.receipts == ()


def test_the_gap_report_names_what_is_missing_in_each_series(shop: TestShop) -> None:
    for at in (NEW_YEAR - SECOND, NEW_YEAR, NEW_YEAR, NEW_YEAR):
        sold(shop, at)
    with shop.database.begin() as session:
        session.execute(text("UPDATE sale SET number = 9 WHERE series = '2027' AND number = 2"))
        session.execute(text("UPDATE counter SET last = 3 WHERE kind = 'sale' AND series = '2026'"))
    found = missing(shop)
    assert found["sale", "2026"] == (3, (2, 3))
    assert found["sale", "2027"] == (9, (2, 4, 5, 6, 7, 8))
    assert found["receipt", "2026"] == (1, ())
    assert found["receipt", "2027"] == (3, ())
    with shop.database.snapshot() as session:
        rows = [fault.row for fault in verify(session) if fault.check == "numbers"]
    assert "sale 2026-00002 of 3 is missing" in rows
    assert "sale 2027-00008 of 9 is missing" in rows


def test_a_list_is_in_the_turn_in_which_things_happened(shop: TestShop) -> None:
    customer = shop.do(customers.add, NewCustomer("Ana Pop", "0733 111 222"), Role.CLERK).id
    command = replace(CABLE, customer_id=customer)
    for at in (NEW_YEAR - 2 * SECOND, NEW_YEAR - SECOND, NEW_YEAR):
        perform(shop.database, By(shop.people[Role.CLERK], "T1", at, new_key()), sales.sell, command)
    with shop.database.read() as session:
        rows = [row.number for row in sales.of_customer(session, customer)]
        assert session.scalar(select(func.count()).select_from(Sale)) == 3
    assert rows == ["2027-00001", "2026-00002", "2026-00001"]
