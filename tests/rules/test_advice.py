"""The SQL that help texts propose is SQL that the server takes."""

from __future__ import annotations

import re

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.rules.checking import judge, only
from tests.support.servers import libpq

TABLES = """
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer, customer_id bigint);
CREATE TABLE "Order 'Lines'" (id bigint PRIMARY KEY, note varchar(20));
CREATE TABLE bare (id bigint NOT NULL);
"""

STATEMENT = re.compile(r"^(?:ALTER|CREATE|UPDATE|ANALYZE)\b.*?;(?=\s*(?:--[^\n]*)?$)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("code", "sql", "count"),
    [
        ("MR103", "ALTER TABLE orders RENAME TO purchases", 2),
        ("MR104", "ALTER TABLE orders RENAME total TO sum", 3),
        ("MR201", "CREATE UNIQUE INDEX i ON orders (lower(note)) WHERE total > 0", 1),
        ("MR202", "ALTER TABLE orders ALTER note SET NOT NULL", 4),
        ("MR202", "ALTER TABLE \"Order 'Lines'\" ALTER note SET NOT NULL", 4),
        ("MR203", "ALTER TABLE orders ALTER total TYPE bigint", 3),
        ("MR204", "ALTER TABLE \"Order 'Lines'\" ALTER note TYPE text", 1),
        ("MR205", "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers", 2),
        ("MR205", "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers (id)", 3),
        ("MR206", "ALTER TABLE orders ADD CHECK (total > 0)", 2),
        ("MR206", "ALTER TABLE orders ADD COLUMN y int CHECK (y > 0)", 3),
        ("MR207", "ALTER TABLE orders ADD UNIQUE (note, total)", 2),
        ("MR207", "ALTER TABLE orders ADD COLUMN z text UNIQUE", 3),
        ("MR207", "ALTER TABLE bare ADD PRIMARY KEY (id)", 2),
        ("MR208", "ALTER TABLE orders ADD COLUMN x serial", 4),
        ("MR208", "ALTER TABLE \"Order 'Lines'\" ADD COLUMN x bigserial", 4),
        ("MR208", "ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid()", 3),
    ],
)
def test_the_server_takes_what_the_help_says(code: str, sql: str, count: int, postgres_database: str) -> None:
    statements = STATEMENT.findall(only(judge(sql, history=TABLES), code).help)
    assert len(statements) == count
    with psycopg.connect(libpq(make_url(postgres_database)), autocommit=True) as connection:
        connection.execute(TABLES)
        for statement in statements:
            connection.execute(statement)


def test_one_alter_table_validates_last_whatever_is_written_first(postgres_database: str) -> None:
    """Why NOT VALID and VALIDATE in one statement count as one transaction in either order."""
    with psycopg.connect(libpq(make_url(postgres_database)), autocommit=True) as connection:
        connection.execute("CREATE TABLE t (a int)")
        connection.execute("ALTER TABLE t VALIDATE CONSTRAINT k, ADD CONSTRAINT k CHECK (a > 0) NOT VALID")
        row = connection.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'k'").fetchone()
    assert row == (True,)
    reversed_order = "ALTER TABLE orders VALIDATE CONSTRAINT k, ADD CONSTRAINT k CHECK (total > 0) NOT VALID"
    assert only(judge(reversed_order, history=TABLES), "MR206")
