"""What stands inside DO blocks is judged like everything else, where it stands."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.checker import ExplainedStatement, explain
from migrail.report.text.explain import render
from tests.rules.checking import codes, judge, only, script

ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);"


def do(body: str) -> str:
    return f"DO $$\nBEGIN\n{body}\nEND $$;"


def test_a_finding_stands_at_its_own_statement_and_says_where_that_is() -> None:
    found = only(judge(do("  SELECT 1;\n  CREATE INDEX i ON orders (note);"), history=ORDERS), "MR201")
    assert (found.span.line, found.span.column, found.span.end_line, found.span.end_column) == (4, 3, 4, 34)
    assert found.message.endswith("(inside a DO block)")
    assert "CREATE INDEX CONCURRENTLY i ON orders (note);" in found.help
    assert [lock.mode for lock in found.locks] == ["SHARE"]


@pytest.mark.parametrize(
    "body",
    [
        "IF x THEN\nDROP TABLE orders; END IF;",
        "LOOP\nDROP TABLE orders; END LOOP;",
        "BEGIN\nDROP TABLE orders; EXCEPTION WHEN OTHERS THEN NULL; END;",
        "IF x THEN EXECUTE '\nDROP TABLE orders'; END IF;",
    ],
)
def test_what_is_only_possible_says_so(body: str) -> None:
    found = only(judge(do(body), history=ORDERS), "MR101")
    assert found.span.line == 4
    assert found.message.endswith("(inside a DO block, where it is not always reached)")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("NULL;", []),
        ("RAISE NOTICE 'rows: %', (SELECT count(*) FROM orders);", []),
        ("-- DROP TABLE orders;\nPERFORM 'DROP TABLE orders; END';", []),
        ("IF NOT EXISTS (SELECT FROM pg_type) THEN CREATE TYPE mood AS ENUM ('a'); END IF;", []),
        ("ALTER TABLE orders ADD COLUMN x int;", []),
        ("EXECUTE 'ALTER TABLE orders ADD COLUMN x int';", []),
        ("EXECUTE 'DROP TABLE orders';", ["MR101"]),
        ("EXECUTE format('DROP TABLE %I', 'orders');", ["MR101"]),
        ("EXECUTE format('DROP TABLE %I', x);", ["MR501"]),
        ("EXECUTE x;\nEXECUTE y;", ["MR501", "MR501"]),
        ("CALL p();", ["MR501"]),
        ("ALTER TABLE orders FROBNICATE;", ["MR501"]),
        ("UPDATE orders SET note = '';", ["MR301"]),
        ("UPDATE orders SET note = '';\nUPDATE orders SET note = '';", ["MR301", "MR301"]),
        ("CREATE INDEX CONCURRENTLY i ON orders (note);", ["MR402"]),
        ("COMMIT;", ["MR404"]),
        ("CREATE TABLE t (id int); CREATE INDEX i ON t (id); DROP TABLE t;", []),
        ("ALTER TABLE orders ADD COLUMN note text;", ["MR405"]),
        ("IF x THEN ALTER TABLE orders ADD COLUMN note text; END IF;", []),
        ("IF x THEN CREATE TABLE t (id int); CREATE INDEX i ON t (id); END IF;", []),
        ("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP TABLE orders';", []),
    ],
)
def test_rules_inside_a_block(body: str, expected: list[str]) -> None:
    assert codes(judge(do(body), history=ORDERS)) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (do("ALTER TABLE orders ADD COLUMN x int;") + "ALTER TABLE orders ADD COLUMN x int", ["MR405"]),
        (do("DROP TABLE t;") + "SELECT 1", ["MR101", "MR405"]),
        (do("IF y THEN ALTER TABLE orders ADD COLUMN x int; END IF;") + "ALTER TABLE orders ADD COLUMN x int", []),
        (
            do("IF y THEN ALTER TABLE orders ADD COLUMN x int; END IF;") + "ALTER TABLE orders RENAME x TO z",
            ["MR104", "MR504"],
        ),
        (do("IF y THEN CREATE TABLE t (id int); END IF;") + "INSERT INTO t VALUES (1)", []),
        (do("NULL;") + "INSERT INTO t VALUES (1)", ["MR405"]),
        (do("EXECUTE x;") + "INSERT INTO t VALUES (1)", ["MR501"]),
    ],
)
def test_what_follows_a_block_knows_what_it_does(sql: str, expected: list[str]) -> None:
    assert codes(judge(sql, history=ORDERS)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("CREATE TABLE t (id int);", []),
        ("IF x THEN CREATE TABLE t (id int); END IF;", []),
        ("EXECUTE x;", []),
        ("ALTER TABLE orders ADD COLUMN y int;", ["MR405"]),
        ("IF NOT EXISTS (SELECT 1) THEN CREATE TABLE orders (id int); END IF;", []),
    ],
)
def test_blocks_in_older_files(body: str, expected: list[str]) -> None:
    assert codes(judge("INSERT INTO t VALUES (1)", history=[ORDERS, do(body)])) == expected


def test_the_reason_of_what_is_not_analysed_stands_at_its_place() -> None:
    found = only(judge(do("NULL;\n  EXECUTE 'DROP TABLE ' || x;"), history=ORDERS), "MR501")
    assert (found.severity, found.span.line, found.span.column) == ("warning", 4, 11)
    assert "put together at run time" in found.message


def test_a_block_outside_a_transaction_may_commit_but_builds_no_index_concurrently() -> None:
    off = "-- migrail: transaction=off\n"
    body = "UPDATE orders SET note = '' WHERE note IS NULL; COMMIT;"
    assert codes(judge(off + do(body), history=ORDERS)) == []
    found = only(judge(off + do("CREATE INDEX CONCURRENTLY i ON orders (note);"), history=ORDERS), "MR402")
    assert "a DO block always runs in one" in found.message


def test_a_suppression_before_the_block_holds_inside() -> None:
    sql = '-- migrail: ignore MR101 reason="not used since release 40"\n' + do("DROP TABLE orders;")
    assert codes(judge(sql, history=ORDERS)) == []


@pytest.mark.parametrize(
    ("body", "phase", "compatible", "opaque"),
    [
        ("UPDATE orders SET note = '' WHERE note IS NULL;", "backfill", True, 0),
        ("ALTER TABLE orders ADD COLUMN x int;", "expand", True, 0),
        ("IF x THEN DROP TABLE orders; END IF;", "contract", False, 0),
        ("ALTER TABLE orders FROBNICATE;", "expand", False, 1),
        ("EXECUTE x;", "expand", True, 1),
        ("NULL;", "expand", True, 0),
    ],
)
def test_phases(body: str, phase: str, compatible: bool, opaque: int) -> None:
    (summary,) = judge(do(body), history=ORDERS).migrations
    assert (summary.phase, summary.backward_compatible, summary.opaque) == (phase, compatible, opaque)


def _explain(sql: str) -> tuple[ExplainedStatement, str]:
    found = explain([script(ORDERS)], [script(sql, number=2)], dialect=dialects.get("postgres"), version=(15,))
    (said,) = found.statements
    return said, render(found, color=False, width=100)


def test_explain_lists_what_a_block_does() -> None:
    said, text = _explain(do("CREATE INDEX i ON orders (note);\nIF x THEN\nDROP TABLE orders; END IF; EXECUTE y;"))
    run, index, drop = said.operations
    assert run["unread"] == [{"reason": "EXECUTE of a text that is put together at run time", "line": 5}]
    assert (index["kind"], index["object"], index["certainty"], index["line"]) == (
        "create_index",
        "public.orders",
        "certain",
        3,
    )
    assert (drop["kind"], drop["certainty"], drop["line"]) == ("drop_table", "possible", 5)
    assert [(lock.relation, lock.mode) for lock in said.locks] == [("public.orders", "ACCESS EXCLUSIVE")]
    assert "create index i: public.orders (line 3)\n" in text
    assert "drop table: public.orders (line 5, possibly)\n" in text


def test_explain_lists_what_a_function_will_do() -> None:
    said, _ = _explain("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS '\nDELETE FROM orders'")
    (function,) = said.operations
    assert isinstance(function["operations"], list)
    (inner,) = function["operations"]
    assert (inner["kind"], inner["object"], inner["line"]) == ("delete", "public.orders", 2)


def test_explain_says_what_was_not_understood_in_a_block_and_what_was() -> None:
    said, text = _explain(do("DROP TABLE orders;\nALTER TABLE orders FROBNICATE;"))
    assert not said.understood
    assert "not understood: unexpected FROBNICATE (line 4)" in text
    assert "drop table: public.orders (line 3)" in text
