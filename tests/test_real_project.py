"""A public project's migrations, from its package to prod on four PostgreSQL databases."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from tests.support.project import ENVIRONMENTS, Result, dump, run

MAKE = Path(__file__).parents[1] / "migrations_examples" / "procrastinate" / "make.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    spec = importlib.util.spec_from_file_location("make_procrastinate", MAKE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = resources.files("procrastinate.sql.migrations").iterdir()
    module.make(tmp_path / "p", [(file.name, file.read_bytes()) for file in files if file.name.endswith(".sql")])
    return tmp_path / "p"


def test_every_statement_is_understood(folder: Path) -> None:
    result = run(folder, "check", "--format", "json", "--fail-on", "never")
    assert result.code == 0, result
    assert result.json["summary"]["migrations"] == 38
    assert result.json["summary"]["opaque_statements"] == 0


def test_four_environments_get_the_same_structure(folder: Path, new_postgres: Callable[[], str]) -> None:
    urls = {f"{name.upper()}_DATABASE_URL": new_postgres() for name in ENVIRONMENTS}

    def migrail(*arguments: str) -> Result:
        result = run(folder, *arguments, environ=urls)
        assert result.code == 0, result
        return result

    migrail("promote", "--auto")
    migrail("evidence", "add", "dev", "unit-tests")
    migrail("promote", "--auto")
    migrail("approve", "prod")
    migrail("promote", "prod")
    status = migrail("status", "--format", "json").json
    assert len(status["migrations"]) == 38
    assert {cell["state"] for row in status["migrations"] for cell in row["cells"].values()} == {"applied"}
    assert status["attention"] == []
    columns, indexes, _ = zip(*(dump(url, folder) for url in urls.values()), strict=True)  # type: ignore[call-overload]
    assert len(columns[0]) > 30
    assert len(indexes[0]) > 10
    assert columns.count(columns[0]) == indexes.count(indexes[0]) == len(ENVIRONMENTS)
