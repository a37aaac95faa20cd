"""The tables of the differential proof: a structure with rows, queries on it, and changes of it.

A file holds ``-- history``, ``-- queries`` and any number of ``-- change: words``. Every query meets every change:
a database says which queries it refuses afterwards, and the engine is asked the same. Behind ``-- also`` come
queries for one change alone. ``--: 1, 'x'`` at the end of a query are the values of its placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrail import dialects
from migrail.checker.compatibility import judge_queries
from migrail.model.query import BrokenQuery, Certainty, Effect, NotCheckable, Origin, OriginKind, Query
from tests.rules.checking import script

FOLDER = Path(__file__).parent / "cases"
_MARK = re.compile(r"^-- (history|queries|also|change: .+)$", re.MULTILINE)
_VALUES = re.compile(r"\s*--:\s*(.*)$")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query, and the values of its placeholders as SQL."""

    text: str
    values: str | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of the structure, with all queries that meet it."""

    name: str
    sql: str
    queries: tuple[Asked, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One file."""

    name: str
    history: str
    changes: tuple[Change, ...]


Refusals = Sequence[str | None]
"""For each query why the database refuses it; ``None`` where it does not."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One query and one change: what the database says, and what the engine says."""

    table: str
    change: str
    query: str
    refused: str | None
    said: tuple[BrokenQuery, ...]
    not_checkable: NotCheckable | None

    @property
    def certain(self) -> bool:
        """Whether the engine is certain that it fails."""
        return any(item.certainty is Certainty.CERTAIN and item.effect is Effect.FAILS for item in self.said)

    @property
    def missed(self) -> bool:
        """Whether the database refuses it and the engine has nothing to say."""
        return self.refused is not None and not self.said

    @property
    def falsely_certain(self) -> bool:
        """Whether the database takes it and the engine is certain that it does not."""
        return self.refused is None and self.certain

    def __str__(self) -> str:
        reasons = "; ".join(f"{item.certainty}: {item.reason}" for item in self.said)
        unchecked = f" [not checkable: {self.not_checkable.reason}]" if self.not_checkable else ""
        lines = (self.query, f"database: {self.refused}", f"engine: {reasons}{unchecked}")
        return f"{self.table} / {self.change}\n    " + "\n    ".join(lines)


def tables(dialect: str) -> list[Table]:
    """All files of a dialect."""
    return [read(path) for path in sorted((FOLDER / dialect).glob("*.sql"))]


def read(path: Path) -> Table:
    """One file."""
    parts = _MARK.split(path.read_text(encoding="utf-8"))
    history, common = "", ()
    changes: list[Change] = []
    for mark, text in zip(parts[1::2], parts[2::2], strict=True):
        if mark == "history":
            history = text
        elif mark == "queries":
            common = tuple(_queries(text))
        elif mark == "also":
            last = changes[-1]
            changes[-1] = Change(name=last.name, sql=last.sql, queries=(*last.queries, *_queries(text)))
        else:
            changes.append(Change(name=mark.removeprefix("change: "), sql=text, queries=common))
    return Table(name=path.stem, history=history, changes=tuple(changes))


def _queries(text: str) -> Iterator[Asked]:
    """Each ends with a semicolon at the end of a line, or before the values."""
    pending: list[str] = []
    for line in text.splitlines():
        found = _VALUES.search(line)
        code = line[: found.start()] if found else line
        pending.append(code)
        if code.rstrip().endswith(";"):
            yield Asked(text="\n".join(pending).strip().rstrip(";"), values=found[1] if found else None)
            pending = []


def engine(history: str, change: str, queries: Sequence[str], dialect: str) -> Mapping[int, Outcome]:
    """What the engine says about each query, by its place."""
    return {
        place: Outcome(table="", change="", query=text, refused=None, said=said, not_checkable=unchecked)
        for place, (text, said, unchecked) in enumerate(_judged(history, change, queries, dialect))
    }


def _judged(
    history: str, change: str, queries: Sequence[str], dialect: str
) -> Iterator[tuple[str, tuple[BrokenQuery, ...], NotCheckable | None]]:
    older = script(history, number=1, name="history", dialect=dialect)
    newer = script(change, number=2, name="change", dialect=dialect)
    asked = [
        Query(text=text, origin=Origin(kind=OriginKind.FILE, path="queries.sql", line=line))
        for line, text in enumerate(queries, 1)
    ]
    known = judge_queries([older], [newer], asked, dialects.get(dialect))
    for query in asked:
        said = tuple(item for item in known.broken if item.query is query)
        unchecked = next((item for item in known.not_checkable if item.origin is query.origin), None)
        yield query.text, said, unchecked


def outcomes(
    table: Table, dialect: str, ask: Callable[[str, str, Sequence[Asked]], tuple[Refusals, Refusals]]
) -> list[Outcome]:
    """Every query against every change of a file; those that the database refuses before are left out.

    Args:
        table: the file.
        dialect: of the database.
        ask: ``(history, change, queries)`` → what the database refuses before and after.
    """
    found: list[Outcome] = []
    for change in table.changes:
        before, after = ask(table.history, change.sql, change.queries)
        said = engine(table.history, change.sql, [item.text for item in change.queries], dialect)
        for place, query in enumerate(change.queries):
            if before[place] is None:
                one = said[place]
                found.append(
                    Outcome(
                        table=table.name,
                        change=change.name,
                        query=query.text,
                        refused=after[place],
                        said=one.said,
                        not_checkable=one.not_checkable,
                    )
                )
    return found
