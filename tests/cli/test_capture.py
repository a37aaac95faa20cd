"""migrail capture queries: what a server counted, without values, in a file that check reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url
from tests.support.mariadb import connect, counting_mariadb, fresh_mariadb
from tests.support.project import Project
from tests.support.servers import fresh_database, libpq
from tests.support.statements import counting_server, standing_in

from migrail import dialects
from migrail.queries.files import read, sources

SECRET = "hunter2-5550100"


@pytest.fixture(scope="session")
def counting() -> Iterator[URL | None]:
    with counting_server() as url:
        yield url


@pytest.fixture
def empty_18(postgres_18: URL) -> Iterator[str]:
    with fresh_database(postgres_18) as url:
        yield url


def project_on(folder: Path, database: str) -> Project:
    return Project(folder, "postgres", {"prod": database}, {})


def captured(project: Project, source: str = "pg_stat_statements") -> list[dict[str, object]]:
    result = project.ok("capture", "queries", "prod")
    assert result.out.strip() == "queries/prod.json"
    text = (project.root / "queries" / "prod.json").read_text()
    assert SECRET not in text
    document = json.loads(text)
    assert document["schema"] == "migrail.queries/1"
    assert document["source"] == source
    return list(document["queries"])


def test_a_server_that_counts(tmp_path: Path, counting: URL | None, empty_18: str) -> None:
    """The real extension where a server has it; what it would show on any other machine."""
    if counting is None:
        rows = [
            ("SELECT email FROM customers WHERE id = $1", 3, 1.5),
            ("INSERT INTO customers VALUES ($1, $2)", 1, 1.0),
        ]
        with standing_in(empty_18, rows):
            _check_capture(project_on(tmp_path, empty_18))
        return
    with fresh_database(counting) as url:
        with psycopg.connect(libpq(make_url(url)), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
            connection.execute("CREATE TABLE customers (id int PRIMARY KEY, email text)")
            connection.execute(f"CREATE ROLE migrail_test_{SECRET[-7:]} PASSWORD '{SECRET}'".encode())
            connection.execute(f"DROP ROLE migrail_test_{SECRET[-7:]}".encode())
            connection.execute(f"INSERT INTO customers VALUES (5550100, '{SECRET}')".encode())
            for number in range(3):
                connection.execute(f"SELECT email FROM customers WHERE id = {number}".encode())
            connection.execute("BEGIN")
            connection.execute("COMMIT")
        _check_capture(project_on(tmp_path, url))


def _check_capture(project: Project) -> None:
    queries = captured(project)
    assert [(row["query"], row["calls"]) for row in queries] == [
        ("SELECT email FROM customers WHERE id = $1", 3),
        ("INSERT INTO customers VALUES ($1, $2)", 1),
    ]
    assert all(isinstance(row["mean_ms"], float) for row in queries)
    content = (project.root / "queries" / "prod.json").read_bytes()
    found = read(sources()["capture-json"], content, "queries/prod.json", dialects.get("postgres"))
    assert [(query.origin.calls, query.origin.line) for query in found.queries] == [(3, 3), (1, 4)]


def test_what_is_left_out_and_what_is_masked(tmp_path: Path, empty_18: str) -> None:
    rows = [
        ("SELECT id FROM customers", 2, 1.0),
        ("SELECT id FROM customers", 3, 1.0),
        (f"SELECT id FROM customers WHERE email = '{SECRET}' /* {SECRET} */", 1, 1.0),
        (f"SELECT id FROM customers WHERE phone = 5550100 -- {SECRET}", 1, 1.0),
        (f"SELECT id FROM customers WHERE email = '{SECRET}", 1, 1.0),
        (f"ALTER ROLE ana PASSWORD '{SECRET}'", 1, 1.0),
        ("COMMIT", 9, 1.0),
        ("SELECT relname FROM pg_catalog.pg_class", 9, 1.0),
        ("SELECT * FROM migrail_ledger", 9, 1.0),
        ("SELECT id FROM orders ORDER BY 1 LIMIT 10", 1, 1.0),
    ]
    with standing_in(empty_18, rows, total="total_time"):
        queries = captured(project_on(tmp_path, empty_18))
    assert [(row["query"], row["calls"]) for row in queries] == [
        ("SELECT id FROM customers", 5),
        ("SELECT id FROM customers WHERE email =", 1),
        ("SELECT id FROM customers WHERE email = ?", 1),
        ("SELECT id FROM customers WHERE phone = ?", 1),
        ("SELECT id FROM orders ORDER BY 1 LIMIT 10", 1),
    ]


def test_nothing_to_read_is_explained(tmp_path: Path, postgres_database: str, empty_18: str) -> None:
    project = project_on(tmp_path, postgres_database)
    result = project.run("capture", "queries", "prod")
    assert (result.code, result.out) == (2, "")
    assert "pg_stat_statements, which counts the statements of a server, is not installed" in result.err
    assert "psql -c 'CREATE EXTENSION pg_stat_statements'" in result.err
    hidden = project_on(tmp_path, empty_18)
    with standing_in(empty_18, [("<insufficient privilege>", 1, 1.0)]):
        result = hidden.run("capture", "queries", "prod")
    assert (result.code, "GRANT pg_read_all_stats TO" in result.err) == (2, True)
    assert not (tmp_path / "queries").exists()


def test_a_library_that_is_not_loaded_is_explained(tmp_path: Path, postgres: URL) -> None:
    with fresh_database(postgres) as url:
        with psycopg.connect(libpq(make_url(url)), autocommit=True) as connection:
            there = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_stat_statements'"
            if connection.execute(there).fetchone() is None:
                return  # a server without the extension cannot have it half-way
            connection.execute("CREATE EXTENSION pg_stat_statements")
            loaded = connection.execute("SHOW shared_preload_libraries").fetchone()
        result = project_on(tmp_path, url).run("capture", "queries", "prod")
        if loaded and "pg_stat_statements" in loaded[0]:
            assert result.code == 0
        else:
            assert (result.code, "shared_preload_libraries" in result.err) == (2, True)


def test_other_answers(tmp_path: Path, shop: Project, empty_18: str) -> None:
    result = shop.run("capture", "queries", "nowhere")
    assert (result.code, "there is no environment 'nowhere'" in result.err) == (2, True)
    shop.ok("promote", "dev")
    result = shop.run("capture", "queries", "dev")
    assert (result.code, "SQLite does not keep the statements" in result.err) == (2, True)
    folder = tmp_path / "other"
    folder.mkdir()
    project = project_on(folder, empty_18)
    with standing_in(empty_18, [("SELECT 1", 1, 1.0)]):
        result = project.ok("capture", "queries", "prod", "--dry-run")
        assert '"query": "SELECT 1"' in result.out
        assert not (folder / "queries").exists()
        result = project.run("capture", "queries", "prod", "--target", "second")
        assert (result.code, "has no target 'second'" in result.err) == (2, True)
        (folder / "file").write_text("")
        result = project.run("capture", "queries", "prod", "--output", "file/x.json")
        assert (result.code, "cannot be written" in result.err) == (2, True)


def mariadb_project(folder: Path, url: URL) -> Project:
    return Project(folder, "mariadb", {"prod": url.render_as_string(hide_password=False)}, {})


def test_mariadb_that_counts(tmp_path: Path) -> None:
    with counting_mariadb() as server, fresh_mariadb(server) as url:
        connection = connect(url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE customers (id int PRIMARY KEY, email varchar(50))")
            cursor.execute(f"INSERT INTO customers (id, email) VALUES (1, '{SECRET}')")
            cursor.execute(f"INSERT INTO customers (id, email) VALUES (2, '{SECRET}'), (3, NULL), (4, NULL)")
            for number in range(4):
                cursor.execute(f"SELECT concat(email, '{SECRET}') FROM customers WHERE id IN ({number}, 7)")
        project = mariadb_project(tmp_path, url)
        queries = captured(project, "performance_schema")
        other = project.run("capture", "queries", "prod", "--output", "x.json")
    assert other.code == 0
    # A word that the server knows loses its quotes there.
    assert [(row["query"], row["calls"]) for row in queries] == [
        ("SELECT concat ( `email` , ? ) FROM `customers` WHERE ID IN (...)", 4),
        ("INSERT INTO `customers` ( ID , `email` ) VALUES (...)", 2),
    ]
    assert all(row["first_seen"] and row["database"] == url.database for row in queries)
    content = (tmp_path / "queries" / "prod.json").read_bytes()
    found = read(sources()["capture-json"], content, "queries/prod.json", dialects.get("mariadb"))
    assert [query.text for query in found.queries] == [
        "SELECT concat ( `email` , ? ) FROM `customers` WHERE ID IN (?)",
        "INSERT INTO `customers` ( ID , `email` ) VALUES (:row_1, :row_2)",
    ]


def test_mariadb_that_does_not_count_is_explained(tmp_path: Path, mariadb_database: URL) -> None:
    with connect(mariadb_database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT @@performance_schema")
        counts = cursor.fetchone()
    result = mariadb_project(tmp_path, mariadb_database).run("capture", "queries", "prod")
    if counts and counts[0]:
        assert result.code == 0
    else:
        assert (result.code, "set performance_schema=ON" in result.err) == (2, True)


def test_mariadb_that_does_not_answer(tmp_path: Path) -> None:
    url = URL.create("mysql", username="root", password=SECRET, host="127.0.0.1", port=1, database="shop")
    result = mariadb_project(tmp_path, url).run("capture", "queries", "prod")
    assert (result.code, "prod: the database cannot be used" in result.err) == (5, True)
    assert SECRET not in result.err
    result = Project(tmp_path, "mariadb", {"prod": "sqlite:///x.db"}, {}).run("capture", "queries", "prod")
    assert (result.code, "the url names a sqlite database" in result.err) == (2, True)
