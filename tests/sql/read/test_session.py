"""Settings, transactions, maintenance and other statements about the session."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    AlterObject,
    LockTable,
    Maintain,
    Operation,
    Select,
    SessionCommand,
    SetVariable,
    TransactionControl,
)
from tests.sql.support import n, opaque, ops

SETTINGS = [
    ("SET lock_timeout = '5s'", "lock_timeout", "'5s'", False),
    ("SET LOCAL Statement_Timeout TO 0", "statement_timeout", "0", True),
    ("SET SESSION a.B=-1", "a.b", "-1", False),
    ("SET search_path TO a, \"B\", 'c'", "search_path", "a, \"B\", 'c'", False),
    ("SET x = DEFAULT", "x", "DEFAULT", False),
    ("SET x TO on", "x", "on", False),
    ("SET x TO a.b", "x", "a.b", False),
    ("SET TIME ZONE 'UTC'", "timezone", "'UTC'", False),
    ("SET LOCAL TIME ZONE INTERVAL '1' HOUR TO MINUTE", "timezone", "INTERVAL '1' HOUR TO MINUTE", True),
    ("SET LOCAL ROLE x", "role", "x", True),
    ("SET ROLE = x", "role", "x", False),
    ("SET SESSION AUTHORIZATION DEFAULT", "session_authorization", "DEFAULT", False),
    ("SET NAMES 'UTF8'", "client_encoding", "'UTF8'", False),
    ("SET SCHEMA 's'", "search_path", "'s'", False),
    ("SET XML OPTION DOCUMENT", "xmloption", "DOCUMENT", False),
    ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "session characteristics", "READ ONLY", False),
    ("RESET ALL", "all", None, False),
    ("RESET a.b", "a.b", None, False),
    ("RESET TIME ZONE", "timezone", None, False),
    ("RESET SESSION AUTHORIZATION", "session_authorization", None, False),
]


@pytest.mark.parametrize(("sql", "variable", "value", "local"), SETTINGS)
def test_settings(sql: str, variable: str, value: str | None, local: bool) -> None:
    assert ops(sql) == [SetVariable(variable=variable, value=value, local=local)]


PRAGMAS = [
    ("PRAGMA foreign_keys = OFF", "foreign_keys", "OFF"),
    ("pragma main.User_Version(5)", "user_version", "5"),
    ("PRAGMA cache_size = -2000", "cache_size", "-2000"),
    ("PRAGMA table_info('t')", "table_info", "'t'"),
    ("PRAGMA foreign_key_check", "foreign_key_check", None),
]


@pytest.mark.parametrize(("sql", "variable", "value"), PRAGMAS)
def test_pragmas(sql: str, variable: str, value: str | None) -> None:
    assert ops(sql, "sqlite") == [SetVariable(variable=variable, value=value)]


CONTROL = [
    ("BEGIN", "BEGIN"),
    ("BEGIN WORK", "BEGIN"),
    ("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY NOT DEFERRABLE", "BEGIN"),
    ("START TRANSACTION READ WRITE", "BEGIN"),
    ("COMMIT", "COMMIT"),
    ("END TRANSACTION", "COMMIT"),
    ("COMMIT AND NO CHAIN", "COMMIT"),
    ("COMMIT AND CHAIN", "COMMIT AND CHAIN"),
    ("ROLLBACK", "ROLLBACK"),
    ("ABORT WORK", "ROLLBACK"),
    ("ROLLBACK AND CHAIN", "ROLLBACK AND CHAIN"),
    ("SAVEPOINT a", "SAVEPOINT"),
    ("RELEASE a", "RELEASE"),
    ("RELEASE SAVEPOINT a", "RELEASE"),
    ("ROLLBACK TO a", "ROLLBACK TO"),
    ("ROLLBACK WORK TO SAVEPOINT a", "ROLLBACK TO"),
    ("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"),
    ("COMMIT PREPARED 'x'", "COMMIT PREPARED"),
    ("ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED"),
    ("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SET TRANSACTION"),
    ("SET LOCAL TRANSACTION READ ONLY", "SET TRANSACTION"),
    ("SET TRANSACTION SNAPSHOT 'x'", "SET TRANSACTION"),
    ("SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS"),
    ("SET CONSTRAINTS a, s.b IMMEDIATE", "SET CONSTRAINTS"),
]
SQLITE_CONTROL = [
    ("BEGIN IMMEDIATE TRANSACTION", "BEGIN"),
    ("BEGIN DEFERRED", "BEGIN"),
    ("BEGIN TRANSACTION x", "BEGIN"),
    ("END TRANSACTION x", "COMMIT"),
    ("ROLLBACK TRANSACTION TO SAVEPOINT a", "ROLLBACK TO"),
    ("SAVEPOINT 'a'", "SAVEPOINT"),
    ("RELEASE a", "RELEASE"),
]


@pytest.mark.parametrize(
    ("dialect", "sql", "verb"),
    [("postgres", *case) for case in CONTROL] + [("sqlite", *case) for case in SQLITE_CONTROL],
)
def test_transaction_control(dialect: str, sql: str, verb: str) -> None:
    assert ops(sql, dialect) == [TransactionControl(verb=verb)]


COMMANDS = [
    *(("postgres", sql, sql.split()[0]) for sql in (
        "SHOW ALL", "SHOW TIME ZONE", "LISTEN x", "UNLISTEN *", "UNLISTEN x",
        "NOTIFY x, 'y'", "LOAD 'x'", "DEALLOCATE ALL",
    )),
    *(("postgres", f"DISCARD {word}", f"DISCARD {said}") for word, said in (
        ("ALL", "ALL"), ("PLANS", "PLANS"), ("SEQUENCES", "SEQUENCES"), ("TEMP", "TEMP"), ("TEMPORARY", "TEMP"),
    )),
    ("sqlite", "ATTACH 'a' || '.db' AS x", "ATTACH DATABASE"),
    ("sqlite", "ATTACH DATABASE f('a') AS x", "ATTACH DATABASE"),
    ("sqlite", "DETACH x", "DETACH DATABASE"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "sql", "verb"), COMMANDS)
def test_commands(dialect: str, sql: str, verb: str) -> None:
    assert ops(sql, dialect) == [SessionCommand(verb=verb)]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("PREPARE p (int) AS SELECT $1", SessionCommand(verb="PREPARE", name="p", body="SELECT $1")),
        ('PREPARE "P" AS DELETE FROM t', SessionCommand(verb="PREPARE", name="P", body="DELETE FROM t")),
        ("DEALLOCATE P", SessionCommand(verb="DEALLOCATE", name="p")),
        ("DEALLOCATE PREPARE p", SessionCommand(verb="DEALLOCATE", name="p")),
        ("DEALLOCATE PREPARE ALL", SessionCommand(verb="DEALLOCATE")),
    ],
)
def test_prepared(sql: str, expected: Operation) -> None:
    assert ops(sql) == [expected]


T, U = n("t"), n("s.u")
MAINTENANCE: list[tuple[str, str, list[Operation]]] = [
    ("postgres", "VACUUM", [Maintain(verb="VACUUM")]),
    ("postgres", "VACUUM FULL ANALYZE t", [Maintain(verb="VACUUM FULL", table=T)]),
    ("postgres", "VACUUM (VERBOSE, FULL) t (a), s.u", [
        Maintain(verb="VACUUM FULL", table=T), Maintain(verb="VACUUM FULL", table=U)]),
    ("postgres", "VACUUM (FULL off, PARALLEL 2) t", [Maintain(verb="VACUUM", table=T)]),
    ("postgres", "ANALYZE VERBOSE t (a, b)", [Maintain(verb="ANALYZE", table=T)]),
    ("postgres", "ANALYZE (SKIP_LOCKED) t, s.u", [
        Maintain(verb="ANALYZE", table=T), Maintain(verb="ANALYZE", table=U)]),
    ("postgres", "CLUSTER", [Maintain(verb="CLUSTER")]),
    ("postgres", "CLUSTER VERBOSE s.u USING i", [Maintain(verb="CLUSTER", table=U)]),
    ("postgres", "CLUSTER i ON t", [Maintain(verb="CLUSTER", table=T)]),
    ("postgres", "CLUSTER (VERBOSE) t", [Maintain(verb="CLUSTER", table=T)]),
    ("postgres", "CHECKPOINT", [Maintain(verb="CHECKPOINT")]),
    ("postgres", "CHECKPOINT (MODE FAST)", [Maintain(verb="CHECKPOINT")]),
    ("postgres", "LOCK t", [LockTable(table=T)]),
    ("postgres", "LOCK TABLE ONLY t, s.u * IN SHARE ROW EXCLUSIVE MODE NOWAIT", [
        LockTable(table=T, mode="SHARE ROW EXCLUSIVE"), LockTable(table=U, mode="SHARE ROW EXCLUSIVE")]),
    ("sqlite", "VACUUM", [Maintain(verb="VACUUM")]),
    ("sqlite", "VACUUM main INTO 'x'", [Maintain(verb="VACUUM")]),
    ("sqlite", "ANALYZE s.u", [Maintain(verb="ANALYZE", table=U)]),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "sql", "expected"), MAINTENANCE)
def test_maintenance(dialect: str, sql: str, expected: list[Operation]) -> None:
    assert ops(sql, dialect) == expected


@pytest.mark.parametrize(
    ("dialect", "sql", "reason"),
    [
        ("postgres", "SET x", "the statement ends where = should stand (line 1)"),
        ("postgres", "SET x =", "the statement ends (line 1)"),
        ("postgres", "SET x = 1 2", "unexpected 2 (line 1)"),
        ("postgres", "SET x = (1)", "unexpected ( where a value should stand (line 1)"),
        ("postgres", "BEGIN READ ONLY,", "the statement ends (line 1)"),
        ("postgres", "PREPARE p AS", "the statement ends where a query should stand (line 1)"),
        ("postgres", "SET ROLE a, b", "unexpected , (line 1)"),
        ("postgres", "SET GLOBAL x = 1", "unexpected x where = should stand (line 1)"),
        ("postgres", "SET @x = 1", "unexpected @ where a name should stand (line 1)"),
        ("postgres", "BEGIN IMMEDIATE", "unexpected IMMEDIATE (line 1)"),
        ("postgres", "START", "the statement ends where TRANSACTION should stand (line 1)"),
        ("postgres", "COMMIT x", "unexpected x (line 1)"),
        ("postgres", "SAVEPOINT", "the statement ends where a name should stand (line 1)"),
        ("postgres", "SET TRANSACTION", "the statement ends (line 1)"),
        ("postgres", "VACUUM t, ", "the statement ends where a name should stand (line 1)"),
        ("postgres", "LOCK t IN FROB MODE", "unexpected FROB (line 1)"),
        ("postgres", "LOCK TABLES t WRITE", "unexpected t (line 1)"),
        ("postgres", "PRAGMA foreign_keys", "unexpected PRAGMA where a statement should begin (line 1)"),
        ("sqlite", "SET x = 1", "unexpected SET where a statement should begin (line 1)"),
        ("sqlite", "LISTEN x", "unexpected LISTEN where a statement should begin (line 1)"),
        ("sqlite", "COMMIT x", "unexpected x (line 1)"),
        ("postgres", "\ufeffSELECT 1", "unexpected \\ufeffSELECT where a statement should begin (line 1)"),
    ],
)
def test_opaque(dialect: str, sql: str, reason: str) -> None:
    assert opaque(sql, dialect).reason == reason


CONFIGURED = [
    ("SELECT set_config('search_path', 'app', false)", SetVariable(variable="search_path", value="app")),
    ("SELECT pg_catalog.set_config('search_path', '', false)", SetVariable(variable="search_path", value="''")),
    (
        "SELECT set_config('lock_timeout', '2s', true)",
        SetVariable(variable="lock_timeout", value="'2s'", local=True),
    ),
    (
        "SELECT pg_catalog.set_config('search_path', old_path, true)",
        SetVariable(variable="search_path", value=None),
    ),
]


@pytest.mark.parametrize(("sql", "expected"), CONFIGURED)
def test_set_config_is_as_good_as_set(sql: str, expected: SetVariable) -> None:
    assert ops(sql) == [expected]


def test_set_config_with_more_around_it_is_a_query() -> None:
    (operation,) = ops("SELECT set_config('a', b, false) FROM t")
    assert isinstance(operation, Select)
    assert operation.functions == ("set_config",)


def test_what_a_role_owns_goes_to_another() -> None:
    assert ops("REASSIGN OWNED BY a, b TO c") == [
        AlterObject(object_type="OWNED", name=n(role), option="REASSIGN") for role in ("a", "b")
    ]
