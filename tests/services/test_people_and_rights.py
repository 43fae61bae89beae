"""Signing in resists guessing; rights hold in the actions; history cannot be altered unnoticed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shop import PIN, TestShop, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import colleagues, opening, settings, staff, vault, wire
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


def test_dismissing_somebody_bites_at_once(shop: TestShop) -> None:
    clerk = shop.people[Role.CLERK]
    shop.approved(colleagues.edit, Edit(clerk, {"active": True}, {"active": False}))
    with pytest.raises(Refusal, match="sign in again"):
        an_order(shop)


def test_the_shop_keeps_an_owner(shop: TestShop) -> None:
    owner = shop.people[Role.OWNER]
    with pytest.raises(Refusal, match="at least one owner"):
        shop.approved(colleagues.edit, Edit(owner, {"role": "owner"}, {"role": "clerk"}))


def test_settings_are_the_owners(shop: TestShop) -> None:
    with pytest.raises(Forbidden):
        shop.do(settings.edit, Edit(shop.id, {"name": "Atelier Busola"}, {"name": "X"}), Role.MANAGER)
    shop.do(settings.edit, Edit(shop.id, {"name": "Atelier Busola"}, {"name": "Atelier Nou"}))
    with shop.database.read() as session:
        assert settings.shop(session).name == "Atelier Nou"


_KEY = UUID("01a209f0-2472-7173-a0a0-e381bf59822d")


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
