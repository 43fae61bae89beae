"""The demo shop looks like one that people worked in."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ticketdesk.services import opening
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Entry, Order, Payment


def test_no_payment_of_the_demo_is_changed_unseen(tmp_path: Path) -> None:
    database, _founded = opening.found_demo_at(str(tmp_path / "demo.db"), 60, 1, "Casa 1")
    with closing(database), Session(database.writing, info=database.info) as session:
        assert list(verify(session)) == []
        session.execute(text("DROP TRIGGER payment_no_update"))
        first = session.scalars(select(Payment).order_by(Payment.number).limit(1)).one()
        for change in ("reference = 'X'", "tendered = tendered + 1", "customer_id = NULL", "station = 'X'"):
            with session.begin_nested() as attempt:
                session.execute(text(f"UPDATE payment SET {change} WHERE number = {first.number}"))
                found = [fault.row for fault in verify(session) if fault.check == "payments"]
                attempt.rollback()
            assert any(row.startswith(f"receipt {first.number}/1: {change.split(maxsplit=1)[0]}") for row in found), (
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
