"""migrail capture statistics: how big the tables are, in a file that check reads."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.support.project import Project
from tests.support.servers import libpq

TABLES = """
CREATE TABLE orders (id integer PRIMARY KEY);
INSERT INTO orders SELECT generate_series(1, 5000);
CREATE TABLE fresh (id integer);
INSERT INTO fresh VALUES (1);
CREATE TABLE migrail_something (id integer);
CREATE SCHEMA app;
CREATE TABLE app.parted (id integer) PARTITION BY RANGE (id);
CREATE TABLE app.part PARTITION OF app.parted DEFAULT;
ANALYZE orders;
ANALYZE app.part;
"""


@pytest.fixture
def project(tmp_path: Path, postgres_database: str) -> Project:
    with psycopg.connect(libpq(make_url(postgres_database)), autocommit=True) as connection:
        connection.execute(TABLES)
    return Project(tmp_path, "postgres", {"prod": postgres_database}, {})


def test_the_file(project: Project) -> None:
    result = project.ok("capture", "statistics", "prod")
    assert result.out.strip() == "statistics/prod.json"
    assert "left out that the server never counted: ANALYZE" in result.err
    assert 'next: write statistics = "statistics/prod.json" into the environment prod' in result.err
    document = json.loads((project.root / "statistics" / "prod.json").read_text())
    assert (document["schema"], document["environment"]) == ("migrail.statistics/1", "prod")
    sizes = {relation["name"]: relation for relation in document["relations"]}
    assert sizes["public.orders"]["rows"] == 5000
    assert sizes["public.orders"]["bytes"] >= 5000 * 30
    assert sizes["public.orders"]["index_bytes"] > 0
    assert not {"public.fresh", "public.migrail_something", "app.parted"} & {*sizes}


def test_check_reads_it(project: Project) -> None:
    project.ok("capture", "statistics", "prod")
    config = project.root / "migrail.toml"
    config.write_text(config.read_text() + 'statistics = "statistics/prod.json"\n')
    (project.root / "migrations").mkdir(exist_ok=True)
    (project.root / "migrations/0001_a.sql").write_text("CREATE TABLE orders (id integer PRIMARY KEY)")
    (project.root / "migrations/0002_b.sql").write_text("CREATE INDEX i ON orders (id)")
    said = " ".join(project.run("check", "migrations/0002_b.sql").out.split())
    assert "public.orders has 5,000 rows" in said


def test_dry_run_writes_nothing(project: Project) -> None:
    project.ok("capture", "statistics", "prod", "--dry-run")
    assert not (project.root / "statistics").exists()


def test_other_databases_are_not_asked(tmp_path: Path) -> None:
    project = Project(tmp_path, "sqlite", {"dev": f"sqlite:///{tmp_path / 'dev.db'}"}, {})
    result = project.run("capture", "statistics", "dev")
    assert result.code == 2
    assert "read from PostgreSQL only, not from SQLite" in result.err
