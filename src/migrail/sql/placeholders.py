"""Placeholders of every style, rewritten to the one that sqlglot reads in every dialect: ``:name``.

=====================================  =====================================================
``$1`` ``?1`` ``:1``                   ``:p1``
``:name`` ``@name`` ``$name``          ``:p_name``
``%(name)s``                           ``:p_name``
``?`` ``%s`` ``%b`` ``%t``             ``:q1``, ``:q2``, ... in their order
``:'name'`` (psql)                     ``:p_name``
``sqlc.arg(name)`` and its like        ``:p_name``; ``sqlc.embed(t)``: ``t.*``
=====================================  =====================================================

The text keeps its lines. What only looks like a placeholder stays: strings, comments, ``::type``, ``:=``, bounds of
a slice, PostgreSQL's operators ``?``, ``?|``, ``?&``, ``@?``, ``<@`` and ``%``. Where the two cannot be told apart
by their characters, what stands before decides: behind an operand comes an operator. ``%%`` and ``??``, with which
drivers let ``%`` and ``?`` through, become these. Linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache

from migrail.dialects import Dialect
from migrail.sql.lexer import Kind, Token, Unclosed, tokens

_SIGN = re.compile(r"[$%:?@]|sqlc\s*\.|\block\b", re.IGNORECASE)
_NAMED = re.compile(r"%\(([^()\n\r]*)\)[sbtdifr]?")
_SQLC = re.compile(r"sqlc\s*\.\s*(arg|narg|slice|embed)\s*\(\s*['\"]?(\w+)['\"]?\s*\)", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9_]")
_WORD_CHARACTER = re.compile(r"\w")

_BEFORE_OPERAND = frozenset({
    "ALL", "AND", "ANY", "AS", "BETWEEN", "BINARY", "BY", "CASE", "DISTINCT", "DIV", "ELSE", "ESCAPE", "EXCEPT",
    "FETCH", "FROM", "HAVING", "ILIKE", "IN", "INTERSECT", "INTERVAL", "INTO", "IS", "JOIN", "LIKE", "LIMIT", "MOD",
    "NOT", "OFFSET", "ON", "OR", "REGEXP", "RETURNING", "RLIKE", "ROWS", "SELECT", "SET", "SIMILAR", "SOME", "THEN",
    "TO", "UNION", "UPDATE", "USING", "VALUES", "WHEN", "WHERE", "XOR",
})  # fmt: skip
"""Behind these words an operand follows, or a list of them; behind any other word, which is a name, an operator."""


def readable(text: str, dialect: Dialect) -> str:
    """An equivalent text with the same lines, whose placeholders sqlglot reads.

    A text that cannot be cut into tokens comes back as it is: it is no SQL, as its parser will say.
    """
    if not _SIGN.search(text):
        return text
    try:
        found = list(tokens(text, dialect.lexical))
    except Unclosed:
        return text
    return _Rewriter(text, found, postgres=dialect.name == "postgres").run()


@cache
def _name(prefix: str, word: str) -> str:
    return f":{prefix}{_UNSAFE.sub('_', word)}"


class _Rewriter:
    def __init__(self, text: str, found: list[Token], *, postgres: bool) -> None:
        self.text = text
        self.tokens = found
        self.postgres = postgres
        self.index = 0
        self.parts: list[str] = []
        self.copied = 0
        """Everything before this offset is in ``parts``."""
        self.operand = False
        """Whether an operand ends just here."""
        self.dotted = False
        """Whether a dot stands just here, behind which every word is a name."""
        self.brackets: list[str] = []
        self.questions = 0

    def run(self) -> str:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.kind is Kind.SYMBOL:
                self._symbol(token)
            elif token.kind is Kind.PARAMETER:
                self._placeholder(token.start, token.end, _name("p", token.text[1:]))
            elif token.word == "SQLC" and (macro := _SQLC.match(self.text, token.start)):
                self._macro(token, macro)
            else:
                if token.word == "LOCK" and self.postgres and self.index > 1:
                    # A name here; sqlglot takes it for a locking clause behind GROUP BY.
                    self._replace(token.start, token.end, '"lock"')
                self.operand = self.dotted or token.word not in _BEFORE_OPERAND
            self.dotted = token.text == "."
        self.parts.append(self.text[self.copied :])
        return "".join(self.parts)

    def _symbol(self, token: Token) -> None:
        sign = token.text
        if sign in "([":
            self.brackets.append(sign)
            self.operand = False
        elif sign in ")]":
            if self.brackets:
                self.brackets.pop()
            self.operand = True
        elif sign == "?":
            self._question(token)
        elif sign == "%":
            self._percent(token)
        elif sign == ":":
            self._colon(token)
        elif sign in "@$":
            self._at_sign(token)
        else:
            self.operand = False

    def _question(self, token: Token) -> None:
        if self.postgres and self.operand:
            if self._next_is("?", token.end):  # the way in which JDBC writes the operator
                self._replace(token.start, token.end, "")
                self.index += 1
            self.operand = False
            return
        number = self._adjacent(token.end, Kind.NUMBER)
        if number and number.text.isdigit():
            self.index += 1
            self._placeholder(token.start, number.end, _name("p", number.text))
        else:
            self.questions += 1
            self._placeholder(token.start, token.end, f":q{self.questions}")

    def _percent(self, token: Token) -> None:
        named = _NAMED.match(self.text, token.start)
        if named:
            self._skip_to(named.end())
            self._placeholder(token.start, named.end(), _name("p_", named[1]))
        elif self._next_is("%", token.end):
            self._replace(token.start, token.end, "")
            self.index += 1
            self.operand = False
        elif not self.operand and (word := self._adjacent(token.end, Kind.WORD)) and word.text in ("s", "b", "t"):
            self.index += 1
            self.questions += 1
            self._placeholder(token.start, word.end, f":q{self.questions}")
        else:
            self.operand = False

    def _colon(self, token: Token) -> None:
        behind_operand, self.operand = self.operand, False
        if self._next_is(":", token.end) or self._next_is("=", token.end):
            self.index += 1
            return
        slices = bool(self.brackets) and self.brackets[-1] == "["
        following = self._adjacent(token.end, Kind.WORD, Kind.NUMBER, Kind.STRING)
        if not following or (slices and (behind_operand or following.kind is Kind.NUMBER)):
            return
        self.index += 1
        prefix = "p" if following.kind is Kind.NUMBER else "p_"
        self._placeholder(token.start, following.end, _name(prefix, following.text.strip("'\"")))

    def _at_sign(self, token: Token) -> None:
        contained = self.postgres and self.text[token.start - 1 : token.start] == "<"
        word = self._adjacent(token.end, Kind.WORD)
        if word and not contained and not self._assigned(word):
            self.index += 1
            self._placeholder(token.start, word.end, _name("p_", word.text))
            return
        if self._next_is("@", token.end) or (self.postgres and self._next_is("?", token.end)):
            self.index += 1
        self.operand = False

    def _assigned(self, word: Token) -> bool:
        """Whether a variable is given a value, as MySQL writes it."""
        following = self.tokens[self.index + 1 : self.index + 3]
        return [token.text for token in following] == [":", "="]

    def _macro(self, token: Token, macro: re.Match[str]) -> None:
        self._skip_to(macro.end())
        if macro[1].lower() == "embed":
            self._replace(token.start, macro.end(), f"{macro[2]}.*")
        else:
            self._placeholder(token.start, macro.end(), _name("p_", macro[2]))

    # Pieces

    def _skip_to(self, offset: int) -> None:
        while self.index < len(self.tokens) and self.tokens[self.index].start < offset:
            self.index += 1

    def _adjacent(self, offset: int, *kinds: Kind) -> Token | None:
        """The next token if it follows without a blank and is of one of these kinds."""
        if self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.start == offset and token.kind in kinds:
                return token
        return None

    def _next_is(self, symbol: str, offset: int) -> bool:
        token = self._adjacent(offset, Kind.SYMBOL)
        return token is not None and token.text == symbol

    def _placeholder(self, start: int, end: int, name: str) -> None:
        before = "" if self.text[start - 1 : start].isspace() else " "
        behind = " " if _WORD_CHARACTER.match(self.text, end) else ""
        self._replace(start, end, f"{before}{name}{behind}")
        self.operand = True

    def _replace(self, start: int, end: int, by: str) -> None:
        self.parts += (self.text[self.copied : start], by)
        self.copied = end
