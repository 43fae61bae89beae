"""Asks from another process whether the shop's file is still locked by this one."""

import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys, pysqlite3
connection = pysqlite3.connect(sys.argv[1], timeout=0.2)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("took the lock")
except pysqlite3.OperationalError as error:
    print(error)
"""
LOCKED = "database is locked"


def told(path: Path | None) -> str:
    """Give what a second process is told that wants to write."""
    assert path is not None
    command = [sys.executable, "-c", _SCRIPT, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
