"""PostgreSQL servers that count their statements, and a stand-in that shows what one could have counted."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from tests.support.servers import libpq

EXTENSION = "pg_stat_statements"


def programs() -> Path | None:
    """The folder of a server's programs that has the extension beside it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    for initdb in found:
        version = initdb.parent.parent.name
        if Path(f"/usr/share/postgresql/{version}/extension/{EXTENSION}.control").exists():
            return initdb.parent
    return None


@contextmanager
def counting_server() -> Iterator[URL | None]:
    """A private server that loads the extension, reached through a socket; ``None`` where there are no programs."""
    folder = programs()
    if folder is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="migrail-pgss-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        entry = pwd.getpwnam(user)
        os.chown(home, entry.pw_uid, entry.pw_gid)
    home.chmod(0o755)
    data = home / "data"

    def run(*command: str) -> None:
        subprocess.run(
            [str(folder / command[0]), *command[1:]], check=True, capture_output=True, user=user, cwd=home
        )

    settings = f"-c shared_preload_libraries={EXTENSION} -c listen_addresses= -k {home} -c fsync=off"
    try:
        run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync")
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", settings, "start")
        yield make_url(f"postgresql://postgres@/postgres?host={home}")
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def standing_in(
    database: str, rows: Sequence[tuple[str, int, float]], *, total: str = "total_exec_time"
) -> Iterator[None]:
    """An extension of that name whose view is a table with these rows: query, calls, milliseconds.

    Needs PostgreSQL 18, which looks for extensions in other folders too.
    """
    folder = Path(tempfile.mkdtemp(prefix="migrail-extension-"))
    folder.chmod(0o755)
    home = folder / "extension"
    home.mkdir()
    (home / f"{EXTENSION}.control").write_text("default_version = '1.0'\nrelocatable = true\n")
    columns = f"query text, calls bigint, {total} double precision, dbid oid"
    (home / f"{EXTENSION}--1.0.sql").write_text(f"CREATE TABLE {EXTENSION} ({columns});")
    try:
        with psycopg.connect(libpq(make_url(database)), autocommit=True) as connection:
            connection.execute(f"SET extension_control_path = '{folder}:$system'".encode())
            connection.execute(f"CREATE SCHEMA monitoring; CREATE EXTENSION {EXTENSION} SCHEMA monitoring".encode())
            insert = (
                f"INSERT INTO monitoring.{EXTENSION} SELECT %s, %s, %s, oid FROM pg_database "
                "WHERE datname = current_database()"
            )
            for row in rows:
                connection.execute(insert.encode(), row)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
