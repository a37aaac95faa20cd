"""A public project's own queries against its own migrations: its newest release, and what it needs of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import procrastinate
import pytest

from migrail import dialects
from migrail.checker import DeployOrder
from migrail.checker.compatibility import judge_new_code, judge_queries
from migrail.checker.results import Compatibility
from migrail.model.query import Origin, OriginKind, Query
from migrail.sql import Script
from tests.rules.checking import script

SQL = Path(procrastinate.__file__).parent / "sql"
POSTGRES = dialects.get("postgres")
FILES = sorted((SQL / "migrations").glob("*.sql"))
_QUERY = re.compile(r"^-- (\w+) --$(.*?)(?=^-- \w+ --$|\Z)", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def migrations() -> list[Script]:
    return [script(path.read_text(), number=number, name=path.stem) for number, path in enumerate(FILES, 1)]


@pytest.fixture(scope="module")
def queries() -> list[Query]:
    text = (SQL / "queries.sql").read_text()
    found = []
    for match in _QUERY.finditer(text):
        sql = "\n".join(line for line in match[2].splitlines() if not line.startswith("--")).strip().rstrip(";")
        line = text.count("\n", 0, match.start()) + 1
        found.append(
            Query(text=sql, origin=Origin(kind=OriginKind.FILE, path="queries.sql", line=line, name=match[1]))
        )
    return found


def before(release: str, migrations: Sequence[Script]) -> list[Script]:
    return [item for item, path in zip(migrations, FILES, strict=True) if path.name < release]


def test_the_newest_queries_work_on_the_newest_structure(migrations: list[Script], queries: list[Query]) -> None:
    last = script(
        (SQL / "future_migrations" / "02.00.00_01_drop_old_procrastinate_finish_job.sql").read_text(), number=99
    )
    known = judge_queries(migrations, [last], queries, POSTGRES)
    assert len(queries) > 20
    assert not known.not_checkable
    assert not known.broken


@pytest.mark.parametrize(
    ("release", "needed"),
    [
        ("03.03", {"retry_job"}),
        ("03.02", {"retry_job", "defer_jobs", "defer_periodic_job"}),
    ],
)
def test_the_newest_queries_need_the_newest_migrations(
    release: str, needed: set[str], migrations: list[Script], queries: list[Query]
) -> None:
    older = before(release, migrations)
    found = judge_new_code(older, migrations[len(older) :], queries, Compatibility(), POSTGRES)
    assert found.order is DeployOrder.MIGRATE_FIRST
    assert {item.query.origin.name for item in found.failing} == needed
