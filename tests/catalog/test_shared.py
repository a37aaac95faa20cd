"""The mapping whose copies are free, and what a long history costs with it."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrail.catalog import Catalog
from migrail.catalog.replay import Replay, replay
from migrail.catalog.shared import Shared
from migrail.dialects import get
from migrail.model.operations import Operation
from tests.dialects.reading import read

KEYS = st.integers(0, 60)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), KEYS, KEYS),
        st.tuples(st.just("drop"), KEYS, KEYS),
        st.tuples(st.just("rename"), KEYS, KEYS),
    ),
    max_size=200,
)


class Clash(int):
    """A number whose hash is that of many others."""

    def __hash__(self) -> int:
        return int(self) % 2 - 1


def changed(known: list[tuple[int, int]], step: tuple[str, int, int]) -> list[tuple[int, int]]:
    """The same on a list of pairs."""
    what, key, other = step
    keys = [item for item, _ in known]
    if what == "put":
        return [(item, other if item == key else value) for item, value in known] + (
            [] if key in keys else [(key, other)]
        )
    if what == "drop" or key not in keys:
        return [pair for pair in known if what != "drop" or pair[0] != key]
    if other in keys:
        return known
    return [(other, 0) if item == key else (item, value) for item, value in known]


@pytest.mark.parametrize("kind", [int, Clash])
@given(steps=STEPS)
def test_it_is_an_ordered_mapping_and_copies_are_apart(
    kind: Callable[[int], int], steps: list[tuple[str, int, int]]
) -> None:
    mapping: Shared[int, int] = Shared()
    wanted: list[tuple[int, int]] = []
    copies: list[tuple[Shared[int, int], list[tuple[int, int]]]] = []
    for what, number, more in steps:
        key, other = kind(number), kind(more)
        copies.append((Shared(mapping), wanted))
        wanted = changed(wanted, (what, key, other))
        if what == "put":
            mapping[key] = other
        elif what == "drop":
            mapping.pop(key, None)
        elif key in mapping and other not in mapping:
            mapping.rename(key, other, 0)
    for found, pairs in [*copies, (mapping, wanted)]:
        assert list(found.items()) == pairs
        assert len(found) == len(pairs)
        assert all(found[key] == found.get(key) == value for key, value in pairs)


def test_what_is_not_there() -> None:
    mapping = Shared({"a": 1})
    assert mapping.get("b") is None
    assert mapping.get("b", 2) == 2
    with pytest.raises(KeyError):
        mapping["b"]
    with pytest.raises(KeyError):
        del mapping["b"]


HISTORIES: dict[str, Callable[[int], str]] = {
    "one table each": lambda number: f"CREATE TABLE t{number} (id serial PRIMARY KEY, a integer UNIQUE)",
    "one wide table": lambda number: f"ALTER TABLE wide ADD COLUMN c{number} integer DEFAULT {number}",
    "columns that come and go": lambda number: (
        f"ALTER TABLE wide {'ADD' if number % 2 else 'DROP'} COLUMN x{' integer' if number % 2 else ''}"
    ),
    "labels": lambda number: f"ALTER TYPE mood ADD VALUE 'l{number}'",
    "references to one table": lambda number: f"CREATE TABLE r{number} (w integer REFERENCES wide (id))",
    "indexes": lambda number: f"CREATE INDEX i{number} ON wide (id)",
    "unnamed indexes": lambda number: "CREATE INDEX ON wide (id)",
    "views": lambda number: f"CREATE VIEW v{number} AS SELECT id FROM wide",
    "partitions": lambda number: f"CREATE TABLE p{number} PARTITION OF parted FOR VALUES IN ({number})",
    "temporary tables": lambda number: f"CREATE TEMP TABLE x{number} (id integer)",
    "schemas": lambda number: f"CREATE SCHEMA s{number}",
    "functions": lambda number: f"CREATE FUNCTION f{number}() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
}
START = """
CREATE TABLE wide (id integer PRIMARY KEY);
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE parted (id integer) PARTITION BY LIST (id);
"""


def opcodes(work: Callable[[], object]) -> int:
    """How many instructions of the interpreter the work takes."""
    count = 0

    def trace(frame: object, event: str, argument: object) -> Callable[..., object]:
        nonlocal count
        frame.f_trace_opcodes = True  # type: ignore[attr-defined]
        frame.f_trace_lines = False  # type: ignore[attr-defined]
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def migrations(make: Callable[[int], str], count: int) -> Iterator[tuple[Operation, ...]]:
    for number in range(1, count + 1):
        yield read(make(number))


@pytest.mark.parametrize("make", HISTORIES.values(), ids=HISTORIES)
def test_twice_the_history_costs_twice_the_work(make: Callable[[int], str]) -> None:
    """Each migration in a session of its own, and the catalog behind each is kept."""

    def work(count: int) -> int:
        history = [read(START), *migrations(make, count)]
        kept: list[Catalog] = []

        def play() -> None:
            replaying = Replay(Catalog.empty(get("postgres")))
            for operations in history:
                replaying.begin_session()
                for operation in operations:
                    replaying.apply(operation)
                kept.append(replaying.snapshot())

        taken = opcodes(play)
        assert kept[-1] == replay(kept[-2], history[-1]).in_new_session() or "TEMP" in make(1)
        return taken

    one, two = work(150), work(300)
    assert two < 3 * one, (one, two)


@pytest.mark.parametrize("make", HISTORIES.values(), ids=HISTORIES)
def test_twice_the_history_takes_twice_the_memory(make: Callable[[int], str]) -> None:
    """What the interpreter copies in one instruction shows here."""

    def work(count: int) -> int:
        history = [read(START), *migrations(make, count)]
        replaying = Replay(Catalog.empty(get("postgres")))
        kept: list[Catalog] = []
        tracemalloc.start()
        for operations in history:
            replaying.begin_session()
            for operation in operations:
                replaying.apply(operation)
            kept.append(replaying.snapshot())
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return taken

    one, two = work(200), work(400)
    assert two < 3 * one, (one, two)


def test_what_was_kept_is_left_alone() -> None:
    replaying = Replay(Catalog.empty(get("postgres")))
    first = read("CREATE TABLE t (id integer PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t")
    for operation in first:
        replaying.apply(operation)
    kept = replaying.snapshot()
    for operation in read(
        "ALTER TABLE t ADD COLUMN a integer UNIQUE; ALTER TABLE t RENAME TO u; DROP VIEW v; CREATE SCHEMA s"
    ):
        replaying.apply(operation)
    assert kept == replay(Catalog.empty(get("postgres")), first)
