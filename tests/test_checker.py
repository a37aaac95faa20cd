"""check and explain as wholes: suppressions, severities, order, phases."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.checker import ExplainedStatement, explain
from migrail.model.errors import InputError
from migrail.model.findings import Severity
from tests.rules.checking import codes, judge, only, script

ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);"
INDEX = "CREATE INDEX i ON orders (note);"
IGNORE = '-- migrail: ignore MR201 reason="small table"\n'


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param(f"{IGNORE}{INDEX}", [], id="before the statement"),
        pytest.param(f"SELECT 1;\n{IGNORE}{INDEX}", [], id="before a later statement"),
        pytest.param(f"{IGNORE}\nSELECT 1;\n{INDEX}", [], id="for the whole file"),
        pytest.param(f"{IGNORE}SELECT 1;\n{INDEX}", [], id="at the top, right before a statement"),
        pytest.param(f"SELECT 0;\n{IGNORE}SELECT 1;\n{INDEX}", ["MR502", "MR201"], id="before another statement"),
        pytest.param(f"SELECT 0;\n{IGNORE}{INDEX}\nCREATE INDEX j ON orders (total);", ["MR201"], id="one of two"),
        pytest.param(f"{IGNORE}{IGNORE}{INDEX}", [], id="twice"),
        pytest.param(f"{IGNORE}SELECT 1;\n{IGNORE}{INDEX}", ["MR502"], id="file and statement: one is enough"),
        pytest.param(f"{IGNORE.replace('MR201', 'MR101, MR201')}{INDEX}", ["MR502"], id="one of two codes unused"),
        pytest.param(f"{IGNORE.replace('MR201', 'mr201')}{INDEX}", [], id="lower case"),
        pytest.param(f"{IGNORE.replace('MR201', 'MR502')}\n{INDEX}", ["MR502", "MR201"], id="MR502 itself"),
        pytest.param("SELECT 1; -- nothing", [], id="no directive"),
    ],
)
def test_suppressions(sql: str, expected: list[str]) -> None:
    assert codes(judge(sql, history=ORDERS)) == expected


def test_an_unused_suppression_is_a_warning_at_its_place() -> None:
    found = only(judge(f"SELECT 1;\n  {IGNORE}SELECT 2;", history=ORDERS), "MR502")
    assert (found.severity, found.span.line, found.span.column) == ("warning", 2, 3)
    assert "MR201" in found.message


def test_a_suppression_of_a_rule_that_is_off_is_not_called_unused() -> None:
    assert codes(judge(f"{IGNORE}{INDEX}", history=ORDERS, severities={"MR201": None})) == []


def test_suppressions_in_older_files_are_not_judged() -> None:
    old = '-- migrail: ignore MR999 reason="rule is gone"\n' + ORDERS
    assert codes(judge("SELECT 1;", history=[old, f"{IGNORE}SELECT 1;"])) == []


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("MR271", "there is no rule MR271; did you mean MR2"),
        ("MR20", "there is no rule MR20; did you mean MR201?"),
        ("mr2o1", "there is no rule MR2O1; did you mean MR201?"),
        ("MR000", "there is no rule MR000"),
        ("index-block-writes", "did you mean index-blocks-writes?"),
        ("index-blocks-writes", "there is no rule index-blocks-writes: write MR201, its code"),
    ],
)
def test_unknown_codes_are_input_errors_with_their_place(code: str, hint: str) -> None:
    bad = f'SELECT 1;\n  -- migrail: ignore {code} reason="x"\nSELECT 2;'
    with pytest.raises(InputError) as caught:
        judge([bad, bad], history=ORDERS)
    assert len(caught.value.problems) == 2
    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.column) == ("migrations/0002_change.sql", 2, 3)
    assert hint in problem.message


@pytest.mark.parametrize("comment", ["-- migrail: ignore MR201", '-- migrail: ignore MR201 reason=""'])
def test_a_suppression_needs_a_reason(comment: str) -> None:
    with pytest.raises(InputError, match="reason"):
        judge(f"{comment}\n{INDEX}")


@pytest.mark.parametrize(
    ("sql", "severities", "expected"),
    [
        (INDEX, {"MR201": Severity.WARNING}, [("MR201", "warning")]),
        (INDEX, {"MR201": None}, []),
        (INDEX, {"MR202": None}, [("MR201", "error")]),
        ("UPDATE orders SET note = ''", {"MR301": Severity.NOTE}, [("MR301", "note")]),
        ("UPDATE orders SET note = ''", {}, [("MR301", "warning")]),
    ],
)
def test_configured_severities_win(
    sql: str, severities: dict[str, Severity | None], expected: list[tuple[str, str]]
) -> None:
    result = judge(sql, history=ORDERS, severities=severities)
    assert [(finding.code, finding.severity) for finding in result.findings] == expected


def test_findings_are_ordered_by_file_place_and_code() -> None:
    last = "DROP TABLE orders;"
    first = f"SELECT 1; {INDEX}\nALTER TABLE orders ADD COLUMN x serial, DROP COLUMN note;"
    result = judge([first, last], history=ORDERS)
    assert [(f.migration[:4], f.span.line, f.code) for f in result.findings] == [
        ("0002", 1, "MR201"),
        ("0002", 2, "MR102"),
        ("0002", 2, "MR208"),
        ("0002", 2, "MR504"),
        ("0003", 1, "MR101"),
    ]
    assert result.sources == {"migrations/0002_change.sql": first, "migrations/0003_change.sql": last}


def test_the_same_words_about_one_statement_come_once() -> None:
    assert codes(judge("DROP TABLE orders, orders;")) == ["MR101"]


def test_findings_know_the_locks_and_counts_the_statements() -> None:
    result = judge(f"{INDEX} SELECT 1;", history=[ORDERS, "SELECT 1;"])
    (lock,) = result.findings[0].locks
    assert (lock.relation, lock.mode, lock.duration) == ("public.orders", "SHARE", "scan")
    assert (result.history, result.statements, result.opaque) == (2, 2, 0)
    assert [result.count(severity) for severity in Severity] == [1, 0, 0]


@pytest.mark.parametrize(
    ("sql", "phase", "compatible"),
    [
        ("ALTER TABLE orders ADD COLUMN x int", "expand", True),
        (INDEX, "expand", True),
        ("UPDATE orders SET note = '' WHERE note IS NULL", "backfill", True),
        ("SET lock_timeout = '1s'; INSERT INTO orders (id) VALUES (1)", "backfill", True),
        ("SET lock_timeout = '1s'", "expand", True),
        ("ALTER TABLE orders ADD COLUMN x int; UPDATE orders SET x = 1 WHERE x IS NULL", "expand", True),
        ("CREATE TABLE t (id int); INSERT INTO t VALUES (1)", "expand", True),
        ("CREATE TABLE t (id int, x int); ALTER TABLE t DROP COLUMN x; DROP TABLE t", "expand", True),
        ("DROP TABLE orders", "contract", False),
        ("ALTER TABLE orders DROP COLUMN note", "contract", False),
        ("ALTER TABLE orders RENAME TO o; CREATE VIEW orders AS SELECT * FROM o", "expand", True),
        ("ALTER TABLE orders ALTER COLUMN note SET NOT NULL", "contract", False),
        ("ALTER TABLE orders ALTER COLUMN id SET NOT NULL", "expand", True),
        ("ALTER TABLE orders ALTER COLUMN note TYPE varchar", "expand", True),
        ("ALTER TABLE orders ALTER COLUMN total TYPE bigint", "contract", False),
        ("ALTER TABLE orders ADD COLUMN x int NOT NULL", "expand", False),
        ("DROP VIEW v", "contract", False),
        ("DROP VIEW v; CREATE VIEW v AS SELECT 1 AS one", "expand", True),
        ("DROP FUNCTION f(int)", "contract", False),
        ("DROP TYPE t", "contract", False),
        ("ALTER TABLE orders FROBNICATE", "expand", False),
    ],
)
def test_phases(sql: str, phase: str, compatible: bool) -> None:
    (summary,) = judge(sql, history=ORDERS).migrations
    assert (summary.phase, summary.backward_compatible) == (phase, compatible)


def test_silencing_a_finding_does_not_make_the_change_compatible() -> None:
    sql = '-- migrail: ignore MR102 reason="not used since release 40"\nALTER TABLE orders DROP COLUMN note;'
    (summary,) = judge(sql, history=ORDERS, severities={"MR102": None}).migrations
    assert (summary.phase, summary.backward_compatible) == ("contract", False)


def test_nothing_new_is_an_empty_answer() -> None:
    result = judge([], history=ORDERS)
    assert (result.findings, result.migrations, result.history) == ((), (), 1)


def _explain(sql: str, history: str = ORDERS) -> list[ExplainedStatement]:
    postgres = dialects.get("postgres")
    found = explain([script(history)], [script(sql, number=2)], dialect=postgres, version=(15,))
    return list(found.statements)


def test_explain_an_index() -> None:
    (said,) = _explain(INDEX)
    assert (said.migration, said.number, said.sql) == ("0002_change", 1, INDEX.rstrip(";"))
    assert said.understood
    (operation,) = said.operations
    assert (operation["kind"], operation["object"]) == ("create_index", "public.orders")
    assert (operation["index"], operation["columns"], operation["concurrently"]) == ("i", ["note"], False)
    assert "table" not in operation
    assert [(lock.relation, lock.mode, lock.duration) for lock in said.locks] == [
        ("public.orders", "SHARE", "scan")
    ]
    assert (said.rewrites, said.scans, said.in_transaction) == ((), ("public.orders",), "allowed")
    assert said.phase == "expand"
    assert said.safer is not None
    assert "CREATE INDEX CONCURRENTLY i ON orders (note);" in said.safer


def test_explain_several_actions_of_one_statement() -> None:
    (said,) = _explain("ALTER TABLE orders ADD COLUMN x serial, ADD CHECK (total > 0), DROP COLUMN note")
    assert [operation["kind"] for operation in said.operations] == ["drop_column", "add_column", "add_constraint"]
    column = said.operations[1]["column"]
    assert isinstance(column, dict)
    assert (column["name"], column["type"]) == ("x", "integer")
    assert [(lock.relation, lock.mode, lock.duration) for lock in said.locks] == [
        ("public.orders", "ACCESS EXCLUSIVE", "rewrite")
    ]
    assert said.phase == "contract"


def test_explain_what_was_not_understood_and_what_is_fine() -> None:
    first, second = _explain("ALTER TABLE orders FROBNICATE; ALTER TABLE orders ADD COLUMN x int")
    assert not first.understood
    assert first.reason
    assert second.safer is None


def test_explain_statements_outside_a_transaction() -> None:
    (said,) = _explain("-- migrail: transaction=off\nCREATE INDEX CONCURRENTLY i ON orders (note)")
    assert (said.in_transaction, said.safer) == ("forbidden", None)


@pytest.mark.parametrize("name", ['"a\nb"', '"x\x1b[31m"', '"\u202eevil"'])
def test_hostile_names_are_visible_in_messages_and_help(name: str) -> None:
    for code, sql in (("MR101", f"DROP TABLE {name}"), ("MR201", f"CREATE INDEX i ON {name} (c)")):
        found = only(judge(sql), code)
        assert found.message.isprintable()
        assert all(line.isprintable() for line in found.help.split("\n"))
        assert found.object is not None
        assert found.object.isprintable()
