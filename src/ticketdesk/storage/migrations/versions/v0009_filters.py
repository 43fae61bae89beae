"""One index that holds whatever lists are filtered by, so that no filter reads a million orders."""

from alembic import op

revision = "0009"
down_revision = "0008"

_COLUMNS = [
    "number", "status_place", "open", "phase", "kind", "urgency", "billing", "place", "device_kind", "assignee_id",
    "balance", "total", "promised_at", "received_at", "ready_at", "handed_over_at",
]  # fmt: skip


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_orders_filters", "orders", _COLUMNS)
