"""Connections to targets, with pinned settings and errors that people understand."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from migrail.model.errors import ConfigError, TargetUnreachable
from migrail.model.redact import redact, register_secret
from migrail.model.text import visible

_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
}
TRACKER = "tracker"
"""Stands for the environment in the address of the tracker."""

_DIALECTS = {"postgresql+psycopg": "postgres", "sqlite+pysqlite": "sqlite"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long to wait, in seconds."""

    connect: float = 5.0
    lock: float = 2.0
    """For a table lock, before the migration is rolled back."""
    guard: float = 10.0
    """For another promotion into the same target."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a target is. The URL holds secrets and is never shown; ``label`` is."""

    environment: str
    target: str
    url: URL = field(repr=False)

    @classmethod
    def parse(cls, url: str, *, environment: str, target: str, root: Path) -> Address:
        """An address from a SQLAlchemy URL whose references are resolved.

        Raises:
            ConfigError: it is not a URL, or names a database that is not supported.
        """
        where = "project.tracker" if environment == TRACKER else f"environment {environment}"
        parsed = parse_url(url, where)
        driver = _DRIVERS.get(parsed.drivername)
        if driver is None:
            known = "postgresql:// or sqlite:///"
            raise ConfigError(f"{where}: {visible(parsed.drivername)}:// is not supported; use {known}")
        parsed = parsed.set(drivername=driver)
        if driver.startswith("sqlite"):
            if parsed.database in (None, "", ":memory:"):
                raise ConfigError(f"{where}: a database in memory is gone when the program ends; name a file")
            parsed = parsed.set(database=str(root / str(parsed.database)))
        return cls(environment=environment, target=target, url=parsed)

    @property
    def dialect(self) -> str:
        """migrail's name of the database's dialect."""
        return _DIALECTS[self.url.drivername]

    @property
    def ledger_schema(self) -> str | None:
        """The schema of our tables: always written out, so that nothing can stand in for them."""
        return "public" if self.dialect == "postgres" else "main"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(str(self.url.database)) if self.dialect == "sqlite" else None

    @property
    def label(self) -> str:
        """The environment, and the target where it has a name of its own."""
        return self.environment if self.target == "default" else f"{self.environment}/{self.target}"


def parse_url(url: str, where: str) -> URL:
    """A SQLAlchemy URL, whose secrets are known from now on; ``where`` it is written is for messages.

    Raises:
        ConfigError: it is not a URL.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        message = f"{where}: the url is not a SQLAlchemy URL such as postgresql://user@host:5432/name"
        raise ConfigError(message) from None
    _register_secrets(parsed)
    if "@" in (parsed.host or ""):
        raise ConfigError(f"{where}: the url has more than one @; write one in a password as %40")
    return parsed


def _register_secrets(url: URL) -> None:
    register_secret(str(url.password or ""))
    for key, value in url.query.items():
        if "password" in key.lower() or "secret" in key.lower():
            register_secret(value if isinstance(value, str) else value[0])


def exists(address: Address) -> bool:
    """False for a SQLite file that was not made yet; connecting would make it.

    Raises:
        TargetUnreachable: whether it is there cannot be told.
    """
    try:
        return address.file is None or address.file.exists()
    except OSError as error:
        raise TargetUnreachable(f"{address.label}: the file cannot be looked at: {error.strerror}") from None


@cache
def engine_for(
    address: Address, limits: Limits, *, autocommit: bool = False, read_only: bool = False, pooled: bool = False
) -> Engine:
    """The engine for an address; there is one for each way to use it.

    Args:
        pooled: keep a connection. Without it each connection is fresh, so that nothing one migration sets reaches
            the next.
    """
    pool = QueuePool if pooled else NullPool
    try:
        if address.dialect == "sqlite":
            return _sqlite(address, limits, pool, autocommit=autocommit, read_only=read_only)
        return _postgres(address, limits, pool, autocommit=autocommit)
    except (NoSuchModuleError, ImportError) as error:
        raise ConfigError(f"environment {address.environment}: {error}") from None


@contextmanager
def reading(address: Address, limits: Limits) -> Iterator[Connection]:
    """A connection that changes nothing.

    Raises:
        TargetUnreachable: the database cannot be reached or refuses the connection.
    """
    engine = engine_for(address, limits, read_only=True)
    with unreachable(address), engine.connect() as connection:
        if address.dialect == "postgres":
            connection = connection.execution_options(postgresql_readonly=True)
        yield connection


@contextmanager
def unreachable(address: Address) -> Iterator[None]:
    """Turns a driver's connection errors into :class:`TargetUnreachable`."""
    try:
        yield
    except DBAPIError as error:
        message = f"{address.label}: the database cannot be used: {reason_of(error)}"
        raise TargetUnreachable(message, help="migrail doctor") from None
    except OSError as error:
        message = f"{address.label}: the database cannot be reached: {redact(str(error))}"
        raise TargetUnreachable(message, help="migrail doctor") from None


def reason_of(error: DBAPIError) -> str:
    """The server's message in one line, with its SQLSTATE, without secrets."""
    original = error.orig
    diagnostics = getattr(original, "diag", None)
    text = getattr(diagnostics, "message_primary", None) or str(original or error)
    line = "; ".join(part.strip() for part in text.strip().splitlines() if part.strip())
    state = getattr(original, "sqlstate", None)
    return visible(redact(f"{line} (SQLSTATE {state})" if state else line))


def _sqlite(address: Address, limits: Limits, pool: type[Pool], *, autocommit: bool, read_only: bool) -> Engine:
    path = quote(str(address.file))
    mode = "ro" if read_only else "rwc"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=limits.guard, isolation_level=None)

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=pool)
    if not autocommit:
        # The driver's own transaction handling commits before some statements; BEGIN IMMEDIATE takes the single
        # writer's lock at the start, which is the guard of a SQLite target.
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def milliseconds(seconds: float) -> str:
    """A timeout as PostgreSQL takes it; 0 would mean to wait for ever."""
    return f"{max(1, min(math.ceil(seconds * 1000), 2**31 - 1))}ms"


_PINNED = """
SELECT set_config(wanted.name, wanted.value, false)
FROM (VALUES {values}) AS wanted (name, value)
JOIN pg_catalog.pg_settings AS known ON known.name = wanted.name
"""


def _postgres(address: Address, limits: Limits, pool: type[Pool], *, autocommit: bool) -> Engine:
    pinned = {
        # A timestamp changes to timestamptz without a rewrite in UTC only.
        "TimeZone": "UTC",
        "lock_timeout": milliseconds(limits.lock),
        "statement_timeout": "0",
        "idle_in_transaction_session_timeout": "0",
        "idle_session_timeout": "0",
        "transaction_timeout": "0",
        # Where it is off, a backslash ends strings elsewhere than the splitter thinks.
        "standard_conforming_strings": "on",
        # A server notices within this time that a killed client is gone (PostgreSQL 14 and later).
        "client_connection_check_interval": "500ms",
    }
    engine = create_engine(
        address.url,
        poolclass=pool,
        isolation_level="AUTOCOMMIT" if autocommit else None,
        connect_args={
            "connect_timeout": max(1, round(limits.connect)),
            "application_name": "migrail",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
    )
    values = ", ".join(f"('{name}', '{value}')" for name, value in pinned.items())

    def pin(connection: Any, _record: Any) -> None:
        before = connection.autocommit
        connection.autocommit = True
        connection.execute(_PINNED.format(values=values))
        connection.autocommit = before

    event.listen(engine, "connect", pin)
    return engine
