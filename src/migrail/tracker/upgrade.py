"""Brings the tracker's schema to the version that this program needs.

A new tracker gets the tables as they are now; Alembic, which takes its time to import, upgrades older ones. A test
holds the two ways to the same result.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import ConfigError, GuardBusy
from migrail.model.rows import QueryError
from migrail.tracker.rows import ConnectionRows
from migrail.tracker.tables import metadata
from migrail.tracker.version import HEAD, VERSION_TABLE, version_of

_GUARD_KEY = 7237127450128
"""Advisory lock that first users of a shared tracker take in turn."""

SECONDS = 60
"""How long they wait for each other."""

_POLL = 0.1
"""Seconds between two tries."""


def ensure_schema(engine: Engine) -> None:
    """Migrates the tracker if it is older than this program.

    Raises:
        ConfigError: it was migrated by a newer program.
        GuardBusy: somebody else was at it all the time.
        QueryError: the server refused something, or is away.
    """
    try:
        _in_turn(engine)
    except DBAPIError as error:
        raise QueryError(error.orig or error) from None


def _in_turn(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.detach()
        _take_turn(connection)
        with connection.begin():
            current = version_of(ConnectionRows(connection))
            if current is None:
                _create(connection)
            elif current < HEAD:
                upgrade(connection)
            elif current > HEAD:
                raise ConfigError(
                    f"the tracker's schema is at {current}, which this version of migrail does not know",
                    help="pip install --upgrade migrail",
                )


def _take_turn(connection: Connection) -> None:
    """One after the other: DDL of two sessions at once fails on every server, with IF NOT EXISTS too.

    The lock goes with the connection, which is closed only when everything is committed.

    Raises:
        GuardBusy: somebody else had it all the time.
    """
    turn = _TURNS.get(connection.dialect.name)
    if turn is None:  # SQLite lets one write at a time
        return
    # Such locks belong to the whole server on MySQL.
    digest = hashlib.sha256(str(connection.engine.url.database).encode()).hexdigest()[:12]
    lock = {"name": f"migrail.tracker.{digest}", "key": _GUARD_KEY}
    deadline = time.monotonic() + SECONDS
    while connection.execute(text(turn.take), lock).scalar() != 1:
        if time.monotonic() >= deadline:
            holder = connection.execute(text(turn.holder), lock).scalar()
            who = f"; to end it: {turn.end.format(holder)}" if holder else ""
            raise GuardBusy(f"somebody else has been making the tracker's tables for {SECONDS} s{who}")
        time.sleep(_POLL)
    connection.commit()


@dataclass(frozen=True, kw_only=True)
class _Turn:
    """How a lock is taken on a server without waiting in it."""

    take: str
    """Finds 1 where it was free."""
    holder: str
    """The number of the session that has it."""
    end: str
    """Ends that session."""


_MYSQL = _Turn(take="SELECT GET_LOCK(:name, 0)", holder="SELECT IS_USED_LOCK(:name)", end="KILL {}")
_TURNS = {
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
    "postgresql": _Turn(
        take="SELECT CAST(pg_try_advisory_lock(:key) AS int)",
        holder=(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND (CAST(classid AS bigint) << 32) + CAST(objid AS bigint) = :key"
        ),
        end="SELECT pg_terminate_backend({})",
    ),
}


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    version = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32), nullable=False))
    version.append_constraint(PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"))
    version.create(connection, checkfirst=True)
    connection.execute(version.insert().values(version_num=HEAD))


def upgrade(connection: Connection) -> None:
    """Runs all revisions that the tracker lacks."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "schema").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
