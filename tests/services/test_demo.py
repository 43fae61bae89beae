"""The demo shop looks like one that people worked in."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from ticketdesk.services import opening
from ticketdesk.storage.tables import Entry, Order


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
