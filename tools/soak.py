"""Use the real window for an hour, at random but as people do: ``python tools/soak.py --minutes 60 --seed 7``.

Without ``--db`` it works in a demo shop of its own; a shop named there must be a demo shop, and is changed. What was
done, what the program holds every five minutes, and every complaint go to standard output. It ends with 0 if
nothing went wrong and nothing was left behind.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from PySide6.QtWidgets import QApplication

from desktop.hand import Hand
from desktop.soaking import at_random, books, faults, held, leaks, listening, open_window, unbalanced, warm_up
from ticketdesk.desktop import allocator, crash
from ticketdesk.desktop.garbage import settle_memory
from ticketdesk.services import opening

_EVERY_MINUTES = 5.0
_FILLING = 0.5
"""This part of the time fills the caches: pages and statements of each connection, letters, papers, dialogs."""
_MOST_GROWTH = 0.05
"""Of the memory held at half time, an hour."""
_LEAST_GROWTH_MIB = 10.0
"""What the allocator keeps for later does not count."""


def _say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _soak(url: str, minutes: float, seed: int, pause: float) -> list[str]:
    """Work, and give what went wrong."""
    crash.keep_log()
    allocator.share_arenas()
    database, elsewhere = opening.open_shop(url, "Casa 1"), opening.open_shop(url, "Casa 2")
    session = open_window(database, opening.this_station())
    settle_memory(session)
    with listening(_say) as heard:
        hand = Hand(session, elsewhere, random.Random(seed), pause)
        hand.sign_in("Mircea")
        before, began, done = books(database), time.monotonic(), Counter[str]()
        warm_up(hand, heard)
        held(hand, began, 0)
        first = last = filled = held(hand, began, 0)
        _say(f"{first}  after the warm-up")
        next_look = first.at + _EVERY_MINUTES * 60
        while time.monotonic() - began < minutes * 60:
            done[at_random(hand, heard).run.__name__] += 1
            if time.monotonic() - began > next_look:
                last = held(hand, began, done.total())
                next_look += _EVERY_MINUTES * 60
                _say(f"{last}  {len(heard.complaints)} complaints")
                filled = last if last.at <= _FILLING * minutes * 60 else filled
        last = held(hand, began, done.total())
        _say(last)
        _say(", ".join(f"{name} {count}" for name, count in done.most_common()))
        wrong = [*heard.complaints, *leaks(first, last), *unbalanced(before, books(database)), *faults(database)]
        most = filled.memory * (1 + _MOST_GROWTH * (last.at - filled.at) / 3600) + _LEAST_GROWTH_MIB
        if last.memory > most:
            wrong.append(f"memory: {filled.memory:.1f} → {last.memory:.1f} MiB")
    session.frame.close()
    elsewhere.close()
    return wrong


def main() -> int:
    """Read what is wanted, work, and tell."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--minutes", type=float, default=60)
    reader.add_argument("--seed", type=int, default=7)
    reader.add_argument("--db", default="", help="a demo shop: a file, made if it is not there, or a PostgreSQL URL")
    reader.add_argument("--orders", type=int, default=20_000, help="how many orders a new demo shop has")
    reader.add_argument("--pause", type=float, default=0.3, help="seconds somebody thinks between two deeds, about")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="ticketdesk-soak-") as scratch:
        os.environ["TICKETDESK_KEYRING"] = "file"
        for name in ("STATE", "DATA", "DOCUMENTS"):
            os.environ.setdefault(f"TICKETDESK_{name}", str(Path(scratch) / name.lower()))
        url = given.db or str(Path(scratch) / "soak.db")
        _app = QApplication([])
        if not given.db or ("://" not in url and not Path(url).exists()):
            opening.found_demo_at(url, given.orders, given.seed, "Casa 1")[0].close()
        wrong = _soak(url, given.minutes, given.seed, given.pause)
    for line in wrong:
        _say(line)
    _say(f"{len(wrong)} things went wrong" if wrong else "nothing went wrong, and nothing was left behind")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
