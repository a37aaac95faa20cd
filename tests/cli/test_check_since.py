"""check --since: what git says is new, edited, missing or in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import SHOP, Project, sqlite_project
from tests.support.repository import commit, git


@pytest.fixture
def branch(tmp_path: Path) -> Project:
    """A branch that has just left main, where the shop's migrations are."""
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "shop")
    git(tmp_path, "switch", "--quiet", "--create", "phone")
    return project


def codes(project: Project, *arguments: str) -> list[str]:
    result = project.run("check", "--since", "main", "--format", "json", *arguments)
    assert result.code in {0, 1}, result
    return [finding["code"] for finding in result.json["findings"]]


def test_only_what_main_lacks_is_judged(branch: Project) -> None:
    branch.write("0004_rename", "ALTER TABLE customers RENAME COLUMN email TO mail;")
    result = branch.run("check", "--since", "main", "--format", "json")
    assert result.json["summary"]["history"] == 3
    assert [migration["id"] for migration in result.json["migrations"]] == ["0004_rename"]
    assert codes(branch) == ["MR104"]
    commit(branch.root, "rename")
    assert codes(branch) == ["MR104"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"0004_more": "SELECT 1;"}, []),
        ({"0002_create_orders": "CREATE TABLE orders (id bigint);"}, ["MR601"]),
        ({"0002_create_orders": None}, ["MR604"]),
        ({"0002_late": "SELECT 1;"}, ["MR602", "MR603"]),
        ({"0003_same": "SELECT 1;"}, ["MR603"]),
    ],
)
def test_what_contradicts_main(branch: Project, change: dict[str, str | None], found: list[str]) -> None:
    for name, sql in change.items():
        if sql is None:
            (branch.root / "migrations" / f"{name}.sql").unlink()
        else:
            branch.write(name, sql)
    assert sorted(codes(branch)) == found


@pytest.mark.parametrize(
    ("upstream", "found"), [("0004_theirs", ["MR603"]), ("0005_theirs", ["MR602"]), ("0003_fix", [])]
)
def test_two_branches_meet(branch: Project, upstream: str, found: list[str]) -> None:
    branch.write("0004_mine", "SELECT 1;")
    commit(branch.root, "mine")
    git(branch.root, "switch", "--quiet", "main")
    branch.write(upstream, "SELECT 1;")
    commit(branch.root, "theirs")
    git(branch.root, "switch", "--quiet", "phone")
    assert codes(branch) == found


@pytest.mark.parametrize("revision", ["nowhere", "--upload-pack=touch x", "main; touch x", "\x1b[31m"])
def test_revisions_that_are_none(branch: Project, revision: str) -> None:
    result = branch.run("check", f"--since={revision}")
    assert (result.code, "git knows no revision" in result.err) == (2, True)
    assert "\x1b" not in result.err
    assert not (branch.root / "x").exists()


def test_the_setting_and_the_variable_mean_the_same(branch: Project) -> None:
    branch.write("0004_rename", "ALTER TABLE customers RENAME COLUMN email TO mail;")
    by_variable = branch.run("check", "--format", "json", environ={"MIGRAIL_CHECK_SINCE": "main"})
    branch.configure({}, extra='[check]\nsince = "main"\n')
    by_setting = branch.run("check", "--format", "json")
    assert by_variable.json == by_setting.json
    assert by_setting.json["summary"]["history"] == 3
