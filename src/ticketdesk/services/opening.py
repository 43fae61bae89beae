"""Opening a shop: the right schema, after a backup where it is older, and the secrets this PC holds."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from ticketdesk import paths
from ticketdesk.domain import sealing
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.pins import hash_pin
from ticketdesk.services import demo, founding, settings, staff, vault
from ticketdesk.services.copying import copy_shop
from ticketdesk.services.vault import Secrets
from ticketdesk.storage import keyring, migrate
from ticketdesk.storage.database import Database, database_url
from ticketdesk.storage.station import Station
from ticketdesk.texts import _


class NoShop(Refusal):
    """The database is there, and empty: a shop can be made in it."""


def open_shop(url: str, station: str) -> Database:
    """Open a shop, raising an older schema after a backup; secrets are there if this PC is paired with it.

    Raises:
        NoShop: if the database is there and holds nothing.
        Refusal: if there is no shop there, or a newer program made it.
        Unavailable: if the database does not answer.
    """
    database = Database(_with_password(url), station)
    with _closed_unless_whole(database):
        if database.path is not None and not database.path.exists():
            raise Refusal(_("There is no shop at {place}.").format(place=database.path), "database")
        found = migrate.state(database)
        if found is migrate.State.EMPTY:
            raise NoShop(_("There is no shop in this database yet."), "database")
        if found is migrate.State.OLDER:
            copy_shop(database, backup_path(database, now()))
            migrate.upgrade(database)
        with database.read() as session:
            shop_id = settings.shop_id(session)
    packed = keyring.load_secret(f"shop-{shop_id}")
    if packed is not None:
        database.info["secrets"] = Secrets.unpacked(packed)
    return database


@contextmanager
def _closed_unless_whole(database: Database) -> Generator[None]:
    """Let go of a database that could not be opened as a shop."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def without_password(url: str) -> str:
    """Give a database address as settings may hold it: its password goes to this PC's keyring."""
    found = database_url(url)
    if found.password is None:
        return url
    bare = URL.create(found.drivername, found.username, None, found.host, found.port, found.database, found.query)
    keyring.save_secret(_password_name(bare), str(found.password).encode())
    return bare.render_as_string()


def _with_password(url: str) -> str:
    found = database_url(url)
    if found.get_backend_name() != "postgresql" or found.password is not None:
        return url
    kept = keyring.load_secret(_password_name(found))
    return url if kept is None else found.set(password=kept.decode()).render_as_string(hide_password=False)


def _password_name(url: URL) -> str:
    return f"password-{url.username}-{url.host}-{url.port}-{url.database}"


def backup_path(database: Database, at: datetime) -> Path:
    """Give the place for the copy made before a migration: beside the shop, or with the station's data."""
    folder = database.path.parent if database.path else paths.data()
    name = database.path.stem if database.path else (database.url.database or "shop")
    return folder / f"{name}-before-update-{at.astimezone(UTC):%Y%m%d-%H%M%S}.backup"


def found_shop_at(url: str, new: founding.NewShop, station: str) -> tuple[Database, founding.Founded]:
    """Make a new shop in an empty place, and pair this PC with it.

    Raises:
        Refusal: if something is there already, or what was typed is refused.
        Unavailable: if the database does not answer.
    """
    database = Database(url, station)
    with _closed_unless_whole(database):
        if database.path is not None:
            database.path.parent.mkdir(parents=True, exist_ok=True)
        if migrate.state(database) is not migrate.State.CURRENT:
            _refuse_older(database)
            migrate.upgrade(database)
        with database.begin() as session:
            founded = founding.found(session, new, station, now())
    keyring.save_secret(f"shop-{founded.shop_id}", founded.secrets.packed())
    database.info["secrets"] = founded.secrets
    return database, founded


def _refuse_older(database: Database) -> None:
    if migrate.state(database) is migrate.State.OLDER:
        raise Refusal(_("There is already a shop in this database."), "database")


def found_demo_at(
    url: str, orders: int, seed: int, station: str, told: Callable[[int], None] = lambda _done: None
) -> tuple[Database, founding.Founded]:
    """Make the demo shop in an empty place: staff, catalogue and two years of orders.

    Raises:
        Refusal: if something is there already.
        Unavailable: if the database does not answer.
    """
    owner, login = demo.OWNER
    new = founding.NewShop(demo.SHOP, owner, login, demo.OWNER_PIN, demo=True)
    database, founded = found_shop_at(url, new, station)
    pepper = founded.secrets.pepper
    people = {login: founded.owner_id}
    for colleague in demo.colleagues(lambda pin, _role: hash_pin(pin, pepper)):
        with database.begin() as session:  # nobody is here to ask for a PIN
            by = By(founded.owner_id, station, now(), new_key())
            people[colleague.login] = staff.new_staff(session, by, colleague).id
            session.add_all(session.info.pop("entries"))
    demo.fill(database, people, orders, seed, now(), told)
    return database, founded


def paired(database: Database) -> bool:
    """Say whether this PC holds the shop's secrets."""
    return "secrets" in database.info


def pair(database: Database, recovery_code: str) -> UUID:
    """Pair this PC with a shop by its recovery code; give the shop's key.

    Raises:
        Refusal: if the code is another shop's.
    """
    with database.read() as session:
        row = settings.shop_row(session)
        known = vault.unwrap(row.secrets, recovery_code, row.id)
    keyring.save_secret(f"shop-{row.id}", known.packed())
    database.info["secrets"] = known
    return row.id


def this_station() -> Station:
    """Open the memory of this PC, sealed with a key of its own."""
    secret = keyring.load_secret("station")
    if secret is None:
        secret = sealing.new_secret()
        keyring.save_secret("station", secret)
    return Station(paths.state() / "station.db", secret)
