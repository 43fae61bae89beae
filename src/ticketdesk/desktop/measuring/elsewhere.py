"""Another PC of the shop, as a process of its own that changes orders."""

import multiprocessing
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Self

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.keys import new_key
from ticketdesk.services import lists, orders
from ticketdesk.services.doors import perform
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.merging import Edit
from ticketdesk.storage.database import Database


class Elsewhere:
    """Changes orders when asked; every change is taken back by the next one of the same order."""

    def __init__(self, url: str, info: dict[str, object], by: By) -> None:
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        self._ours: Connection = ours
        self._process = multiprocessing.get_context("spawn").Process(
            target=_live, args=(theirs, url, info, by), daemon=True
        )

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def answered(self) -> bool:
        """Say whether it is there, or has done what was begun: the next answer comes at once."""
        return self._ours.poll()

    def __exit__(self, *_error: object) -> None:
        self._ours.send(None)
        self._process.join(30)

    def arrived(self) -> None:
        """Take note that it is there."""
        self._ours.recv()

    def begin_change(self, number: int) -> None:
        """Begin to change an order."""
        self._ours.send((number, 1, 0.0))

    def committed(self) -> float:
        """Give when what was begun was committed, by perf_counter."""
        moment: float = self._ours.recv()
        return moment

    def keep_changing(self, numbers: list[int], times: int, per_second: float) -> None:
        """Begin to change orders at a steady rate, one after the other."""
        self._ours.send((numbers, times, 1 / per_second))

    def made(self) -> int:
        """Give how many changes were made in time."""
        made: int = self._ours.recv()
        return made


def _live(theirs: Connection, url: str, info: dict[str, object], by: By) -> None:
    database = Database(url, "bench-2")
    database.info.update(info)
    theirs.send("here")
    while (asked := theirs.recv()) is not None:
        what, times, pause = asked
        if isinstance(what, int):
            _change(database, by, what)
            theirs.send(time.perf_counter())
            continue
        began, made = time.perf_counter(), 0
        while made < times and time.perf_counter() - began < times * pause * 2:
            _change(database, by, what[made % len(what)])
            made += 1
            time.sleep(max(began + made * pause - time.perf_counter(), 0))
        theirs.send(made)
    database.close()


def _change(database: Database, by: By, number: int) -> None:
    with database.read() as session:
        row: OrderRow = lists.rows(session, [number])[0]
    mark = " ·"
    after = row.complaint.removesuffix(mark) if row.complaint.endswith(mark) else row.complaint + mark
    edit = Edit(row.id, {"complaint": row.complaint}, {"complaint": after})
    perform(database, replace(by, request=new_key(), at=now()), orders.edit, edit)
