"""Alembic's entry point; the connection comes from :func:`migrail.tracker.upgrade.upgrade`."""

from __future__ import annotations

from alembic import context

from migrail.tracker.tables import metadata
from migrail.tracker.version import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
