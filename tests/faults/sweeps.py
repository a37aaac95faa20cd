"""Promotions that are killed at seeded moments, and what has to be true then.

What the ledger says is compared with what the structure shows, statement by statement.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.forking import Ended, Forks
from tests.support.mariadb import fresh_mariadb
from tests.support.project import Project
from tests.support.servers import fresh_database

Kill = Callable[[Project, random.Random, float], Ended]
"""Starts a promotion that takes about so many seconds, and kills it or what it works with."""

MORE = (
    "CREATE INDEX {t}_n ON {t} (n);\nALTER TABLE {t} ADD COLUMN late integer;\nINSERT INTO {t} VALUES (0, 'x', 1);"
)
WHOLE = {
    "postgres": (
        "CREATE TABLE {t} AS SELECT g AS id, md5(g::text) AS n FROM generate_series(1, 5000) AS g;\n" + MORE
    ),
    "sqlite": (
        "CREATE TABLE {t} AS WITH RECURSIVE g (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM g WHERE id < 5000) "
        "SELECT id, hex(id) AS n FROM g;\n" + MORE
    ),
    "mariadb": (
        "INSERT INTO kept SELECT '{t}', seq, md5(seq) FROM seq_1_to_5000;\n"
        "UPDATE kept SET n = 'x' WHERE t = '{t}' AND id <= 10;\nDELETE FROM kept WHERE t = '{t}' AND id = 5000;\n"
        "INSERT INTO kept VALUES ('{t}', 0, 'x'), ('{t}', 6000, 'x');"
    ),
}
"""Four statements in one transaction; of data alone on MariaDB."""
KEPT = {"mariadb": "CREATE TABLE kept (t varchar(20), id integer, n varchar(40), PRIMARY KEY (t, id));"}
"""What has to be there before."""
KEPT_THERE = {
    "mariadb": "SELECT count(*) = 5001, coalesce(sum(n = 'x'), 0) = 12, max(id) <=> 6000 FROM kept WHERE t = '{t}'"
}
_OF_TABLE = "(SELECT count(*) FROM information_schema.# WHERE table_schema = database() AND table_name = '{t}"
THERE = {
    "postgres": "SELECT to_regclass('{t}') IS NOT NULL, to_regclass('{t}_n') IS NOT NULL, "
    "(SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('{t}') AND attname = 'late') = 1",
    "sqlite": "SELECT (SELECT count(*) FROM sqlite_master WHERE name = '{t}') = 1, "
    "(SELECT count(*) FROM sqlite_master WHERE name = '{t}_n') = 1, "
    "(SELECT count(*) FROM pragma_table_info('{t}') WHERE name = 'late') = 1",
    "mariadb": f"SELECT {_OF_TABLE.replace('#', 'tables')}') = 1, "
    f"{_OF_TABLE.replace('#', 'statistics')}' AND index_name = '{{t}}_n') = 1, "
    f"{_OF_TABLE.replace('#', 'columns')}' AND column_name = 'late') = 1",
}

BEFORE = {
    "postgres": "CREATE TABLE {t} AS SELECT g AS id, md5(g::text) AS n, md5((g + 1)::text) AS m "
    "FROM generate_series(1, 20000) AS g;\nCREATE INDEX {t}_old ON {t} (m);",
    "mariadb": "CREATE TABLE {t} (id integer PRIMARY KEY, n varchar(40));\nCREATE TABLE {t}_old (id integer);\n"
    "INSERT INTO {t} SELECT seq, md5(seq) FROM seq_1_to_5000;",
    "sqlite": "CREATE TABLE {t} (id integer PRIMARY KEY, n text);\nCREATE TABLE {t}_old (id integer);",
}
STEPS = {
    "postgres": "CREATE INDEX CONCURRENTLY {t}_n ON {t} (n);\nCREATE INDEX CONCURRENTLY {t}_m ON {t} (m);\n"
    "DROP INDEX CONCURRENTLY {t}_old;\nINSERT INTO {t} VALUES (0, 'x', 'x');\n"
    "REINDEX INDEX CONCURRENTLY {t}_n;",
    "mariadb": "ALTER TABLE {t} ADD COLUMN late integer;\nCREATE INDEX {t}_n ON {t} (n);\nDROP TABLE {t}_old;\n"
    "INSERT INTO {t} VALUES (0, 'x', 1);\nALTER TABLE {t} MODIFY n varchar(80), ALGORITHM=COPY;",
    "sqlite": "-- migrail: transaction=off\nALTER TABLE {t} ADD COLUMN late integer;\n"
    "CREATE INDEX {t}_n ON {t} (n);\nDROP TABLE {t}_old;\nINSERT INTO {t} VALUES (0, 'x', 1);\nVACUUM;",
}
_INDEX = "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('{t}_#') AND indisvalid)"
EFFECTS = {
    "postgres": (
        _INDEX.replace("#", "n"),
        _INDEX.replace("#", "m"),
        "SELECT to_regclass('{t}_old') IS NULL",
        "SELECT count(*) = 1 FROM {t} WHERE id = 0",
    ),
    "mariadb": (
        f"SELECT {_OF_TABLE.replace('#', 'columns')}' AND column_name = 'late') = 1",
        f"SELECT {_OF_TABLE.replace('#', 'statistics')}' AND index_name = '{{t}}_n') = 1",
        f"SELECT {_OF_TABLE.replace('#', 'tables')}_old') = 0",
        "SELECT count(*) = 1 FROM {t} WHERE id = 0",
        f"SELECT {_OF_TABLE.replace('#', 'columns')}' AND character_maximum_length = 80) = 1",
    ),
    "sqlite": (
        "SELECT count(*) = 1 FROM pragma_table_info('{t}') WHERE name = 'late'",
        "SELECT count(*) = 1 FROM sqlite_master WHERE name = '{t}_n'",
        "SELECT count(*) = 0 FROM sqlite_master WHERE name = '{t}_old'",
        "SELECT count(*) = 1 FROM {t} WHERE id = 0",
    ),
}
"""Whether each statement took effect; the last ones leave nothing to see."""

SIX = (
    "CREATE TABLE t (id integer PRIMARY KEY, n integer)",
    "INSERT INTO t VALUES (1, 1)",
    "ALTER TABLE t ADD COLUMN late integer",
    "CREATE INDEX t_n ON t (n)",
    "UPDATE t SET late = 7",
    "DROP TABLE first",
)
"""One after the other outside of a transaction, behind ``CREATE TABLE first``."""

LOCKS = {
    "postgres": "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    "mariadb": "SELECT count(*) FROM information_schema.processlist "
    "WHERE db = database() AND id <> connection_id()",
}


@contextmanager
def project_on(dialect: str, root: Path, request: pytest.FixtureRequest) -> Iterator[Project]:
    """One environment."""
    if dialect == "sqlite":
        yield Project(root, dialect, {"dev": "sqlite:///dev.db"}, {})
    elif dialect == "postgres":
        with fresh_database(request.getfixturevalue("postgres")) as url:
            yield Project(root, dialect, {"dev": url}, {})
    else:
        with fresh_mariadb(request.getfixturevalue("mariadb")) as address:
            yield Project(root, dialect, {"dev": address.render_as_string(hide_password=False)}, {})


def until_free(project: Project) -> float:
    """Seconds until nothing of the dead promotion holds a lock any more."""
    began = time.monotonic()
    if project.dialect in LOCKS:
        while project.query("dev", LOCKS[project.dialect])[0][0]:
            assert time.monotonic() - began < 30, "the guard of a dead promotion is still held"
            time.sleep(0.02)
    return time.monotonic() - began


def rows_of(project: Project, migration: str, *kinds: str) -> list[tuple[str, int]]:
    """Kinds and finished statements of a migration's rows in the ledger; nothing where there is no ledger yet."""
    sql = f"SELECT kind, statements FROM migrail_ledger WHERE migration = '{migration}' ORDER BY sequence"
    try:
        found = project.query("dev", sql)
    except Exception as error:
        if "migrail_ledger" not in str(error):
            raise
        return []
    return [(kind, statements) for kind, statements in found if not kinds or kind in kinds]


def clean_time(project: Project, forks: Forks) -> float:
    """Seconds that a promotion takes that nobody kills."""
    began = time.monotonic()
    done = forks.run(project.root, "promote", "dev")
    assert done.code == 0, done
    return time.monotonic() - began


def shows(project: Project, table: str, there: str | None = None) -> bool:
    """Whether a migration's change is there in full; by half is an error.

    Args:
        there: asks for each part of the change, where it makes no table of 5001 rows.
    """
    found = project.query("dev", (there or THERE[project.dialect]).format(t=table))
    parts = [bool(part) for part in found[0]] if found else [False]  # the file of SQLite may not be made yet
    if all(parts) and there is None:
        assert project.query("dev", f"SELECT count(*) FROM {table}") == [(5001,)]
    assert len(set(parts)) == 1, f"{table} is there by half: {parts}"
    return all(parts)


def sweep_whole(project: Project, forks: Forks, kill: Kill, seed: int, kills: int) -> None:
    """Kills promotions of two migrations that are a transaction each; the first into an empty database."""
    chance, seen, slowest, took = random.Random(seed), Counter[str](), 0.0, 0.6
    shown = KEPT_THERE.get(project.dialect)
    if project.dialect in KEPT:
        project.write("0000_kept", KEPT[project.dialect])
        project.ok("promote", "dev")
    for number in range(200):
        if seen["killed"] == kills:
            break
        tables = {f"{number * 2 + last + 1:04}_t": f"t{number}{'ab'[last]}" for last in (0, 1)}
        for id, table in tables.items():
            project.write(id, WHOLE[project.dialect].format(t=table))
        done = kill(project, chance, took)
        slowest = max(slowest, until_free(project))
        there = {id for id, table in tables.items() if shows(project, table, shown)}
        where = f"seed {seed}, run {number}: {there} {done}"
        assert "Traceback" not in done.said, where
        assert there == {id for id in tables if rows_of(project, id) == [("applied", 4)]}, where
        assert there == set(tables) if done.code == 0 else not (done.code == 5 and there), where
        if done.code != 0:
            seen["killed"] += 1
            seen["before the last commit"] += there != set(tables)
            seen["between two"] += len(there) == 1
            states = project.states()
            assert {id for id in tables if states[id]["dev"] == "applied"} == there, where
            assert {states[id]["dev"] for id in set(tables) - there} <= {"next", "pending"}, where
        # Where it ended before it was killed, the next kill comes earlier.
        took = clean_time(project, forks) if there != set(tables) else took * 0.8
        assert all(rows_of(project, id) == [("applied", 4)] for id in tables), where
        assert all(shows(project, table, shown) for table in tables.values()), where
    print(f"{project.dialect}, seed {seed}: {dict(seen)}, locks free after {slowest:.2f} s at most")
    assert seen["killed"] == kills
    assert seen["before the last commit"] >= kills / 2


def finished(project: Project, table: str) -> list[bool]:
    return [bool(project.query("dev", sql.format(t=table))[0][0]) for sql in EFFECTS[project.dialect]]


def leading(effects: Sequence[bool]) -> int:
    return next((number for number, there in enumerate(effects) if not there), len(effects))


def sweep_steps(project: Project, forks: Forks, kill: Kill, seed: int, kills: int) -> None:
    """Kills promotions of a migration that cannot be a transaction."""
    chance, seen, slowest, took = random.Random(seed), Counter[str](), 0.0, 0.6
    text, effects = STEPS[project.dialect], EFFECTS[project.dialect]
    statements = text.count(";")
    for number in range(200):
        if seen["killed"] == kills:
            break
        table, id = f"s{number}", f"{number * 2 + 1:04}_steps"
        project.write(f"{number * 2:04}_before", BEFORE[project.dialect].format(t=table))
        project.ok("promote", "dev")
        project.write(id, text.format(t=table))
        done = kill(project, chance, took)
        slowest = max(slowest, until_free(project))
        there, state = finished(project, table), project.states()[id]["dev"]
        where = f"seed {seed}, run {number}: {there} {state} {done} {rows_of(project, id)}"
        assert there == sorted(there, reverse=True), where
        assert "Traceback" not in done.said, where
        assert done.code != 0 or state == "applied", where
        if done.code != 0:
            seen["killed"] += 1
            seen[f"{state} with {sum(there)} seen"] += 1
        match state:
            case "applied":
                assert (all(there), rows_of(project, id)[-1:]) == (True, [("applied", statements)]), where
            case "next" | "pending":
                assert (any(there), rows_of(project, id)) == (False, []), where
            case _:
                assert (state, rows_of(project, id)) == ("in-doubt", [("started", 0)]), where
                project.ok("reconcile", "dev")
                kind, known = rows_of(project, id)[-1]
                assert kind in ({"settled"} if known else {"settled", "undone"}), where
                assert min(known, len(effects)) == leading(there), (where, kind, known)
        # Where it ended before it was killed, the next kill comes earlier.
        took = clean_time(project, forks) if state != "applied" else took * 0.8
        assert all(finished(project, table)), where
        assert rows_of(project, id)[-1] == ("applied", statements), where
        assert len(rows_of(project, id, "applied")) == 1, where
    print(f"{project.dialect} in steps, seed {seed}: {dict(seen)}, locks free after {slowest:.2f} s at most")
    assert seen["killed"] == kills
