"""The tables of casts and comparisons, against the server."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from migrail.catalog import Catalog
from migrail.dialects import get
from migrail.dialects.postgres.casts import ASSIGNED, COMPARED, compares, converts
from migrail.model.structure import SqlType
from tests.support.servers import fresh_database, libpq

NOTHING = Catalog.empty(get("postgres"))


def _works(connection: psycopg.Connection, *statements: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]
    except (psycopg.errors.DatatypeMismatch, psycopg.errors.UndefinedObject):
        return False
    return True


@pytest.mark.parametrize("server", ["postgres", "postgres_18"])
def test_every_pair_of_types(server: str, request: pytest.FixtureRequest) -> None:
    url: URL = request.getfixturevalue(server)
    wrong = []
    with fresh_database(url) as database, psycopg.connect(libpq(make_url(database)), autocommit=True) as connection:
        for old in ASSIGNED:
            for new in ASSIGNED:
                said = converts(SqlType(name=old), SqlType(name=new), NOTHING)
                made = f"CREATE TABLE t (x {old})"
                if said is not None and _works(connection, made, f"ALTER TABLE t ALTER x TYPE {new}") != said:
                    wrong.append((old, new, "converts", said))
        for key in COMPARED:
            for column in COMPARED:
                said = compares(SqlType(name=key), SqlType(name=column))
                parent = f"CREATE TABLE p (x {key} PRIMARY KEY)"
                if _works(connection, parent, f"CREATE TABLE t (x {column} REFERENCES p)") != said:
                    wrong.append((key, column, "compares", said))
    assert wrong == []
