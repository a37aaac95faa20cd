"""Differences without a server: what conditional and unread code makes of them, and how they print."""

from __future__ import annotations

import pytest

from migrail.catalog import Catalog
from migrail.catalog.assemble import assemble
from migrail.catalog.compare import Difference, compare, diff_lines
from migrail.catalog.expectation import Expectation
from migrail.catalog.facets import ObjectKind
from migrail.dialects import get
from migrail.model.operations import Certainty
from tests.catalog.comparing import between
from tests.dialects.reading import catalog_of, read

POSTGRES = get("postgres")
BASE = "CREATE TABLE t (a integer, b integer);"


def expected(script: str) -> Expectation:
    made = Expectation(POSTGRES)
    made.begin_session()
    for operation in read(script):
        made.apply(operation)
    return made


def code(inner: str) -> str:
    return f"DO $$ BEGIN {inner} END $$;"


def when(inner: str) -> str:
    return code(f"IF x() THEN {inner} END IF;")


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (code("ALTER TABLE t ADD COLUMN c text;"), "ALTER TABLE t ADD COLUMN c text;"),
        (when("ALTER TABLE t ADD COLUMN c text;"), ""),
        (when("ALTER TABLE t ADD COLUMN c text;"), "ALTER TABLE t ADD COLUMN c text;"),
        (when("ALTER TABLE t DROP COLUMN b;"), ""),
        (when("ALTER TABLE t DROP COLUMN b;"), "ALTER TABLE t DROP COLUMN b;"),
        (when("ALTER TABLE t ALTER a SET NOT NULL;"), "ALTER TABLE t ALTER a SET NOT NULL;"),
        (when("ALTER TABLE t RENAME TO u;"), "ALTER TABLE t RENAME TO u;"),
        (when("ALTER TABLE t RENAME TO u;"), ""),
    ],
)
def test_a_condition_leaves_both_open(script: str, found: str) -> None:
    assert expected(BASE + script).differences(catalog_of([BASE + found])) == ()


@pytest.mark.parametrize(
    ("script", "found", "line"),
    [
        (when("ALTER TABLE t ADD COLUMN c text;"), "ALTER TABLE t ADD COLUMN d text;", "+ column public.t.d text"),
        (when("ALTER TABLE t ADD COLUMN c text;"), "ALTER TABLE t DROP a;", "- column public.t.a integer"),
        (code("ALTER TABLE t ADD COLUMN c text;"), "", "- column public.t.c text"),
    ],
)
def test_a_condition_explains_nothing_else(script: str, found: str, line: str) -> None:
    differences = expected(BASE + script).differences(catalog_of([BASE + found]))
    assert diff_lines(differences) == [line]
    assert {item.certainty for item in differences} == {Certainty.CERTAIN}


@pytest.mark.parametrize(
    "script", [code("EXECUTE x;"), "CALL p();", when("CALL p();"), "ALTER TABLE u ADD c text;"]
)
def test_what_is_not_known_makes_differences_possible(script: str) -> None:
    (difference,) = expected(BASE + script).differences(catalog_of([BASE, "CREATE TABLE more (id integer);"]))
    assert difference.name == "public.more"
    assert difference.certainty is Certainty.POSSIBLE


def test_temporary_tables_are_no_difference() -> None:
    assert expected(BASE + "CREATE TEMP TABLE x (id integer);").differences(catalog_of([BASE])) == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("char", "character(1)"),
        ("bit", "bit(1)"),
        ("numeric(8)", "decimal(8, 0)"),
        ("integer[][]", "int4 array[3]"),
        ("citext", "extensions.citext"),
        ("timestamp(3)", "timestamp (3) without time zone"),
    ],
)
def test_types_that_are_one(one: str, two: str) -> None:
    assert between(f"CREATE TABLE t (a {one});", f"CREATE TABLE t (a {two});") == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("char(2)", "char"),
        ("varchar", "varchar(1)"),
        ("integer", "integer[]"),
        ("numeric(8, 2)", "numeric"),
        ("timestamp", "timestamptz"),
        ("time(3)", "time"),
    ],
)
def test_types_that_are_two(one: str, two: str) -> None:
    assert between(f"CREATE TABLE t (a {one});", f"CREATE TABLE t (a {two});") == [
        f"- column public.t.a: type {one.replace(', ', ',')}",
        f"+ column public.t.a: type {two}",
    ]


def test_a_type_of_another_schema_is_another() -> None:
    script = "CREATE TYPE mood AS ENUM ('a'); CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a');"
    assert between(script + "CREATE TABLE t (a mood);", script + "CREATE TABLE t (a app.mood);") == [
        "- column public.t.a: type mood",
        "+ column public.t.a: type app.mood",
    ]


def test_lines_are_sorted_by_object_and_safe_to_print() -> None:
    def made(kind: ObjectKind, name: str, what: str, one: str | None, two: str | None) -> Difference:
        return Difference(kind=kind, name=name, what=what, expected=one, found=two)

    assert diff_lines(
        [
            made(ObjectKind.COLUMN, "public.b.x", "type", "integer", "text"),
            made(ObjectKind.TABLE, "public.b", "existence", "", None),
            made(ObjectKind.COLUMN, "public.b.x", "default", "none", "\x1b[31m1"),
            made(ObjectKind.VIEW, "public.a", "existence", None, "SELECT 1"),
        ]
    ) == [
        "+ view public.a SELECT 1",
        "- table public.b",
        "- column public.b.x: default none",
        "+ column public.b.x: default \\x1b[31m1",
        "- column public.b.x: type integer",
        "+ column public.b.x: type text",
    ]


def test_nothing_is_expected_of_an_empty_history() -> None:
    empty = Catalog.empty(POSTGRES)
    assert compare(empty, empty) == ()
    assert diff_lines(compare(empty, catalog_of([BASE]))) == ["+ table public.t"]


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_an_assembled_catalog_answers_like_a_replayed_one(dialect: str) -> None:
    script = """
        CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE);
        CREATE TABLE c (p_id integer REFERENCES p, code text);
        CREATE INDEX c_code ON c (code);
        CREATE VIEW v AS SELECT id FROM p;
    """
    if dialect == "postgres":
        script += """
            CREATE TYPE mood AS ENUM ('a');
            CREATE TABLE more (id serial, m mood) PARTITION BY LIST (id);
            CREATE TABLE more_1 PARTITION OF more DEFAULT;
        """
    replayed = catalog_of([script], dialect)
    made = assemble(
        replayed.dialect,
        tables=replayed.tables.values(),
        views=replayed.views.values(),
        types=replayed.types.values(),
        sequences=replayed.sequences.values(),
        functions=[item for overloads in replayed.functions.values() for item in overloads],
        schemas=replayed.schemas,
        extensions=replayed.extensions.items(),
    )
    assert made == replayed
