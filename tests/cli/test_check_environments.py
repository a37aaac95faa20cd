"""check for several environments: what it prints, and the files that it reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.project import run

CONFIG = """\
[project]
name = "shop"
dialect = "postgres"

[check]
small_table_rows = 10

[[environment]]
name = "qa"
url = "postgresql://localhost/qa"
server_version = "18"

[[environment]]
name = "prod"
url = "postgresql://localhost/prod"
server_version = "10"
statistics = "prod.json"

[environment.rules]
MR113 = "off"
"""
SIZES = {
    "schema": "migrail.statistics/1",
    "environment": "prod",
    "captured_at": "2026-11-20T12:00:00Z",
    "relations": [{"name": "public.orders", "rows": 42_000_000, "bytes": 11_811_160_064, "index_bytes": 1}],
}
STATUS = {
    "schema": "migrail.status/1",
    "environments": [{"name": "qa", "observed_at": "x"}, {"name": "prod", "observed_at": "x"}],
    "migrations": [{"id": "0001_a", "cells": {"qa": {"state": "pending"}, "prod": {"state": "applied"}}}],
}
SECOND = "migrations/0002_b.sql"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrail.toml").write_text(CONFIG)
    (tmp_path / "prod.json").write_text(json.dumps(SIZES))
    (tmp_path / "status.json").write_text(json.dumps(STATUS))
    (tmp_path / "migrations/0001_a.sql").write_text("CREATE TABLE orders (id bigint PRIMARY KEY)")
    (tmp_path / SECOND).write_text("ALTER TABLE orders ADD COLUMN state text DEFAULT 'new'")
    return tmp_path


def test_text(project: Path) -> None:
    result = run(project, "check", SECOND)
    assert result.code == 1
    assert "= only   prod (10); not on qa (18)" in result.out
    assert "; public.orders has 42 million rows, 11 GB on prod " in " ".join(result.out.split())


def test_json(project: Path) -> None:
    document = json.loads(run(project, "check", SECOND, "--format", "json").out)
    assert document["environments"] == [
        {"name": "qa", "server_version": "18"},
        {"name": "prod", "server_version": "10"},
    ]
    (finding,) = [item for item in document["findings"] if item["code"] == "MR208"]
    assert finding["environments"] == ["prod"]
    assert finding["sizes"] == [
        {
            "environment": "prod",
            "relation": "public.orders",
            "rows": 42_000_000,
            "bytes": 11_811_160_064,
            "index_bytes": 1,
            "captured_at": "2026-11-20T12:00:00Z",
        }
    ]


def test_one_version(project: Path) -> None:
    document = json.loads(run(project, "check", SECOND, "--server-version", "10", "--format", "json").out)
    assert document["environments"] == []
    assert [item["environments"] for item in document["findings"] if item["code"] == "MR208"] == [None]


def test_status(project: Path) -> None:
    """On qa the table waits as well, so that nobody waits for it there."""
    (project / SECOND).write_text("CREATE INDEX ON orders (id)")
    document = json.loads(run(project, "check", SECOND, "--status", "status.json", "--format", "json").out)
    assert [item["environments"] for item in document["findings"] if item["code"] == "MR201"] == [["prod"]]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("prod.json", None, "prod.json: cannot be read: No such file or directory"),
        ("prod.json", "{", "prod.json: is not JSON"),
        ("prod.json", "[]", "prod.json: does not say that its schema is migrail.statistics/1"),
        ("prod.json", '{"schema": "migrail.statistics/2"}', "schema is migrail.statistics/1"),
        ("prod.json", '{"schema": "migrail.statistics/1"}', "relations is not a list"),
        ("prod.json", '{"schema": "migrail.statistics/1", "relations": [1]}', "relation 1: it has no name"),
        (
            "prod.json",
            '{"schema": "migrail.statistics/1", "relations": [{"name": "t", "rows": "many", "bytes": 1}]}',
            "relation 1: rows is not a number from 0 on",
        ),
        ("status.json", "{}", "status.json: does not say that its schema is migrail.status/1"),
        ("status.json", '{"schema": "migrail.status/1"}', "status.json: is not complete"),
    ],
)
def test_files_that_cannot_be_used(project: Path, file: str, content: str | None, said: str) -> None:
    path = project / file
    path.unlink()
    if content is not None:
        path.write_text(content)
    result = run(project, "check", SECOND, "--status", "status.json")
    assert result.code == 2
    assert said in result.err


def test_status_needs_a_project(project: Path) -> None:
    result = run(project, "check", "--dialect", "postgres", "--status", "status.json", SECOND)
    assert result.code == 2
    assert "--status needs a project" in result.err


def test_a_rule_that_does_not_exist(project: Path) -> None:
    (project / "migrail.toml").write_text(CONFIG.replace("MR113", "MR1113"))
    result = run(project, "check", SECOND)
    assert result.code == 2
    assert "migrail.toml:20: there is no rule 'MR1113'; did you mean 'MR111'?" in result.err


def test_explain_names_what_costs_more_where(project: Path) -> None:
    said = " ".join(run(project, "explain", SECOND).out.split())
    assert "= where prod (10): every row of public.orders is written again under ACCESS EXCLUSIVE" in said
    assert "= where qa (18): free, at once under ACCESS EXCLUSIVE" in said
    assert "= size public.orders has 42 million rows, 11 GB on prod" in said
    (statement,) = json.loads(run(project, "explain", SECOND, "--format", "json").out)["statements"]
    there = [(item["names"], item["server_version"], item["rewrites"]) for item in statement["environments"]]
    assert there == [(["prod"], "10", ["public.orders"]), (["qa"], "18", [])]
    assert [size["rows"] for size in statement["sizes"]] == [42_000_000]


@pytest.mark.parametrize(
    ("sql", "sized"),
    [("ALTER TABLE orders ADD COLUMN state text", False), ("CREATE INDEX ON orders (id)", True)],
)
def test_explain_is_silent_where_all_is_equal(project: Path, sql: str, sized: bool) -> None:
    (project / SECOND).write_text(sql)
    (statement,) = json.loads(run(project, "explain", SECOND, "--format", "json").out)["statements"]
    assert statement["environments"] is None
    assert bool(statement["sizes"]) is sized
    assert "= where" not in run(project, "explain", SECOND).out


CONCURRENTLY = "CREATE INDEX CONCURRENTLY i ON orders (id);"
BESIDE = f"CREATE TABLE other (id bigint);\n{CONCURRENTLY}"


@pytest.mark.parametrize(
    ("transaction", "sql", "severity"),
    [
        ("migration", CONCURRENTLY, None),
        ("migration", BESIDE, "warning"),
        ("off", CONCURRENTLY, None),
        ("off", BESIDE, None),
        ("batch", CONCURRENTLY, "error"),
        ("batch", BESIDE, "error"),
        ("batch", "CREATE TABLE other (id bigint);", None),
    ],
)
@pytest.mark.parametrize("where", ["promote", "environment"])
def test_what_promote_makes_of_transactions(
    project: Path, where: str, transaction: str, sql: str, severity: str | None
) -> None:
    """MR402 says what promote would do: one transaction for the batch refuses what none can hold."""
    written = f'transaction = "{transaction}"\n'
    config = (project / "migrail.toml").read_text()
    if where == "promote":
        config = f"[promote]\n{written}{config}"
    else:
        config = config.replace('server_version = "10"', f'server_version = "10"\n{written}')
    (project / "migrail.toml").write_text(config)
    (project / SECOND).write_text(sql)
    found = json.loads(run(project, "check", SECOND, "--format", "json", "--fail-on", "never").out)["findings"]
    said = {
        item["severity"] for item in found if item["code"] == "MR402" and "qa" not in (item["environments"] or ())
    }
    assert said == ({severity} if severity else set())
