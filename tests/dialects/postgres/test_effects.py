"""Declared effects, compared with what servers do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from migrail.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.dialects import get
from migrail.dialects.postgres.facts import FACTS, MEASURED
from migrail.model.locks import Blocked, Duration, InTransaction
from tests.dialects.postgres.comparing import compare, declared, disagreements, prepared, wanted
from tests.dialects.postgres.forms import CAUTIOUS, FORBIDDEN, FORMS, SETUP, UNSEEN, WATCHED, Form, Watched
from tests.dialects.reading import catalog_of, read
from tests.support.servers import libpq

DIALECT = get("postgres")
ALL = [form for forms in FORMS.values() for form in forms]
MORE = [make_url(url) for url in os.environ.get("MIGRAIL_TEST_POSTGRES_URLS", "").split()]
"""Servers of other versions, for those who have them: all of 10 to 18 agree."""


@pytest.mark.parametrize("kind", FORMS)
def test_forms(postgres: URL, kind: str) -> None:
    assert differing(postgres, FORMS[kind]) == []


@pytest.mark.parametrize("kind", FORMS)
def test_forms_on_18(postgres_18: URL, kind: str) -> None:
    assert differing(postgres_18, FORMS[kind]) == []


def test_forms_elsewhere() -> None:
    assert [line for server in MORE for line in differing(server, ALL)] == []


def differing(server: URL, forms: Iterable[Form]) -> list[str]:
    with psycopg.connect(libpq(server)) as connection:
        major = connection.info.server_version // 10000
    return disagreements(server, [form for form in forms if form.statement not in {**CAUTIOUS, **UNSEEN}], major)


@pytest.fixture(scope="module")
def shared(postgres: URL) -> Iterator[psycopg.Connection]:
    """One database for all statements that are rolled back."""
    with prepared(postgres) as made:
        yield made


def plain(statement: str) -> Form:
    """The form of that statement, prepared by nothing where there is one."""
    return min((form for form in ALL if form.statement == statement), key=lambda form: form.before)


@pytest.mark.parametrize("statement", CAUTIOUS)
def test_cautious(shared: psycopg.Connection, statement: str) -> None:
    """More is declared than the server does; when that ends, the list has to be shorter."""
    found = compare(shared, plain(statement))
    assert found
    assert not [line for line in found if "nothing declared" in line]


@pytest.mark.parametrize("statement", UNSEEN)
def test_unseen(postgres: URL, statement: str) -> None:
    form = plain(statement)
    with prepared(postgres, form.before) as connection:
        assert all("nothing declared" in line for line in compare(connection, form))
        assert compare(connection, form)


def test_every_row_is_measured() -> None:
    """No row without a form that it is about, or a page that says so."""
    catalogs = {before: catalog_of([SETUP, before or "SELECT 1"]) for before in {form.before for form in ALL}}
    used = {
        fact
        for form in ALL
        for operation in read(form.statement)
        for version in range(form.since, min(form.until, 19))
        for fact in FACTS
        if fact.operation is type(operation) and fact.holds(operation, catalogs[form.before], (version,))
    }
    unused = [fact for fact in FACTS if fact.source == MEASURED and fact not in used]
    assert [(fact.form, *(condition.words for condition in fact.when)) for fact in unused] == []


@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: f"{watched.statement} - {watched.held}")
def test_outside_a_transaction(postgres: URL, watched: Watched) -> None:
    lock = declared(Form(watched.statement), (15,))[f"public.{watched.held}"]
    with prepared(postgres) as holder:
        assert wanted(holder, watched) == watched.wanted == lock.mode


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
    assert set(
        in_transaction(form.statement for form in ALL if "SUBSCRIPTION" not in form.statement and form.since <= 18)
    ) == {InTransaction.ALLOWED}


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
    found = declared(Form(statement), (15,))
    assert {relation: (lock.mode, lock.duration) for relation, lock in found.items()} == expected


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
    locks = declared(Form(statement, before), version).values()
    assert [lock.duration for lock in locks] == [expected]


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
