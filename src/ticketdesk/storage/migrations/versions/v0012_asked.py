"""What a line was asked for before its price was lowered, so that many small discounts count as one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add it, unknown for the lines there are: they are measured from the price they have."""
    op.add_column("line", sa.Column("asked", sa.BigInteger(), nullable=False, server_default="0"))
