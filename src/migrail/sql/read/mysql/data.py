"""Statements of MySQL and MariaDB that read and change rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from migrail.model.operations import Delete, Insert, Operation, Select, Truncate, Update
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import remaining_expression
from migrail.sql.read.mysql.alter_table import wait
from migrail.sql.read.tails import anything

_BEGINS_ROWS = frozenset({"VALUES", "VALUE", "SELECT", "WITH", "SET", "TABLE", "("})
_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})


def read_insert(cursor: Cursor) -> list[Operation]:
    """Takes what follows INSERT and REPLACE; the rows go unread, so that they take no memory."""
    while cursor.take_one(("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE")):
        pass
    cursor.take("INTO")
    table = cursor.name()
    if cursor.take("PARTITION"):
        cursor.names()
    columns: tuple[str, ...] | None = None
    if cursor.at("(") and cursor.peek(1).word not in _QUERIES:
        columns = () if cursor.take("(", ")") else tuple(cursor.listed(_column))
    if cursor.word not in _BEGINS_ROWS:
        cursor.unexpected()
    if cursor.take("SET"):
        assigned = _assigned(cursor, _ENDS_INSERT)[0]
        cursor.rest()
        return [Insert(table=table, columns=assigned)]
    begins = cursor.next()
    if begins.word in ("VALUES", "VALUE") and not (cursor.at("(") or cursor.at("ROW")):
        cursor.unexpected("where ( should stand")
    if cursor.done:
        cursor.unexpected()
    cursor.rest()
    return [Insert(table=table, columns=columns)]


_ENDS_INSERT = frozenset({"ON", "AS", "RETURNING"})
_ENDS_SET = frozenset({"WHERE", "ORDER", "LIMIT", "RETURNING"})


def _column(cursor: Cursor) -> str:
    """Takes a column with or without its table in front; the column."""
    return cursor.dialect.fold_inner(cursor.name().name)


def _assigned(cursor: Cursor, ends: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Takes assignments; the columns, and the tables or aliases written before them (else empty)."""
    columns: dict[str, None] = {}
    qualifiers: dict[str, None] = {}
    while True:
        target = cursor.name()
        columns[cursor.dialect.fold_inner(target.name)] = None
        qualifiers[target.schema or ""] = None
        if not cursor.take("="):
            cursor.expect(":", "=")
        start = cursor.index
        while not cursor.done and cursor.word not in ends and cursor.word not in (",", ")"):
            if cursor.at("("):
                cursor.group()
            else:
                cursor.next()
        if cursor.index == start:
            cursor.unexpected("where a value should stand")
        if not cursor.take(","):
            return tuple(columns), tuple(qualifiers)


# The tables of UPDATE and DELETE


@dataclass(slots=True)
class _Tables:
    """The tables of a statement, by the names that it uses for them."""

    found: dict[str, Name] = field(default_factory=dict)

    def add(self, table: Name, alias: str | None) -> None:
        self.found.setdefault(alias or table.name, table)

    def named(self, qualifier: str) -> Name:
        """The table of an alias or name; without one the first table."""
        if qualifier in self.found:
            return self.found[qualifier]
        return Name(None, qualifier) if qualifier else next(iter(self.found.values()))


_JOINS = frozenset(
    {"JOIN", "INNER", "CROSS", "LEFT", "RIGHT", "OUTER", "NATURAL", "STRAIGHT_JOIN", "ON", "USING", "SET", "WHERE"}
)


def _references(cursor: Cursor, ends: frozenset[str]) -> _Tables:
    """Takes the table references of a statement, up to one of the words that end them."""
    tables = _Tables()
    expected = True
    while not cursor.done and cursor.word not in ends:
        if expected and cursor.at_name():
            table = cursor.name()
            tables.add(table, _alias(cursor))
            expected = False
        elif cursor.at("(") and cursor.peek(1).word in _QUERIES:
            cursor.group()
            expected = False
        elif cursor.at("(") and not expected:
            cursor.group()
        else:
            word = cursor.next().word
            expected = word in (",", "JOIN", "STRAIGHT_JOIN") or (expected and word == "(")
    if not tables.found:
        cursor.unexpected("where a table should stand")
    return tables


def _alias(cursor: Cursor) -> str | None:
    if cursor.take("PARTITION"):
        cursor.names()
    if cursor.take("AS"):
        return cursor.identifier()
    if cursor.at_name() and cursor.word not in _JOINS:
        return cursor.identifier()
    return None


def read_update(cursor: Cursor) -> list[Operation]:
    """Takes what follows UPDATE; one operation for each table that SET names."""
    while cursor.take_one(("LOW_PRIORITY", "IGNORE")):
        pass
    tables = _references(cursor, frozenset({"SET"}))
    cursor.expect("SET")
    columns, qualifiers = _assigned(cursor, _ENDS_SET)
    has_where = cursor.at("WHERE")
    anything(cursor)
    targets = dict.fromkeys(tables.named(qualifier) for qualifier in qualifiers)
    return [Update(table=table, columns=columns, has_where=has_where) for table in targets]


_BEHIND_DELETE = frozenset({"WHERE", "ORDER", "LIMIT", "RETURNING"})


def read_delete(cursor: Cursor) -> list[Operation]:
    """Takes what follows DELETE; one operation for each table that loses rows."""
    while cursor.take_one(("LOW_PRIORITY", "QUICK", "IGNORE")):
        pass
    if cursor.dialect.name == "mariadb" and cursor.take("HISTORY", "FROM"):
        # Rows as they are now stay.
        table = cursor.name()
        anything(cursor)
        return [Delete(table=table, has_where=True)]
    if not cursor.at("FROM"):
        targets = cursor.commas(_target)
        cursor.expect("FROM")
        tables = _references(cursor, _BEHIND_DELETE)
        return _deleted(cursor, [tables.named(str(name.name)) for name in targets])
    cursor.expect("FROM")
    start = cursor.index
    targets = cursor.commas(_target)
    if cursor.take("USING"):
        tables = _references(cursor, _BEHIND_DELETE)
        return _deleted(cursor, [tables.named(str(name.name)) for name in targets])
    cursor.index = start
    table = cursor.name()
    _alias(cursor)
    if cursor.take("FOR", "PORTION", "OF"):
        cursor.identifier()
        cursor.expect("FROM")
    elif not cursor.done and cursor.word not in _BEHIND_DELETE:
        cursor.unexpected()
    return _deleted(cursor, [table])


def _target(cursor: Cursor) -> Name:
    parts = [cursor.identifier()]
    while len(parts) < 2 and not cursor.at(".", "*") and cursor.take("."):
        parts.append(cursor.label())
    cursor.take(".", "*")
    return Name(parts[0] if len(parts) > 1 else None, parts[-1])


def _deleted(cursor: Cursor, tables: list[Name]) -> list[Operation]:
    has_where = False
    while not cursor.done:
        has_where = has_where or cursor.at("WHERE")
        if cursor.at("("):
            cursor.group()
        elif cursor.at(")"):
            cursor.unexpected()
        else:
            cursor.next()
    return [Delete(table=table, has_where=has_where) for table in tables]


# The others


def read_truncate(cursor: Cursor) -> list[Operation]:
    """Takes what follows TRUNCATE."""
    cursor.take("TABLE")
    table = cursor.name()
    wait(cursor)
    return [Truncate(table=table)]


def read_load(cursor: Cursor) -> list[Operation]:
    """Takes what follows LOAD DATA and LOAD XML."""
    cursor.expect_phrase(("DATA", "XML"))
    while cursor.take_one(("LOW_PRIORITY", "CONCURRENT", "LOCAL")):
        pass
    cursor.expect("INFILE")
    cursor.string()
    cursor.take_one(("REPLACE", "IGNORE"))
    cursor.expect("INTO", "TABLE")
    table = cursor.name()
    anything(cursor)
    return [Insert(table=table)]


def read_do(cursor: Cursor) -> list[Operation]:
    """Takes what follows DO: expressions, for what their functions do."""
    if cursor.done:
        cursor.unexpected()
    return [Select(functions=remaining_expression(cursor).functions)]


READERS: dict[str, Callable[[Cursor], list[Operation]]] = {
    "INSERT": read_insert,
    "REPLACE": read_insert,
    "UPDATE": read_update,
    "DELETE": read_delete,
    "TRUNCATE": read_truncate,
    "DO": read_do,
}
