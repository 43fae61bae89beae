"""Copy a whole shop into a file, from either database: for backups, and before migrations."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData, Table, Uuid, event, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from ticketdesk.domain.errors import Refusal
from ticketdesk.storage import migrate
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Base
from ticketdesk.storage.types import Key, UtcTime
from ticketdesk.texts import _

_CHUNK = 2000


def copy_shop(source: Database, target: Path) -> None:
    """Copy a shop into a new SQLite file, as it was at one moment; writers go on meanwhile.

    The copy appears under its name only when it is whole.

    Raises:
        Refusal: if the file exists already, or lies where the live shop does under the same name.
        Unavailable: if the shop cannot be read or the copy not written.
    """
    source.refuse_live(target)
    if target.exists():
        raise Refusal(_("{file} exists already. Choose another name.").format(file=target), "file")
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    copy = Database(str(half))
    try:
        if source.dialect == "sqlite":
            _copy_file(source, copy)
        else:
            migrate.upgrade(copy, migrate.version(source))
            _copy_rows(source, copy, _tables_of(source))
        with copy.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            connection.exec_driver_sql("BEGIN")
    finally:
        copy.close()
    half.replace(target)
    _sync_folder(target.parent)


def copy_tables(source: Database, target: Database) -> dict[str, int]:
    """Copy every table from one migrated database into another, empty one; give the rows of each."""
    return _copy_rows(source, target, Base.metadata.sorted_tables)


def _copy_rows(source: Database, target: Database, tables: Sequence[Table]) -> dict[str, int]:
    copied: dict[str, int] = {}
    with source.snapshot() as reading, target.begin() as writing:
        for table in tables:
            copied[table.name] = _copy_table(reading, writing, table)
        if target.dialect == "postgresql":
            writing.execute(
                select(
                    func.setval("entry_id_seq", select(func.max(Base.metadata.tables["entry"].c.id)).scalar_subquery())
                )
            )
    return copied


def _tables_of(source: Database) -> list[Table]:
    """Read which tables and columns a PostgreSQL shop has: one of an earlier version has others than this program's."""
    tables = MetaData()

    def meant(_inspector: object, _table: Table, column: dict[str, Any]) -> None:
        found = column["type"]
        column["type"] = next((ours for theirs, ours in _MEANT.items() if isinstance(found, theirs)), found)

    event.listen(tables, "column_reflect", meant)
    with source.engine.connect() as connection:
        tables.reflect(connection)
    return [table for table in tables.sorted_tables if table.name != "alembic_version"]


_MEANT: Mapping[type[TypeEngine[Any]], TypeEngine[Any]] = {
    Uuid: Key(),
    DateTime: UtcTime(),
    JSON: JSON(none_as_null=True),
}
"""What types of PostgreSQL are in both databases."""


def _copy_table(reading: Session, writing: Session, table: Table) -> int:
    """Copy the rows of a table by their keys; one that points to a later row of its own table goes in after that."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    rows: list[dict[str, Any]] = []
    held: dict[Any, dict[str, Any]] = {}
    count = 0
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_CHUNK)
    for found in reading.execute(query):
        count += 1
        row = dict(found._mapping)  # noqa: SLF001 - the public name of a row's mapping begins so
        if any(row[name] is not None and (row[name] > row["id"] or row[name] in held) for name in own):
            held[row["id"]] = row
            continue
        rows.append(row)
        if len(rows) == _CHUNK:
            writing.execute(insert(table), rows)
            rows = []
    if rows:
        writing.execute(insert(table), rows)
    while held:
        ready = [row for row in held.values() if not any(row[name] in held for name in own)]
        if not ready:
            raise AssertionError(f"rows of {table.name} that point to each other in a ring")
        writing.execute(insert(table), ready)
        for row in ready:
            del held[row["id"]]
    return count


def _copy_file(source: Database, copy: Database) -> None:
    """Copy through the engine's own backup, the only thing that may read a live file."""
    with source.engine.connect() as reading, copy.engine.connect() as writing:
        reading.exec_driver_sql("COMMIT")
        writing.exec_driver_sql("COMMIT")
        live, target = reading.connection.driver_connection, writing.connection.driver_connection
        if live is None or target is None:
            raise AssertionError("a connection that is open has a driver's connection")
        live.backup(target, pages=4096)
        reading.exec_driver_sql("BEGIN")
        writing.exec_driver_sql("BEGIN")


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restore_shop(source: Path, target: Database) -> dict[str, int]:
    """Put a copy back into an empty database of either kind; give the rows of each table.

    Raises:
        Refusal: if the file is no copy of a shop, or the target holds anything already.
        Unavailable: if either cannot be read or written.
    """
    if not source.exists():
        raise Refusal(_("There is no file {file}.").format(file=source), "file")
    if migrate.state(target) is not migrate.State.EMPTY:
        raise Refusal(_("There is already a shop in this database. Restore into an empty place."), "database")
    copy = Database(str(source))
    try:
        if migrate.state(copy) is migrate.State.EMPTY:
            raise Refusal(_("{file} is no copy of a shop.").format(file=source), "file")
        if migrate.state(copy) is migrate.State.OLDER:
            return _restore_older(copy, target)
        migrate.upgrade(target)
        return copy_tables(copy, target)
    finally:
        copy.close()


def _restore_older(copy: Database, target: Database) -> dict[str, int]:
    """Raise a copy of the copy to this program's schema first: what was put away stays as it is."""
    with TemporaryDirectory(prefix="ticketdesk-") as folder:
        raised = Database(str(Path(folder) / "shop.db"))
        try:
            _copy_file(copy, raised)
            migrate.upgrade(raised)
            migrate.upgrade(target)
            return copy_tables(raised, target)
        finally:
            raised.close()
