"""Pieces of statements, for SQL that is proposed to the author: his own text with a word more or less."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import Operation
from migrail.model.text import Lines
from migrail.sql.cursor import OPENING, Cursor, NotUnderstood
from migrail.sql.read import read


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action of an ALTER TABLE as a statement of its own."""

    text: str
    """Without semicolon."""
    operations: tuple[Operation, ...]


def actions(text: str, dialect: Dialect) -> tuple[Action, ...]:
    """The actions of an ALTER TABLE in the order in which they are written; none for other statements."""
    cursor = Cursor(text, dialect)
    try:
        if not cursor.take("ALTER", "TABLE"):
            return ()
        cursor.if_exists()
        cursor.take("ONLY")
        cursor.name()
        cursor.take("*")
        head = cursor.since(0)
        parts = [_action(cursor)]
        while cursor.take(","):
            parts.append(_action(cursor))
    except NotUnderstood:
        return ()
    return tuple(_statement(f"{head} {part}", dialect) for part in parts)


def _action(cursor: Cursor) -> str:
    """Takes everything up to a comma that stands in no parentheses."""
    start = cursor.offset
    while not cursor.done and not cursor.at(","):
        if cursor.word in OPENING:
            cursor.group()
        else:
            cursor.next()
    return cursor.since(start)


def _statement(text: str, dialect: Dialect) -> Action:
    statement = Statement(number=1, text=text, span=Lines(text).span(0, len(text)))
    return Action(text=text, operations=read(statement, dialect))


def with_word(text: str, behind: Collection[str], addition: str, dialect: Dialect) -> str | None:
    """The statement with something added behind the first of these words; ``None`` where there is none of them."""
    cursor = Cursor(text, dialect)
    while not cursor.done:
        if cursor.next().word in behind:
            end = len(cursor.since(0))
            return f"{text[:end]} {addition}{text[end:]}"
    return None


def index_definition(text: str, dialect: Dialect) -> str | None:
    """What follows the table in a CREATE INDEX: method, columns, condition; ``None`` for other statements."""
    cursor = Cursor(text, dialect)
    try:
        while not cursor.take("ON"):
            cursor.next()
        cursor.take("ONLY")
        cursor.name()
    except NotUnderstood:
        return None
    return cursor.rest().strip()
