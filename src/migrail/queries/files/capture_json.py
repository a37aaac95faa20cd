"""Captures as ``migrail capture queries`` writes them."""

from __future__ import annotations

from migrail.dialects import Dialect
from migrail.queries._interface import FileSource, Found
from migrail.queries.capture import from_json
from migrail.queries.files import _captured


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The queries of a capture."""
    return _captured.read(text, shown, dialect, from_json)


SOURCE = FileSource(name="capture-json", title="captures", suffixes=(".json",), read=read, observed=True)
