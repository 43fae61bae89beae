"""Numbers people see: from a counter row locked until commit, so without doubles and without gaps."""

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session


def take(session: Session, series: tuple[str, ...]) -> dict[str, int]:
    """Take the next number of each series; take them last, the lock is held until commit."""
    return {name: int(last) for name, last in session.execute(_TAKE, {"series": list(series)})}


_TAKE = text("UPDATE counter SET last = last + 1 WHERE series IN :series RETURNING series, last").bindparams(
    bindparam("series", expanding=True)
)
