"""Targets and trackers that do not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from tests.support.project import SHOP, Project, postgres_project, sqlite_project

AWAY = "postgresql://shop:hunter2@127.0.0.1:1/shop"


@pytest.fixture
def shop_on_postgres(tmp_path: Path, new_postgres: object) -> Project:
    project = postgres_project(tmp_path, new_postgres)  # type: ignore[arg-type]
    project.write_all(SHOP)
    return project


def take_away(project: Project, environment: str, url: str = AWAY, **promote: str) -> None:
    project.urls[environment] = url
    limits = "".join(f'{key} = "{value}"\n' for key, value in promote.items())
    project.configure({}, extra=f"[promote]\n{limits}" if limits else "")


def test_a_target_that_is_away_is_named_without_its_password(shop_on_postgres: Project) -> None:
    take_away(shop_on_postgres, "dev")
    result = shop_on_postgres.run("promote", "dev")
    assert result.code == 5
    assert "dev: the database cannot be used: " in result.err
    assert "hunter2" not in result.out + result.err


def test_status_shows_the_last_observation_and_the_others(shop_on_postgres: Project) -> None:
    shop_on_postgres.ok("promote", "--auto")
    take_away(shop_on_postgres, "qa")
    result = shop_on_postgres.ok("status", "--all")
    assert "qa cannot be read: shown as observed " in result.out
    assert "hunter2" not in result.out + result.err
    status = shop_on_postgres.ok("status", "--format", "json").json
    assert [place["reachable"] for place in status["environments"]] == [True, False, True, True]
    assert set(shop_on_postgres.states()["0001_create_customers"].values()) == {"applied"}


def test_an_environment_that_was_never_seen_is_unknown(shop_on_postgres: Project) -> None:
    take_away(shop_on_postgres, "staging")
    shop_on_postgres.ok("promote", "dev")
    assert shop_on_postgres.states()["0001_create_customers"] == {
        "dev": "applied",
        "qa": "next",
        "staging": "unknown",
        "prod": "blocked",
    }


@pytest.mark.parametrize(
    ("limit", "code", "said"),
    [("1h", 0, "batch 1"), ("0s", 3, "dev cannot be reached, and its last observation is too old")],
)
def test_a_lower_environment_that_is_away(shop_on_postgres: Project, limit: str, code: int, said: str) -> None:
    shop_on_postgres.ok("promote", "dev")
    take_away(shop_on_postgres, "dev", max_observation_age=limit)
    result = shop_on_postgres.run("promote", "qa")
    assert (result.code, said in result.out.replace("\n", " ")) == (code, True), result


def test_a_lower_environment_that_was_never_observed(shop_on_postgres: Project) -> None:
    take_away(shop_on_postgres, "dev")
    shop_on_postgres.ok("evidence", "add", "dev", "tests")  # forms the batch without looking at dev
    result = shop_on_postgres.run("promote", "qa")
    assert (result.code, "whether dev has it cannot be told: never observed" in result.out.replace("\n", " ")) == (
        3,
        True,
    )


def test_a_wrong_password_is_never_shown(shop_on_postgres: Project) -> None:
    good = make_url(shop_on_postgres.urls["dev"])
    wrong = good.set(username="nobody_here", password="hunter2").render_as_string(hide_password=False)
    take_away(shop_on_postgres, "dev", wrong)
    for arguments in (["promote", "dev"], ["status"], ["doctor"], ["plan", "dev"], ["history"]):
        result = shop_on_postgres.run(*arguments)
        assert "hunter2" not in result.out + result.err, arguments
    assert shop_on_postgres.run("promote", "dev").code == 5


def test_an_unset_variable_keeps_only_its_environment_away(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    project.urls["prod"] = "${env:MIGRAIL_TEST_NOT_SET}"
    project.configure({})
    assert project.run("promote", "--auto").code == 2
    assert project.states()["0001_create_customers"] == {
        "dev": "applied",
        "qa": "applied",
        "staging": "applied",
        "prod": "unknown",
    }
    result = project.run("promote", "prod")
    assert (result.code, "MIGRAIL_TEST_NOT_SET is not set" in result.err) == (2, True)


@pytest.mark.parametrize("away", ["dev", "prod"])
def test_reconcile_settles_what_it_can_reach(tmp_path: Path, away: str) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    project.ok("promote", "--auto")
    (tmp_path / ".migrail" / "tracker.db").unlink()
    project.urls[away] = "${env:MIGRAIL_TEST_NOT_SET}"
    project.configure({})
    result = project.run("reconcile")
    assert (result.code, "MIGRAIL_TEST_NOT_SET is not set" in result.out + result.err) == (2, True), result
    told = {name for name in project.urls if f"✓ {name}: 1 promotion put into the tracker" in result.out}
    assert told == set(project.urls) - {away}
    project.ok("reconcile", "qa")
    assert project.run("reconcile", away).code == 2


def test_reconcile_tells_what_it_settled_whatever_the_files_are(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    project.ok("promote", "dev")
    (tmp_path / ".migrail" / "tracker.db").unlink()
    project.write("0003_again", "SELECT 1;")
    result = project.run("reconcile")
    assert (result.code, "has the same number as" in result.out + result.err) == (2, True), result
    assert "✓ dev: 1 promotion put into the tracker" in result.out


@pytest.mark.parametrize("away", [True, False])
def test_resolve_changes_nothing_without_its_tracker(shop_on_postgres: Project, away: bool) -> None:
    project = shop_on_postgres
    project.write("0004_half", "-- migrail: transaction=off\nCREATE TABLE t (i int);\nSELECT * FROM missing;")
    assert project.run("promote", "dev").code == 4
    if away:
        project.configure({}, extra=f'tracker = "{AWAY}"\n')
    before = project.dump()
    result = project.run("resolve", "dev", "0004_half", "--retry", "--reason", "table made")
    assert (result.code, "the tracker cannot be used" in result.err) == ((5, True) if away else (0, False))
    assert (project.dump() == before) is away


def test_a_tracker_that_is_away_stops_before_anything(shop_on_postgres: Project) -> None:
    shop_on_postgres.configure({}, extra=f'tracker = "{AWAY}"\n')
    before = shop_on_postgres.dump()
    for arguments in (["promote", "dev"], ["status"], ["approve", "dev"], ["history"]):
        result = shop_on_postgres.run(*arguments)
        assert (result.code, "the tracker cannot be used" in result.err) == (5, True)
        assert "hunter2" not in result.err
    assert shop_on_postgres.dump() == before


def test_the_tracker_can_be_a_postgres_database(
    shop_on_postgres: Project, postgres_database: str, new_postgres: object
) -> None:
    shop_on_postgres.configure({}, extra=f'tracker = "{postgres_database}"\n')
    shop_on_postgres.ok("promote", "--auto")
    assert set(shop_on_postgres.states()["0003_add_phone"].values()) == {"applied"}
    assert not (shop_on_postgres.root / ".migrail").exists()
