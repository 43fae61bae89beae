"""Sealed history: whatever somebody does to it with SQL behind our back is found, but what is newer (P25)."""

from random import Random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, journal, payments, seals, shifts, verify
from ticketdesk.services.catalogue import NewItem
from ticketdesk.services.journal import Signed, chain
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.seals import SetSeal, merkle
from ticketdesk.services.shifts import CloseShift, Count, CountTill, OpenShift
from ticketdesk.storage.tables import Customer, Entry, Order, Seal, Shift


@pytest.fixture
def sealed(shop: TestShop) -> TestShop:
    """Give a shop with two closed days, and something after the last one."""
    shop.set(shifts=True)
    for _day in range(2):
        shift = shop.do(shifts.open_shift, OpenShift(Count(other=1_000)), Role.CLERK)
        order = a_ready_order(shop, price=5_000)
        shop.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 5_000),), "handed_over"), Role.CLERK)
        counted = shop.do(shifts.count_till, CountTill(shift.id, Count(other=6_000)), Role.CLERK)
        assert counted.made is not None
        shop.do(shifts.close, CloseShift(shift.id, counted.made), Role.CLERK)
    an_order(shop)
    return shop


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify.verify(session)]


def unguarded(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        for table in ("entry", "payment", "seal", "cash_move", "shift_count"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_update"))
            session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_delete"))
        session.execute(text("DROP TRIGGER IF EXISTS shift_closed"))
        session.execute(text("DROP TRIGGER IF EXISTS shift_no_delete"))
    else:
        for table in ("entry", "payment", "seal", "cash_move", "shift_count"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {table}_only_added ON {table}"))
        session.execute(text("DROP TRIGGER IF EXISTS shift_closed ON shift"))
        session.execute(text("DROP TRIGGER IF EXISTS shift_no_delete ON shift"))


def test_a_close_seals_the_journal_and_chains_to_the_seal_before(sealed: TestShop) -> None:
    with sealed.database.read() as session:
        first, second = session.query(Seal).order_by(Seal.number).all()
        assert (first.number, second.number, second.previous) == (1, 2, first.hash)
        assert second.entries > first.entries
        assert seals.newer(session) > 0
        latest = seals.latest(session)
        assert latest is not None
        assert latest.hash == second.hash.hex()
    assert faults(sealed) == []


def test_an_owner_may_seal_without_a_shift(shop: TestShop) -> None:
    an_order(shop)
    shop.do(seals.seal_now, SetSeal())
    with shop.database.read() as session:
        assert seals.newer(session) == 1  # the entry that says so
    assert faults(shop) == []


def test_a_seal_can_be_neither_changed_nor_deleted(sealed: TestShop) -> None:
    for statement in ("UPDATE seal SET entries = 0", "DELETE FROM seal"):
        with pytest.raises(Exception, match="only added"), sealed.database.engine.begin() as connection:
            connection.execute(text(statement))


def rewrite(session: Session, subject_id: UUID) -> None:
    """Do what a thorough attacker does: change an entry, and hash the whole chain of its subject anew."""
    before = b""
    rows = session.query(Entry).filter_by(subject_id=subject_id).order_by(Entry.position).all()
    for entry in rows:
        content = (entry.content or "").replace("5000", "4000") + " "
        commitment = journal.commit_to(content, entry.salt or b"")
        facts = (subject_id, entry.position, entry.at, entry.staff_id, entry.station, entry.action, commitment)
        before = chain(before, Signed(*facts, entry.request, entry.digest))
        session.execute(
            text("UPDATE entry SET content = :c, commitment = :m, hash = :h WHERE id = :id"),
            {"c": content, "m": commitment, "h": before, "id": entry.id},
        )
    order = session.get_one(Order, subject_id)
    order.head = before


def cut(session: Session, subject_id: UUID) -> None:
    """Cut the last entries of a subject off, and make the subject fit."""
    rows = session.query(Entry).filter_by(subject_id=subject_id).order_by(Entry.position).all()
    session.execute(text("DELETE FROM entry WHERE id = :id"), {"id": rows[-1].id})
    session.execute(
        text("UPDATE orders SET version = :v, head = :h WHERE number = :n"),
        {"v": rows[-2].position, "h": rows[-2].hash, "n": session.get_one(Order, subject_id).number},
    )


def vanish(session: Session, subject_id: UUID) -> None:
    """Make a customer disappear with all of their history."""
    order = session.get_one(Order, subject_id)
    customer = session.get_one(Customer, order.customer_id)
    session.query(Entry).filter_by(subject_id=customer.id).delete()
    customer.version, customer.head = 0, b""


@pytest.mark.parametrize("attack", [rewrite, cut, vanish])
def test_what_the_chains_alone_would_not_show_breaks_the_seal(sealed: TestShop, attack: object) -> None:
    with sealed.database.begin() as session:
        unguarded(session)
        order_id = session.query(Order).filter_by(number=1).one().id
        attack(session, order_id)  # type: ignore[operator]
    found = [fault for fault in faults(sealed) if "guard" not in fault]
    assert [fault for fault in found if fault.startswith("seals: seal 1 ")], found
    assert not [fault for fault in found if fault.startswith("journal: ")], found


def test_random_attacks_are_all_found(sealed: TestShop) -> None:
    chance = Random(3)
    with sealed.database.begin() as session:
        unguarded(session)
        last = session.query(Seal).order_by(Seal.number.desc()).first()
        assert last is not None
        ids = [row.id for row in session.query(Entry).filter(Entry.id <= last.last_entry)]
    attacks = (
        "UPDATE entry SET content = '{{}}' WHERE id = {id}",
        "UPDATE entry SET station = 'X' WHERE id = {id}",
        "UPDATE entry SET action = 'x' WHERE id = {id}",
        "UPDATE entry SET position = position + 40 WHERE id = {id}",
        "DELETE FROM entry WHERE id = {id}",
        "UPDATE seal SET entries = entries + 1 WHERE number = 1 + {id} % 2",
        "UPDATE seal SET root = previous WHERE number = 1 + {id} % 2",
        "UPDATE payment SET amount = amount + 1 WHERE number = 1 + {id} % 2",
        "UPDATE shift SET counted = counted + 1 WHERE number = 1 + {id} % 2",
        "UPDATE cash_move SET amount = amount - 1 WHERE number = 1 + {id} % 2",
    )
    for place in range(20):
        with sealed.database.engine.connect() as connection, connection.begin() as attempt:
            connection.execute(text(attacks[place % len(attacks)].format(id=chance.choice(ids))))
            with Session(connection) as session:
                found = [fault for fault in verify.verify(session) if "guard" not in fault.row]
                assert found, attacks[place % len(attacks)]
            attempt.rollback()


def test_a_merkle_root_follows_the_standard() -> None:
    assert merkle([]).hex().startswith("e3b0c44298fc1c14")
    one, two, three = (bytes([n]) * 32 for n in range(3))
    assert merkle([one]) == one
    assert merkle([one, two, three]) == merkle([merkle([one, two]), three])
    assert merkle([one, two]) != merkle([two, one])


def an_open_shift(shop: TestShop) -> None:
    """Take money in an open shift: by cash with a rest kept as credit, by card with its slip, and give some back."""
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=1_000)), Role.CLERK)
    first, second = a_ready_order(shop, price=5_000), a_ready_order(shop, price=7_000)
    tenders = (Tender("cash", 6_000, 10_000),)
    shop.do(payments.take_payment, TakePayment(first.id, tenders, keep_rest=True), Role.CLERK)
    card = shop.do(payments.take_payment, TakePayment(second.id, (Tender("card", 7_000, None, "A77"),)), Role.CLERK)
    assert card.made is not None
    shop.approved(payments.refund, payments.Refund(card.made, 2_000, "scratched"), Role.CLERK, Role.MANAGER)


_CHANGES = (
    "staff_id = (SELECT id FROM staff WHERE role = 'owner')",
    "reference = 'B78'",
    "tendered = tendered + 100",
    "at = (SELECT received_at FROM orders WHERE number = 1)",
    "customer_id = NULL",
    "method = 'voucher'",
    "shift_id = NULL",
    "station = 'X'",
    "approved_by = CASE WHEN approved_by IS NULL THEN staff_id END",
)


def with_guards_off_for_a_moment(connection: Connection, table: str, statement: str) -> None:
    if connection.dialect.name == "sqlite":
        name = f"{table}_no_update"
        guard = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
        for step in (f"DROP TRIGGER {name}", statement, guard):
            connection.execute(text(str(step)))
    else:
        for step in ("DISABLE", "", "ENABLE"):
            switch = f"ALTER TABLE {table} {step} TRIGGER {table}_only_added"
            connection.execute(text(switch if step else statement))


def test_a_payment_changed_under_a_guard_put_back_is_named(shop: TestShop) -> None:
    an_open_shift(shop)
    assert faults(shop) == []
    for change in _CHANGES:
        with shop.database.engine.connect() as connection, connection.begin() as attempt:
            statement = f"UPDATE payment SET {change} WHERE order_id IS NOT NULL"
            with_guards_off_for_a_moment(connection, "payment", statement)
            with Session(connection) as session:
                found = [f"{fault.check}: {fault.row}" for fault in verify.verify(session)]
            attempt.rollback()
        column = change.partition(" ")[0]
        for number in (1, 2, 3):
            named = f"payments: receipt {shop.shown(number)}/1: {column} "
            assert [fault for fault in found if fault.startswith(named)], (named, found)
        assert not [fault for fault in found if "guard" in fault]


def test_what_no_guard_watches_is_compared_with_the_journal_too(shop: TestShop) -> None:
    an_open_shift(shop)
    item = shop.do(catalogue.add, NewItem("Cablu", "C1", price=4_000))
    with shop.database.read() as session:
        shift = session.query(Shift).one().id
    counted = shop.do(shifts.count_till, CountTill(shift, Count(other=6_500)), Role.CLERK)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(shift, counted.made, "a coin too few"), Role.CLERK)
    shop.do(catalogue.edit, Edit(item.id, {"price": 4_000}, {"price": 4_500}))
    assert faults(shop) == []
    for change, named in (
        ("line SET price = price + 1", "lines: order 1, line 1: total 5000, its price makes 5001"),
        ("line SET name = 'Altceva'", "lines: order 1, line 1: name Altceva, the journal says "),
        ("line SET warranty_months = 99", "lines: order 2, line 1: warranty_months 99"),
        ("line SET cost = 7", "lines: order 1, line 1: cost 7"),
        ("staff SET role = 'owner' WHERE role = 'clerk'", "subjects: staff alina: role owner, the journal says clerk"),
        ("item SET price = 1", "subjects: item C1: price 1, the journal says 4500"),
        ("shift SET reason = 'ok'", f"subjects: shift {shop.shown(1)}: reason ok, the journal says a coin too few"),
        ("shift SET approved_by = opened_by", f"subjects: shift {shop.shown(1)}: approved_by "),
    ):
        with shop.database.engine.connect() as connection, connection.begin() as attempt:
            connection.execute(text(f"UPDATE {change}"))
            with Session(connection) as session:
                found = [f"{fault.check}: {fault.row}" for fault in verify.verify(session)]
            attempt.rollback()
        assert [fault for fault in found if fault.startswith(named)], (named, found)
