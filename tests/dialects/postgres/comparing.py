"""Declared effects against measured ones."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL

from migrail.dialects import Version, get
from migrail.model.locks import Duration, LockEffect
from tests.dialects.postgres.forms import ROWS, SETUP, Form, Watched
from tests.dialects.postgres.measure import MODES, ORDER, Measured, measure
from tests.dialects.reading import catalog_of, read
from tests.support.servers import fresh_database

DIALECT = get("postgres")
WEAK = {"ACCESS SHARE", "ROW SHARE"}
"""Locks that a statement takes to read what it needs: not declared unless they are its point."""
EMPTIED = "TRUNCATE"
"""Puts empty files in the place of those that were, which writes no row."""
SAMPLED = "ANALYZE"
"""Reads a sample of a fixed size."""
USE = "ROW EXCLUSIVE"
_WAITING = "SELECT mode FROM pg_locks WHERE NOT granted AND pid = %s AND relation = %s::regclass"
_ROWLESS = {"i", "I", "S"}
"""Kinds whose work is that of their table, or one row: indexes and sequences."""


def declared(form: Form, version: Version) -> Mapping[str, LockEffect]:
    """Relation → its lock, of all operations of the statement."""
    catalog = catalog_of([SETUP, form.before] if form.before else [SETUP])
    found: dict[str, LockEffect] = {}
    for operation in read(form.statement):
        for lock in DIALECT.effects(operation, catalog, version).locks:
            known = found.get(lock.relation)
            found[lock.relation] = lock if known is None else known.joined(lock)
    return found


def compare(connection: psycopg.Connection, form: Form) -> list[str]:
    """Where the server did something else than what is declared; nothing of the statement stays."""
    version = (connection.info.server_version // 10000,)
    return [f"{form.statement}: {difference}" for difference in _differences(form, version, connection)]


def _differences(form: Form, version: Version, connection: psycopg.Connection) -> Iterator[str]:
    try:
        said = declared(form, version)
    except AssertionError as error:
        yield f"not read: {error}"
        return
    try:
        real = measure(connection, form.statement)
    except psycopg.Error as error:
        connection.rollback()
        yield f"refused: {error.diag.message_primary}"
        return
    for relation, lock in said.items():
        if real.locks.get(relation) != lock.mode:
            yield f"{relation}: {lock.mode} declared, {real.locks.get(relation)} seen"
        seen = _work(form, relation, real)
        if real.kinds.get(relation) not in _ROWLESS and seen is not lock.duration:
            yield f"{relation}: {lock.duration} declared, {seen} seen"
    for relation in {*real.locks, *real.read, *real.rewritten} - {*said}:
        mode = real.locks.get(relation, ORDER[0])
        if mode not in WEAK and not _is_used(mode, relation, real) and not _goes_with(mode, relation, said, real):
            yield f"{relation}: nothing declared, {mode} and {_work(form, relation, real)} seen"


def _work(form: Form, relation: str, real: Measured) -> Duration:
    if form.statement.startswith(EMPTIED):
        return Duration.INSTANT
    if relation in real.rewritten:
        return Duration.REWRITE
    return Duration.SCAN if relation in real.read and not form.statement.startswith(SAMPLED) else Duration.INSTANT


def _is_used(mode: str, relation: str, real: Measured) -> bool:
    """Whether it is a sequence that gives a number, or a partition that takes a row."""
    return mode == USE and (real.kinds[relation] == "S" or relation in real.parts)


def _goes_with(mode: str, relation: str, said: Mapping[str, LockEffect], real: Measured) -> bool:
    """Whether it is an index or owned sequence under a declared lock of its table that is as strong."""
    table = said.get(real.parts.get(relation, ""))
    return real.kinds[relation] in _ROWLESS and table is not None and ORDER.index(mode) <= ORDER.index(table.mode)


@contextmanager
def prepared(server: URL, before: str = "") -> Iterator[psycopg.Connection]:
    """A database with the tables of the forms, and what stands before one of them."""
    with fresh_database(server) as url, psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(SETUP)
        connection.execute(ROWS)
        if before:
            connection.execute(before)
        connection.commit()
        yield connection


def disagreements(server: URL, forms: Iterable[Form], major: int) -> list[str]:
    """Of all forms that a server of that version takes; those with one preparation share a database."""
    groups: dict[str, list[Form]] = {}
    for form in forms:
        if form.since <= major < form.until:
            groups.setdefault(form.before, []).append(form)
    found: list[str] = []
    for before, group in groups.items():
        with prepared(server, before) as connection:
            for form in group:
                found += compare(connection, form)
    return found


def wanted(holder: psycopg.Connection, watched: Watched) -> str | None:
    """The mode that a statement waits for while ``holder`` has a lock; both end before this returns."""
    holder.execute(f"LOCK TABLE {watched.held} IN {watched.by} MODE")
    with psycopg.connect(holder.info.dsn, autocommit=True) as runner, ThreadPoolExecutor(1) as pool:
        done = pool.submit(runner.execute, watched.statement)
        try:
            for _ in range(200):
                row = holder.execute(_WAITING, (runner.info.backend_pid, watched.held)).fetchone()
                if row is not None or done.done():
                    return MODES[row[0]] if row is not None else None
                time.sleep(0.02)
            return None
        finally:
            holder.rollback()
            done.result(timeout=30)
