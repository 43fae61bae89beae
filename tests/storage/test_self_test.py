"""The program says which engine it carries; a build with another one fails (P3)."""

import subprocess
import sys

import pysqlite3


def test_the_self_test_names_engine_and_mode() -> None:
    command = [sys.executable, "-m", "ticketdesk", "--self-test"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert said["SQLite"] == f"{pysqlite3.sqlite_version}, sound"
    assert said["journal"] == "wal, synchronous full"
    assert said["second SQLite"] == "none"
