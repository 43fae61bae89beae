"""History cannot be altered unnoticed: random attacks by somebody who may run any SQL are found and located (P25)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from depth import DEPTH
from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import customers, notes, payments, seals
from ticketdesk.services.journal import Signed, chain, commit_to
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Entry, Order

SEED, ATTACKS = 20261123, {"sqlite": 150 * DEPTH, "postgresql": 50 * DEPTH}
ENTRY: Any = Entry.__table__
COVERED = (
    "subject", "subject_id", "position", "at", "staff_id", "station", "action", "content", "salt", "commitment", "hash",
    "request", "digest",
)  # fmt: skip
"""What a change of one entry may touch. Not its answer, which is no history but what a repeated request is told."""


@dataclass(frozen=True)
class Attack:
    """What was done behind the program's back, and what a fault must name to have located it."""

    what: str
    names: tuple[str, ...]


def worked(shop: TestShop) -> None:
    """Let several things have several entries."""
    for number in range(3):
        an_order(shop, deposit=1_000 * (number + 1))
        order = a_ready_order(shop)
        shop.do(notes.comment, notes.AddComment(order.id, "Am sunat."), Role.CLERK)
        shop.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 53_000),)), Role.CLERK)
        shop.do(notes.comment, notes.AddComment(an_order(shop).id, "Revine mâine."), Role.CLERK)
    shop.do(customers.add, customers.NewCustomer("Fără comenzi", "0733 000 001"), Role.CLERK)


class Attacker:
    """Somebody who may run any SQL, and knows how entries are chained but not what was printed."""

    def __init__(self, session: Session, chance: Random, after: int = 0) -> None:
        self.session, self.chance = session, chance
        self.entries = [
            dict(row._mapping) for row in session.execute(select(ENTRY).where(ENTRY.c.id > after).order_by(ENTRY.c.id))
        ]

    def change(self) -> Attack:
        """Change one thing that one entry says."""
        entry, column = self.chance.choice(self.entries), self.chance.choice(COVERED)
        self._set(entry["id"], **{column: self._another(entry, column)})
        return Attack(f"{column} of entry {entry['id']}", (f"entry {entry['id']}:", str(entry["subject_id"])))

    def erase(self) -> Attack:
        """Empty what an entry says."""
        entry = self.chance.choice(self.entries)
        self._set(entry["id"], content=None, salt=None)
        return Attack(f"content of entry {entry['id']}", (f"entry {entry['id']}:",))

    def delete(self) -> Attack:
        """Delete one entry."""
        entry = self.chance.choice(self.entries)
        self.session.execute(delete(ENTRY).where(ENTRY.c.id == entry["id"]))
        return Attack(f"entry {entry['id']} gone", (str(entry["subject_id"]),))

    def add(self) -> Attack:
        """Put an entry in that never was, well chained to the last one of its subject."""
        like = self.chance.choice(self.entries)
        last = self._of(like["subject_id"])[-1]
        made = {**like, "id": None, "position": last["position"] + 1, "request": None, "digest": None, "answer": None}
        made["hash"] = chain(last["hash"], self._signed(made))
        made.pop("id")
        self.session.execute(insert(ENTRY).values(made))
        return Attack("an entry that never was", (str(like["subject_id"]),))

    def swap(self) -> Attack:
        """Let two entries of one subject change places, or only their content, or their keys."""
        some = [rows for rows in self._subjects().values() if len(rows) > 1]
        first, second = self.chance.sample(self.chance.choice(some), 2)
        what = self.chance.choice(["position", "content", "id"])
        if what == "content":
            columns = ("content", "salt", "commitment")
            self._set(first["id"], **{column: second[column] for column in columns})
            self._set(second["id"], **{column: first[column] for column in columns})
        else:
            away = 10_000_000
            self._set(first["id"], **{what: away})
            self._set(second["id"], **{what: first[what]})
            self._set(away if what == "id" else first["id"], **{what: second[what]})
        return Attack(f"{what} of two entries swapped", (str(first["subject_id"]),))

    def cut(self) -> Attack:
        """Cut the last entries of a subject."""
        rows = self._of(self.chance.choice(self.entries)["subject_id"])
        gone = rows[self.chance.randrange(len(rows)) :]
        self.session.execute(delete(ENTRY).where(ENTRY.c.id.in_([row["id"] for row in gone])))
        return Attack(f"{len(gone)} last entries gone", (str(rows[0]["subject_id"]),))

    def move_the_head(self) -> Attack:
        """Change what the row of an order says of its history."""
        order = self.chance.choice(self.session.scalars(select(Order.id)).all())
        to = self.chance.choice(["version = version + 1", "version = version - 1", "head = :other"])
        row = {"key": self._stored(order), "other": hashlib.sha256(b"other").digest()}
        self.session.execute(text(f"UPDATE orders SET {to} WHERE id = :key"), row)
        return Attack(f"order {to}", (str(order),))

    def remove_an_order(self) -> Attack:
        """Let an order without money, and all that was ever written of it, be as if it had never been."""
        number, key = self._order_without_money()
        self._forget(key)
        return Attack(f"order {number} gone", (f"order {number} is missing",))

    # what only a seal shows

    def rewrite(self) -> UUID:
        """Change what an entry says, and chain it and all that follow anew, up to the row."""
        rows = self._of(self._order_without_money()[1])
        victim = self.chance.randrange(len(rows))
        rows[victim]["content"] = json.dumps({"text": "nu a fost așa"})
        rows[victim]["commitment"] = commit_to(rows[victim]["content"], rows[victim]["salt"])
        self._chain_anew(rows)
        return UUID(str(rows[0]["subject_id"]))

    def cut_well(self) -> UUID:
        """Cut the last entry, and let the row end where the history now does."""
        rows = self._of(self._order_without_money()[1])
        self.session.execute(delete(ENTRY).where(ENTRY.c.id == rows[-1]["id"]))
        self._chain_anew(rows[:-1])
        return UUID(str(rows[0]["subject_id"]))

    def add_well(self) -> UUID:
        """Put an entry in that never was, and let the row end with it."""
        rows = self._of(self._order_without_money()[1])
        made = {**rows[-1], "position": len(rows) + 1, "request": None, "digest": None, "answer": None, "hash": b""}
        made.pop("id")
        made["id"] = self.session.execute(insert(ENTRY).values(made).returning(ENTRY.c.id)).scalar_one()
        self._chain_anew([*rows, made])
        return UUID(str(rows[0]["subject_id"]))

    def remove_the_last_order(self) -> UUID:
        """Let the newest order be as if it had never been, and its number be given out again."""
        number, key = self._order_without_money()
        assert number == self.session.scalar(select(Order.number).order_by(Order.number.desc()).limit(1))
        self._forget(key)
        self.session.execute(text("UPDATE counter SET last = last - 1 WHERE kind = 'order'"))
        return key

    def _order_without_money(self) -> tuple[int, UUID]:
        keys = {entry["subject_id"] for entry in self.entries}
        rows = self.session.execute(select(Order.number, Order.id).where(Order.paid == 0).order_by(Order.number.desc()))
        number, key = next((number, key) for number, key in rows if key in keys)
        return number, key

    def _forget(self, key: UUID) -> None:
        for table in ("line", "comment", "task"):
            self.session.execute(text(f"DELETE FROM {table} WHERE order_id = :key"), {"key": self._stored(key)})
        self.session.execute(delete(ENTRY).where(ENTRY.c.subject_id == key))
        self.session.execute(text("DELETE FROM orders WHERE id = :key"), {"key": self._stored(key)})

    def _chain_anew(self, rows: list[dict[str, Any]]) -> None:
        head = b""
        for row in rows:
            head = row["hash"] = chain(head, self._signed(row))
            self._set(row["id"], hash=head, content=row["content"], commitment=row["commitment"])
        end = {"head": head, "version": len(rows), "key": self._stored(rows[0]["subject_id"])}
        self.session.execute(text("UPDATE orders SET head = :head, version = :version WHERE id = :key"), end)

    def _set(self, entry: int, **to: Any) -> None:
        self.session.execute(update(ENTRY).where(ENTRY.c.id == entry).values(**to))

    def _subjects(self) -> dict[UUID, list[dict[str, Any]]]:
        found: dict[UUID, list[dict[str, Any]]] = {}
        for entry in self.entries:
            found.setdefault(entry["subject_id"], []).append(entry)
        return found

    def _of(self, subject: UUID) -> list[dict[str, Any]]:
        query = select(ENTRY).where(ENTRY.c.subject_id == subject).order_by(ENTRY.c.position)
        return [dict(row._mapping) for row in self.session.execute(query)]

    def _stored(self, key: UUID) -> Any:
        return key.bytes if self.session.get_bind().dialect.name == "sqlite" else key

    @staticmethod
    def _signed(row: dict[str, Any]) -> Signed:
        return Signed(*(row[name] for name in Signed._fields))

    def _another(self, entry: dict[str, Any], column: str) -> Any:
        before = entry[column]
        if column == "subject":
            return "staff" if before != "staff" else "order"
        if column == "staff_id":
            others = {row["staff_id"] for row in self.entries} - {before}
            return self.chance.choice(sorted(others))
        if column == "at":
            return before.replace(year=before.year - 1)
        if column == "position":
            return before + 100
        if column in {"subject_id", "request"}:
            return new_key()
        if isinstance(before, bytes) or column in {"digest", "salt"}:
            return hashlib.sha256(before or b"").digest()
        return f"{before} "


FOUND: tuple[Callable[[Attacker], Attack], ...] = (
    Attacker.change, Attacker.change, Attacker.change, Attacker.erase, Attacker.delete, Attacker.add, Attacker.swap,
    Attacker.cut, Attacker.move_the_head, Attacker.remove_an_order,
)  # fmt: skip
ONLY_A_SEAL: tuple[Callable[[Attacker], UUID], ...] = (
    Attacker.rewrite, Attacker.cut_well, Attacker.remove_the_last_order,
)  # fmt: skip


def faults(session: Session) -> list[str]:
    session.flush()
    session.expire_all()
    return [f"{fault.check}: {fault.row}" for fault in verify(session) if "guard" not in fault.row]


def without_guards(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER entry_no_{verb}"))
    else:
        session.execute(text("ALTER TABLE entry DISABLE TRIGGER entry_only_added"))


def test_every_attack_is_found_and_located(shop: TestShop) -> None:
    worked(shop)
    chance = Random(f"{SEED} {shop.database.dialect}")
    missed: list[str] = []
    for turn in range(ATTACKS[shop.database.dialect]):
        with Session(shop.database.writing, info=shop.database.info) as session:
            without_guards(session)
            attack = FOUND[turn % len(FOUND)](Attacker(session, chance))
            found = faults(session)
            session.rollback()
        if not any(name in fault for name in attack.names for fault in found):
            missed.append(f"{attack.what}: {found}")
    assert missed == []
    with shop.database.snapshot() as session:
        assert faults(session) == []


@pytest.mark.parametrize("attack", ONLY_A_SEAL)
def test_whoever_chains_it_all_anew_is_found_by_the_seal(shop: TestShop, attack: Callable[[Attacker], UUID]) -> None:
    """And by nothing else."""
    worked(shop)
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        attack(Attacker(session, Random(SEED)))
        assert faults(session) == []
        session.rollback()
    shop.do(seals.seal_now, seals.SetSeal())
    with shop.database.read() as session:
        sealed = seals.latest(session)
        assert sealed is not None
        assert seals.newer(session) == 1  # that it was sealed
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        attack(Attacker(session, Random(SEED)))
        found = faults(session)
        session.rollback()
    assert any(fault.startswith(f"seals: seal {sealed.number} ") for fault in found), found
    with shop.database.snapshot() as session:
        assert faults(session) == []


def test_what_no_seal_covers_yet_is_open_to_that_and_its_number_is_said(shop: TestShop) -> None:
    worked(shop)
    shop.do(seals.seal_now, seals.SetSeal())
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        assert seals.newer(session) == 1  # that it was sealed
        Attacker(session, Random(SEED)).add_well()
        assert faults(session) == []
        assert seals.newer(session) == 2
        session.rollback()


def test_a_seal_itself_is_not_changed_unnoticed(shop: TestShop) -> None:
    worked(shop)
    shop.do(seals.seal_now, seals.SetSeal())
    an_order(shop)
    shop.do(seals.seal_now, seals.SetSeal())
    for attack in (
        "UPDATE seal SET entries = entries + 1 WHERE number = 1", "DELETE FROM seal WHERE number = 1",
        "UPDATE seal SET last_entry = last_entry - 1 WHERE number = 2",
        "UPDATE seal SET root = previous WHERE number = 2",
    ):  # fmt: skip
        with Session(shop.database.writing, info=shop.database.info) as session:
            if shop.database.dialect == "sqlite":
                session.execute(text("DROP TRIGGER seal_no_update"))
                session.execute(text("DROP TRIGGER seal_no_delete"))
            else:
                session.execute(text("ALTER TABLE seal DISABLE TRIGGER seal_only_added"))
            session.execute(text(attack))
            assert any("seal" in fault for fault in faults(session)), attack
            session.rollback()


def test_entries_of_the_first_version_still_verify(shop: TestShop) -> None:
    """They did not cover what was asked; nothing else about them is believed less."""
    order = an_order(shop)
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        older = Attacker(session, Random(SEED))
        founded = next(entry for entry in older.entries if entry["action"] == "founded")
        older._set(founded["id"], content="{}", commitment=commit_to("{}", founded["salt"]))
        older = Attacker(session, Random(SEED))
        for rows in older._subjects().values():
            head = b""
            for row in rows:
                head = row["hash"] = chain(head, older._signed(row)._replace(request=None))
                older._set(row["id"], hash=head)
            table = {"order": "orders"}.get(rows[0]["subject"], rows[0]["subject"])
            end = {"head": head, "key": older._stored(rows[0]["subject_id"])}
            session.execute(text(f"UPDATE {table} SET head = :head WHERE id = :key"), end)
        assert faults(session) == []
        older._set(older._of(order.id)[0]["id"], station="Altundeva")
        assert faults(session) != []
        session.rollback()


def test_not_even_the_first_entries_of_a_shop_are_given_a_request(shop: TestShop) -> None:
    """No entry that covers what was asked comes before them; what the shop was founded with does."""
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        attacker = Attacker(session, Random(SEED))
        first = attacker.entries[0]
        assert first["request"] is None
        attacker._set(first["id"], request=new_key(), digest=hashlib.sha256(b"other").digest())
        assert [fault for fault in faults(session) if f"entry {first['id']}" in fault]
        session.rollback()


def test_an_entry_nobody_asked_for_gets_no_request_afterwards(shop: TestShop) -> None:
    """Of several entries of one action the first is the answer; the others must not be made one."""
    worked(shop)
    with Session(shop.database.writing, info=shop.database.info) as session:
        without_guards(session)
        attacker = Attacker(session, Random(SEED))
        silent = next(entry for entry in attacker.entries if entry["request"] is None)
        for claim in ({"digest": hashlib.sha256(b"other").digest()}, {"request": new_key()}):
            attacker._set(silent["id"], **claim)
            assert any(f"entry {silent['id']}:" in fault for fault in faults(session)), claim
            attacker._set(silent["id"], request=None, digest=None)
        assert faults(session) == []
        session.rollback()
