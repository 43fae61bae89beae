"""Two writers and three checkpointers at once: the engine we ship holds, and the one of Debian 12 does not (P3).

The WAL-reset bug of SQLite 3.7.0 to 3.51.2: a checkpoint starting just as a writer restarts the WAL marks frames of
the new one as copied. It takes minutes, so it runs on demand: ``pytest -m torture``.
"""

import importlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ticketdesk.storage.database import engine_is_sound

SCRIPT = Path(__file__).with_name("stress.py")
ROLES = ("write", "write", "checkpoint", "checkpoint", "checkpoint")
pytestmark = pytest.mark.torture


def stress(engine: str, path: Path, seconds: float) -> str:
    """Run all five at once; give what broke, or nothing."""
    sqlite = importlib.import_module(engine)
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB)")
    running = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), engine, str(path), role, str(seconds)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for role in ROLES
    ]  # fmt: skip
    outs = [process.communicate(timeout=seconds + 60) for process in running]
    if any(process.returncode for process in running):
        return "".join(err for _out, err in outs)
    written = sum(int(out) for out, _err in outs[:2])
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        kept = connection.execute("SELECT count(*) FROM t").fetchone()[0]
    except sqlite.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    return "" if (found, kept) == ("ok", written) else f"{found}; {kept} of {written} rows"


def test_the_engine_we_ship_holds(tmp_path: Path) -> None:
    for turn in range(2):
        assert stress("pysqlite3", tmp_path / f"{turn}.db", 90) == ""


@pytest.mark.skipif(engine_is_sound(sqlite3.sqlite_version), reason="Python's own engine here is sound")
def test_an_engine_with_the_bug_breaks(tmp_path: Path) -> None:
    """The control: the stress above would have found it."""
    end, found = time.monotonic() + 600, ""
    while not found and time.monotonic() < end:
        found = stress("sqlite3", tmp_path / f"{time.monotonic_ns()}.db", 60)
    assert found
