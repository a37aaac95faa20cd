"""A statement without the values in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.sql.lexer import Kind, Token, Unclosed, tokens

MAX_DIGITS = 2
"""Numbers of so many digits stay: ``ORDER BY 1`` and ``LIMIT 10`` mean something by them."""

_LINE_END = re.compile(r"\r\n?|\n")

_SECRETS = re.compile("passw|identified|secret|credential", re.IGNORECASE)
"""Words beside which any value may be a secret."""

_ACCOUNTS = frozenset({"USER", "ROLE", "GROUP"})
"""Among the first words of a statement in which a password may stand without its quotes, for which it fails."""

_HEAD = 5
"""Words among which they are: ``CREATE OR REPLACE USER``, ``CREATE USER IF NOT EXISTS``."""

_ECHO = re.compile(r"""(?<=\bnear )(["'])(.*)\1""")
"""What a server did not understand: a word, or what begins with it."""


def masked(text: str, dialect: Dialect) -> str:
    """The statement with ``?`` for each string and each long number, and a blank for each comment.

    Of a text that cannot be cut into tokens the rest is left out, because values may be in it.
    """
    parts = ((_blank(between), "?" if _is_value(token) else token.text) for between, token in _parts(text, dialect))
    return "".join(part for pair in parts for part in pair).strip()


@dataclass(frozen=True, slots=True)
class Veiled:
    """A statement of which can be told that it failed, and why, without its values."""

    lines: tuple[str, ...]
    """As ``masked``, line by line. Code in dollar quotes is shown as what is around it."""
    values: frozenset[str]
    """What was left out, if it is long enough to tell something."""
    secret: bool
    """Any of them may be a secret."""

    def line(self, number: int) -> str:
        """One line, from 1; empty where the text could not be read so far."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def said(self, words: str, dialect: Dialect, *, kept: bool) -> str:
        """What a server said about it, without its values.

        Args:
            kept: for long. For the moment, a value that is in the way is seen unless it may be a secret.
        """
        words = _ECHO.sub(lambda echo: f"{echo[1]}{masked(echo[2], dialect)}{echo[1]}", words)
        for value in self.values if kept or self.secret else ():
            if value in words:
                words = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "?", words)
        return words


def veiled(text: str, dialect: Dialect) -> Veiled:
    """A statement without its values."""
    values: set[str] = set()
    shown = "".join(_veil(text, dialect, values))
    return Veiled(
        tuple(_LINE_END.split(shown)),
        frozenset(value for value in values if len(value) > MAX_DIGITS),
        bool(_SECRETS.search(text)),
    )


def _veil(text: str, dialect: Dialect, values: set[str]) -> Iterator[str]:
    head: list[str] = []
    before = ""
    for between, token in _parts(text, dialect):
        yield _line_ends(between) or _blank(between)
        tag = token.text[: token.text.find("$", 1) + 1] if token.text.startswith("$") else ""
        if tag and _LINE_END.search(token.text):
            code = "".join(_veil(token.text[len(tag) : -len(tag)], dialect, values))
            unread = _line_ends(token.text)[len(_line_ends(code)) :]
            yield f"{tag}{code}{unread}{tag}"
        elif _is_value(token) or (_is_password(before, token) and not _ACCOUNTS.isdisjoint(head)):
            values.add(_content(token, tag))
            yield "?" + _line_ends(token.text)
        else:
            yield token.text
        head += [token.word] if len(head) < _HEAD else []
        before = token.word


def _parts(text: str, dialect: Dialect) -> Iterator[tuple[str, Token]]:
    """Each token behind what is before it, as far as the text can be cut."""
    end = 0
    try:
        for token in tokens(text, dialect.lexical):
            yield text[end : token.start], token
            end = token.end
    except Unclosed:
        pass


def _is_value(token: Token) -> bool:
    return token.kind is Kind.STRING or (token.kind is Kind.NUMBER and len(token.text) > MAX_DIGITS)


def _is_password(before: str, token: Token) -> bool:
    return before in {"PASSWORD", "BY"} and token.kind is not Kind.SYMBOL and token.word != "PASSWORD"


def _content(token: Token, tag: str) -> str:
    """What is between the quotes, if there are some."""
    if tag:
        return token.text[len(tag) : -len(tag)]
    quote = token.text[-1]
    if quote not in "'\"`":
        return token.text
    return token.text[token.text.find(quote) + 1 : -1].replace(quote * 2, quote)


def _blank(between: str) -> str:
    return between if not between or between.isspace() else " "


def _line_ends(text: str) -> str:
    return "\n" * len(_LINE_END.findall(text))
