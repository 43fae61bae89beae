"""Lists sorted by a date come from their index alone, as those sorted by anything else do."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let the indexes of both dates hold the number, too."""
    for column in ("promised_at", "received_at"):
        op.drop_index(f"ix_orders_{column}", "orders")
        op.create_index(f"ix_orders_{column}", "orders", [column, "number"])
