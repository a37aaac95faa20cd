"""How big the tables of an environment are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STATISTICS_SCHEMA = "migrail.statistics/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationSize:
    """One table or materialized view."""

    rows: int
    """As the server estimates them."""
    bytes: int
    """Of the rows, without indexes."""
    index_bytes: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """The sizes in one environment at one time."""

    environment: str
    captured_at: str
    """UTC, ISO 8601."""
    relations: Mapping[str, RelationSize]
    """By name as findings print it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A relation that a finding is about, and how big it is somewhere."""

    environment: str
    relation: str
    size: RelationSize
    captured_at: str

    @property
    def said(self) -> str:
        """``42 million rows, 11 GB``."""
        return f"{_rows(self.size.rows)}, {_bytes(self.size.bytes)}"

    @property
    def sentence(self) -> str:
        """``public.orders has 42 million rows, 11 GB on prod``."""
        return f"{self.relation} has {self.said} on {self.environment}"


def _rows(count: int) -> str:
    for limit, word in ((10**9, "billion"), (10**6, "million")):
        if count >= limit:
            return f"{_short(count / limit)} {word} rows"
    return "1 row" if count == 1 else f"{count:,} rows"


def _bytes(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1024:
            return f"{_short(size)} {unit}"
        size /= 1024
    return f"{_short(size)} TB"


def _short(number: float) -> str:
    """Two digits that count: 1.2, 42."""
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:.0f}"
