"""Bins: where in the shop a device waits, from the intake until it leaves; on both databases."""

import pytest
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order, order_page
from ticketdesk.domain.bins import NO_BIN
from ticketdesk.domain.codes import bin_code
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.filters import OPEN, Filter
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import lists, orders, scans
from ticketdesk.services.doors import Done, Forbidden
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move
from ticketdesk.services.scans import Kind
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Order


def put(shop: TestShop, order_id: UUID, name: str, seen: str = "", role: Role = Role.TECHNICIAN) -> Done:
    return shop.do(orders.edit, Edit(order_id, {"bin": seen}, {"bin": name}), role)


def test_an_intake_puts_the_device_into_a_bin_and_an_edit_into_another(shop: TestShop) -> None:
    done = an_order(shop, bin=" a 3")
    assert order_page(shop, done.id).row.bin == "A3"
    put(shop, done.id, "b1", "A3")
    assert order_page(shop, done.id).row.bin == "B1"
    put(shop, done.id, "", "B1")
    shown = order_page(shop, done.id)
    assert shown.row.bin == ""
    assert [entry.action for entry in shown.history] == ["edited", "edited", "registered"]
    assert '"bin":"A3"' in shown.history[-1].content


@pytest.mark.parametrize("name", ["A_3", "A" * 13, "«3»"])
def test_a_bin_nobody_could_label_is_refused_by_its_field(shop: TestShop, name: str) -> None:
    done = an_order(shop)
    with pytest.raises(Refusal) as refused:
        an_order(shop, bin=name)
    assert refused.value.field == "bin"
    with pytest.raises(Refusal) as refused:
        put(shop, done.id, name)
    assert refused.value.field == "bin"


def test_two_who_put_it_into_different_bins_are_asked(shop: TestShop) -> None:
    done = an_order(shop)
    put(shop, done.id, "A3")
    with pytest.raises(Conflict) as conflict:
        put(shop, done.id, "B1", role=Role.CLERK)
    assert [(clash.field, clash.theirs, clash.mine) for clash in conflict.value.clashes] == [("bin", "A3", "B1")]


def test_a_device_that_is_handed_over_leaves_its_bin_and_the_journal_says_so(shop: TestShop) -> None:
    done = a_ready_order(shop, 0, bin="A3")
    shop.do(orders.move, Move(done.id, "handed_over"))
    shown = order_page(shop, done.id)
    assert shown.row.bin == ""
    assert '"bin":["A3",""]' in shown.history[0].content
    with pytest.raises(Refusal, match="has left the shop"):
        put(shop, done.id, "B1", role=Role.OWNER)
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_a_cancelled_device_is_still_here_and_anybody_may_put_it_somewhere(shop: TestShop) -> None:
    done = an_order(shop, bin="A3")
    shop.do(orders.move, Move(done.id, "cancelled", reason="s-a răzgândit"))
    put(shop, done.id, "RET", "A3")
    assert order_page(shop, done.id).row.bin == "RET"
    edit = Edit(done.id, {"bin": "RET", "diagnosis": ""}, {"bin": "X", "diagnosis": "y"})
    with pytest.raises(Forbidden):
        shop.do(orders.edit, edit, Role.TECHNICIAN)


def test_a_list_is_narrowed_to_a_bin_and_sorted_by_it(shop: TestShop) -> None:
    numbers = {name: an_order(shop, bin=name).number for name in ("B1", "", "A3", "A10", "C")}
    an_order(shop, bin="A3")
    with shop.database.read() as session:
        for filters in ((Filter("bin", ("a3",)),), (*OPEN, Filter("bin", ("A3",)))):
            found = lists.spine(session, Question(filters, sort="number"))
            assert list(found) == [numbers["A3"], 6], filters
        both = Question((Filter("bin", ("A3", "C")),), sort="bin", descending=True)
        assert list(lists.spine(session, both)) == [5, 6, 3]
        everything = list(lists.spine(session, Question((), sort="bin")))
        stored = dict(session.execute(select(Order.number, Order.bin)).all())
    assert everything == sorted(stored, key=lambda number: (stored[number], number))


def test_what_is_here_and_stands_in_no_bin_is_found_on_both_databases(shop: TestShop) -> None:
    an_order(shop, bin="A3")
    here = an_order(shop)
    gone = an_order(shop)
    shop.do(orders.move, Move(gone.id, "cancelled", reason="x"))
    with shop.database.read() as session:
        for filters, numbers in (
            ((Filter("bin", (NO_BIN,)),), [here.number]),
            ((Filter("bin", (NO_BIN, "A3")),), [1, here.number]),
            ((Filter("bin", (NO_BIN,)), *OPEN), [here.number]),
        ):
            assert list(lists.spine(session, Question(filters, sort="number"))) == numbers, filters


def test_the_label_of_a_bin_is_known_before_any_device_stands_in_it(shop: TestShop) -> None:
    with shop.database.read() as session:
        found = scans.meaning(session, bin_code("R2-14"))
    assert (found.kind, found.title) == (Kind.BIN, "R2-14")
