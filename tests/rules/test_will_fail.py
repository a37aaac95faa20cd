"""What rules say will fail does fail on a server, and what they accept does not."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url

from migrail import dialects
from migrail.checker import CheckResult
from migrail.model.findings import Category, Finding, Severity
from migrail.model.migration import TransactionMode
from migrail.pipeline.course import course
from migrail.rules import Example, Rule, read_page, rules
from tests.rules.checking import judge, only, script
from tests.support.servers import fresh_database, libpq

STOCK = """
CREATE TABLE customers (id bigint PRIMARY KEY, phone text, active boolean);
CREATE TABLE orders (id bigint PRIMARY KEY, total integer, net numeric, customer_id bigint);
"""
"""What examples without a history are about."""

ROWS = {
    "MR401": "INSERT INTO orders (id) VALUES (1)",
    "MR406": "INSERT INTO orders VALUES (1, 'a text that is longer than twenty characters, and no number')",
}
"""Rules that speak about rows."""

STATES = {
    "MR401": {"23502"},
    "MR402": {"25001"},
    "MR403": {"0A000", "42804", "42P16"},
    "MR405": {"42701", "42P07"},
    "MR406": {"22001", "22P02"},
    "MR407": {"2BP01", "0A000"},
    "MR408": {"55P04"},
    "MR409": {"42830", "42804"},
    "MR410": {"0A000"},
    "MR411": {"42P16", "42P13"},
}
"""How the server refuses."""

NOT_THE_SERVER = {"MR404": "the promoter refuses it, the server would end the transaction"}

RULES = [
    rule
    for rule in rules().values()
    if rule.category is Category.WILL_FAIL and rule.check_operation and rule.code not in NOT_THE_SERVER
]


def _examples(heading: str) -> Iterator[object]:
    for rule in RULES:
        examples = [example for example in read_page(rule).examples(heading) if example.dialect == "postgres"]
        for number, example in enumerate(examples, 1):
            yield pytest.param(rule, example, id=f"{rule.code}-{number}")


@pytest.fixture(scope="module", params=["postgres", "postgres_18"])
def connection(request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    with (
        fresh_database(request.getfixturevalue(request.param)) as database,
        psycopg.connect(libpq(make_url(database)), autocommit=True) as opened,
    ):
        yield opened


def _prepare(connection: psycopg.Connection, rule: Rule, example: Example) -> None:
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    more = "ALTER TABLE orders ADD COLUMN note text" if rule.code == "MR402" else ""
    connection.execute(example.history or STOCK + more)  # type: ignore[call-overload]


def _apply(connection: psycopg.Connection, text: str) -> None:
    """As it is promoted: in one transaction, or each statement by itself."""
    read = script(text)
    plan = course(read, dialects.get("postgres"), TransactionMode.MIGRATION)
    statements = [item.statement.text for item in read.statements]
    if read.directives.transaction is TransactionMode.OFF or (len(statements) == 1 and plan.outside):
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
        return
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize(("rule", "example"), list(_examples("Refused")))
def test_the_server_refuses(rule: Rule, example: Example, connection: psycopg.Connection) -> None:
    _prepare(connection, rule, example)
    if rule.code in ROWS:
        connection.execute(ROWS[rule.code])  # type: ignore[call-overload]
    with pytest.raises(psycopg.Error) as caught:
        _apply(connection, example.migration)
    assert caught.value.sqlstate in STATES[rule.code]
    said = only(judge(example.migration, history=example.history), rule.code).message
    if "(" in said and rule.code in ("MR407", "MR408", "MR409", "MR410"):
        assert f"({caught.value.sqlstate})" in said


@pytest.mark.parametrize(("rule", "example"), list(_examples("Accepted")))
def test_the_server_accepts(rule: Rule, example: Example, connection: psycopg.Connection) -> None:
    _prepare(connection, rule, example)
    if rule.code == "MR403" and "VIRTUAL" in example.migration:
        return
    _apply(connection, example.migration)


MORE = [
    ("2BP01", "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);", "ALTER TABLE t DROP COLUMN a"),
    ("2BP01", "CREATE TABLE t (a int); CREATE POLICY p ON t USING (a > 0);", "ALTER TABLE t DROP COLUMN a"),
    ("0A000", "CREATE TABLE t (a int); CREATE POLICY p ON t USING (a > 0);", "ALTER TABLE t ALTER a TYPE bigint"),
    (
        "2BP01",
        "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();",
        "ALTER TABLE t DROP COLUMN a",
    ),
    (
        "0A000",
        "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.a > 0) EXECUTE FUNCTION f();",
        "ALTER TABLE t ALTER a TYPE bigint",
    ),
    (
        "2BP01",
        "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();",
        "DROP FUNCTION f()",
    ),
    ("2BP01", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t;", "ALTER TABLE t DROP COLUMN a"),
    ("2BP01", "CREATE VIEW v AS SELECT 1 AS a; CREATE VIEW w AS SELECT a FROM v;", "DROP VIEW v"),
    ("2BP01", "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'));", "DROP SEQUENCE s"),
    ("2BP01", "CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t);"
     "CREATE TABLE u (b int REFERENCES t);", "ALTER TABLE t DROP CONSTRAINT t_pkey"),
    ("2BP01", "CREATE TABLE t (a int UNIQUE); CREATE TABLE u (b int REFERENCES t (a));", "ALTER TABLE t DROP a"),
    ("42P16", "CREATE TABLE t (a int, b int) PARTITION BY LIST (a);", "ALTER TABLE t DROP COLUMN a"),
    ("42P16", "CREATE TABLE t (a int, b int) PARTITION BY LIST (a);", "ALTER TABLE t ALTER a TYPE bigint"),
    ("42804", "CREATE TABLE t (a text DEFAULT '1');", "ALTER TABLE t ALTER a TYPE int USING a::int"),
    ("42804", "CREATE TYPE m AS ENUM ('x'); CREATE TABLE t (a text);", "ALTER TABLE t ALTER a TYPE m"),
    ("42830", "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));", "CREATE TABLE t (a int REFERENCES p)"),
    ("42830", "CREATE TABLE p (a int); CREATE UNIQUE INDEX i ON p (a) WHERE a > 0;",
     "CREATE TABLE t (a int REFERENCES p (a))"),
    ("0A000", "CREATE TABLE t (a int, b int) PARTITION BY RANGE ((a + b));", "ALTER TABLE t ADD UNIQUE (a, b)"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "history", "sql"), MORE)
def test_more_that_the_server_refuses(state: str, history: str, sql: str, connection: psycopg.Connection) -> None:
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute(history)  # type: ignore[call-overload]
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(sql)  # type: ignore[call-overload]
    assert caught.value.sqlstate == state
    (found,) = _certain(judge(sql, history=history))
    assert state in found.message


def _certain(result: CheckResult) -> list[Finding]:
    errors = (finding for finding in result.findings if finding.severity is Severity.ERROR)
    return [finding for finding in errors if finding.category is Category.WILL_FAIL]


SILENT = [
    ("CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD COLUMN b int;",
     "ALTER TABLE t DROP COLUMN b"),
    ("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a, count(*) AS b FROM t GROUP BY a;",
     "ALTER TABLE t DROP COLUMN b"),
    ("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a, 'b' AS x FROM t;", "ALTER TABLE t DROP COLUMN b"),
    ("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;", "ALTER TABLE t DROP COLUMN a CASCADE"),
    ("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;", "ALTER TABLE t RENAME a TO b"),
    ("CREATE TABLE t (a text DEFAULT '1');",
     "ALTER TABLE t ALTER a TYPE int USING a::int, ALTER a DROP DEFAULT"),
    ("CREATE TABLE t (a int DEFAULT 1);", "ALTER TABLE t ALTER a TYPE numeric"),
    ("CREATE TABLE t (a int UNIQUE, b int REFERENCES t (a)); CREATE UNIQUE INDEX i ON t (a);",
     "CREATE TABLE u (a int REFERENCES t (a))"),
    ("CREATE TABLE p (a int PRIMARY KEY);", "CREATE TABLE t (a bigint REFERENCES p)"),
    ("CREATE TABLE t (a int, b int) PARTITION BY RANGE (a, b);", "ALTER TABLE t ADD UNIQUE (b, a)"),
    ("CREATE TYPE m AS ENUM ('x'); CREATE TABLE t (a m);", "ALTER TABLE t ALTER a TYPE text"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "sql"), SILENT)
def test_what_the_server_accepts_is_not_said_to_fail(
    history: str, sql: str, connection: psycopg.Connection
) -> None:
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute(history)  # type: ignore[call-overload]
    connection.execute(sql)  # type: ignore[call-overload]
    assert _certain(judge(sql, history=history)) == []


def test_an_interrupted_index_is_kept_by_if_not_exists(connection: psycopg.Connection) -> None:
    """MR503: IF NOT EXISTS looks at the name only."""
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")
    connection.execute("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)")
    row = connection.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass").fetchone()
    assert row == (False,)


def test_a_table_with_json_cannot_be_compared(connection: psycopg.Connection) -> None:
    """MR115."""
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute("CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b json")
    for query in ("SELECT DISTINCT * FROM t", "SELECT * FROM t UNION SELECT * FROM t"):
        with pytest.raises(psycopg.errors.UndefinedFunction):
            connection.execute(query)


def test_on_conflict_needs_its_index(connection: psycopg.Connection) -> None:
    """MR116 and MR117."""
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute("CREATE TABLE t (a int CONSTRAINT k UNIQUE)")
    insert = "INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING"
    connection.execute(insert)
    connection.execute("ALTER TABLE t DROP CONSTRAINT k")
    with pytest.raises(psycopg.errors.InvalidColumnReference):
        connection.execute(insert)


def test_a_string_body_breaks_when_it_is_called(connection: psycopg.Connection) -> None:
    """MR118."""
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute("CREATE TABLE t (a int, b int)")
    connection.execute("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT b FROM t'")
    connection.execute("ALTER TABLE t DROP COLUMN b")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        connection.execute("SELECT f()")
