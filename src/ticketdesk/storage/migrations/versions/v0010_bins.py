"""Where in the shop a device waits, found and sorted by an index as everything else lists show."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import SORTED

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the bin, empty for the orders there are."""
    op.add_column("orders", sa.Column("bin", SORTED, nullable=False, server_default=""))
    op.create_index("ix_orders_bin", "orders", ["bin", "number"])
