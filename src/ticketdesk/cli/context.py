"""What every command needs: the shop, who acts, and how the answer is written."""

import argparse
import getpass
import os
import sys
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.shop import Shop
from ticketdesk.services import approvals, opening, settings, staff, wire
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.reading import Reader
from ticketdesk.storage import preferences
from ticketdesk.storage.database import Database
from ticketdesk.texts import _

NUMBER = "like 2026-00012; 12 alone where it is the only one"
"""How the number of a document is typed."""


@dataclass
class Context:
    """A shop opened for a command, and the signature of whoever runs it."""

    database: Database
    shop: Shop
    by: By
    json: bool

    @property
    def reader(self) -> Reader:
        """Give whoever runs the command as who reads: what their role may not see is in no answer."""
        return Reader(self.database, self.by.role, self.by.station)

    def renew(self) -> None:
        """Sign what comes next with a request of its own, the same one when the command is repeated."""
        self.by = replace(self.by, request=uuid.uuid5(self.by.request, "next"))

    def do(self, action: Action[C], command: C) -> Done:
        """Do something in a transaction of its own."""
        return perform(self.database, self.by, action, command)

    def do_approved(self, action: Action[Any], command: Any, giver: str | None) -> Done:
        """Do something that may take a PIN: that of the person named, asked for on the terminal or in the environment.

        Raises:
            Refusal: if nobody was named who may approve it, or the PIN is wrong.
        """
        try:
            return self.do(action, command)
        except NeedsApproval as needed:
            if giver is None:
                raise Refusal(
                    _("{why} Name who approves it: --approve-as LOGIN.").format(why=needed.sentence)
                ) from None
            asked = needed.asked
        with self.reader.read() as session:
            person = staff.by_login(session, giver)
        approval = approvals.approve(self.database, asked, person.id, _pin(asked.what), self.by.station, now())
        return self.do(action, replace(command, approval=approval))

    def write(self, to: str, paper: bytes) -> Path:
        """Write a paper into a file; give where it is.

        Raises:
            Refusal: if that is the shop's own file, or it cannot be written.
        """
        path = self.database.refuse_live(Path(to).expanduser())
        try:
            path.write_bytes(paper)
        except OSError as error:
            raise Refusal(_("The file {file} cannot be written.").format(file=path), "to") from error
        return path

    def answer_paper(self, to: str, paper: bytes) -> int:
        """Write a paper into a file, and answer where it is; refused as ``write`` says."""
        path = self.write(to, paper)
        return self.answer({"file": str(path)}, _("Printed into {file}.").format(file=path))

    def answer(self, value: object, text: str) -> int:
        """Write the answer: JSON for programs, a sentence for people; nothing if there is none."""
        if self.json or text:
            sys.stdout.write(f"{wire.dumps(value) if self.json else text}\n")
        return 0


def typed_day(typed: str, field: str) -> date:
    """Read a day typed in its ISO form.

    Raises:
        Refusal: if it is none.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise Refusal(_("Write the date like 2026-11-23."), field) from error


def _pin(what: str) -> str:
    typed = os.environ.get("TICKETDESK_PIN", "")
    return typed or getpass.getpass(f"{what}\nPIN: ")


def url_of(given: argparse.Namespace) -> str:
    """Say which database a command means.

    Raises:
        Refusal: if neither ``--db`` nor ``TICKETDESK_DB`` nor this PC's settings name one.
    """
    url: str = given.db or os.environ.get("TICKETDESK_DB", "") or preferences.load().database
    if not url:
        raise Refusal(_("Say which shop: --db FILE or --db postgresql://…, or set TICKETDESK_DB."), "db")
    return url


@contextmanager
def opened(given: argparse.Namespace) -> Generator[Context]:
    """Open the shop of a command as the person named with ``--as``: on a paired PC, with that person's rights.

    Raises:
        Refusal: if there is no such shop or person, or this PC is not paired with the shop.
        Unavailable: if the database does not answer.
    """
    database = opening.open_shop(url_of(given), given.station)
    try:
        if not opening.paired(database):
            code = os.environ.get("TICKETDESK_RECOVERY_CODE", "")
            if not code:
                raise Refusal(_("This computer is not paired with the shop. Set TICKETDESK_RECOVERY_CODE once."), "db")
            opening.pair(database, code)
        with database.read() as session:
            shop = settings.shop(session)
            person = staff.by_login(session, given.login) if given.login else _only_owner(database)
        by = By(person.id, given.station, now(), _request(given), person.name, person.role)
        yield Context(database, shop, by, bool(given.json_out))
    finally:
        database.close()


def _only_owner(database: Database) -> staff.StaffRow:
    with database.read() as session:
        owners = [person for person in staff.everyone(session) if person.role == "owner"]
    if len(owners) != 1:
        raise Refusal(_("Say who you are: --as LOGIN."), "as")
    return owners[0]


def _request(given: argparse.Namespace) -> UUID:
    if not getattr(given, "request", None):
        return new_key()
    try:
        return uuid.UUID(given.request)
    except ValueError as error:
        raise Refusal(_("A request is a UUID."), "request") from error
