"""Which partitions cannot stand beside each other, held against the servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.catalog.conflicts import conflicts
from tests.catalog.comparing import connected, looked_at, run
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

BESIDE: dict[str, list[tuple[str, str, str | None]]] = {
    "a integer BY LIST (a)": [
        ("IN (1, 2)", "IN (3)", None),
        ("IN (1, 2)", "IN (2, 1)", "same"),
        ("IN (1, 2)", "IN ('2')", "some"),
        ("IN (1, 2)", "IN (-2, NULL)", None),
        ("IN (1, NULL)", "IN (2, null)", "some"),
        ("IN (1)", "IN (1)", "same"),
        ("IN (1)", "IN (1::integer)", "same"),
        ("IN (1)", "DEFAULT", None),
        ("DEFAULT", "IN (1)", None),
        ("DEFAULT", "DEFAULT", "same"),
        ("IN (1)", "FROM (1) TO (2)", "no bound"),
        ("IN (1)", "WITH (MODULUS 2, REMAINDER 0)", "no bound"),
    ],
    "a text BY LIST (a)": [
        ("IN ('x')", "IN ('X')", None),
        ("IN ('x', 'y')", "IN ('z', 'y')", "some"),
        ("IN ('it''s')", "IN (E'it\\x27s', 'q')", "some"),
        ("IN ('1')", "IN ('01')", None),
    ],
    "a boolean BY LIST (a)": [("IN (true)", "IN (false)", None), ("IN (true, NULL)", "IN (TRUE)", "some")],
    "a integer BY RANGE (a)": [
        ("FROM (0) TO (10)", "FROM (10) TO (20)", None),
        ("FROM (0) TO (10)", "FROM (9) TO (20)", "some"),
        ("FROM (0) TO (10)", "FROM (-10) TO (1)", "some"),
        ("FROM (0) TO (10)", "FROM (-10) TO (0)", None),
        ("FROM (0) TO (10)", "FROM ('3') TO (4)", "some"),
        ("FROM (0) TO (10)", "FROM (MINVALUE) TO (MAXVALUE)", "some"),
        ("FROM (0) TO (MAXVALUE)", "FROM (MINVALUE) TO (0)", None),
        ("FROM (0) TO (MAXVALUE)", "FROM (1000) TO (2000)", "some"),
        ("FROM (0) TO (10)", "FROM (20) TO (20)", "no row"),
        ("FROM (0) TO (10)", "FROM (30) TO (20)", "no row"),
        ("FROM (0) TO (10)", "FROM (0) TO (10)", "same"),
        ("FROM (0) TO (10)", "IN (20)", "no bound"),
        ("DEFAULT", "FROM (0) TO (10)", None),
    ],
    "a date BY RANGE (a)": [
        ("FROM ('2024-01-01') TO ('2025-01-01')", "FROM ('2025-01-01') TO ('2026-01-01')", None),
        ("FROM ('2024-01-01') TO ('2025-01-01')", "FROM ('2024-12-31') TO (DATE '2026-01-01')", "some"),
        ("FROM ('2024-01-01') TO ('2025-01-01')", "FROM ('2024-12-31'::date) TO (MAXVALUE)", "some"),
    ],
    "a timestamptz BY RANGE (a)": [
        ("FROM ('2024-01-01') TO ('2024-02-01')", "FROM ('2024-02-01 00:00:00') TO ('2024-03-01')", None),
        ("FROM ('2024-01-01') TO ('2024-02-01')", "FROM ('2024-01-31 23:59:59') TO ('2024-03-01')", "some"),
        (
            "FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00')",
            "FROM ('2024-02-01 01:00:00+01:00') TO ('2024-03-01 00:00:00+00')",
            None,
        ),
        (
            "FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00')",
            "FROM ('2024-02-01 00:00:00+01:00') TO ('2024-03-01 00:00:00+00')",
            "some",
        ),
    ],
    "a d BY RANGE (a)": [
        ("FROM (0) TO (10)", "FROM (10) TO (20)", None),
        ("FROM (0) TO (10)", "FROM (5) TO (20)", "some"),
    ],
    "a integer, b integer BY RANGE (a, b)": [
        ("FROM (1, 0) TO (1, 10)", "FROM (1, 10) TO (2, 0)", None),
        ("FROM (1, 0) TO (1, 10)", "FROM (1, 9) TO (2, 0)", "some"),
        ("FROM (1, MINVALUE) TO (2, MINVALUE)", "FROM (2, MINVALUE) TO (3, MINVALUE)", None),
        ("FROM (1, MINVALUE) TO (2, MAXVALUE)", "FROM (2, MINVALUE) TO (3, MINVALUE)", "some"),
        ("FROM (MINVALUE, MINVALUE) TO (1, 1)", "FROM (1, 1) TO (MAXVALUE, MAXVALUE)", None),
    ],
    "a integer BY RANGE ((a + 1))": [
        ("FROM (0) TO (10)", "FROM (10) TO (20)", None),
        ("FROM (0) TO (10)", "FROM (5) TO (20)", "some"),
    ],
    "a integer BY HASH (a)": [
        ("WITH (MODULUS 4, REMAINDER 0)", "WITH (MODULUS 4, REMAINDER 1)", None),
        ("WITH (MODULUS 4, REMAINDER 0)", "WITH (MODULUS 8, REMAINDER 4)", "some"),
        ("WITH (MODULUS 4, REMAINDER 1)", "WITH (MODULUS 8, REMAINDER 4)", None),
        ("WITH (MODULUS 4, REMAINDER 0)", "WITH (MODULUS 4, REMAINDER 0)", "same"),
        ("WITH (MODULUS 4, REMAINDER 0)", "DEFAULT", "default"),
        ("WITH (MODULUS 4, REMAINDER 0)", "IN (1)", "no bound"),
    ],
}
"""By the columns and the key: a bound, another one, and what is said of the two; nothing where they go together."""

NOT_KNOWN: dict[str, list[tuple[str, str]]] = {
    "a text BY RANGE (a)": [("FROM ('a') TO ('m')", "FROM ('b') TO ('z')")],
    "a integer BY RANGE (a)": [("FROM (0) TO (10)", "FROM (1 + 1) TO (20)")],
    "a numeric(4, 1) BY RANGE (a)": [("FROM (0) TO (10)", "FROM (9.94) TO (20)")],
    "a date BY RANGE (a)": [("FROM ('2024-1-1') TO ('2025-1-1')", "FROM ('2024-5-1') TO ('2026-1-1')")],
}
"""What the server refuses, and nobody says so: it takes more than constants, or how the server sorts and rounds."""

CASES = [(key, *case) for key, cases in BESIDE.items() for case in cases]


def statements(key: str, one: str, other: str, form: str) -> tuple[str, str]:
    columns, _, by = key.partition(" BY ")
    first, second = (bound if bound == "DEFAULT" else f"FOR VALUES {bound}" for bound in (one, other))
    made = f"CREATE DOMAIN d AS integer; CREATE TABLE p ({columns}) PARTITION BY {by}; CREATE TABLE t ({columns});"
    last = {
        "made": f"CREATE TABLE n PARTITION OF p {second}",
        "joins": f"ALTER TABLE p ATTACH PARTITION t {second}",
    }
    return f"{made} CREATE TABLE one PARTITION OF p {first}", last[form]


@pytest.fixture(scope="module", params=["postgres", "postgres_18"])
def server(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """One database for all cases, each in a transaction of its own."""
    with fresh_database(request.getfixturevalue(request.param)) as url, connected(url) as connection:
        yield connection


@pytest.fixture
def database(server: Connection) -> Iterator[Connection]:
    run(server, "BEGIN")
    yield server
    run(server, "ROLLBACK")


def refuses(connection: Connection, sql: str) -> bool:
    try:
        run(connection, sql)
    except DBAPIError:
        return True
    return False


@pytest.mark.parametrize("form", ["made", "joins"])
@pytest.mark.parametrize(("key", "one", "other", "expected"), CASES)
def test_bounds(database: Connection, key: str, one: str, other: str, expected: str | None, form: str) -> None:
    setup, last = statements(key, one, other, form)
    run(database, setup)
    said = conflicts(catalog_of([setup]), *read(last))
    looked_up = conflicts(looked_at(database), *read(last))  # there the server prints the bounds
    assert (said is None) == (looked_up is None) == (expected is None)
    assert (expected or "") in (said or "")
    assert refuses(database, last) == (expected is not None)


@pytest.mark.parametrize(
    ("key", "one", "other"), [(key, *case) for key, cases in NOT_KNOWN.items() for case in cases]
)
def test_what_is_not_known(database: Connection, key: str, one: str, other: str) -> None:
    setup, last = statements(key, one, other, "made")
    run(database, setup)
    assert conflicts(catalog_of([setup]), *read(last)) is None
    assert refuses(database, last)
