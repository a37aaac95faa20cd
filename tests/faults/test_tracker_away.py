"""The tracker goes away at each of its calls in turn: targets and their ledgers agree, and one run of reconcile
makes the tracker equal to them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.sweeps import MORE, WHOLE, project_on, rows_of, shows
from tests.support.forking import Forks
from tests.support.project import Project, query

TABLES = {"0001_a": "a", "0002_b": "b"}
CHANGES = WHOLE | {"mariadb": "CREATE TABLE {t} AS SELECT seq AS id, md5(seq) AS n FROM seq_1_to_5000;\n" + MORE}


def asked(project: Project, sql: str) -> list[tuple[object, ...]]:
    return query("sqlite:///.migrail/tracker.db", project.root, sql)


def is_applied(project: Project, id: str) -> bool:
    """Whether the ledger says so, once."""
    return rows_of(project, id, "applied") == [("applied", 4)]


def is_equal(project: Project) -> bool:
    """Whether the tracker says what the ledger says."""
    ledger = project.query("dev", "SELECT kind, migration, batch, hash FROM migrail_ledger ORDER BY sequence")
    batches = {batch for _, _, batch, _ in ledger}
    assert batches <= {digest for (digest,) in asked(project, "SELECT digest FROM migrail_batch")}
    [(head, record)] = asked(project, "SELECT head, record FROM migrail_observation WHERE environment = 'dev'")
    assert head
    ended = asked(project, "SELECT batch, outcome FROM migrail_promotion ORDER BY finished_at")
    last = dict(ended)
    assert "running" not in {outcome for _, outcome in ended}
    for batch in batches:
        applied = [id for kind, id, own, _ in ledger if (kind, own) == ("applied", batch)]
        assert (last[batch] == "succeeded") == (set(applied) == set(TABLES)), (ended, ledger)
    return all(str(hash_) in str(record) or hash_ == head for *_, hash_ in ledger)


def goes_away_at(project: Project, forks: Forks, number: int) -> bool:
    """Whether the tracker was called so often; then it was away from there on, and everything was right."""
    for id, table in TABLES.items():
        project.write(id, CHANGES[project.dialect].format(t=table))
    done = forks.run(project.root, "promote", "dev", call=number, how="AWAY")
    where = f"call {number}: {done}"
    assert "Traceback" not in done.said, where
    there = {id for id, table in TABLES.items() if shows(project, table)}
    assert there == {id for id in TABLES if is_applied(project, id)}, where
    if not done.reached:
        assert (done.code, there) == (0, set(TABLES)), where
        return False
    assert not (done.code == 5 and there), where
    if there:
        project.ok("reconcile", "dev")
        assert is_equal(project), where
    project.ok("promote", "dev")
    assert all(is_applied(project, id) for id in TABLES), where
    assert is_equal(project), where
    return True


def sweep(dialect: str, first: int, step: int, root: Path, request: pytest.FixtureRequest, forks: Forks) -> int:
    """Lets the tracker go away at calls in turn; at how many."""
    number = first
    while True:
        folder = root / str(number)
        folder.mkdir()
        with project_on(dialect, folder, request) as project:
            if not goes_away_at(project, forks, number):
                return (number - first) // step
        number += step


def test_a_tracker_that_goes_away(tmp_path: Path, request: pytest.FixtureRequest, forks: Forks) -> None:
    assert sweep("sqlite", 7, 24, tmp_path, request, forks) >= 1


@pytest.mark.long
@pytest.mark.parametrize("dialect", list(CHANGES))
def test_a_tracker_that_goes_away_at_every_call(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    tried = sweep(dialect, 1, 1, tmp_path, request, forks)
    print(f"{dialect}: the tracker went away at {tried} calls")
    assert tried >= 30


@pytest.mark.parametrize("lost", ["restored", "gone"])
def test_a_tracker_that_is_behind(lost: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with project_on("sqlite", tmp_path, request) as project:
        project.write("0001_a", WHOLE["sqlite"].format(t="a"))
        project.ok("promote", "dev")
        tracker, old = tmp_path / ".migrail" / "tracker.db", tmp_path / "old.db"
        shutil.copy(tracker, old)
        project.write("0002_b", WHOLE["sqlite"].format(t="b"))
        project.ok("promote", "dev")
        tracker.unlink()
        if lost == "restored":
            shutil.copy(old, tracker)
        project.ok("reconcile")
        digests = project.query("dev", "SELECT DISTINCT batch FROM migrail_ledger")
        assert sorted(asked(project, "SELECT digest FROM migrail_batch")) == sorted(digests)
        assert sorted(asked(project, "SELECT batch, outcome FROM migrail_promotion")) == sorted(
            (batch, "succeeded") for (batch,) in digests
        )
        assert project.states() == {id: {"dev": "applied"} for id in TABLES}
