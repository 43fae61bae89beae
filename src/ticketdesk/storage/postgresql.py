"""The wire to PostgreSQL: what is asked of a server, and how long anything may take.

A server that is frozen, or behind a line that swallows everything, still holds its connections open: TCP's own
probes are answered and nothing ever comes back. So every wait for an answer ends by itself, the connection is
thrown away, and the outcome counts as unknown.
"""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event

from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.texts import _

T = TypeVar("T")

ANSWER_SECONDS = 10.0
"""How long a connection waits for an answer; after that the server counts as gone."""

_PROBE_SECONDS, _PROBE_ANSWER_SECONDS = 4.0, 4.0

# the server ends by itself what would take longer than we wait
_SESSION = (
    "-c statement_timeout=9000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000 "
    "-c synchronous_commit=on -c timezone=UTC"
)
_WIRE: dict[str, Any] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 8000,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "options": _SESSION,
}
_SETTINGS = (
    "SELECT current_setting('fsync'), current_setting('full_page_writes'), "
    "current_setting('ticketdesk.throwaway', true)"
)


class Wire(psycopg.Connection[Any]):
    """A connection that waits no longer than ``patience`` seconds for an answer, and then is closed."""

    patience = ANSWER_SECONDS

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer.

        Raises:
            psycopg.OperationalError: if none came in time; what was asked may have been done or not.
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # still no answer
                self.close()
            raise


def engine(url: URL, station: str) -> Engine:
    """Make the engine of a shop on PostgreSQL.

    Raises:
        Refusal: on connecting, if the server could lose what it said is saved.
    """
    made = create_engine(
        url,
        connect_args={**_WIRE, "application_name": _name(station)},
        pool_size=4,
        max_overflow=4,
        pool_use_lifo=True,
        hide_parameters=True,  # errors go into logs, and names and numbers of people do not
    )

    @event.listens_for(made, "do_connect")
    def _connect(_dialect: object, _record: object, words: list[Any], named: dict[str, Any]) -> Wire:
        return _connected(*words, **named)

    @event.listens_for(made, "begin")
    def _begun(connection: Connection) -> None:
        patience = connection.get_execution_options().get("patience", ANSWER_SECONDS)
        wire = connection.connection.driver_connection
        if isinstance(wire, Wire) and wire.patience != patience:
            wire.patience = patience
        if patience != ANSWER_SECONDS:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(patience * 1000)}")

    return made


@contextmanager
def listening(url: URL, station: str) -> Generator[Callable[[float], bool]]:
    """Hear of other stations: gives what waits so many seconds and says whether anything changed.

    Raises:
        Unavailable: if the server cannot be reached, or no longer answers.
    """
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with _connected(address, **_WIRE, application_name=_name(station), autocommit=True) as wire:
            wire.patience = _PROBE_ANSWER_SECONDS
            wire.execute("LISTEN ticketdesk")
            answered = time.monotonic()

            def heard(seconds: float) -> bool:
                nonlocal answered
                if list(wire.notifies(timeout=seconds, stop_after=1)):
                    return True
                if time.monotonic() - answered > _PROBE_SECONDS:
                    wire.execute("SELECT 1")  # a silence says nothing about a server that froze
                    answered = time.monotonic()
                return False

            yield heard
    except psycopg.Error as error:
        raise Unavailable(_("The database does not answer.")) from error


def _name(station: str) -> str:
    return f"ticketdesk/{station}"[:63]


def _connected(*words: Any, autocommit: bool = False, **named: Any) -> Wire:
    """Connect, to a server that survives a power cut.

    A server that is there to be thrown away, such as one of tests, says so itself: ``ticketdesk.throwaway = on``.
    """
    wire = Wire.connect(*words, autocommit=True, **named)
    found = wire.execute(_SETTINGS).fetchone()
    if found is not None and found[2] != "on":
        for name, setting in zip(("fsync", "full_page_writes"), found, strict=False):
            if setting == "off":
                wire.close()
                sentence = _("This server may lose saved work in a power cut: turn its setting {name} on.")
                raise Refusal(sentence.format(name=name), "database")
    wire.autocommit = autocommit
    return wire
