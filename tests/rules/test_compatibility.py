"""MR1xx: what breaks the application that is running."""

from __future__ import annotations

import pytest

from tests.rules.checking import codes, judge, only

ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);"


@pytest.mark.parametrize(
    ("code", "history", "sql"),
    [
        ("MR101", "", "DROP TABLE orders"),
        ("MR101", ORDERS, "DROP TABLE IF EXISTS orders"),
        ("MR101", "", "DROP TABLE IF EXISTS orders"),
        ("MR101", ORDERS, "DROP TABLE public.orders CASCADE"),
        ("MR101", ORDERS, "CREATE TABLE new_one (id int); DROP TABLE new_one, orders"),
        ("MR101", 'CREATE TABLE "Orders" (id int);', 'DROP TABLE "Orders"'),
        ("MR102", ORDERS, "ALTER TABLE orders DROP note"),
        ("MR102", ORDERS, "ALTER TABLE orders ADD COLUMN x int, DROP COLUMN note"),
        ("MR102", ORDERS, "ALTER TABLE public.orders DROP COLUMN IF EXISTS note CASCADE"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME TO purchases"),
        ("MR103", ORDERS, "CREATE VIEW v AS SELECT 1 AS one; ALTER TABLE orders RENAME TO purchases"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME TO purchases; CREATE VIEW sales AS SELECT * FROM purchases"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME TO p; CREATE TEMPORARY VIEW orders AS SELECT * FROM p"),
        ("MR104", ORDERS, "ALTER TABLE orders RENAME COLUMN note TO remark"),
        ("MR104", "", "ALTER TABLE orders RENAME note TO remark"),
        ("MR104", ORDERS, 'ALTER TABLE orders RENAME COLUMN note TO "Remark"'),
    ],
)
def test_fires(code: str, history: str, sql: str) -> None:
    result = judge(sql, history=history)
    assert codes(result).count(code) == 1
    assert result.migrations[-1].phase == "contract"
    assert not result.migrations[-1].backward_compatible


@pytest.mark.parametrize(
    ("code", "history", "sql"),
    [
        ("MR101", ORDERS, "CREATE TABLE tmp (id int); DROP TABLE tmp"),
        ("MR101", ORDERS, "CREATE TEMPORARY TABLE orders (id int); DROP TABLE orders"),
        ("MR101", ORDERS, "DROP TABLE IF EXISTS never_made"),
        ("MR102", ORDERS, "CREATE TABLE tmp (id int, x int); ALTER TABLE tmp DROP COLUMN x"),
        ("MR102", ORDERS, "ALTER TABLE orders DROP COLUMN IF EXISTS never_made"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME TO p; CREATE VIEW orders AS SELECT * FROM p"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME TO p; CREATE VIEW public.orders AS SELECT * FROM p"),
        ("MR103", ORDERS, "ALTER TABLE orders RENAME COLUMN note TO remark"),
        ("MR103", ORDERS + "CREATE INDEX i ON orders (note);", "ALTER TABLE i RENAME TO j"),
        ("MR104", ORDERS, "CREATE TABLE tmp (id int, x int); ALTER TABLE tmp RENAME COLUMN x TO y"),
        ("MR104", ORDERS, "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_pk"),
    ],
)
def test_stays_silent(code: str, history: str, sql: str) -> None:
    assert code not in codes(judge(sql, history=history))


def test_a_table_made_by_an_earlier_new_migration_is_not_in_use() -> None:
    sql = ["CREATE TABLE tmp (id int, x int);", "ALTER TABLE tmp DROP COLUMN x; DROP TABLE tmp;"]
    assert codes(judge(sql, history=ORDERS)) == []
    assert codes(judge(sql[1], history=[ORDERS, sql[0]])) == ["MR102", "MR101"]


@pytest.mark.parametrize(
    ("sql", "code", "expected"),
    [
        ('DROP TABLE "Weird ""name"""', "MR101", 'DROP TABLE "Weird ""name""";'),
        ('ALTER TABLE "order" DROP COLUMN "user"', "MR102", 'ALTER TABLE "order" DROP COLUMN "user";'),
        (
            "ALTER TABLE app.Orders RENAME TO purchases",
            "MR103",
            "ALTER TABLE app.orders RENAME TO purchases;\nCREATE VIEW app.orders AS SELECT * FROM app.purchases;",
        ),
        ("ALTER TABLE orders RENAME total TO sum", "MR104", "ALTER TABLE orders ADD COLUMN sum ...;"),
    ],
)
def test_help_has_the_authors_names(sql: str, code: str, expected: str) -> None:
    assert expected in only(judge(sql), code).help


def test_the_type_of_a_renamed_column_is_known_from_the_history() -> None:
    found = only(judge("ALTER TABLE orders RENAME total TO sum", history=ORDERS), "MR104")
    assert "ADD COLUMN sum integer;" in found.help
    assert found.object == "public.orders.total"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DROP TABLE orders", ["MR101"]),
        ("ALTER TABLE orders DROP COLUMN note", ["MR102"]),
        ("ALTER TABLE orders RENAME TO p", ["MR103"]),
        ("ALTER TABLE orders RENAME COLUMN note TO remark", ["MR104"]),
    ],
)
def test_sqlite(sql: str, expected: list[str]) -> None:
    result = judge(sql, history="CREATE TABLE orders (id integer PRIMARY KEY, note text);", dialect="sqlite")
    assert codes(result) == expected
    assert str(result.findings[0].object).startswith("orders")
