"""A counter for each series of a kind, so that documents begin anew at 1 each year in each location."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the counters anew: what was given out so far is without a series, and keeps its number for ever."""
    op.rename_table("counter", "counter_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_counter RENAME TO pk_counter_before")
    op.create_table(
        "counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "series", name="pk_counter"),
    )
    # what was never counted has no series
    op.execute(
        "INSERT INTO counter (kind, series, last) SELECT series, '', last FROM counter_before "
        "WHERE last > 0 OR series IN ('order', 'customer')"
    )
    op.drop_table("counter_before")
