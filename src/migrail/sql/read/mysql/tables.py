"""CREATE TABLE of MySQL and MariaDB, table options and partitions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from migrail.dialects.mysql.names import check_of_period, index_name
from migrail.model.operations import AddConstraint, CreateIndex, CreateTable, Operation, TableOperation
from migrail.model.structure import Column, Constraint, ConstraintKind, Like, Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read.mysql.columns import read_column
from migrail.sql.read.mysql.keys import at_key, read_key
from migrail.sql.read.mysql.partitions import partition_by
from migrail.sql.read.mysql.types import charset_name, take_charset
from migrail.sql.read.queries import take_query
from migrail.sql.read.tails import Form
from migrail.sql.words import words


class Period(NamedTuple):
    """A period with its two columns (MariaDB)."""

    name: str
    columns: tuple[str, ...]
    if_not_exists: bool


@dataclass(slots=True)
class _Draft:
    """A table while its clauses are read."""

    table: Name
    columns: list[Column] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    keys: list[TableOperation] = field(default_factory=list)
    """Keys and constraints in the order of the text."""
    indexes: list[CreateIndex] = field(default_factory=list)
    period: Period | None = None
    like: tuple[Like, ...] = ()
    options: list[tuple[str, str]] = field(default_factory=list)
    partitioned_by: str | None = None
    query: str | None = None


_COPIED = words("COMMENTS CONSTRAINTS DEFAULTS GENERATED IDENTITY INDEXES")
"""What LIKE copies; it leaves foreign keys out (manual, CREATE TABLE ... LIKE)."""


def read_create_table(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... TABLE. Plain indexes are operations of their own behind that of the table."""
    if_not_exists = cursor.if_not_exists()
    draft = _Draft(cursor.name())
    if cursor.take("LIKE"):
        draft.like = (Like(cursor.name(), _COPIED),)
    elif cursor.take("(", "LIKE"):
        draft.like = (Like(cursor.name(), _COPIED),)
        cursor.expect(")")
    else:
        _definition(cursor, draft)
    _name_keys(draft)
    constraint = check_of_period(draft.period.name, draft.period.columns) if draft.period is not None else None
    if draft.period is not None and constraint is not None:
        draft.constraints.insert(0, constraint)  # keys may name it
        for number, column in enumerate(draft.columns):
            if column.name in draft.period.columns:
                draft.columns[number] = replace(column, not_null=True)
    made = CreateTable(
        table=draft.table,
        columns=tuple(draft.columns),
        constraints=tuple(draft.constraints),
        if_not_exists=if_not_exists,
        temporary="TEMPORARY" in modifiers,
        replace="REPLACE" in modifiers,
        partitioned_by=draft.partitioned_by,
        like=draft.like,
        options=tuple((option, argument) for option, argument in draft.options),
        query=draft.query,
    )
    return [made, *draft.indexes]


def _definition(cursor: Cursor, draft: _Draft) -> None:
    values = cursor.at("(", "VALUES", "(") or cursor.at("(", "VALUE", "(")
    if cursor.at("(") and cursor.peek(1).word not in ("SELECT", "WITH", "(") and not values:
        cursor.expect("(")
        _element(cursor, draft)
        while not cursor.take(")"):
            cursor.expect(",")
            _element(cursor, draft)
    elif cursor.done:
        cursor.unexpected("where the columns should stand")
    while option := table_option(cursor):
        draft.options.append(option)
        cursor.take(",")
    if cursor.at("PARTITION"):
        draft.partitioned_by = partition_by(cursor)
    cursor.take_one(("IGNORE", "REPLACE"))
    selects = cursor.take("AS")
    if selects or cursor.word in ("SELECT", "WITH", "VALUES", "TABLE", "("):
        draft.query = take_query(cursor)


def _element(cursor: Cursor, draft: _Draft) -> None:
    if period := take_period(cursor):
        draft.period = period
        return
    if not at_key(cursor):
        draft.columns.append(read_column(cursor))
        return
    found = read_key(cursor, draft.table)
    draft.keys.append(found)


def _name_keys(draft: _Draft) -> None:
    """Sorts keys into constraints and plain indexes.

    The server names what has no name in the order of the text, which is lost here: where a plain index has no name,
    it and the UNIQUE keys are named at once.
    """
    unnamed = any(isinstance(key, CreateIndex) and key.index is None for key in draft.keys)
    taken = {
        column.name
        for column in draft.columns
        for constraint in column.constraints
        if constraint.kind is ConstraintKind.UNIQUE
    }
    for key in draft.keys:
        if isinstance(key, CreateIndex):
            if key.index is None:
                key = replace(key, index=index_name(key.columns[0], taken))
            taken.add(key.index or "")
            draft.indexes.append(replace(key, with_table=True))
        elif isinstance(key, AddConstraint):
            constraint = key.constraint
            if unnamed and constraint.kind is ConstraintKind.UNIQUE and constraint.name is None:
                constraint = replace(constraint, name=index_name(constraint.columns[0], taken))
            taken.add(constraint.name or "")
            draft.constraints.append(constraint)


def take_period(cursor: Cursor) -> Period | None:
    """Takes PERIOD [IF NOT EXISTS] FOR name (column, column), if it comes next."""
    words = cursor.take_phrase(("PERIOD FOR", "PERIOD IF NOT EXISTS FOR"))
    if not words:
        return None
    return Period(cursor.inner(), tuple(cursor.listed(Cursor.inner)), "EXISTS" in words)


_BARE_OPTIONS = words(
    """
    ENGINE TYPE AUTO_INCREMENT AVG_ROW_LENGTH CHECKSUM TABLE_CHECKSUM COMMENT COMPRESSION CONNECTION
    DELAY_KEY_WRITE ENCRYPTION INSERT_METHOD KEY_BLOCK_SIZE MAX_ROWS MIN_ROWS PACK_KEYS PASSWORD ROW_FORMAT
    STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES SECONDARY_ENGINE ENGINE_ATTRIBUTE
    SECONDARY_ENGINE_ATTRIBUTE AUTOEXTEND_SIZE TRANSACTIONAL PAGE_CHECKSUM SEQUENCE START STORAGE IETF_QUOTES
    """
)
"""Options with or without ``=``."""


def table_option(cursor: Cursor) -> Form | None:
    """Takes one option of a table, if one comes next."""
    start = cursor.index
    cursor.take("DEFAULT")
    if take_charset(cursor):
        cursor.take("=")
        return Form("DEFAULT CHARACTER SET", charset_name(cursor))
    if cursor.take("COLLATE"):
        cursor.take("=")
        return Form("DEFAULT COLLATE", charset_name(cursor))
    cursor.index = start
    if directory := cursor.take_phrase(("DATA DIRECTORY", "INDEX DIRECTORY")):
        cursor.take("=")
        return Form(directory, cursor.string())
    if cursor.take("UNION"):
        cursor.take("=")
        return Form("UNION", cursor.group())
    if cursor.take("TABLESPACE"):
        cursor.take("=")
        tablespace = cursor.identifier()
        if cursor.take("STORAGE"):
            cursor.expect_phrase(("DISK", "MEMORY", "DEFAULT"))
        return Form("TABLESPACE", tablespace)
    if cursor.take("WITH", "SYSTEM", "VERSIONING"):
        return Form("WITH SYSTEM VERSIONING", "")
    word = cursor.word
    named = cursor.peek(1).word == "=" and (cursor.at_name() or word in _BARE_OPTIONS)
    if not named and (word not in _BARE_OPTIONS or cursor.peek(1).kind in (Kind.SYMBOL, Kind.END)):
        return None
    return _named_option(cursor)


def _named_option(cursor: Cursor) -> Form:
    word = cursor.label().upper()
    cursor.take("=")
    start = cursor.offset
    if word == "COMMENT" and cursor.peek().kind is Kind.STRING:
        return Form(word, cursor.string())
    if cursor.at("("):
        cursor.group()
    else:
        cursor.value()
    return Form(word, cursor.since(start))
