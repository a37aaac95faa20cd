"""A statement without the values in it."""

from __future__ import annotations

from migrail.dialects import Dialect
from migrail.sql.lexer import Kind, Unclosed, tokens

MAX_DIGITS = 2
"""Numbers of so many digits stay: ``ORDER BY 1`` and ``LIMIT 10`` mean something by them."""


def masked(text: str, dialect: Dialect) -> str:
    """The statement with ``?`` for each string and each long number, and a blank for each comment.

    Of a text that cannot be cut into tokens the rest is left out, because values may be in it.
    """
    parts: list[str] = []
    end = 0
    try:
        for token in tokens(text, dialect.lexical):
            between = text[end : token.start]
            parts.append(between if not between or between.isspace() else " ")
            value = token.kind is Kind.STRING or (token.kind is Kind.NUMBER and len(token.text) > MAX_DIGITS)
            parts.append("?" if value else token.text)
            end = token.end
    except Unclosed:
        pass
    return "".join(parts).strip()
