"""Declared effects, compared with what a server does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL

from migrail.catalog import Catalog, replay
from migrail.dialects import get
from migrail.model.locks import Blocked, Duration, InTransaction
from tests.dialects.postgres.forms import FORBIDDEN, FORMS, ONLY_18, ROWS, SETUP
from tests.dialects.postgres.measure import Measured, measure
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

DIALECT = get("postgres")
WEAK = {"ACCESS SHARE", "ROW SHARE"}
"""Locks that a statement takes to read what it needs: not declared unless they are its point."""


def declared(before: str, statement: str, version: tuple[int, ...]) -> dict[str, tuple[str, Duration]]:
    """Relation → lock and duration, the strongest of all operations of the statement."""
    catalog = catalog_of([SETUP, before] if before else [SETUP])
    found: dict[str, tuple[str, Duration]] = {}
    for operation in read(statement):
        effects = DIALECT.effects(operation, catalog, version)
        found.update({lock.relation: (lock.mode, lock.duration) for lock in effects.locks})
    return found


def differences(said: dict[str, tuple[str, Duration]], real: Measured, tables: set[str]) -> list[str]:
    """Where the server did something else."""
    wrong = []
    for relation, (mode, duration) in said.items():
        if real.locks.get(relation) != mode:
            wrong.append(f"{relation}: {mode} declared, {real.locks.get(relation)} seen")
        if relation not in tables:
            continue
        work = Duration.REWRITE if relation in real.rewritten else Duration.INSTANT
        if work is Duration.INSTANT and relation in real.read:
            work = Duration.SCAN
        if work is not duration:
            wrong.append(f"{relation}: {duration} declared, {work} seen")
    for relation, mode in real.locks.items():
        if relation in tables and relation not in said and mode not in WEAK:
            wrong.append(f"{relation}: nothing declared, {mode} seen")
    return wrong


TABLES = "SELECT 'public.' || relname FROM pg_class WHERE relkind IN ('r', 'p', 'm', 'v') AND relnamespace = 2200"
TRUNCATES = "TRUNCATE"
SAMPLED = "ANALYZE"


def compare(connection: psycopg.Connection, before: str, statement: str) -> list[str]:
    """Runs the statement on the prepared database and compares; leaves the database as it was."""
    version = (connection.info.server_version // 10000,)
    said = declared(before, statement, version)
    if before:
        connection.execute(before)
        connection.commit()
    tables = {row[0] for row in connection.execute(TABLES)}
    real = measure(connection, statement)
    if statement.startswith(TRUNCATES):
        real = Measured(locks=real.locks, read=real.read, rewritten=frozenset())
    if statement.startswith(SAMPLED):
        real = Measured(locks=real.locks, read=frozenset(), rewritten=real.rewritten)
    return differences(said, real, tables)


@pytest.fixture
def connection(postgres_database: str) -> Iterator[psycopg.Connection]:
    with opened(postgres_database) as made:
        yield made


def opened(url: str) -> psycopg.Connection:
    made = psycopg.connect(url.replace("+psycopg", ""))
    made.execute(SETUP)
    made.execute(ROWS)
    made.commit()
    return made


@pytest.mark.parametrize("statement", [statement for before, statement in FORMS if not before])
def test_form(shared: psycopg.Connection, statement: str) -> None:
    assert compare(shared, "", statement) == []


@pytest.fixture(scope="module")
def shared(postgres: URL) -> Iterator[psycopg.Connection]:
    """One database for all statements that are rolled back."""
    with fresh_database(postgres) as url, opened(url) as made:
        yield made


@pytest.mark.parametrize(("before", "statement"), [form for form in FORMS if form[0]])
def test_form_after(connection: psycopg.Connection, before: str, statement: str) -> None:
    assert compare(connection, before, statement) == []


def test_forms_of_18(postgres_18: URL) -> None:
    wrong = []
    for before, statement in ONLY_18:
        with fresh_database(postgres_18) as url, opened(url) as connection:
            wrong += compare(connection, before, statement)
    assert wrong == []


def in_transaction(statements: Iterable[str], version: tuple[int, ...] = (15,)) -> list[InTransaction]:
    catalog = catalog_of([SETUP])
    operations = [operation for statement in statements for operation in read(statement)]
    return [DIALECT.effects(operation, catalog, version).in_transaction for operation in operations]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_forbidden_in_a_transaction(shared: psycopg.Connection, statement: str) -> None:
    assert in_transaction([statement]) == [InTransaction.FORBIDDEN]
    with pytest.raises(psycopg.errors.ActiveSqlTransaction):
        shared.execute(statement)
    shared.rollback()


def test_everything_else_is_allowed() -> None:
    assert set(in_transaction(statement for _, statement in FORMS)) == {InTransaction.ALLOWED}


@pytest.mark.parametrize(
    ("version", "expected"), [((11,), InTransaction.FORBIDDEN), ((12,), InTransaction.ALLOWED)]
)
def test_enum_values(version: tuple[int, ...], expected: InTransaction) -> None:
    assert in_transaction(["ALTER TYPE mood ADD VALUE 'x'"], version) == [expected]


CONCURRENT = [
    ("CREATE INDEX CONCURRENTLY n ON t (b)", {"public.t": ("SHARE UPDATE EXCLUSIVE", Duration.SCAN)}),
    ("DROP INDEX CONCURRENTLY t_a", {"public.t": ("SHARE UPDATE EXCLUSIVE", Duration.INSTANT)}),
    ("REINDEX INDEX CONCURRENTLY t_a", {"public.t": ("SHARE UPDATE EXCLUSIVE", Duration.SCAN)}),
    ("REINDEX TABLE CONCURRENTLY t", {"public.t": ("SHARE UPDATE EXCLUSIVE", Duration.SCAN)}),
    (
        "ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY",
        {
            "public.parted": ("SHARE UPDATE EXCLUSIVE", Duration.INSTANT),
            "public.parted_1": ("ACCESS EXCLUSIVE", Duration.INSTANT),
        },
    ),
    ("VACUUM t", {"public.t": ("SHARE UPDATE EXCLUSIVE", Duration.SCAN)}),
    ("VACUUM FULL t", {"public.t": ("ACCESS EXCLUSIVE", Duration.REWRITE)}),
    ("UPDATE t SET a = 1 WHERE id = 1", {"public.t": ("ROW EXCLUSIVE", Duration.INSTANT)}),
    ("DROP INDEX unknown", {"public.unknown": ("ACCESS EXCLUSIVE", Duration.INSTANT)}),
    ("SELECT pg_sleep(1)", {}),
    ("SET lock_timeout = '1s'", {}),
    ("BEGIN", {}),
    ("DO $$ BEGIN NULL; END $$", {}),
]


@pytest.mark.parametrize(("statement", "expected"), CONCURRENT)
def test_what_cannot_be_measured_in_a_transaction(
    statement: str, expected: dict[str, tuple[str, Duration]]
) -> None:
    """From the manual (13.3 and the pages of the statements)."""
    assert declared("", statement, (15,)) == expected


@pytest.mark.parametrize(
    ("before", "statement", "version", "expected"),
    [
        ("", "ALTER TABLE t ADD COLUMN n integer DEFAULT 1", (10,), Duration.REWRITE),
        ("", "ALTER TABLE t ADD COLUMN n integer DEFAULT 1", (11,), Duration.INSTANT),
        ("", "ALTER TABLE t ADD COLUMN n integer DEFAULT who_knows()", (15,), Duration.REWRITE),
        ("ALTER TABLE t ADD CHECK (a IS NOT NULL)", "ALTER TABLE t ALTER a SET NOT NULL", (11,), Duration.SCAN),
        ("ALTER TABLE t ADD CHECK (a IS NOT NULL)", "ALTER TABLE t ALTER a SET NOT NULL", (12,), Duration.INSTANT),
        (
            "ALTER TABLE t ADD CHECK (a IS NOT NULL); ALTER TABLE t RENAME COLUMN a TO z",
            "ALTER TABLE t ALTER z SET NOT NULL",
            (15,),
            Duration.INSTANT,
        ),
        (
            "ALTER TABLE t ADD CHECK (a IS NOT NULL OR s IS NOT NULL)",
            "ALTER TABLE t ALTER a SET NOT NULL",
            (15,),
            Duration.SCAN,
        ),
        ("", "ALTER TABLE unknown ALTER COLUMN a TYPE text", (15,), Duration.REWRITE),
        ("", "ALTER TABLE unknown ALTER COLUMN a SET NOT NULL", (15,), Duration.SCAN),
        ("", "ALTER TABLE unknown VALIDATE CONSTRAINT x", (15,), Duration.SCAN),
    ],
)
def test_decisions(before: str, statement: str, version: tuple[int, ...], expected: Duration) -> None:
    durations = [duration for _, duration in declared(before, statement, version).values()]
    assert durations == [expected]


NEW = "CREATE TABLE fresh (id integer PRIMARY KEY, a integer); CREATE INDEX fresh_a ON fresh (a);"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("ALTER TABLE fresh ADD COLUMN n double precision DEFAULT random()", {}),
        ("CREATE INDEX n ON fresh (a)", {}),
        ("DROP INDEX fresh_a", {}),
        ("DROP TABLE fresh", {}),
        (
            "ALTER TABLE fresh ADD FOREIGN KEY (a) REFERENCES p",
            {"public.p": ("SHARE ROW EXCLUSIVE", Duration.INSTANT)},
        ),
        (
            "ALTER TABLE child ADD FOREIGN KEY (id) REFERENCES fresh",
            {"public.child": ("SHARE ROW EXCLUSIVE", Duration.SCAN)},
        ),
    ],
)
def test_nobody_waits_for_new_tables(statement: str, expected: dict[str, tuple[str, Duration]]) -> None:
    catalog: Catalog = replay(catalog_of([SETUP]), read(NEW), new=True)
    (operation,) = read(statement)
    locks = DIALECT.effects(operation, catalog, (15,)).locks
    assert {lock.relation: (lock.mode, lock.duration) for lock in locks} == expected


def test_concurrently_stays_forbidden_on_new_tables() -> None:
    catalog = replay(catalog_of([SETUP]), read(NEW), new=True)
    (operation,) = read("CREATE INDEX CONCURRENTLY n ON fresh (a)")
    assert DIALECT.effects(operation, catalog, (15,)).in_transaction is InTransaction.FORBIDDEN


@pytest.mark.parametrize(
    ("statement", "blocks"),
    [
        ("LOCK TABLE t IN ACCESS SHARE MODE", (Blocked.DDL,)),
        ("LOCK TABLE t IN ROW EXCLUSIVE MODE", (Blocked.DDL,)),
        ("LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE", (Blocked.DDL,)),
        ("LOCK TABLE t IN SHARE MODE", (Blocked.WRITES, Blocked.DDL)),
        ("LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE", (Blocked.WRITES, Blocked.DDL)),
        ("LOCK TABLE t IN EXCLUSIVE MODE", (Blocked.WRITES, Blocked.DDL)),
        ("LOCK TABLE t", (Blocked.READS, Blocked.WRITES, Blocked.DDL)),
    ],
)
def test_who_waits(statement: str, blocks: tuple[Blocked, ...]) -> None:
    (operation,) = read(statement)
    (lock,) = DIALECT.effects(operation, catalog_of([SETUP]), (15,)).locks
    assert lock.blocks == blocks


def test_rewrites_and_scans_are_named() -> None:
    catalog = catalog_of([SETUP])
    (rewriting,) = read("ALTER TABLE t ALTER COLUMN a TYPE bigint")
    (scanning,) = read("ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p")
    assert DIALECT.effects(rewriting, catalog, (15,)).rewrites == ("public.t",)
    assert DIALECT.effects(scanning, catalog, (15,)).scans == ("public.t", "public.p")
