"""What replaying 5,000 migrations costs, with the catalog behind each of them kept.

Seconds are processor time without Python's search for cycles, which goes through all catalogs kept again and again.

Usage: python benchmarks/replay.py [COUNT]
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections.abc import Callable

from migrail import dialects
from migrail.catalog import Catalog
from migrail.catalog.replay import Replay
from migrail.model.migration import Statement
from migrail.model.operations import Operation
from migrail.model.text import Lines
from migrail.sql.read import read
from migrail.sql.split import split

START = """
CREATE TABLE wide (id integer PRIMARY KEY);
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE parted (id integer) PARTITION BY LIST (id);
"""
HISTORIES: dict[str, Callable[[int], str]] = {
    "a table each": lambda number: f"CREATE TABLE t{number} (id serial PRIMARY KEY, a integer UNIQUE)",
    "columns of one table": lambda number: f"ALTER TABLE wide ADD COLUMN c{number} integer DEFAULT {number}",
    "types of one table": lambda number: (
        f"ALTER TABLE wide ALTER COLUMN id TYPE {('bigint', 'integer')[number % 2]}"
    ),
    "labels of one enum": lambda number: f"ALTER TYPE mood ADD VALUE 'l{number}'",
    "references to one table": lambda number: f"CREATE TABLE r{number} (w integer REFERENCES wide (id))",
    "indexes of one table": lambda number: f"CREATE INDEX i{number} ON wide (id)",
    "views on one table": lambda number: f"CREATE VIEW v{number} AS SELECT id FROM wide",
    "partitions": lambda number: f"CREATE TABLE p{number} PARTITION OF parted FOR VALUES IN ({number})",
}


def operations(text: str) -> list[Operation]:
    """What a script means."""
    dialect = dialects.get("postgres")
    found: list[Operation] = []
    for statement in split(text, dialect.lexical).statements:
        span = Lines(statement.text).span(0, len(statement.text))
        found.extend(read(Statement(number=1, text=statement.text, span=span), dialect))
    return found


def measure(make: Callable[[int], str], count: int) -> tuple[float, float]:
    """Seconds for the replay, and megabytes that the catalogs behind all migrations hold."""
    history = [operations(START), *(operations(make(number)) for number in range(1, count + 1))]
    gc.disable()
    start = time.process_time()
    _play(history)
    seconds = time.process_time() - start
    gc.enable()
    tracemalloc.start()
    kept = _play(history)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == len(history)
    return seconds, size / 1e6


def _play(history: list[list[Operation]]) -> list[Catalog]:
    replaying = Replay(Catalog.empty(dialects.get("postgres")))
    kept = []
    for migration in history:
        replaying.begin_session()
        for operation in migration:
            replaying.apply(operation)
        kept.append(replaying.snapshot())
    return kept


def main() -> None:
    """Prints a line for each kind of history, at half and at full length."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    print(f"{'history':<26}{count // 2:>8} s{'MB':>9}{count:>10} s{'MB':>9}")
    for name, make in HISTORIES.items():
        half, whole = measure(make, count // 2), measure(make, count)
        print(f"{name:<26}{half[0]:>10.2f}{half[1]:>9.1f}{whole[0]:>12.2f}{whole[1]:>9.1f}")


if __name__ == "__main__":
    main()
