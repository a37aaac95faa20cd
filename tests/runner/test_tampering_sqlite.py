"""Files on SQLite that control transactions or leave settings behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import Project

CONTROL = [
    "COMMIT",
    "COMMIT TRANSACTION",
    "COMMIT; BEGIN",
    "END",
    "END TRANSACTION",
    "END; BEGIN IMMEDIATE",
    "ROLLBACK",
    "ROLLBACK TRANSACTION",
    "ROLLBACK; BEGIN",
    "BEGIN",
    "BEGIN TRANSACTION",
    "BEGIN DEFERRED",
    "BEGIN IMMEDIATE TRANSACTION",
    "BEGIN EXCLUSIVE",
    "CREATE TEMP TABLE migrail_ledger (sequence integer)",
    "CREATE TABLE temp.migrail_journal (id integer)",
    "DELETE FROM main.migrail_ledger",
]
"""Each begins or ends a transaction, or reaches for our own tables."""

HARMLESS = [
    "-- COMMIT;",
    "/* ROLLBACK; /* END */",
    "SELECT 'COMMIT; BEGIN';",
    'CREATE TABLE "commit" ("begin" integer);',
    "SAVEPOINT s; ROLLBACK TO SAVEPOINT s; RELEASE s;",
    "CREATE TRIGGER tr AFTER INSERT ON customers BEGIN SELECT 1; END;",
    "SELECT CASE WHEN 1 THEN 2 END;",
]

LEAKS = [
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA legacy_alter_table = ON",
    "PRAGMA defer_foreign_keys = ON",
    "PRAGMA query_only = ON",
    "PRAGMA writable_schema = ON",
    "PRAGMA busy_timeout = 1",
    "PRAGMA synchronous = OFF",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = OFF",
    "CREATE TEMP TABLE customers (id integer)",
    "CREATE TEMP VIEW other AS SELECT 1",
    "CREATE TEMP TRIGGER gone AFTER INSERT ON main.customers BEGIN DELETE FROM customers; END",
    "ATTACH DATABASE ':memory:' AS other",
    "ATTACH DATABASE 'other.db' AS migrail",
]
"""The ways in which a file changes its connection."""

PRAGMAS = (
    *("foreign_keys", "recursive_triggers", "ignore_check_constraints", "legacy_alter_table", "query_only"),
    *("defer_foreign_keys", "writable_schema", "busy_timeout", "synchronous", "temp_store", "locking_mode"),
    "journal_mode",
)
SEEN = "CREATE TABLE seen AS " + "\n".join(
    [
        "SELECT 'like' AS name, 'A' LIKE 'a' AS value",
        *(
            f"UNION ALL SELECT '{name}', {'timeout' if name == 'busy_timeout' else name} FROM pragma_{name}"
            for name in PRAGMAS
        ),
        "UNION ALL SELECT 'temporary', COUNT(*) FROM temp.sqlite_master",
        "UNION ALL SELECT 'databases', COUNT(*) FROM pragma_database_list WHERE name <> 'temp'",
        "UNION ALL SELECT 'customers', COUNT(*) FROM customers;",
    ]
)
"""What a migration finds its connection to be."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path, "sqlite", {"dev": "sqlite:///dev.db"}, {})
    made.write("0001_customers", "CREATE TABLE customers (id integer);")
    made.ok("promote", "dev")
    return made


def _tables(project: Project) -> set[str]:
    found = project.query("dev", "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found if not name.startswith("migrail_")}


def test_transaction_control_is_refused(project: Project) -> None:
    before = project.dump()
    paths = {}
    for spelling in CONTROL:
        for text in (spelling, spelling.lower(), spelling.replace(" ", "/* x */ ")):
            name = f"{len(paths) + 2:04}_items"
            project.write(name, f"CREATE TABLE items (id integer);\n{text};\nCREATE TABLE more (id integer);")
            paths[f"migrations/{name}.sql:2:1: "] = text
    result = project.run("promote", "dev")
    assert [text for path, text in paths.items() if path not in result.err] == []
    assert (result.code, project.dump() == before) == (2, True)


def test_words_that_control_nothing_pass(project: Project) -> None:
    for number, text in enumerate(HARMLESS, 2):
        project.write(f"{number:04}_t", f"CREATE TABLE t{number} (id integer);\n{text}\n")
    project.ok("promote", "dev")


@pytest.mark.parametrize("mode", ["", "-- migrail: transaction=off\n"], ids=["together", "alone"])
def test_nothing_leaks_into_the_next_file(mode: str, project: Project) -> None:
    project.write("0002_before", SEEN.replace("seen", "before_seen"))
    leaked, refused = [], []
    for number, statement in enumerate(LEAKS, 3):
        file = project.write(f"{2 * number:04}_a", f"{mode}{statement};")
        project.write(f"{2 * number + 1:04}_b", SEEN.replace("seen", f"seen_{number}"))
        if project.run("promote", "dev").code:  # refused together with its ledger row
            refused.append(statement)
            assert f"seen_{number}" not in _tables(project)
            file.write_text("SELECT 1;")
            project.ok("promote", "dev")
        if found := project.query("dev", f"SELECT * FROM seen_{number} EXCEPT SELECT * FROM before_seen"):
            leaked.append((statement, found))
    assert leaked == []
    assert refused == ([] if mode else ["PRAGMA query_only = ON"])
    assert len(project.query("dev", "SELECT * FROM before_seen")) == len(PRAGMAS) + 4
    (rows,) = project.query("dev", "SELECT COUNT(*) FROM migrail_ledger WHERE kind = 'applied'")
    assert rows == (2 * len(LEAKS) + 2,)
