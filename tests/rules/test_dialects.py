"""Rules that do not depend on the server speak for every one of them."""

from __future__ import annotations

import pytest

from migrail.model.findings import Severity
from migrail.rules import find
from tests.rules.checking import codes, judge

HISTORY = """
CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100) UNIQUE, phone varchar(20) NOT NULL DEFAULT '');
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20), total integer, customer_id bigint);
CREATE INDEX orders_note ON orders (note);
CREATE UNIQUE INDEX orders_total ON orders (total);
CREATE VIEW noted AS SELECT id, note FROM orders;
"""
MYSQL = ("mysql", "mariadb")
EVERY = (*MYSQL, "sqlite")

FIRES = [
    ("MR101", EVERY, "DROP TABLE orders"),
    ("MR101", ("mariadb",), "CREATE OR REPLACE TABLE orders (id bigint PRIMARY KEY)"),
    ("MR102", EVERY, "ALTER TABLE orders DROP COLUMN note"),
    ("MR103", EVERY, "ALTER TABLE orders RENAME TO purchases"),
    ("MR104", EVERY, "ALTER TABLE orders RENAME COLUMN note TO remark"),
    ("MR105", EVERY, "DROP VIEW noted"),
    ("MR105", EVERY, "DROP VIEW noted; CREATE VIEW noted AS SELECT id FROM orders"),
    ("MR106", MYSQL, "DROP FUNCTION shout"),
    ("MR111", MYSQL, "ALTER TABLE customers ALTER COLUMN phone DROP DEFAULT"),
    ("MR112", MYSQL, "ALTER TABLE customers ALTER COLUMN phone SET DEFAULT 'none'"),
    ("MR113", EVERY, "CREATE UNIQUE INDEX i ON orders (note)"),
    ("MR116", MYSQL, "ALTER TABLE customers DROP CONSTRAINT email"),
    ("MR117", MYSQL, "DROP INDEX orders_note ON orders"),
    ("MR117", ("sqlite",), "DROP INDEX orders_note"),
    ("MR301", EVERY, "DELETE FROM orders"),
    ("MR302", MYSQL, "DROP DATABASE shop"),
    ("MR304", MYSQL, "TRUNCATE TABLE orders"),
    ("MR504", EVERY, "ALTER TABLE orders ADD COLUMN x integer; ALTER TABLE orders DROP COLUMN note"),
    ("MR505", EVERY, "-- migrail: phase=expand\nALTER TABLE orders DROP COLUMN note"),
    ("MR506", EVERY, "CREATE INDEX i ON orders (note)"),
    ("MR507", ("sqlite",), "CREATE TABLE items (id integer PRIMARY KEY, order_id integer REFERENCES orders (id))"),
    ("MR510", ("mysql",), "ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT ENFORCED"),
    ("MR607", MYSQL, "INSERT INTO orders (id, note) VALUES (1, uuid())"),
    ("MR607", ("sqlite",), "UPDATE orders SET total = random() WHERE total IS NULL"),
    ("MR706", MYSQL, "CREATE USER 'reporting'@'%' IDENTIFIED BY 'swordfish'"),
    ("MR801", MYSQL, "CREATE TABLE items (id integer PRIMARY KEY)"),
    ("MR807", EVERY, "CREATE TABLE items (id bigint)"),
    ("MR810", EVERY, "CREATE TABLE t (a int PRIMARY KEY, b int, c int, d int); CREATE INDEX i ON t (b, c, d, a)"),
    ("MR812", EVERY, "CREATE TABLE items (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES orders (id))"),
    ("MR817", EVERY, "CREATE TABLE items (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES orders (id))"),
]

SILENT = [
    ("MR105", EVERY, "DROP VIEW noted; CREATE VIEW noted AS SELECT * FROM orders"),
    ("MR105", EVERY, "DROP VIEW IF EXISTS never_made"),
    ("MR111", MYSQL, "ALTER TABLE customers ALTER COLUMN phone SET DEFAULT ''"),
    ("MR112", MYSQL, "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'"),
    ("MR113", EVERY, "CREATE INDEX i ON orders (total, note)"),
    ("MR117", MYSQL, "CREATE INDEX i ON orders (note, total); DROP INDEX orders_note ON orders"),
    ("MR304", MYSQL, "CREATE TABLE items (id bigint PRIMARY KEY); TRUNCATE TABLE items"),
    ("MR504", EVERY, "ALTER TABLE orders ADD COLUMN x integer; CREATE INDEX i ON orders (x)"),
    ("MR506", EVERY, "CREATE INDEX i ON orders (total, note)"),
    (
        "MR507",
        MYSQL,
        "CREATE TABLE items (id bigint PRIMARY KEY, o bigint, FOREIGN KEY (o) REFERENCES orders)",
    ),
    ("MR807", EVERY, "CREATE TABLE items (id bigint PRIMARY KEY)"),
]


def _each(table: list[tuple[str, tuple[str, ...], str]]) -> list[object]:
    return [
        pytest.param(code, dialect, sql, id=f"{code}-{dialect}-{sql[:40]}")
        for code, dialects, sql in table
        for dialect in dialects
    ]


def _said(code: str, dialect: str, sql: str) -> list[str]:
    asked_for: dict[str, Severity | None] = {} if find(code).enabled else {code: Severity.WARNING}
    return codes(judge(sql, history=HISTORY, dialect=dialect, severities=asked_for))


@pytest.mark.parametrize(("code", "dialect", "sql"), _each(FIRES))
def test_fires(code: str, dialect: str, sql: str) -> None:
    assert _said(code, dialect, sql).count(code) == 1


@pytest.mark.parametrize(("code", "dialect", "sql"), _each(SILENT))
def test_stays_silent(code: str, dialect: str, sql: str) -> None:
    assert code not in _said(code, dialect, sql)
