"""Two customers who are one: everything moves, both histories tell, and for a day it can be taken back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shop import TestShop, an_order
from ticketdesk.desktop.sentences import sentence
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import customer_lists, customers, joining, journal, orders, pages
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.customer_lists import ALIKE, Question
from ticketdesk.services.customers import CustomerRow, NewCustomer
from ticketdesk.services.doors import Done, Forbidden
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.joining import CHOSEN, MergeCustomers, UndoMerge
from ticketdesk.services.merging import Edit
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Base, Customer, Order

PHONE = NewDevice("phone", "Apple", "iPhone 13", "ABC123")


def row(shop: TestShop, key: UUID) -> CustomerRow:
    with shop.database.read() as session:
        return customers.rows_of(session, [session.get_one(Customer, key)])[0]


def a_pair(shop: TestShop) -> tuple[CustomerRow, CustomerRow]:
    """Give one customer twice: with an order each, under two names and phones."""
    first = shop.do(
        customers.add,
        NewCustomer(
            "Ștefan Ungureanu", "0722 000 418", "stefan@exemplu.ro", consent=True, notes="Sună înainte.", tags=("VIP",)
        ),
    )
    second = shop.do(
        customers.add,
        NewCustomer(
            "Ungureanu Stefan", "0744 111 222", address="Str. Horea 21", notes="Vine sâmbăta.", tags=("fidel",)
        ),
    )
    an_order(shop, customer=None, customer_id=first.id)
    an_order(shop, customer=None, customer_id=second.id, device=PHONE)
    return row(shop, first.id), row(shop, second.id)


def merge(shop: TestShop, kept: CustomerRow, gone: CustomerRow, role: Role = Role.MANAGER, **chosen: Value) -> Done:
    return shop.do(joining.merge, MergeCustomers(kept.id, kept.version, gone.id, gone.version, chosen), role)


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def whose(shop: TestShop) -> dict[int, str]:
    with shop.database.read() as session:
        found = session.execute(select(Order.number, Order.customer_name).order_by(Order.number))
        return {number: name for number, name in found}  # noqa: C416 - a row is no pair of types to mypy


def said(shop: TestShop, key: UUID) -> list[str]:
    with shop.database.read() as session:
        return [entry.action for entry in journal.history(session, key)]


def test_everything_of_both_is_with_the_one_who_stays(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    merge(shop, kept, gone, name="Ștefan Ungureanu", phone="+40744111222", address="Str. Horea 21")
    now = row(shop, kept.id)
    assert (now.phone, now.address, now.orders) == ("+40744111222", "Str. Horea 21", 2)
    assert now.contacts == ("+40722000418",)
    assert now.tags == ("VIP", "fidel")
    assert now.notes == "Sună înainte.\nVine sâmbăta."
    assert now.consent is False
    assert whose(shop) == {1: "Ștefan Ungureanu", 2: "Ștefan Ungureanu"}
    assert (said(shop, kept.id)[0], said(shop, gone.id)[0]) == ("merged", "merged_into")
    assert faults(shop) == []


def test_who_went_is_in_no_list_and_leads_to_who_stayed(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    merge(shop, kept, gone)
    with shop.database.read() as session:
        assert [one.id for one in customers.find(session, "ungureanu")] == [kept.id]
        assert list(customer_lists.listing(session, Question()).keys) == [kept.number]
        assert customer_lists.counts(session)["all"] == 1
        assert list(customer_lists.listing(session, Question(ALIKE)).keys) == []
        assert customers.one(session, gone.id).id == kept.id
        assert customers.of_number(session, gone.number).id == kept.id
        assert [one.id for one in customers.find(session, gone.phone)] == [kept.id]
    late = an_order(shop, customer=None, customer_id=gone.id, complaint="Un bon început înainte de îmbinare")
    with shop.database.read() as session:
        found = pages.order_page(session, late.id).customer
    assert found is not None
    assert found.id == kept.id


def test_an_edit_of_who_went_is_refused_with_who_stayed(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    merge(shop, kept, gone)
    with pytest.raises(Refusal, match="merged into Ștefan Ungureanu"):
        shop.do(customers.edit, Edit(gone.id, {"name": gone.name}, {"name": "X"}))


def test_a_clerk_merges_and_takes_it_back_once_a_manager_has_agreed(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    command = MergeCustomers(kept.id, kept.version, gone.id, gone.version, {})
    with pytest.raises(NeedsApproval, match=f"Merge {gone.name}, customer {gone.number}, into {kept.name}, customer"):
        shop.do(joining.merge, command, Role.CLERK)
    shop.approved(joining.merge, command, Role.CLERK, Role.MANAGER)
    with pytest.raises(NeedsApproval, match="Make two customers of"):
        shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.CLERK)
    shop.approved(joining.undo, UndoMerge(kept.id, gone.id), Role.CLERK, Role.OWNER)
    with shop.database.read() as session:
        history = [entry for entry in journal.history(session, kept.id) if entry.action in {"merged", "unmerged"}]
    assert ["approved by" in sentence(entry, "Europe/Bucharest")[1] for entry in history] == [True, True]


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.ACCOUNTANT])
def test_only_the_counter_and_the_owner_merge(sqlite_shop: TestShop, role: Role) -> None:
    kept, gone = a_pair(sqlite_shop)
    with pytest.raises(Forbidden):
        merge(sqlite_shop, kept, gone, role)
    merge(sqlite_shop, kept, gone, Role.MANAGER)
    with pytest.raises(Forbidden):
        sqlite_shop.do(joining.undo, UndoMerge(kept.id, gone.id), role)


def test_what_was_changed_after_it_was_seen_is_not_merged_blindly(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    shop.do(customers.edit, Edit(gone.id, {"name": gone.name}, {"name": "Altcineva"}))
    with pytest.raises(Refusal, match="Altcineva has just been changed"):
        merge(shop, kept, gone)
    assert whose(shop)[2] == "Altcineva"


@pytest.mark.parametrize("values", [{"phone": "12"}, {"tax_id": "14399841"}, {"notes": "x"}, {"credit": 5}])
def test_a_merge_with_bad_values_changes_nothing(sqlite_shop: TestShop, values: dict[str, Value]) -> None:
    kept, gone = a_pair(sqlite_shop)
    command = MergeCustomers(kept.id, kept.version, gone.id, gone.version, values)
    with pytest.raises(Refusal):
        sqlite_shop.do(joining.merge, command, Role.MANAGER)
    assert (row(sqlite_shop, kept.id), row(sqlite_shop, gone.id)) == (kept, gone)
    assert faults(sqlite_shop) == []


def test_nobody_is_merged_with_themselves(sqlite_shop: TestShop) -> None:
    kept, _gone = a_pair(sqlite_shop)
    with pytest.raises(Refusal, match="two different"):
        merge(sqlite_shop, kept, kept)


def test_undo_puts_both_back_as_they_were(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    merge(shop, kept, gone, phone=gone.phone, address=gone.address, company=True)
    shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.OWNER)
    back = row(shop, kept.id), row(shop, gone.id)
    assert [facts(one) for one in back] == [facts(kept), facts(gone)]
    assert whose(shop) == {1: "Ștefan Ungureanu", 2: "Ungureanu Stefan"}
    assert (said(shop, kept.id)[0], said(shop, gone.id)[0]) == ("unmerged", "unmerged_from")
    assert faults(shop) == []
    with pytest.raises(Refusal, match="no longer be taken back"):
        shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.OWNER)


def facts(one: CustomerRow) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__ if name != "version"}


def test_undo_leaves_what_was_changed_since_and_says_so(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    merge(shop, kept, gone, phone=gone.phone, address=gone.address)
    shop.do(customers.edit, Edit(kept.id, {"address": gone.address}, {"address": "Alta"}))
    new = an_order(shop, customer=None, customer_id=kept.id, device=NewDevice("laptop", "Dell"))
    shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.MANAGER)
    with shop.database.read() as session:
        told = json.loads(journal.history(session, kept.id)[0].content)
    assert told["stayed"] == ["address"]
    assert row(shop, kept.id).address == "Alta"
    assert row(shop, kept.id).phone == kept.phone
    assert whose(shop) == {1: kept.name, 2: gone.name, new.number: kept.name}
    assert faults(shop) == []


def test_a_merge_can_be_taken_back_for_a_day(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    at = datetime.now(UTC)
    merge(shop, kept, gone)
    with shop.database.read() as session:
        offered = joining.reversible(session, kept.id, at + timedelta(hours=23))
        assert [(one.gone, one.name, one.orders, one.by) for one in offered] == [
            (gone.id, gone.name, 1, "Raluca Mureșan")
        ]
        assert joining.reversible(session, kept.id, at + timedelta(hours=25)) == []
    with pytest.raises(Refusal, match="no longer be taken back"):
        shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.OWNER, at + timedelta(hours=25))
    assert whose(shop)[2] == kept.name


def test_merges_of_merges_are_taken_back_one_by_one(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    third = row(shop, shop.do(customers.add, NewCustomer("Ștefan U.", "0755 000 111")).id)
    merge(shop, kept, gone)
    merge(shop, third, row(shop, kept.id))
    assert set(whose(shop).values()) == {"Ștefan U."}
    with pytest.raises(Refusal, match="merged into Ștefan U"):
        shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.OWNER)
    shop.do(joining.undo, UndoMerge(third.id, kept.id), Role.OWNER)
    shop.do(joining.undo, UndoMerge(kept.id, gone.id), Role.OWNER)
    assert whose(shop) == {1: kept.name, 2: gone.name}
    assert faults(shop) == []


def test_every_table_that_names_a_customer_is_thought_of() -> None:
    naming = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Customer.__table__
    }
    moves = {table.name for table in joining.following()}
    assert naming - moves == {"customer", "customer_key", "customer_apart", "orders", "payment"}
    assert all("customer_id" in Base.metadata.tables[name].c and "id" in Base.metadata.tables[name].c for name in moves)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_chosen_undo_brings_both_back(sqlite_shop: TestShop, data: st.DataObject) -> None:
    shop = sqlite_shop
    words = st.sampled_from(["", "Ana", "Str. Horea 21, bl. „A”"])

    def somebody() -> CustomerRow:
        new = NewCustomer(
            data.draw(st.sampled_from(["Ana", "Ștefan Ungureanu"])),
            email=data.draw(st.sampled_from(["", "ana@exemplu.ro"])),
            address=data.draw(words),
            legal_name=data.draw(words),
            tax_id=data.draw(st.sampled_from(["", "RO14399840"])),
            contacts=tuple(data.draw(st.lists(st.sampled_from(["0733 000 111 birou", "b@c.ro"]), unique=True))),
            tags=tuple(data.draw(st.lists(st.sampled_from(["VIP", "fidel"]), unique=True))),
            notes=data.draw(words),
            consent=data.draw(st.booleans()),
            company=data.draw(st.booleans()),
        )
        return row(shop, shop.do(customers.add, new).id)

    kept, gone = somebody(), somebody()
    if data.draw(st.booleans()):
        an_order(shop, customer=None, customer_id=gone.id)
    kept, gone = row(shop, kept.id), row(shop, gone.id)
    chosen = data.draw(st.sets(st.sampled_from(CHOSEN)))
    values: dict[str, Value] = {name: getattr(gone, name) for name in chosen}
    shop.do(joining.merge, MergeCustomers(kept.id, kept.version, gone.id, gone.version, values))
    now = row(shop, kept.id)
    assert all(getattr(now, name) == getattr(gone if name in chosen else kept, name) for name in CHOSEN)
    assert set(kept.tags) | set(gone.tags) == set(now.tags)
    shop.do(joining.undo, UndoMerge(kept.id, gone.id))
    assert [facts(row(shop, one.id)) for one in (kept, gone)] == [facts(kept), facts(gone)]


def test_a_merge_repeated_after_a_lost_answer_happens_once(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    command = MergeCustomers(kept.id, kept.version, gone.id, gone.version, {})
    by = shop.by(Role.MANAGER)
    answers = []
    for _try in range(2):
        with shop.database.begin() as session:
            answers.append(joining.merge(session, by, command))
    assert answers[0] == answers[1]
    assert said(shop, kept.id).count("merged") == 1


def test_orders_keep_their_own_versions_when_their_customer_merges(shop: TestShop) -> None:
    kept, gone = a_pair(shop)
    with shop.database.read() as session:
        order = pages.page_of_number(session, 2)
    merge(shop, kept, gone)
    edit = Edit(order.row.id, {"complaint": order.row.complaint}, {"complaint": "Alt text"})
    shop.do(orders.edit, edit, Role.CLERK)
    assert faults(shop) == []
