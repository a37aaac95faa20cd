"""Positions in a text and text that is safe to print."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

_WORD = re.compile(r"\w+")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of a file. Offsets are code points from 0, lines and columns count from 1."""

    start: int
    end: int
    """One past the last code point."""
    line: int
    column: int
    end_line: int
    end_column: int
    """The column just after the last code point."""


class Lines:
    """Turns offsets of one text into lines and columns. A line ends at LF, CR LF or a lone CR."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        starts = array("q", [0])
        starts.extend(found.end() for found in _LINE_END.finditer(text))
        self._starts = starts

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        index = bisect_right(self._starts, offset) - 1
        return index + 1, offset - self._starts[index] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column that are in the text."""
        return self._starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        line, column = self.at(start)
        end_line, end_column = self.at(end)
        if end_line == line:
            end_line = line  # one number in memory, not two: files have a million statements
        return Span(start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column)


def visible(text: str) -> str:
    """The text with control, bidirectional and other invisible characters written as ``\\x1b``-style escapes.

    SQL, file names and comments come from strangers; a terminal or a CI log would obey what is in them.
    Line breaks are escaped too: split first where lines are wanted.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == " " or _harmless(char) else _escape(char) for char in text)


def _harmless(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ"


def _escape(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return "    "
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def words_of(text: str) -> frozenset[str]:
    """All words of a text in lower case, those in strings too."""
    return frozenset(_WORD.findall(text.lower()))


def of_form(pattern: str | re.Pattern[str], said: str) -> Callable[[str], str]:
    """Lets a text pass that has a form, and raises ValueError with ``said`` otherwise.

    For settings: the patterns of pydantic take megabytes where letters are repeated up to a count.
    """
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(said)
        return value

    return check


def plural(count: int, word: str, words: str | None = None) -> str:
    """``1 migration``, ``2 migrations``."""
    return f"{count} {word if count == 1 else words or word + 's'}"


def age(span: timedelta) -> str:
    """A time span as one rough number: ``40 s``, ``3 min``, ``5 h``, ``2 d``."""
    total = max(0, int(span.total_seconds()))
    for limit, unit, word in ((90, 1, "s"), (90 * 60, 60, "min"), (48 * 3600, 3600, "h")):
        if total < limit:
            return f"{total // unit} {word}"
    return f"{total // 86400} d"
