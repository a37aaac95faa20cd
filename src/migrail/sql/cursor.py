"""Walks over the tokens of one statement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import islice, repeat
from typing import NoReturn, TypeVar

from migrail.dialects import Dialect
from migrail.model.structure import Name
from migrail.model.text import visible
from migrail.sql.lexer import Kind, Token, Unclosed, name_value, string_value, tokens
from migrail.sql.source import Source
from migrail.sql.words import FUNCTION_NAMES, RESERVED

T = TypeVar("T")

OPENING = {"(": ")", "[": "]"}
_AT_ONCE = 32
"""Tokens that are made together."""
_NOTHING: frozenset[str] = frozenset()
_WORD = Kind.WORD
"""Python 3.11 takes long to look up a member of an Enum."""


_Phrases = dict[str, list[tuple[str, tuple[str, ...]]]]


@cache
def _by_first_word(phrases: tuple[str, ...]) -> _Phrases:
    """Phrases with their words, by the first word."""
    found: _Phrases = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((phrase, words))
    return found


class NotUnderstood(Exception):
    """The statement says something that no reader knows."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Cursor:
    """A position in the tokens of a statement.

    Tokens are made a few at a time, when they are looked at. ``index`` can be set back, except over what
    :meth:`drop` took. Methods that find something else than they need raise :class:`NotUnderstood`.
    """

    __slots__ = ("_end", "_tokens", "_unclosed", "_upcoming", "dialect", "index", "reserved", "source", "text")

    def __init__(self, text: str, dialect: Dialect, source: Source | None = None) -> None:
        self.text = text
        self.dialect = dialect
        self.source = source or Source.plain(text)
        """The text with its places in the file."""
        self.index = 0
        self.reserved = RESERVED.get(dialect.name, _NOTHING)
        self._upcoming = tokens(text, dialect.lexical)
        self._unclosed: Unclosed | None = None
        """What stopped the making of tokens; it matters only to who looks at the place."""
        self._tokens: list[Token] = []
        self._end = Token(Kind.END, "", len(text), len(text), "")

    # Looking

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further ahead; behind the last one an end token."""
        try:
            return self._tokens[self.index + ahead]
        except IndexError:
            return self._made(self.index + ahead)

    def _made(self, index: int) -> Token:
        """Makes tokens up to an index, and some more."""
        found = self._tokens
        missing = index + 1 - len(found)
        try:
            found += islice(self._upcoming, max(missing, _AT_ONCE))
        except Unclosed as unclosed:
            self._unclosed = unclosed
        if index >= len(found):
            if self._unclosed is not None:
                raise self._unclosed
            found += repeat(self._end, index + 1 - len(found))
        return found[index]

    @property
    def word(self) -> str:
        """The next token's word: see :class:`Token`."""
        try:
            return self._tokens[self.index].word
        except IndexError:
            return self._made(self.index).word

    @property
    def done(self) -> bool:
        return self.peek() is self._end

    def at(self, *words: str) -> bool:
        """Whether these words or symbols come next."""
        return self._behind(words) >= 0

    def _behind(self, words: Sequence[str]) -> int:
        """The index behind these words if they come next; else -1."""
        index = self.index
        try:
            for word in words:
                if self._tokens[index].word != word:
                    return -1
                index += 1
        except IndexError:
            self._made(index)
            return self._behind(words)
        return index

    def at_name(self, ahead: int = 0) -> bool:
        """Whether a name comes next."""
        token = self.peek(ahead)
        if token.kind is _WORD:
            return token.word not in self.reserved
        return token.kind is Kind.NAME or (token.kind is Kind.STRING and self.dialect.name == "sqlite")

    # Taking

    def next(self) -> Token:
        """Takes the next token, which must not be the end."""
        token = self.peek()
        if token is self._end:
            self.unexpected()
        self.index += 1
        return token

    def take(self, *words: str) -> bool:
        """Takes these words if all of them come next."""
        index = self._behind(words)
        if index < 0:
            return False
        self.index = index
        return True

    def take_one(self, words: Collection[str]) -> str:
        """Takes the next word if it is one of these; else the answer is empty."""
        word = self.word
        if not word or word not in words:
            return ""
        self.index += 1
        return word

    def take_phrase(self, phrases: Collection[str]) -> str:
        """Takes the first of these phrases (words with single blanks) that comes next; else the answer is empty."""
        if word := self.word:
            for phrase, words in _by_first_word(tuple(phrases)).get(word, ()):
                if (index := self._behind(words)) >= 0:
                    self.index = index
                    return phrase
        return ""

    def expect(self, *words: str) -> None:
        """Takes these words, which must come next."""
        for word in words:
            if not self.take(word):
                self.unexpected(f"where {word} should stand")

    def expect_phrase(self, phrases: Collection[str]) -> str:
        """Takes one of these phrases, which must come next."""
        return self.take_phrase(phrases) or self.unexpected()

    def identifier(self) -> str:
        """Takes a name, folded."""
        if not self.at_name():
            self.unexpected("where a name should stand")
        return self.folded(self.next())

    def inner(self) -> str:
        """Takes the name of something that lives in a table, such as a column, folded."""
        return self.dialect.fold_inner(self.identifier())

    def label(self) -> str:
        """Takes a name that may be any word, as behind a dot."""
        if self.peek().kind is not Kind.WORD and not self.at_name():
            self.unexpected("where a name should stand")
        return self.folded(self.next())

    def folded(self, token: Token) -> str:
        fold = self.dialect.fold
        if token.kind is _WORD:
            return fold(token.text, False)
        if token.kind is Kind.STRING:
            return fold(string_value(token.text, self.dialect.lexical), True)
        return fold(name_value(token.text), True)

    def name(self, *, function: bool = False) -> Name:
        """Takes the name of an object, with or without a schema; a database in front of that is left out."""
        allowed = FUNCTION_NAMES.get(self.dialect.name, frozenset()) if function else frozenset()
        parts = [self.label() if self.word in allowed else self.identifier()]
        while len(parts) < 3 and self.take("."):
            parts.append(self.label())
        return Name(parts[-2] if len(parts) > 1 else None, parts[-1])

    def string(self) -> str:
        """Takes a string, as its value."""
        if self.peek().kind is not Kind.STRING:
            self.unexpected("where a string should stand")
        return string_value(self.next().text, self.dialect.lexical)

    def quoted(self) -> Source:
        """Takes a string, as its value with the places of what is in it."""
        token = self.peek()
        self.string()
        return self.source.string(token.start, token.end, self.dialect.lexical)

    def number(self) -> str:
        """Takes a number, with its sign."""
        sign = self.take_one(("+", "-"))
        if self.peek().kind is not Kind.NUMBER:
            self.unexpected("where a number should stand")
        return sign + self.next().text

    def value(self) -> None:
        """Takes one literal, word or name: the value of an option."""
        self.take_one(("+", "-"))
        if self.peek().kind is Kind.SYMBOL:
            self.unexpected("where a value should stand")
        self.next()
        while self.take("."):
            self.label()

    def group(self) -> str:
        """Takes everything from an opening parenthesis or bracket to its end; the text between them."""
        if self.word not in OPENING:
            self.unexpected("where ( should stand")
        opening = self.next()
        stack = [OPENING[opening.word]]
        while stack:
            word = self.next().word
            if word in OPENING:
                stack.append(OPENING[word])
            elif word in (")", "]") and word != stack.pop():
                self.index -= 1
                self.unexpected()
        return self.text[opening.end : self.peek(-1).start].strip()

    def commas(self, read: Callable[[Cursor], T]) -> list[T]:
        """Takes one or more things with commas between them."""
        found = [read(self)]
        while self.take(","):
            found.append(read(self))
        return found

    def listed(self, read: Callable[[Cursor], T]) -> list[T]:
        """Takes one or more things with commas between them, in parentheses."""
        self.expect("(")
        found = self.commas(read)
        self.expect(")")
        return found

    def names(self) -> tuple[str, ...]:
        """Takes a list of names in parentheses."""
        return tuple(self.listed(Cursor.identifier))

    def if_exists(self) -> bool:
        """Takes IF EXISTS, if it comes next; whether it did."""
        return self.take("IF", "EXISTS")

    def if_not_exists(self) -> bool:
        """Takes IF NOT EXISTS, if it comes next; whether it did."""
        return self.take("IF", "NOT", "EXISTS")

    def cascade(self) -> bool:
        """Takes CASCADE or RESTRICT, if one of them comes next; whether it was CASCADE."""
        return self.take_one(("CASCADE", "RESTRICT")) == "CASCADE"

    # Text

    @property
    def offset(self) -> int:
        """Where the next token begins in the text."""
        return self.peek().start

    def since(self, offset: int) -> str:
        """The text from an offset to the end of the token that was taken last."""
        end = self._tokens[self.index - 1].end if self.index else offset
        return self.text[offset:end]

    def rest(self) -> str:
        """Takes everything up to the end without looking at it; its text."""
        start = self.offset
        self._tokens = self._tokens[: self.index]
        self._upcoming = iter(())
        return self.text[start:]

    def between(self, first: int, last: int) -> list[Token]:
        """The tokens from one index up to another."""
        return self._tokens[first:last]

    def drop(self) -> Token:
        """Takes the next token and forgets all before it, so that long statements take no memory."""
        token = self.next()
        if self.index == len(self._tokens):
            self._tokens.clear()
            self.index = 0
        return token

    def unexpected(self, where: str = "") -> NoReturn:
        """Says that the next token cannot be read."""
        token = self.peek()
        line = self.source.line(token.start)
        if token.kind is Kind.END:
            what = "the statement ends"
        else:
            text = token.text if len(token.text) <= 40 else token.text[:40] + "..."
            what = f"unexpected {visible(text)}"
        raise NotUnderstood(" ".join(part for part in (what, where, f"(line {line})") if part))
