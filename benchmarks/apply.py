"""Migrations into an empty PostgreSQL, one transaction and one ledger row each, beside psql, dbmate and alembic.

``MIGRAIL_TEST_POSTGRES_URL`` names the server, reached by TCP. dbmate is ``$DBMATE``, or ``dbmate`` on the path
(``npm install dbmate`` brings it); without it, its rows are left out.

For half a minute after thousands of files were removed, ext4 makes new ones slowly. A database is removed when its
tool is done, so each tool works behind such a removal, the first one too; with ``--keep`` none does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from _link import Link, slow_link
from sqlalchemy.engine import URL, make_url

PYTHON = sys.executable
ROUND_TRIP = 0.020
INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of the tools: what was installed is compiled."""

ALEMBIC_ENV = """\
import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ["BENCH_URL"]).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""


@dataclass(frozen=True, kw_only=True)
class Tool:
    """Something that applies migrations."""

    name: str
    write: Callable[[Path, Sequence[str]], None]
    """Writes a folder with these migrations."""
    command: Callable[[Path, URL], Sequence[str]]
    """What applies them; for alembic and migrail the URL comes by ``BENCH_URL``."""
    again: bool = True
    """Whether it knows what is applied, and so can be asked to apply nothing."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a tool."""

    seconds: float
    megabytes: float
    """The most memory that one of its processes had."""
    round_trips: int = 0
    """Over a link."""


def _statements(count: int) -> list[str]:
    return [f"CREATE TABLE t{n:04} (id bigint PRIMARY KEY, name text NOT NULL);" for n in range(1, count + 1)]


def _write_migrail(root: Path, statements: Sequence[str]) -> None:
    (root / "migrations").mkdir()
    for number, text in enumerate(statements, 1):
        (root / "migrations" / f"{number:04}_t.sql").write_text(text)
    (root / "migrail.toml").write_text(
        '[project]\nname = "bench"\ndialect = "postgres"\n[[environment]]\nname = "dev"\nurl = "${env:BENCH_URL}"\n'
    )


def _write_psql(root: Path, statements: Sequence[str]) -> None:
    script = ["CREATE TABLE log (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());"]
    for number, text in enumerate(statements, 1):
        (root / f"{number:04}.sql").write_text(text)
        script += ["BEGIN;", rf"\i {number:04}.sql", f"INSERT INTO log VALUES ('{number:04}');", "COMMIT;"]
    (root / "all").write_text("\n".join(script))
    each = 'psql -qX -v ON_ERROR_STOP=1 "$1" -1 -f $file -c "INSERT INTO log VALUES (\'$file\')"'
    loop = f"for file in *.sql; do {each}; done"
    (root / "each").write_text(f'psql -qX "$1" -c "{script[0]}"\n{loop}')


def _write_dbmate(root: Path, statements: Sequence[str]) -> None:
    (root / "db" / "migrations").mkdir(parents=True)
    for number, text in enumerate(statements, 1):
        (root / "db" / "migrations" / f"{number:04}_t.sql").write_text(f"-- migrate:up\n{text}\n-- migrate:down\n")


def _write_alembic(root: Path, statements: Sequence[str]) -> None:
    (root / "scripts" / "versions").mkdir(parents=True)
    (root / "alembic.ini").write_text("[alembic]\nscript_location = scripts\n")
    (root / "scripts" / "env.py").write_text(ALEMBIC_ENV)
    for number, text in enumerate(statements, 1):
        down = repr(f"{number - 1:04}") if number > 1 else "None"
        (root / "scripts" / "versions" / f"r{number:04}.py").write_text(
            f'from alembic import op\nrevision = "{number:04}"\ndown_revision = {down}\n\n\n'
            f'def upgrade():\n    op.execute("{text}")\n'
        )


def _plain(url: URL, **query: str) -> str:
    return url.set(drivername="postgres", query=query).render_as_string(hide_password=False)


def _tools() -> list[Tool]:
    tools = [
        Tool(
            name="migrail promote",
            write=_write_migrail,
            command=lambda root, url: [PYTHON, "-m", "migrail", "promote", "dev", "-q"],
        ),
        Tool(
            name="psql, one process",
            write=_write_psql,
            command=lambda root, url: ["psql", "-qX", "-v", "ON_ERROR_STOP=1", _plain(url), "-f", "all"],
            again=False,
        ),
        Tool(
            name="psql, a process per file",
            write=_write_psql,
            command=lambda root, url: ["bash", "each", _plain(url)],
            again=False,
        ),
        Tool(
            name="alembic upgrade head",
            write=_write_alembic,
            command=lambda root, url: [PYTHON, "-m", "alembic", "upgrade", "head"],
        ),
    ]
    dbmate = os.environ.get("DBMATE") or shutil.which("dbmate")
    if dbmate:
        flags = [dbmate, "--no-dump-schema"]
        tools.append(
            Tool(
                name="dbmate migrate",
                write=_write_dbmate,
                command=lambda root, url: [*flags, "--url", _plain(url, sslmode="disable"), "migrate"],
            )
        )
    return tools


def _run(tool: Tool, root: Path, url: URL, link: Link | None) -> Run:
    if link:
        url = url.set(host="127.0.0.1", port=link.port)
    before = link.round_trips if link else 0
    reached = url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    begun = time.perf_counter()
    process = subprocess.Popen(
        tool.command(root, url),
        cwd=root,
        env={**INSTALLED, "BENCH_URL": reached},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{tool.name}: exit code {process.returncode}: {said.decode()}")
    return Run(
        seconds=taken, megabytes=usage.ru_maxrss / 1024, round_trips=link.round_trips - before if link else 0
    )


@contextmanager
def _database(server: URL, count: int, kept: ExitStack | None) -> Iterator[URL]:
    """An empty database; at the end it must hold the tables.

    Args:
        kept: removes it later.
    """
    name = f"migrail_bench_{uuid.uuid4().hex[:8]}"
    _say(server, f'CREATE DATABASE "{name}"')
    with ExitStack() as now:
        (kept or now).callback(_say, server, f'DROP DATABASE "{name}" WITH (FORCE)')
        yield server.set(database=name)
        with psycopg.connect(_plain(server.set(database=name))) as there:
            found = there.execute("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]{4}$'").fetchone()
            assert found == (count,), found


def _say(server: URL, statement: str) -> None:
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        connection.execute(statement.encode())


def _measure(
    server: URL, tools: Sequence[Tool], count: int, link: Link | None = None, kept: ExitStack | None = None
) -> dict[str, tuple[Run, Run | None]]:
    """A run of each tool into an empty database, and one with nothing to apply."""
    found = {}
    for tool in tools:
        folder = Path(tempfile.mkdtemp())
        with ExitStack() as now, _database(server, count, kept) as url:
            (kept or now).callback(shutil.rmtree, folder)
            tool.write(folder, _statements(count))
            first = _run(tool, folder, url, link)
            found[tool.name] = (first, _run(tool, folder, url, link) if tool.again else None)
    return found


def _ratio(mine: Sequence[float], base: Sequence[float]) -> str:
    return f"{statistics.median(a / b for a, b in zip(mine, base, strict=True)):.2f}"


def _local(server: URL, tools: Sequence[Tool], count: int, times: int, *, keep: bool) -> None:
    with ExitStack() as end:
        kept = end if keep else None
        if not keep:
            _measure(server, [tool for tool in tools if tool.name == "psql, one process"], count)
        rounds = [_measure(server, tools, count, kept=kept) for _ in range(times)]
    runs = {tool.name: [found[tool.name] for found in rounds] for tool in tools}
    psql = [first.seconds for first, _ in runs["psql, one process"]]
    alembic = [again.seconds for _, again in runs["alembic upgrade head"] if again]
    print(f"{count} migrations, median of {times} rounds; ratios are medians of each round's")
    print(f"{'':<25} apply s  x psql  nothing s  x alembic  peak MB")
    for name, taken in runs.items():
        first, again = [run.seconds for run, _ in taken], [run.seconds for _, run in taken if run]
        nothing = (
            f"{statistics.median(again):9.2f}  {_ratio(again, alembic):>9}" if again else f"{'-':>9}  {'-':>9}"
        )
        peak = max(run.megabytes for pair in taken for run in pair if run)
        print(f"{name:<25} {statistics.median(first):7.2f}  {_ratio(first, psql):>6}  {nothing}  {peak:7.0f}")


def _far(server: URL, tools: Sequence[Tool], count: int) -> None:
    """Each change of turns on the link is counted."""
    with slow_link(server.host or "127.0.0.1", server.port or 5432, round_trip=ROUND_TRIP) as link:
        far = _measure(server, tools, count, link)
    print(f"\n{count} migrations over a link with {ROUND_TRIP * 1000:.0f} ms round trips")
    print(f"{'':<25} apply s  round trips per migration  round trips with nothing to apply")
    for name, (first, again) in far.items():
        idle = str(again.round_trips) if again else "-"
        print(f"{name:<25} {first.seconds:7.2f}  {first.round_trips / count:25.2f}  {idle:>33}")


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="migrations on the local server")
    parser.add_argument("--rounds", type=int, default=3, help="runs on the local server")
    parser.add_argument("--far-count", type=int, default=1000, help="migrations over the slow link; 0: none")
    parser.add_argument("--keep", action="store_true", help="remove databases and files at the end only")
    arguments = parser.parse_args()
    server = make_url(os.environ.get("MIGRAIL_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres"))
    tools = _tools()
    if all(tool.name != "dbmate migrate" for tool in tools):
        print("dbmate is left out: neither $DBMATE nor one on the path")
    if arguments.count:
        _local(server, tools, arguments.count, arguments.rounds, keep=arguments.keep)
    if arguments.far_count:
        far = [tool for tool in tools if tool.name != "psql, a process per file"]
        _far(server, far, arguments.far_count)


if __name__ == "__main__":
    main()
