"""A text that is read, and where each part of it stands in its file.

The text of a statement lies in its file as it is. That of a string inside it does not: quotes are doubled there and
characters are escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Self

from migrail.dialects import Lexical
from migrail.model.migration import Statement
from migrail.model.text import Lines, Span
from migrail.sql.lexer import string_value

_ESCAPED = {
    "": re.compile("''"),
    "e": re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)|''", re.DOTALL),
    "u": re.compile(r"\\(?:\+[0-9A-Fa-f]{6}|[0-9A-Fa-f]{4}|\\)|''"),
}
"""What stands for one character, by the string's prefix."""
_BACKSLASHED = re.compile(r"""\\.|''|\"\"""", re.DOTALL)
"""The same where backslashes escape in every string."""


class _Origin:
    """The text that lies in the file as it is."""

    def __init__(self, text: str, offset: int, line: int, column: int) -> None:
        self.text = text
        self.offset = offset
        self.line = line
        self.column = column

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, of an offset in this text."""
        line, column = self.lines.at(offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


class Source:
    """A text with its places. Pieces that lie in the file as they are keep their places exactly."""

    __slots__ = ("_offsets", "_origin", "_starts", "depth", "text")

    def __init__(
        self, text: str, origin: _Origin, starts: Sequence[int], offsets: Sequence[int], depth: int = 0
    ) -> None:
        self.text = text
        self.depth = depth
        """How many strings it stands in."""
        self._origin = origin
        self._starts = starts
        self._offsets = offsets

    @classmethod
    def plain(cls, text: str) -> Self:
        """A text that is a file by itself."""
        return cls(text, _Origin(text, 0, 1, 1), (0,), (0,))

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """The text of a statement."""
        span = statement.span
        return cls(statement.text, _Origin(statement.text, span.start, span.line, span.column), (0,), (0,))

    # Places

    def _offset(self, position: int) -> int:
        """In the origin."""
        piece = bisect_right(self._starts, position) - 1
        return min(self._offsets[piece] + position - self._starts[piece], len(self._origin.text))

    def line(self, position: int) -> int:
        """The line of the file on which a position of the text lies."""
        return self._origin.at(self._offset(position))[0]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the text, at least one character, lies in the file."""
        first, last = self._offset(start), self._offset(end - 1) + 1
        line, column = self._origin.at(first)
        end_line, end_column = self._origin.at(last)
        base = self._origin.offset
        return Span(
            start=base + first, end=base + last, line=line, column=column, end_line=end_line, end_column=end_column
        )

    @property
    def whole(self) -> Span:
        """Where the text lies; one character where it is empty."""
        return self.span(0, max(1, len(self.text)))

    # Parts

    def part(self, start: int, end: int) -> Self:
        """A stretch of the text."""
        return self._part(start, end, self.depth)

    def _part(self, start: int, end: int, depth: int) -> Self:
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        return type(self)(
            self.text[start:end],
            self._origin,
            (0, *(position - start for position in self._starts[first:last])),
            (self._offset(start), *self._offsets[first:last]),
            depth,
        )

    def worded(self, text: str) -> Self:
        """Another text of the same length in the same place."""
        return type(self)(text, self._origin, self._starts, self._offsets, self.depth)

    def string(self, start: int, end: int, lexical: Lexical) -> Self:
        """What the string between two positions stands for."""
        token = self.text[start:end]
        if token[0] == "$":
            tag = token.index("$", 1) + 1
            return self._part(start + tag, end - tag, self.depth + 1)
        quote = token[-1]
        opening = token.index(quote) + 1
        prefix = token[0].lower() if token[0] in "eEuU" else ""
        escaped = _BACKSLASHED if lexical.backslash_escapes else _ESCAPED[prefix]
        starts, offsets = [0], [self._offset(start + opening)]
        length = behind = 0
        for found in escaped.finditer(token, opening, len(token) - 1):
            length += found.start() - (behind or opening)
            behind = found.end()
            starts += [length, length := length + len(string_value(f"{token[:opening]}{found[0]}{quote}", lexical))]
            offsets += [self._offset(start + found.start()), self._offset(start + behind)]
        return type(self)(string_value(token, lexical), self._origin, starts, offsets, self.depth + 1)

    def joined(self, parts: Sequence[tuple[str, Source]]) -> Self:
        """A text that is put together of texts, each of which has the places of a source of this file."""
        starts: list[int] = []
        offsets: list[int] = []
        length = 0
        for text, source in parts:
            starts += [length + position for position in source._starts if position <= len(text)]
            offsets += source._offsets[: len(starts) - len(offsets)]
            length += len(text)
        whole = "".join(text for text, _ in parts)
        kept = [index for index, (one, two) in enumerate(pairwise([*starts, length + 1])) if one < two]
        return type(self)(
            whole,
            self._origin,
            [starts[index] for index in kept],
            [offsets[index] for index in kept],
            max((source.depth for _, source in parts), default=self.depth),
        )
