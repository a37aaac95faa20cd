"""What a statement finds in its session: the locks of its transaction and the lock timeout."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.checker.walk import Step, walk
from tests.rules.checking import script

HISTORY = """
CREATE TABLE a (id integer PRIMARY KEY, x integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer);
"""
OFF = "-- migrail: transaction=off\n"


def steps(sql: str, dialect: str = "postgres") -> list[Step]:
    chosen = dialects.get(dialect)
    history = [script(HISTORY, dialect=dialect)]
    new = [script(sql, number=2, dialect=dialect)]
    return list(walk(history, new, dialect=chosen, version=chosen.default_version, lock_timeout=2.0))


KEY = "ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a NOT VALID;"
DROP = "ALTER TABLE a DROP COLUMN x;"
SRX, AX, S = "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE", "SHARE"


@pytest.mark.parametrize(
    ("before", "held"),
    [
        ("", {}),
        (KEY, {"public.a": SRX, "public.b": SRX}),
        (KEY + DROP, {"public.a": AX, "public.b": SRX}),
        (DROP + KEY, {"public.a": AX, "public.b": SRX}),
        ("CREATE INDEX ON a (x);" + KEY, {"public.a": SRX, "public.b": SRX}),
        (KEY + "CREATE INDEX ON a (x);", {"public.a": SRX, "public.b": SRX}),
        ("CREATE TABLE n (id integer); ALTER TABLE n ADD COLUMN x integer;", {}),
        (DROP + "COMMIT;", {}),
        (DROP + "SAVEPOINT s;", {"public.a": AX}),
        ("BEGIN;" + DROP, {"public.a": AX}),
        (DROP + "BEGIN;", {}),
        (DROP + "COMMIT;" + "CREATE INDEX ON b (a_id);", {"public.b": S}),
        ("DO $$ BEGIN ALTER TABLE a DROP COLUMN x; END $$;", {"public.a": AX}),
        (OFF + DROP, {}),
    ],
)
def test_held(before: str, held: dict[str, str]) -> None:
    last = steps(before + "SELECT 1")[-1].context
    assert {relation: item.lock.mode for relation, item in last.held.items()} == held


def test_actions_of_one_statement_hold_what_those_before_took() -> None:
    first, second = steps(OFF + "ALTER TABLE a DROP COLUMN x, ADD COLUMN y integer")
    assert (first.context.held, list(second.context.held)) == ({}, ["public.a"])


def test_the_statement_that_took_the_strongest_lock_is_named() -> None:
    held = steps("CREATE INDEX ON a (x);" + DROP + "ALTER TABLE a ADD COLUMN z integer; SELECT 1")[-1].context.held
    assert held["public.a"].statement.text == DROP.rstrip(";")


def test_each_file_begins_anew() -> None:
    new = [script(DROP, number=2), script("SELECT 1", number=3)]
    chosen = dialects.get("postgres")
    assert [len(step.context.held) for step in walk([], new, dialect=chosen, version=(15,))] == [0, 0]


def test_ddl_of_mysql_holds_nothing() -> None:
    assert steps("ALTER TABLE a DROP COLUMN x; SELECT 1", "mysql")[-1].context.held == {}


@pytest.mark.parametrize(
    ("before", "seconds"),
    [
        ("", 2.0),
        ("-- migrail: lock_timeout=5s\n", 5.0),
        ("SET lock_timeout = '500ms';", 0.5),
        ("SET LOCAL lock_timeout TO '3s';", 3.0),
        ("SET lock_timeout = 1500;", 1.5),
        ("SET lock_timeout = '1 min';", 60.0),
        ("SET lock_timeout = 0;", 0.0),
        ("SET lock_timeout TO DEFAULT;", 0.0),
        ("RESET lock_timeout;", 0.0),
        ("RESET ALL;", 0.0),
        ("SET lock_timeout = 'soon';", None),
        ("SET statement_timeout = 0;", 2.0),
        ("SET lock_timeout = 0; SET lock_timeout = '1s';", 1.0),
        (OFF, 2.0),
        (OFF + "SET lock_timeout = 0;", 2.0),
    ],
)
def test_lock_timeout(before: str, seconds: float | None) -> None:
    assert steps(before + "SELECT 1")[-1].context.lock_timeout == seconds


@pytest.mark.parametrize(
    ("sql", "seconds"),
    [
        (OFF + "CREATE INDEX CONCURRENTLY i ON a (x)", 0.0),
        (OFF + "DROP INDEX CONCURRENTLY i", 0.0),
        (OFF + "CREATE INDEX i ON a (x)", 2.0),
    ],
)
def test_a_concurrent_build_is_not_interrupted(sql: str, seconds: float) -> None:
    assert steps(sql)[-1].context.lock_timeout == seconds


def test_mysql_counts_in_seconds() -> None:
    assert steps("SET lock_wait_timeout = 5; SELECT 1", "mysql")[-1].context.lock_timeout == 5.0


@pytest.mark.parametrize(
    ("sql", "numbers"),
    [
        ("SELECT 1; SELECT 2", [[1, 2], [1, 2]]),
        (OFF + "SELECT 1; SELECT 2", [[1], [2]]),
        ("SELECT 1; COMMIT; SELECT 3", [[1, 2], [1, 2], [3]]),
        ("SELECT 1; BEGIN; SELECT 3; COMMIT", [[1], [2, 3, 4], [2, 3, 4], [2, 3, 4]]),
    ],
)
def test_statements_of_the_transaction(sql: str, numbers: list[list[int]]) -> None:
    found = [[item.number for item in step.context.transaction_statements] for step in steps(sql)]
    assert found == numbers
