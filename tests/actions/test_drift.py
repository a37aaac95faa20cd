"""Live databases compared with what their ledgers say, on SQLite files and PostgreSQL databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from migrail.actions.drift import compare_with
from migrail.actions.workspace import Workspace
from migrail.catalog.compare import diff_lines
from migrail.model.errors import IdentityError, TargetUnreachable, UsageError
from migrail.model.operations import Certainty
from migrail.results.targets import ComparedTarget
from tests.support.project import SHOP, Project, postgres_project, project_of, sqlite_project


@pytest.fixture(params=["sqlite", "postgres"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """The shop in four environments."""
    made = project_of(request.param, tmp_path, request)
    made.write_all(SHOP)
    return made


def change(project: Project, environment: str, sql: str) -> None:
    """Does something behind migrail's back."""
    url = project.urls[environment]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(project.root / url.removeprefix("sqlite:///"))) as connection:
            connection.executescript(sql)
    else:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(sql.encode())


def compared(project: Project, environment: str = "dev") -> ComparedTarget:
    """The only target of an environment."""
    comparison = compare_with(Workspace.open(project.root / "migrail.toml"), environment)
    (target,) = comparison.targets
    assert comparison.same == (not target.differences and target.error is None)
    return target


def lines(project: Project, environment: str = "dev") -> list[str]:
    return [line.replace(" public.", " ") for line in diff_lines(compared(project, environment).differences)]


def test_what_was_promoted_is_there(project: Project) -> None:
    project.ok("promote", "dev")
    assert compared(project) == ComparedTarget(target="default", migrations=3)


def test_an_environment_without_anything_has_nothing(project: Project) -> None:
    assert compared(project, "prod") == ComparedTarget(target="default")


def test_only_what_the_ledger_says_is_expected(project: Project) -> None:
    project.ok("promote", "dev")
    project.write("0004_more", "CREATE TABLE more (id integer);")
    assert lines(project) == []
    change(project, "dev", "CREATE TABLE more (id integer)")
    assert lines(project) == ["+ table more"]


def test_changes_behind_our_back_are_found(project: Project) -> None:
    project.ok("promote", "dev")
    change(project, "dev", "DROP INDEX orders_total_idx; ALTER TABLE customers ADD COLUMN fax text;")
    assert lines(project) == ["+ column customers.fax text", "- index orders_total_idx on orders (total)"]
    assert {item.certainty for item in compared(project).differences} == {Certainty.CERTAIN}


def test_nothing_is_changed_by_looking(project: Project) -> None:
    project.ok("promote", "dev")
    before = project.dump()
    compared(project)
    assert project.dump() == before


def test_a_missing_file_and_an_edited_one_are_named(project: Project) -> None:
    project.ok("promote", "dev")
    project.write("0002_create_orders", SHOP["0002_create_orders"] + "\nCREATE TABLE new (id integer);")
    (project.root / "migrations" / "0003_add_phone.sql").unlink()
    target = compared(project)
    assert (target.missing, target.edited) == (("0003_add_phone",), ("0002_create_orders",))
    assert lines(project) == ["+ column customers.phone text", "- table new"]
    assert {item.certainty for item in target.differences} == {Certainty.POSSIBLE}


def test_other_line_ends_are_said_and_are_no_drift(project: Project) -> None:
    project.ok("promote", "dev")
    path = project.root / "migrations" / "0002_create_orders.sql"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    target = compared(project)
    assert (target.respelled, target.edited, target.drifted) == (("0002_create_orders",), (), False)
    said = "0002_create_orders: applied with other line ends or byte order mark; nothing else differs"
    assert said in project.ok("drift", "dev").out
    assert project.ok("promote", "dev").err == ""


def test_an_edited_file_that_cannot_be_read_costs_no_more_than_itself(project: Project) -> None:
    project.ok("promote", "dev")
    project.write("0003_add_phone", "ALTER TABLE customers ADD COLUMN phone text DEFAULT 'x")
    assert compared(project).edited == ("0003_add_phone",)
    assert lines(project) == ["+ column customers.phone text"]


def test_a_migration_that_stopped_half_way_counts_as_far_as_it_went(project: Project) -> None:
    project.write(
        "0004_steps",
        "-- migrail: transaction=off\nCREATE TABLE one (id integer);\nCREATE TABLE customers (id integer);\n"
        "CREATE TABLE three (id integer);",
    )
    assert project.run("promote", "dev").code == 4
    target = compared(project)
    assert (target.migrations, target.unfinished, target.differences) == (3, ("0004_steps",), ())
    change(project, "dev", "DROP TABLE one")
    assert lines(project) == ["- table one"]


def test_code_that_was_not_read_is_named(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    project = postgres_project(tmp_path, new_postgres)
    project.write_all(SHOP)
    project.write(
        "0004_code", "SELECT 1;\nDO $$ BEGIN EXECUTE concat('CREATE TABLE ', 'made (id integer)'); END $$;"
    )
    project.ok("promote", "dev")
    target = compared(project)
    assert [place.rpartition("/")[2] for place in target.unread] == ["0004_code.sql:2"]
    (difference,) = target.differences
    assert (difference.name, difference.certainty) == ("public.made", Certainty.POSSIBLE)


def test_targets_are_compared_each_by_itself(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    config = tmp_path / "migrail.toml"
    config.write_text(
        '[project]\nname = "shop"\ndialect = "sqlite"\n[[environment]]\nname = "dev"\n'
        'targets = [{ name = "one", url = "sqlite:///one.db" }, { name = "two", url = "sqlite:///two.db" }]\n'
    )
    project.ok("promote", "dev")
    with closing(sqlite3.connect(tmp_path / "two.db")) as connection:
        connection.execute("DROP TABLE orders")
    comparison = compare_with(Workspace.open(config), "dev")
    assert [(target.target, diff_lines(target.differences)) for target in comparison.targets] == [
        ("one", []),
        ("two", ["- table orders"]),
    ]
    assert not comparison.same


def test_a_target_that_does_not_answer_says_so(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    (tmp_path / "dev.db").write_bytes(b"this is not a database" * 100)
    target = compared(project)
    assert isinstance(target.error, TargetUnreachable)
    assert target.differences == ()


def test_a_database_of_somebody_else_is_not_compared(project: Project) -> None:
    change(project, "dev", "CREATE TABLE theirs (id integer)")
    assert isinstance(compared(project).error, IdentityError)


def test_there_must_be_such_an_environment(project: Project) -> None:
    with pytest.raises(UsageError):
        compare_with(Workspace.open(project.root / "migrail.toml"), "nowhere")


# The command


def test_the_command_says_that_nothing_differs(project: Project) -> None:
    project.ok("promote", "dev")
    assert project.ok("drift", "dev").out == "dev  ✓ as its migrations made it (3 migrations)\n"
    assert project.ok("drift").out.count("✓") == len(project.urls)
    document = project.ok("drift", "dev", "--format", "json").json
    assert document == {
        "schema": "migrail.drift/1",
        "project": "shop",
        "environments": [{"name": "dev", "targets": [document["environments"][0]["targets"][0]]}],
    }
    assert document["environments"][0]["targets"][0]["drifted"] is False


def test_the_command_prints_what_differs(project: Project) -> None:
    project.ok("promote", "dev")
    change(project, "dev", "DROP INDEX orders_total_idx; ALTER TABLE customers ADD COLUMN fax text;")
    result = project.run("drift", "dev")
    assert result.code == 1
    assert result.out.replace(" public.", " ").splitlines() == [
        "dev  ✗ 2 differences (3 migrations)",
        "  + column customers.fax text",
        "  - index orders_total_idx on orders (total)",
    ]
    answer = project.run("drift", "dev", "--format", "json")
    (target,) = answer.json["environments"][0]["targets"]
    assert (answer.code, target["drifted"]) == (1, True)
    assert [(item["kind"], item["what"], item["found"]) for item in target["differences"]] == [
        ("column", "existence", "text"),
        ("index", "existence", None),
    ]


def test_edited_and_missing_files_are_drift_without_a_difference(project: Project) -> None:
    project.ok("promote", "dev")
    project.write("0002_create_orders", SHOP["0002_create_orders"] + "\nSELECT 1;")
    result = project.run("drift", "dev")
    assert result.code == 1
    assert "the files are not those that were applied" in result.out
    assert "! 0002_create_orders: edited after it was applied" in result.out


def test_what_code_may_have_made_is_no_drift_unless_asked(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    project = postgres_project(tmp_path, new_postgres)
    project.write("0001_code", "DO $$ BEGIN EXECUTE concat('CREATE TABLE ', 'made (id integer)'); END $$;")
    project.ok("promote", "dev")
    result = project.ok("drift", "dev")
    assert "! 1 difference that may be no drift" in result.out
    assert "0001_code.sql:1: not understood in full" in result.out
    assert project.run("drift", "dev", "--strict").code == 1


def test_an_unreachable_target_is_told_apart(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    (tmp_path / "dev.db").write_bytes(b"this is not a database" * 100)
    result = project.run("drift")
    assert result.code == 5
    assert "dev  ✗ not compared: " in result.out
    assert "qa  ✓" in result.out


def test_hostile_names_are_made_visible(tmp_path: Path) -> None:
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    project.ok("promote", "dev")
    change(project, "dev", 'CREATE TABLE "a\n::error::\x1b[31m" (id integer)')
    result = project.run("drift", "dev")
    assert "  + table a\\x0a::error::\\x1b[31m" in result.out.splitlines()
