"""Constraints of a table."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.operations._base import TableOperation
from migrail.model.structure import Constraint


@dataclass(frozen=True, kw_only=True, slots=True)
class AddConstraint(TableOperation):
    """ADD CONSTRAINT, named or not. ``constraint.valid`` is False for NOT VALID."""

    constraint: Constraint
    if_not_exists: bool = False
    """About its name; where it has none, about an index named after its first column (MariaDB)."""


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
class AlterConstraint(TableOperation):
    """ALTER CONSTRAINT; ``None`` where nothing is said."""

    constraint: str
    deferrable: bool | None = None
    initially_deferred: bool | None = None
    enforced: bool | None = None
    inherit: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameConstraint(TableOperation):
    """RENAME CONSTRAINT."""

    constraint: str
    new_name: str
