"""Indexes."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.operations._base import Operation, TableOperation
from migrail.model.structure import Expression, Name, PartOptions


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateIndex(TableOperation):
    """CREATE INDEX."""

    index: str | None = None
    """``None`` where the server is to choose the name."""
    columns: tuple[str, ...] = ()
    """Folded column names; the text of the expression for an expression."""
    options: tuple[PartOptions, ...] = ()
    """One for each column; empty where none has any."""
    quoted: tuple[str, ...] = ()
    """Those of the columns that are strings where no column is called so: in double quotes (SQLite)."""
    unique: bool = False
    concurrently: bool = False
    if_not_exists: bool = False
    with_table: bool = False
    """Written inside CREATE TABLE (MySQL): made only if the table is."""
    method: str | None = None
    include: tuple[str, ...] = ()
    where: Expression | None = None
    nulls_not_distinct: bool = False
    storage: str = ""
    """``WITH (...) TABLESPACE ...`` as written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropIndex(Operation):
    """DROP INDEX; one operation for each name in the list."""

    name: Name
    concurrently: bool = False
    if_exists: bool = False
    cascade: bool = False
    table: Name | None = None
    """The table, where indexes are named within theirs (MySQL)."""
    algorithm: str | None = None
    lock: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameIndex(Operation):
    """ALTER INDEX ... RENAME TO."""

    name: Name
    new_name: str
    table: Name | None = None
    """The table, where indexes are named within theirs (MySQL)."""
    algorithm: str | None = None
    lock: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reindex(Operation):
    """REINDEX."""

    name: Name | None
    scope: str
    """``INDEX``, ``TABLE``, ``SCHEMA``, ``DATABASE`` or ``SYSTEM``."""
    concurrently: bool = False
