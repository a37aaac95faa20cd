"""A project in a temporary folder, and the command line run in it."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.mariadb import connect
from tests.support.servers import libpq

ENVIRONMENTS = ("dev", "qa", "staging", "prod")

SHOP = {
    "0001_create_customers": "CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL);",
    "0002_create_orders": "CREATE TABLE orders (id integer PRIMARY KEY, total numeric(10, 2) NOT NULL);\n"
    "CREATE INDEX orders_total_idx ON orders (total);",
    "0003_add_phone": "ALTER TABLE customers ADD COLUMN phone text;",
}


@dataclass(frozen=True)
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Project:
    """A project whose environments are SQLite files or PostgreSQL databases."""

    def __init__(self, root: Path, dialect: str, urls: Mapping[str, str], gates: Mapping[str, str]) -> None:
        self.root = root
        self.dialect = dialect
        self.urls = dict(urls)
        (root / "migrations").mkdir(exist_ok=True)
        self.configure(gates)

    def configure(self, gates: Mapping[str, str], *, extra: str = "") -> None:
        blocks = [f'[project]\nname = "shop"\ndialect = "{self.dialect}"\n{extra}']
        for name, url in self.urls.items():
            gate = f"gates = {gates[name]}\n" if name in gates else ""
            blocks.append(f'[[environment]]\nname = "{name}"\nurl = "{url}"\n{gate}')
        (self.root / "migrail.toml").write_text("\n".join(blocks))

    def write(self, name: str, sql: str) -> Path:
        path = self.root / "migrations" / f"{name}.sql"
        path.write_text(sql)
        return path

    def write_all(self, migrations: Mapping[str, str]) -> None:
        for name, sql in migrations.items():
            self.write(name, sql)

    def run(self, *arguments: str, environ: Mapping[str, str] | None = None) -> Result:
        return run(self.root, *arguments, environ=environ)

    def ok(self, *arguments: str) -> Result:
        """Runs a command that must succeed."""
        result = self.run(*arguments)
        assert result.code == 0, f"migrail {' '.join(arguments)}: {result}"
        return result

    def start(self, *arguments: str, together: bool = False) -> subprocess.Popen[str]:
        """Runs a command in a process of its own.

        Args:
            together: standard error goes where standard output goes.
        """
        return subprocess.Popen(
            [sys.executable, "-m", "migrail", *arguments],
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if together else subprocess.PIPE,
            text=True,
        )

    def connect(self, environment: str, **options: Any) -> psycopg.Connection:
        """Another session in a PostgreSQL database of the project."""
        return psycopg.connect(libpq(self.urls[environment]), **options)

    def states(self) -> dict[str, dict[str, str]]:
        """State per migration and environment."""
        status = self.ok("status", "--format", "json").json
        return {
            row["id"]: {name: cell["state"] for name, cell in row["cells"].items()} for row in status["migrations"]
        }

    def dump(self) -> dict[str, object]:
        """Everything that every target holds, for comparing before and after."""
        return {name: dump(url, self.root) for name, url in self.urls.items()}

    def query(self, environment: str, sql: str) -> list[tuple[Any, ...]]:
        return query(self.urls[environment], self.root, sql)


def run(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Result:
    """Runs the command line in a folder, in this process."""
    from migrail.cli import run as run_command

    out, err = io.StringIO(), io.StringIO()
    variables = {"MIGRAIL_ACTOR": "ana", **(environ or {})}
    with _inside(folder), _environ(variables), redirect_stdout(out), redirect_stderr(err):
        code = run_command(list(arguments))
    return Result(code, out.getvalue(), err.getvalue())


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _environ(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def sqlite_project(root: Path, gates: Mapping[str, str] | None = None) -> Project:
    """Four environments in SQLite files."""
    return Project(root, "sqlite", {name: f"sqlite:///{name}.db" for name in ENVIRONMENTS}, gates or {})


def postgres_project(
    root: Path, new_database: Callable[[], str], gates: Mapping[str, str] | None = None
) -> Project:
    """Four environments in PostgreSQL databases; the tracker stays a file."""
    return Project(root, "postgres", {name: new_database() for name in ENVIRONMENTS}, gates or {})


def project_of(
    kind: str, root: Path, request: pytest.FixtureRequest, gates: Mapping[str, str] | None = None
) -> Project:
    """Four environments in ``sqlite``, ``postgres`` or ``mariadb``."""
    if kind == "sqlite":
        return sqlite_project(root, gates)
    make = postgres_project if kind == "postgres" else mariadb_project
    return make(root, request.getfixturevalue(f"new_{kind}"), gates)


def mariadb_project(root: Path, new_database: Callable[[], str], gates: Mapping[str, str] | None = None) -> Project:
    """Four environments in MariaDB databases; the tracker stays a file."""
    return Project(root, "mariadb", {name: new_database() for name in ENVIRONMENTS}, gates or {})


def query(url: str, root: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a target, read without migrail."""
    if url.startswith("sqlite"):
        path = root / url.removeprefix("sqlite:///")
        if not path.exists():
            return []
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(sql).fetchall()
    if url.startswith(("mysql", "mariadb")):
        with closing(connect(make_url(url))) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(sql.encode()).fetchall()


def dump(url: str, root: Path) -> object:
    """Structure and rows of a whole database."""
    if url.startswith("sqlite"):
        path = root / url.removeprefix("sqlite:///")
        if not path.exists():
            return None
        with closing(sqlite3.connect(path)) as connection:
            return list(connection.iterdump())
    if url.startswith(("mysql", "mariadb")):
        columns = query(
            url,
            root,
            "SELECT table_name, column_name, column_type, is_nullable, column_default, column_key "
            "FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1, ordinal_position",
        )
        names = sorted({row[0] for row in columns})
        return columns, {name: query(url, root, f"SELECT * FROM `{name}` ORDER BY 1") for name in names}
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default "
            "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
        ).fetchall()
        indexes = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        tables: Sequence[str] = sorted({row[0] for row in columns})
        rows = {
            table: connection.execute(
                psycopg.sql.SQL("SELECT * FROM {} ORDER BY 1").format(psycopg.sql.Identifier(table))
            ).fetchall()
            for table in tables
        }
    return columns, indexes, rows
