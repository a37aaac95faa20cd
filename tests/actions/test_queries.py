"""Which queries run now and which ones a change brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrail.actions.context import CheckContext, in_project
from migrail.actions.queries import configured, with_queries
from migrail.actions.workspace import Workspace
from migrail.model.errors import InputError, UsageError
from tests.support.project import SHOP, Project, sqlite_project
from tests.support.repository import commit, git

QUERIES = "-- name: GetEmail :one\nSELECT email FROM customers WHERE id=$1;\n\nSELECT total FROM orders"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with queries on a branch that has just left main."""
    found = sqlite_project(tmp_path)
    found.write_all(SHOP)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "shop.sql").write_text(QUERIES)
    found.configure({}, extra='queries = ["queries/**/*.sql"]\n')
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "shop")
    git(tmp_path, "switch", "--quiet", "--create", "phone")
    monkeypatch.chdir(tmp_path)
    return found


def read(since: str | None = None, *, new_code: bool = False) -> CheckContext:
    workspace = Workspace.open()
    context = in_project(workspace, [], since=since, version=None, history=None)
    return with_queries(context, configured(workspace), new_code=new_code)


def texts(context: CheckContext) -> tuple[list[str], list[str] | None]:
    old = sorted(query.text for query in context.queries)
    new = context.new_queries
    return old, None if new is None else sorted(query.text for query in new)


EMAIL, TOTAL = "SELECT email FROM customers WHERE id=$1", "SELECT total FROM orders"


@pytest.mark.parametrize(
    ("files", "new"),
    [
        ({}, []),
        ({"queries/shop.sql": "SELECT total FROM orders"}, []),
        ({"queries/shop.sql": None}, []),
        ({"queries/shop.sql": QUERIES + ";\nSELECT phone FROM customers"}, ["SELECT phone FROM customers"]),
        ({"queries/shop.sql": None, "queries/moved.sql": QUERIES}, []),
        ({"queries/shop.sql": None, "queries/moved.sql": "SELECT total\n  FROM orders"}, []),
        ({"queries/-n\n\x1b.sql": "SELECT 2"}, ["SELECT 2"]),
        ({"elsewhere.sql": "SELECT 3"}, []),
    ],
)
@pytest.mark.parametrize("committed", [False, True])
def test_old_is_what_main_holds(
    project: Project, files: dict[str, str | None], new: list[str], *, committed: bool
) -> None:
    for name, text in files.items():
        path = project.root / name
        path.unlink() if text is None else path.write_text(text)
    if committed and files:
        commit(project.root, "change")
    assert texts(read("main", new_code=True)) == ([EMAIL, TOTAL], new)


def test_what_came_to_main_since_is_not_running_here(project: Project) -> None:
    git(project.root, "switch", "--quiet", "main")
    (project.root / "queries" / "theirs.sql").write_text("SELECT 1")
    commit(project.root, "theirs")
    git(project.root, "switch", "--quiet", "phone")
    assert texts(read("main", new_code=True)) == ([EMAIL, TOTAL], [])


def test_files_of_other_repositories_are_taken_as_they_are(project: Project) -> None:
    inner, outer = project.root / "inner", project.root.parent / "outer"
    for folder in (inner, outer):
        folder.mkdir()
        (folder / "q.sql").write_text(f"SELECT '{folder.name}'")
    git(inner, "init", "--quiet", "--initial-branch", "other")
    project.configure({}, extra='queries = ["inner/*.sql", "../outer/*.sql"]\n')
    assert texts(read("main", new_code=True)) == (["SELECT 'inner'", "SELECT 'outer'"], [])


def test_without_a_revision_the_files_count_as_they_are(project: Project) -> None:
    (project.root / "queries" / "shop.sql").write_text("SELECT 1")
    assert texts(read()) == (["SELECT 1"], None)
    with pytest.raises(UsageError, match="--new-code needs a git revision"):
        read(new_code=True)


def test_places_are_exact(project: Project) -> None:
    email, total = read().queries
    assert (email.origin.path, email.origin.line, email.origin.name) == ("queries/shop.sql", 2, "GetEmail")
    assert (total.origin.line, total.origin.column, total.origin.name) == (4, 1, None)


def test_a_glob_that_matches_nothing_is_an_error(project: Project) -> None:
    project.configure({}, extra='queries = ["queries/*.sql", "sql/*.sql"]\n')
    with pytest.raises(InputError, match=r"migrail.toml:4: project.queries: no file matches 'sql/\*.sql'"):
        read()


@pytest.mark.parametrize("since", [None, "main"])
def test_files_that_are_no_text_are_counted(project: Project, since: str | None) -> None:
    folder = project.root / "queries"
    (folder / "binary.sql").write_bytes(b"\0\1\2")
    (folder / "latin.sql").write_bytes(b"SELECT 1;\nSELECT '\xe9'")
    (folder / "utf16.sql").write_text("SELECT 1", encoding="utf-16")
    if since:
        commit(project.root, "odd")
    context = read(since)
    assert [(item.origin.path, item.origin.line, item.reason) for item in context.unreadable] == [
        ("queries/binary.sql", 1, "holds a NUL byte, after which servers stop reading"),
        ("queries/latin.sql", 2, "is not UTF-8: byte 0xe9"),
        ("queries/utf16.sql", 1, "is UTF-16; save it as UTF-8"),
    ]
    assert texts(context)[0] == [EMAIL, TOTAL]


def test_other_files_are_left_out_with_a_note(project: Project) -> None:
    for name in ("a.txt", "b.txt", "README"):
        (project.root / "queries" / name).write_text("x")
    project.configure({}, extra='queries = ["queries"]\n')
    notes = [note for note in read().notes if "left out" in note]
    assert [note.partition(" left")[0] for note in notes] == ["1 file", "2 files .txt"]
