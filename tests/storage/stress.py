"""One process of the WAL-reset stress: ``python stress.py ENGINE FILE write|checkpoint SECONDS``.

A writer prints how many rows it committed. Any error of the engine ends the process with 1.
"""

import importlib
import sys
import time


def main(engine: str, path: str, role: str, seconds: float) -> int:
    """Write or checkpoint as fast as possible until the time is over."""
    sqlite = importlib.import_module(engine)
    connection = sqlite.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    end, count = time.monotonic() + seconds, 0
    try:
        while time.monotonic() < end:
            if role == "write":
                connection.execute("INSERT INTO t(b) VALUES (randomblob(300))")
                count += 1
            else:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    except sqlite.DatabaseError as error:
        if "locked" not in str(error):
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(f"{count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
