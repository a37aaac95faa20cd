"""Files that reach for the promotion's own transaction or leave settings behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import Project

CONTROL = [
    "COMMIT",
    "COMMIT WORK",
    "COMMIT TRANSACTION",
    "COMMIT; BEGIN",
    "COMMIT AND CHAIN",
    "END",
    "END; START TRANSACTION",
    "END AND CHAIN",
    "ROLLBACK",
    "ROLLBACK; BEGIN",
    "ROLLBACK AND CHAIN",
    "ABORT",
    "ABORT AND CHAIN",
    "BEGIN",
    "START TRANSACTION READ WRITE",
    "PREPARE TRANSACTION 'x'",
]
"""Each of the sixteen ends, begins or takes away a transaction."""

HARMLESS = [
    "-- COMMIT;",
    "/* ROLLBACK; /* END */ */",
    "SELECT 'COMMIT; BEGIN';",
    "SELECT $$ABORT AND CHAIN;$$;",
    "SAVEPOINT s; ROLLBACK TO SAVEPOINT s; RELEASE s;",
    'CREATE TABLE "commit" (begin integer);',
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
    "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; END;",
]

LEAKS = [
    "SET search_path = pg_catalog",
    "SELECT set_config('search_path', '', false)",
    "SET ROLE pg_monitor",
    "SET SESSION AUTHORIZATION pg_monitor",
    "CREATE TEMP TABLE migrail_ledger (sequence integer)",
    "CREATE TEMP TABLE customers (id integer)",
    "SELECT pg_advisory_unlock_all()",
    "SET session_replication_role = replica",
    "SET default_transaction_read_only = on",
    "SET lock_timeout = 0",
    "SET statement_timeout = '1h'",
    "SET TIME ZONE 'Europe/London'",
    "SET standard_conforming_strings = off",
    "SET client_encoding = 'LATIN1'",
    "SET check_function_bodies = off",
    "SET default_transaction_isolation = serializable",
    "PREPARE p AS SELECT 1",
    "RESET ALL",
    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
    "LISTEN orders",
]
"""The twenty ways in which a file changes its session."""

SEEN = """\
CREATE TABLE seen AS SELECT name, setting FROM pg_settings WHERE name IN ('search_path', 'role',
  'session_replication_role', 'default_transaction_read_only', 'lock_timeout', 'statement_timeout', 'TimeZone',
  'standard_conforming_strings', 'client_encoding', 'check_function_bodies', 'default_transaction_isolation',
  'transaction_isolation', 'transaction_read_only')
UNION ALL SELECT 'user', session_user || ' ' || current_user
UNION ALL SELECT 'prepared', count(*)::text FROM pg_prepared_statements WHERE from_sql
UNION ALL SELECT 'cursors', count(*)::text FROM pg_cursors
UNION ALL SELECT 'listening', count(*)::text FROM pg_listening_channels()
UNION ALL SELECT 'temporary', count(*)::text FROM pg_class WHERE relnamespace = pg_my_temp_schema()
UNION ALL SELECT 'locks', count(*)::text FROM pg_locks
  WHERE locktype = 'advisory' AND pid = pg_backend_pid();
"""
"""What a migration finds its session to be."""


@pytest.fixture
def project(tmp_path: Path, postgres_database: str) -> Project:
    made = Project(tmp_path, "postgres", {"dev": postgres_database}, {})
    made.write("0001_customers", "CREATE TABLE customers (id integer);")
    made.ok("promote", "dev")
    return made


def _tables(project: Project) -> set[str]:
    found = project.query("dev", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in found if not name.startswith("migrail_")}


def test_transaction_control_is_refused(project: Project) -> None:
    before = project.dump()
    caught = {}
    for spelling in CONTROL:
        for text in (spelling, spelling.lower(), spelling.replace(" ", "/* x */ ")):
            project.write(
                "0002_items", f"CREATE TABLE items (id integer);\n{text};\nCREATE TABLE more (id integer);"
            )
            result = project.run("promote", "dev")
            caught[text] = result.code != 0 and project.dump() == before
    assert [text for text, well in caught.items() if not well] == []
    assert project.query("dev", "SELECT count(*) FROM pg_prepared_xacts") == [(0,)]


def test_words_that_control_nothing_pass(project: Project) -> None:
    for number, text in enumerate(HARMLESS, 2):
        project.write(f"{number:04}_t", f"CREATE TABLE t{number} (id integer);\n{text}\n")
    project.ok("promote", "dev")


def test_nothing_leaks_into_the_next_file(project: Project) -> None:
    project.write("0002_before", SEEN.replace("TABLE seen", "TABLE before"))
    project.ok("promote", "dev")
    leaked = []
    for number, statement in enumerate(LEAKS, 3):
        file = project.write(f"{2 * number:04}_a", f"{statement};")
        project.write(f"{2 * number + 1:04}_b", SEEN.replace("TABLE seen", f"TABLE seen{number}"))
        result = project.run("promote", "dev")
        assert "internal error" not in result.err, result
        if result.code:  # refused together with its ledger row: nothing may be there of it
            assert f"seen{number}" not in _tables(project)
            file.write_text("SELECT 1;")
            project.ok("promote", "dev")
        differing = f"(TABLE seen{number} EXCEPT TABLE before) UNION ALL (TABLE before EXCEPT TABLE seen{number})"
        if found := project.query("dev", differing):
            leaked.append((statement, found))
    assert leaked == []


AT_COMMIT = """\
CREATE TABLE late (id integer);
CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE '{}'; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION late();
INSERT INTO late VALUES (1);
"""

PREPARED = {
    "all": "DEALLOCATE ALL;",
    "each": "DO $$ DECLARE n text; BEGIN FOR n IN SELECT name FROM pg_prepared_statements LOOP "
    "EXECUTE format('DEALLOCATE %I', n); END LOOP; END $$;",
    "at_commit": AT_COMMIT.format("DEALLOCATE ALL"),
    "left": "DO $$ BEGIN EXECUTE 'PREPARE p AS SELECT 1'; END $$;",
    "left_at_commit": AT_COMMIT.format("PREPARE p AS SELECT 1"),
    "in_steps": "-- migrail: transaction=off\nPREPARE p AS SELECT 1;\nDEALLOCATE ALL;\nPREPARE q AS SELECT 1;",
}
"""What a file does to prepared statements: those with which the promotion itself works, and those of its own."""


@pytest.mark.parametrize(
    ("does", "mode"),
    [
        pytest.param(does, mode, id=f"{id}-{mode}")
        for id, does in PREPARED.items()
        for mode in ("migration", "batch")
        if (id, mode) != ("in_steps", "batch")
    ],
)
def test_prepared_statements(does: str, mode: str, project: Project) -> None:
    """Of the promotion itself may be taken away, and those of a file end with it."""
    project.configure({}, extra=f'[promote]\ntransaction = "{mode}"\n')
    project.write("0002_before", SEEN.replace("TABLE seen", "TABLE before"))
    project.write("0003_does", f"{does}\nCREATE TABLE there (id integer);")
    project.write("0004_behind", SEEN)
    project.write("0005_more", "CREATE TABLE more (id integer);")
    project.ok("promote", "dev")
    assert project.query("dev", "TABLE seen EXCEPT TABLE before UNION ALL (TABLE before EXCEPT TABLE seen)") == []
    rows = project.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
    assert [row[0][:4] for row in rows] == ["0001", "0002", "0003", "0004", "0005"]
    assert {"there", "more"} <= _tables(project)


def test_the_ledger_is_written_in_its_own_encoding(project: Project) -> None:
    project.write("0002_naïve", "SET client_encoding = 'LATIN1'; CREATE TABLE b (id integer);")
    project.write("0003_東", "CREATE TABLE c (id integer);")
    assert project.run("promote", "dev", environ={"MIGRAIL_ACTOR": "Zoë"}).code == 0
    rows = project.query(
        "dev", "SELECT migration, actor FROM migrail_ledger WHERE kind = 'applied' AND actor <> 'ana'"
    )
    assert rows == [("0002_naïve", "Zoë"), ("0003_東", "Zoë")]
    assert {cells["dev"] for cells in project.states().values()} == {"applied"}
