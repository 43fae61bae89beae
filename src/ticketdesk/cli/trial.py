"""A demo shop to measure in."""

import argparse
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ticketdesk.cli.context import Context, opened
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.services import opening, settings
from ticketdesk.storage.database import Database, outcomes
from ticketdesk.texts import _

_USUAL = 2000


@contextmanager
def demo_shop(given: argparse.Namespace) -> Generator[Context]:
    """Open the demo shop of ``--db``; or, with ``--orders`` or without ``--db``, a new one that is thrown away.

    ``given.db`` is its address for as long as the block lasts.

    Raises:
        Refusal: if it is no demo shop: measuring takes orders in.
        Unavailable: if the database does not answer.
    """
    if given.db and not given.orders:
        with opened(given) as context:
            with context.reader.read() as session:
                if not settings.shop_row(session).demo:
                    raise Refusal(_("A benchmark takes orders in: it runs in demo shops only."), "db")
            yield context
        return
    with _empty_place(given.db) as url:
        database, _founded = opening.found_demo_at(url, given.orders or _USUAL, 1, "bench")
        database.close()
        given.db = url
        with opened(given) as context:
            yield context


@contextmanager
def _empty_place(url: str | None) -> Generator[str]:
    if url and "://" in url:
        with _new_database_beside(url) as beside:
            yield beside
    else:
        with tempfile.TemporaryDirectory(prefix="ticketdesk-bench-") as folder:
            yield str(Path(folder) / "bench.db")


@contextmanager
def _new_database_beside(url: str) -> Generator[str]:
    """Make an empty database on the PostgreSQL server of another one, for as long as the block lasts.

    Raises:
        Unavailable: if the server does not answer.
    """
    name = f"ticketdesk_bench_{new_key().hex}"
    server = Database(url, "bench")
    try:
        with outcomes(), server.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            try:
                yield server.url.set(database=name).render_as_string(hide_password=False)
            finally:
                connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        server.close()
