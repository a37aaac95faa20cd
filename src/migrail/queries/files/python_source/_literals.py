"""Where the characters of a string literal stand: prefixes, quotes, escapes and implicit concatenation."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from migrail.model.text import Lines
from migrail.queries.files.python_source._pieces import Place

_OPENING = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_ESCAPE = re.compile(
    r"\\(?:(?P<none>\r\n|\n|\r)|(?P<one>[\\'\"abfnrtv]|x[0-9A-Fa-f]{2}|[0-7]{1,3}|N\{[^}]*\}"
    r"|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(?P<two>.))|(?P<line>\r\n)",
    re.DOTALL,
)


class PythonText:
    """The source of a module."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)

    def offset(self, line: int, byte: int) -> int:
        """The offset of a place as ``ast`` gives it: it counts the bytes of a line, from 0."""
        start = self.lines.offset(line, 1)
        stretch = self.text[start : start + byte]
        return start + (byte if stretch.isascii() else len(stretch.encode()[:byte].decode(errors="ignore")))

    def place(self, node: ast.expr) -> Place:
        """Where an expression begins."""
        return self.lines.at(self.offset(node.lineno, node.col_offset))

    def runs(self, node: ast.Constant | ast.JoinedStr) -> list[Callable[[int], Place]]:
        """For each stretch of text between the holes of a literal, where the character of an offset stands."""
        scan = _Scan(self.text, self.offset(node.lineno, node.col_offset))
        end = self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        scan.run(end)
        return [self._locating(starts, offsets) for starts, offsets in scan.runs]

    def _locating(self, starts: list[int], offsets: list[int]) -> Callable[[int], Place]:
        def at(offset: int) -> Place:
            index = max(0, bisect_right(starts, offset) - 1)
            return self.lines.at(offsets[index] + offset - starts[index])

        return at


class _Scan:
    """Walks over adjacent literals and notes where text and source part."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self.length = 0
        """Of the text since the last hole."""
        self.runs: list[tuple[list[int], list[int]]] = [([0], [position])]

    def run(self, end: int) -> None:
        while self.position < end and (opening := _OPENING.match(self.text, self.position, end)):
            prefix, quote = opening[1].lower(), opening[2]
            self.position = opening.end()
            self._mark()
            self._body(quote, raw="r" in prefix, holes="f" in prefix, end=end)

    def _mark(self) -> None:
        starts, offsets = self.runs[-1]
        starts.append(self.length)
        offsets.append(self.position)

    def _body(self, quote: str, *, raw: bool, holes: bool, end: int) -> None:
        search = _special(quote, holes).search
        while found := search(self.text, self.position, end):
            self.length += found.start() - self.position
            self.position = found.start()
            if found[0] == quote:
                self.position = found.end()
                return
            if found[0] in ("{{", "}}"):
                self._pass(2, 1)
            elif found[0] == "{":
                self._hole(end)
            else:
                self._escape(raw=raw)
        self.position = end

    def _pass(self, source: int, length: int) -> None:
        self.position += source
        self.length += length
        self._mark()

    def _escape(self, *, raw: bool) -> None:
        escape = _ESCAPE.match(self.text, self.position)
        if escape is None:
            self._pass(1, 1)
        elif escape["line"]:
            self._pass(2, 1)
        elif raw:
            self._pass(2, 2)
        else:
            self._pass(len(escape[0]), {"none": 0, "one": 1}.get(escape.lastgroup or "", 2))

    def _hole(self, end: int) -> None:
        depth = 0
        while self.position < end:
            char = self.text[self.position]
            self.position += 1
            depth += (char in "{[(") - (char in "}])")
            if not depth:
                break
        self.length = 0
        self.runs.append(([0], [self.position]))


@cache
def _special(quote: str, holes: bool) -> re.Pattern[str]:
    braces = r"|\{\{|\}\}|\{" if holes else ""
    return re.compile(rf"{quote}|\\|\r\n{braces}")
