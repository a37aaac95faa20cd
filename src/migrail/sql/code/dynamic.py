"""The text that EXECUTE of PL/pgSQL runs, where it is written down and not put together at run time."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.source import Source

Parts = list[tuple[str, Source]]

_PLACEHOLDER = re.compile(r"%(?:(%)|(?:([0-9]{1,4})\$)?([sIL]))|%")


def static_text(cursor: Cursor, end: int) -> Source | None:
    """The text of the expression from the cursor up to the token of an index; ``None`` where it is dynamic.

    Literals, literals joined by ``||``, and format() with nothing but literals are static. Takes the expression.
    """
    parts = _static(cursor, end)
    whole = parts is not None and cursor.index == end
    cursor.index = end
    return cursor.source.joined(parts) if parts and whole else None


def _static(cursor: Cursor, end: int) -> Parts | None:
    opened = 0
    while cursor.take("("):
        opened += 1
    parts: Parts = []
    while True:
        found = _format(cursor) if cursor.at("FORMAT", "(") else _literals(cursor)
        if found is None:
            return None
        parts += found
        if not (cursor.index < end and cursor.take("|", "|")):
            break
    while opened and cursor.index < end and cursor.take(")"):
        opened -= 1
    return None if opened else parts


def _literals(cursor: Cursor) -> Parts | None:
    """A string, and those that follow it on other lines, which are one with it."""
    parts: Parts = []
    while cursor.peek().kind is Kind.STRING:
        text = cursor.quoted()
        parts.append((text.text, text))
    return parts or None


def _format(cursor: Cursor) -> Parts | None:
    cursor.next()
    cursor.next()
    form = _literals(cursor)
    if form is None or len(form) > 1:
        return None
    arguments: Parts = []
    while cursor.take(","):
        token = cursor.peek()
        if token.kind is Kind.STRING:
            text = cursor.quoted()
            arguments.append((text.text, text))
        elif token.kind is Kind.NUMBER:
            cursor.next()
            arguments.append((token.text, cursor.source.part(token.start, token.end)))
        else:
            return None
    return _filled(form[0][1], arguments) if cursor.take(")") else None


def _filled(form: Source, arguments: Parts) -> Parts | None:
    """The parts of a format string with its placeholders filled (manual, 9.4.1); ``None`` for other forms."""
    parts: Parts = []
    position = following = 0
    for found in _PLACEHOLDER.finditer(form.text):
        before = form.part(position, found.start())
        parts.append((before.text, before))
        position = found.end()
        if found[1]:
            parts.append(("%", form.part(found.start(), position)))
            continue
        index = int(found[2]) - 1 if found[2] else following
        if found[3] is None or not 0 <= index < len(arguments):
            return None
        following = index + 1
        value, source = arguments[index]
        parts.append((_QUOTED[found[3]](value), source))
    rest = form.part(position, len(form.text))
    return [*parts, (rest.text, rest)]


_QUOTED: dict[str, Callable[[str], str]] = {
    "s": str,
    "I": lambda value: '"' + value.replace('"', '""') + '"',
    "L": lambda value: "'" + value.replace("'", "''") + "'",
}
