"""Unlock codes open for their own order, for who was just allowed to look, and as long as their key exists (P24)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from shop import PIN, SHOP, TestShop, a_new_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import intake, journal, opening, orders, staff, unlocking, vault
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.founding import NewShop
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import EpochKey, Order, ShopRow


def with_code(shop: TestShop, code: str = "7391", at: datetime | None = None) -> UUID:
    promised = (at or datetime.now(UTC)) + timedelta(days=1)
    wanted = a_new_order(unlock_kind="pin", unlock_code=code, promised_at=promised)
    return shop.do(intake.register, wanted, Role.CLERK, at).id


def opened(shop: TestShop, order: UUID, role: Role = Role.OWNER) -> str:
    shop.do(unlocking.reveal, unlocking.Reveal(order, "Testez touch-ul"), role)
    with shop.database.read() as session:
        return unlocking.shown(session, order, shop.people[role], datetime.now(UTC))


def test_a_code_opens_for_who_was_just_allowed_to_look_and_for_nobody_else(shop: TestShop) -> None:
    order, now = with_code(shop), datetime.now(UTC)
    with shop.database.read() as session, pytest.raises(Forbidden):
        unlocking.shown(session, order, shop.people[Role.OWNER], now)
    assert opened(shop, order) == "7391"
    for role, at in ((Role.CLERK, now), (Role.OWNER, now + timedelta(minutes=5))):
        with shop.database.read() as session, pytest.raises(Forbidden):
            unlocking.shown(session, order, shop.people[role], at)


def test_a_code_moved_to_another_order_does_not_open(shop: TestShop) -> None:
    mine, other = with_code(shop, "1111"), with_code(shop, "7391")
    with shop.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE orders SET unlock_code = (SELECT unlock_code FROM orders WHERE number = 2) WHERE number = 1")
        )
    with pytest.raises(Refusal, match="cannot be opened"):
        opened(shop, mine)
    assert opened(shop, other) == "7391"


def test_a_lost_keyring_is_mended_by_the_recovery_code_and_by_nothing_else(
    shop: TestShop, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = shop.database.url.render_as_string(hide_password=False)
    known, code = shop.database.info["secrets"], vault.new_recovery_code()
    assert isinstance(known, vault.Secrets)
    with shop.database.begin() as session:
        row = session.scalars(select(ShopRow)).one()
        row.secrets = vault.wrap(known, code, row.id)
    order = with_code(shop)
    monkeypatch.setenv("TICKETDESK_STATE", str(tmp_path_factory.mktemp("another PC")))
    there = TestShop(opening.open_shop(url, "T2"), shop.id, shop.people)
    assert not opening.paired(there.database)
    with pytest.raises(Refusal, match="not paired"):
        opened(there, order)
    with pytest.raises(Refusal, match="does not belong to this shop"):
        opening.pair(there.database, vault.new_recovery_code())
    with pytest.raises(Refusal, match="not paired"):
        opened(there, order)
    opening.pair(there.database, code.lower())
    assert opened(there, order) == "7391"
    again = TestShop(opening.open_shop(url, "T2"), shop.id, shop.people)
    assert opened(again, order) == "7391"
    for database in (there.database, again.database):
        database.close()


def test_the_key_of_a_month_is_destroyed_once_its_last_device_has_left(shop: TestShop) -> None:
    spring = datetime(2026, 3, 10, 9, tzinfo=UTC)
    home, stays = with_code(shop, "1111", spring), with_code(shop, "2222", spring + timedelta(days=31))
    with shop.database.read() as session:
        kept = session.scalars(select(EpochKey.epoch).order_by(EpochKey.epoch)).all()
    assert kept == ["2026-03", "2026-04"]
    backup = sealed_of(shop, home)
    shop.do(orders.move, orders.Move(home, "cancelled", reason="Renunță"), at=spring)
    shop.do(orders.move, orders.Move(home, "handed_over"), at=spring)
    with_code(shop, "3333", spring + timedelta(days=60))
    with shop.database.read() as session:
        assert session.get(EpochKey, "2026-03") is not None
    with_code(shop, "4444", spring + timedelta(days=200))
    with shop.database.read() as session:
        kept = session.scalars(select(EpochKey.epoch).order_by(EpochKey.epoch)).all()
    assert kept == ["2026-04", "2026-05", "2026-09"]
    assert opened(shop, stays) == "2222"
    # what an old backup holds of the first code opens no more
    with shop.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE orders SET unlock_code = :code, unlock_epoch = '2026-03' WHERE number = 1"), {"code": backup}
        )
    with pytest.raises(Refusal, match="was destroyed"):
        opened(shop, home)
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


def sealed_of(shop: TestShop, order: UUID) -> bytes:
    with shop.database.read() as session:
        sealed = session.get_one(Order, order).unlock_code
    assert sealed is not None
    return sealed


def test_a_founded_shop_gives_a_code_that_opens_it_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    database, founded = opening.found_shop_at(str(path), NewShop(SHOP, "Ana", "ana", "482915"), "T1")
    database.close()
    copy = Database(str(path))
    opening.pair(copy, founded.recovery_code)
    assert copy.info["secrets"] == founded.secrets
    copy.close()


def test_a_code_is_not_shown_without_a_reason(shop: TestShop) -> None:
    order = with_code(shop)
    for reason in ("", "  \t "):
        with pytest.raises(Refusal) as refused:
            shop.do(unlocking.reveal, unlocking.Reveal(order, reason))
        assert refused.value.field == "reason"
    with shop.database.read() as session, pytest.raises(Forbidden):
        unlocking.shown(session, order, shop.people[Role.OWNER], datetime.now(UTC))
    shop.do(unlocking.reveal, unlocking.Reveal(order, " Testez  touch-ul "))
    with shop.database.read() as session:
        assert journal.history(session, order)[0].content == '{"reason":"Testez touch-ul"}'


def test_an_owner_hears_of_who_looks_at_many_codes_within_an_hour(shop: TestShop) -> None:
    order, begun, owner = with_code(shop), datetime.now(UTC), shop.people[Role.OWNER]
    pace = timedelta(seconds=70)
    for turn in range(unlocking.MANY + 1):
        shop.do(unlocking.reveal, unlocking.Reveal(order, "Test"), Role.MANAGER, begun + turn * pace / 1.4)
        if turn < 40:
            shop.do(unlocking.reveal, unlocking.Reveal(order, "Test"), Role.OWNER, begun + turn * pace)
    with shop.database.read() as session:
        assert unlocking.many_looks(session, owner) == [unlocking.Looks("Raluca Mureșan", unlocking.MANY + 1)]
    for _turn in range(2):
        staff.sign_in(shop.database, owner, PIN, "T1", begun)
    with shop.database.read() as session:
        assert unlocking.many_looks(session, owner) == []


def test_many_codes_seen_over_a_day_are_a_days_work(shop: TestShop) -> None:
    order, begun = with_code(shop), datetime.now(UTC)
    for turn in range(unlocking.MANY + 10):
        at = begun + turn * timedelta(minutes=8)
        shop.do(unlocking.reveal, unlocking.Reveal(order, "Test"), Role.MANAGER, at)
    with shop.database.read() as session:
        assert unlocking.many_looks(session, shop.people[Role.OWNER]) == []
