"""Operations → structure, where no server needs to be asked."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise

import pytest

from migrail.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.dialects import get
from migrail.model import operations as ops
from migrail.model.structure import (
    Column,
    ColumnName,
    Constraint,
    ConstraintKind,
    Expression,
    Name,
    Reference,
    SqlType,
)
from tests.catalog.describing import describe
from tests.dialects.reading import catalog_of, read

POSTGRES, SQLITE, MARIADB = get("postgres"), get("sqlite"), get("mariadb")
T = Name(None, "t")
MOODS = dict.fromkeys(("low", "sad", "happy"))


def name(text: str) -> Name:
    schema, _, bare = text.rpartition(".")
    return Name(schema or None, bare)


# New relations


@pytest.mark.parametrize(
    ("script", "new"),
    [
        ("CREATE TABLE n (id serial PRIMARY KEY)", ["n", "public.n", "n_id_seq", "n_pkey"]),
        ("ALTER TABLE t RENAME TO n", []),
        ("CREATE TABLE x (id integer); ALTER TABLE x RENAME TO n", ["n"]),
        ("CREATE TABLE IF NOT EXISTS t (id integer)", []),
        ("DROP TABLE t; CREATE TABLE t (id integer)", ["t"]),
        ("CREATE VIEW v AS SELECT 1 AS x", ["v"]),
        ("CREATE INDEX t_i ON t (id)", ["t_i"]),
        ("CREATE TEMP TABLE n (id integer)", ["n"]),
        ("CREATE SCHEMA app; CREATE TABLE x (id integer); ALTER TABLE x SET SCHEMA app", ["app.x"]),
    ],
)
def test_is_new(script: str, new: list[str]) -> None:
    catalog = replay(catalog_of(["CREATE TABLE t (id integer)"]), read(script), new=True)
    relations = [*catalog.tables, *catalog.views, *catalog.sequences, *catalog.index_tables]
    assert all(catalog.is_new(name(item)) for item in new)
    wanted = {catalog.resolve(name(item)) for item in new}
    assert {item for item in relations if catalog.is_new(item)} == wanted


def test_history_makes_nothing_new() -> None:
    catalog = catalog_of(["CREATE TABLE t (id integer)"])
    assert not catalog.is_new(T)


def test_what_may_have_been_there_is_not_new() -> None:
    catalog = Catalog.empty(POSTGRES, complete=False)
    catalog = replay(catalog, read("CREATE TABLE IF NOT EXISTS t (id integer)"), new=True)
    assert catalog.table(T) is not None
    assert not catalog.is_new(T)


# Names


@pytest.mark.parametrize(
    ("dialect", "script", "asked", "shown"),
    [
        ("postgres", "CREATE TABLE t (id integer)", "t", "public.t"),
        ("postgres", "CREATE TABLE t (id integer)", "app.t", "app.t"),
        ("postgres", "SELECT 1", "missing", "public.missing"),
        ("postgres", "CREATE SCHEMA app; SET search_path TO app; CREATE TABLE t (id integer)", "t", "app.t"),
        ("postgres", "CREATE TABLE t (id integer); SET search_path TO app, public", "t", "public.t"),
        ("postgres", "CREATE TABLE t (id integer); SET search_path TO app, public", "missing", "public.missing"),
        ("postgres", "SET search_path TO app; RESET search_path", "t", "public.t"),
        ("postgres", "SET search_path = \"$user\", 'App'", "t", "App.t"),
        ("postgres", "CREATE TEMP TABLE t (id integer)", "t", "t"),
        ("sqlite", "CREATE TABLE t (id integer)", "T", "T"),
        ("sqlite", "CREATE TABLE t (id integer)", "main.t", "t"),
        ("sqlite", "CREATE TEMP TABLE t (id integer)", "t", "t"),
    ],
)
def test_display(dialect: str, script: str, asked: str, shown: str) -> None:
    assert catalog_of([script], dialect).display(name(asked)) == shown


def test_a_new_session_forgets() -> None:
    script = "CREATE TABLE t (id integer); SET search_path TO app; CREATE TEMP TABLE u (id integer)"
    catalog = catalog_of([script])
    assert catalog.search_path == ("app",)
    again = catalog.in_new_session()
    assert (again.search_path, list(again.tables)) == (("public",), [Name("public", "t")])
    assert again.in_new_session() is again


# What the structure answers


@pytest.mark.parametrize(
    ("script", "question", "answer"),
    [
        ("", "indexes_on(T)", ("t_pkey", "t_a", "t_lower")),
        ("", "indexes_on(T, 'a')", ("t_a", "t_lower")),
        ("", "indexes_on(T, 'b')", ("t_lower",)),
        ("", "[c.name for c in checks_on(T, 'a')]", ["t_a_check", "t_check"]),
        ("", "[c.name for c in checks_on(T, 'id')]", []),
        ("", "referencing(T)", (Name("public", "c"),)),
        ("", "[k.name for k in foreign_keys_of(Name(None, 'c'))]", ["c_t_id_fkey"]),
        ("", "table_of_index(Name(None, 't_a'))", Name("public", "t")),
        ("", "table_of_index(Name(None, 'missing'))", None),
        ("", "views_reading(T)", (Name("public", "v"), Name("public", "w"))),
        ("", "column(T, 'a').type", SqlType(name="integer")),
        ("", "column(T, 'missing')", None),
        ("", "column(Name(None, 'missing'), 'a')", None),
        ("", "domain_has_constraint(SqlType(name='checked'))", True),
        ("", "domain_has_constraint(SqlType(name='nested'))", True),
        ("", "domain_has_constraint(SqlType(name='plain'))", False),
        ("", "domain_has_constraint(SqlType(name='required'))", True),
        ("", "domain_has_constraint(SqlType(name='text'))", False),
        ("", "domain_base(SqlType(name='nested'))", SqlType(name="checked")),
        ("", "domain_base(SqlType(name='text'))", None),
        ("", "tables_with_type(Name(None, 'checked'))", (Name("public", "typed"),)),
        ("", "is_partitioned(Name(None, 'parted'))", True),
        ("", "is_partitioned(T)", False),
        ("", "children_of(Name(None, 'parted'))", (Name("public", "part"),)),
        ("", "parents_of(Name(None, 'part'))", (Name("public", "parted"),)),
        ("", "enum(Name(None, 'mood')).labels", MOODS),
        ("ALTER TYPE mood RENAME TO humour", "enum(Name(None, 'humour')).labels", MOODS),
        ("ALTER TYPE mood RENAME TO humour", "column(Name(None, 'typed'), 'm').type.name", "humour"),
        ("DROP TYPE mood CASCADE", "column(Name(None, 'typed'), 'm')", None),
        ("DROP TRIGGER g ON t", "list(table(T).triggers)", []),
        ("", "list(table(T).triggers)", ["g"]),
        ("ALTER DOMAIN plain SET NOT NULL", "domain_has_constraint(SqlType(name='plain'))", True),
        ("ALTER TABLE t RENAME TO n", "referencing(Name(None, 'n'))", (Name("public", "c"),)),
        ("ALTER TABLE t RENAME COLUMN a TO n", "indexes_on(T, 'n')", ("t_a", "t_lower")),
        ("ALTER TABLE t RENAME COLUMN a TO n", "[c.name for c in checks_on(T, 'n')]", ["t_a_check", "t_check"]),
        ("DROP VIEW v CASCADE", "views_reading(T)", ()),
        ("CREATE OR REPLACE VIEW v AS SELECT 1 AS id", "views_reading(T)", ()),
        ("DROP SCHEMA public CASCADE", "list(tables)", []),
        ("CREATE EXTENSION citext", "'citext' in extensions", True),
        ("DROP FUNCTION f", "function_volatility('f')", None),
        ("", "function_volatility('f')", "volatile"),
        ("", "function_volatility('public.f')", "volatile"),
        ("", "function_volatility('app.f')", None),
    ],
)
def test_answers(script: str, question: str, answer: object) -> None:
    setup = """
    CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0), b text, CHECK (a > length(b)));
    CREATE INDEX t_a ON t (a);
    CREATE INDEX t_lower ON t (lower(b)) WHERE a > 1;
    CREATE TABLE c (t_id integer REFERENCES t);
    CREATE VIEW v AS SELECT id FROM t;
    CREATE VIEW w AS SELECT id FROM v;
    CREATE DOMAIN plain AS text;
    CREATE DOMAIN required AS text NOT NULL;
    CREATE DOMAIN checked AS text CHECK (value <> '');
    CREATE DOMAIN nested AS checked;
    CREATE TYPE mood AS ENUM ('sad', 'happy');
    ALTER TYPE mood ADD VALUE 'low' BEFORE 'sad';
    CREATE TABLE typed (d checked, m mood);
    CREATE TABLE parted (id integer) PARTITION BY LIST (id);
    CREATE TABLE part PARTITION OF parted FOR VALUES IN (1);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    """
    catalog = catalog_of([setup, script] if script else [setup])
    names = {item: getattr(catalog, item) for item in dir(catalog) if not item.startswith("_")}
    assert eval(question, {**names, "T": T, "Name": Name, "SqlType": SqlType}) == answer


# A value


def test_the_old_catalog_stays() -> None:
    before = catalog_of(["CREATE TABLE t (id integer, a integer); CREATE TABLE u (id integer)"])
    lines = describe(before)
    changes = "ALTER TABLE t ADD COLUMN b text; ALTER TABLE t DROP COLUMN a; CREATE INDEX i ON t (id); DROP TABLE u"
    after = replay(before, read(changes))
    assert describe(before) == lines
    assert describe(after) != lines


def test_untouched_tables_are_shared() -> None:
    before = catalog_of(["CREATE TABLE t (id integer); CREATE TABLE u (id integer)"])
    after = replay(before, read("ALTER TABLE t ADD COLUMN a integer"))
    assert after.table(Name(None, "u")) is before.table(Name(None, "u"))
    assert after.table(T) is not before.table(T)


def test_one_by_one_or_at_once() -> None:
    script = """
    CREATE TABLE p (id serial PRIMARY KEY); CREATE TABLE c (id integer REFERENCES p, x integer UNIQUE);
    CREATE INDEX ON c (id); ALTER TABLE p RENAME TO q; ALTER TABLE c RENAME COLUMN x TO y; CREATE INDEX ON c (id);
    CREATE VIEW v AS SELECT id FROM q; ALTER TABLE c DROP COLUMN y; DROP TABLE q CASCADE;
    CREATE TABLE p (id integer);
    """
    operations = read(script)
    stepped = Catalog.empty(POSTGRES)
    for operation in operations:
        stepped = replay(stepped, [operation])
    assert stepped == replay(Catalog.empty(POSTGRES), operations)


# Nothing raises

MISSING = Name(None, "missing")
COLUMN = Column(name="c", type=SqlType(name="integer"))
VALUES = {
    "table": MISSING,
    "name": MISSING,
    "column": "c",
    "new_name": "n",
    "new_schema": "s",
    "constraint": "c",
    "option": "ADD GENERATED ALWAYS",
    "partition": MISSING,
    "type": SqlType(name="text"),
    "base": SqlType(name="text"),
    "label": "l",
    "new_label": "m",
    "object_type": "TYPE",
    "default": Expression(text="1"),
    "keyword": "X",
    "reason": "x",
    "scope": "TABLE",
    "query": "SELECT 1",
    "trigger": "g",
    "timing": "AFTER INSERT",
    "policy": "p",
    "period": "p",
    "verb": "X",
    "variable": "search_path",
    "value": "a,,b",
    "expression": Expression(text="c + 1"),
    "parent": MISSING,
    "attribute": "c",
    "not_null": True,
    "owned_by": ColumnName(MISSING, "c"),
}


def every_operation() -> list[ops.Operation]:
    """One of each kind, about things that do not exist."""
    made = []
    for kind in vars(ops).values():
        if not isinstance(kind, type) or not issubclass(kind, ops.Operation) or kind.__subclasses__():
            continue
        values = {field.name: VALUES[field.name] for field in fields(kind) if field.name in VALUES}
        if kind in (ops.AddColumn, ops.ModifyColumn):
            values["column"] = COLUMN
        if kind in (ops.AddAttribute, ops.AlterAttribute):
            values["attribute"] = COLUMN
        if kind is ops.AddDomainConstraint:
            values["constraint"] = Constraint(kind=ConstraintKind.NOT_NULL)
        if kind is ops.AddConstraint:
            key = Constraint(kind=ConstraintKind.FOREIGN_KEY, columns=("c",), references=Reference(table=MISSING))
            values["constraint"] = key
        made.append(kind(**values))
    return made


@pytest.mark.parametrize("dialect", [POSTGRES, SQLITE, MARIADB], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("operation", every_operation(), ids=lambda operation: operation.kind)
def test_unknown_things_are_passed_over(dialect: object, operation: ops.Operation) -> None:
    assert isinstance(dialect, type(POSTGRES))
    creating = operation.kind.startswith("create_") or operation.kind == "set_variable"
    empty = Catalog.empty(dialect)
    after = replay(empty, [operation, operation])
    assert creating or after == empty
    dialect.effects(operation, after, dialect.default_version)
    dialect.refuses(operation, after, dialect.default_version)


def test_deep_inheritance() -> None:
    chain = [ops.CreateTable(table=Name(None, "t0"), columns=(COLUMN,))]
    names = [Name(None, f"t{number}") for number in range(3000)]
    chain += [ops.CreateTable(table=child, inherits=(parent,)) for parent, child in pairwise(names)]
    catalog = replay(Catalog.empty(POSTGRES), [*chain, ops.DropColumn(table=names[0], column="c")])
    assert catalog.column(names[-1], "c") is None
    assert replay(catalog, [ops.DropTable(table=names[0], cascade=True)]).tables == {}


def test_domains_in_a_circle() -> None:
    circle = [
        ops.CreateDomain(name=Name(None, "a"), base=SqlType(name="b")),
        ops.CreateDomain(name=Name(None, "b"), base=SqlType(name="a")),
    ]
    catalog = replay(Catalog.empty(POSTGRES), circle)
    assert catalog.domain_has_constraint(SqlType(name="a"))
