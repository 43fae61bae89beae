"""The door: which engine, which settings, which sentence when the world says no."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, text, update

from postgres import Cluster
from shop import SHOP, TestShop, a_ready_order, an_order, found_shop
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.services import customers, opening
from ticketdesk.services.copying import copy_shop, restore_shop
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.founding import NewShop
from ticketdesk.storage import migrate
from ticketdesk.storage.database import Database, database_url, engine_is_sound, journal_mode
from ticketdesk.storage.tables import Base, Customer, Device, Item, Order, ShopRow, Staff


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ("3.40.1", False), ("3.44.5", False), ("3.44.6", True), ("3.45.0", False), ("3.46.1", False), ("3.50.4", False),
        ("3.50.6", False), ("3.50.7", True), ("3.51.0", False), ("3.51.2", False), ("3.51.3", True), ("3.53.4", True),
    ],
)  # fmt: skip
def test_only_engines_without_the_wal_reset_bug_use_wal(version: str, sound: bool) -> None:  # noqa: FBT001
    assert engine_is_sound(version) is sound
    assert journal_mode(version) == (("WAL", "FULL") if sound else ("DELETE", "EXTRA"))


def test_the_engine_we_ship_is_sound_and_set_for_power_cuts(sqlite_shop: TestShop) -> None:
    assert engine_is_sound(pysqlite3.sqlite_version)
    with sqlite_shop.database.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "mmap_size",
                "trusted_schema",
                "cell_size_check",
            )
        }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0, "trusted_schema": 0,
        "cell_size_check": 1,
    }  # fmt: skip


def test_nothing_is_saved_of_a_transaction_that_fails(shop: TestShop) -> None:
    def half_done() -> None:
        with shop.database.begin() as session:
            session.execute(text("UPDATE counter SET last = 99"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert an_order(shop).number == 1


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://x/y", "Only SQLite and PostgreSQL"),
        ("://", "not a database address"),
    ],
)
def test_other_addresses_are_refused(url: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        database_url(url)


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        opening.open_shop("postgresql://ticketdesk:x@127.0.0.1:9/none", "T1")


def test_a_wrong_password_and_a_missing_database_are_named(cluster: Cluster) -> None:
    with pytest.raises(Unavailable, match="user name or password"):
        opening.open_shop(f"postgresql://ticketdesk:wrong@127.0.0.1:{cluster.port}/postgres", "T1")
    with pytest.raises(Unavailable, match="no such database"):
        opening.open_shop(cluster.address("nowhere"), "T1")


def test_a_missing_file_an_empty_one_and_a_foreign_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no shop at"):
        opening.open_shop(str(tmp_path / "none.db"), "T1")
    Database(str(tmp_path / "empty.db")).engine.connect().close()
    with pytest.raises(Refusal, match="no shop in this database"):
        opening.open_shop(str(tmp_path / "empty.db"), "T1")
    foreign = Database(str(tmp_path / "foreign.db"))
    with foreign.engine.begin() as connection:
        connection.execute(text("CREATE TABLE books (title TEXT)"))
    foreign.close()
    with pytest.raises(Refusal, match="something else"):
        opening.open_shop(str(tmp_path / "foreign.db"), "T1")


def test_a_newer_shop_is_refused_and_left_alone(shop: TestShop) -> None:
    with shop.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refusal, match="newer TicketDesk"):
        migrate.state(shop.database)


def test_a_founded_shop_opens_again_on_this_pc_with_its_secrets(tmp_path: Path) -> None:
    url = str(tmp_path / "new" / "shop.db")
    database, founded = opening.found_shop_at(url, NewShop(SHOP, "Ana", "ana", "482915"), "T1")
    database.close()
    again = opening.open_shop(url, "T1")
    assert opening.paired(again)
    assert again.info["secrets"] == founded.secrets
    again.close()
    with pytest.raises(Refusal, match="already a shop"):
        opening.found_shop_at(url, NewShop(SHOP, "Ana", "ana", "482915"), "T1")


def test_a_shop_refused_for_its_pin_can_be_made_with_a_better_one(tmp_path: Path) -> None:
    url = str(tmp_path / "shop.db")
    for name, pin, field in (("Ana", "123456", "pin"), ("", "482915", "name")):
        with pytest.raises(Refusal) as refusal:
            opening.found_shop_at(url, NewShop(SHOP, name, "", pin), "T1")
        assert refusal.value.field == field
    database, _founded = opening.found_shop_at(url, NewShop(SHOP, "Ana", "", "482915"), "T1")
    database.close()


def test_the_schema_of_migrations_is_the_schema_of_the_tables(shop: TestShop) -> None:
    with shop.database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = [
            change
            for change in compare_metadata(context, Base.metadata)
            if not (change[0] in {"remove_table", "remove_index"} and "search" in str(change[1].name))
        ]
    assert found == []


def test_a_password_goes_to_the_keyring_and_not_into_settings(cluster: Cluster) -> None:
    url = cluster.create_database()
    database, _founded = opening.found_shop_at(url, NewShop(SHOP, "Ana", "ana", "482915"), "T1")
    database.close()
    bare = opening.without_password(url)
    assert url.split(":")[2].split("@")[0] not in bare
    opening.open_shop(bare, "T1").close()


def test_an_older_shop_is_copied_before_it_is_raised(sqlite_shop: TestShop, tmp_path: Path) -> None:
    done = a_ready_order(sqlite_shop)
    copy = tmp_path / "copy" / "shop.backup"
    copy_shop(sqlite_shop.database, copy)
    kept = Database(str(copy))
    with kept.read() as session:
        assert session.scalar(text("SELECT max(number) FROM orders")) == done.number
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    kept.close()
    with pytest.raises(Refusal, match="exists already"):
        copy_shop(sqlite_shop.database, copy)


def test_postgresql_is_copied_into_the_same_kind_of_file(postgres_shop: TestShop, tmp_path: Path) -> None:
    done = a_ready_order(postgres_shop)
    copy_shop(postgres_shop.database, tmp_path / "pg.backup")
    kept = Database(str(tmp_path / "pg.backup"))
    with kept.read() as session:
        assert session.scalar(text("SELECT status FROM orders WHERE number = :n"), {"n": done.number}) == "ready"
        assert session.scalar(text("SELECT count(*) FROM order_search WHERE order_search MATCH 'ecran'")) == 1
    kept.close()


def test_a_customer_merged_into_a_later_one_is_copied_and_put_back(
    postgres_shop: TestShop, cluster: Cluster, tmp_path: Path
) -> None:
    first, second, third = sorted(postgres_shop.do(customers.add, NewCustomer(f"Ana {n}")).id for n in range(3))
    with postgres_shop.database.engine.begin() as connection:
        into = text("UPDATE customer SET merged_into = :into WHERE id = :gone")
        connection.execute(into, [{"gone": second, "into": third}, {"gone": first, "into": second}])
    copy_shop(postgres_shop.database, tmp_path / "pg.backup")
    again = Database(cluster.create_database())
    restore_shop(tmp_path / "pg.backup", again)
    with again.read() as session:
        merged = session.execute(select(Customer.id, Customer.merged_into).where(Customer.merged_into.is_not(None)))
        assert {row.id: row.merged_into for row in merged} == {first: second, second: third}
    again.close()


def test_another_process_cannot_write_while_we_do(sqlite_shop: TestShop) -> None:
    path = sqlite_shop.database.path
    script = f"""
        import pysqlite3
        c = pysqlite3.connect({str(path)!r}, timeout=0.2)
        try:
            c.execute("BEGIN IMMEDIATE")
            print("took the lock")
        except pysqlite3.OperationalError as error:
            print(error)
    """
    with sqlite_shop.database.begin() as session:
        session.execute(text("UPDATE counter SET last = last"))
        out = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
        )
    assert out.stdout.strip() == "database is locked"


def test_two_shops_may_share_a_server(cluster: Cluster) -> None:
    first, second = Database(cluster.create_database()), Database(cluster.create_database())
    assert found_shop(first).id != found_shop(second).id
    for database in (first, second):
        database.close()


@pytest.mark.parametrize("table", [Order, Customer, Device, Staff, ShopRow, Item])
def test_rows_with_a_version_cannot_be_changed_in_bulk(sqlite_shop: TestShop, table: type[Base]) -> None:
    statements: tuple[Any, ...] = (
        update(table).values(version=9), delete(table), update(table.__table__).values(version=9),  # type: ignore[arg-type]
    )  # fmt: skip
    for statement in statements:
        with pytest.raises(AssertionError, match="one by one"), sqlite_shop.database.begin() as session:
            session.execute(statement)


def test_no_sql_of_ours_changes_rows_with_a_version_behind_its_back() -> None:
    names = "|".join(table.name for table in Base.metadata.sorted_tables if "version" in table.columns)
    behind = re.compile(rf"\b(UPDATE|DELETE FROM)\s+\"?({names})\b", re.IGNORECASE)
    source = Path(migrate.__file__).parents[1]
    found = [path for path in source.rglob("*.py") if behind.search(path.read_text(encoding="utf-8"))]
    assert [path for path in found if "migrations" not in path.parts] == []
