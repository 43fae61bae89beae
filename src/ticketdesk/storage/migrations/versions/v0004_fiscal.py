"""Fiscal receipts: what is to be printed, and what became of it."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fiscal_receipt",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("fiscal_number", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_fiscal_receipt_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fiscal_receipt"),
        sa.UniqueConstraint("series", "number", name="uq_fiscal_receipt_series_number"),
    )
    op.create_index("ix_fiscal_receipt_state", "fiscal_receipt", ["state", "station"])
    op.create_index("ix_fiscal_receipt_at", "fiscal_receipt", ["at"])
