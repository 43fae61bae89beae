"""The schema's version: asked with one SELECT, raised with alembic."""

from enum import Enum, auto
from pathlib import Path

from sqlalchemy import inspect, text

from ticketdesk.domain.errors import Refusal
from ticketdesk.storage.database import LONG_SECONDS, Database, outcomes
from ticketdesk.texts import _

VERSIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014",
)  # fmt: skip
"""Every schema version, oldest first; the last one is this program's."""


class State(Enum):
    """What a database is to this program."""

    EMPTY = auto()
    OLDER = auto()
    CURRENT = auto()


def state(database: Database) -> State:
    """Say what a database holds.

    Raises:
        Refusal: if a newer program made it, or it holds something that is no shop.
        Unavailable: if it cannot be reached.
    """
    with outcomes(), database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return State.EMPTY
        if "alembic_version" not in tables:
            raise Refusal(_("This database holds something else than a TicketDesk shop."), "database")
    found = version(database)
    if found == VERSIONS[-1]:
        return State.CURRENT
    if found in VERSIONS:
        return State.OLDER
    raise Refusal(
        _("This shop was last opened by a newer TicketDesk. Update this computer's TicketDesk first."),
        "database",
    )


def version(database: Database) -> str:
    """Give the schema version of a shop.

    Raises:
        Unavailable: if it cannot be reached.
    """
    with outcomes(), database.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def upgrade(database: Database, to: str = VERSIONS[-1]) -> None:
    """Raise a database to a schema version, in one transaction.

    Raises:
        Unavailable: if it cannot be reached or written.
    """
    # alembic is heavy, and only a new or older shop needs it
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with outcomes(), database.writing.execution_options(patience=LONG_SECONDS).connect() as connection:
        sqlite = connection.connection.driver_connection if database.dialect == "sqlite" else None
        if sqlite is not None:
            # a table is altered by building it anew, and its rows are no orphans meanwhile; checked before the commit
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if database.dialect == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(7215034)"))  # two PCs at once: one does it
                config.attributes["connection"] = connection
                command.upgrade(config, to)
                if sqlite is not None and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise AssertionError("a migration left rows that point nowhere")
        finally:
            if sqlite is not None:
                sqlite.execute("PRAGMA foreign_keys=ON")
