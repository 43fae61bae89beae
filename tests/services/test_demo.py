"""The demo shop looks like one that people worked in."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import day_of
from ticketdesk.services import demo, opening
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Counter, Entry, Order, Payment


def test_no_payment_of_the_demo_is_changed_unseen(tmp_path: Path) -> None:
    database, _founded = opening.found_demo_at(str(tmp_path / "demo.db"), 60, 1, "Casa 1")
    with closing(database), Session(database.writing, info=database.info) as session:
        assert list(verify(session)) == []
        session.execute(text("DROP TRIGGER payment_no_update"))
        first = session.scalars(select(Payment).order_by(*Payment.in_turn()).limit(1)).one()
        for change in ("reference = 'X'", "tendered = tendered + 1", "customer_id = NULL", "station = 'X'"):
            with session.begin_nested() as attempt:
                session.execute(
                    text(f"UPDATE payment SET {change} WHERE number = {first.number} AND series = '{first.series}'")
                )
                found = [fault.row for fault in verify(session) if fault.check == "payments"]
                attempt.rollback()
            assert any(row.startswith(f"receipt {first.shown}/1: {change.split(maxsplit=1)[0]}") for row in found), (
                change
            )
        session.rollback()


@pytest.mark.parametrize("seed", [1, 7])
def test_the_history_of_every_order_goes_forward_in_time(tmp_path: Path, seed: int) -> None:
    database, _founded = opening.found_demo_at(str(tmp_path / "demo.db"), 400, seed, "Casa 1")
    with closing(database), database.read() as session:
        told = select(Entry.subject_id, Entry.at).join(Order, Order.id == Entry.subject_id)
        entries = session.execute(told.order_by(Entry.subject_id, Entry.position)).all()
        backwards = [one for one, after in pairwise(entries) if one[0] == after[0] and one[1] > after[1]]
        late = session.scalars(select(Order.number).where(Order.handed_over_at < Order.ready_at)).all()
    assert len(entries) > 1000
    assert (backwards, late) == ([], [])


def test_its_receipts_are_numbered_anew_each_year_as_they_were_made(tmp_path: Path) -> None:
    database, _founded = opening.found_demo_at(str(tmp_path / "demo.db"), 400, 1, "Casa 1")
    with closing(database), database.snapshot() as session:
        made = session.scalars(select(Payment).order_by(Payment.at, Payment.series, Payment.number)).all()
        years = [str(day_of(payment.at, demo.SHOP.zone).year) for payment in made]
        assert [payment.series for payment in made] == years
        assert len(set(years)) > 1
        for year in set(years):
            numbers = [payment.number for payment in made if payment.series == year]
            assert numbers == list(range(1, len(numbers) + 1))
        counters = {row.series: row.last for row in session.scalars(select(Counter).where(Counter.kind == "receipt"))}
        assert counters == {year: years.count(year) for year in set(years)}
        assert list(verify(session)) == []
