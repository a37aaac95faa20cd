"""Wrong targets: each is refused before the first write, with words of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url
from tests.support.postgres import run_program
from tests.support.project import SHOP, Project, dump
from tests.support.servers import fresh_database, libpq


@contextmanager
def _standby(primary: URL) -> Iterator[URL]:
    """A hot standby of a server that is reached through a socket."""
    with tempfile.TemporaryDirectory(prefix="migrail-standby-") as folder:
        data, socket = Path(folder, "data"), Path(folder)
        socket.chmod(0o777)
        run_program("pg_basebackup", "-R", "-c", "fast", "-D", str(data), "-d", libpq(primary))
        server = ["-D", str(data), "-l", str(socket / "log")]
        run_program("pg_ctl", *server, "-o", f"-h '' -k {socket} -p 5432", "-w", "start")
        try:
            yield primary.set(host=None, port=5432, query={"host": folder})
        finally:
            run_program("pg_ctl", *server, "-m", "immediate", "stop")


def _project(root: Path, url: str) -> Project:
    project = Project(root, "postgres", {"dev": url}, {})
    project.write_all(SHOP)
    return project


def _refused(project: Project, url: str, said: str, *, code: int = 2) -> None:
    """Promoting there is refused in these words and leaves everything as it was."""
    project.urls["dev"] = url
    project.configure({})
    before = dump(url, project.root)
    result = project.run("promote", "dev")
    assert (result.code, said in result.err) == (code, True), result
    assert dump(url, project.root) == before


def test_a_standby(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as database:
        project = _project(tmp_path, database)
        with _standby(postgres_18) as standby:
            there = make_url(database).set(host=None, port=5432, query=standby.query)
            _refused(project, there.render_as_string(hide_password=False), "the server is a standby")
            project.urls["dev"] = database
            project.configure({})
            project.ok("promote", "dev")


@pytest.mark.parametrize("whose", ["role", "database"])
def test_read_only(tmp_path: Path, postgres_18: URL, whose: str) -> None:
    with fresh_database(postgres_18) as database, psycopg.connect(libpq(postgres_18), autocommit=True) as admin:
        url, name = make_url(database), make_url(database).database
        project = _project(tmp_path, database)
        admin.execute(f"CREATE ROLE {name} LOGIN SUPERUSER".encode())
        try:
            what = f"ROLE {name}" if whose == "role" else f'DATABASE "{name}"'
            admin.execute(f"ALTER {what} SET default_transaction_read_only = on".encode())
            _refused(project, url.set(username=name).render_as_string(), "the database or the role is read-only")
            admin.execute(f"ALTER {what} RESET default_transaction_read_only".encode())
            project.ok("promote", "dev")
        finally:
            admin.execute(f"REASSIGN OWNED BY {name} TO postgres".encode())
            with psycopg.connect(libpq(url), autocommit=True) as inside:
                inside.execute(f"REASSIGN OWNED BY {name} TO postgres".encode())
            admin.execute(f"DROP ROLE {name}".encode())


def test_a_swapped_url(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as dev, fresh_database(postgres_18) as qa:
        project = Project(tmp_path, "postgres", {"dev": dev, "qa": qa}, {})
        project.write_all(SHOP)
        project.ok("promote", "--auto")
        project.write("0004_more", "CREATE TABLE more (id integer PRIMARY KEY);")
        del project.urls["qa"]
        _refused(project, qa, "the database says it is qa/default of project shop, not dev/default of shop")


def test_a_copy(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as original:
        project = _project(tmp_path, original)
        project.ok("promote", "dev")
        project.write("0004_more", "CREATE TABLE more (id integer PRIMARY KEY);")
        first = make_url(original)
        copy = first.set(database=f"{first.database}_copy")
        with psycopg.connect(libpq(postgres_18), autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{copy.database}" TEMPLATE "{first.database}"'.encode())
            try:
                _refused(
                    project, copy.render_as_string(hide_password=False), "this is a copy: the ledger was made in"
                )
                project.ok("reconcile", "dev", "--moved", "--reason", "we moved")
                project.ok("promote", "dev")
            finally:
                admin.execute(f'DROP DATABASE "{copy.database}" WITH (FORCE)'.encode())


def test_unknown_content(tmp_path: Path, postgres_18: URL) -> None:
    with fresh_database(postgres_18) as database:
        with psycopg.connect(libpq(make_url(database))) as connection:
            connection.execute("CREATE TABLE somebody_elses (id integer)")
        _refused(_project(tmp_path, database), database, "holds tables but no ledger of migrail")
