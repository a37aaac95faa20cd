"""Columns of a table."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrail.model.migration import Phase
from migrail.model.operations._base import TableOperation
from migrail.model.structure import Column, Expression, SqlType


@dataclass(frozen=True, kw_only=True, slots=True)
class AddColumn(TableOperation):
    """ALTER TABLE ... ADD COLUMN, with the constraints written in the column."""

    column: Column
    if_not_exists: bool = False
    after: str | None = None
    """The column that it comes behind (MySQL); empty for FIRST, ``None`` for the end."""
    renamed: str | None = None
    """What a column of its name is called from the same statement on. Standing before that one, it gets its place
    in keys (MySQL)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropColumn(TableOperation):
    """ALTER TABLE ... DROP COLUMN."""

    phase = Phase.CONTRACT
    column: str
    if_exists: bool = False
    cascade: bool = False
    added: tuple[str, ...] = ()
    """The columns that the same statement adds. One of its name gets its place in keys (MySQL)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameColumn(TableOperation):
    """ALTER TABLE ... RENAME COLUMN, with or without the word COLUMN."""

    phase = Phase.CONTRACT
    column: str
    new_name: str
    if_exists: bool = False
    swaps: bool = False
    """Whether the other column gets its name in exchange (MySQL)."""
    quoted: bool = field(default=False, compare=False)
    """Whether the new name is written in quotes: SQLite takes these over into views and triggers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterColumnType(TableOperation):
    """ALTER COLUMN ... TYPE."""

    phase = Phase.CONTRACT
    column: str
    type: SqlType
    using: Expression | None = None
    collation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ModifyColumn(TableOperation):
    """MODIFY and CHANGE of MySQL: a whole new definition, behind a :class:`RenameColumn` where the name changes."""

    phase = Phase.CONTRACT
    column: Column
    """What it is from now on; what is not written is gone, such as NOT NULL and the default."""
    if_exists: bool = False
    after: str | None = None
    """The column that it comes behind; empty for FIRST, ``None`` to stay where it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetNotNull(TableOperation):
    """ALTER COLUMN ... SET NOT NULL."""

    phase = Phase.CONTRACT
    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DropNotNull(TableOperation):
    """ALTER COLUMN ... DROP NOT NULL."""

    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDefault(TableOperation):
    """ALTER COLUMN ... SET DEFAULT."""

    column: str
    default: Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class DropDefault(TableOperation):
    """ALTER COLUMN ... DROP DEFAULT."""

    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterColumnOption(TableOperation):
    """An ALTER COLUMN form that changes neither type, nullability nor default: STATISTICS, STORAGE, ..."""

    column: str
    option: str
    """The words that name the form, in capitals, for example ``SET STATISTICS``."""
    argument: str = ""
    """What stands behind these words, as written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetExpression(TableOperation):
    """ALTER COLUMN ... SET EXPRESSION: another expression for a generated column."""

    phase = Phase.CONTRACT
    column: str
    expression: Expression
