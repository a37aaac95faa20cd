"""Statements that ask what a query asks, as that query.

``EXPLAIN``, ``DECLARE ... CURSOR FOR``, ``PREPARE ... AS``, ``CREATE TEMP TABLE ... AS`` and ``COPY (...) TO`` hold
one; ``TABLE t`` and ``COPY t`` stand for one. The lines stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrail.dialects import Dialect
from migrail.sql.lexer import Kind, Token, Unclosed, tokens

_QUERIES = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "VALUES", "TABLE", "REPLACE"})
_HOLDING = {"EXPLAIN": None, "DESCRIBE": None, "DECLARE": "FOR", "PREPARE": "AS", "CREATE": "AS"}
"""First word → the word behind which the query stands, if there is one."""
_STANDING = frozenset({"TABLE", "COPY"})


def asked(text: str, dialect: Dialect) -> str:
    """The query that a statement holds or stands for; the text itself where it is none of these."""
    try:
        reading = tokens(text, dialect.lexical)
        first = next(reading, None)
        if first is None or (first.word not in _HOLDING and first.word not in _STANDING):
            return text
        found = [first, *reading]
    except Unclosed:
        return text
    if first.word in _HOLDING:
        return _held(text, found)
    if first.word == "COPY" and len(found) > 1 and found[1].text == "(":
        end = _closing(found, 1)
        return _alone(text, found[1].end, found[end].start) if end else text
    return _stood_for(text, found)


def _held(text: str, found: Sequence[Token]) -> str:
    first = found[0].word
    if first == "CREATE" and not any(token.word == "TABLE" for token in found[1:5]):
        return text
    behind = _HOLDING[first]
    depth = 0
    opened = behind is None
    for token in found[1:]:
        depth += (token.text == "(") - (token.text == ")")
        if opened and token.word in _QUERIES:
            return _alone(text, token.start, _end(text, found))
        if not depth:
            opened = opened or token.word == behind
    return text


def _end(text: str, found: Sequence[Token]) -> int:
    """Where the query ends: before WITH [NO] DATA."""
    words = [token.word for token in found[-3:]]
    if words[-2:] == ["WITH", "DATA"]:
        return found[-2].start
    return found[-3].start if words == ["WITH", "NO", "DATA"] else len(text)


def _stood_for(text: str, found: Sequence[Token]) -> str:
    index = 1
    while index < len(found) and (found[index].text == "." or found[index - 1].text == "." or index == 1):
        index += 1
    if index == 1 or found[1].kind not in (Kind.WORD, Kind.NAME):
        return text
    name = text[found[1].start : found[index - 1].end]
    if found[0].word == "COPY":
        query = _copied(name, text, found, index)
    else:
        query = f"SELECT * FROM {name}" if index == len(found) else None
    return text if query is None else query + "\n" * text.count("\n")


def _copied(table: str, text: str, found: Sequence[Token], index: int) -> str | None:
    columns = ""
    if index < len(found) and found[index].text == "(":
        end = _closing(found, index)
        columns, index = " ".join(text[found[index].end : found[end].start].split()), end + 1
    direction = found[index].word if index < len(found) else ""
    if direction == "FROM" and columns:
        values = ", ".join(f":v{number}" for number, _ in enumerate(columns.split(","), 1))
        return f"INSERT INTO {table} ({columns}) VALUES ({values})"
    return f"SELECT {columns or '*'} FROM {table}" if direction in ("TO", "FROM") else None


def _closing(found: Sequence[Token], index: int) -> int:
    """The index of the parenthesis that closes the one at an index; 0 where there is none."""
    depth = 0
    for position in range(index, len(found)):
        depth += (found[position].text == "(") - (found[position].text == ")")
        if not depth:
            return position
    return 0


def _alone(text: str, start: int, end: int) -> str:
    """A stretch of the text, on the lines on which it stands."""
    return "\n" * text.count("\n", 0, start) + text[start:end].rstrip() + "\n" * text.count("\n", end)
