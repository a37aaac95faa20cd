"""Why operations would fail, and that they are not accused without reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrail.catalog import conflicts
from tests.dialects.reading import catalog_of, read

SETUP = """
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, a integer REFERENCES p, CONSTRAINT n CHECK (a > 0));
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX loose ON t (id);
CREATE VIEW v AS SELECT id FROM t;
CREATE TABLE copied AS SELECT 1 AS x;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE SEQUENCE s;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE FUNCTION near(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE OPERATOR ~== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = near);
CREATE OPERATOR ~<> (LEFTARG = integer, RIGHTARG = bigint, FUNCTION = apart, COMMUTATOR = <>~, NEGATOR = =);
CREATE CAST (mood AS bytea) WITH FUNCTION mood_bytes(mood);
CREATE COLLATION same FROM "C";
"""

FAILING = [
    ("CREATE TABLE t (id integer)", "relation public.t exists already"),
    ("CREATE TABLE t_a (id integer)", "relation public.t_a exists already"),
    ("CREATE TABLE app.n (id integer)", "schema app does not exist"),
    ("CREATE TABLE n (LIKE missing)", "table public.missing does not exist"),
    ("DROP TABLE missing", "table public.missing does not exist"),
    ("DROP TABLE p", "table public.t has a foreign key to public.p"),
    ("DROP TABLE t", "view public.v reads public.t"),
    ("ALTER TABLE missing RENAME TO n", "table public.missing does not exist"),
    ("ALTER TABLE t RENAME TO p", "relation public.p exists already"),
    ("ALTER TABLE t SET SCHEMA missing", "schema missing does not exist"),
    ("ALTER TABLE t ADD COLUMN a integer", "column a of table public.t exists already"),
    ("ALTER TABLE t ADD COLUMN n integer REFERENCES missing", "table public.missing does not exist"),
    ("ALTER TABLE t DROP COLUMN missing", "column missing of table public.t does not exist"),
    ("ALTER TABLE missing DROP COLUMN IF EXISTS a", "table public.missing does not exist"),
    ("ALTER TABLE t RENAME COLUMN missing TO n", "column missing of table public.t does not exist"),
    ("ALTER TABLE t RENAME COLUMN a TO id", "column id of table public.t exists already"),
    ("ALTER TABLE t ALTER COLUMN missing TYPE text", "column missing of table public.t does not exist"),
    ("ALTER TABLE t ALTER COLUMN missing SET NOT NULL", "column missing of table public.t does not exist"),
    ("ALTER TABLE t ALTER COLUMN missing SET DEFAULT 1", "column missing of table public.t does not exist"),
    ("ALTER TABLE t ADD CONSTRAINT n CHECK (a > 1)", "constraint n of table public.t exists already"),
    ("ALTER TABLE t ADD PRIMARY KEY (a)", "table public.t has a primary key already"),
    ("ALTER TABLE t ADD UNIQUE (missing)", "column missing of table public.t does not exist"),
    ("ALTER TABLE t ADD UNIQUE USING INDEX missing", "index public.missing does not exist"),
    ("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES missing", "table public.missing does not exist"),
    ("ALTER TABLE t DROP CONSTRAINT missing", "constraint missing of table public.t does not exist"),
    ("ALTER TABLE t VALIDATE CONSTRAINT missing", "constraint missing of table public.t does not exist"),
    ("ALTER TABLE t RENAME CONSTRAINT n TO t_pkey", "constraint t_pkey of table public.t exists already"),
    ("CREATE INDEX t_a ON t (id)", "relation public.t_a exists already"),
    ("CREATE INDEX n ON missing (id)", "table public.missing does not exist"),
    ("CREATE INDEX n ON t (missing)", "column missing of table public.t does not exist"),
    ("DROP INDEX missing", "index public.missing does not exist"),
    ("DROP INDEX t_pkey", "index t_pkey belongs to a constraint of table public.t"),
    ("ALTER INDEX missing RENAME TO n", "index public.missing does not exist"),
    ("CREATE VIEW v AS SELECT 1 AS x", "relation public.v exists already"),
    ("CREATE VIEW n AS SELECT id FROM missing", "table public.missing does not exist"),
    ("DROP VIEW missing", "view public.missing does not exist"),
    ("REFRESH MATERIALIZED VIEW missing", "materialized view public.missing does not exist"),
    ("CREATE TYPE mood AS ENUM ('x')", "type public.mood exists already"),
    ("ALTER TYPE mood ADD VALUE 'sad'", "label sad of enum public.mood exists already"),
    ("ALTER TYPE mood ADD VALUE 'calm' AFTER 'missing'", "label missing of enum public.mood does not exist"),
    ("ALTER TYPE mood RENAME VALUE 'missing' TO 'x'", "label missing of enum public.mood does not exist"),
    ("ALTER TYPE mood RENAME VALUE 'sad' TO 'happy'", "label happy of enum public.mood exists already"),
    ("ALTER TYPE missing ADD VALUE 'x'", "type public.missing does not exist"),
    ("DROP TYPE missing", "type public.missing does not exist"),
    ("CREATE SEQUENCE s", "relation public.s exists already"),
    ("DROP SEQUENCE missing", "sequence public.missing does not exist"),
    ("CREATE SCHEMA public", "schema public exists already"),
    ("DROP SCHEMA missing", "schema missing does not exist"),
    ("DROP TRIGGER missing ON t", "trigger missing on public.t does not exist"),
    ("INSERT INTO missing VALUES (1)", "table public.missing does not exist"),
    ("INSERT INTO t (id, missing) VALUES (1, 1)", "column missing of table public.t does not exist"),
    ("UPDATE t SET missing = 1", "column missing of table public.t does not exist"),
    ("DELETE FROM missing", "table public.missing does not exist"),
    ("TRUNCATE missing", "table public.missing does not exist"),
    ("CREATE TRIGGER n BEFORE INSERT ON missing EXECUTE FUNCTION f()", "table public.missing does not exist"),
    ("CREATE AGGREGATE total(int4) (SFUNC = g, STYPE = int)", "function public.total(integer) exists already"),
    ("DROP AGGREGATE total(text)", "function public.total does not exist"),
    ("DROP AGGREGATE missing(integer)", "function public.missing does not exist"),
    ("DROP AGGREGATE near(integer, integer)", "public.near is no aggregate but a function"),
    ("DROP FUNCTION total(integer)", "public.total is no function but an aggregate"),
    ("DROP AGGREGATE IF EXISTS near(integer, integer)", "public.near is no aggregate but a function"),
    (
        "CREATE OPERATOR ~== (LEFTARG = int, RIGHTARG = int, FUNCTION = f)",
        "operator public.~==(integer, integer) exists already",
    ),
    ("DROP OPERATOR <>~ (integer, bigint)", "operator public.<>~(integer, bigint) does not exist"),
    ("DROP OPERATOR = (integer, bigint)", "operator public.=(integer, bigint) does not exist"),
    ("DROP OPERATOR ~== (integer, text)", "operator public.~==(integer, text) does not exist"),
    ("DROP OPERATOR app.~== (integer, integer)", "operator app.~==(integer, integer) does not exist"),
    ("ALTER OPERATOR ~== (integer, NONE) SET SCHEMA public", "operator public.~==(integer, none) does not exist"),
    ("DROP FUNCTION near(integer, integer)", "operator public.~==(integer, integer) uses public.near"),
    ("DROP CAST (mood AS text)", "cast (mood, text) does not exist"),
    ("CREATE CAST (mood AS bytea) WITH INOUT", "cast (mood, bytea) exists already"),
    ("DROP COLLATION missing", "collation public.missing does not exist"),
    ('CREATE COLLATION same FROM "C"', "collation public.same exists already"),
    ("DROP OPERATOR CLASS missing USING btree", "operator class public.missing(btree) does not exist"),
    ("DROP TEXT SEARCH CONFIGURATION missing", "text search configuration public.missing does not exist"),
]
TAKEN = "exists already"

WORKING = [
    "CREATE TABLE IF NOT EXISTS t (id integer)",
    "CREATE TEMP TABLE t (id integer)",
    "DROP TABLE IF EXISTS missing",
    "DROP TABLE p CASCADE",
    "ALTER TABLE t ADD COLUMN IF NOT EXISTS a integer",
    "ALTER TABLE t DROP COLUMN IF EXISTS missing",
    "ALTER TABLE t DROP CONSTRAINT IF EXISTS missing",
    "ALTER TABLE t DROP CONSTRAINT t_a_fkey",
    "ALTER TABLE t DROP CONSTRAINT t_a_not_null",
    "ALTER TABLE t ADD UNIQUE USING INDEX loose",
    "ALTER TABLE copied DROP COLUMN anything",
    "CREATE INDEX IF NOT EXISTS t_a ON t (a)",
    "CREATE INDEX n ON t (lower(a))",
    "CREATE INDEX n ON copied (anything)",
    "DROP INDEX IF EXISTS missing",
    "DROP INDEX t_a",
    "CREATE OR REPLACE VIEW v AS SELECT id FROM t",
    "CREATE VIEW n AS SELECT * FROM pg_catalog.pg_class",
    "DROP VIEW IF EXISTS missing",
    "DROP VIEW v",
    "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad'",
    "CREATE SCHEMA IF NOT EXISTS public",
    "CREATE SEQUENCE IF NOT EXISTS s",
    "DROP TRIGGER g ON t",
    "DROP FUNCTION IF EXISTS missing()",
    "DROP AGGREGATE total(integer)",
    "DROP AGGREGATE IF EXISTS total(text), missing(*)",
    "DROP ROUTINE total(integer)",
    "CREATE AGGREGATE total(bigint) (SFUNC = g, STYPE = int8)",
    "CREATE OR REPLACE AGGREGATE total(integer) (SFUNC = g, STYPE = int)",
    "DROP OPERATOR ~== (integer, int4)",
    "DROP OPERATOR <>~ (bigint, integer)",
    "CREATE OPERATOR <>~ (LEFTARG = bigint, RIGHTARG = integer, FUNCTION = apart)",
    "DROP OPERATOR IF EXISTS ~== (text, text), missing.~== (text, text)",
    "DROP FUNCTION near(integer, integer) CASCADE",
    "DROP CAST (mood AS bytea)",
    "DROP CAST IF EXISTS (mood AS text)",
    "DROP COLLATION IF EXISTS missing",
    'CREATE COLLATION IF NOT EXISTS same FROM "C"',
    "INSERT INTO t VALUES (1)",
    "INSERT INTO t (id, a) VALUES (1, 1)",
    "SELECT 1",
    "BEGIN",
]


def first_conflict(statement: str, *, complete: bool = True) -> str | None:
    catalog = replace(catalog_of([SETUP]), complete=complete)
    return next(filter(None, (conflicts(catalog, operation) for operation in read(statement))), None)


@pytest.mark.parametrize(("statement", "reason"), FAILING)
def test_conflict(statement: str, reason: str) -> None:
    assert first_conflict(statement) == reason


@pytest.mark.parametrize("statement", WORKING)
def test_no_conflict(statement: str) -> None:
    assert first_conflict(statement) is None


@pytest.mark.parametrize(("statement", "reason"), [form for form in FAILING if "does not exist" in form[1]])
def test_silent_about_the_unknown(statement: str, reason: str) -> None:
    known = ("of enum",)
    if any(part in reason for part in known):
        assert first_conflict(statement, complete=False) == reason
    else:
        assert first_conflict(statement, complete=False) is None


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX missing",
        "DROP TRIGGER missing",
        "ALTER TABLE t ADD COLUMN a INTEGER",
        "CREATE TABLE t (id INTEGER)",
    ],
)
def test_sqlite(statement: str) -> None:
    catalog = catalog_of(["CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)"], "sqlite")
    assert [conflicts(catalog, operation) for operation in read(statement, "sqlite")] != [None]


@pytest.mark.parametrize("statement", ["DROP INDEX i", "DROP TRIGGER tr"])
def test_temporary_tables_hide_no_indexes_and_triggers_of_sqlite(statement: str) -> None:
    history = """
        CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
        CREATE TEMP TABLE t (b TEXT); CREATE TEMP TABLE i (c TEXT);
    """
    (operation,) = read(statement, "sqlite")
    assert conflicts(catalog_of([history], "sqlite"), operation) is None


def test_sqlite_drops_what_is_referenced() -> None:
    script = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER REFERENCES p (id));"
    (operation,) = read("DROP TABLE p", "sqlite")
    assert conflicts(catalog_of([script], "sqlite"), operation) is None
