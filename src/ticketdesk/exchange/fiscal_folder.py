"""The folder between this PC and the driver of its fiscal printer: a command file in, an answer file back.

``bon-2026-00123-1-9f8e7d6c.inp`` is receipt 2026-00123 at its first attempt; the driver takes it away and leaves
``bon-2026-00123-1-9f8e7d6c.out``. The file appears under its name only when it is whole.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.fiscal import Answer, Dialect, compose, read_answer
from ticketdesk.services import fiscal
from ticketdesk.services.doors import perform
from ticketdesk.services.fiscal import Answered, Attempt, FiscalRow, State
from ticketdesk.storage.database import Database
from ticketdesk.texts import _

PATIENCE = timedelta(seconds=60)
"""How long a driver may be silent about a file it has taken."""
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class FiscalFolder:
    """The folder of this PC's driver, and what the device calls VAT groups and payment types."""

    path: Path
    dialect: Dialect
    groups: Mapping[int, str]
    types: Mapping[str, str]


def relay(database: Database, sign: Callable[[], By], station: str, folder: FiscalFolder) -> list[FiscalRow]:
    """Read what the driver answered and send it what waits; give what is not settled after that.

    Each step is an action of its own, so a crash between any two leaves a receipt that is either still to print or
    in doubt, and none that would be printed twice.

    Raises:
        Unavailable: if the shop or the folder cannot be reached; nothing is lost, try again.
    """
    with database.read() as session:
        waiting = fiscal.unsettled(session, station)
    for row in waiting:
        with suppress(Refusal):  # another PC, or somebody at this one, was quicker
            if row.state is State.TO_PRINT:
                _send(database, sign, folder, row)
            elif row.state in (State.SENT, State.UNKNOWN):
                _listen(database, sign, folder, row)
    with database.read() as session:
        return fiscal.unsettled(session, station)


def _send(database: Database, sign: Callable[[], By], folder: FiscalFolder, row: FiscalRow) -> None:
    attempt = Attempt(row.id, row.attempt)
    if not folder.path.is_dir():
        raise Unavailable(_("The folder of the fiscal printer is not there: {folder}.").format(folder=folder.path))
    try:
        content = compose(row.sheet, folder.dialect, folder.groups, folder.types)
    except Refusal as refusal:
        perform(database, sign(), fiscal.send, attempt)
        perform(database, sign(), fiscal.answered, Answered(row.id, row.attempt, refusal=refusal.sentence))
        return
    try:
        half = _written(folder.path / f".{name_of(row)}.part", content)
    except OSError as error:
        raise Unavailable(_("The folder of the fiscal printer cannot be written to.")) from error
    try:
        perform(database, sign(), fiscal.send, attempt)
    except Refusal:  # it was undone, or printed elsewhere: whole or in part, its file is for nobody
        half.unlink(missing_ok=True)
        raise
    try:
        half.rename(folder.path / f"{name_of(row)}.inp")
    except OSError:  # it never appeared under its name: the driver cannot have taken it
        sentence = _("The folder of the fiscal printer cannot be written to.")
        perform(database, sign(), fiscal.answered, Answered(row.id, row.attempt, refusal=sentence))


def _written(path: Path, content: str) -> Path:
    with path.open("wb") as file:
        file.write(content.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    return path


def _listen(database: Database, sign: Callable[[], By], folder: FiscalFolder, row: FiscalRow) -> None:
    said = _answer(folder.path / f"{name_of(row)}.out")
    if said is not None:
        perform(database, sign(), fiscal.answered, Answered(row.id, row.attempt, said.number, said.refusal))
        return
    untouched = (folder.path / f"{name_of(row)}.inp").exists()
    by = sign()
    if row.state is State.SENT and not untouched and by.at - _sent(row) > PATIENCE:
        perform(database, by, fiscal.doubt, Attempt(row.id, row.attempt))


def _answer(path: Path) -> Answer | None:
    try:
        with path.open("rb") as file:
            return read_answer(file.read(_LONGEST_ANSWER).decode("cp1250", "replace"))
    except OSError:
        return None


def _sent(row: FiscalRow) -> datetime:
    return row.sent_at or row.at


def name_of(row: FiscalRow) -> str:
    """Name the files of an attempt: never twice the same for different papers, also of another series or shop."""
    # a receipt without a series has seven digits there, as when the driver may have been given it
    return f"bon-{row.number:0>7}-{row.attempt}-{row.id.hex[-8:]}"
