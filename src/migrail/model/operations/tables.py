"""Tables and their partitions."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.migration import Phase
from migrail.model.operations._base import TableOperation
from migrail.model.structure import Column, Constraint, Like, Name


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateTable(TableOperation):
    """CREATE TABLE in all forms."""

    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    unlogged: bool = False
    partition_of: Name | None = None
    partition_bound: str | None = None
    """``DEFAULT`` or the text of FOR VALUES; ``None`` where it was not read."""
    partitioned_by: str | None = None
    """The text of PARTITION BY."""
    inherits: tuple[Name, ...] = ()
    like: tuple[Like, ...] = ()
    """Tables whose columns are copied by LIKE."""
    of_type: Name | None = None
    """The composite type of CREATE TABLE ... OF."""
    query: str | None = None
    """The text of the query for CREATE TABLE ... AS."""
    replace: bool = False
    """CREATE OR REPLACE (MariaDB): a table of that name is dropped first."""
    strict: bool = False
    """SQLite's STRICT."""
    without_rowid: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """What else is written about the table, for example ``("ENGINE", "InnoDB")`` or ``("TABLESPACE", "fast")``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropTable(TableOperation):
    """DROP TABLE; one operation for each name in the list."""

    phase = Phase.CONTRACT
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameTable(TableOperation):
    """ALTER TABLE ... RENAME TO."""

    phase = Phase.CONTRACT
    new_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveTable(TableOperation):
    """ALTER TABLE ... SET SCHEMA."""

    phase = Phase.CONTRACT
    new_schema: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConvertCharset(TableOperation):
    """CONVERT TO CHARACTER SET: all texts in the table and its new columns get it (MySQL)."""

    charset: str | None = None
    """``None`` for that of the database."""
    collation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DropPeriod(TableOperation):
    """DROP PERIOD FOR: no row can be changed for a part of its time any more (MariaDB)."""

    phase = Phase.CONTRACT
    period: str
    if_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterTableOption(TableOperation):
    """An ALTER TABLE form with no field of its own: OWNER TO, SET (...), CLUSTER ON, ..."""

    option: str
    """The words that name the form, in capitals, for example ``SET LOGGED`` or ``DISABLE TRIGGER``."""
    argument: str = ""
    """What stands behind these words, as written: a role, a trigger, the settings of ``SET (...)``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddParent(TableOperation):
    """ALTER TABLE ... INHERIT."""

    parent: Name


@dataclass(frozen=True, kw_only=True, slots=True)
class DropParent(TableOperation):
    """ALTER TABLE ... NO INHERIT."""

    parent: Name


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachPartition(TableOperation):
    """ATTACH PARTITION."""

    partition: Name
    partition_bound: str | None = None
    """``DEFAULT`` or the text of FOR VALUES; ``None`` where it was not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DetachPartition(TableOperation):
    """DETACH PARTITION."""

    partition: Name
    concurrently: bool = False
