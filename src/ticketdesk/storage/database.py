"""The one door to a shop's database, SQLite or PostgreSQL."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.storage.asked import Asked
from ticketdesk.storage.rows import RowSession
from ticketdesk.texts import _

_BUSY_SECONDS = 10
LONG_SECONDS = 900.0
"""The patience of backups, checks and migrations."""
_POLL_SECONDS = 0.1
_SERIALIZATION = {"40001", "40P01"}  # serialization failure, deadlock
_LOCKED = "55P03"
_BESIDE = ("", "-wal", "-shm", "-journal")


class Collision(Exception):  # noqa: N818 - it is an event, and tried again
    """Two transactions wanted the same row at once; the whole action may be tried again."""


class Database:
    """A shop's database: opens transactions, and turns what the world does wrong into sentences."""

    def __init__(self, url: str, station: str = "") -> None:
        self.url: URL = database_url(url)
        self.dialect = self.url.get_backend_name()
        self.station = station
        self.engine = _sqlite(self.url) if self.dialect == "sqlite" else _postgresql(self.url, station)
        self.info: dict[str, object] = {}
        """What every session of this database carries along: the secrets of a paired station."""
        self.writing = self.engine.execution_options()
        """The engine for what writes: it locks SQLite's file when it begins, not halfway."""
        if self.dialect == "sqlite":
            event.listen(self.writing, "begin", _lock)
        self._writers = sessionmaker(self.writing, class_=RowSession, expire_on_commit=False, info=self.info)
        readers = self.engine
        if self.dialect == "postgresql":
            # each query is its own transaction: two round trips less, and no lock is ever left behind
            readers = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = sessionmaker(readers, expire_on_commit=False, info=self.info)

    @property
    def path(self) -> Path | None:
        """Give the live file of a SQLite shop; only the database engine may ever open it."""
        return Path(self.url.database) if self.dialect == "sqlite" and self.url.database else None

    def refuse_live(self, path: Path) -> Path:
        """Give a path that may be opened: not the live file nor what the engine keeps beside it, by any name or link.

        Raises:
            Refusal: if it is one of them: opening and closing it would let go of the engine's locks.
        """
        beside = [] if self.path is None else [self.path.with_name(self.path.name + end) for end in _BESIDE]
        if any(_same(path, live) for live in beside):
            raise Refusal(_("This file is the shop itself. Choose another one."), "file")
        return path

    @contextmanager
    def begin(self) -> Generator[Session]:
        """One writing transaction: commits when the block ends well, rolls back when it does not.

        Raises:
            Collision: if another transaction got in the way; nothing was changed, try again.
            Unavailable: if the database cannot be reached or cannot write.
        """
        with outcomes(), self._writers.begin() as session:
            yield session

    @contextmanager
    def read(self, asked: Asked | None = None) -> Generator[Session]:
        """Ask questions; what is read never blocks a writer. What was ``asked`` may be dropped meanwhile.

        Raises:
            Unavailable: if the database cannot be reached.
            Dropped: if nobody waits for the answer any more.
        """
        with outcomes(), self._readers() as session:
            if asked is None:
                yield session
            else:
                with asked.under_way(session.connection().connection.driver_connection):
                    yield session

    @contextmanager
    def snapshot(self) -> Generator[Session]:
        """Ask several questions of one and the same moment: for reports and checks."""
        engine = self.patient
        if self.dialect == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with outcomes(), Session(engine, expire_on_commit=False, info=self.info) as session:
            yield session

    @property
    def patient(self) -> Engine:
        """Give the engine for backups and checks of everything: each answer may take a while."""
        return self.engine.execution_options(patience=LONG_SECONDS)

    @contextmanager
    def listening(self) -> Generator[Callable[[float], bool]]:
        """Hear of other stations: gives what waits so many seconds at most and says whether anything changed.

        Raises:
            Unavailable: if the database cannot be reached, or no longer answers.
        """
        if self.dialect == "postgresql":
            from ticketdesk.storage import postgresql  # noqa: PLC0415 - see _postgresql

            with postgresql.listening(self.url, self.station) as heard:
                yield heard
        else:
            with outcomes(), self.engine.connect() as connection, _polling(connection) as changed:
                yield changed

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@event.listens_for(RowSession, "do_orm_execute")
def _one_by_one(state: ORMExecuteState) -> None:
    """Refuse to change many rows at once where each has a version: nobody would notice what they overwrite."""
    table = getattr(state.statement, "table", None)
    if (state.is_update or state.is_delete) and table is not None and "version" in table.columns:
        raise AssertionError(f"rows of {table.name} are changed one by one, under their version")


@contextmanager
def outcomes() -> Generator[None]:
    """Sort what a database driver raises into the outcomes this program knows."""
    try:
        yield
    except (IntegrityError, StaleDataError) as error:
        raise Collision(str(error)) from error
    except (OperationalError, InterfaceError) as error:
        if getattr(error.orig, "sqlstate", None) in _SERIALIZATION:
            raise Collision(str(error)) from error
        raise Unavailable(_sentence(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(_("The database does not answer.")) from error
        raise


def _sentence(error: DBAPIError) -> str:
    text = str(error.orig).lower()
    if "full" in text or "no space" in text:
        return _("The disk is full. Make room and try again.")
    if "password authentication failed" in text:
        return _("The database does not accept this user name or password.")
    if "does not exist" in text and "database" in text:
        return _("There is no such database on this server.")
    if "readonly" in text or "read-only" in text:
        return _("The database cannot be written to. Check the rights of the file and its folder.")
    if "unable to open database file" in text:
        return _("The database file cannot be opened. Check that its folder exists.")
    if "locked" in text or getattr(error.orig, "sqlstate", None) == _LOCKED:
        return _("The database is busy. Try again in a moment.")
    return _("The database does not answer.")


@contextmanager
def _polling(connection: Connection) -> Generator[Callable[[float], bool]]:
    """Look at SQLite's count of what other connections committed: a few microseconds each time."""
    live = connection.connection.driver_connection
    if live is None:
        raise AssertionError("an open connection has a driver's connection")
    # no transaction is begun here: inside one the count would stand still
    seen = live.execute("PRAGMA data_version").fetchone()

    def changed(seconds: float) -> bool:
        nonlocal seen
        end = time.monotonic() + seconds
        while (now := live.execute("PRAGMA data_version").fetchone()) == seen:
            if time.monotonic() >= end:
                return False
            time.sleep(_POLL_SECONDS)
        seen = now
        return True

    try:
        yield changed
    except pysqlite3.Error as error:
        raise Unavailable(_("The database does not answer.")) from error


def _same(path: Path, live: Path) -> bool:
    try:
        return path.resolve() == live.resolve() or path.samefile(live)  # asks the file system, opens nothing
    except OSError:
        return False


def database_url(text: str) -> URL:
    """Read a database address; a bare path means a SQLite file.

    Raises:
        Refusal: if it is neither SQLite nor PostgreSQL, or cannot be read.
    """
    if not text.strip():
        raise Refusal(_("Write the address of the database."), "database")
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().resolve()))
    try:
        url = make_url(text)
    except Exception as error:
        raise Refusal(_("This is not a database address."), "database") from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url.set(drivername="sqlite")
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    raise Refusal(_("Only SQLite and PostgreSQL databases can hold a shop."), "database")


def engine_is_sound(version: str) -> bool:
    """Say whether a SQLite version is free of the WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    parts = tuple(int(part) for part in version.split("."))
    return parts >= (3, 51, 3) or (3, 50, 7) <= parts < (3, 51) or (3, 44, 6) <= parts < (3, 45)


def journal_mode(version: str) -> tuple[str, str]:
    """Choose journal mode and synchronous level: WAL only on an engine that cannot corrupt it."""
    return ("WAL", "FULL") if engine_is_sound(version) else ("DELETE", "EXTRA")


class SQLite(SQLiteDialect_pysqlite):
    """SQLite as SQLAlchemy speaks it, but a transaction begins when it is told to, not when the driver sees a change.

    An event would do the same, but SQLAlchemy joins events anew for each connection: a fifth of a small question.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin, unless whoever writes has begun already."""
        live: Any = dbapi_connection.driver_connection
        if not live.in_transaction:
            live.execute("BEGIN").close()


registry.register("sqlite.ticketdesk", __name__, SQLite.__name__)


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+ticketdesk"),
        module=pysqlite3,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,  # errors go into logs, and names and numbers of people do not
    )
    mode, synchronous = journal_mode(pysqlite3.sqlite_version)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun by us, above
        for pragma in (
            f"journal_mode={mode}",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "mmap_size=0",
            "cell_size_check=ON",
            "trusted_schema=OFF",
            "secure_delete=FAST",
            "journal_size_limit=67108864",
            # an order touches fifty pages: moving the log into the file after each thousand would hold up one in twenty
            "wal_autocheckpoint=8000",
            "cache_size=-2048",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _postgresql(url: URL, station: str) -> Engine:
    # psycopg takes a tenth of a second to import, and shops on SQLite do without it
    from ticketdesk.storage import postgresql  # noqa: PLC0415

    return postgresql.engine(url, station)
