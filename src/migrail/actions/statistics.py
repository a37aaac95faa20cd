"""Files that say how big the tables of an environment are (``migrail.statistics/1``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from migrail.model.errors import InputError, Problem
from migrail.model.statistics import STATISTICS_SCHEMA, RelationSize, Statistics

_NUMBERS = ("rows", "bytes", "index_bytes")


def read_statistics(path: Path, shown: str) -> Statistics:
    """What the file says.

    Raises:
        InputError: it cannot be read, or is not such a file; every mistake is listed.
    """
    document = _document(path, shown, STATISTICS_SCHEMA, "migrail capture statistics ENV")
    relations = document.get("relations")
    if not isinstance(relations, list):
        raise InputError([Problem(message="relations is not a list", path=shown)])
    problems = [
        Problem(message=f"relation {number}: {mistake}", path=shown)
        for number, relation in enumerate(relations, 1)
        if (mistake := _mistake(relation))
    ]
    if problems:
        raise InputError(problems)
    return Statistics(
        environment=str(document.get("environment", "")),
        captured_at=str(document.get("captured_at", "")),
        relations={
            relation["name"]: RelationSize(**{key: int(relation.get(key, 0)) for key in _NUMBERS})
            for relation in relations
        },
    )


def statistics_text(environment: str, now: datetime, sizes: Mapping[str, RelationSize]) -> str:
    """The content of a file that says so."""
    document = {
        "schema": STATISTICS_SCHEMA,
        "environment": environment,
        "captured_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "relations": [
            {"name": name, "rows": size.rows, "bytes": size.bytes, "index_bytes": size.index_bytes}
            for name, size in sizes.items()
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _document(path: Path, shown: str, schema: str, made_by: str) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except (UnicodeDecodeError, ValueError, RecursionError):
        problem = "is not JSON"
    else:
        if isinstance(document, dict) and document.get("schema") == schema:
            return document
        problem = f"does not say that its schema is {schema}"
    raise InputError([Problem(message=problem, path=shown)], help=made_by)


def _mistake(relation: Any) -> str:
    if not isinstance(relation, dict) or not isinstance(relation.get("name"), str):
        return "it has no name"
    for key in _NUMBERS:
        value = relation.get(key, 0 if key == "index_bytes" else None)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            return f"{key} is not a number from 0 on"
    return ""


def read_applied(path: Path, shown: str) -> dict[str, frozenset[str]]:
    """Environment → the migrations that it has, from what ``migrail status --format json`` printed.

    Raises:
        InputError: it cannot be read, or is not such a file.
    """
    document = _document(path, shown, "migrail.status/1", "migrail status --format json > status.json")
    try:
        cells = {row["id"]: row["cells"] for row in document["migrations"]}
        names = [place["name"] for place in document["environments"] if place["observed_at"] is not None]
        return {
            name: frozenset(id for id, by_name in cells.items() if by_name.get(name, {}).get("state") in _THERE)
            for name in names
        }
    except (KeyError, TypeError, AttributeError):
        raise InputError([Problem(message="is not complete", path=shown)]) from None


_THERE = frozenset({"applied", "soaking", "adopted", "edited", "reformatted", "missing"})
"""States of a migration that is in the database."""
