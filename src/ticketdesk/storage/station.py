"""What one PC remembers by itself: actions not yet answered, drafts not yet saved, how somebody likes their lists.

Everything is sealed with the station's own key, because drafts and unsent intakes hold unlock codes.
An action is kept here before it is first tried, so that after a lost answer, a crash or a restart it is
tried again under the same request id, and the shop's database answers what the first try did.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3

from ticketdesk.domain import sealing
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.texts import _

_SCHEMA = """
CREATE TABLE IF NOT EXISTS intent (
    request BLOB PRIMARY KEY, shop BLOB NOT NULL, staff BLOB NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL,
    command BLOB NOT NULL, place INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS draft (
    shop BLOB NOT NULL, staff BLOB NOT NULL, form TEXT NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (shop, staff, form));
CREATE TABLE IF NOT EXISTS habit (
    shop BLOB NOT NULL, staff BLOB NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (shop, staff, name));
"""
DRAFTS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Intent:
    """An action somebody asked for: who, when, which, and its command as JSON."""

    request: UUID
    shop: UUID
    staff: UUID
    at: datetime
    action: str
    command: str


class Station:
    """The memory of this PC, in a small database of its own. Safe to use from any thread."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self._secret = secret
        self._lock = threading.Lock()
        self._connection = pysqlite3.connect(str(path), timeout=10, check_same_thread=False)
        self._connection.isolation_level = None
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_SCHEMA)

    def remember(self, intent: Intent) -> None:
        """Keep an action until it is answered.

        Raises:
            Refusal: if it cannot be kept, or its request is kept already for something else.
        """
        sealed = sealing.seal(self._secret, intent.request, intent.command)
        with self._writing() as connection:
            query = "SELECT action, command FROM intent WHERE request = ?"
            before = connection.execute(query, (intent.request.bytes,)).fetchone()
            if before is not None and (before[0], self._opened(intent.request, before[1])) != (
                intent.action, intent.command,
            ):  # fmt: skip
                raise Refusal(_("This request was already used for something else."))
            connection.execute(
                "INSERT OR IGNORE INTO intent SELECT ?, ?, ?, ?, ?, ?, coalesce(max(place), 0) + 1 FROM intent",
                (
                    intent.request.bytes,
                    intent.shop.bytes,
                    intent.staff.bytes,
                    intent.at.isoformat(),
                    intent.action,
                    sealed,
                ),
            )

    def forget(self, request: UUID) -> None:
        """Drop an action that was answered."""
        with self._writing() as connection:
            connection.execute("DELETE FROM intent WHERE request = ?", (request.bytes,))

    def count(self, shop: UUID) -> int:
        """Say how many actions are not yet answered."""
        with self._lock:
            query = "SELECT count(*) FROM intent WHERE shop = ?"
            return int(self._connection.execute(query, (shop.bytes,)).fetchone()[0])

    def unanswered(self, shop: UUID, before: UUID | None = None) -> list[Intent]:
        """List the actions not yet answered, in the order they were asked; or only those asked before another one.

        The command of one that this PC can no longer open is empty.
        """
        earlier = "" if before is None else "AND place < (SELECT place FROM intent WHERE request = ?) "
        query = f"SELECT request, staff, at, action, command FROM intent WHERE shop = ? {earlier}ORDER BY place"  # noqa: S608
        with self._lock:
            rows = self._connection.execute(query, (shop.bytes, *([before.bytes] if before else []))).fetchall()
        return [
            Intent(
                request := UUID(bytes=row[0]),
                shop,
                UUID(bytes=row[1]),
                datetime.fromisoformat(row[2]),
                row[3],
                self._opened(request, row[4]) or "",
            )
            for row in rows
        ]

    def keep_draft(self, shop: UUID, staff: UUID, form: str, content: str, at: datetime) -> None:
        """Keep what somebody is typing into a form; there is one draft for each form and person."""
        sealed = sealing.seal(self._secret, staff, content)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)",
                (shop.bytes, staff.bytes, form, at.isoformat(), sealed),
            )
            connection.execute("DELETE FROM draft WHERE at < ?", ((at - DRAFTS_KEPT).isoformat(),))

    def draft(self, shop: UUID, staff: UUID, form: str) -> str | None:
        """Give somebody's draft of a form; nothing if there is none or it cannot be opened any more."""
        query = "SELECT content FROM draft WHERE shop = ? AND staff = ? AND form = ?"
        with self._lock:
            row = self._connection.execute(query, (shop.bytes, staff.bytes, form)).fetchone()
        return None if row is None else self._opened(staff, row[0])

    def set_aside(self, shop: UUID, staff: UUID, form: str) -> list[str]:
        """Give somebody's drafts called ``form.request`` whose action waits no more: it was done, or refused."""
        query = "SELECT form, content FROM draft WHERE shop = ? AND staff = ? AND substr(form, 1, ?) = ? ORDER BY at"
        named = f"{form}."
        with self._lock:
            rows = self._connection.execute(query, (shop.bytes, staff.bytes, len(named), named)).fetchall()
            waiting = {row[0] for row in self._connection.execute("SELECT request FROM intent")}
        found = [self._opened(staff, row[1]) for row in rows if UUID(row[0][len(named) :]).bytes not in waiting]
        return [content for content in found if content is not None]

    def drop_draft(self, shop: UUID, staff: UUID, form: str) -> None:
        """Drop a draft: it was saved, or thrown away by hand."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM draft WHERE shop = ? AND staff = ? AND form = ?", (shop.bytes, staff.bytes, form)
            )

    def keep_habit(self, shop: UUID, staff: UUID, name: str, content: str) -> None:
        """Keep how somebody likes something at this PC, for good."""
        sealed = sealing.seal(self._secret, staff, content)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO habit VALUES (?, ?, ?, ?)", (shop.bytes, staff.bytes, name, sealed)
            )

    def habit(self, shop: UUID, staff: UUID, name: str) -> str | None:
        """Give how somebody likes something; nothing if they never said, or it cannot be opened any more."""
        query = "SELECT content FROM habit WHERE shop = ? AND staff = ? AND name = ?"
        with self._lock:
            row = self._connection.execute(query, (shop.bytes, staff.bytes, name)).fetchone()
        return None if row is None else self._opened(staff, row[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _opened(self, subject: UUID, sealed: bytes) -> str | None:
        try:
            return sealing.unseal(self._secret, subject, sealed)
        except Refusal:
            return None

    @contextmanager
    def _writing(self) -> Generator["pysqlite3.Connection"]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except pysqlite3.Error as error:
                sentence = _("This computer cannot keep what you do: {reason}. Make room on its disk and try again.")
                raise Refusal(sentence.format(reason=error)) from error
