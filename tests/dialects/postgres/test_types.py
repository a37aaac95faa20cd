"""The cost of type changes, compared with a server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from migrail.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.dialects import TypeChange, get
from migrail.dialects.postgres.facts.type_changes import BY_PAIR
from migrail.model.operations import (
    AddConstraint,
    AlterColumnType,
    CreateDomain,
    CreateIndex,
    CreateTable,
    CreateType,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Expression, Name, SqlType
from tests.dialects.postgres.measure import Measured, measure
from tests.dialects.reading import read
from tests.support.servers import fresh_database, libpq

FREE, INDEXES, SCAN, REWRITE = TypeChange.FREE, TypeChange.INDEXES, TypeChange.SCAN, TypeChange.REWRITE
UNKNOWN = TypeChange.UNKNOWN
DIALECT = get("postgres")
TABLE = Name(None, "t")

PREPARE = """
CREATE DOMAIN plain AS text;
CREATE DOMAIN checked AS text CHECK (value <> 'x');
CREATE DOMAIN nested AS checked;
CREATE TYPE mood AS ENUM ('1', '2');
SET TimeZone = 'UTC';
"""

DOMAINS = [
    CreateDomain(name=Name(None, "plain"), base=SqlType(name="text")),
    CreateDomain(
        name=Name(None, "checked"),
        base=SqlType(name="text"),
        constraints=(Constraint(kind=ConstraintKind.CHECK, expression=Expression(text="value <> 'x'")),),
    ),
    CreateDomain(name=Name(None, "nested"), base=SqlType(name="checked")),
    CreateType(name=Name(None, "mood"), labels=("1", "2")),
]

SAMPLES = {
    "bit": "B'1'",
    "varbit": "B'1'",
    "boolean": "true",
    "bytea": "'x'",
    "date": "'2026-01-01'",
    "interval": "'1 second'",
    "inet": "'10.0.0.1'",
    "cidr": "'10.0.0.1'",
    "json": "'1'",
    "jsonb": "'1'",
    "time": "'10:00'",
    "timetz": "'10:00'",
    "timestamp": "'2026-01-01'",
    "timestamptz": "'2026-01-01'",
    "uuid": "'00000000-0000-0000-0000-000000000000'",
    "xml": "'<a/>'",
}


def sql_type(written: str) -> SqlType:
    """A type from its canonical spelling."""
    found = re.fullmatch(r"([a-z ]+?)(?:\((.*)\))?(\[\])?", written)
    assert found is not None
    arguments = tuple(found[2].split(",")) if found[2] else ()
    return SqlType(name=found[1], arguments=arguments, dimensions=1 if found[3] else 0)


def sample(written: str) -> str:
    """A value of the type."""
    if written.endswith("[]"):
        return "NULL"
    return SAMPLES.get(sql_type(written).name, "'1'")


# old type, new type, cost of a column without index, cost with a plain index (None: as without)
PAIRS = [
    ("varchar(10)", "varchar(10)", FREE, None),
    ("varchar(10)", "varchar(20)", FREE, FREE),
    ("varchar(10)", "varchar", FREE, FREE),
    ("varchar(10)", "text", FREE, FREE),
    ("varchar", "text", FREE, FREE),
    ("text", "varchar", FREE, FREE),
    ("varchar(20)", "varchar(10)", REWRITE, REWRITE),
    ("varchar", "varchar(10)", REWRITE, REWRITE),
    ("text", "varchar(10)", REWRITE, REWRITE),
    ("text", "char(10)", REWRITE, REWRITE),
    ("char(10)", "char(20)", REWRITE, REWRITE),
    ("char(10)", "text", REWRITE, REWRITE),
    ("char(10)", "varchar(20)", REWRITE, REWRITE),
    ("text", "citext", FREE, INDEXES),
    ("citext", "text", FREE, INDEXES),
    ("citext", "varchar", FREE, INDEXES),
    ("varchar(10)", "citext", FREE, INDEXES),
    ("citext", "varchar(10)", REWRITE, REWRITE),
    ("numeric(8,2)", "numeric(10,2)", FREE, FREE),
    ("numeric(8,2)", "numeric", FREE, FREE),
    ("numeric(8)", "numeric(10)", FREE, FREE),
    ("numeric(8)", "numeric(10,0)", FREE, FREE),
    ("numeric(8,2)", "numeric(10,3)", REWRITE, REWRITE),
    ("numeric(10,2)", "numeric(8,2)", REWRITE, REWRITE),
    ("numeric", "numeric(10,2)", REWRITE, REWRITE),
    ("integer", "bigint", REWRITE, REWRITE),
    ("bigint", "integer", REWRITE, REWRITE),
    ("smallint", "integer", REWRITE, REWRITE),
    ("integer", "numeric", REWRITE, REWRITE),
    ("integer", "oid", FREE, INDEXES),
    ("oid", "integer", FREE, INDEXES),
    ("real", "double precision", REWRITE, REWRITE),
    ("timestamp(3)", "timestamp(6)", FREE, FREE),
    ("timestamp(3)", "timestamp", FREE, FREE),
    ("timestamp", "timestamp(6)", FREE, FREE),
    ("timestamp", "timestamp(3)", REWRITE, REWRITE),
    ("timestamptz(3)", "timestamptz", FREE, FREE),
    ("timestamp", "timestamptz", FREE, INDEXES),
    ("timestamptz", "timestamp", FREE, INDEXES),
    ("timestamp(3)", "timestamptz(3)", REWRITE, REWRITE),
    ("timestamp(3)", "timestamptz", FREE, INDEXES),
    ("timestamp", "timestamptz(3)", REWRITE, REWRITE),
    ("timestamp", "timestamptz(6)", FREE, INDEXES),
    ("timestamp(3)", "timestamptz(6)", FREE, INDEXES),
    ("timestamp", "date", REWRITE, REWRITE),
    ("date", "timestamp", REWRITE, REWRITE),
    ("time(3)", "time", FREE, FREE),
    ("time", "time(3)", REWRITE, REWRITE),
    ("timetz(3)", "timetz(4)", FREE, FREE),
    ("interval(3)", "interval", FREE, FREE),
    ("interval(3)", "interval(6)", FREE, FREE),
    ("interval", "interval(3)", REWRITE, REWRITE),
    ("cidr", "inet", FREE, FREE),
    ("inet", "cidr", REWRITE, REWRITE),
    ("varbit(5)", "varbit(9)", FREE, FREE),
    ("varbit(5)", "varbit", FREE, FREE),
    ("varbit(9)", "varbit(5)", REWRITE, REWRITE),
    ("bit(1)", "varbit", FREE, INDEXES),
    ("bit(1)", "varbit(5)", REWRITE, REWRITE),
    ("xml", "text", FREE, None),
    ("xml", "varchar", FREE, None),
    ("json", "jsonb", REWRITE, None),
    ("jsonb", "json", REWRITE, None),
    ("json", "text", REWRITE, None),
    ("uuid", "text", REWRITE, REWRITE),
    ("mood", "text", UNKNOWN, UNKNOWN),
    ("varchar(10)[]", "varchar(20)[]", REWRITE, REWRITE),
    ("varchar[]", "text[]", REWRITE, REWRITE),
    ("varchar(10)[]", "varchar[]", FREE, FREE),
    ("numeric(8,2)[]", "numeric[]", FREE, FREE),
    ("integer[]", "bigint[]", REWRITE, REWRITE),
    ("integer[]", "integer[]", FREE, FREE),
    ("varchar", "citext", FREE, INDEXES),
    ("text", "text", FREE, FREE),
    ("text", "plain", FREE, FREE),
    ("varchar(10)", "plain", FREE, FREE),
    ("plain", "text", FREE, FREE),
    ("checked", "text", FREE, FREE),
    ("text", "checked", REWRITE, REWRITE),
    ("text", "nested", REWRITE, REWRITE),
    ("plain", "varchar(5)", REWRITE, REWRITE),
]
CASES = [(old, new, False, cost) for old, new, cost, _ in PAIRS] + [
    (old, new, True, cost) for old, new, _, cost in PAIRS if cost is not None
]


def catalog_with(old: str, *, indexed: bool = False) -> Catalog:
    """A catalog of one table with one column of that type."""
    operations = [*DOMAINS, CreateTable(table=TABLE, columns=(Column(name="c", type=sql_type(old)),))]
    if indexed:
        operations.append(CreateIndex(table=TABLE, index="t_c", columns=("c",)))
    return replay(Catalog.empty(DIALECT), operations)


def cost_of(measured: Measured) -> TypeChange:
    """What the server did to the table ``t``."""
    if "public.t" in measured.rewritten:
        return REWRITE
    if measured.rewritten:
        return INDEXES
    return SCAN if "public.t" in measured.read else FREE


@pytest.fixture
def connection(postgres_database: str) -> Iterator[psycopg.Connection]:
    """A database with the types that the table below uses."""
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as opened:
        opened.execute(PREPARE)
        opened.commit()
        yield opened


def supports(connection: psycopg.Connection, written: str) -> bool:
    """Whether the server was built with the type; citext and xml are optional."""
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS citext" if written == "citext" else "SELECT 1")
        connection.execute(f"SELECT {sample(written)}::{written}")
        connection.commit()
    except psycopg.errors.FeatureNotSupported:
        connection.rollback()
        return False
    return True


def on_server(connection: psycopg.Connection, old: str, setup: list[str], statement: str) -> TypeChange:
    """What the statement costs on a table ``t`` with one row and a column ``c``."""
    connection.execute(f"CREATE TABLE t (c {old})")
    connection.execute(f"INSERT INTO t VALUES ({sample(old)})")
    for part in setup:
        connection.execute(part)
    connection.commit()
    measured = measure(connection, statement)
    connection.execute("DROP TABLE t")
    connection.commit()
    return cost_of(measured)


def change(new: str, using: str | None = None, collation: str | None = None) -> AlterColumnType:
    expression = None if using is None else Expression(text=using, columns=("c",))
    return AlterColumnType(table=TABLE, column="c", type=sql_type(new), using=expression, collation=collation)


@pytest.mark.parametrize(("old", "new", "indexed", "expected"), CASES)
def test_pair(old: str, new: str, indexed: bool, expected: TypeChange) -> None:
    assert DIALECT.type_change(change(new), catalog_with(old, indexed=indexed), (15,)) is expected


def test_every_row_of_the_table_is_measured() -> None:
    measured = {(sql_type(old).name, sql_type(new).name) for old, new, *_ in PAIRS}
    assert set(BY_PAIR) <= measured


def differing(connection: psycopg.Connection) -> list[str]:
    """All pairs in one database: making one for each would take minutes."""
    version = (connection.info.server_version // 10000,)
    supported = {written: supports(connection, written) for pair in PAIRS for written in pair[:2]}
    wrong = []
    for old, new, indexed, _ in CASES:
        if not (supported[old] and supported[new]):
            continue
        expected = DIALECT.type_change(change(new), catalog_with(old, indexed=indexed), version)
        setup = ["CREATE INDEX t_c ON t (c)"] if indexed else []
        real = on_server(connection, old, setup, f"ALTER TABLE t ALTER COLUMN c TYPE {new}")
        if real is not (REWRITE if expected is UNKNOWN else expected):
            wrong.append(f"{old} -> {new}, indexed={indexed}: said {expected}, server {real}")
    return wrong


def test_pairs_on_a_server(connection: psycopg.Connection) -> None:
    assert differing(connection) == []


def test_pairs_on_other_servers(postgres_18: URL) -> None:
    more = [make_url(url) for url in os.environ.get("MIGRAIL_TEST_POSTGRES_URLS", "").split()]
    for server in (postgres_18, *more):
        with fresh_database(server) as url, psycopg.connect(libpq(make_url(url))) as opened:
            opened.execute(PREPARE)
            opened.commit()
            assert differing(opened) == []


TIMES = [
    ("timestamp", "timestamptz", ""),
    ("timestamptz", "timestamp", ""),
    ("timestamp(3)", "timestamptz", ""),
    ("timestamp", "timestamptz(3)", ""),
    ("timestamp(3)", "timestamp", ""),
    ("timestamp", "timestamptz", " USING c AT TIME ZONE 'UTC'"),
    ("timestamptz", "timestamptz(6)", ""),
    ("timestamp", "timestamptz", " USING c::timestamptz"),
]
ZONES = [
    "SET TIME ZONE 'UTC'",
    "SET timezone TO 'Etc/UTC'",
    "SET TIME ZONE 'Europe/London'",
    "SET TIME ZONE 'GMT'",
    "SET TIME ZONE 0",
    "SET TIME ZONE 1",
    "SET LOCAL TIME ZONE 'Zulu'",
]


@pytest.mark.parametrize("zone", ZONES)
def test_the_time_zone_decides(connection: psycopg.Connection, zone: str) -> None:
    """Promote sets UTC; a file that sets another zone makes a rewrite of what is free."""
    wrong = []
    for old, new, using in TIMES:
        statement = f"ALTER TABLE t ALTER COLUMN c TYPE {new}{using}"
        (operation,) = read(statement)
        catalog = replay(catalog_with(old), read(zone))
        said = DIALECT.type_change(operation, catalog, (15,))
        real = on_server(connection, old, [], f"{zone}; {statement}")
        if said is not real:
            wrong.append(f"{old} -> {new}{using}: said {said}, server {real}")
    assert wrong == []


def test_the_zone_of_a_file_ends_with_it() -> None:
    catalog = replay(catalog_with("timestamp"), read("SET TIME ZONE 'Europe/London'"))
    assert DIALECT.type_change(change("timestamptz"), catalog, (15,)) is REWRITE
    assert DIALECT.type_change(change("timestamptz"), catalog.in_new_session(), (15,)) is FREE


DEPENDENTS = [
    ("CREATE INDEX ON t (lower(c))", "varchar(10)", "text", INDEXES),
    ("CREATE INDEX ON t (c) WHERE c IS NOT NULL", "varchar(10)", "text", INDEXES),
    ("CREATE INDEX ON t USING hash (c)", "varchar(10)", "text", FREE),
    ("ALTER TABLE t ADD CHECK (c <> '9')", "varchar(10)", "text", SCAN),
    ("ALTER TABLE t ADD CHECK (c <> '9')", "text", "text", SCAN),
    ("ALTER TABLE t ADD CHECK (c <> '9') NOT VALID", "varchar(10)", "text", FREE),
    ("ALTER TABLE t ADD UNIQUE (c)", "varchar(10)", "text", FREE),
    ("ALTER TABLE t ADD PRIMARY KEY (c)", "varchar(10)", "text", FREE),
    ("ALTER TABLE t ADD CHECK (c <> '9')", "text", "varchar(10)", REWRITE),
]
CONDITION = Expression(text="c <> '9'", columns=("c",))
NOT_NULL = Expression(text="c IS NOT NULL", columns=("c",))


def index(*columns: str, where: Expression | None = None, method: str | None = None) -> CreateIndex:
    return CreateIndex(table=TABLE, columns=columns, where=where, method=method)


def constraint(kind: ConstraintKind, *, valid: bool = True) -> AddConstraint:
    check = kind is ConstraintKind.CHECK
    made = Constraint(
        kind=kind, columns=() if check else ("c",), expression=CONDITION if check else None, valid=valid
    )
    return AddConstraint(table=TABLE, constraint=made)


READ = {
    "CREATE INDEX ON t (lower(c))": index("lower(c)"),
    "CREATE INDEX ON t (c) WHERE c IS NOT NULL": index("c", where=NOT_NULL),
    "CREATE INDEX ON t USING hash (c)": index("c", method="hash"),
    "ALTER TABLE t ADD CHECK (c <> '9')": constraint(ConstraintKind.CHECK),
    "ALTER TABLE t ADD CHECK (c <> '9') NOT VALID": constraint(ConstraintKind.CHECK, valid=False),
    "ALTER TABLE t ADD UNIQUE (c)": constraint(ConstraintKind.UNIQUE),
    "ALTER TABLE t ADD PRIMARY KEY (c)": constraint(ConstraintKind.PRIMARY_KEY),
}


@pytest.mark.parametrize(("setup", "old", "new", "expected"), DEPENDENTS)
def test_dependents(connection: psycopg.Connection, setup: str, old: str, new: str, expected: TypeChange) -> None:
    catalog = replay(catalog_with(old), [READ[setup]])
    assert DIALECT.type_change(change(new), catalog, (15,)) is expected
    assert on_server(connection, old, [setup], f"ALTER TABLE t ALTER COLUMN c TYPE {new}") is expected


USING = [
    ("varchar(10)", "text", "c", FREE),
    ("varchar(10)", "text", '("c")', FREE),
    ("varchar(10)", "text", "c::text", FREE),
    ("varchar(10)", "varchar(20)", "c::character varying(20)", FREE),
    ("varchar(10)", "text", "CAST(c AS text)", FREE),
    ("varchar(10)", "text", "c || ''", REWRITE),
    ("varchar(10)", "text", "lower(c)", REWRITE),
    ("timestamp", "timestamptz", "c AT TIME ZONE 'UTC'", REWRITE),
    ("text", "integer", "c::integer", REWRITE),
    ("text", "text", "'x'", REWRITE),
]


@pytest.mark.parametrize(("old", "new", "using", "expected"), USING)
def test_using(connection: psycopg.Connection, old: str, new: str, using: str, expected: TypeChange) -> None:
    assert DIALECT.type_change(change(new, using), catalog_with(old), (15,)) is expected
    assert on_server(connection, old, [], f"ALTER TABLE t ALTER COLUMN c TYPE {new} USING {using}") is expected


@pytest.mark.parametrize(("indexed", "expected"), [(False, FREE), (True, INDEXES)])
def test_collation(connection: psycopg.Connection, indexed: bool, expected: TypeChange) -> None:
    catalog = catalog_with("text", indexed=indexed)
    assert DIALECT.type_change(change("text", collation="POSIX"), catalog, (15,)) is expected
    setup = ["CREATE INDEX t_c ON t (c)"] if indexed else []
    statement = 'ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "POSIX"'
    assert on_server(connection, "text", setup, statement) is expected


@pytest.mark.parametrize(
    ("catalog", "new", "version", "expected"),
    [
        (Catalog.empty(DIALECT), "text", (15,), UNKNOWN),
        (catalog_with("geometry"), "text", (15,), UNKNOWN),
        (catalog_with("geometry"), "geometry", (15,), FREE),
        (catalog_with("timestamp"), "timestamptz", (11,), REWRITE),
    ],
)
def test_without_a_server(catalog: Catalog, new: str, version: tuple[int, ...], expected: TypeChange) -> None:
    assert DIALECT.type_change(change(new), catalog, version) is expected
