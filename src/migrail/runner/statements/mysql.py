"""MariaDB and MySQL: the digests of the performance schema.

A digest is a statement in which the server replaced each value by ``?`` and each list of values by ``(...)``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.dialects import Dialect
from migrail.model.capture import Capture, CapturedQuery
from migrail.model.errors import UsageError
from migrail.sql.masking import masked

_PICOSECONDS_PER_MS = 1_000_000_000
_DENIED = frozenset({1044, 1142, 1143, 1227})
"""Error numbers of a missing privilege."""

_KEPT = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "CALL", "(")
_ASKED_BY_TOOLS = (
    *("`information_schema`", "`performance_schema`", "`mysql`", "`migrail_"),
    *("@@", "select schema ( )", "select `version` ( )"),
)
"""What drivers and tools ask, not the application."""

_FUNCTION = re.compile(r"(?<!INTO )`(\w+)` (?=\()")
"""A digest writes the names of functions like those of columns."""

_DIGESTS = """
SELECT DIGEST_TEXT, COUNT_STAR, SUM_TIMER_WAIT, UNIX_TIMESTAMP(FIRST_SEEN), UNIX_TIMESTAMP(LAST_SEEN)
FROM performance_schema.events_statements_summary_by_digest
WHERE SCHEMA_NAME = DATABASE() AND DIGEST_TEXT IS NOT NULL
"""


def capture(connection: Connection, dialect: Dialect, now: datetime) -> Capture:
    """See :func:`migrail.runner.statements.capture`."""
    on, version, database = connection.exec_driver_sql("SELECT @@performance_schema, VERSION(), DATABASE()").one()
    if not on:
        raise UsageError(
            "the performance schema, which counts the statements of a server, is off",
            help="set performance_schema=ON in the server's configuration and restart it",
        )
    if database is None:
        raise UsageError("the url names no database, so it cannot be told which statements are the application's")
    found: dict[str, CapturedQuery] = {}
    left_out = 0
    for digest in _digests(connection):
        text = digest.text
        if not text.startswith(_KEPT) or any(name in text.lower() for name in _ASKED_BY_TOOLS):
            left_out += 1
            continue
        text = _FUNCTION.sub(r"\1 ", masked(text, dialect))
        found[text] = _counted(text, str(database), digest, found.get(text))
    queries = sorted(found.values(), key=lambda query: (-(query.calls or 0), query.text))
    return Capture(
        source="performance_schema",
        server=f"{dialect.title} {str(version).partition('-')[0]}",
        captured_at=now,
        since=min((query.first_seen for query in queries if query.first_seen), default=None),
        queries=tuple(queries),
        left_out=left_out,
    )


class _Digest(NamedTuple):
    text: str
    calls: int
    milliseconds: float
    first_seen: datetime | None
    last_seen: datetime | None


def _counted(text: str, database: str, digest: _Digest, before: CapturedQuery | None) -> CapturedQuery:
    """A digest, added to another one that differs from it only in how many rows it names."""
    calls = digest.calls + ((before.calls or 0) if before else 0)
    total = digest.milliseconds + ((before.total_ms or 0.0) if before else 0.0)
    first = [moment for moment in (digest.first_seen, before and before.first_seen) if moment]
    last = [moment for moment in (digest.last_seen, before and before.last_seen) if moment]
    return CapturedQuery(
        text=text,
        calls=calls,
        mean_ms=round(total / calls, 3) if calls else None,
        total_ms=round(total, 3),
        database=database,
        first_seen=min(first, default=None),
        last_seen=max(last, default=None),
    )


def _digests(connection: Connection) -> list[_Digest]:
    try:
        rows = connection.exec_driver_sql(_DIGESTS).all()
    except DBAPIError as error:
        number = error.orig.args[0] if error.orig is not None and error.orig.args else None
        if number not in _DENIED:
            raise
        raise UsageError(
            "this role may not read the performance schema",
            help="GRANT SELECT ON performance_schema.events_statements_summary_by_digest TO the role",
        ) from None
    return [
        _Digest(str(text).strip(), int(calls), float(time) / _PICOSECONDS_PER_MS, _moment(first), _moment(last))
        for text, calls, time, first, last in rows
    ]


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(float(str(seconds)), UTC) if seconds else None
