"""Tills and shifts, sales, approvals, seals; payments of sales and of customers' accounts."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.storage.types import Key, UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the new tables, widen payments and lines, and guard what is only ever added to."""
    _tills()
    _sales()
    op.add_column("orders", sa.Column("pay_by", sa.Date(), nullable=True))
    op.add_column("customer", sa.Column("credit", sa.BigInteger(), nullable=False, server_default="0"))
    _lines()
    _payments()
    _trust()
    op.execute(  # a new shop brings its own
        "INSERT INTO counter (series, last) SELECT made.series, 0 FROM "
        "(SELECT 'sale' AS series UNION SELECT 'shift' UNION SELECT 'cash') AS made WHERE EXISTS (SELECT 1 FROM shop)"
    )
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _subject() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("id", Key(), nullable=False),
    )


def _tills() -> None:
    op.create_table(
        "till",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        *_subject(),
        sa.PrimaryKeyConstraint("id", name="pk_till"),
        sa.UniqueConstraint("name", name="uq_till_name"),
    )
    op.create_table(
        "till_station",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("till_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name="fk_till_station_till_id"),
        sa.PrimaryKeyConstraint("station", name="pk_till_station"),
    )
    op.create_index("ix_till_station_till_id", "till_station", ["till_id"])
    op.create_table(
        "shift",
        sa.Column("till_id", Key(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("opened_by", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("closed_by", Key(), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", Key(), nullable=True),
        sa.Column("z", sa.Text(), nullable=True),
        *_subject(),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name="fk_shift_till_id"),
        *(
            sa.ForeignKeyConstraint([who], ["staff.id"], name=f"fk_shift_{who}")
            for who in ("opened_by", "staff_id", "closed_by", "approved_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
        sa.UniqueConstraint("series", "number", name="uq_shift_series_number"),
    )
    for column in ("till_id", "opened_at", "closed_at"):
        op.create_index(f"ix_shift_{column}", "shift", [column])
    is_open = sa.text("closed_at IS NULL")
    op.create_index("ux_shift_open", "shift", ["till_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "shift_count",
        sa.Column("shift_id", Key(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_shift_count_shift_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shift_count_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_count"),
    )
    op.create_index("ix_shift_count_shift_id", "shift_count", ["shift_id"])
    op.create_table(
        "cash_move",
        sa.Column("shift_id", Key(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("approved_by", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_cash_move_shift_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_cash_move_staff_id"),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name="fk_cash_move_approved_by"),
        sa.PrimaryKeyConstraint("id", name="pk_cash_move"),
        sa.UniqueConstraint("series", "number", name="uq_cash_move_series_number"),
    )
    op.create_index("ix_cash_move_shift_id", "cash_move", ["shift_id"])


def _sales() -> None:
    op.create_table(
        "sale",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("customer_id", Key(), nullable=True),
        sa.Column("returns", Key(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        *_subject(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sale_staff_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_sale_customer_id"),
        sa.ForeignKeyConstraint(["returns"], ["sale.id"], name="fk_sale_returns"),
        sa.PrimaryKeyConstraint("id", name="pk_sale"),
        sa.UniqueConstraint("series", "number", name="uq_sale_series_number"),
    )
    for column in ("at", "customer_id", "returns"):
        op.create_index(f"ix_sale_{column}", "sale", [column])


def _lines() -> None:
    with op.batch_alter_table("line") as line:
        line.alter_column("order_id", existing_type=Key(), nullable=True)
        line.add_column(sa.Column("sale_id", Key(), nullable=True))
        line.add_column(sa.Column("returns", Key(), nullable=True))
        line.create_foreign_key("fk_line_sale_id", "sale", ["sale_id"], ["id"])
        line.create_foreign_key("fk_line_returns", "line", ["returns"], ["id"])
        line.create_check_constraint("one_subject", "(order_id IS NULL) <> (sale_id IS NULL)")
    op.create_index("ix_line_sale_id", "line", ["sale_id"])
    op.create_index("ix_line_returns", "line", ["returns"])


def _payments() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE payment DISABLE TRIGGER payment_only_added")
    with op.batch_alter_table("payment", recreate="auto") as payment:
        payment.alter_column("order_id", existing_type=Key(), nullable=True)
        payment.add_column(sa.Column("sale_id", Key(), nullable=True))
        payment.add_column(sa.Column("customer_id", Key(), nullable=True))
        payment.add_column(sa.Column("shift_id", Key(), nullable=True))
        payment.add_column(sa.Column("series", sa.Text(), nullable=False, server_default=""))
        payment.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="1"))
        payment.add_column(sa.Column("rates", sa.JSON(), nullable=False, server_default="{}"))
        payment.add_column(sa.Column("approved_by", Key(), nullable=True))
        payment.drop_constraint("uq_payment_number", type_="unique")
        payment.create_unique_constraint("uq_payment_series_number_place", ["series", "number", "place"])
        for column, table in (("sale_id", "sale"), ("customer_id", "customer"), ("shift_id", "shift")):
            payment.create_foreign_key(f"fk_payment_{column}", table, [column], ["id"])
        payment.create_foreign_key("fk_payment_approved_by", "staff", ["approved_by"], ["id"])
        payment.create_check_constraint("one_subject", "order_id IS NULL OR sale_id IS NULL")
        payment.create_check_constraint(
            "some_subject", "order_id IS NOT NULL OR sale_id IS NOT NULL OR customer_id IS NOT NULL"
        )
        payment.create_check_constraint("whose_credit", "method <> 'credit' OR customer_id IS NOT NULL")
    op.execute("UPDATE payment SET customer_id = (SELECT customer_id FROM orders WHERE orders.id = payment.order_id)")
    for column in ("sale_id", "shift_id", "corrects"):
        op.create_index(f"ix_payment_{column}", "payment", [column])
    op.create_index("ix_payment_customer_id", "payment", ["customer_id", "at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE payment ENABLE TRIGGER payment_only_added")


def _trust() -> None:
    op.create_table(
        "approval",
        sa.Column("approver_id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used", Key(), nullable=True),
        sa.Column("id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["approver_id"], ["staff.id"], name="fk_approval_approver_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_approval_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approval"),
        sa.UniqueConstraint("used", name="uq_approval_used"),
    )
    op.create_table(
        "seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("subjects", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_seal_staff_id"),
        sa.PrimaryKeyConstraint("number", name="pk_seal"),
    )


ONLY_ADDED = ("cash_move", "shift_count", "seal")
"""Tables whose rows are never changed nor deleted, besides those of the first schema."""
FIXED = ("till_id", "number", "opened_at", "opened_by", "closed_at", "closed_by", "expected", "counted", "z")
"""What of a closed shift may change no more."""


def _sqlite() -> None:
    # the payments were rebuilt, and their guards went with the old table
    for table in ("payment", *ONLY_ADDED):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END"
            )
    changed = " OR ".join(f"new.{column} IS NOT old.{column}" for column in FIXED)
    op.execute(
        f"CREATE TRIGGER shift_closed BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL AND ({changed}) "
        "BEGIN SELECT RAISE(ABORT, 'shift: a closed one changes no more'); END"
    )
    op.execute(
        "CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift "
        "BEGIN SELECT RAISE(ABORT, 'shift: rows are only added'); END"
    )


def _postgresql() -> None:
    for table in ONLY_ADDED:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
        )
    changed = " OR ".join(f"new.{column} IS DISTINCT FROM old.{column}" for column in FIXED)
    op.execute(
        "CREATE FUNCTION shift_closed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF old.closed_at IS NOT NULL AND ({changed}) THEN "
        "RAISE EXCEPTION 'shift: a closed one changes no more'; END IF; RETURN new; END $$"
    )
    op.execute("CREATE TRIGGER shift_closed BEFORE UPDATE ON shift FOR EACH ROW EXECUTE FUNCTION shift_closed()")
    op.execute(
        "CREATE TRIGGER shift_no_delete BEFORE DELETE OR TRUNCATE ON shift "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
    )
