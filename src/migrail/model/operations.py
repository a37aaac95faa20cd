"""What statements mean. One statement may hold several operations, in the order in which they take effect.

Rules, lock facts and the catalog read these values, never syntax trees. Names are folded as the server folds
them and carry a schema only where the author wrote one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import ClassVar

from migrail.model.migration import Phase
from migrail.model.structure import Column, Constraint, Expression, Name, SqlType
from migrail.model.text import Span


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One meaning inside a statement."""

    phase: ClassVar[Phase] = Phase.EXPAND
    """What it means to the application that is running, unless a rule knows better."""

    @property
    def kind(self) -> str:
        """``create_index`` for :class:`CreateIndex`; the word used in JSON."""
        return _snake(type(self).__name__)

    @property
    def target(self) -> Name | None:
        """The relation or object that it is about."""
        return getattr(self, "table", None) or getattr(self, "name", None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opaque(Operation):
    """A statement that was not understood."""

    keyword: str
    """Its leading words in capitals, for example ``ALTER TABLE``."""
    reason: str


class Certainty(StrEnum):
    """Whether something inside code takes effect when the code runs to its end."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    """Only under a condition, in a loop, behind a RETURN, or where a handler may undo it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inner:
    """An operation inside code."""

    operation: Operation
    certainty: Certainty
    text: str
    """The statement inside the code that it belongs to, as the author wrote it."""
    span: Span
    """Where that statement stands in the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A part of code of which is not known what it does."""

    reason: str
    """A phrase without full stop."""
    span: Span
    """Where it stands in the file."""


# Tables


@dataclass(frozen=True, kw_only=True, slots=True)
class TableOperation(Operation):
    """Anything done to one table."""

    table: Name
    algorithm: str | None = None
    """What ALGORITHM of MySQL asks for, in capitals: ``INSTANT``, ``NOCOPY``, ``INPLACE``, ``COPY``."""
    lock: str | None = None
    """What LOCK of MySQL asks for, in capitals: ``NONE``, ``SHARED``, ``EXCLUSIVE``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateTable(TableOperation):
    """CREATE TABLE in all forms."""

    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    partition_of: Name | None = None
    partition_bound: str | None = None
    """``DEFAULT`` or the text of FOR VALUES; ``None`` where it was not read."""
    partitioned_by: str | None = None
    """The text of PARTITION BY."""
    inherits: tuple[Name, ...] = ()
    like: tuple[Name, ...] = ()
    """Tables whose columns are copied by LIKE."""
    query: str | None = None
    """The text of the query for CREATE TABLE ... AS."""
    replace: bool = False
    """CREATE OR REPLACE (MariaDB): a table of that name is dropped first."""
    strict: bool = False
    """SQLite's STRICT."""
    without_rowid: bool = False


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
class AddColumn(TableOperation):
    """ALTER TABLE ... ADD COLUMN, with the constraints written in the column."""

    column: Column
    if_not_exists: bool = False
    after: str | None = None
    """The column that it comes behind (MySQL); empty for FIRST, ``None`` for the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropColumn(TableOperation):
    """ALTER TABLE ... DROP COLUMN."""

    phase = Phase.CONTRACT
    column: str
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameColumn(TableOperation):
    """ALTER TABLE ... RENAME COLUMN, with or without the word COLUMN."""

    phase = Phase.CONTRACT
    column: str
    new_name: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class AddConstraint(TableOperation):
    """ADD CONSTRAINT, named or not. ``constraint.valid`` is False for NOT VALID."""

    constraint: Constraint


@dataclass(frozen=True, kw_only=True, slots=True)
class ValidateConstraint(TableOperation):
    """VALIDATE CONSTRAINT."""

    constraint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DropConstraint(TableOperation):
    """DROP CONSTRAINT."""

    constraint: str
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameConstraint(TableOperation):
    """RENAME CONSTRAINT."""

    constraint: str
    new_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterTableOption(TableOperation):
    """An ALTER TABLE form with no field of its own: OWNER TO, SET (...), CLUSTER ON, ..."""

    option: str
    """The words that name the form, in capitals, for example ``SET LOGGED`` or ``DISABLE TRIGGER``."""


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


# Indexes


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateIndex(TableOperation):
    """CREATE INDEX."""

    index: str | None = None
    """``None`` where the server is to choose the name."""
    columns: tuple[str, ...] = ()
    """Folded column names; the text of the expression for an expression."""
    unique: bool = False
    concurrently: bool = False
    if_not_exists: bool = False
    only: bool = False
    """ON ONLY: not on the partitions."""
    method: str | None = None
    include: tuple[str, ...] = ()
    where: Expression | None = None


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


# Views


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateView(Operation):
    """CREATE VIEW and CREATE MATERIALIZED VIEW."""

    name: Name
    query: str
    """The text of the query."""
    reads: tuple[Name, ...] = ()
    """The relations that the query reads."""
    columns: tuple[str, ...] = ()
    """Written behind the name; empty where the query names them."""
    materialized: bool = False
    replace: bool = False
    if_not_exists: bool = False
    temporary: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DropView(Operation):
    """DROP VIEW and DROP MATERIALIZED VIEW."""

    phase = Phase.CONTRACT
    name: Name
    materialized: bool = False
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RefreshView(Operation):
    """REFRESH MATERIALIZED VIEW."""

    name: Name
    concurrently: bool = False


# Types, sequences, schemas, extensions


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateType(Operation):
    """CREATE TYPE: an enum (labels in order), a composite (columns) or another form (neither)."""

    name: Name
    labels: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    form: str = "enum"
    """``enum``, ``composite``, ``range``, ``base`` or ``shell``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddEnumValue(Operation):
    """ALTER TYPE ... ADD VALUE."""

    name: Name
    label: str
    before: str | None = None
    after: str | None = None
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameEnumValue(Operation):
    """ALTER TYPE ... RENAME VALUE."""

    phase = Phase.CONTRACT
    name: Name
    label: str
    new_label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateDomain(Operation):
    """CREATE DOMAIN."""

    name: Name
    base: SqlType
    not_null: bool = False
    default: Expression | None = None
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateSequence(Operation):
    """CREATE SEQUENCE."""

    name: Name
    if_not_exists: bool = False
    owned_by: str | None = None
    """``table.column`` as written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateSchema(Operation):
    """CREATE SCHEMA."""

    name: Name
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateExtension(Operation):
    """CREATE EXTENSION."""

    name: Name
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameObject(Operation):
    """ALTER <object> ... RENAME TO for views, types, sequences, schemas and the like."""

    phase = Phase.CONTRACT
    object_type: str
    """In capitals: ``VIEW``, ``TYPE``, ``SEQUENCE``, ``SCHEMA``, ``FUNCTION``, ..."""
    name: Name
    new_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DropObject(Operation):
    """DROP of anything that has no operation of its own: TYPE, DOMAIN, SEQUENCE, SCHEMA, FUNCTION, ..."""

    phase = Phase.CONTRACT
    object_type: str
    name: Name
    if_exists: bool = False
    cascade: bool = False
    signature: str | None = None
    """The argument list of a function as written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterObject(Operation):
    """An ALTER of something other than a table that changes no name that queries use: OWNER TO, SET, ..."""

    object_type: str
    name: Name | None
    option: str
    """The words that name the form, in capitals."""


# Routines and triggers


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateFunction(Operation):
    """CREATE FUNCTION and CREATE PROCEDURE."""

    name: Name
    procedure: bool = False
    replace: bool = False
    arguments: str = ""
    """The argument list as written."""
    returns: str | None = None
    language: str | None = None
    volatility: str = "volatile"
    body: str | None = None
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What the statements of the body do when it runs; follows from the body, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateTrigger(TableOperation):
    """CREATE TRIGGER."""

    trigger: str
    timing: str
    """``BEFORE INSERT OR UPDATE`` and the like, in capitals."""
    function: str | None = None
    body: str | None = None
    """What stands between BEGIN and END (SQLite)."""
    replace: bool = False
    if_not_exists: bool = False
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What the statements of the body do when it runs; follows from the body, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropTrigger(Operation):
    """DROP TRIGGER; SQLite does not name the table."""

    trigger: str
    table: Name | None = None
    if_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CreatePolicy(TableOperation):
    """CREATE POLICY."""

    policy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateObject(Operation):
    """CREATE of anything without an operation of its own: EVENT TRIGGER, RULE, PUBLICATION, ROLE, ..."""

    object_type: str
    name: Name | None
    table: Name | None = None


# Privileges, comments


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant(Operation):
    """GRANT, REVOKE and ALTER DEFAULT PRIVILEGES."""

    verb: str
    """``GRANT``, ``REVOKE`` or ``ALTER DEFAULT PRIVILEGES``."""
    name: Name | None = None
    """The object, where one is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentOn(Operation):
    """COMMENT ON."""

    object_type: str
    name: Name


# Data


@dataclass(frozen=True, kw_only=True, slots=True)
class Insert(TableOperation):
    """INSERT, REPLACE and COPY ... FROM."""

    phase = Phase.BACKFILL
    columns: tuple[str, ...] | None = None
    """``None`` where no list was written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update(TableOperation):
    """UPDATE."""

    phase = Phase.BACKFILL
    columns: tuple[str, ...] = ()
    has_where: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Delete(TableOperation):
    """DELETE."""

    phase = Phase.BACKFILL
    has_where: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge(TableOperation):
    """MERGE."""

    phase = Phase.BACKFILL


@dataclass(frozen=True, kw_only=True, slots=True)
class Truncate(TableOperation):
    """TRUNCATE; one operation for each table in the list."""

    phase = Phase.BACKFILL
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Select(Operation):
    """A query at the top level; it may call functions that change things."""

    phase = Phase.BACKFILL
    functions: tuple[str, ...] = ()


# Maintenance, session and transactions


@dataclass(frozen=True, kw_only=True, slots=True)
class LockTable(TableOperation):
    """LOCK TABLE; one operation for each table in the list."""

    mode: str = "ACCESS EXCLUSIVE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Maintain(Operation):
    """VACUUM, ANALYZE, CLUSTER, CHECKPOINT."""

    verb: str
    """``VACUUM``, ``VACUUM FULL``, ``ANALYZE``, ``CLUSTER``, ``CHECKPOINT``."""
    table: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetVariable(Operation):
    """SET, RESET and PRAGMA."""

    variable: str
    """Lower case."""
    value: str | None
    """As written; ``None`` for RESET and for reading a PRAGMA."""
    local: bool = False
    """SET LOCAL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TransactionControl(Operation):
    """BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK TO, PREPARE TRANSACTION, ..."""

    verb: str
    """In capitals; ``ROLLBACK TO`` is told apart from ``ROLLBACK``."""

    @property
    def ends_transaction(self) -> bool:
        """Whether it begins or ends a transaction, which savepoints do not."""
        return self.verb not in {"SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET TRANSACTION", "SET CONSTRAINTS"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCode(Operation):
    """DO, CALL and EXECUTE: code that runs now."""

    verb: str
    name: Name | None = None
    language: str | None = None
    body: str | None = None
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What it does, in the order in which it stands there; follows from the body, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""

    @property
    def is_read(self) -> bool:
        """Whether everything that it does is among its operations; what CALL and EXECUTE run is not in sight."""
        return self.verb == "DO" and not self.unread


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCommand(Operation):
    """LISTEN, NOTIFY, DISCARD, PREPARE, EXPLAIN, SHOW, ATTACH DATABASE: nothing that lasts."""

    verb: str
