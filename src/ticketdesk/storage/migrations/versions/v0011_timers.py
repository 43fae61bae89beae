"""How long people work at orders: marks of their timers, which are only ever added."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table and its guards."""
    op.create_table(
        "timer_mark",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_timer_mark_staff_id"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_timer_mark_order_id"),
        sa.PrimaryKeyConstraint("staff_id", "place", name="pk_timer_mark"),
    )
    op.create_index("ix_timer_mark_order_id", "timer_mark", ["order_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER timer_mark_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON timer_mark "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER timer_mark_no_{verb.lower()} BEFORE {verb} ON timer_mark "
            "BEGIN SELECT RAISE(ABORT, 'timer_mark: rows are only added'); END"
        )
