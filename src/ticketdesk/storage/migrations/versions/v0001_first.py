"""The first schema: shop, people, devices, orders, money, journal."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import SORTED, Key, UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, the search index, and the guards of what is only ever added to."""
    op.create_table(
        "counter",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )
    op.create_table(
        "customer",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tax_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("name_sort", SORTED, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index(op.f("ix_customer_name_sort"), "customer", ["name_sort"], unique=False)
    op.create_index(op.f("ix_customer_phone"), "customer", ["phone"], unique=False)
    op.create_table(
        "device",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=True),
        sa.Column("title_sort", SORTED, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_serial"), "device", ["serial"], unique=False)
    op.create_index(op.f("ix_device_title_sort"), "device", ["title_sort"], unique=False)
    op.create_table(
        "epoch_key",
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_epoch_key")),
    )
    op.create_table(
        "item",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ean", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", SORTED, nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("code", name=op.f("uq_item_code")),
    )
    op.create_index(op.f("ix_item_ean"), "item", ["ean"], unique=False)
    op.create_table(
        "shop",
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop")),
    )
    op.create_table(
        "staff",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("blocked_until", UtcTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", Key(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("request", Key(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("request", name=op.f("uq_entry_request")),
        sa.UniqueConstraint("subject_id", "position", name=op.f("uq_entry_subject_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_at", "entry", ["at"], unique=False)
    op.create_table(
        "orders",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("billing", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_place", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("status_at", UtcTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("customer_id", Key(), nullable=True),
        sa.Column("device_id", Key(), nullable=False),
        sa.Column("warranty_of", Key(), nullable=True),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("diagnosis", sa.Text(), nullable=False),
        sa.Column("condition", sa.JSON(), nullable=False),
        sa.Column("accessories", sa.JSON(), nullable=False),
        sa.Column("unlock_kind", sa.Text(), nullable=False),
        sa.Column("unlock_code", sa.LargeBinary(), nullable=True),
        sa.Column("unlock_epoch", sa.Text(), nullable=True),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("received_by", Key(), nullable=False),
        sa.Column("promised_at", UtcTime(), nullable=False),
        sa.Column("assignee_id", Key(), nullable=True),
        sa.Column("claimed_at", UtcTime(), nullable=True),
        sa.Column("ready_at", UtcTime(), nullable=True),
        sa.Column("handed_over_at", UtcTime(), nullable=True),
        sa.Column("estimate", sa.BigInteger(), nullable=True),
        sa.Column("surcharge", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("customer_phone", sa.Text(), nullable=False),
        sa.Column("device_title", sa.Text(), nullable=False),
        sa.Column("device_kind", sa.Text(), nullable=False),
        sa.Column("customer_sort", SORTED, nullable=False),
        sa.Column("device_sort", SORTED, nullable=False),
        sa.Column("problem_sort", SORTED, nullable=False),
        sa.Column("assignee_sort", SORTED, nullable=False),
        sa.Column("search", SORTED, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name=op.f("fk_orders_assignee_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_orders_customer_id")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_orders_device_id")),
        sa.ForeignKeyConstraint(["received_by"], ["staff.id"], name=op.f("fk_orders_received_by")),
        sa.ForeignKeyConstraint(["warranty_of"], ["orders.id"], name=op.f("fk_orders_warranty_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_orders_source_source_id")),
    )
    op.create_index("ix_orders_assignee_sort", "orders", ["assignee_sort", "number"], unique=False)
    op.create_index("ix_orders_balance", "orders", ["balance", "number"], unique=False)
    op.create_index(op.f("ix_orders_customer_id"), "orders", ["customer_id"], unique=False)
    op.create_index("ix_orders_customer_sort", "orders", ["customer_sort", "number"], unique=False)
    op.create_index(op.f("ix_orders_device_id"), "orders", ["device_id"], unique=False)
    op.create_index("ix_orders_device_sort", "orders", ["device_sort", "number"], unique=False)
    op.create_index("ix_orders_handed_over_at", "orders", ["handed_over_at"], unique=False)
    op.create_index(
        "ix_orders_open",
        "orders",
        ["promised_at"],
        unique=False,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_index("ix_orders_problem_sort", "orders", ["problem_sort", "number"], unique=False)
    op.create_index(op.f("ix_orders_promised_at"), "orders", ["promised_at"], unique=False)
    op.create_index(op.f("ix_orders_received_at"), "orders", ["received_at"], unique=False)
    op.create_index("ix_orders_status_place", "orders", ["status_place", "number"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_attachment_order_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_attachment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_order_id"), "attachment", ["order_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("to_customer", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_comment_order_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_comment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_order_id"), "comment", ["order_id"], unique=False)
    op.create_table(
        "line",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("done_by", Key(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_line_done_by")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_line_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
    )
    op.create_index(op.f("ix_line_order_id"), "line", ["order_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tendered", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrects", Key(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["payment.id"], name=op.f("fk_payment_corrects")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payment_order_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_number")),
    )
    op.create_index("ix_payment_at", "payment", ["at"], unique=False)
    op.create_index(op.f("ix_payment_order_id"), "payment", ["order_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("order_id", Key(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.Column("assignee_id", Key(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("done_by", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_task_done_by")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_task_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_order_id"), "task", ["order_id"], unique=False)
    op.create_table(
        "attachment_bytes",
        sa.Column("attachment_id", Key(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_attachment_bytes_attachment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_bytes")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


ONLY_ADDED = ("payment", "entry")
"""Tables whose rows are never changed nor deleted: a mistake is corrected by another row."""


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE order_search USING fts5("
        "search, content='orders', content_rowid='number', tokenize='trigram', detail='full')"
    )
    op.execute(
        "CREATE TRIGGER order_search_added AFTER INSERT ON orders BEGIN "
        "INSERT INTO order_search(rowid, search) VALUES (new.number, new.search); END"
    )
    op.execute(
        "CREATE TRIGGER order_search_changed AFTER UPDATE OF search ON orders WHEN old.search <> new.search BEGIN "
        "INSERT INTO order_search(order_search, rowid, search) VALUES ('delete', old.number, old.search); "
        "INSERT INTO order_search(rowid, search) VALUES (new.number, new.search); END"
    )
    for table in ONLY_ADDED:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END"
            )


def _postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE INDEX ix_orders_search ON orders USING gin (search gin_trgm_ops)")
    op.execute(
        "CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME; END $$"
    )
    for table in ONLY_ADDED:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
        )
    op.execute(
        "CREATE FUNCTION wake_stations() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_notify('ticketdesk', ''); RETURN NULL; END $$"
    )
    op.execute("CREATE TRIGGER entry_wakes AFTER INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION wake_stations()")
