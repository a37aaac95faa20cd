"""Every rewrite is executed on a server: it does the same as the statement that it stands for, and is clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from migrail.catalog import Catalog
from migrail.catalog.compare import Difference, compare, diff_lines
from migrail.checker import rewritten
from migrail.model.findings import Category, Finding, Severity
from migrail.model.migration import TransactionMode
from migrail.model.structure import Name
from migrail.rules import read_page, rules
from tests.catalog.comparing import connected, looked_at
from tests.rules.checking import judge, script
from tests.support.servers import fresh_database

STOCK = """
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (
  id bigint PRIMARY KEY, note text, total integer, customer_id bigint, number text, net numeric, at timestamp
);
CREATE TABLE "Order 'Lines'" (id bigint PRIMARY KEY, note varchar(20));
CREATE TABLE bare (id bigint NOT NULL, code text);
INSERT INTO customers VALUES (1), (2);
INSERT INTO orders VALUES (1, 'a', 1, 1, 'x', 1.5, '2026-01-01'), (2, 'b', 2, 2, 'y', 2.5, '2026-01-02');
INSERT INTO "Order 'Lines'" VALUES (1, 'a'), (2, 'b');
INSERT INTO bare VALUES (1, 'a'), (2, 'b');
"""
"""What examples without a history are about."""


@dataclass(frozen=True)
class Trial:
    """A statement whose rewrite is tried."""

    code: str
    sql: str
    history: str = STOCK
    only: tuple[int, ...] = (15, 18)
    """Majors of the servers on which it is tried."""

    @property
    def id(self) -> str:
        return f"{self.code}-{re.sub(r'[^A-Za-z0-9_]+', '-', self.sql)[:70].strip('-')}"


PARTED = """
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (at);
CREATE TABLE "Events 2 a" PARTITION OF events_2 FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE events_3 (id integer NOT NULL, at date NOT NULL, note text);
INSERT INTO events VALUES (1, '2026-01-01', 'a'), (11, '2026-01-02', 'b');
INSERT INTO events_3 VALUES (20, '2026-03-01', 'c');
"""

HUNG = """
CREATE TABLE days (day bigint PRIMARY KEY);
CREATE TABLE sold (
  id serial PRIMARY KEY, "Day" integer NOT NULL REFERENCES days ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  total integer DEFAULT 3 CHECK (total > 0) CHECK (id <> total), note text, UNIQUE (total, id) INCLUDE (note)
);
CREATE TABLE numbered (id integer GENERATED ALWAYS AS IDENTITY, n integer, EXCLUDE (n WITH =));
CREATE INDEX sold_big ON sold USING btree (total DESC NULLS LAST) WHERE total > 5 AND note <> 'total';
CREATE UNIQUE INDEX "Sold 2" ON sold (lower(note), (total + 1)) INCLUDE (id) WITH (fillfactor=70);
CREATE UNIQUE INDEX sold_once ON sold (total, id) NULLS NOT DISTINCT;
ALTER TABLE sold ADD CONSTRAINT later CHECK (total < 1000) NOT VALID;
INSERT INTO days VALUES (1);
INSERT INTO sold ("Day", total) VALUES (1, 7), (1, 8);
INSERT INTO numbered (n) VALUES (7), (8);
"""
"""Columns with everything that can hang on one."""

LONG = f"""
CREATE TABLE {"grossartige_" * 5}x (id bigint PRIMARY KEY, {"ä" * 31} integer NOT NULL, n text);
CREATE INDEX {"bücher_" * 7}i ON {"grossartige_" * 5}x ({"ä" * 31});
"""
"""Names that have no room for more."""

RESTED = (
    f"{PARTED} CREATE TABLE events_rest PARTITION OF events DEFAULT; INSERT INTO events_rest VALUES (99, now());"
)

LISTED = """
CREATE TABLE sales ("Region" text, n integer) PARTITION BY LIST ("Region");
CREATE TABLE sales_eu ("Region" text, n integer);
CREATE TABLE sales_rest PARTITION OF sales DEFAULT;
INSERT INTO sales_eu VALUES ('fr', 1), ('de', 2);
INSERT INTO sales_rest VALUES ('us', 3);
"""

KEYED = (
    f"CREATE TABLE days (day date PRIMARY KEY); INSERT INTO days VALUES ('2026-01-01'), ('2026-01-02'); {PARTED}"
)

MORE = [
    Trial("MR103", "ALTER TABLE \"Order 'Lines'\" RENAME TO lines"),
    Trial("MR104", "ALTER TABLE orders RENAME total TO amount"),
    Trial("MR104", "ALTER TABLE sold RENAME id TO number", HUNG),
    Trial("MR104", "ALTER TABLE sold RENAME total TO amount", HUNG),
    Trial("MR104", 'ALTER TABLE sold RENAME "Day" TO "Date sold"', HUNG.replace("day bigint", "day integer")),
    Trial("MR104", "ALTER TABLE numbered RENAME id TO number", HUNG),
    Trial("MR107", "ALTER TABLE orders SET SCHEMA archive", STOCK + "CREATE SCHEMA archive;"),
    Trial(
        "MR107",
        'ALTER MATERIALIZED VIEW "Sum" RENAME TO sums',
        STOCK + 'CREATE MATERIALIZED VIEW "Sum" AS SELECT count(*) AS n FROM orders;',
    ),
    Trial("MR111", "ALTER TABLE orders ADD x text NOT NULL DEFAULT ''; ALTER TABLE orders ALTER x DROP DEFAULT;"),
    Trial("MR115", "ALTER TABLE orders ADD COLUMN details json NOT NULL DEFAULT '{}'::json, ADD COLUMN x int"),
    Trial("MR402", "ALTER TABLE orders ADD COLUMN x int; CREATE INDEX CONCURRENTLY i ON orders (note)"),
    Trial(
        "MR408",
        "ALTER TYPE mood ADD VALUE 'mixed'; ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'mixed'",
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
    ),
    Trial("MR201", "CREATE INDEX i ON events (note)", PARTED),
    Trial("MR201", "CREATE INDEX ON events USING btree (note DESC, at)", PARTED),
    Trial("MR201", "CREATE INDEX i ON events (lower(note)) WHERE at > '2026-01-01'", PARTED),
    Trial("MR207", "ALTER TABLE events ADD CONSTRAINT u UNIQUE (id, at)", PARTED),
    Trial("MR207", "ALTER TABLE events ADD PRIMARY KEY (id, at)", PARTED),
    Trial("MR205", "ALTER TABLE events ADD FOREIGN KEY (at) REFERENCES days", KEYED),
    Trial("MR205", "ALTER TABLE events ADD CONSTRAINT k FOREIGN KEY (at) REFERENCES days ON DELETE CASCADE", KEYED),
    Trial("MR215", "ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM (20) TO (MAXVALUE)", PARTED),
    Trial("MR215", "ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM (20) TO (30)", RESTED),
    *(
        Trial(
            "MR214",
            sql,
            'CREATE DOMAIN positive AS integer; CREATE TABLE "A b" (id positive, "N" positive);'
            'CREATE TABLE b (n positive CHECK (n < 9)); INSERT INTO "A b" VALUES (1, 2); INSERT INTO b VALUES (3);'
            "ALTER DOMAIN positive ADD CONSTRAINT c CHECK (VALUE > 0 AND VALUE::text <> 'value') NOT VALID;",
        )
        for sql in ("ALTER DOMAIN positive VALIDATE CONSTRAINT c", "ALTER DOMAIN positive SET NOT NULL")
    ),
    Trial("MR215", "ALTER TABLE sales ATTACH PARTITION sales_eu FOR VALUES IN ('fr', 'de')", LISTED),
    Trial("MR215", "ALTER TABLE sales ATTACH PARTITION sales_eu FOR VALUES IN (NULL, 'fr', 'de')", LISTED),
    Trial("MR216", "CREATE TABLE sales_as PARTITION OF sales FOR VALUES IN ('jp', NULL)", LISTED),
    Trial("MR216", "CREATE TABLE sales_none PARTITION OF sales FOR VALUES IN (NULL)", LISTED),
    Trial("MR216", "CREATE TABLE events_4 PARTITION OF events FOR VALUES FROM (40) TO (50)", RESTED),
    Trial(
        "MR211",
        "DROP INDEX orders_note;\n-- longer\nCREATE UNIQUE INDEX orders_note ON orders USING btree (note, total);",
        STOCK + "CREATE INDEX orders_note ON orders (note);",
    ),
    Trial("MR213", 'ALTER TABLE sold DROP COLUMN "Day"', HUNG),
    Trial("MR225", "ALTER TABLE orders ADD CHECK (total > 0); ALTER TABLE orders ALTER note TYPE varchar(9);"),
    Trial("MR507", "ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers, ADD COLUMN d int"),
    Trial("MR507", 'CREATE TABLE "Ä" (id int PRIMARY KEY, "C" bigint REFERENCES customers)'),
    Trial("MR216", "CREATE TABLE events_4 PARTITION OF events FOR VALUES FROM (40) TO (50)", PARTED),
    Trial("MR217", "ALTER TABLE events DETACH PARTITION events_1", PARTED),
    Trial("MR201", "CREATE UNIQUE INDEX i ON orders (lower(note)) WHERE total > 0"),
    Trial("MR202", "ALTER TABLE \"Order 'Lines'\" ALTER note SET NOT NULL"),
    Trial(
        "MR202",
        "ALTER TABLE orders ALTER note SET NOT NULL",
        STOCK + "ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;",
        only=(15,),
    ),
    Trial("MR202", "ALTER TABLE orders ADD COLUMN x int, ALTER note SET NOT NULL, DROP COLUMN net"),
    Trial("MR202", "ALTER TABLE orders ADD CONSTRAINT n NOT NULL note", only=(18,)),
    Trial("MR202", "ALTER TABLE orders ADD v int GENERATED ALWAYS AS (id * 2) VIRTUAL NOT NULL", only=(18,)),
    Trial("MR203", "ALTER TABLE orders ALTER total TYPE bigint"),
    Trial("MR203", "ALTER TABLE bare ALTER id TYPE integer"),
    Trial("MR203", "ALTER TABLE sold ALTER id TYPE bigint", HUNG),
    Trial("MR203", "ALTER TABLE sold ALTER total TYPE bigint", HUNG),
    Trial("MR203", 'ALTER TABLE sold ALTER "Day" TYPE bigint', HUNG),
    Trial("MR203", f"ALTER TABLE {'grossartige_' * 5}x ALTER {'ä' * 31} TYPE bigint", LONG),
    Trial("MR202", f"ALTER TABLE {'grossartige_' * 5}x ALTER n SET NOT NULL", LONG),
    Trial("MR203", "ALTER TABLE numbered ALTER id TYPE bigint", HUNG),
    Trial("MR203", "ALTER TABLE orders ALTER COLUMN total TYPE text USING 'no. ' || total"),
    Trial(
        "MR203",
        "ALTER TABLE \"Order 'Lines'\" ALTER note TYPE text",
        STOCK + "ALTER TABLE \"Order 'Lines'\" ADD CONSTRAINT c CHECK (note <> '');",
    ),
    Trial("MR205", "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE SET NULL"),
    Trial("MR205", "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 NOT NULL REFERENCES customers (id)"),
    Trial("MR206", "ALTER TABLE orders ADD CHECK (total > 0)"),
    Trial("MR206", "ALTER TABLE orders ADD CHECK (total >= id), ADD COLUMN z int"),
    Trial("MR206", "ALTER TABLE orders ADD COLUMN y int DEFAULT 1 CHECK (y > 0) CONSTRAINT small CHECK (y < 9)"),
    Trial("MR207", "ALTER TABLE orders ADD UNIQUE (note, total)"),
    Trial("MR207", "ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note) INCLUDE (total) DEFERRABLE"),
    Trial("MR207", "ALTER TABLE orders ADD COLUMN z text UNIQUE"),
    Trial("MR207", "ALTER TABLE bare ADD PRIMARY KEY (id)"),
    Trial("MR207", "ALTER TABLE bare ADD PRIMARY KEY (code)"),
    Trial("MR207", "ALTER TABLE bare ADD PRIMARY KEY (id, code), ADD COLUMN z int"),
    Trial(
        "MR207",
        "ALTER TABLE bare ADD CONSTRAINT k PRIMARY KEY USING INDEX i",
        STOCK + "CREATE UNIQUE INDEX i ON bare (code);",
    ),
    Trial("MR208", "ALTER TABLE orders ADD COLUMN x serial"),
    Trial("MR208", "ALTER TABLE bare ADD COLUMN n bigserial PRIMARY KEY"),
    Trial(
        "MR208",
        "ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (net * 2) STORED NOT NULL UNIQUE",
        only=(15,),
    ),
    Trial("MR208", 'ALTER TABLE bare ADD n uuid DEFAULT gen_random_uuid() CONSTRAINT "K" PRIMARY KEY, ADD z int'),
    Trial("MR208", "ALTER TABLE bare ADD n int GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    Trial("MR208", "ALTER TABLE bare ADD n uuid UNIQUE DEFAULT gen_random_uuid()"),
    Trial("MR208", "ALTER TABLE bare ADD n serial UNIQUE NOT NULL"),
    Trial("MR208", "ALTER TABLE \"Order 'Lines'\" ADD COLUMN x bigserial"),
    Trial("MR208", "ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid()"),
    Trial("MR208", "ALTER TABLE orders ADD COLUMN x uuid NOT NULL DEFAULT gen_random_uuid()"),
    Trial("MR208", "ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS IDENTITY"),
    Trial("MR208", "ALTER TABLE orders ADD COLUMN x bigint GENERATED BY DEFAULT AS IDENTITY"),
]


def _examples() -> Iterator[Trial]:
    for rule in rules().values():
        if rule.check_operation is None or rule.category is Category.WILL_FAIL:
            continue  # nothing to compare with: see test_will_fail.py
        for example in read_page(rule).examples("Refused"):
            history = example.history or STOCK
            found = judge(
                example.migration, history=history, dialect=example.dialect, version=example.version
            ).findings
            if example.dialect == "postgres" and any(f.rewrite for f in found if f.code == rule.code):
                version = example.version or (15, 18)
                yield Trial(rule.code, example.migration, history, only=tuple({*version} & {15, 18}))


OTHER_RESULT = {
    "ALTER DOMAIN positive": "the tables have the constraint instead of the domain",
    "DROP DEFAULT": "the default stays until a later change",
    "orders_customer FOREIGN KEY": "an index is there as well",
    "ADD COLUMN c bigint REFERENCES customers, ADD": "an index is there as well",
    'CREATE TABLE "Ä"': "an index is there as well",
    "ADD COLUMN gross numeric GENERATED": "a trigger or a virtual column stands in for the stored one",
    "DETACH PARTITION": "CONCURRENTLY leaves a CHECK with the old bound",
    "ADD COLUMN amount positive": "the check is one of the table instead of the domain",
    "details json": "jsonb is proposed instead of json",
    "RENAME VALUE": "the old value stays, since nothing takes it away",
}
"""Rewrites that leave another structure behind, and why nothing better can be done."""

STILL_SAID = {
    "MR103": {"MR105": "the view goes, when no version uses the old name"},
    "MR104": {"MR102": "the old column goes, when no version uses it"},
    "MR107": {"MR105": "the view goes, when no version uses the old name"},
    "MR203": {"MR102": "the old column goes, when its successor is filled", "MR104": "the new one takes its name"},
}
"""What is rightly said about the steps of a rewrite, by code of the rule that proposes it."""

TRIALS = [*_examples(), *MORE]


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[Callable[[int], Connection]]:
    """A connection to a database of this module on each server, by major version."""
    with ExitStack() as stack:
        opened: dict[int, Connection] = {}

        def connection(major: int) -> Connection:
            if major not in opened:
                url: URL = request.getfixturevalue("postgres" if major == 15 else "postgres_18")
                opened[major] = stack.enter_context(connected(stack.enter_context(fresh_database(url))))
            return opened[major]

        yield connection


@pytest.mark.parametrize(
    ("trial", "major"),
    [pytest.param(trial, major, id=f"{trial.id}-{major}") for trial in TRIALS for major in trial.only],
)
def test_a_rewrite_does_the_same_and_is_clean(
    trial: Trial, major: int, server: Callable[[int], Connection]
) -> None:
    finding = _finding(trial, major)
    refused = "-- migrail: transaction=off\n" if trial.code in {"MR402", "MR408"} else ""
    wanted = applied(server(major), trial.history, [refused + trial.sql])
    files = _files(trial.sql, finding)
    made = applied(server(major), trial.history, files)
    if not any(words in trial.sql for words in OTHER_RESULT):
        assert diff_lines(d for d in compare(wanted[0], made[0]) if not _allowed(d)) == []
        assert wanted[1:] == made[1:]
    assert _said(trial, files, major) == []


def _allowed(difference: Difference) -> bool:
    """A constraint may have been validated on the way, and a column that takes the place of another comes last."""
    return difference.what == "column order" or (difference.what, difference.found) == ("validity", "valid")


def _files(sql: str, finding: Finding) -> list[str]:
    """The migrations that the rewrite makes of a file, each of which is put in the statement's place."""
    assert finding.rewrite is not None
    whole = script(sql)
    number = next(
        read.statement.number
        for read in whole.statements
        if read.statement.span.start <= finding.span.start < read.statement.span.end
    )
    found = rewritten(whole, number, finding.rewrite)
    return [found.text, *(draft.text for draft in found.added)]


def _finding(trial: Trial, major: int) -> Finding:
    found = judge(trial.sql, history=trial.history, version=(major,)).findings
    return next(finding for finding in found if finding.code == trial.code and finding.rewrite)


def _said(trial: Trial, files: Sequence[str], major: int) -> list[str]:
    """What must not be said about the steps: every lock finding, and everything that is not a note."""
    result = judge(files, history=trial.history, version=(major,))
    original = {f.code for f in judge(trial.sql, history=trial.history, version=(major,)).findings} - {trial.code}
    return [
        f"{finding.code} {finding.message}"
        for finding in result.findings
        if finding.severity is not Severity.NOTE
        and finding.code not in STILL_SAID.get(trial.code, {})
        and finding.code not in original
        and finding.category is not Category.CONVENTION
    ]


def applied(
    connection: Connection, history: str, migrations: Sequence[str]
) -> tuple[Catalog, dict[str, list[int]], list[str]]:
    """What is there afterwards: the structure, how many values each column has, and how indexes are made."""
    for statement in (
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
        "DROP SCHEMA IF EXISTS archive CASCADE",
    ):
        connection.exec_driver_sql(statement)
    for text in (history, *migrations):
        _apply(connection, text)
    catalog = looked_at(connection)
    counts = {
        str(table.name): [_count(connection, table.name, column) for column in sorted(table.columns)]
        for table in catalog.tables.values()
    }
    made = connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
    return catalog, counts, sorted(made.scalars())


def _apply(connection: Connection, text: str) -> None:
    """As it is promoted: in one transaction, or each statement by itself."""
    read = script(text)
    alone = read.directives.transaction is TransactionMode.OFF
    statements = [item.statement.text for item in read.statements]
    for sql in statements if alone else [";\n".join(statements)]:
        connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _count(connection: Connection, table: Name, column: str) -> int:
    quoted = [str(name).replace('"', '""') for name in (column, *table)]
    (count,) = connection.exec_driver_sql(
        'SELECT count("{}") FROM "{}"."{}"'.format(*quoted), execution_options={"no_parameters": True}
    ).one()
    return int(count)


def test_what_cannot_follow_is_named() -> None:
    views = STOCK + "CREATE VIEW totals AS SELECT total FROM orders; CREATE VIEW notes AS SELECT note FROM orders;"
    finding = _finding(Trial("MR104", "ALTER TABLE orders RENAME total TO amount", views), 15)
    assert finding.rewrite is not None
    remark = finding.rewrite.steps[-1].remark
    assert remark is not None
    assert "public.totals" in remark
    assert "public.notes" not in remark


def test_the_rewrites_of_every_rule_are_tried() -> None:
    proposing = {
        rule.code
        for rule in rules().values()
        if rule.check_operation is not None
        for example in read_page(rule).examples("Refused")
        for finding in judge(
            example.migration, history=example.history, dialect=example.dialect, version=example.version
        ).findings
        if finding.code == rule.code and finding.rewrite is not None
    }
    assert proposing <= {trial.code for trial in TRIALS}


def test_what_is_said_to_differ_does() -> None:
    """No exception outlives its reason."""
    texts = " ".join(trial.sql for trial in TRIALS)
    assert all(words in texts for words in OTHER_RESULT)
    assert set(STILL_SAID) <= {trial.code for trial in TRIALS}


def test_one_alter_table_validates_last_whatever_is_written_first(server: Callable[[int], Connection]) -> None:
    """Why NOT VALID and VALIDATE in one statement count as one transaction in either order."""
    reversed_order = "ALTER TABLE orders VALIDATE CONSTRAINT k, ADD CONSTRAINT k CHECK (total > 0) NOT VALID"
    catalog, *_ = applied(server(15), STOCK, [reversed_order])
    table = next(table for name, table in catalog.tables.items() if name.name == "orders")
    assert table.constraints["k"].valid
    assert "MR206" in [finding.code for finding in judge(reversed_order, history=STOCK).findings]


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("INSERT INTO orders (id, total) VALUES (3, 7)", 7),
        ("INSERT INTO orders (id, amount) VALUES (3, 8)", 8),
        ("INSERT INTO orders (id) VALUES (3)", 5),
        ("INSERT INTO orders (id, amount) VALUES (3, 1); UPDATE orders SET total = 9 WHERE id = 3", 9),
        ("INSERT INTO orders (id, total) VALUES (3, 1); UPDATE orders SET amount = 6 WHERE id = 3", 6),
        ("INSERT INTO orders (id, total) VALUES (3, 1); UPDATE orders SET amount = NULL WHERE id = 3", None),
        ("INSERT INTO orders (id, total) VALUES (3, 1); UPDATE orders SET note = 'x' WHERE id = 3", 1),
    ],
)
def test_while_a_column_is_renamed_both_names_hold_the_same(
    written: str, both: int | None, server: Callable[[int], Connection]
) -> None:
    history = STOCK + "ALTER TABLE orders ALTER total SET DEFAULT 5;"
    trial = Trial("MR104", "ALTER TABLE orders RENAME total TO amount", history)
    first, *_ = _files(trial.sql, _finding(trial, 15))
    applied(server(15), history, [first, written])
    assert server(15).exec_driver_sql("SELECT total, amount FROM orders WHERE id = 3").one() == (both, both)
