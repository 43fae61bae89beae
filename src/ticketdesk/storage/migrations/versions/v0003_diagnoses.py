"""Orders are found by the words of their diagnosis, too."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.domain.search import fold

revision = "0003"
down_revision = "0002"

_CHUNK = 1000
_ORDERS = sa.table("orders", sa.column("number"), sa.column("diagnosis"), sa.column("search"))


def upgrade() -> None:
    """Add the words of every diagnosis to the text under which its order is found."""
    connection = op.get_bind()
    change = (
        sa.update(_ORDERS)
        .where(_ORDERS.c.number == sa.bindparam("of"))
        .values(search=_ORDERS.c.search + " " + sa.bindparam("words"))
    )
    last = 0
    while found := connection.execute(
        sa.select(_ORDERS.c.number, _ORDERS.c.diagnosis)
        .where(_ORDERS.c.diagnosis != "", _ORDERS.c.number > last)
        .order_by(_ORDERS.c.number)
        .limit(_CHUNK)
    ).all():
        connection.execute(change, [{"of": number, "words": fold(diagnosis)} for number, diagnosis in found])
        last = found[-1][0]
