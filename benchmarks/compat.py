"""How long judging an application's queries takes, as ratios to sqlglot parsing them in the same run.

The queries are as different as those of a big application: 2,000 of them over 100 tables. One migration drops a
column that a few of them name. Each text is parsed once, however many migrations it is judged against.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from _timing import PYTHON, compare

QUERIES = 2000
TABLES = 100

PARSE = """
import logging, pathlib, sqlglot
logging.disable(logging.CRITICAL)
for text in pathlib.Path('queries/app.sql').read_text().split(';'):
    sqlglot.parse(text, dialect='postgres')
"""

JUDGE = """
import pathlib, sys, time
from migrail import dialects
from migrail.actions.check import read_scripts
from migrail.actions.context import alone
from migrail.checker.compatibility import judge_queries
from migrail.compat import parse
from migrail.model.query import Origin, OriginKind, Query
import sqlglot
history = pathlib.Path('migrations')
context = alone('postgres', (pathlib.Path(sys.argv[1]),), version=None, history=history)
scripts = read_scripts(context)
origin = Origin(kind=OriginKind.FILE, path='app.sql', line=1)
texts = [text.strip() for text in pathlib.Path('queries/app.sql').read_text().split(';') if text.strip()]
queries = [Query(text=text, origin=origin) for text in texts]
def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
parsing = timed(lambda: [sqlglot.parse(text, dialect='postgres') for text in texts])
reading = timed(lambda: [parse(text, context.dialect) for text in texts])
judging = timed(lambda: judge_queries(*scripts, queries, context.dialect))
ratios = f'parse {reading / parsing:.2f}; judge against a migration {judging / parsing:.2f}'
print(f'sqlglot.parse {parsing:.2f} s; {ratios}')
"""

SHAPES = (
    "SELECT id, c{a}, c{b} FROM t{x} WHERE c{a} = ${n} ORDER BY c{b} LIMIT 10",
    "SELECT x.id, y.c{a} FROM t{x} AS x JOIN t{y} AS y ON y.t{x}_id = x.id WHERE x.c{b} > $1 AND y.c{a} < {n}",
    "INSERT INTO t{x} (id, c{a}, c{b}) VALUES ($1, $2, ${n}) RETURNING id",
    "UPDATE t{x} SET c{a} = $1, c{b} = c{b} + {n} WHERE id = $2",
    "WITH a AS (SELECT id, c{a} FROM t{x} WHERE c{b} = {n}) SELECT count(*), sum(c{a}) FROM a GROUP BY id",
    "DELETE FROM t{x} WHERE c{a} < {n} AND id NOT IN (SELECT t{x}_id FROM t{y} WHERE c{b} = $1)",
    "SELECT coalesce(c{a}, 0) AS v, upper(name) FROM t{x} WHERE name LIKE ${n} || '%' AND c{b} BETWEEN $1 AND $2",
)


def write_project(root: Path, seed: int = 1) -> None:
    """A history, the queries and a migration, the same for the same seed."""
    choose = random.Random(seed)
    (root / "migrations").mkdir()
    (root / "queries").mkdir()
    for x in range(TABLES):
        columns = ", ".join(f"c{i} integer" for i in range(12))
        links = "".join(f", t{y}_id bigint" for y in range(TABLES) if y != x and (x + y) % 10 == 0)
        text = f"CREATE TABLE t{x} (id bigint PRIMARY KEY, name text, {columns}{links});\n"
        (root / "migrations" / f"{x + 1:04d}_t{x}.sql").write_text(text)
    (root / "migrations" / f"{TABLES + 1:04d}_drop.sql").write_text("ALTER TABLE t7 DROP COLUMN c3;\n")
    lines: list[str] = []
    for n in range(QUERIES):
        x = choose.randrange(TABLES)
        y = choose.choice([y for y in range(TABLES) if y != x and (x + y) % 10 == 0])
        a, b = choose.sample(range(12), 2)
        lines.append(f"-- name: q{n}\n{choose.choice(SHAPES).format(a=a, b=b, x=x, y=y, n=n + 1)};\n")
    (root / "queries" / "app.sql").write_text("\n".join(lines))
    (root / "migrail.toml").write_text(
        '[project]\nname = "shop"\ndialect = "postgres"\nqueries = ["queries/*.sql"]\n'
    )
    (root / "without.toml").write_text('[project]\nname = "shop"\ndialect = "postgres"\n')


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root)
        last = f"migrations/{TABLES + 1:04d}_drop.sql"
        check = [PYTHON, "-m", "migrail", "check", "--fail-on", "never", last]
        reference = f"sqlglot.parse of {QUERIES} queries"
        commands = {
            reference: [PYTHON, "-c", PARSE],
            "migrail check without queries": [*check, "--config", "without.toml"],
            f"migrail check with {QUERIES} queries": check,
        }
        compare(reference, commands, rounds=5, cwd=root)
        sys.stdout.write("in one process, as ratios to sqlglot.parse: ")
        sys.stdout.flush()
        subprocess.run([PYTHON, "-c", JUDGE, last], cwd=root, check=True)


if __name__ == "__main__":
    main()
