"""``ticketdesk --self-test``: which engine this program carries, and how it would hold a shop. For builds."""

import platform
import sys
import tempfile
from pathlib import Path

import psycopg
import pysqlite3

from ticketdesk import __version__, texts
from ticketdesk.storage.database import Database, engine_is_sound

_SYNCHRONOUS = {0: "off", 1: "normal", 2: "full", 3: "extra"}


def run() -> int:
    """Say what is inside; 1 if the engine could corrupt a shop, or a part is missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(str(Path(folder) / "probe.db"))
        with database.engine.connect() as connection:
            mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
            synchronous = _SYNCHRONOUS[int(str(connection.exec_driver_sql("PRAGMA synchronous").scalar()))]
        database.close()
    sound = engine_is_sound(pysqlite3.sqlite_version)
    second = "sqlite3" in sys.modules
    with texts.language("ro"):
        romanian = texts._("Cash") != "Cash"
    lines = {
        "TicketDesk": __version__,
        "Python": platform.python_version(),
        "SQLite": f"{pysqlite3.sqlite_version}, {'sound' if sound else 'not sound'}",
        "journal": f"{mode}, synchronous {synchronous}",
        "second SQLite": "loaded" if second else "none",
        "PostgreSQL client": f"psycopg {psycopg.__version__}, libpq {psycopg.pq.version()}",
        "Romanian": "there" if romanian else "missing",
    }
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in lines.items()))
    return 0 if sound and not second and romanian and mode == "wal" else 1
