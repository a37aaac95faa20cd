"""Brings the tracker's schema to the version that this program needs.

A new tracker gets the tables as they are now; Alembic, which takes its time to import, upgrades older ones. A test
holds the two ways to the same result.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    text,
)

from migrail.model.errors import ConfigError
from migrail.tracker.tables import VERSION_TABLE, metadata

HEAD = "0001"
"""The newest revision in ``schema/versions``; a test compares."""

_GUARD_KEY = 7237127450128
"""Advisory lock that first users of a shared tracker take in turn."""


def ensure_schema(engine: Engine) -> None:
    """Migrates the tracker if it is older than this program.

    Raises:
        ConfigError: it was migrated by a newer program.
    """
    with engine.connect() as connection:
        if _current(connection) == HEAD:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _GUARD_KEY})
        current = _current(connection)
        if current is None:
            _create(connection)
        elif current < HEAD:
            upgrade(connection)
        elif current > HEAD:
            raise ConfigError(
                f"the tracker's schema is at {current}, which this version of migrail does not know",
                help="pip install --upgrade migrail",
            )


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    version = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32), nullable=False))
    version.append_constraint(PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"))
    version.create(connection)
    connection.execute(version.insert().values(version_num=HEAD))


def upgrade(connection: Connection) -> None:
    """Runs all revisions that the tracker lacks."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "schema").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
