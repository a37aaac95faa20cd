"""Replaying what code does."""

from __future__ import annotations

import pytest

from migrail.catalog import Catalog
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay, replay
from migrail.model.structure import Name
from tests.dialects.reading import catalog_of, read

HISTORY = [
    "CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b text CONSTRAINT c CHECK (b <> ''))",
    "CREATE INDEX i ON t (a)",
    "CREATE VIEW v AS SELECT id FROM t",
    "CREATE TYPE mood AS ENUM ('good')",
]
T = Name(None, "t")


def after(body: str) -> Catalog:
    return replay(catalog_of(HISTORY), read(f"DO $$ BEGIN {body} END $$"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE n (id integer);",
        "ALTER TABLE t ADD COLUMN x integer; ALTER TABLE t ALTER a DROP NOT NULL;",
        "DROP VIEW v; DROP INDEX i; ALTER TABLE t RENAME TO u;",
        "ALTER TYPE mood ADD VALUE 'bad';",
    ],
)
def test_what_is_certain_is_applied_as_outside(statement: str) -> None:
    found = after(statement)
    assert found.complete
    assert found == replay(catalog_of(HISTORY), read(statement))
    assert after(f"EXECUTE '{statement.replace(chr(39), chr(39) * 2)}';") == found


@pytest.mark.parametrize(
    ("possible", "then"),
    [
        ("CREATE TABLE n (id integer)", "DROP TABLE n"),
        ("CREATE TABLE n (id integer)", "CREATE TABLE n (id integer)"),
        ("DROP TABLE t", "CREATE TABLE t (id integer)"),
        ("DROP TABLE t", "DROP TABLE t"),
        ("ALTER TABLE t RENAME TO u", "ALTER TABLE u ADD COLUMN x integer"),
        ("ALTER TABLE t RENAME TO u", "ALTER TABLE t ADD COLUMN x integer"),
        ("ALTER TABLE t RENAME TO u", "CREATE TABLE t (id integer)"),
        ("ALTER TABLE t SET SCHEMA s", "CREATE TABLE t (id integer)"),
        ("ALTER TABLE t ADD COLUMN x integer", "ALTER TABLE t ADD COLUMN x integer"),
        ("ALTER TABLE t ADD COLUMN x integer", "ALTER TABLE t DROP COLUMN x"),
        ("ALTER TABLE t DROP COLUMN b", "ALTER TABLE t ADD COLUMN b text"),
        ("ALTER TABLE t RENAME a TO x", "ALTER TABLE t ADD COLUMN a text"),
        ("ALTER TABLE t RENAME a TO x", "ALTER TABLE t DROP COLUMN x"),
        ("ALTER TABLE t DROP CONSTRAINT c", "ALTER TABLE t ADD CONSTRAINT c CHECK (true)"),
        ("ALTER TABLE t RENAME CONSTRAINT c TO d", "ALTER TABLE t ADD CONSTRAINT c CHECK (true)"),
        ("DROP INDEX i", "CREATE INDEX i ON t (a)"),
        ("ALTER INDEX i RENAME TO j", "CREATE INDEX i ON t (a)"),
        ("DROP VIEW v", "CREATE VIEW v AS SELECT 1 AS x"),
        ("ALTER VIEW v RENAME TO w", "CREATE VIEW v AS SELECT 1 AS x"),
        ("DROP TYPE mood", "CREATE TYPE mood AS ENUM ('a')"),
        ("ALTER TYPE mood RENAME TO m", "CREATE TYPE mood AS ENUM ('a')"),
        ("SET search_path = x", "DROP TABLE gone"),
    ],
)
def test_behind_what_is_possible_nothing_is_claimed(possible: str, then: str) -> None:
    catalog = after(f"IF x THEN {possible}; END IF;")
    assert not catalog.complete
    assert [conflicts(catalog, operation) for operation in read(then)] == [None]


def test_a_type_that_may_have_changed_is_not_known() -> None:
    assert after("IF x THEN ALTER TABLE t ALTER a TYPE bigint; END IF;").column(T, "a") is None


@pytest.mark.parametrize(
    "possible",
    [
        "UPDATE t SET a = 1",
        "SELECT f()",
        "LOCK TABLE t",
        "SET lock_timeout = 1",
        "COMMIT",
    ],
)
def test_what_changes_no_structure_leaves_no_doubt(possible: str) -> None:
    assert after(f"IF x THEN {possible}; END IF;") == catalog_of(HISTORY)


def test_functions_do_nothing_until_they_run() -> None:
    made = "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP TABLE t'"
    found = replay(catalog_of(HISTORY), read(made))
    assert found.complete
    assert found.table(T) is not None


def test_a_table_that_is_possibly_made_is_new_if_nothing_is_unknown() -> None:
    code = read("DO $$ BEGIN IF x THEN CREATE TABLE n (id integer); CREATE TABLE t (); END IF; END $$")
    for complete in (True, False):
        replaying = Replay(catalog_of(HISTORY), new=True)
        if not complete:
            replaying.doubt()
        for operation in code:
            replaying.apply(operation)
        assert replaying.catalog.is_new(Name(None, "n")) is complete
        assert not replaying.catalog.is_new(T)
