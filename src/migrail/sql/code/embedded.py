"""SQL statements among those of PL/pgSQL."""

from __future__ import annotations

from migrail.sql.code.reading import Reading
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind

_NO_TARGET = frozenset({"INSERT", "MERGE"})
"""INTO behind these names the table (pl_gram.y, make_execsql_stmt)."""


def sql_statement(cursor: Cursor, reading: Reading) -> None:
    """Takes a SQL statement up to its semicolon.

    INTO with variables, which is not SQL, is read as blanks.
    """
    first = cursor.index
    targets = _to_semicolon(cursor, imports=cursor.at("IMPORT"))
    found = cursor.between(first, cursor.index)
    start, end = found[0].start, found[-1].end
    source = cursor.source.part(start, end)
    text = source.text
    if not targets:
        reading.statement(source)
        return
    into, behind = targets[0][0] - start, targets[0][1] - start
    reading.statement(source.worded(text[:into] + " " * (behind - into) + text[behind:]), shown=text)


def _to_semicolon(cursor: Cursor, *, imports: bool) -> list[tuple[int, int]]:
    """Takes the tokens of the statement; where INTO and its variables stand, if there are any.

    The semicolons of a routine with BEGIN ATOMIC are its own.
    """
    targets: list[tuple[int, int]] = []
    depth = blocks = 0
    previous = ""
    while depth or blocks or not cursor.at(";"):
        token = cursor.next()
        word = token.word
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
            if depth < 0:
                cursor.index -= 1
                cursor.unexpected()
        elif word == "ATOMIC" and previous == "BEGIN":
            blocks += 1
        elif blocks:
            blocks += {"CASE": 1, "END": -1}.get(word, 0)
        elif word == "INTO" and previous not in _NO_TARGET and not imports:
            targets.append((token.start, _target(cursor)))
            word = ""
        previous = word
    return targets


def _target(cursor: Cursor) -> int:
    """Takes variables; where they end."""
    cursor.take("STRICT")
    while True:
        if not cursor.at_name() and cursor.peek().kind is not Kind.PARAMETER:
            cursor.unexpected("where a variable should stand")
        end = cursor.next().end
        while cursor.at(".") or cursor.at("["):
            if cursor.at("["):
                cursor.group()
            else:
                cursor.next()
                cursor.label()
            end = cursor.peek(-1).end
        if not cursor.take(","):
            return end
