"""MariaDB judges what is a statement, and what a statement leaves behind; the tables say what is read of it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from migrail.model.operations import Opaque
from tests.catalog.comparing import connected, diff, run
from tests.sql.mysql.forms import SETUP
from tests.sql.mysql.meanings import MYSQL, OTHERS, PREPARED
from tests.sql.mysql.meanings_of_tables import TABLES
from tests.sql.mysql.test_server import SYNTAX
from tests.sql.support import cut, ops
from tests.sql.telling import told

RUN = TABLES | OTHERS
COMPARED = ("ALTER", "CREATE", "DROP", "RENAME", "TRUNCATE", "/*!", "/*M!")
OTHERWISE = {
    "ALTER TABLE t ADD x binary(3) DEFAULT x'0102'",  # printed with the zero that fills it up
    "ALTER TABLE t ADD x int DEFAULT 0x10",  # printed as 16
    "ALTER TABLE t ENGINE=MERGE UNION=(p) INSERT_METHOD=LAST",  # has no keys
    "CREATE PROCEDURE q(a TYPE OF t.a, r ROW TYPE OF t) SELECT 1",  # printed with other quotes
}
"""What the catalog does not tell."""


def meaning(sql: str, dialect: str) -> str:
    return "; ".join(told(operation) for operation in ops(sql, dialect))


def error_of(connection: Connection, sql: str) -> int | None:
    """The number of the server's error."""
    try:
        run(connection, sql)
    except DBAPIError as error:
        return int(error.orig.args[0]) if error.orig is not None else None
    return None


def test_there_are_enough() -> None:
    assert len(RUN) >= 350
    assert len(PREPARED) >= 120
    assert len(MYSQL) >= 60


@pytest.mark.parametrize("sql", RUN)
def test_taken_and_understood(mariadb_database: URL, sql: str) -> None:
    """A statement may fail for what there is or is not, but not for its grammar."""
    assert meaning(sql, "mariadb") == RUN[sql]
    url = mariadb_database.set(drivername="mariadb+pymysql").render_as_string(hide_password=False)
    with connected(url) as connection:
        run(connection, SETUP)
        number = error_of(connection, sql)
        assert number not in SYNTAX
        unread = any(isinstance(operation, Opaque) for operation in ops(sql, "mariadb"))
        if number is None and sql.startswith(COMPARED) and not unread and sql not in OTHERWISE:
            assert diff(connection, SETUP, sql) == []


@pytest.mark.parametrize("sql", PREPARED)
def test_parsed_and_understood(mariadb_database: URL, sql: str) -> None:
    url = mariadb_database.set(drivername="mariadb+pymysql").render_as_string(hide_password=False)
    with connected(url) as connection:
        run(connection, SETUP)
        connection.exec_driver_sql("SET @q = %s", (sql,))
        assert error_of(connection, "PREPARE p FROM @q") not in SYNTAX
    assert meaning(sql, "mariadb") == PREPARED[sql]


@pytest.mark.parametrize("sql", MYSQL)
def test_forms_of_mysql(sql: str) -> None:
    [statement] = cut(sql, "mysql").statements
    assert statement.text == sql
    assert meaning(sql, "mysql") == MYSQL[sql]
