"""MR504, MR505 and MR511: phases of migrations and batches, and the split that mends a mix."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.engine import make_url

from migrail.checker import rewritten
from migrail.model.findings import Severity
from migrail.model.rewrites import Applicability, Rewrite
from tests.rules.checking import codes, judge, only, script
from tests.support.servers import libpq

SHOP = """
CREATE TABLE customers (id bigint PRIMARY KEY, name text, phone text NOT NULL DEFAULT '');
CREATE VIEW names AS SELECT id, name FROM customers;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT upper(a)';
"""
OLD, NEW, FILL = (
    "ALTER TABLE customers DROP COLUMN phone;",
    "ALTER TABLE customers ADD COLUMN telephone text;",
    "UPDATE customers SET telephone = phone WHERE telephone IS NULL;",
)

PHASES = [
    (NEW, "expand"),
    (FILL, "backfill"),
    (OLD, "contract"),
    (f"{NEW} {FILL}", "expand"),
    ("CREATE TABLE t (id bigint);", "expand"),
    ("CREATE TABLE t (id bigint); ALTER TABLE t DROP COLUMN id; DROP TABLE t;", "expand"),
    ("DROP VIEW names;", "contract"),
    ("DROP VIEW names; CREATE VIEW names AS SELECT id, name, phone FROM customers;", "expand"),
    ("CREATE OR REPLACE VIEW names AS SELECT id, name, phone FROM customers;", "expand"),
    ("DROP FUNCTION shout(text);", "contract"),
    ("ALTER FUNCTION shout(text) RENAME TO cry;", "contract"),
    ("ALTER TYPE mood ADD VALUE 'mixed';", "expand"),
    ("ALTER TYPE mood RENAME VALUE 'bad' TO 'poor';", "contract"),
    ("ALTER TABLE customers ALTER COLUMN name SET NOT NULL;", "contract"),
    ("ALTER TABLE customers ALTER COLUMN phone DROP NOT NULL;", "expand"),
    ("ALTER TABLE customers ALTER COLUMN phone DROP DEFAULT;", "expand"),
    ("ALTER TABLE customers ADD COLUMN x text NOT NULL DEFAULT ''; ALTER TABLE customers ALTER x DROP DEFAULT;",
     "contract"),
    ("ALTER TABLE customers ALTER COLUMN id TYPE integer;", "contract"),
    ("ALTER TABLE customers ALTER COLUMN name TYPE varchar;", "expand"),
    ("ALTER TABLE customers SET SCHEMA app;", "contract"),
    ("ALTER TABLE customers RENAME TO clients; CREATE VIEW customers AS SELECT * FROM clients;", "expand"),
    ("ALTER TABLE customers RENAME TO clients;", "contract"),
    ("CREATE INDEX i ON customers (name);", "expand"),
    ("COMMENT ON TABLE customers IS 'x';", "expand"),
    ("SET lock_timeout = '1s'; UPDATE customers SET name = '' WHERE name IS NULL;", "backfill"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "phase"), PHASES)
def test_the_phase_of_a_migration(sql: str, phase: str) -> None:
    assert judge(sql, history=SHOP).migrations[0].phase == phase


@pytest.mark.parametrize(
    ("sql", "mixed"),
    [
        (f"{NEW} {OLD}", True),
        (f"{OLD} {NEW}", True),
        ("ALTER TABLE customers ADD COLUMN telephone text, DROP COLUMN phone;", True),
        ("CREATE TABLE t (id bigint); DROP VIEW names;", True),
        (NEW, False),
        (OLD, False),
        (f"{NEW} {FILL}", False),
        (f"{OLD} CREATE INDEX i ON customers (name);", False),
        (f"{OLD} ALTER TABLE customers ADD CONSTRAINT c CHECK (name <> '') NOT VALID;", False),
        (f"{OLD} ALTER TABLE customers ADD COLUMN phone text;", False),
        ("DROP VIEW names; CREATE VIEW names AS SELECT id, name FROM customers;", False),
        (f"{OLD} CREATE TEMPORARY TABLE t (id bigint);", False),
        (f"{OLD} CREATE OR REPLACE FUNCTION shout(a text) RETURNS text LANGUAGE sql AS 'SELECT a';", False),
        ("CREATE TABLE t (id bigint); ALTER TABLE t DROP COLUMN id;", False),
    ],
)
def test_a_migration_that_adds_and_takes_away_is_said_to_mix(sql: str, mixed: bool) -> None:
    assert ("MR504" in codes(judge(sql, history=SHOP))) is mixed


def _split(sql: str) -> Rewrite:
    found = only(judge(sql, history=SHOP), "MR504")
    assert found.severity is Severity.WARNING
    assert found.rewrite is not None
    return found.rewrite


def test_a_file_in_the_order_of_phases_can_be_cut_by_a_machine() -> None:
    sql = f"-- a remark at the top\n\n-- what comes\n{NEW}\n{FILL}\n-- what goes\n{OLD}\n"
    split = _split(sql)
    assert split.applicability is Applicability.SAFE
    found = rewritten(script(sql), 1, split)
    assert found.text == f"-- a remark at the top\n\n-- what comes\n{NEW}\n"
    assert [(draft.words, draft.text) for draft in found.added] == [
        ("change_backfill", f"{FILL}\n"),
        ("change_contract", f"-- what goes\n{OLD}\n"),
    ]


def test_a_file_in_another_order_is_for_a_person() -> None:
    split = _split(f"{OLD} {NEW} COMMENT ON COLUMN customers.telephone IS 'x';")
    assert split.applicability is Applicability.MANUAL
    assert [step.sql for step in split.steps] == [
        f"{NEW}\nCOMMENT ON COLUMN customers.telephone IS 'x';",
        OLD,
    ]
    assert split.steps[1].remark is not None


@pytest.mark.parametrize("state", ["SET search_path = app;", "CREATE TEMPORARY TABLE t (id bigint);"])
def test_what_a_session_holds_is_not_cut_by_a_machine(state: str) -> None:
    assert _split(f"{state} {NEW} {OLD}").applicability is Applicability.MANUAL


@pytest.mark.parametrize(
    ("again", "stays"),
    [
        ("DROP VIEW names; CREATE VIEW names AS SELECT id FROM customers;", False),
        ("DROP VIEW names; CREATE VIEW names AS SELECT id, name FROM customers;", True),
    ],
)
def test_what_is_made_again_is_not_torn_apart(again: str, stays: bool) -> None:
    first, second = _split(f"{NEW} {again} {OLD}").steps
    drop, create = again.split("; ")
    assert (f"{drop};" in first.sql, create in first.sql) == (stays, stays)
    assert (f"{drop};" in second.sql, create in second.sql) == (not stays, not stays)


def test_one_statement_is_not_split() -> None:
    found = only(judge("ALTER TABLE customers ADD COLUMN x text, DROP COLUMN phone;", history=SHOP), "MR504")
    assert found.rewrite is None


def test_a_file_without_a_transaction_stays_without() -> None:
    split = _split(f"-- migrail: transaction=off\n{NEW}\n{OLD}\n")
    assert split.steps[0].sql.startswith("-- migrail: transaction=off\n")
    assert split.steps[1].directives == ("transaction=off",)


def test_the_split_does_the_same(postgres_database: str) -> None:
    sql = f"{NEW}\n{FILL}\n{OLD}\n"
    found = rewritten(script(sql), 1, _split(sql))
    with psycopg.connect(libpq(make_url(postgres_database)), autocommit=True) as connection:
        results = []
        for texts in ([sql], [found.text, *(draft.text for draft in found.added)]):
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            connection.execute(SHOP + "INSERT INTO customers VALUES (1, 'a', '123');")  # type: ignore[call-overload]
            for text in texts:
                connection.execute(text)  # type: ignore[call-overload]
            results.append(connection.execute("SELECT to_jsonb(c) FROM customers c").fetchall())
    assert results[0] == results[1] == [({"id": 1, "name": "a", "telephone": "123"},)]


def test_a_batch_that_adds_and_takes_away_is_one_note() -> None:
    result = judge([NEW, FILL, OLD, "DROP VIEW names;"], history=SHOP)
    found = only(result, "MR511")
    assert (found.severity, found.migration) == (Severity.NOTE, "0004_change")
    assert "migrail promote ENVIRONMENT --to 0003_change" in found.help
    assert "MR511" not in codes(judge([NEW, FILL], history=SHOP))
    assert "MR511" not in codes(judge([OLD, "DROP VIEW names;"], history=SHOP))
    assert "MR511" not in codes(judge(["CREATE INDEX i ON customers (name);", OLD], history=SHOP))
    assert "MR511" not in codes(judge([f"{NEW} {OLD}", "DROP VIEW names;"], history=SHOP))


@pytest.mark.parametrize(
    ("said", "sql", "severity"),
    [
        ("expand", OLD, "error"),
        ("backfill", OLD, "error"),
        ("contract", NEW, "warning"),
        ("backfill", NEW, "warning"),
        ("expand", FILL, "warning"),
        ("expand", NEW, None),
        ("backfill", FILL, None),
        ("contract", OLD, None),
        ("contract", f"{NEW} {OLD}", None),
    ],
)
def test_what_the_author_says_is_compared(said: str, sql: str, severity: str | None) -> None:
    result = judge(f"-- migrail: phase={said}\n{sql}", history=SHOP)
    found = [finding for finding in result.findings if finding.code == "MR505"]
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    if found:
        assert f"phase={said}" in found[0].message
        assert "-- migrail: phase=" in found[0].help


def test_phases_are_suppressed_for_the_file() -> None:
    reason = 'reason="no version uses phone"'
    result = judge(f"-- migrail: ignore MR504 {reason}\n\n{NEW} {OLD}", history=SHOP)
    assert "MR504" not in codes(result)
    assert "MR502" not in codes(result)
