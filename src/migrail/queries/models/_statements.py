"""A mapped table → the statements that mapped code runs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from migrail.dialects import Dialect


@dataclass(frozen=True, kw_only=True, slots=True)
class MappedColumn:
    """A column, and whether new rows and changed rows give it a value."""

    name: str
    key: bool
    inserted: bool
    updated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MappedTable:
    """A table as a class maps it."""

    name: str
    """The class's name, or that of a table without a class."""
    schema: str | None
    table: str
    path: str | None
    line: int
    columns: tuple[MappedColumn, ...]


def parsed(rows: Any) -> list[MappedTable]:
    """What the other process wrote.

    Raises:
        ValueError, TypeError, KeyError: it is not what our program writes.
    """
    return [
        MappedTable(
            name=str(row["name"]),
            schema=None if row["schema"] is None else str(row["schema"]),
            table=str(row["table"]),
            path=None if row["path"] is None else str(row["path"]),
            line=int(row["line"]),
            columns=tuple(
                MappedColumn(
                    name=str(column["name"]),
                    key=bool(column["key"]),
                    inserted=bool(column["inserted"]),
                    updated=bool(column["updated"]),
                )
                for column in row["columns"]
            ),
        )
        for row in rows
    ]


def statements_of(table: MappedTable, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Kind and text of each statement. Names are always quoted, as they are in the database."""
    if not table.columns:
        return
    quote = "`" if dialect.lexical.double_quoted_strings else '"'

    def quoted(name: str) -> str:
        return quote + name.replace(quote, quote * 2) + quote

    def values(columns: Sequence[MappedColumn], joint: str) -> str:
        return joint.join(f"{quoted(column.name)} = ?" for column in columns)

    target = ".".join(quoted(part) for part in (table.schema, table.table) if part)
    keys = [column for column in table.columns if column.key]
    where = f" WHERE {values(keys, ' AND ')}" if keys else ""
    every = ", ".join(quoted(column.name) for column in table.columns)
    yield "select", f"SELECT {every} FROM {target}{where}"
    inserted = [column for column in table.columns if column.inserted]
    if inserted:
        names = ", ".join(quoted(column.name) for column in inserted)
        yield "insert", f"INSERT INTO {target} ({names}) VALUES ({', '.join('?' for _ in inserted)})"
    updated = [column for column in table.columns if column.updated]
    if updated and keys:
        yield "update", f"UPDATE {target} SET {values(updated, ', ')}{where}"
