"""What bodies in procedural languages have in common: blocks on a stack, conditions, expressions and queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from migrail.sql.code.reading import Reading
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Token, Unclosed
from migrail.sql.source import Source


@dataclass(slots=True)
class Open:
    """A block or control structure that is open."""

    kind: str
    """Its keyword: ``BEGIN``, ``IF``, ``CASE``, ``LOOP``, ..."""
    first: int
    """How many operations were found before it."""
    conditional: bool
    """Whether what comes next in it may not be reached."""
    label: str | None = None


class Blocks:
    """Walks over the statements of a body. Depth costs nothing, because what is open stands on a stack."""

    def __init__(self, cursor: Cursor, reading: Reading) -> None:
        self.cursor = cursor
        self.reading = reading
        self.stack: list[Open] = []
        self.conditions = 0
        self.left = False
        """Whether something before may have ended the code."""

    def push(self, kind: str, *, conditional: bool, label: str | None = None) -> None:
        """Opens a block."""
        self.stack.append(Open(kind, self.reading.count, conditional, label))
        self.conditions += conditional

    def pop(self) -> Open:
        """Closes the innermost block."""
        closed = self.stack.pop()
        self.conditions -= closed.conditional
        return closed

    def doubt(self, block: Open) -> None:
        """Whatever comes next in a block may not be reached."""
        self.conditions += not block.conditional
        block.conditional = True

    def inside(self, *kinds: str) -> Open:
        """The innermost structure, which must be of one of these kinds."""
        if not self.stack or self.stack[-1].kind not in kinds:
            self.cursor.unexpected(f"inside {self.stack[-1].kind}" if self.stack else "")
        return self.stack[-1]

    def note_certainty(self) -> None:
        """Tells the reading whether what comes next is sure to be reached."""
        self.reading.possible = self.left or self.conditions > 0

    def until(self, *words: str, at_end: bool = False) -> list[Token]:
        """Takes everything up to one of these words outside parentheses, or up to the end where that is allowed."""
        cursor, first, depth = self.cursor, self.cursor.index, 0
        while depth or cursor.word not in words:
            word = cursor.word
            if at_end and cursor.done and not depth:
                break
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
            if cursor.done or depth < 0:
                cursor.unexpected(f"where {words[-1]} should stand")
            cursor.next()
        return cursor.between(first, cursor.index)

    def expression(self, *words: str) -> None:
        """Takes an expression up to one of the words, for the functions that it calls."""
        found = self.until(*words)
        if found:
            self.reading.calls(self.cursor, found)

    def operand(self, word: str) -> None:
        """Takes an expression of a condition up to the word."""
        self.expression(word)

    def condition(self, word: str) -> None:
        """Takes a condition and the word behind it."""
        self.operand(word)
        self.cursor.next()

    def query(self, word: str) -> None:
        """Takes a query up to the word."""
        found = self.until(word)
        if not found:
            self.cursor.unexpected("where a query should stand")
        self.reading.statement(self.cursor.source.part(found[0].start, found[-1].end))

    def finish(self) -> None:
        """Takes the end of the body."""
        self.cursor.take(";")
        if not self.cursor.done:
            self.cursor.unexpected("behind the last END")

    # IF and CASE, behind their first words

    def branch(self) -> None:
        """IF."""
        self.condition("THEN")
        self.push("IF", conditional=True)

    def other_branch(self) -> None:
        """ELSEIF."""
        self.inside("IF")
        self.condition("THEN")

    def otherwise(self) -> None:
        """ELSE."""
        self.inside("IF", "CASE")

    def case(self) -> None:
        """CASE."""
        self.operand("WHEN")
        self.push("CASE", conditional=True)


def read_blocks(body: Source, reading: Reading, read: Callable[[Cursor], None]) -> None:
    """Reads a body; where it is not understood, the rest is unread and everything before it only possible."""
    if reading.is_too_deep(body):
        return
    cursor = Cursor(body.text, reading.dialect, body)
    try:
        read(cursor)
    except NotUnderstood as failure:
        token = cursor.peek()
        start = max(0, min(token.start, len(body.text) - 1))
        reading.not_read(failure.reason, body.span(start, max(token.end, start + 1)))
        reading.doubt_since(0)
    except Unclosed as unclosed:
        reading.not_read(f"a {unclosed.what} never ends", body.span(unclosed.offset, unclosed.offset + 1))
        reading.doubt_since(0)
