"""Edge cases of rules, as SQL with the expectation above the line.

A file ``cases/MR201.sql`` is about the rule MR201. It begins with what all its cases build on::

    -- dialect: sqlite                  (only where it is not postgres)
    -- history:
    CREATE TABLE orders (id bigint PRIMARY KEY, note text);

    -- case: words that say what is tried
    -- case 18: the same on that version of the server
    -- history:                         (more older migrations, for this case alone)
    -- file:                            (what follows is the next new migration)
    -- expect: MR201, MR402             (these findings, on the next line that is no comment)
    CREATE INDEX i ON orders (note);

Each case is judged by itself. Findings of the file's own rule must be exactly those that are expected, and so must
errors of all other rules; warnings and notes of other rules need not be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"

_MARK = re.compile(r"-- (dialect|history|case|file|expect)(?: ([0-9.]+))?:[ ]*(.*)")


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
    history: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    expected: list[tuple[int, int, str]] = field(default_factory=list)
    """Number of the file from 1, line in it, code."""


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
        self.common: list[str] = []
        self.case: Case | None = None
        self.target: list[str] | None = None
        self.pending: list[str] = []

    def read(self, text: str) -> Iterator[Case]:
        for number, line in enumerate(text.splitlines(), 1):
            found = _MARK.fullmatch(line)
            if found and found[1] == "case":
                yield from self.finished()
                self.begin(number, found[2], found[3])
            elif found:
                self.mark(found[1], found[3])
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
            history=list(self.common),
        )
        self.target = None

    def mark(self, word: str, rest: str) -> None:
        if word == "dialect":
            self.dialect = rest
        elif word == "expect":
            assert self.case, "expect stands in a case"
            self.pending += [code.strip() for code in rest.split(",")]
        else:
            assert not self.pending, f"{self.code}: nothing follows an expectation"
            self.target = (self.case.history if self.case else self.common) if word == "history" else self.files()
            self.target.append("")

    def files(self) -> list[str]:
        assert self.case, "file stands in a case"
        return self.case.files

    def take(self, line: str) -> None:
        if self.target is None and self.case is None:
            assert not line.strip(), f"{self.code}: {line!r} stands before the first mark"
            return
        if self.target is None or (self.case and self.target is self.case.history and line.startswith("-- expect")):
            self.target = self.files()
            self.target.append("")
        self.target[-1] += f"{line}\n"
        if self.pending and line.strip() and not line.lstrip().startswith("--"):
            assert self.case
            place = (len(self.case.files), self.target[-1].count("\n"))
            self.case.expected += [(*place, code) for code in self.pending]
            self.pending = []

    def finished(self) -> Iterator[Case]:
        if self.case is not None:
            assert not self.pending, f"{self.code}: nothing follows an expectation"
            assert any(file.strip() for file in self.case.files), f"{self.code}: {self.case.title} is empty"
            yield self.case
