"""Places a shop works in, and which PC stands in which."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables; a shop that had no locations goes on without."""
    op.create_table(
        "location",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.UniqueConstraint("name", name="uq_location_name"),
    )
    told_apart = sa.text("active OR letters <> ''")
    op.create_index(
        "ux_location_letters",
        "location",
        ["letters"],
        unique=True,
        sqlite_where=told_apart,
        postgresql_where=told_apart,
    )
    op.create_table(
        "location_station",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("location_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_location_station_location_id"),
        sa.PrimaryKeyConstraint("station", name="pk_location_station"),
    )
    op.create_index("ix_location_station_location_id", "location_station", ["location_id"])
