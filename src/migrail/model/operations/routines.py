"""Functions, procedures, triggers and policies."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrail.model.operations._base import Operation, TableOperation
from migrail.model.operations.code import Inner, Unread
from migrail.model.structure import Expression, Name


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
    security_definer: bool = False
    """It runs with the rights of its owner."""
    settings: tuple[str, ...] = ()
    """The settings that it sets while it runs (``SET search_path = ...``), in lower case."""
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What the statements of the body do when it runs; follows from the body, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateTrigger(TableOperation):
    """CREATE TRIGGER."""

    trigger: str
    schema: str | None = None
    """Where it is written or temporary (SQLite); it need not be that of its table."""
    timing: str
    """``BEFORE INSERT OR UPDATE`` and the like, in capitals."""
    columns: tuple[str, ...] = ()
    """Those of UPDATE OF."""
    when: Expression | None = None
    """The condition."""
    function: str | None = None
    body: str | None = None
    """What stands between BEGIN and END (SQLite), or the statement that runs (MySQL)."""
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
    schema: str | None = None
    """As written (SQLite)."""
    table: Name | None = None
    if_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameTrigger(TableOperation):
    """ALTER TRIGGER ... RENAME TO."""

    trigger: str
    new_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CreatePolicy(TableOperation):
    """CREATE POLICY."""

    policy: str
    permissive: bool = True
    """False for AS RESTRICTIVE."""
    command: str = "ALL"
    using: Expression | None = None
    """Which rows are seen."""
    check: Expression | None = None
    """Which rows may be written."""
