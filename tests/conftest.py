"""Shops and desks for every test: real SQLite files, a real private PostgreSQL, a real window offscreen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from postgres import Cluster, private_cluster
from shop import TestShop, found_shop
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.work import Work
from ticketdesk.domain import sealing
from ticketdesk.domain.rights import Role
from ticketdesk.services import settings, staff
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station


@pytest.fixture(autouse=True)
def _quiet_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep everything a test writes in its own folder, and speak English unless it says otherwise."""
    for name in ("STATE", "DATA", "DOCUMENTS"):
        monkeypatch.setenv(f"TICKETDESK_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("TICKETDESK_KEYRING", "file")
    texts.speak("en")
    yield
    texts.speak("en")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give a private PostgreSQL that lives as long as the test run."""
    with private_cluster() as made:
        yield made


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TestShop]:
    path = tmp_path_factory.mktemp("template") / "shop.db"
    database = Database(str(path))
    made = found_shop(database)
    database.close()
    return path, made


@pytest.fixture(scope="session")
def _postgres_template(cluster: Cluster) -> tuple[str, TestShop]:
    url = cluster.create_database()
    database = Database(url)
    made = found_shop(database)
    database.close()
    return url, made


@pytest.fixture
def sqlite_shop(_sqlite_template: tuple[Path, TestShop], tmp_path: Path) -> Iterator[TestShop]:
    """Give a shop in a SQLite file of its own."""
    template, made = _sqlite_template
    shutil.copy(template, tmp_path / "shop.db")
    database = Database(str(tmp_path / "shop.db"))
    database.info.update(made.database.info)
    yield TestShop(database, made.id, made.people)
    database.close()


@pytest.fixture
def postgres_shop(_postgres_template: tuple[str, TestShop], cluster: Cluster) -> Iterator[TestShop]:
    """Give a shop in a PostgreSQL database of its own."""
    template, made = _postgres_template
    url = cluster.create_database(template=template)
    database = Database(url)
    database.info.update(made.database.info)
    yield TestShop(database, made.id, made.people)
    database.close()
    cluster.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest) -> TestShop:
    """Give a shop, once on each database."""
    name = "sqlite_shop" if request.param == "sqlite" else "postgres_shop"
    made: TestShop = request.getfixturevalue(name)
    return made


@pytest.fixture
def desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give the desk of a signed-in clerk; a bug in its background work fails the test."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.CLERK)


@pytest.fixture
def owner_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give the desk of the signed-in owner."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.OWNER)


def desk_of(shop: TestShop, tmp_path: Path, qtbot: QtBot, role: Role, name: str = "T1") -> Iterator[Desk]:
    """Make a desk with real background work; waits until that is done before letting go."""
    station = Station(tmp_path / f"station-{name}.db", sealing.new_secret())
    with shop.database.read() as session:
        facts = settings.shop(session)
        colleague = next(row for row in staff.everyone(session) if row.id == shop.people[role])
    work = Work()
    made = Desk(shop.database, station, name, shop.id, facts, work)
    crashes: list[Exception] = []
    made.crashed.connect(crashes.append)
    made.sign(colleague)
    yield made
    qtbot.waitUntil(lambda: work.idle)
    made.close()
    if crashes:
        raise crashes[0]
