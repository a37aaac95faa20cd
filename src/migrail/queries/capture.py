"""The file format of captured queries, ``migrail.queries/1``: JSON, and CSV for what other tools export.

.. code-block:: json

    {"schema": "migrail.queries/1",
     "source": "pg_stat_statements", "server": "PostgreSQL 15.8",
     "captured_at": "2026-11-26T12:00:00Z", "since": "2026-11-01T00:00:00Z",
     "queries": [
      {"query": "SELECT email FROM customers WHERE id = $1", "calls": 1200, "mean_ms": 0.08, "total_ms": 96.0,
       "database": "shop", "first_seen": null, "last_seen": null}
     ]}

Only ``schema`` and ``query`` are needed. A CSV file has a line of headings, of which only ``query`` is needed; the
columns of ``pg_stat_statements`` itself are understood as well.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from migrail.model.capture import SCHEMA, Capture, CapturedQuery

_LIST = re.compile(r'"queries"\s*:\s*\[')
_BLANKS = re.compile(r"[\s,]*")


class NotACapture(Exception):
    """The text is no capture; the message says why, ``line`` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def written(capture: Capture) -> str:
    """A capture as JSON, one query on each line."""
    head = {
        "schema": SCHEMA,
        "source": capture.source,
        "server": capture.server,
        "captured_at": _moment(capture.captured_at),
        "since": _moment(capture.since),
    }
    rows = ",\n".join("  " + json.dumps(_row(query), ensure_ascii=False) for query in capture.queries)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]},\n "queries": [\n{rows}\n ]}}\n'


def _row(query: CapturedQuery) -> dict[str, object]:
    return {
        "query": query.text,
        "calls": query.calls,
        "mean_ms": query.mean_ms,
        "total_ms": query.total_ms,
        "database": query.database,
        "first_seen": _moment(query.first_seen),
        "last_seen": _moment(query.last_seen),
    }


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def from_json(text: str) -> Iterator[tuple[int, str, int | None]]:
    """Line, text and number of calls of each query.

    Raises:
        NotACapture: it is no JSON, of another format or version, or a query is missing.
    """
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise NotACapture(f"not JSON: {error}", getattr(error, "lineno", 1)) from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        said = f"its schema is {schema!r}" if isinstance(schema, str) else "it has no schema"
        raise NotACapture(f"no capture of queries: {said}, not {SCHEMA!r}")
    rows = document.get("queries")
    if not isinstance(rows, list):
        raise NotACapture('no capture of queries: "queries" is no list')
    lines = _lines(text, len(rows))
    for line, row in zip(lines, rows, strict=True):
        query = row.get("query") if isinstance(row, dict) else None
        if not isinstance(query, str):
            raise NotACapture('"query" is missing or no text', line)
        yield line, query, _count(row.get("calls"))


def _lines(text: str, count: int) -> list[int]:
    """On which line each element of the list begins; 1 for all where that cannot be told."""
    found = _LIST.search(text)
    decoder = json.JSONDecoder()
    lines: list[int] = []
    line, counted = 1, 0
    position = found.end() if found else 0
    try:
        for _ in range(count if found else 0):
            position = _end(text, position)
            line += text.count("\n", counted, position)
            counted = position
            lines.append(line)
            _, position = decoder.raw_decode(text, position)
    except ValueError:
        return [1] * count
    return lines if len(lines) == count else [1] * count


def _end(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


def from_csv(text: str) -> Iterator[tuple[int, str, int | None]]:
    """Line, text and number of calls of each query.

    Raises:
        NotACapture: there is no column ``query``, or a row has other columns than the headings say.
    """
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
        if "query" not in heading:
            raise NotACapture("no capture of queries: its first line names no column query")
        line = reader.line_num + 1
        for row in reader:
            if row:
                if len(row) != len(heading):
                    raise NotACapture(f"has {len(row)} columns, but the first line names {len(heading)}", line)
                values = dict(zip(heading, row, strict=True))
                yield line, values["query"], _count(values.get("calls"))
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotACapture(f"not CSV: {error}", reader.line_num) from None


def _count(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() and len(value) < 20 else None
    return value if isinstance(value, int) and value >= 0 else None
