"""The bare database driver doing the very statements of our own questions and actions, to compare with.

Statements are heard on a connection pool of its own. A question is asked once, and what it sent is sent again. An
action is done and *rolled back*: what it sent, keys, numbers and journal included, is then still new to the shop, and
the bare driver sends it in a transaction of its own, with its commit. So both do the same work in the same shop, turn
by turn, and the shop stays whole.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.services.doors import Action, C, Done
from ticketdesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Statement:
    """What was sent to the database once; ``many`` if for each of a list of parameters."""

    text: str
    parameters: Any
    many: bool


class Driver:
    """A driver's connection to a shop's database, set up as ours are."""

    def __init__(self, database: Database) -> None:
        self._database = Database(database.url.render_as_string(hide_password=False), "bench")
        self._database.info.update(database.info)
        self._heard: list[Statement] = []
        self._pooled = self._database.engine.raw_connection()
        connection: Any = self._pooled.driver_connection
        if database.dialect == "postgresql":
            connection.autocommit = True
        self._connection = connection
        self._begin = "BEGIN IMMEDIATE" if database.dialect == "sqlite" else "BEGIN"
        event.listen(self._database.engine, "before_cursor_execute", self._hear)

    def close(self) -> None:
        """Close all connections."""
        self._pooled.invalidate()
        self._database.close()

    def sent_by_question(self, query: Callable[[Session], object]) -> list[Statement]:
        """Ask a question; give what it sent."""
        with self._hearing() as heard, self._database.read() as session:
            query(session)
        return heard

    def sent_by_action(self, act: Action[C], by: By, command: C) -> tuple[Done, list[Statement]]:
        """Do something and take it back; give its answer and what it sent."""
        with self._hearing() as heard, self._database.begin() as session:
            done = act(session, by, command)
            session.flush()
            session.rollback()
        return done, heard

    def ask(self, statements: list[Statement]) -> None:
        """Send statements and fetch what they find."""
        for statement in statements:
            self._send(statement)

    def write(self, statements: list[Statement]) -> None:
        """Send statements in one transaction, and commit it."""
        self._connection.execute(self._begin)
        for statement in statements:
            self._send(statement)
        self._connection.execute("COMMIT")

    def _send(self, statement: Statement) -> None:
        cursor = self._connection.cursor()
        if statement.many:
            cursor.executemany(statement.text, statement.parameters)
            return
        cursor.execute(statement.text, statement.parameters)
        if cursor.description is not None:
            cursor.fetchall()

    @contextmanager
    def _hearing(self) -> Generator[list[Statement]]:
        self._heard = []
        yield self._heard

    def _hear(self, _c: Any, _cursor: Any, text: str, parameters: Any, _x: Any, many: Any) -> None:
        if not text.startswith("BEGIN"):
            self._heard.append(Statement(text, parameters, bool(many)))
