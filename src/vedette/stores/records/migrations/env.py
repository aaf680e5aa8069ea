"""Alembic's entry: runs the migrations on the connection that `sql.migrate` hands over."""

from alembic import context

from vedette.stores.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
