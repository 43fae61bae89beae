"""Numbers people see: from a counter row locked until commit, so without doubles and without gaps."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def take(session: Session, series: tuple[str, ...]) -> dict[str, int]:
    """Take the next number of each series; take them last, the lock is held until commit."""
    names = ", ".join(f":s{place}" for place in range(len(series)))
    query = text(f"UPDATE counter SET last = last + 1 WHERE series IN ({names}) RETURNING series, last")
    rows = session.execute(query, {f"s{place}": name for place, name in enumerate(series)})
    return {name: int(last) for name, last in rows}
