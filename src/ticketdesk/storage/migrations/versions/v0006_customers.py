"""Customers as a whole: numbers, companies, several contacts, tags, consent with its date, search, keys, pointers."""

import sqlalchemy as sa
from alembic import op

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.likeness import keys, search_text
from ticketdesk.storage.types import SORTED, Key, UtcTime

revision = "0006"
down_revision = "0005"

_CHUNK = 2000


def upgrade() -> None:
    """Add what is new, fill it from what is there, then its indexes and search."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _columns(sqlite=sqlite)
    op.create_table(
        "customer_key",
        sa.Column("kind", SORTED, nullable=False),
        sa.Column("value", SORTED, nullable=False),
        sa.Column("customer_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_key_customer_id")),
        sa.PrimaryKeyConstraint("kind", "value", "customer_id", name=op.f("pk_customer_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_apart",
        sa.Column("one_id", Key(), nullable=False),
        sa.Column("other_id", Key(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["customer.id"], name=op.f("fk_customer_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["customer.id"], name=op.f("fk_customer_apart_other_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_customer_apart_staff_id")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_customer_apart")),
    )
    _fill()
    op.drop_index("ix_customer_name_sort", "customer")
    op.drop_index("ix_customer_phone", "customer")
    living, company = sa.text("merged_into IS NULL"), sa.text("company")
    for name, columns, where in (
        ("living", ["number"], living),
        ("name_sort", ["name_sort", "number"], living),
        ("phone", ["phone", "number"], living),
        ("company", ["name_sort", "number"], company),
    ):
        op.create_index(f"ix_customer_{name}", "customer", columns, sqlite_where=where, postgresql_where=where)
    if sqlite:
        _sqlite_search()
    else:
        op.execute("CREATE INDEX ix_customer_search ON customer USING gin (search gin_trgm_ops)")


def _columns(*, sqlite: bool) -> None:
    for column in (
        sa.Column("number", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("company", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("legal_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("contacts", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("consent_at", UtcTime(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("search", SORTED, nullable=False, server_default=""),
    ):
        op.add_column("customer", column)
    kind = "BLOB" if sqlite else "UUID"
    for name, table in (("consent_by", "staff"), ("merged_into", "customer")):
        # alembic adds no column with a constraint on SQLite
        op.execute(
            f"ALTER TABLE customer ADD COLUMN {name} {kind} CONSTRAINT fk_customer_{name} REFERENCES {table} (id)"
        )


def _fill() -> None:
    """Number the customers in the order they came, and write what they are found and known by."""
    bind = op.get_bind()
    op.execute("UPDATE customer SET consent_at = created_at WHERE consent")
    op.execute(
        sa.text("UPDATE customer SET company = :yes WHERE tax_id <> '' OR name_sort LIKE '% srl'").bindparams(yes=True)
    )
    op.execute(
        "UPDATE customer SET number = counted.place FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) "
        "AS place FROM customer) AS counted WHERE counted.id = customer.id"
    )
    op.create_index("ix_customer_number", "customer", ["number"], unique=True)
    op.execute(
        "INSERT INTO counter (series, last) SELECT 'customer', count(*) FROM customer "
        "HAVING EXISTS (SELECT 1 FROM shop)"
    )
    names = ("number", "name", "phone", "email", "tax_id", "search")
    plain: list[sa.ColumnClause[object]] = [sa.column(name) for name in names]
    customer = sa.table("customer", *plain, sa.column("id", Key()), sa.column("company", sa.Boolean()))
    key = sa.table("customer_key", sa.column("kind"), sa.column("value"), sa.column("customer_id", Key()))
    # by the old index of keys: PostgreSQL cannot use a new one inside the transaction that changed the rows
    after = UUID(int=0)
    while True:
        query = sa.select(customer).where(customer.c.id > after).order_by(customer.c.id).limit(_CHUNK)
        rows = bind.execute(query).all()
        if not rows:
            return
        after = rows[-1].id
        known = [
            {"kind": kind, "value": value, "customer_id": row.id}
            for row in rows
            for kind, value in keys(
                name=row.name, phone=row.phone, email=row.email, contacts=(), tax_id=row.tax_id, tags=(),
                company=row.company,
            )
        ]  # fmt: skip
        if known:
            bind.execute(sa.insert(key), known)
        texts = [
            {
                "key": row.id,
                "words": search_text(
                    number=row.number, name=row.name, legal_name="", phone=row.phone, email=row.email, contacts=(),
                    tax_id=row.tax_id, tags=(),
                ),
            }
            for row in rows
        ]  # fmt: skip
        update = sa.update(customer).where(customer.c.id == sa.bindparam("key")).values(search=sa.bindparam("words"))
        bind.execute(update, texts)


def _sqlite_search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE customer_search USING fts5("
        "search, content='customer', content_rowid='number', tokenize='trigram', detail='full')"
    )
    op.execute("INSERT INTO customer_search(customer_search) VALUES ('rebuild')")
    op.execute(
        "CREATE TRIGGER customer_search_added AFTER INSERT ON customer BEGIN "
        "INSERT INTO customer_search(rowid, search) VALUES (new.number, new.search); END"
    )
    op.execute(
        "CREATE TRIGGER customer_search_changed AFTER UPDATE OF search ON customer WHEN old.search <> new.search BEGIN "
        "INSERT INTO customer_search(customer_search, rowid, search) VALUES ('delete', old.number, old.search); "
        "INSERT INTO customer_search(rowid, search) VALUES (new.number, new.search); END"
    )
