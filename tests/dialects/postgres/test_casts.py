"""The tables of casts and comparisons, against the server."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from migrail.catalog import Catalog
from migrail.dialects import get
from migrail.dialects.postgres.casts import ASSIGNED, COMPARED, compares, converts
from migrail.model.structure import Name, SqlType
from tests.dialects.reading import catalog_of
from tests.support.servers import fresh_database, libpq

NOTHING = Catalog.empty(get("postgres"))


def _works(connection: psycopg.Connection, statement: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)  # type: ignore[call-overload]
    except (psycopg.errors.DatatypeMismatch, psycopg.errors.UndefinedObject):
        return False
    return True


@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_every_pair_of_types(server: str, request: pytest.FixtureRequest) -> None:
    url: URL = request.getfixturevalue(server)
    wrong = []
    with fresh_database(url) as database, psycopg.connect(libpq(make_url(database)), autocommit=True) as connection:
        for number, old in enumerate(ASSIGNED):
            connection.execute(f"CREATE TABLE t{number} (x {old})")  # type: ignore[call-overload]
            for new in ASSIGNED:
                said = converts(SqlType(name=old), SqlType(name=new), NOTHING)
                if said is not None and _works(connection, f"ALTER TABLE t{number} ALTER x TYPE {new}") != said:
                    wrong.append((old, new, "converts", said))
        for number, key in enumerate(COMPARED):
            connection.execute(f"CREATE TABLE p{number} (x {key} PRIMARY KEY)")  # type: ignore[call-overload]
            for column in COMPARED:
                said = compares(SqlType(name=key), SqlType(name=column), NOTHING)
                if _works(connection, f"CREATE TABLE t (x {column} REFERENCES p{number})") != said:
                    wrong.append((key, column, "compares", said))
    assert wrong == []


OWN = """
    CREATE TYPE mood AS ENUM ('a'); CREATE TYPE state AS ENUM ('a'); CREATE TYPE pair AS (f integer);
    CREATE DOMAIN number AS integer; CREATE DOMAIN over AS number; CREATE DOMAIN word AS text;
    CREATE DOMAIN feeling AS mood;
"""
MADE = (
    *("integer", "bigint", "text", "date", "uuid", "mood", "state", "number", "over", "word", "feeling"),
    *("integer[]", "bigint[]", "text[]", "varchar[]", "mood[]", "state[]", "number[]", "timestamp[]", "pair"),
)


@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_types_of_the_database_and_arrays(server: str, request: pytest.FixtureRequest) -> None:
    url: URL = request.getfixturevalue(server)
    columns = ", ".join(f"a{number} {name}" for number, name in enumerate(MADE))
    made = catalog_of([OWN, f"CREATE TABLE t ({columns})"])
    types = [column.type for column in made.tables[Name("public", "t")].columns.values() if column.type is not None]
    wrong = []
    with fresh_database(url) as database, psycopg.connect(libpq(make_url(database)), autocommit=True) as connection:
        connection.execute(OWN)
        for key in types:
            connection.execute(f"DROP TABLE IF EXISTS p; CREATE TABLE p (x {key} PRIMARY KEY)")
            for column in types:
                said = compares(key, column, made)
                assert (said is None) == ("pair" in (str(key), str(column)))
                if said is not None and _works(connection, f"CREATE TABLE t (x {column} REFERENCES p)") != said:
                    wrong.append((str(key), str(column), said))
    assert wrong == []
