"""Schemas, extensions, roles, privileges, comments and all other objects."""

from __future__ import annotations

import pytest

from migrail.model.operations import (
    AlterObject,
    CommentOn,
    CreateExtension,
    CreateObject,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateView,
    DropObject,
    DropTable,
    Grant,
    MoveObject,
    Operation,
    RenameObject,
)
from migrail.model.structure import Name
from tests.sql.support import behind, n, opaque, ops

CREATED: list[tuple[str, Operation]] = [
    ("SCHEMA IF NOT EXISTS s AUTHORIZATION r", CreateSchema(name=n("s"), if_not_exists=True)),
    ("SCHEMA AUTHORIZATION r", CreateSchema(name=n("r"))),
    ('EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public VERSION \'1.1\' CASCADE', CreateExtension(
        name=n("uuid-ossp"), schema="public", if_not_exists=True)),
    ("EXTENSION citext", CreateExtension(name=n("citext"))),
    ("PUBLICATION p FOR TABLE s.t, u WITH (publish = 'insert')", CreateObject(
        object_type="PUBLICATION", name=n("p"), tables=(n("s.t"), n("u")))),
    ("PUBLICATION p FOR TABLE ONLY t (a) WHERE (b > 0), TABLES IN SCHEMA s", CreateObject(
        object_type="PUBLICATION", name=n("p"), tables=(n("t"),))),
    ("PUBLICATION p FOR ALL TABLES", CreateObject(object_type="PUBLICATION", name=n("p"))),
    ("STATISTICS IF NOT EXISTS s (ndistinct) ON a, (b + 1) FROM s.t", CreateObject(
        object_type="STATISTICS", name=n("s"), table=n("s.t"))),
    ("STATISTICS ON a, b FROM t", CreateObject(object_type="STATISTICS", name=None, table=n("t"))),
    ("USER MAPPING FOR CURRENT_USER SERVER s", CreateObject(object_type="USER MAPPING", name=None)),
    ("TRANSFORM FOR x LANGUAGE y (FROM SQL WITH FUNCTION f(internal))", CreateObject(
        object_type="TRANSFORM", name=None)),
    ("OPERATOR s.=== (LEFTARG = int, FUNCTION = f)", CreateObject(
        object_type="OPERATOR", name=n("s.==="), signature="int, NONE", function=n("f"))),
    ("OPERATOR !! (PROCEDURE = s.f, RIGHTARG = numeric(3, 2)[], COMMUTATOR = OPERATOR(s.!!), HASHES)", CreateObject(
        object_type="OPERATOR", name=n("!!"), signature="NONE, numeric(3, 2)[]", function=n("s.f"),
    shells=((n("s.!!"), "numeric(3, 2)[], NONE"),))),
    ("CAST (int AS text) WITHOUT FUNCTION", CreateObject(
        object_type="CAST", name=Name(None, "int AS text"), signature="int, text")),
    ("OPERATOR CLASS x DEFAULT FOR TYPE int USING gist FAMILY s.y AS STORAGE z", CreateObject(
        object_type="OPERATOR CLASS", name=n("x"), signature="gist", family=n("s.y"))),
    ("OPERATOR CLASS x FOR TYPE int USING btree AS STORAGE y", CreateObject(
        object_type="OPERATOR CLASS", name=n("x"), signature="btree")),
    ("OPERATOR FAMILY x USING btree", CreateObject(
        object_type="OPERATOR FAMILY", name=n("x"), signature="btree")),
    *((f"AGGREGATE {words}", CreateObject(
        object_type="AGGREGATE", name=n("x"), signature=signature, returns=returns))
      for words, signature, returns in [
        ("x (int) (SFUNC = g, STYPE = int)", "int", "int"),
        ("x (*) (SFUNC = g, STYPE = int8, INITCOND = '0')", "", "int8"),
        ("x (a int, VARIADIC b text[]) (SFUNC = g, STYPE = int, FINALFUNC = h)", "a int, VARIADIC b text[]", None),
        ("x (float8 ORDER BY anyelement) (SFUNC = g, STYPE = internal, FINALFUNC = h)",
         "float8, anyelement", None),
        ("x (ORDER BY a text) (SFUNC = g, STYPE = internal, FINALFUNC = h)", "a text", None),
        ("x (BASETYPE = text, SFUNC = g, STYPE = text)", "text", "text"),
        ("x (BASETYPE = 'ANY', SFUNC = g, STYPE = int)", "", "int"),
    ]),
    ("OR REPLACE AGGREGATE x (int) (SFUNC = g, STYPE = int)", CreateObject(
        object_type="AGGREGATE", name=n("x"), signature="int", returns="int", replace=True)),
    ("COLLATION IF NOT EXISTS x FROM \"C\"", CreateObject(
        object_type="COLLATION", name=n("x"), if_not_exists=True)),
    *((f"{words} {rest}", CreateObject(object_type=words, name=n("x"))) for words, rest in [
        ("SUBSCRIPTION", "x CONNECTION 'c' PUBLICATION p"), ("ROLE", "x WITH LOGIN"), ("DATABASE", "x OWNER y"),
        ("TABLESPACE", "x LOCATION '/y'"), ("FOREIGN TABLE", "x (a int) SERVER s"), ("LANGUAGE", "x"),
        ("FOREIGN DATA WRAPPER", "x HANDLER h"), ("SERVER", "x FOREIGN DATA WRAPPER w OPTIONS (a 'b')"),
        ("ACCESS METHOD", "x TYPE INDEX HANDLER h"),
        ("COLLATION", "x (locale = 'de')"),
        ("CONVERSION", "x FOR 'a' TO 'b' FROM f"),
        ("TEXT SEARCH CONFIGURATION", "x (COPY = simple)"), ("TEXT SEARCH DICTIONARY", "x (TEMPLATE = y)"),
    ]),
    ("USER x PASSWORD 'y'", CreateObject(object_type="ROLE", name=n("x"))),
]  # fmt: skip

SCHEMA = """CREATE SCHEMA s AUTHORIZATION r
    CREATE TABLE t (a int REFERENCES u, b text REFERENCES other)
    CREATE TABLE u (a int PRIMARY KEY)
    CREATE UNIQUE INDEX i ON t (a)
    CREATE VIEW v AS SELECT a FROM t, other.x
    CREATE SEQUENCE q OWNED BY t.a
    CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()
    GRANT SELECT, CREATE ON t TO x"""


def test_what_a_schema_is_created_with_is_in_it() -> None:
    found = ops(SCHEMA)
    assert [(operation.kind, str(operation.target)) for operation in found] == [
        ("create_schema", "s"), ("create_table", "s.t"), ("create_table", "s.u"), ("create_index", "s.t"),
        ("create_view", "s.v"), ("create_sequence", "s.q"), ("create_trigger", "s.t"), ("grant", "s.t"),
    ]  # fmt: skip
    _, table, _, _, view, sequence, *_ = found
    assert isinstance(table, CreateTable)
    keys = [key.references for column in table.columns for key in column.constraints]
    assert [str(key.table) for key in keys if key] == ["s.u", "other"]
    assert isinstance(view, CreateView)
    assert [str(name) for name in view.reads] == ["s.t", "other.x"]
    assert isinstance(sequence, CreateSequence)
    assert str(sequence.owned_by) == "s.t.a"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE SCHEMA s CREATE FOO", "unexpected FOO (line 1)"),
        ("CREATE SCHEMA s DROP TABLE t", "unexpected DROP where CREATE or GRANT should stand (line 1)"),
        ("CREATE SCHEMA s CREATE TABLE t (a int) b", "unexpected b (line 1)"),
    ],
)
def test_schema_elements_opaque(sql: str, reason: str) -> None:
    assert opaque(sql).reason == reason


ALTERED: list[tuple[str, Operation]] = [
    *((f"{words} x {rest}", AlterObject(
        object_type=words, name=n("x"), option=option, argument=behind(rest, option))) for words, rest, option in [
        ("SCHEMA", "OWNER TO y", "OWNER TO"), ("EXTENSION", "UPDATE TO '1'", "UPDATE"),
        ("SUBSCRIPTION", "DISABLE", "DISABLE"), ("SUBSCRIPTION", "SET (a = b)", "SET (...)"),
        ("STATISTICS", "SET STATISTICS 10", "SET STATISTICS"), ("ROLE", "SET a = b", "SET"),
        ("ROLE", "IN DATABASE d RESET ALL", "RESET"),
        ("DATABASE", "SET TABLESPACE y", "SET TABLESPACE"), ("DATABASE", "SET a TO b", "SET"),
        ("SERVER", "OPTIONS (SET a 'b')", "OPTIONS (...)"), ("COLLATION", "REFRESH VERSION", "REFRESH VERSION"),
        ("TABLESPACE", "RESET (a)", "RESET (...)"),
        ("TEXT SEARCH CONFIGURATION", "ALTER MAPPING FOR word WITH y", "ALTER"),
    ]),
    ("PUBLICATION x ADD TABLE t, u", AlterObject(
        object_type="PUBLICATION", name=n("x"), option="ADD", argument="TABLE t, u", tables=(n("t"), n("u")))),
    ("PUBLICATION x ADD TABLES IN SCHEMA s", AlterObject(
        object_type="PUBLICATION", name=n("x"), option="ADD", argument="TABLES IN SCHEMA s")),
    ("PUBLICATION x OWNER TO y", AlterObject(
        object_type="PUBLICATION", name=n("x"), option="OWNER TO", argument="y")),
    ("PUBLICATION x SET (publish = 'insert')", AlterObject(
        object_type="PUBLICATION", name=n("x"), option="SET", argument="(publish = 'insert')")),
    ("ROLE x WITH PASSWORD 'y'", AlterObject(
        object_type="ROLE", name=n("x"), option="OPTIONS", argument="WITH PASSWORD 'y'")),
    *((f"{words} x SET SCHEMA s", MoveObject(object_type=words, name=n("x"), new_schema="s")) for words in [
        "EXTENSION", "COLLATION", "CONVERSION", "STATISTICS", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH PARSER"]),
    ("OPERATOR CLASS x USING btree SET SCHEMA s", MoveObject(
        object_type="OPERATOR CLASS", signature="btree", name=n("x"), new_schema="s")),
    ("OPERATOR FAMILY x USING btree ADD OPERATOR 1 < (int, int)", AlterObject(
        object_type="OPERATOR FAMILY", signature="btree",
        name=n("x"), option="ADD", argument="OPERATOR 1 < (int, int)")),
    ("OPERATOR + (int, int) OWNER TO x", AlterObject(
        object_type="OPERATOR", signature="int, int", name=n("+"), option="OWNER TO", argument="x")),
    ("USER MAPPING FOR u SERVER s OPTIONS (SET a 'b')", AlterObject(
        object_type="USER MAPPING", name=None, option="OPTIONS (...)")),
    ("SYSTEM SET a = 1", AlterObject(object_type="SYSTEM", name=None, option="SET", argument="a = 1")),
    ("LARGE OBJECT 5 OWNER TO x", AlterObject(object_type="LARGE OBJECT", name=n("5"), option="OWNER TO")),
    *((f"{words} x RENAME TO y", RenameObject(object_type=words, name=n("x"), new_name="y")) for words in [
        "SCHEMA", "ROLE", "DATABASE", "SERVER", "LANGUAGE", "COLLATION", "CONVERSION", "TABLESPACE", "PUBLICATION",
    ]),
    ("OPERATOR CLASS x USING btree RENAME TO y", RenameObject(
        object_type="OPERATOR CLASS", signature="btree", name=n("x"), new_name="y")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CREATED)
def test_create(words: str, expected: Operation) -> None:
    assert ops(f"CREATE {words}") == [expected]


@pytest.mark.parametrize(("words", "expected"), ALTERED)
def test_alter(words: str, expected: Operation) -> None:
    assert ops(f"ALTER {words}") == [expected]


def dropped(object_type: str, name: str = "x", **rest: object) -> Operation:
    return DropObject(object_type=object_type, name=Name(None, name), **rest)  # type: ignore[arg-type]


DROPPED: list[tuple[str, list[Operation]]] = [
    ("TABLE IF EXISTS x, s.y CASCADE", [
        DropTable(table=n(name), if_exists=True, cascade=True) for name in ("x", "s.y")]),
    *((f"{words} x", [dropped(words)]) for words in [
        "DOMAIN", "SEQUENCE", "SCHEMA", "EXTENSION", "STATISTICS", "COLLATION", "CONVERSION", "ROLE", "DATABASE",
        "TABLESPACE", "PUBLICATION", "SUBSCRIPTION", "SERVER", "FOREIGN TABLE", "FOREIGN DATA WRAPPER",
        "EVENT TRIGGER", "ACCESS METHOD", "LANGUAGE", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH PARSER",
    ]),
    ("SCHEMA IF EXISTS x, y CASCADE", [
        dropped("SCHEMA", if_exists=True, cascade=True), dropped("SCHEMA", "y", if_exists=True, cascade=True)]),
    ("USER x, y", [dropped("ROLE"), dropped("ROLE", "y")]),
    ("DATABASE IF EXISTS x WITH (FORCE)", [dropped("DATABASE", if_exists=True)]),
    ("OWNED BY x, CURRENT_USER CASCADE", [
        dropped("OWNED", cascade=True), dropped("OWNED", "current_user", cascade=True)]),
    ("OPERATOR +- (int, int)", [dropped("OPERATOR", "+-", signature="int, int")]),
    ("OPERATOR CLASS IF EXISTS x USING btree CASCADE", [dropped(
        "OPERATOR CLASS", if_exists=True, cascade=True, signature="btree")]),
    ("CAST (int AS text)", [dropped("CAST", "int AS text", signature="int, text")]),
    ("AGGREGATE IF EXISTS x(*), s.y(float8 ORDER BY int)", [
        dropped("AGGREGATE", if_exists=True, signature=""),
        DropObject(object_type="AGGREGATE", name=n("s.y"), if_exists=True, signature="float8, int")]),
    ("TRANSFORM FOR x LANGUAGE y", [dropped("TRANSFORM")]),
    ("USER MAPPING IF EXISTS FOR x SERVER y", [dropped("USER MAPPING", if_exists=True)]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), DROPPED)
def test_drop(words: str, expected: list[Operation]) -> None:
    assert ops(f"DROP {words}") == expected


def grants(verb: str, *names: str, what: str = "", who: str = "") -> list[Operation]:
    privileges, grantees = tuple(what.split()), tuple(who.split())
    found = [n(name) for name in names] or [None]
    return [Grant(verb=verb, name=name, privileges=privileges, grantees=grantees) for name in found]


GRANTS: list[tuple[str, list[Operation]]] = [
    ("GRANT SELECT, UPDATE (a, b) ON TABLE s.t, u TO a, PUBLIC, GROUP c WITH GRANT OPTION",
     grants("GRANT", "s.t", "u", what="SELECT UPDATE", who="a public c")),
    ("GRANT ALL PRIVILEGES ON t TO CURRENT_USER GRANTED BY x",
     grants("GRANT", "t", what="ALL", who="current_user")),
    ("GRANT ALL ON ALL TABLES IN SCHEMA a, b TO c", grants("GRANT", what="ALL", who="c")),
    ("GRANT USAGE ON SCHEMA s TO \"a-b\"", grants("GRANT", "s", what="USAGE", who="a-b")),
    ("GRANT EXECUTE ON FUNCTION f(int), s.g() TO x", grants("GRANT", "f", "s.g", what="EXECUTE", who="x")),
    ("GRANT SELECT ON LARGE OBJECT 5, 6 TO x", grants("GRANT", what="SELECT", who="x")),
    ("GRANT a, b TO c WITH ADMIN OPTION", grants("GRANT", what="a b", who="c")),
    ("GRANT a TO b WITH INHERIT TRUE, SET FALSE", grants("GRANT", what="a", who="b")),
    ("REVOKE ALL ON SEQUENCE s FROM PUBLIC CASCADE", grants("REVOKE", "s", what="ALL", who="public")),
    ("REVOKE GRANT OPTION FOR SELECT ON t FROM x", grants("REVOKE", "t", what="SELECT", who="x")),
    ("ALTER DEFAULT PRIVILEGES FOR ROLE x, y IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO z WITH GRANT OPTION",
     grants("ALTER DEFAULT PRIVILEGES", what="SELECT INSERT", who="z")),
    ("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
     grants("ALTER DEFAULT PRIVILEGES", what="EXECUTE")),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), GRANTS)
def test_privileges(sql: str, expected: list[Operation]) -> None:
    assert ops(sql) == expected


COMMENTS = [
    ("TABLE s.t", "TABLE", "s.t"),
    ("COLUMN t.a", "COLUMN", "t"),
    ('COLUMN "S".t."A"', "COLUMN", "S.t"),
    ("CONSTRAINT c ON s.t", "CONSTRAINT", "s.t"),
    ("TRIGGER g ON t", "TRIGGER", "t"),
    ("POLICY p ON t", "POLICY", "t"),
    ("CONSTRAINT c ON DOMAIN d", "DOMAIN", "d"),
    ("FUNCTION s.f(int, text)", "FUNCTION", "s.f"),
    ("TYPE s.e", "TYPE", "s.e"),
    ("EXTENSION x", "EXTENSION", "x"),
    ("MATERIALIZED VIEW v", "MATERIALIZED VIEW", "v"),
    ("OPERATOR s.+ (int, int)", "OPERATOR", "s.+"),
    ("CAST (int AS text)", "CAST", "int AS text"),
    ("OPERATOR CLASS o USING btree", "OPERATOR CLASS", "o"),
    ("LARGE OBJECT 5", "LARGE OBJECT", "5"),
    ("TRANSFORM FOR hstore LANGUAGE y", "TRANSFORM", "hstore"),
]


@pytest.mark.parametrize(("words", "object_type", "name"), COMMENTS)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'x'", "x"),
        ("NULL", ""),
        ("$$it's$$", "it's"),
        ("'a'\n'b'", "ab"),
        (r"E'a\'\n'" "\n'b\\t'", "a'\nb\t"),
    ],
)
def test_comments(words: str, object_type: str, name: str, text: str, value: str) -> None:
    (found,) = ops(f"COMMENT ON {words} IS {text}")
    assert isinstance(found, CommentOn)
    assert (found.object_type, found.name, found.text) == (object_type, n(name), value)


def test_the_column_of_a_comment() -> None:
    columns = [
        operation.column
        for words in ("COLUMN a.b.c", 'COLUMN t."C"', "TABLE t", "CONSTRAINT k ON t")
        for operation in ops(f"COMMENT ON {words} IS 'x'")
        if isinstance(operation, CommentOn)
    ]
    assert columns == ["c", "C", None, None]


def test_security_labels() -> None:
    assert ops("SECURITY LABEL FOR x ON TABLE t IS 'y'") == [
        AlterObject(object_type="TABLE", name=n("t"), option="SECURITY LABEL")
    ]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE", "the statement ends (line 1)"),
        ("CREATE FROB x", "unexpected FROB (line 1)"),
        ("CREATE SERVER x FROB", "unexpected FROB (line 1)"),
        ("ALTER ROLE x", "the statement ends (line 1)"),
        ("ALTER RULE r ON t TO x", "unexpected TO (line 1)"),
        ("CREATE EXTENSION x FROB", "unexpected FROB (line 1)"),
        ("CREATE OR REPLACE ROLE x", "unexpected x behind CREATE REPLACE (line 1)"),
        ("ALTER SCHEMA s FROB", "unexpected FROB (line 1)"),
        ("ALTER SCHEMA s OWNER TO x, y", "unexpected , (line 1)"),
        ("DROP FROB x", "unexpected FROB (line 1)"),
        ("DROP TABLE", "the statement ends where a name should stand (line 1)"),
        ("DROP TABLE a,", "the statement ends where a name should stand (line 1)"),
        ("DROP TABLE a b", "unexpected b (line 1)"),
        ("DROP TABLE a CASCADE RESTRICT", "unexpected RESTRICT (line 1)"),
        ("GRANT SELECT ON t", "the statement ends where TO should stand (line 1)"),
        ("COMMENT ON TABLE t", "the statement ends where IS should stand (line 1)"),
        ("COMMENT ON COLUMN a IS 'x'", "unexpected IS where a column should stand (line 1)"),
    ],
)
def test_opaque(sql: str, reason: str) -> None:
    assert opaque(sql).reason == reason
