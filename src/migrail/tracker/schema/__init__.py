"""The tracker's own schema, migrated with Alembic."""
