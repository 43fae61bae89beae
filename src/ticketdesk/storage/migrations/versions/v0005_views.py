"""Saved views, and marked orders."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_view",
        sa.Column("owner_id", Key(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("descending", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_saved_view_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_owner_id", "saved_view", ["owner_id"])
    op.create_table(
        "bookmark",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_bookmark_staff_id"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_bookmark_order_id"),
        sa.PrimaryKeyConstraint("staff_id", "order_id", name="pk_bookmark"),
    )
