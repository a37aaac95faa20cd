"""Files on MariaDB that control transactions or leave settings behind."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import URL
from tests.support.mariadb import PrivateMariadb, connect
from tests.support.project import Project

CONTROL = [
    "COMMIT",
    "COMMIT WORK",
    "COMMIT AND CHAIN",
    "COMMIT RELEASE",
    "ROLLBACK",
    "ROLLBACK; BEGIN",
    "ROLLBACK AND NO CHAIN RELEASE",
    "BEGIN",
    "BEGIN WORK",
    "START TRANSACTION",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT",
    "SET autocommit = 0",
    "SET @@SESSION.autocommit := 1",
    "SET SESSION sql_notes = 0, autocommit = ON",
    "SET STATEMENT lock_wait_timeout = 1 FOR COMMIT",
    "XA START 'x'",
    "XA BEGIN 'x'; XA END 'x'; XA PREPARE 'x'",
    "XA COMMIT 'x' ONE PHASE",
    "/*!50000 COMMIT */",
    "/*M!100100 ROLLBACK */",
    "FLUSH TABLES WITH READ LOCK",
    "CREATE TEMPORARY TABLE migrail_ledger (sequence integer)",
    "LOCK TABLES migrail_journal WRITE",
]
"""Each begins or ends a transaction, changes who does, or reaches for our own tables: none of the file is run."""

HIDDEN = [
    ("LOCK TABLES customers WRITE", True),
    ("UNLOCK TABLES", True),
    ("FLUSH TABLES customers WITH READ LOCK", True),
    ("BEGIN NOT ATOMIC COMMIT; END", True),
    ("IF 1 THEN ROLLBACK; END IF", True),
    ("EXECUTE IMMEDIATE CONCAT('COM', 'MIT')", True),
    ("PREPARE s FROM 'ROLLBACK'; EXECUTE s", True),
    ("CALL commits()", True),
    ("DO RELEASE_ALL_LOCKS()", True),
    ("SET sql_select_limit = 0", True),
    ("SET NAMES latin1", True),
    ("SET SESSION TRANSACTION READ ONLY", True),
    ("BEGIN NOT ATOMIC SET autocommit = 0; INSERT INTO customers VALUES (7); END", False),
    ("CALL hides_ledger()", True),
    ("CALL hides_journal()", True),
    ("KILL CONNECTION_ID()", False),
    ("USE mysql", False),
]
"""Only the server knows that these end a transaction or change what our own statements mean; and whether the file
can be applied nevertheless."""

LEAKS = [
    "USE mysql",
    "SET NAMES latin1",
    "SET character_set_client = latin1",
    "SET collation_connection = utf8mb4_bin",
    "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
    "SET time_zone = '+05:00'",
    "SET foreign_key_checks = 0",
    "SET unique_checks = 0",
    "SET sql_safe_updates = 1",
    "SET sql_select_limit = 1",
    "SET lock_wait_timeout = 1000",
    "SET max_statement_time = 1000",
    "SET timestamp = 1",
    "SET @mine = 1",
    "SET default_storage_engine = MyISAM",
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET check_constraint_checks = 0",
    "CREATE TEMPORARY TABLE customers (id integer)",
    "PREPARE p FROM 'SELECT 1'",
    "DO GET_LOCK('mine', 0)",
    "LOCK TABLES customers WRITE",
    "HANDLER customers OPEN",
    "SET ROLE NONE",
]
"""The ways in which a file changes its session."""

SEEN = """\
CREATE TABLE seen AS SELECT variable_name AS name, variable_value AS setting
FROM information_schema.session_variables WHERE variable_name NOT IN ('TIMESTAMP', 'PSEUDO_THREAD_ID', 'LAST_GTID',
  'RAND_SEED1', 'RAND_SEED2', 'IDENTITY', 'LAST_INSERT_ID', 'INSERT_ID', 'WARNING_COUNT', 'ERROR_COUNT',
  'IN_TRANSACTION', 'GTID_BINLOG_STATE', 'GTID_BINLOG_POS', 'GTID_CURRENT_POS', 'PROXY_USER', 'EXTERNAL_USER')
  AND variable_name NOT IN (SELECT variable_name FROM information_schema.system_variables
    WHERE variable_scope = 'GLOBAL')
UNION ALL SELECT 'database', DATABASE()
UNION ALL SELECT 'role', CURRENT_ROLE()
UNION ALL SELECT 'clock is wrong by seconds', ABS(TIMESTAMPDIFF(SECOND, NOW(), SYSDATE())) DIV 10
UNION ALL SELECT 'variable', @mine
UNION ALL SELECT 'lock', IS_USED_LOCK('mine')
UNION ALL SELECT 'customers', COUNT(*) FROM customers;
"""
"""What a migration finds its session to be."""

ROW = "INSERT INTO customers VALUES (1);"
COMMITS = "CREATE PROCEDURE commits() BEGIN COMMIT; END;"


def _project(root: Path, url: URL) -> Project:
    made = Project(root, "mariadb", {"dev": url.render_as_string(hide_password=False)}, {})
    made.write("0001_customers", f"CREATE TABLE customers (id integer);\n{COMMITS}")
    made.ok("promote", "dev")
    return made


@pytest.fixture
def project(tmp_path: Path, mariadb_database: URL) -> Project:
    return _project(tmp_path, mariadb_database)


def _tables(project: Project) -> set[str]:
    found = project.query("dev", "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
    return {name for (name,) in found if not name.startswith("migrail_")}


def test_transaction_control_is_refused(project: Project) -> None:
    before = project.dump()
    paths = {}
    for spelling in CONTROL:
        others = (spelling.lower(), spelling.replace(" ", "/* x */ ")) if spelling[0] != "/" else ()
        for text in (spelling, *others):
            name = f"{len(paths) + 2:04}_items"
            project.write(name, f"{ROW}\n{text};\nCREATE TABLE more (id integer);")
            paths[f"migrations/{name}.sql:2:1: "] = text
    result = project.run("promote", "dev")
    assert [text for path, text in paths.items() if path not in result.err] == []
    assert (result.code, project.dump() == before) == (2, True)


@pytest.mark.parametrize(("text", "passes"), HIDDEN, ids=[row[0] for row in HIDDEN])
def test_what_the_ledger_says_is_there_exactly_once(text: str, passes: bool, project: Project) -> None:
    """Each file fails at its end, and is tried again when that is mended."""
    project.query("dev", "CREATE TABLE taken (id integer)")
    for table in ("ledger", "journal"):
        code = f"CREATE TEMPORARY TABLE migrail_{table} SELECT * FROM migrail_{table}"
        project.query("dev", f"CREATE PROCEDURE hides_{table}() {code}")
    rows = "INSERT INTO customers VALUES ({});"
    name = "0002_naïve"  # what is written behind the file has to arrive as it is
    project.write(name, f"{rows.format(1)}\n{text};\n{rows.format(2)}\nCREATE TABLE taken (id integer);")
    assert project.run("promote", "dev").code == 4
    project.query("dev", "DROP TABLE taken")
    for _ in range(2):
        project.run("reconcile", "dev")
        project.run("resolve", "dev", name, "--retry", "--reason", "the name is free now")
        code = project.run("promote", "dev").code
    assert (code == 0) is passes
    done = [] if passes else project.query("dev", "SELECT statement FROM migrail_journal WHERE event = 'done'")
    expected = [(number,) for number, at in ((1, 1), (2, 3)) if passes or (at,) in done[2:]]
    assert project.query("dev", "SELECT id FROM customers ORDER BY id") == expected
    assert (project.states()[name]["dev"] == "applied") is passes
    assert ("taken" in _tables(project)) is passes


def test_the_lock_of_whoever_works_comes_back(project: Project) -> None:
    held = "SELECT IS_USED_LOCK(CONCAT('migrail.work.', DATABASE(), '.', LEFT(SHA2(DATABASE(), 256), 12)))"
    project.write("0002_seen", f"DO RELEASE_ALL_LOCKS();\nCREATE TABLE seen AS {held} = CONNECTION_ID() AS held;")
    project.ok("promote", "dev")
    assert project.query("dev", "SELECT held FROM seen") == [(1,)]


def test_nothing_leaks_into_the_next_file(project: Project) -> None:
    project.write("0002_before", SEEN.replace("seen", "before_seen"))
    leaked = []
    for number, statement in enumerate(LEAKS, 3):
        project.write(f"{2 * number:04}_a", f"{statement};")
        project.write(f"{2 * number + 1:04}_b", SEEN.replace("seen", f"_{number}_seen"))
    project.ok("promote", "dev")
    for number, statement in enumerate(LEAKS, 3):
        one, other = f"SELECT * FROM _{number}_seen", "SELECT * FROM before_seen"
        if found := project.query("dev", f"({one} EXCEPT {other}) UNION ALL ({other} EXCEPT {one})"):
            leaked.append((statement, found))
    assert leaked == []
    settings = project.query("dev", "SELECT name FROM before_seen")
    assert len(settings) > 100


def test_what_a_file_does_to_the_server_does_not_change_how_the_next_is_read(tmp_path: Path) -> None:
    with closing(PrivateMariadb()) as server:
        with closing(connect(server.url)) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE shop")
        project = _project(tmp_path, server.url.set(database="shop"))
        settings = (
            "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
            "time_zone = '+05:00'",
            "autocommit = 0",
            "lock_wait_timeout = 9000",
            "max_statement_time = 0.001",
            "character_set_client = latin1",
            "tx_read_only = 1",
        )
        for number, setting in enumerate(settings, 2):
            project.write(f"{number:04}_global", f"SET GLOBAL {setting};")
            project.ok("promote", "dev")
        project.write(
            "0010_seen",
            """CREATE TABLE seen AS SELECT "it's \\" one" AS text, @@time_zone AS zone, @@autocommit AS auto,
            @@lock_wait_timeout AS lock_wait, @@character_set_client AS charset, SLEEP(0.1) AS slept;""",
        )
        project.ok("promote", "dev")
        assert project.query("dev", "SELECT * FROM seen") == [("it's \" one", "+00:00", 1, 2, "utf8mb4", 0)]
