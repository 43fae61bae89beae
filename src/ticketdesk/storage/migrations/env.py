"""Run migrations on the connection that ``storage.migrate.upgrade`` opened."""

from alembic import context

from ticketdesk.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
