"""The guards that a database itself holds over what is only ever added to, each as the migrations make it."""

import re
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

_ONLY_ADDED = ("payment", "entry", "cash_move", "shift_count", "seal", "timer_mark")
_FIXED = ("till_id", "number", "opened_at", "opened_by", "closed_at", "closed_by", "expected", "counted", "z")
"""What of a closed shift may change no more."""
_CLOSED = "'shift: a closed one changes no more'"


def broken(session: Session) -> Iterator[str]:
    """Name each guard that is missing, switched off, or does something else than it should."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    wanted = _sqlite() if sqlite else _postgresql()
    found = {name: _even(said) for name, said in session.execute(_FOUND_SQLITE if sqlite else _FOUND_POSTGRESQL)}
    for name, said in sorted(wanted.items()):
        if name not in found:
            yield f"guard {name} is missing"
        elif found[name] != said:
            yield f"guard {name} is not as it was made"


_FOUND_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")


def _sqlite() -> dict[str, str]:
    made = {
        f"{table}_no_{verb.lower()}": f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END"
        for table, verb in (
            *((table, verb) for table in _ONLY_ADDED for verb in ("UPDATE", "DELETE")),
            ("shift", "DELETE"),
        )
    }
    for table, rows in (("order", "orders"), ("customer", "customer")):
        index, insert = f"{table}_search", f"INSERT INTO {table}_search"
        added = f"{insert}(rowid, search) VALUES (new.number, new.search); END"
        gone = f"{insert}({index}, rowid, search) VALUES ('delete', old.number, old.search);"
        made[f"{index}_added"] = f"AFTER INSERT ON {rows} BEGIN {added}"
        when = f"AFTER UPDATE OF search ON {rows} WHEN old.search <> new.search"
        made[f"{index}_changed"] = f"{when} BEGIN {gone} {added}"
    changed = " OR ".join(f"new.{column} IS NOT old.{column}" for column in _FIXED)
    when = f"BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL AND ({changed})"
    made["shift_closed"] = f"{when} BEGIN SELECT RAISE(ABORT, {_CLOSED}); END"
    return {name: _even(f"CREATE TRIGGER {name} {said}") for name, said in made.items()}


_FOUND_POSTGRESQL = text(
    "SELECT tgname, concat_ws(' ', tgenabled, tgtype, relname, prosrc, tgattr::text, pg_get_expr(tgqual, tgrelid)) "
    "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
)
"""What a trigger does: how it is switched on, when it fires (bits of pg_trigger.h), on what, its function's body."""
_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32


def _postgresql() -> dict[str, str]:
    refuses = "BEGIN RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME; END"
    wakes = "BEGIN PERFORM pg_notify('ticketdesk', ''); RETURN NULL; END"
    changed = " OR ".join(f"new.{column} IS DISTINCT FROM old.{column}" for column in _FIXED)
    closed = (
        f"BEGIN IF old.closed_at IS NOT NULL AND ({changed}) THEN RAISE EXCEPTION {_CLOSED}; END IF; RETURN new; END"
    )
    made = {f"{table}_only_added": (_BEFORE | _UPDATE | _DELETE | _TRUNCATE, table, refuses) for table in _ONLY_ADDED}
    made["entry_wakes"] = (_INSERT, "entry", wakes)
    made["shift_closed"] = (_ROW | _BEFORE | _UPDATE, "shift", closed)
    made["shift_no_delete"] = (_BEFORE | _DELETE | _TRUNCATE, "shift", refuses)
    return {name: _even(f"O {fires} {table} {body}") for name, (fires, table, body) in made.items()}


def _even(said: str) -> str:
    """Give a text without what may differ in how it is set: space and the quotes of names."""
    return re.sub(r"\s+", " ", said.replace('"', "")).strip()
