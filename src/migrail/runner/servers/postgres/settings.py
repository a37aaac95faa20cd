"""How sessions on PostgreSQL are set up, whatever roles and databases say."""

from __future__ import annotations

import math
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from migrail.runner.address import Address, Limits
from migrail.runner.servers import _dead_peers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg
    from sqlalchemy import Connection, Engine

    from migrail.runner.url import Url

RESETTING = (
    "RESET SESSION AUTHORIZATION",
    "RESET ALL",
    "CLOSE ALL",
    "UNLISTEN *",
    "DISCARD TEMP",
    "DISCARD SEQUENCES",
)
"""With ``DEALLOCATE ALL`` and ``pg_advisory_unlock_all()``, what DISCARD ALL does, in a form that can stand in a
transaction and so needs no round trip of its own."""


def milliseconds(seconds: float) -> str:
    """A timeout as PostgreSQL takes it; 0 would mean to wait for ever."""
    return f"{max(1, min(math.ceil(seconds * 1000), 2**31 - 1))}ms"


def pinned(limits: Limits) -> dict[str, str]:
    """Settings that a session begins with. Those that a server does not have yet are left out there."""
    return {
        # A timestamp changes to timestamptz without a rewrite in UTC only.
        "TimeZone": "UTC",
        "DateStyle": "ISO, MDY",
        "IntervalStyle": "postgres",
        "search_path": limits.search_path,
        "lock_timeout": milliseconds(limits.lock),
        "statement_timeout": "0",
        "idle_in_transaction_session_timeout": "0",
        "idle_session_timeout": "0",
        "transaction_timeout": "0",
        "default_transaction_isolation": "read committed",
        "default_transaction_deferrable": "off",
        "check_function_bodies": "on",
        # Where it is off, a backslash ends strings elsewhere than the splitter thinks.
        "standard_conforming_strings": "on",
        # A server notices within this time that a killed client is gone (PostgreSQL 14 and later).
        "client_connection_check_interval": "500ms",
        # The server gives up a client that it cannot reach, as the client does with the server.
        "tcp_keepalives_idle": str(_dead_peers.IDLE),
        "tcp_keepalives_interval": str(_dead_peers.INTERVAL),
        "tcp_keepalives_count": str(_dead_peers.PROBES),
        "tcp_user_timeout": str(_dead_peers.UNANSWERED),
    }


MEANING = (
    "session_replication_role",  # replica: no foreign key is checked, and no ordinary trigger fires
    "synchronous_commit",
    "transform_null_equals",
    "array_nulls",
    "backslash_quote",
    "row_security",
    "event_triggers",
    "xmloption",
    "xmlbinary",
    "bytea_output",
    "extra_float_digits",
    "quote_all_identifiers",
    "lo_compat_privileges",
    "gin_fuzzy_search_limit",
    "password_encryption",
    "createrole_self_grant",
    "default_table_access_method",
    "default_toast_compression",
)
"""Settings that change what a statement does, or whether that lasts. What a database or a role says of them is not
followed. It is in what is fast, where things are put, what is logged and in which language."""

_PIN = """
SELECT coalesce(v.name, s.name), coalesce(v.value, s.boot_val),
  CASE WHEN s.context OPERATOR(pg_catalog.=) 'user'
      OR pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on'
    THEN pg_catalog.set_config(s.name, coalesce(v.value, s.boot_val), %s) END
FROM pg_catalog.pg_settings AS s
LEFT JOIN ROWS FROM (pg_catalog.unnest(%s::text[]), pg_catalog.unnest(%s::text[])) AS v (name, value)
  ON pg_catalog.lower(s.name) OPERATOR(pg_catalog.=) pg_catalog.lower(v.name)
WHERE v.name IS NOT NULL OR (s.name OPERATOR(pg_catalog.=) ANY (%s::text[])
  AND s.source OPERATOR(pg_catalog.=) ANY ('{global,database,user,database user}'::text[])
  AND NOT s.setting OPERATOR(pg_catalog.=) s.boot_val)
"""
"""Makes those settings that the server knows, and takes back those of ``MEANING`` that a database or a role has, in
one round trip; says which they are, with nothing as the last value of one that only some roles may set. The first
value tells whether they end with the transaction."""

_TRY_TO_PIN = "SELECT pg_catalog.set_config(%s, %s, false)"


def pinning(known: dict[str, str]) -> str:
    """What a SELECT makes the settings with. Their values are ours or checked by the configuration."""
    return ", ".join(
        "pg_catalog.set_config('{}', '{}', false)".format(name, value.replace("'", "''"))
        for name, value in known.items()
    )


PINNED = "migrail_pinned"
"""The key in a pooled connection's ``info`` for the settings that its server knows."""

_LOOK = "migrail_look"
"""The key there for what gives it up as long as it is new."""


def _arguments(limits: Limits) -> dict[str, Any]:
    """What the driver is told, for sessions that notice when the other side is gone."""
    return {
        "connect_timeout": max(1, round(limits.connect)),
        "application_name": "migrail",
        "client_encoding": "utf8",
        "keepalives_idle": _dead_peers.IDLE,
        "keepalives_interval": _dead_peers.INTERVAL,
        "keepalives_count": _dead_peers.PROBES,
        "tcp_user_timeout": _dead_peers.UNANSWERED,
        # The driver prepares nothing by itself, which a pooler could not follow.
        "prepare_threshold": None,
    }


def _pin(connection: Any, wanted: Mapping[str, str], *, local: bool = False) -> dict[str, str]:
    """Makes settings: those that the server knows, those that it is better to take back, and may."""
    import psycopg

    with _dead_peers.answering(connection.fileno()):
        values = [local, list(wanted), list(wanted.values()), list(MEANING)]
        found = connection.execute(_PIN, values).fetchall()
        made = {name: value for name, value, now in found if now is not None}
        for name, value, now in found:
            if now is None and not local:  # a refusal would end the transaction
                with suppress(psycopg.errors.InsufficientPrivilege):
                    connection.execute(_TRY_TO_PIN, [name, value])
                    made[name] = value
    return made


def engine(address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool) -> Engine:
    """An engine with pinned sessions, or, for what only reads, transactions: see :func:`connect`."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool, QueuePool

    made = create_engine(
        address.url.for_sqlalchemy(),
        poolclass=QueuePool if pooled else NullPool,
        pool_reset_on_return=None,  # every transaction of ours comes to its own end
        isolation_level="AUTOCOMMIT" if autocommit else None,
        connect_args=_arguments(limits),
        # Otherwise the first connection asks the server for a type that none of our tables has.
        use_native_hstore=False,
    )

    def connect(dialect: Any, record: Any, arguments: Any, parameters: Any) -> Any:
        driver = dialect.connect(*arguments, **parameters)
        record.info[_LOOK] = look = ExitStack()
        look.enter_context(_dead_peers.answering(driver.fileno()))
        return driver

    def connected(connection: Any, record: Any) -> None:
        # What SQLAlchemy asks of a server that is new to it comes between.
        record.info.pop(_LOOK).close()

    def pin(connection: Any, record: Any) -> None:
        before = connection.autocommit
        connection.autocommit = True
        record.info[PINNED] = _pin(connection, pinned(limits))
        connection.autocommit = before

    def pin_transaction(connection: Connection) -> None:
        _pin(connection.connection.driver_connection, pinned(limits), local=True)

    event.listen(made, "do_connect", connect)
    event.listen(made, "connect", connected)
    if read_only:
        event.listen(made, "begin", pin_transaction)
    else:
        event.listen(made, "connect", pin)
    return made


def connect(address: Address, limits: Limits, *, read_only: bool) -> psycopg.Connection[Any]:
    """A pinned connection of the driver.

    What only reads is one transaction, and its settings end with it: behind a pooler, the next one who gets the
    server's session must not find them.
    """
    import psycopg

    made = psycopg.connect(**{**_named(address.url), **_arguments(limits)}, autocommit=not read_only)
    if read_only:
        made.read_only = True
    _pin(made, pinned(limits), local=read_only)
    return made


def _named(url: Url) -> dict[str, Any]:
    """The parts of a URL as the driver calls them."""
    parts = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
    }
    named = {key: ",".join(values) for key, values in url.query.items()}
    hosts = [host.rpartition(":") for host in url.query.get("host", ()) if ":" in host]
    if hosts:  # host=h1:p1&host=h2:p2 in SQLAlchemy's URLs
        named |= {"host": ",".join(h for h, _, _ in hosts), "port": ",".join(p for _, _, p in hosts)}
    return {key: value for key, value in parts.items() if value} | named
