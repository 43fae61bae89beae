"""Signing in resists guessing; rights hold in the actions; history cannot be altered unnoticed."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, text

from shop import PIN, TestShop, a_ready_order, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import MATRIX, Role
from ticketdesk.services import journal, opening, payments, registry, settings, staff, vault, wire
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.tables import Entry


def sign_in(shop: TestShop, role: Role, pin: str, at: datetime) -> staff.StaffRow:
    return staff.sign_in(shop.database, shop.people[role], pin, "T1", at)


def test_the_right_pin_lets_in_and_the_wrong_one_counts_down(shop: TestShop) -> None:
    at = datetime.now(UTC)
    assert sign_in(shop, Role.CLERK, PIN, at).name == "Alina Dumitrescu"
    with pytest.raises(Refusal, match="4 tries left"):
        sign_in(shop, Role.CLERK, "111111", at)
    assert sign_in(shop, Role.CLERK, PIN, at).role is Role.CLERK


def test_after_five_wrong_pins_even_the_right_one_waits(shop: TestShop) -> None:
    at = datetime.now(UTC)
    for _wrong in range(5):
        with pytest.raises(Refusal):
            sign_in(shop, Role.CLERK, "000000", at)
    with pytest.raises(Refusal, match=r"Wait 3[01] seconds"):
        sign_in(shop, Role.CLERK, PIN, at + timedelta(seconds=1))
    with pytest.raises(Refusal, match="Wait"):
        sign_in(shop, Role.CLERK, PIN, at - timedelta(days=1))
    assert sign_in(shop, Role.CLERK, PIN, at + timedelta(seconds=31)).active


def test_guessing_from_several_stations_hardly_reaches_the_hash(sqlite_shop: TestShop) -> None:
    at, reached = datetime.now(UTC), 0
    for guess in range(400):
        try:
            staff.sign_in(sqlite_shop.database, sqlite_shop.people[Role.CLERK], "000001", f"T{guess % 4}", at)
        except Refusal as refusal:
            reached += "Wait" not in refusal.sentence or guess == 4
        at += timedelta(seconds=9)  # an hour in all
    assert reached <= 60


def test_a_copied_database_verifies_no_pin_without_the_shops_secrets(sqlite_shop: TestShop) -> None:
    sqlite_shop.database.info.pop("secrets")
    with pytest.raises(Refusal, match="not paired"):
        sign_in(sqlite_shop, Role.CLERK, PIN, datetime.now(UTC))


def test_the_recovery_code_pairs_another_pc_and_no_other_code_does(sqlite_shop: TestShop) -> None:
    known, code, shop_id = vault.new_secrets(), vault.new_recovery_code(), new_key()
    wrapped = vault.wrap(known, code, shop_id)
    assert vault.unwrap(wrapped, code.lower().replace("-", " "), shop_id) == known
    with pytest.raises(Refusal):
        vault.unwrap(wrapped, vault.new_recovery_code(), shop_id)
    with pytest.raises(Refusal):
        opening.pair(sqlite_shop.database, code)


@pytest.mark.parametrize("role", list(Role))
def test_every_action_refuses_the_roles_without_its_right(sqlite_shop: TestShop, role: Role) -> None:
    before = _count(sqlite_shop)
    forbidden = [act for act in registry.ACTIONS if act.right not in MATRIX[role]]
    for act in forbidden:
        with pytest.raises(Forbidden):
            sqlite_shop.do(act, _any_command(act.command), role)
    # nothing changed, and each attempt is in the journal
    assert _count(sqlite_shop) == before + len(forbidden)


def _count(shop: TestShop) -> int:
    with shop.database.read() as session:
        return len(session.scalars(select(Entry.id)).all())


def _any_command(kind: type) -> object:
    """Make a command of a kind, of whatever values: the role is looked at before they are."""
    usual = {
        "UUID": new_key(),
        "str": "x",
        "int": 1,
        "bool": True,
        "dict": {},
        "tuple": (),
        "Role": Role.CLERK,
    }
    values = {}
    for field in dataclasses.fields(kind):
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
            values[field.name] = usual.get(name, new_key())
    return kind(**values)


def test_dismissing_somebody_bites_at_once(shop: TestShop) -> None:
    clerk = shop.people[Role.CLERK]
    shop.do(staff.edit, Edit(clerk, {"active": True}, {"active": False}))
    with pytest.raises(Refusal, match="sign in again"):
        an_order(shop)


def test_the_shop_keeps_an_owner(shop: TestShop) -> None:
    owner = shop.people[Role.OWNER]
    with pytest.raises(Refusal, match="at least one owner"):
        shop.do(staff.edit, Edit(owner, {"role": "owner"}, {"role": "clerk"}))


def test_settings_are_the_owners(shop: TestShop) -> None:
    with pytest.raises(Forbidden):
        shop.do(settings.edit, Edit(shop.id, {"name": "Atelier Busola"}, {"name": "X"}), Role.MANAGER)
    shop.do(settings.edit, Edit(shop.id, {"name": "Atelier Busola"}, {"name": "Atelier Nou"}))
    with shop.database.read() as session:
        assert settings.shop(session).name == "Atelier Nou"


def broken(shop: TestShop) -> list[str]:
    with shop.database.read() as session:
        rows = session.scalars(select(Entry).order_by(Entry.subject_id, Entry.position))
        heads: dict[UUID, tuple[int, bytes]] = {}
        for table in journal.SUBJECTS:
            heads |= {
                key: (version, head)
                for key, version, head in session.execute(select(table.id, table.version, table.head))
            }
        return journal.broken(rows, heads)


_KEY = UUID("01a209f0-2472-7173-a0a0-e381bf59822d")

ATTACKS = (
    "UPDATE entry SET content = '{}' WHERE id = :id",
    "UPDATE entry SET at = '2020-01-01 00:00:00.000000' WHERE id = :id",
    "UPDATE entry SET staff_id = (SELECT id FROM staff WHERE login = 'mircea') WHERE id = :id",
    "UPDATE entry SET action = 'edited' WHERE id = :id",
    "DELETE FROM entry WHERE id = :id",
    "UPDATE entry SET position = position + 100 WHERE id = :id",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_altered_history_is_noticed(shop: TestShop, attack: str) -> None:
    done = a_ready_order(shop)
    shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 53_000),)), Role.CLERK)
    assert broken(shop) == []
    with shop.database.engine.begin() as connection:
        if shop.database.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER entry_no_update"))
            connection.execute(text("DROP TRIGGER entry_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER entry_only_added ON entry"))
        ids = connection.scalars(text("SELECT id FROM entry WHERE subject = 'order' ORDER BY id")).all()
        connection.execute(text(attack), {"id": Random(attack).choice(ids)})
    assert broken(shop) != []


def test_a_cut_tail_and_a_vanished_order_are_noticed(sqlite_shop: TestShop) -> None:
    done = a_ready_order(sqlite_shop)
    with sqlite_shop.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER entry_no_delete"))
        connection.execute(text("DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)"))
    assert any("last entry" in line for line in broken(sqlite_shop))
    with sqlite_shop.database.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("DELETE FROM line"))
        connection.execute(text("DELETE FROM orders"))
    assert any("gone" in line for line in broken(sqlite_shop))
    assert done.number == 1


def test_a_journal_line_holds_no_unlock_code(shop: TestShop) -> None:
    an_order(shop, unlock_kind="password", unlock_code="parola-secreta")
    with shop.database.read() as session:
        for entry in session.scalars(select(Entry)):
            assert "parola-secreta" not in f"{entry.content}{entry.answer}"


def test_commands_survive_the_way_through_json() -> None:
    command = TakePayment(new_key(), (Tender("cash", 100, 200, "r"),), "handed_over")
    assert wire.loads(TakePayment, wire.dumps(command)) == command


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("{", "not JSON"),
        ('{"order_id": "x"}', "order_id"),
        ('{"order": 1}', "no field “order”"),
        (json.dumps({"order_id": str(_KEY)}), "“tenders” is missing"),
        (
            json.dumps({"order_id": str(_KEY), "tenders": [{"method": "cash", "amount": "1"}]}),
            r"tenders\[0\].amount",
        ),
    ],
)
def test_bad_json_is_refused_naming_the_field(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        wire.loads(TakePayment, typed)
