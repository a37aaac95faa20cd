"""Pieces of statements, for SQL that is proposed to the author: his own text with a word more or less."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import Operation
from migrail.model.text import Lines
from migrail.sql.cursor import OPENING, Cursor, NotUnderstood
from migrail.sql.lexer import Kind, name_value, string_value
from migrail.sql.read import read


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action of an ALTER TABLE as a statement of its own."""

    text: str
    """Without semicolon."""
    action: str
    """What stands behind the name of the table."""
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
    return tuple(_statement(head, part, dialect) for part in parts)


def _action(cursor: Cursor) -> str:
    """Takes everything up to a comma that stands in no parentheses."""
    start = cursor.offset
    while not cursor.done and not cursor.at(","):
        if cursor.word in OPENING:
            cursor.group()
        else:
            cursor.next()
    return cursor.since(start)


def _statement(head: str, action: str, dialect: Dialect) -> Action:
    text = f"{head} {action}"
    statement = Statement(number=1, text=text, span=Lines(text).span(0, len(text)))
    return Action(text=text, action=action, operations=read(statement, dialect))


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


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnText:
    """An ADD COLUMN in pieces."""

    head: str
    """Up to the column's type."""
    clauses: tuple[str, ...]
    """What follows it, each with its CONSTRAINT name if it has one: ``DEFAULT 0``, ``CHECK (n > 0)``, ..."""


def column_text(text: str, dialect: Dialect) -> ColumnText | None:
    """The pieces of an ALTER TABLE with ADD COLUMN as its only action; ``None`` for other statements."""
    cursor = Cursor(text, dialect)
    try:
        cursor.expect("ALTER", "TABLE")
        cursor.if_exists()
        cursor.take("ONLY")
        cursor.name()
        cursor.take("*")
        cursor.expect("ADD")
        cursor.take("COLUMN")
        cursor.if_not_exists()
        cursor.identifier()
        starts = list(_clause_starts(cursor))
    except NotUnderstood:
        return None
    if not starts:
        return ColumnText(head=text, clauses=())
    ends = [*starts[1:], len(text)]
    clauses = tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return ColumnText(head=text[: starts[0]].strip(), clauses=clauses)


_CLAUSES = ("CONSTRAINT", "CHECK", "DEFAULT", "GENERATED", "UNIQUE", "PRIMARY", "REFERENCES", "NULL")


def _clause_starts(cursor: Cursor) -> Iterator[int]:
    """Where the clauses of a column begin. What belongs to the clause before is not taken for another one."""
    before = ""
    while not cursor.done:
        here, word = cursor.offset, cursor.word
        begins = word in _CLAUSES or cursor.at("NOT", "NULL")
        named = before.startswith("CONSTRAINT")
        inside = before in ("SET", "BY", "DEFAULT", "NOT", "CONSTRAINT") or named
        if begins and not inside:
            yield here
        if word in OPENING:
            cursor.group()
            before = ")"
        else:
            cursor.next()
            before = "CONSTRAINT name" if before == "CONSTRAINT" else word


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyText:
    """A UNIQUE or PRIMARY KEY in pieces."""

    index: str
    """What an index with the same content has behind its table: columns, INCLUDE, NULLS NOT DISTINCT, ..."""
    attributes: str
    """What else is said about the constraint, such as ``DEFERRABLE``."""


def key_text(text: str, dialect: Dialect, column: str | None = None) -> KeyText | None:
    """The pieces of the first UNIQUE or PRIMARY KEY in a text.

    Args:
        text: a statement or a clause.
        dialect: of the text.
        column: the column, as SQL, for a constraint that is written inside it.
    """
    cursor = Cursor(text, dialect)
    try:
        while not cursor.take("UNIQUE") and not cursor.take("PRIMARY", "KEY"):
            cursor.next()
        nulls = cursor.take_phrase(("NULLS NOT DISTINCT", "NULLS DISTINCT"))
        columns = f"({cursor.group()})" if column is None else f"({column})"
        include = f"INCLUDE ({cursor.group()})" if cursor.take("INCLUDE") else ""
        parameters = f"WITH ({cursor.group()})" if cursor.take("WITH") else ""
        space = ""
        if cursor.take("USING", "INDEX", "TABLESPACE"):
            here = cursor.offset
            cursor.identifier()
            space = f"TABLESPACE {cursor.since(here)}"
    except NotUnderstood:
        return None
    index = " ".join(part for part in (columns, include, nulls, parameters, space) if part)
    return KeyText(index=index, attributes=cursor.rest().strip())


def words_and_strings(text: str, dialect: Dialect) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words of a text that may be names, and the values of its string literals."""
    cursor = Cursor(text, dialect)
    words: set[str] = set()
    strings: set[str] = set()
    while not cursor.done:
        token = cursor.next()
        if token.kind is Kind.STRING:
            strings.add(string_value(token.text, dialect.lexical))
        elif token.kind in (Kind.WORD, Kind.NAME):
            words.add(cursor.folded(token))
    return frozenset(words), frozenset(strings)


def without_words(text: str, words: tuple[str, ...], dialect: Dialect) -> str | None:
    """The statement without these words, the first time that they come; ``None`` where they do not."""
    cursor = Cursor(text, dialect)
    while not cursor.done:
        start = cursor.peek().start
        if cursor.take(*words):
            return text[:start] + text[cursor.peek().start :]
        cursor.next()
    return None


def names_in(text: str, dialect: Dialect) -> list[str]:
    """Every word of a text that may be a name, with its quotes taken off and nothing cut."""
    cursor = Cursor(text, dialect)
    found = []
    while not cursor.done:
        token = cursor.next()
        if token.kind is Kind.WORD:
            found.append(token.text)
        elif token.kind is Kind.NAME:
            found.append(name_value(token.text))
    return found
