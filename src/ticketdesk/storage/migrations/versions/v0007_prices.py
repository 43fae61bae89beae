"""Prices: a fuller catalogue, price lists, discounts with their reasons, estimates and what was agreed to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add what is new; works and parts at the rates of today's law follow the law from now on."""
    _columns("item", *(sa.Column(name, sa.Text(), nullable=False, server_default="") for name in _ITEM_TEXTS))
    _columns(
        "line",
        sa.Column("discount_amount", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("discount_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("unit", sa.Text(), nullable=False, server_default=""),
    )
    _columns(
        "orders",
        sa.Column("discount", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("discount_amount", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("discount_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
    )
    _price_lists()
    _estimates()
    for points, code in ((2100, "standard"), (1100, "reduced"), (2000, "standard"), (800, "reduced"), (0, "zero")):
        op.execute(sa.text("UPDATE item SET vat_code = :code WHERE vat = :points").bindparams(code=code, points=points))
    _settings()
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "BLOB"
    for table, name, other in (("item", "doer_id", "staff"), ("customer", "price_list_id", "price_list")):
        # alembic adds no column with a constraint on SQLite
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} CONSTRAINT fk_{table}_{name} REFERENCES {other} (id)")


_ITEM_TEXTS = ("category", "unit", "vat_code")


def _columns(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)


def _settings() -> None:
    """Take the VAT rate out of the settings: the law says it, by the day."""
    shop = sa.table("shop", sa.column("id", Key()), sa.column("settings", sa.JSON()))
    for key, settings in op.get_bind().execute(sa.select(shop.c.id, shop.c.settings)).all():
        kept = {name: value for name, value in settings.items() if name != "vat_rate"}
        op.execute(shop.update().where(shop.c.id == key).values(settings=kept))


def _price_lists() -> None:
    op.create_table(
        "price_list",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("companies", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_price_list"),
        sa.UniqueConstraint("name", name="uq_price_list_name"),
    )
    op.create_table(
        "item_price",
        sa.Column("item_id", Key(), nullable=False),
        sa.Column("price_list_id", Key(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_price_item_id"),
        sa.ForeignKeyConstraint(["price_list_id"], ["price_list.id"], name="fk_item_price_price_list_id"),
        sa.PrimaryKeyConstraint("item_id", "price_list_id", name="pk_item_price"),
    )


def _estimates() -> None:
    op.create_table(
        "estimate",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("made_by", Key(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("sent_how", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answered_how", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("heard_by", Key(), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_estimate_order_id"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_estimate_made_by"),
        sa.ForeignKeyConstraint(["heard_by"], ["staff.id"], name="fk_estimate_heard_by"),
        sa.PrimaryKeyConstraint("id", name="pk_estimate"),
        sa.UniqueConstraint("order_id", "version", name="uq_estimate_order_id_version"),
    )
