"""Which files a glob means, on disk and as names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrail.queries.globs import Glob

FILES = (
    "a.sql",
    "app/main.py",
    "app/queries/users.sql",
    "app/queries/old/users.sql",
    "app/queries/[x].sql",
    "app/queries/new\nline.sql",
    ".hidden/h.sql",
    "app/.hidden.sql",
    "node_modules/pkg/p.sql",
    "app/__pycache__/c.py",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("SELECT 1")
    return root


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("a.sql", ["a.sql"]),
        ("*.sql", ["a.sql"]),
        ("?.sql", ["a.sql"]),
        ("[ab].sql", ["a.sql"]),
        ("[!a].sql", []),
        ("app/*.py", ["app/main.py"]),
        ("app/queries/u*.sql", ["app/queries/users.sql"]),
        ("**/users.sql", ["app/queries/old/users.sql", "app/queries/users.sql"]),
        ("app/**/old/*.sql", ["app/queries/old/users.sql"]),
        ("app/**/queries/users.sql", ["app/queries/users.sql"]),
        ("app/**", FILES[1:6]),
        ("app", FILES[1:6]),
        ("./app/../app/", FILES[1:6]),
        ("app/queries/[[]x].sql", ["app/queries/[x].sql"]),
        (".hidden/*.sql", [".hidden/h.sql"]),
        ("app/.*.sql", ["app/.hidden.sql"]),
        ("node_modules/**/*.sql", ["node_modules/pkg/p.sql"]),
        ("nowhere", []),
        ("nowhere/**/*.sql", []),
        ("a.sql/*.sql", []),
        ("[", []),
    ],
)
def test_what_a_glob_means(tree: Path, glob: str, expected: list[str]) -> None:
    made = Glob.of(glob, tree)
    found = [path.relative_to(tree).as_posix() for path in made.files()]
    assert sorted(found) == sorted(expected)
    below = {name: Path(os.path.normpath(tree / name)) for name in FILES}
    by_name = [
        name
        for name, path in below.items()
        if path.is_relative_to(made.base) and made.matches(path.relative_to(made.base).as_posix())
    ]
    assert sorted(by_name) == sorted(expected)


def test_a_glob_may_leave_its_folder(tree: Path) -> None:
    assert [path.name for path in Glob.of("../*.sql", tree / "app").files()] == ["a.sql"]
    assert [path.name for path in Glob.of(f"{tree}/*.sql", Path("/nowhere")).files()] == ["a.sql"]


def test_links_are_not_followed(tree: Path) -> None:
    (tree / "app" / "loop").symlink_to(tree)
    (tree / "app" / "link.sql").symlink_to(tree / "a.sql")
    (tree / "app" / "dangling.sql").symlink_to(tree / "nothing")
    os.mkfifo(tree / "app" / "pipe.sql")
    found = {path.relative_to(tree).as_posix() for path in Glob.of("app/**/*.sql", tree).files()}
    assert found == {name for name in FILES[1:6] if name.endswith(".sql")}


def test_a_folder_that_is_a_link_can_be_named(tree: Path) -> None:
    (tree / "link").symlink_to(tree / "app" / "queries" / "old")
    assert [path.name for path in Glob.of("link/*.sql", tree).files()] == ["users.sql"]


def test_folders_that_cannot_be_entered_are_passed_over(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(folder: Path) -> object:
        if folder.name == "queries":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [path.name for path in Glob.of("app/**", tree).files()] == ["main.py"]
