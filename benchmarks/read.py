"""How much of a folder of SQL files is understood, and how fast, next to sqlglot parsing the same files.

Usage: python benchmarks/read.py FOLDER --dialect postgres|mysql|mariadb|sqlite [--files N] [--list]

A statement is understood if everything in it is, down to what DO blocks hold. Every file ending in ``.sql`` counts,
at any depth. The files of one folder are one history, in the order of their names. Files are read by migrail and by
sqlglot in turn, so that both see the same machine.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import sqlglot
from sqlglot.errors import SqlglotError

from migrail import dialects, sources
from migrail.catalog import Catalog
from migrail.catalog.replay import Replay
from migrail.dialects import Dialect
from migrail.model.errors import InputError
from migrail.model.migration import Migration
from migrail.model.operations import RunCode
from migrail.model.text import visible
from migrail.sql import ReadStatement
from migrail.sql.read import read
from migrail.sql.split import split

SAMPLE = """
CREATE TABLE a (b integer PRIMARY KEY, c text DEFAULT 'x');
CREATE VIEW d AS SELECT b FROM a WHERE c > 'y';
"""
TOP = 25
WIDTH = 110


@dataclass(slots=True)
class Times:
    """Seconds of processor time that was waited for."""

    split: float = 0.0
    read: float = 0.0
    replay: float = 0.0
    sqlglot: float = 0.0

    @property
    def migrail(self) -> float:
        return self.split + self.read + self.replay


@dataclass(slots=True)
class Tally:
    """What was counted."""

    files: int = 0
    size: int = 0
    """Code points of all files that are text."""
    statements: int = 0
    opaque: Counter[str] = field(default_factory=Counter)
    """By leading keyword."""
    examples: dict[str, str] = field(default_factory=dict)
    """The first opaque statement of each keyword, with the reason."""
    opaque_lines: list[str] = field(default_factory=list)
    """Each of them in a line."""
    empty: int = 0
    """Files of comments only."""
    lost: Counter[str] = field(default_factory=Counter)
    """Files of which nothing was read, by reason."""
    lost_examples: dict[str, str] = field(default_factory=dict)
    sqlglot_lost: int = 0
    all: Times = field(default_factory=Times)
    common: Times = field(default_factory=Times)
    """Of the files that both could read."""

    def refuse(self, keyword: str, reason: str, shown: str) -> None:
        """Counts a statement that was not understood."""
        self.opaque[keyword] += 1
        self.examples.setdefault(keyword, f"{visible(reason)}\n      {shown}")
        self.opaque_lines.append(f"{visible(reason)}: {shown}")

    def lose(self, reason: str, path: str) -> None:
        self.lost[reason] += 1
        self.lost_examples.setdefault(reason, path)


def measure(folder: Path, dialect: Dialect, count: int | None = None) -> Tally:
    """Reads everything below a folder, or so many files that are drawn by lot, always the same."""
    tally = Tally()
    _warm_up(dialect)
    paths = sorted(path for path in folder.rglob("*.sql") if path.is_file())
    if count is not None and count < len(paths):
        paths = sorted(random.Random(0).sample(paths, count))
    for _, members in groupby(paths, key=lambda path: path.parent):
        replaying = Replay(Catalog.empty(dialect, complete=False))
        for position, path in enumerate(members):
            tally.files += 1
            shown = str(path.relative_to(folder))
            try:
                migration = sources.loose(path, shown, position)
            except InputError as error:
                tally.lose(_general(error.problems[0].message), shown)
                continue
            tally.size += len(migration.text)
            _one(migration, dialect, replaying, tally)
    return tally


def _warm_up(dialect: Dialect) -> None:
    """Tables and patterns that either side builds at its first use."""
    logging.disable(logging.CRITICAL)
    sqlglot.parse(SAMPLE, dialect=dialect.sqlglot)
    for statement in split(SAMPLE, dialect.lexical).statements:
        read(statement, dialect)


def _one(migration: Migration, dialect: Dialect, replaying: Replay, tally: Tally) -> None:
    mine, theirs = Times(), Times()
    read_whole = _migrail(migration, dialect, replaying, tally, mine)
    parsed_whole = _sqlglot(migration.text, dialect, theirs)
    tally.sqlglot_lost += not parsed_whole
    for total in (tally.all, tally.common) if read_whole and parsed_whole else (tally.all,):
        total.split += mine.split
        total.read += mine.read
        total.replay += mine.replay
        total.sqlglot += theirs.sqlglot


def _migrail(migration: Migration, dialect: Dialect, replaying: Replay, tally: Tally, times: Times) -> bool:
    """Whether the file could be read. A fault of migrail is counted like a file that it refuses."""
    try:
        begun = time.perf_counter()
        pieces = split(migration.text, dialect.lexical)
        times.split = time.perf_counter() - begun
        if any(flaw.final for flaw in pieces.flaws):
            tally.lose(_general(pieces.flaws[-1].message), migration.path)
            return False
        tally.empty += not pieces.statements
        begun = time.perf_counter()
        operations = [read(statement, dialect) for statement in pieces.statements]
        times.read = time.perf_counter() - begun
        begun = time.perf_counter()
        for operation in (operation for found in operations for operation in found):
            replaying.apply(operation)
        times.replay = time.perf_counter() - begun
    except Exception as error:
        tally.lose(f"{type(error).__name__}: {visible(str(error))[:WIDTH]}", migration.path)
        return False
    tally.statements += len(operations) + len(pieces.flaws)
    for flaw in pieces.flaws:
        tally.refuse(flaw.message.split()[0], f"{migration.path}:{flaw.line}: {flaw.message}", "")
    for statement, found in zip(pieces.statements, operations, strict=True):
        _count_opaque(ReadStatement(statement=statement, operations=found), migration.path, tally)
    return True


def _count_opaque(read: ReadStatement, path: str, tally: Tally) -> None:
    if read.understood:
        return
    keyword, reason = (read.opaque.keyword, read.opaque.reason) if read.opaque else _unread(read)
    shown = visible(" ".join(read.statement.text[: 4 * WIDTH].split()))[:WIDTH]
    tally.refuse(keyword, f"{path}:{read.statement.span.line}: {reason}", shown)


def _unread(read: ReadStatement) -> tuple[str, str]:
    """The first part of code of which is not known what it does."""
    found = (
        (operation.verb, operation.unread[0].reason)
        for operation in read.operations
        if isinstance(operation, RunCode) and operation.unread
    )
    return next(found)


def _sqlglot(text: str, dialect: Dialect, times: Times) -> bool:
    begun = time.perf_counter()
    try:
        sqlglot.parse(text, dialect=dialect.sqlglot)
    except (SqlglotError, RecursionError):
        return False
    finally:
        times.sqlglot = time.perf_counter() - begun
    return True


def _general(message: str) -> str:
    """The reason without what differs from file to file."""
    head, tag, _ = message.partition("dollar quote $")
    return f"{head}{tag}...$ never ends" if tag else message


def show(tally: Tally) -> str:
    """The table."""
    understood = tally.statements - tally.opaque.total()
    share = 100 * understood / tally.statements if tally.statements else 0.0
    rows = [
        ("files", f"{tally.files:,} ({tally.size / 1e6:.2f} million characters)"),
        ("files lost", f"{tally.lost.total():,} (by sqlglot: {tally.sqlglot_lost:,})"),
        ("files of comments only", f"{tally.empty:,}"),
        ("statements", f"{tally.statements:,}"),
        ("understood", f"{understood:,} ({share:.2f} %)"),
        ("opaque", f"{tally.opaque.total():,}"),
        *_time_rows("all files", tally.all, tally.statements),
        *_time_rows("files both read", tally.common, None),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value}" for name, value in rows]
    if tally.lost:
        lines += ["", "files lost, by reason"]
        lines += [
            f"{count:6}  {reason}\n      {visible(tally.lost_examples[reason])}"
            for reason, count in tally.lost.most_common()
        ]
    if tally.opaque:
        lines += ["", f"opaque, by leading keyword (the first {TOP})"]
        lines += [
            f"{count:6}  {keyword}\n      {tally.examples[keyword]}"
            for keyword, count in tally.opaque.most_common(TOP)
        ]
    return "\n".join(lines) + "\n"


def _time_rows(what: str, times: Times, statements: int | None) -> list[tuple[str, str]]:
    parts = f"split {times.split:.3f} s, read {times.read:.3f} s, replay {times.replay:.3f} s"
    rate = f", {statements / times.migrail:,.0f} statements/s" if statements and times.migrail else ""
    ratio = f", ratio {times.migrail / times.sqlglot:.2f}" if times.sqlglot else ""
    return [
        (f"migrail, {what}", f"{times.migrail:.3f} s: {parts}{rate}"),
        (f"sqlglot, {what}", f"{times.sqlglot:.3f} s{ratio}"),
    ]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dialect", required=True, choices=dialects.names())
    parser.add_argument("--files", type=int, metavar="N", help="read N of the files only, drawn by lot")
    parser.add_argument("--list", action="store_true", help="print every statement that is not understood")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is not a folder")
    tally = measure(arguments.folder, dialects.get(arguments.dialect), arguments.files)
    sys.stdout.write(show(tally))
    if arguments.list:
        sys.stdout.write("\n" + "".join(f"{line}\n" for line in tally.opaque_lines))


if __name__ == "__main__":
    main()
