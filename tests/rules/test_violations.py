"""The query that MR113 proposes finds the rows for which the server refuses the statement, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from tests.rules.checking import judge, only
from tests.support.servers import fresh_database, libpq

TABLES = """
CREATE TABLE customers (id bigint PRIMARY KEY, "Code" text UNIQUE);
CREATE TABLE orders (id bigint, note text, total integer, customer_id bigint, "Code" text);
INSERT INTO customers VALUES (1, 'a');
"""
CASES = [
    ("ALTER TABLE orders ALTER note SET NOT NULL", "(1, 'a')", "(2, NULL)"),
    ("ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0)", "(1, 'a', 1), (2, 'b', NULL)", "(3, 'c', -1)"),
    ("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers", "(1, 'a', 1, 1), (2, 'b', 1, NULL)",
     "(3, 'c', 1, 7)"),
    ('ALTER TABLE orders ADD FOREIGN KEY ("Code") REFERENCES customers ("Code")', "(1, 'a', 1, 1, 'a')",
     "(3, 'c', 1, 7, 'b')"),
    ("ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note, total)", "(1, 'a', NULL), (2, 'a', NULL), (3, 'a', 1)",
     "(4, 'a', 1)"),
    ("CREATE UNIQUE INDEX u ON orders (note)", "(1, NULL), (2, NULL), (3, 'a')", "(4, 'a')"),
    ("CREATE UNIQUE INDEX u ON orders (lower(note), total)", "(1, 'a', 1), (2, 'A', 2)", "(3, 'A', 1)"),
    ("CREATE UNIQUE INDEX u ON orders (note) WHERE total > 0", "(1, 'a', -1), (2, 'a', 0), (3, 'a', 1)",
     "(4, 'a', 2)"),
    ("ALTER TABLE orders ADD PRIMARY KEY (id)", "(1), (2)", "(1)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def connection(postgres: URL) -> Iterator[psycopg.Connection]:
    with (
        fresh_database(postgres) as database,
        psycopg.connect(libpq(make_url(database)), autocommit=True) as opened,
    ):
        yield opened


@pytest.mark.parametrize(("sql", "rows", "bad"), CASES)
def test_the_query_finds_what_the_server_refuses(
    sql: str, rows: str, bad: str, connection: psycopg.Connection
) -> None:
    query = only(judge(sql, history=TABLES), "MR113").help.splitlines()[-1]
    connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.execute(TABLES + f"INSERT INTO orders VALUES {rows};")  # type: ignore[call-overload]
    assert connection.execute(query).fetchall() == []  # type: ignore[call-overload]
    with connection.transaction(force_rollback=True):
        connection.execute(sql)  # type: ignore[call-overload]
    connection.execute(f"INSERT INTO orders VALUES {bad}")  # type: ignore[call-overload]
    assert len(connection.execute(query).fetchall()) == 1  # type: ignore[call-overload]
    with pytest.raises(psycopg.IntegrityError):
        connection.execute(sql)  # type: ignore[call-overload]
