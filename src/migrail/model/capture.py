"""Queries that were seen running on a server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SCHEMA = "migrail.queries/1"
"""The name and version of the file format."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CapturedQuery:
    """One statement, with placeholders for its values, and how it ran."""

    text: str
    calls: int | None = None
    mean_ms: float | None = None
    """Milliseconds that one execution took."""
    total_ms: float | None = None
    database: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """What a server knew about the statements it ran."""

    source: str
    """Where the server keeps it: ``pg_stat_statements``."""
    server: str
    """Name and version."""
    captured_at: datetime
    since: datetime | None = None
    """Since when it was counted; ``None`` where the server does not tell."""
    queries: tuple[CapturedQuery, ...]
    """The most often called first."""
    left_out: int = 0
    """Statements about sessions, structure, the server's own catalogs or migrail."""
