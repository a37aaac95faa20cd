"""Which semicolon ends a routine, trigger or event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from migrail.sql.lexer import Kind, Token, Unclosed
from migrail.sql.words import words


class Body(Protocol):
    """Looks at the tokens of one statement, one after the other."""

    def ends_at(self, token: Token) -> bool:
        """Whether the statement ends at this token, a semicolon."""


@dataclass(slots=True)
class _Parentheses:
    """Whether a token stands inside parentheses."""

    depth: int = 0

    def hide(self, word: str) -> bool:
        if word == "(":
            self.depth += 1
        elif word == ")":
            self.depth = max(0, self.depth - 1)
        else:
            return self.depth > 0
        return True


@dataclass(slots=True)
class AtomicBody:
    """PostgreSQL: follows psql (psqlscan.l) for BEGIN ATOMIC, where CASE ... END has to be counted.

    Unlike psql, it knows that a word behind AS or a dot is a name.
    """

    parentheses: _Parentheses = field(default_factory=_Parentheses)
    blocks: int = 0
    previous: str = ""
    start: int = 0
    """Where the last token begins, and behind BEGIN ATOMIC where BEGIN stands."""

    @property
    def opened(self) -> int | None:
        """The offset of a BEGIN ATOMIC whose END has not come."""
        return self.start if self.blocks else None

    def ends_at(self, token: Token) -> bool:
        """Whether the statement ends at this semicolon."""
        word, previous = token.word, self.previous
        self.previous = word
        if not self.blocks and word != "ATOMIC":
            self.start = token.start
        if self.parentheses.hide(word):
            return False
        if word == ";":
            return not self.blocks
        if word == "ATOMIC" and previous == "BEGIN":
            self.blocks = 1
        elif self.blocks and previous not in ("AS", "."):
            self.blocks += {"CASE": 1, "END": -1}.get(word, 0)
        return False


@dataclass(slots=True)
class TriggerBody:
    """SQLite: follows its shell (complete.c) for triggers, which end at END behind a semicolon."""

    parentheses: _Parentheses = field(default_factory=_Parentheses)
    inside: bool = False
    previous: str = ""
    before: str = ""

    def ends_at(self, token: Token) -> bool:
        """Whether the statement ends at this semicolon."""
        word, previous, before = token.word, self.previous, self.before
        self.previous, self.before = word, previous
        if self.parentheses.hide(word):
            return False
        if word == ";":
            return not self.inside or (previous == "END" and before in {";", "BEGIN"})
        if word == "BEGIN":
            self.inside = True
        return False


_BEGINS_STATEMENT = words("; BEGIN THEN ELSE DO LOOP REPEAT : ATOMIC")
"""What a statement of a body stands behind."""
_BEGINS_BODY = words(") : ROW DETERMINISTIC DATA SQL INVOKER DEFINER DO")
"""What the one statement that is a body by itself stands behind."""
_NO_BLOCK = words(", . ( = @ SELECT WHERE AND OR BY ON SET AS < > + - * / XA")
"""Behind these BEGIN is a name."""
_BLOCKS = words("IF CASE LOOP WHILE REPEAT FOR")
_EXPRESSION = "CASE in an expression"


@dataclass(slots=True)
class BlockBody:
    """MySQL and MariaDB: a stack of the blocks that are open (sql_yacc.yy, sp_proc_stmt)."""

    stack: list[str] = field(default_factory=list)
    previous: str = ""
    ended: bool = False
    """END was the token before."""
    routine: bool = False
    """A routine in a package was named."""
    pending: bool = False
    """The head of a routine in a package was taken, its BEGIN not yet."""

    def ends_at(self, token: Token) -> bool:
        """Whether the statement ends at this semicolon."""
        word, previous, ended = token.word, self.previous, self.ended
        self.previous, self.ended = word or token.kind.value, False
        if word == ";":
            return not self.stack
        if word == "END" and previous not in (".", "@", ","):
            if self.stack:
                self.ended = self.stack.pop() != _EXPRESSION
        elif ended and word in _BLOCKS:
            pass
        elif word == "PACKAGE" and previous in ("CREATE", "REPLACE"):
            self.stack.append(word)
        elif word in ("AS", "IS") and self.stack == ["PACKAGE"]:
            self.pending = self.routine
        elif word in ("PROCEDURE", "FUNCTION") and self.stack == ["PACKAGE"]:
            self.routine = True
        elif word == "BEGIN" and self.stack == ["PACKAGE"]:
            # The BEGIN of a package itself shares its END.
            if self.pending:
                self.stack.append(word)
            self.pending = False
        elif word == "BEGIN":
            if previous not in _NO_BLOCK:
                self.stack.append(word)
        elif word == "CASE":
            self.stack.append(word if self._at_statement(previous) else _EXPRESSION)
        elif word in _BLOCKS and self._at_statement(previous):
            self.stack.append(word)
        return False

    def _at_statement(self, previous: str) -> bool:
        if not self.stack:
            return not previous or previous in _BEGINS_BODY
        return previous in _BEGINS_STATEMENT and self.stack[-1] != _EXPRESSION


_BODIED = words("PROCEDURE FUNCTION TRIGGER EVENT PACKAGE")
_BEFORE_OBJECT = words("OR REPLACE DEFINER = @ . ( ) AGGREGATE CURRENT_USER CURRENT_ROLE")
_LONGEST_HEAD = 20


def has_block_body(found: Iterator[Token]) -> bool:
    """Whether these are the tokens of a statement of MySQL that may hold blocks."""
    try:
        first, second = next(found, None), next(found, None)
        if first is None or second is None:
            return False
        if first.word == "BEGIN":
            return second.word == "NOT"
        if first.word == "CASE" or first.word in _BLOCKS:
            return True
        if first.word not in ("CREATE", "ALTER"):
            return False
        token: Token | None = second
        previous = ""
        for _ in range(_LONGEST_HEAD):
            if token is None:
                return False
            if token.word in _BODIED and previous != ".":
                return True
            name = token.kind is not Kind.WORD and not token.word
            if token.word not in _BEFORE_OBJECT and not name and previous not in ("=", "@", "."):
                return False
            previous, token = token.word, next(found, None)
    except Unclosed:
        pass
    return False
