"""A transaction that is too large to be sent at once is still all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.project import Project

from migrail.runner.servers.postgres import pipeline

FINE = [f"INSERT INTO t VALUES ({number});" for number in range(40)]


@pytest.mark.parametrize("ahead", [1, 60, 400, 10_000])
@pytest.mark.parametrize("wrong", [None, 1, 20, 40])
def test_all_or_nothing(
    ahead: int, wrong: int | None, tmp_path: Path, new_postgres: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "AHEAD", ahead)
    project = Project(tmp_path, "postgres", {"dev": new_postgres()}, {})
    project.write("0001_t", "CREATE TABLE t (id integer);")
    project.ok("promote", "dev")
    lines = [*FINE[:wrong], "INSERT INTO t VALUES (1 / 0);", *FINE[wrong:]] if wrong is not None else FINE
    project.write("0002_rows", "\n".join(lines))
    done = project.run("promote", "dev")
    if wrong is None:
        assert done.code == 0, done
        assert project.query("dev", "SELECT count(*) FROM t") == [(40,)]
    else:
        assert done.code == 4, done
        assert (f"0002_rows.sql:{wrong + 1}" in done.out + done.err, "22012" in done.out + done.err) == (True, True)
        assert project.query("dev", "SELECT count(*) FROM t") == [(0,)]
        assert (
            project.query("dev", "SELECT 1 FROM migrail_ledger WHERE kind = 'applied' AND migration = '0002_rows'")
            == []
        )
        project.write("0002_rows", "\n".join(FINE))
        project.ok("promote", "dev")
        assert project.query("dev", "SELECT count(*) FROM t") == [(40,)]
