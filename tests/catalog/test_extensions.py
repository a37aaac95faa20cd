"""What extensions bring along, held against the servers that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.catalog.conflicts import conflicts
from migrail.catalog.dependents import users_of
from migrail.dialects import get
from tests.catalog.comparing import connected, diff, run
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

EXTENSIONS = get("postgres").extensions
OFFERED = "SELECT name FROM pg_available_extensions"
MEMBERS = """
SELECT array(SELECT t.typname::text FROM member JOIN pg_type AS t ON classid = 'pg_type'::regclass AND t.oid = objid
    WHERE t.typcategory <> 'A') AS types,
  array(SELECT c.relname::text FROM member JOIN pg_class AS c ON classid = 'pg_class'::regclass AND c.oid = objid
    WHERE c.relkind <> 'c') AS relations,
  array(SELECT p.proname::text FROM member JOIN pg_proc AS p ON classid = 'pg_proc'::regclass AND p.oid = objid
    WHERE NOT EXISTS (SELECT FROM pg_proc AS q WHERE q.proname = p.proname
      AND q.pronamespace = 'pg_catalog'::regnamespace)) AS functions
"""
OF = """
WITH member AS (SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS x ON x.oid = d.refobjid
  WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND x.extname = '{}')
"""


Offering = Callable[..., Connection]


@pytest.fixture
def offering(request: pytest.FixtureRequest) -> Iterator[Offering]:
    """Opens an empty database on a server that comes with some extensions; skips the test where none does."""
    with ExitStack() as stack:

        def opened(*extensions: str) -> Connection:
            for name in ("postgres", "postgres_18"):
                url = stack.enter_context(fresh_database(request.getfixturevalue(name)))
                connection = stack.enter_context(connected(url))
                if set(extensions) <= set(connection.exec_driver_sql(OFFERED).scalars()):
                    return connection
            pytest.skip(f"no server here has the extension {', '.join(extensions)}")

        yield opened


@pytest.mark.parametrize("name", EXTENSIONS)
def test_the_server_has_the_same(offering: Offering, name: str) -> None:
    database = offering(name)
    run(database, f'CREATE EXTENSION "{name}" CASCADE')
    there = database.exec_driver_sql(OF.format(name) + MEMBERS).one()
    known = EXTENSIONS[name]
    assert (known.types, known.relations) == (set(there.types), set(there.relations))
    assert known.functions in (frozenset(), frozenset(there.functions))


SCRIPTS = {
    "a column of its type": (
        "citext",
        """
        CREATE EXTENSION citext WITH SCHEMA ext;
        CREATE TABLE t (id integer, a ext.citext, b ext.citext[] NOT NULL, CHECK (a <> ''));
        CREATE INDEX by_a ON t (a, id);
        CREATE DOMAIN email AS ext.citext;
        CREATE VIEW v AS SELECT a FROM t;
        """,
    ),
    "functions of its type": (
        "citext",
        """
        CREATE EXTENSION citext WITH SCHEMA ext;
        CREATE FUNCTION f(ext.citext) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION g(integer) RETURNS SETOF ext.citext LANGUAGE sql AS 'SELECT NULL::ext.citext';
        CREATE FUNCTION h(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        """,
    ),
    "defaults that call it": (
        "uuid-ossp",
        """
        CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
        CREATE TABLE t (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), n uuid DEFAULT public.uuid_nil() NOT NULL,
          r uuid DEFAULT gen_random_uuid());
        """,
    ),
    "functions of a name that the server has as well": (
        "pgcrypto",
        """
        CREATE EXTENSION pgcrypto;
        CREATE TABLE t (r uuid DEFAULT gen_random_uuid(), s text DEFAULT gen_salt('bf'));
        """,
    ),
    "a schema with it": ("hstore", "CREATE EXTENSION hstore SCHEMA ext; CREATE TABLE t (a ext.hstore, b integer);"),
    "a view of it": (
        "pg_buffercache",
        "CREATE EXTENSION pg_buffercache; CREATE VIEW v AS SELECT bufferid FROM pg_buffercache;",
    ),
}
"""Each with the extension that it needs."""

ENDS = {
    "as it is": "",
    "in another schema": 'ALTER EXTENSION "{}" SET SCHEMA other;',
    "in a schema of another name": "ALTER SCHEMA ext RENAME TO next;",
    "gone": 'DROP EXTENSION "{}" CASCADE;',
    "gone from another schema": 'ALTER EXTENSION "{}" SET SCHEMA other; DROP EXTENSION IF EXISTS "{}" CASCADE;',
    "gone with the schema": "DROP SCHEMA ext CASCADE;",
}


CASES = [
    (case, end)
    for case in SCRIPTS
    for end in ENDS
    if not (case.startswith("functions of its type") and "another" in end)  # they keep their arguments as written
]


@pytest.mark.parametrize(("case", "end"), CASES)
def test_what_follows_from_it(offering: Offering, case: str, end: str) -> None:
    extension, script = SCRIPTS[case]
    database = offering(extension)
    script = f"CREATE SCHEMA ext; CREATE SCHEMA other; {script} {ENDS[end].replace('{}', extension)}"
    run(database, script)
    assert diff(database, script) == []


REFUSED = [
    ("CREATE EXTENSION citext", "extension citext exists already"),
    ("CREATE EXTENSION IF NOT EXISTS citext", None),
    ("CREATE EXTENSION hstore SCHEMA missing", "schema missing does not exist"),
    ("ALTER EXTENSION citext SET SCHEMA missing", "schema missing does not exist"),
    ("ALTER EXTENSION citext SET SCHEMA ext", None),
    ("CREATE TYPE citext AS ENUM ('a')", "type public.citext exists already"),
    ("CREATE TYPE ext.citext AS ENUM ('a')", None),
    ("DROP TYPE citext CASCADE", "type public.citext belongs to the extension citext"),
    ("DROP EXTENSION citext", "the table public.t"),
    ("DROP EXTENSION citext CASCADE", None),
    ('DROP EXTENSION "uuid-ossp"', "the default of public.u.id"),
    ('ALTER TABLE u ALTER id DROP DEFAULT; DROP EXTENSION "uuid-ossp"', None),
    ("DROP EXTENSION pg_buffercache", "the view public.v"),
    ("DROP VIEW v; DROP EXTENSION pg_buffercache", None),
    ("CREATE TABLE pg_buffercache (a integer)", "relation public.pg_buffercache exists already"),
    ("GRANT SELECT ON pg_buffercache TO PUBLIC", None),
]
SETUP = """
    CREATE SCHEMA ext; CREATE EXTENSION citext; CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_buffercache;
    CREATE TABLE t (a citext); CREATE TABLE u (id uuid DEFAULT uuid_generate_v4());
    CREATE VIEW v AS SELECT bufferid FROM pg_buffercache;
"""


@pytest.mark.parametrize(("sql", "expected"), REFUSED)
def test_what_is_refused(offering: Offering, sql: str, expected: str | None) -> None:
    database = offering("citext", "uuid-ossp", "pg_buffercache", "hstore")
    run(database, SETUP)
    *before, last = sql.split("; ")
    run(database, "; ".join(before) or "SELECT 1")
    catalog = catalog_of([SETUP, *before])
    [operation] = read(last)
    user = next(users_of(catalog, operation), None)
    assert (conflicts(catalog, operation) or (user.shown if user is not None else None)) == expected
    try:
        run(database, last)
    except DBAPIError:
        assert expected is not None
    else:
        assert expected is None
