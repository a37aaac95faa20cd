"""MR6xx: files and their order."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.checker import CheckResult, check
from migrail.model.migration import Migration, short
from migrail.sql import read_script
from tests.rules.checking import codes, migration

SQL = "ALTER TABLE orders ADD COLUMN x int;"
POSTGRES = dialects.get("postgres")


def _file(word: str) -> Migration:
    """``12a`` is number 12, name ``a``; ``12a!`` has another text."""
    edited = word.endswith("!")
    number = int(word.rstrip("!")[:-1])
    text = f"{SQL}-- {word.rstrip('!')}\n" + ("SELECT 1;\n" if edited else "")
    return migration(text, number=number, name=word.rstrip("!")[-1])


def _check(history: str, new: str, base: str | None) -> CheckResult:
    return check(
        [read_script(_file(word), POSTGRES) for word in history.split()],
        [read_script(_file(word), POSTGRES) for word in new.split()],
        dialect=POSTGRES,
        version=(15,),
        base=None if base is None else {_file(word).id: _file(word) for word in base.split()},
    )


@pytest.mark.parametrize(
    ("history", "new", "base", "expected"),
    [
        ("1a 2a", "3a", "1a 2a", []),
        ("1a 2a", "3a", None, []),
        ("", "1a 2a", None, []),
        ("1a! 2a", "3a", "1a 2a", ["MR601"]),
        ("1a", "2a!", "1a 2a", ["MR601"]),
        ("1a! 2a!", "", "1a 2a", ["MR601", "MR601"]),
        ("1a! 2a", "3a", None, []),
        ("1a 3a", "2a", "1a 3a", ["MR602"]),
        ("1a", "2a", "1a 3a", ["MR602", "MR604"]),
        ("1a 4a", "2a 3a 5a", "1a 4a", ["MR602", "MR602"]),
        ("1a 3a", "2a", None, ["MR602"]),
        ("1a", "2a 3a", "1a 2a 3a", []),
        ("1a 2a", "2b", "1a 2a", ["MR603"]),
        ("1a", "2a 2b", "1a", ["MR603", "MR603"]),
        ("1a 2a 2b", "3a", "1a 2a 2b", []),
        ("1a", "2b", "1a 2a", ["MR603", "MR604"]),
        ("1a", "3a", "1a 2a", ["MR604"]),
        ("1a", "", "1a 2a 3a", ["MR604", "MR604"]),
    ],
)
def test_files_against_the_base(history: str, new: str, base: str | None, expected: list[str]) -> None:
    result = _check(history, new, base)
    assert codes(result) == expected
    assert all(finding.category == "parity" and finding.severity == "error" for finding in result.findings)


def test_an_edit_names_both_digests() -> None:
    (found,) = _check("1a! 2a", "3a", "1a 2a").findings
    assert short(_file("1a").digests.text) in found.message
    assert short(_file("1a!").digests.text) in found.message
    assert (found.path, found.span.line, found.span.column) == ("migrations/0001_a.sql", 1, 1)
    assert found.span.end_column == len(f"{SQL}-- 1a") + 1


def test_line_ends_are_no_edit() -> None:
    unix, windows = migration("SELECT 1;\nSELECT 2;\n"), migration("\ufeffSELECT 1;\r\nSELECT 2;\r\n")
    result = check([read_script(unix, POSTGRES)], [], dialect=POSTGRES, version=(15,), base={windows.id: windows})
    assert codes(result) == []


def test_equal_numbers_name_both_files() -> None:
    (found,) = _check("1a 2a", "2b", "1a 2a").findings
    assert "migrations/0002_a.sql" in found.message
    assert "migrations/0002_b.sql" in found.message
    assert found.migration == "0002_b"


def test_a_missing_migration_has_its_old_path_and_no_text() -> None:
    result = _check("1a", "3a", "1a 2a")
    (found,) = result.findings
    assert (found.migration, found.path, found.span.line) == ("0002_a", "migrations/0002_a.sql", 1)
    assert found.path not in result.sources


@pytest.mark.parametrize(("code", "left"), [("MR602", []), ("MR603", ["MR602", "MR502"])])
def test_findings_about_files_can_be_suppressed_for_the_file(code: str, left: list[str]) -> None:
    text = f'-- migrail: ignore {code} reason="two branches, agreed"\n\n{SQL}'
    late = read_script(migration(text, number=2), POSTGRES)
    old = [migration(SQL, number=number, name="a") for number in (1, 3)]
    result = check(
        [read_script(item, POSTGRES) for item in old],
        [late],
        dialect=POSTGRES,
        version=(15,),
        base={item.id: item for item in old},
    )
    assert sorted(codes(result)) == sorted(left)
