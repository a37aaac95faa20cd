"""Captures in CSV, as other tools and ``\\copy (SELECT * FROM pg_stat_statements)`` export them."""

from __future__ import annotations

from migrail.dialects import Dialect
from migrail.queries._interface import FileSource, Found
from migrail.queries.capture import from_csv
from migrail.queries.files import _captured


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The queries of a capture."""
    return _captured.read(text, shown, dialect, from_csv)


SOURCE = FileSource(name="capture-csv", title="captures in CSV", suffixes=(".csv",), read=read, observed=True)
