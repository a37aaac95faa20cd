"""A string as far as the source tells it: stretches of text that know where they stand, and holes between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a string."""

    text: str = ""
    at: Callable[[int], Place]
    """The place of the character of an offset."""
    hole: str | None = None
    """What the author calls the value that stands here when it runs; ``None`` for text."""

    def part(self, start: int, end: int | None = None) -> Piece:
        """A stretch of its text."""
        at = self.at
        return replace(self, text=self.text[start:end], at=lambda offset: at(start + offset))


Text = tuple[Piece, ...]
"""A whole string."""

FIRST_HOLE = 0xE000
MAX_HOLES = 0x18FF
"""The private characters that stand for holes while a text is cut; they are letters to the lexer."""
HOLE = re.compile(f"[{chr(FIRST_HOLE)}-{chr(FIRST_HOLE + MAX_HOLES)}]")


class Assembled:
    """A string in one piece, in which a private character stands for each hole."""

    def __init__(self, pieces: Text) -> None:
        self.names: list[str] = []
        texts: list[str] = []
        for piece in pieces:
            if piece.hole is None:
                texts.append(HOLE.sub("\ufffd", piece.text))
            else:
                texts.append(chr(FIRST_HOLE + min(len(self.names), MAX_HOLES)))
                self.names.append(piece.hole)
        self.text = "".join(texts)
        self._pieces: Sequence[Piece] = pieces
        self._starts = [0, *accumulate(map(len, texts))][: len(pieces)]

    def place(self, offset: int) -> Place:
        """Where the character of an offset stands in the source."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        return self._pieces[index].at(offset - self._starts[index])

    def name(self, character: str) -> str:
        """What the author calls a hole."""
        return self.names[ord(character) - FIRST_HOLE]


def filled(text: Text, pattern: re.Pattern[str], value: Callable[[re.Match[str]], Text | str]) -> Text:
    """The string with everything in its text that matches replaced: by another string, or by plain characters."""
    return tuple(piece for old in text for piece in _filled(old, pattern, value))


def _filled(
    piece: Piece, pattern: re.Pattern[str], value: Callable[[re.Match[str]], Text | str]
) -> Iterator[Piece]:
    position = 0
    for found in pattern.finditer(piece.text) if piece.hole is None else ():
        yield piece.part(position, found.start())
        by = value(found)
        if isinstance(by, str):
            yield replace(piece.part(found.start(), found.end()), text=by)
        else:
            yield from by
        position = found.end()
    yield piece.part(position) if position else piece
