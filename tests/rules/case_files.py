"""Edge cases of rules, as SQL with the expectation above the line.

A file ``cases/MR201.sql`` is about the rule MR201. It begins with what all its cases build on::

    -- dialect: sqlite                  (only where it is not postgres)
    -- history:
    CREATE TABLE orders (id bigint PRIMARY KEY, note text);

    -- case: words that say what is tried
    -- case 18: the same on that version of the server
    -- history:                         (more older migrations, for this case alone)
    -- file:                            (what follows is the next new migration)
    -- file 7_note:                     (the same under that number and name; also for history)
    -- base 7_note:                     (what the base of the change holds under that name)
    -- base:                            (the base holds nothing)
    -- query:                           (what follows is a query of the deployed application)
    -- expect: MR201, MR402             (these findings, on the next line that is no comment)
    -- expect 1: MR601                  (these findings, on that line of the migration)
    CREATE INDEX i ON orders (note);

Each case is judged by itself. Findings of the file's own rule must be exactly those that are expected, and so must
errors of all other rules; warnings and notes of other rules need not be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from migrail import dialects
from migrail.checker import CheckResult, check
from migrail.model.findings import Severity
from migrail.model.migration import Migration
from migrail.model.query import Origin, OriginKind, Query
from migrail.rules import find
from migrail.sql import Script, read_script
from tests.rules.checking import migration

FOLDER = Path(__file__).parent / "cases"

_MARK = re.compile(r"-- (dialect|history|case|file|base|query|expect)(?: (\w[\w.]*))?:[ ]*(.*)")


@dataclass(kw_only=True)
class Piece:
    """A migration or a query of a case."""

    place: str = ""
    """``7_note``; empty for the next number."""
    text: str = ""

    def migration(self, number: int) -> Migration:
        """The file, under that number where it names none."""
        own, _, name = self.place.partition("_")
        return migration(self.text, number=int(own or number), name=name or "change")


@dataclass(kw_only=True)
class Case:
    """Some migrations and what must be said about them."""

    code: str
    """The rule that the file is about."""
    title: str
    line: int
    """Where it begins in its file."""
    dialect: str = "postgres"
    version: tuple[int, ...] | None = None
    history: list[Piece] = field(default_factory=list)
    files: list[Piece] = field(default_factory=list)
    base: list[Piece] | None = None
    queries: list[Piece] = field(default_factory=list)
    expected: list[tuple[Piece, int, str]] = field(default_factory=list)
    """Migration, line in it, code."""

    @property
    def migrations(self) -> list[Migration]:
        """The older ones and the new ones, in their order."""
        return [piece.migration(number) for number, piece in enumerate((*self.history, *self.files), 1)]

    def judged(self) -> CheckResult:
        """The answer about the new migrations."""
        chosen = dialects.get(self.dialect)
        scripts = [read_script(item, chosen) for item in self.migrations]
        ahead, new = scripts[: len(self.history)], scripts[len(self.history) :]
        return check(
            sorted(ahead, key=_order),
            sorted(new, key=_order),
            dialect=chosen,
            version=self.version or chosen.default_version,
            base=None if self.base is None else {item.id: item for item in self._based()},
            severities={} if find(self.code).enabled else {self.code: Severity.WARNING},
            queries=[
                Query(text=text, origin=Origin(kind=OriginKind.FILE, path="queries.sql", line=line))
                for line, piece in enumerate(self.queries, 1)
                if (text := piece.text.strip().rstrip(";"))
            ],
        )

    def _based(self) -> list[Migration]:
        """What the base holds: the older migrations as they are here, but for what the case says."""
        said = [piece.migration(0) for piece in self.base or () if piece.place]
        older = self.migrations[: len(self.history)]
        return [*(item for item in older if item.id not in {other.id for other in said}), *said]

    def expectations(self) -> list[tuple[str, int, str]]:
        """Id of the migration, line in it, code."""
        based = {id(piece): piece.migration(0).id for piece in self.base or () if piece.place}
        known = zip((*self.history, *self.files), self.migrations, strict=True)
        ids = based | {id(piece): item.id for piece, item in known}
        return sorted((ids[id(piece)], line, code) for piece, line, code in self.expected)


def _order(script: Script) -> tuple[tuple[int | str, ...], str]:
    return script.migration.order, script.migration.id


def cases() -> list[Case]:
    """The cases of all files."""
    return [case for path in sorted(FOLDER.glob("*.sql")) for case in read_cases(path.stem, path.read_text())]


def read_cases(code: str, text: str) -> list[Case]:
    """The cases of one file. Marks that make no sense are assertion errors."""
    return list(_Reader(code).read(text))


class _Reader:
    def __init__(self, code: str) -> None:
        self.code = code
        self.dialect = "postgres"
        self.common: list[Piece] = []
        self.case: Case | None = None
        self.target: list[Piece] | None = None
        self.pending: list[str] = []

    def read(self, text: str) -> Iterator[Case]:
        for number, line in enumerate(text.splitlines(), 1):
            found = _MARK.fullmatch(line)
            if found and found[1] == "case":
                yield from self.finished()
                self.begin(number, found[2], found[3])
            elif found:
                self.mark(found[1], found[2] or "", found[3])
            if not found or found[1] == "expect":
                self.take(line)
        yield from self.finished()

    def begin(self, number: int, version: str | None, title: str) -> None:
        assert title, f"{self.code}:{number}: a case needs words"
        self.case = Case(
            code=self.code,
            title=title,
            line=number,
            dialect=self.dialect,
            version=tuple(map(int, version.split("."))) if version else None,
            history=[replace(piece) for piece in self.common],
        )
        self.target = None

    def mark(self, word: str, place: str, rest: str) -> None:
        if word == "dialect":
            self.dialect = rest
        elif word == "expect":
            self.expect(place, [code.strip() for code in rest.split(",")])
        else:
            assert not self.pending, f"{self.code}: nothing follows an expectation"
            self.target = self.list_of(word)
            self.target.append(Piece(place=place))

    def expect(self, line: str, said: list[str]) -> None:
        assert self.case, "expect stands in a case"
        if not line:
            self.pending += said
            return
        if self.target is None:
            self.target = self.list_of("file")
            self.target.append(Piece())
        self.case.expected += [(self.target[-1], int(line), code) for code in said]

    def list_of(self, word: str) -> list[Piece]:
        if word == "history":
            return self.case.history if self.case else self.common
        assert self.case, f"{word} stands in a case"
        if word == "base" and self.case.base is None:
            self.case.base = []
        lists = {"file": self.case.files, "base": self.case.base, "query": self.case.queries}
        found = lists[word]
        assert found is not None
        return found

    def take(self, line: str) -> None:
        if self.target is None and self.case is None:
            assert not line.strip(), f"{self.code}: {line!r} stands before the first mark"
            return
        older = self.case is not None and self.target is self.case.history
        if self.target is None or (older and line.startswith("-- expect:")):
            self.target = self.list_of("file")
            self.target.append(Piece())
        self.target[-1].text += f"{line}\n"
        if self.pending and line.strip() and not line.lstrip().startswith("--"):
            assert self.case
            piece = self.target[-1]
            self.case.expected += [(piece, piece.text.count("\n"), code) for code in self.pending]
            self.pending = []

    def finished(self) -> Iterator[Case]:
        if self.case is not None:
            assert not self.pending, f"{self.code}: nothing follows an expectation"
            said = (*self.case.files, *(self.case.base or ()))
            assert any(piece.text.strip() for piece in said), f"{self.code}: {self.case.title} is empty"
            yield self.case
