"""check --diff and --fix: what becomes of the files, what is left alone, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import Project, Result, run
from tests.support.repository import commit, git

from migrail.actions.fix import in_project
from migrail.actions.workspace import Workspace

TABLES = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);\n"
INDEX = "CREATE INDEX orders_note_idx ON orders (note);\n"
CHECK = "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0)"
ALONE = "-- migrail: transaction=off\nCREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);\n"


@pytest.fixture
def branch(tmp_path: Path) -> Project:
    """A branch of a project for PostgreSQL that has just left main."""
    project = Project(tmp_path, "postgres", {}, {})
    project.write("0001_orders", TABLES)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "orders")
    git(tmp_path, "switch", "--quiet", "--create", "change")
    return project


def fix(project: Project, *arguments: str) -> Result:
    return project.run("check", "--since", "main", "--fix", *arguments)


def files(project: Project) -> dict[str, str]:
    """What lies in the folder, line ends as they are; hidden files too."""
    found = sorted((project.root / "migrations").iterdir())
    return {path.name: path.read_bytes().decode() for path in found if path.name != "0001_orders.sql"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"0002_i": INDEX}, {"0002_i": ALONE}),
        ({"0002_i": f"-- why\n{INDEX}"}, {"0002_i": ALONE.replace("\n", "\n-- why\n", 1)}),
        (
            {"0002_c": "ALTER TABLE orders ADD CHECK (total > 0); -- money\n"},
            {
                "0002_c": f"{CHECK} NOT VALID; -- money\n",
                "0003_validate_orders_total_check": "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;\n",
            },
        ),
        (
            {"0002_line": f"ALTER TABLE orders ADD COLUMN x int;   {INDEX.strip()} "},
            {"0002_line": "ALTER TABLE orders ADD COLUMN x int;\n", "0003_orders_note_idx": ALONE},
        ),
        (
            {
                "0002_two": f"ALTER TABLE orders ADD COLUMN x int;\n-- fast\n{INDEX}"
                "ALTER TABLE orders ADD COLUMN y int;\n"
            },
            {
                "0002_two": "ALTER TABLE orders ADD COLUMN x int;\nALTER TABLE orders ADD COLUMN y int;\n",
                "0003_orders_note_idx": ALONE.replace("\n", "\n-- fast\n", 1),
            },
        ),
        (
            {
                "0002_uses": f"SELECT 1;\n{INDEX}COMMENT ON INDEX orders_note_idx IS 'x';\n",
                "0003_next": "SELECT 2;\n",
            },
            {
                "0002_uses": "SELECT 1;\n",
                "0003_orders_note_idx": ALONE,
                "0004_uses_continued": "COMMENT ON INDEX orders_note_idx IS 'x';\n",
                "0005_next": "SELECT 2;\n",
            },
        ),
        (
            {"0002_first": f"{INDEX}COMMENT ON INDEX orders_note_idx IS 'x';\n"},
            {"0002_first": ALONE, "0003_first_continued": "COMMENT ON INDEX orders_note_idx IS 'x';\n"},
        ),
        (
            {
                "0002_soon": "ALTER TABLE orders ADD CONSTRAINT k CHECK (total > 0) NOT VALID;\n"
                "ALTER TABLE orders VALIDATE CONSTRAINT k;\nSELECT 1;\n"
            },
            {
                "0002_soon": "ALTER TABLE orders ADD CONSTRAINT k CHECK (total > 0) NOT VALID;\nSELECT 1;\n",
                "0003_validate_k": "ALTER TABLE orders VALIDATE CONSTRAINT k;\n",
            },
        ),
        (
            {
                "0002_other": "-- migrail: transaction=off\nCREATE INDEX CONCURRENTLY i ON orders (note);\n",
                "0003_swap": "-- migrail: transaction=off\n-- narrow\nDROP INDEX CONCURRENTLY i;\n-- wide\n"
                "CREATE INDEX CONCURRENTLY j ON orders (note, total);\n",
            },
            {
                "0002_other": "-- migrail: transaction=off\nCREATE INDEX CONCURRENTLY i ON orders (note);\n",
                "0003_swap": "-- migrail: transaction=off\n-- narrow\n-- wide\n"
                "CREATE INDEX CONCURRENTLY j ON orders (note, total);\nDROP INDEX CONCURRENTLY i;\n",
            },
        ),
        (
            {"0002_off": f"-- migrail: transaction=off\nSELECT 1;\n{INDEX}"},
            {"0002_off": "-- migrail: transaction=off\nSELECT 1;\n" + ALONE.partition("\n")[2]},
        ),
    ],
)
def test_what_becomes_of_the_files(branch: Project, before: dict[str, str], after: dict[str, str]) -> None:
    for name, text in before.items():
        branch.write(name, text)
    result = fix(branch)
    assert result.code == 0, result
    assert files(branch) == {f"{name}.sql": text for name, text in after.items()}
    assert "0 errors" in result.out
    assert branch.run("check", "--since", "main", "--diff").out.strip() == ""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_marks_and_permissions_stay(branch: Project, ends: str, mark: str) -> None:
    path = branch.root / "migrations" / "0002_i.sql"
    path.write_bytes((mark + f"-- größer{ends}{INDEX.strip()}{ends}").encode())
    path.chmod(0o640)
    assert fix(branch).code == 0
    assert path.read_bytes().decode() == mark + ALONE.replace("\n", "\n-- größer\n", 1).replace("\n", ends)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_stay_where_statements_change_their_order(branch: Project, ends: str) -> None:
    branch.write("0001_orders", f"{TABLES}CREATE INDEX i ON orders (note);\n")
    commit(branch.root, "index")
    head, drop = "-- migrail: transaction=off\n", "DROP INDEX CONCURRENTLY i;\n"
    build = "CREATE INDEX CONCURRENTLY j\n  ON orders (note, total);\n"
    path = branch.root / "migrations" / "0002_swap.sql"
    path.write_bytes(f"{head}{drop}{build}".replace("\n", ends).encode())
    result = branch.run("check", "migrations/0002_swap.sql", "--fix", "--fail-on", "never")
    assert "MR211 in migrations/0002_swap.sql:2 is rewritten" in result.out + result.err
    assert path.read_bytes().decode() == f"{head}{build}{drop}".replace("\n", ends)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_patch_is_what_fix_does_and_git_takes_it(branch: Project, mark: str, ends: str) -> None:
    branch.write("0002_uses", f"SELECT 1;\n{INDEX}COMMENT ON INDEX orders_note_idx IS 'x';")
    branch.write("0003_next", "SELECT 2;")
    for path in (branch.root / "migrations").iterdir():
        path.write_bytes((mark + path.read_text()).replace("\n", ends).encode())
    commit(branch.root, "change")
    shown = branch.run("check", "--since", "main", "--diff")
    assert shown.code == 1
    git(branch.root, "diff", "--quiet")
    patch = branch.root / "fix.patch"
    patch.write_bytes(shown.out.encode())
    git(branch.root, "apply", "--index", "fix.patch")
    by_patch = files(branch)
    git(branch.root, "reset", "--quiet", "--hard")
    assert fix(branch).code == 0
    assert files(branch) == by_patch
    document = branch.run("check", "--since", "main", "--diff", "--format", "json").json
    assert (document["schema"], document["files"]) == ("migrail.fixes/1", [])


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (f"BEGIN;\n{INDEX}COMMIT;\n", "begins or ends transactions itself"),
        (f"-- \u202e\n{INDEX}", "invisible characters"),
    ],
)
def test_what_is_left_for_a_person(branch: Project, sql: str, why: str) -> None:
    branch.write("0002_x", sql)
    result = fix(branch)
    assert (result.code, why in result.err) == (1, True), result
    assert files(branch) == {"0002_x.sql": sql}


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE orders ADD COLUMN n serial;\n",
        f"DO $$ BEGIN {INDEX.strip()} END $$;\n",
        f'-- migrail: ignore MR201 reason="it is small"\n{INDEX}',
    ],
)
def test_what_no_machine_may_apply(branch: Project, sql: str) -> None:
    branch.write("0002_x", sql)
    fix(branch)
    assert files(branch) == {"0002_x.sql": sql}


def test_other_findings_of_the_same_file_stay(branch: Project) -> None:
    branch.write("0002_x", f"{INDEX}ALTER TABLE orders DROP COLUMN total;\n")
    result = fix(branch, "--format", "json")
    assert [finding["code"] for finding in result.json["findings"] if finding["severity"] == "error"] == ["MR102"]
    assert result.code == 1


def test_nothing_is_written_for_migrations_that_are_not_new(branch: Project) -> None:
    branch.write("0002_i", INDEX)
    git(branch.root, "switch", "--quiet", "main")
    commit(branch.root, "index")
    branch.configure({}, extra='[check]\nsince = "main"\n')
    result = branch.run("check", "migrations/0002_i.sql", "--fix")
    assert (result.code, "applied migrations never change" in result.err) == (1, True)
    assert files(branch) == {"0002_i.sql": INDEX}


def test_without_a_revision_the_files_must_be_named(branch: Project) -> None:
    branch.write("0002_i", INDEX)
    result = branch.run("check", "--fix")
    assert (result.code, "nothing tells which migrations are new" in result.err) == (2, True)
    assert branch.run("check", "migrations/0002_i.sql", "--fix").code == 0
    assert files(branch) == {"0002_i.sql": ALONE}


def test_a_later_file_that_is_not_judged_is_not_renamed(branch: Project) -> None:
    branch.write("0002_x", f"SELECT 1;\n{INDEX}COMMENT ON INDEX orders_note_idx IS 'x';\n")
    branch.write("0003_y", "SELECT 2;\n")
    before = files(branch)
    result = branch.run("check", "migrations/0002_x.sql", "--fix")
    assert "in front of others that are not new" in result.err
    assert files(branch) == before


def test_new_numbers_come_behind_those_of_other_branches(branch: Project) -> None:
    branch.write("0002_c", "ALTER TABLE orders ADD CHECK (total > 0);\n")
    commit(branch.root, "mine")
    git(branch.root, "switch", "--quiet", "main")
    branch.write("0007_theirs", "SELECT 1;\n")
    commit(branch.root, "theirs")
    git(branch.root, "switch", "--quiet", "change")
    fix(branch)
    assert sorted(files(branch)) == ["0002_c.sql", "0008_validate_orders_total_check.sql"]


def test_half_staged_and_half_merged_files_are_refused(branch: Project) -> None:
    path = branch.write("0002_i", "SELECT 1;\n")
    git(branch.root, "add", "migrations")
    path.write_text(INDEX)
    git(branch.root, "add", "migrations")
    path.write_text(f"-- more\n{INDEX}")
    result = fix(branch)
    assert (result.code, "is half staged; nothing was changed" in result.err) == (2, True)
    assert files(branch) == {"0002_i.sql": f"-- more\n{INDEX}"}


def test_links_are_not_followed(branch: Project) -> None:
    elsewhere = branch.root / "elsewhere.sql"
    elsewhere.write_text(INDEX)
    (branch.root / "migrations" / "0002_i.sql").symlink_to(elsewhere)
    result = fix(branch)
    assert (result.code, "is a link" in result.err) == (2, True)
    assert elsewhere.read_text() == INDEX


def test_a_folder_that_cannot_be_written(branch: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the files ready, then the disk is full: nothing is changed and nothing is left behind."""
    branch.write("0002_c", "ALTER TABLE orders ADD CHECK (total > 0);\n")
    before, calls = files(branch), []

    def full(path: Path, *arguments: object, **more: object) -> object:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return opened(path, *arguments, **more)

    opened = Path.open
    monkeypatch.setattr(Path, "open", full)
    result = fix(branch)
    monkeypatch.undo()
    assert (result.code, "No space left on device" in result.err) == (2, True), result
    assert files(branch) == before


def test_files_outside_a_project(tmp_path: Path) -> None:
    path = tmp_path / "0002_c.sql"
    path.write_text("ALTER TABLE orders ADD CHECK (total > 0);\n")
    (tmp_path / "0005_other.sql").write_text("SELECT 1;\n")
    result = run(tmp_path, "check", "--dialect", "postgres", "0002_c.sql", "--fix", "--fail-on", "never")
    assert result.code == 0, result
    assert sorted(item.name for item in tmp_path.glob("*.sql")) == [
        "0002_c.sql",
        "0005_other.sql",
        "0006_validate_orders_total_check.sql",
    ]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("002_c.sql", "003_validate_orders_total_check.sql"),
        ("9_c.sql", "10_validate_orders_total_check.sql"),
        ("20260101120000_c.sql", "20260101120001_validate_orders_total_check.sql"),
    ],
)
def test_new_numbers_have_as_many_digits(tmp_path: Path, name: str, made: str) -> None:
    (tmp_path / name).write_text("ALTER TABLE orders ADD CHECK (total > 0);\n")
    run(tmp_path, "check", "--dialect", "postgres", name, "--fix", "--fail-on", "never")
    assert {item.name for item in tmp_path.glob("*.sql")} == {name, made}


def test_what_an_environment_has_applied_stays(branch: Project) -> None:
    """Though it is still new to another one."""
    branch.write("0002_c", "ALTER TABLE orders ADD CHECK (total > 0);\n")
    branch.urls |= {"dev": "postgresql://nowhere/dev", "qa": "postgresql://nowhere/qa"}
    branch.configure({})
    before = files(branch)
    (branch.root / "status.json").write_text(
        '{"schema": "migrail.status/1", "environments": [{"name": "dev", "observed_at": "2026-11-20T12:00:00Z"},'
        ' {"name": "qa", "observed_at": "2026-11-20T12:00:00Z"}],'
        ' "migrations": ['
        '{"id": "0001_orders", "cells": {"dev": {"state": "applied"}, "qa": {"state": "applied"}}},'
        '{"id": "0002_c", "cells": {"dev": {"state": "applied"}, "qa": {"state": "pending"}}}]}'
    )
    result = fix(branch, "--status", "status.json")
    assert "applied migrations never change" in result.err, result
    assert files(branch) == before


def test_what_the_tracker_beside_the_project_saw_promoted_is_never_touched(shop: Project) -> None:
    shop.ok("promote", "dev")
    shop.write("0004_more", "SELECT 1;")
    around = in_project(Workspace.open(shop.root / "migrail.toml"))
    assert around.untouchable == {"0001_create_customers", "0002_create_orders", "0003_add_phone"}
    assert len(around.migrations) == 4
