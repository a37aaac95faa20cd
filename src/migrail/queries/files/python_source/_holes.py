"""What stands for a hole in a statement, so that the statement can be read."""

from __future__ import annotations

import re
from itertools import zip_longest

from migrail.dialects import Dialect
from migrail.queries.files.python_source._pieces import HOLE, Assembled
from migrail.sql.lexer import Kind, Token, tokens

_COMPARING = frozenset("=<>!~+-*/|&^#%")
_BEFORE_VALUE = frozenset({"LIKE", "ILIKE", "LIMIT", "OFFSET", "BETWEEN", "ESCAPE", "REGEXP", "RLIKE", "GLOB"})
_BEFORE_NAME = frozenset({"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "USING", "ONLY", "."})
_BEFORE_LIST = frozenset({"IN", "ANY", "ALL", "SOME"})
_BEFORE_PART = frozenset(
    {"SELECT", "DISTINCT", "WHERE", "AND", "OR", "NOT", "ON", "HAVING", "SET", "VALUES", "RETURNING", "BY", "WHEN"}
    | {"THEN", "ELSE", "CASE", "IS", "AS", "UNION", "EXCEPT", "INTERSECT", "WITH", "IN", "ANY", "ALL", "SOME"}
)
_TOUCHING = re.compile(r"[\w:/*]")
"""What must not touch a placeholder or a comment."""
_UNSAFE = re.compile(r"\W+")


def without_holes(text: str, whole: Assembled, dialect: Dialect) -> tuple[str, bool]:
    """The statement with something that can be read for each hole, and whether a hole may be more than a value.

    A value becomes a placeholder, an identifier or a part of one a quoted name that no database has, and a clause
    at the end of another one a comment.

    Raises:
        Unclosed: the text cannot be cut into tokens.
    """
    if not HOLE.search(text):
        return text, False
    parts: list[str] = []
    copied, more = 0, False
    found = list(tokens(text, dialect.lexical))
    before: list[Token | None] = [None, None, *found]
    for earlier, previous, token, following in zip_longest(before, before[1:], found, found[1:]):
        if token is None or not HOLE.search(token.text):
            continue
        by, may_be_more = _standing_for(token, earlier, previous, following, whole)
        left = " " if _TOUCHING.match(text[token.start - 1 : token.start]) else ""
        right = " " if _TOUCHING.match(text, token.end) else ""
        parts += (text[copied : token.start], left, by, right)
        copied, more = token.end, more or may_be_more
    parts.append(text[copied:])
    return HOLE.sub("", "".join(parts)), more


def _standing_for(
    token: Token, earlier: Token | None, previous: Token | None, following: Token | None, whole: Assembled
) -> tuple[str, bool]:
    names = [whole.name(character) for character in HOLE.findall(token.text)]
    safe = _UNSAFE.sub("_", names[0]) or "more"
    if token.kind is Kind.STRING:
        return f":{safe}", False
    shown = HOLE.sub(lambda found: f"{{{whole.name(found[0])}}}", token.text)
    if token.kind is Kind.NAME:
        return shown, True
    word = previous.word if previous else ""
    named = word in _BEFORE_NAME or (following is not None and following.text == ".")
    if len(token.text) > 1 or named:
        quote = '"'
        return f"{quote}{shown.replace(quote, '')}{quote}", True
    if _is_value(previous, earlier, following):
        return f":{safe}", False
    if word in _BEFORE_PART or word in ("(", ","):
        return f":{safe}", True
    return f"/* {safe} */", True


def _is_value(previous: Token | None, earlier: Token | None, following: Token | None) -> bool:
    if previous is None:
        return False
    if previous.kind is Kind.SYMBOL and previous.text in _COMPARING:
        return not (previous.text == "*" and earlier is not None and earlier.word in ("SELECT", ",", "("))
    if previous.word == "(" and earlier is not None and earlier.word in _BEFORE_LIST:
        return following is not None and following.text == ")"
    return previous.word in _BEFORE_VALUE
