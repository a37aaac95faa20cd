"""Enums, composite types and domains."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.migration import Phase
from migrail.model.operations._base import Operation
from migrail.model.structure import Column, Constraint, Expression, Name, SqlType


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
    collation: str | None = None
    not_null: bool = False
    default: Expression | None = None
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDomainDefault(Operation):
    """ALTER DOMAIN ... SET DEFAULT and DROP DEFAULT."""

    name: Name
    default: Expression | None
    """``None`` for DROP DEFAULT."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDomainNotNull(Operation):
    """ALTER DOMAIN ... SET NOT NULL and DROP NOT NULL."""

    name: Name
    not_null: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AddDomainConstraint(Operation):
    """ALTER DOMAIN ... ADD CONSTRAINT. ``constraint.valid`` is False for NOT VALID."""

    phase = Phase.CONTRACT
    name: Name
    constraint: Constraint


@dataclass(frozen=True, kw_only=True, slots=True)
class DropDomainConstraint(Operation):
    """ALTER DOMAIN ... DROP CONSTRAINT."""

    name: Name
    constraint: str
    if_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ValidateDomainConstraint(Operation):
    """ALTER DOMAIN ... VALIDATE CONSTRAINT."""

    name: Name
    constraint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameDomainConstraint(Operation):
    """ALTER DOMAIN ... RENAME CONSTRAINT."""

    name: Name
    constraint: str
    new_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddAttribute(Operation):
    """ALTER TYPE ... ADD ATTRIBUTE."""

    name: Name
    attribute: Column


@dataclass(frozen=True, kw_only=True, slots=True)
class DropAttribute(Operation):
    """ALTER TYPE ... DROP ATTRIBUTE."""

    phase = Phase.CONTRACT
    name: Name
    attribute: str
    if_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterAttribute(Operation):
    """ALTER TYPE ... ALTER ATTRIBUTE: another type."""

    phase = Phase.CONTRACT
    name: Name
    attribute: Column
    """What it is from now on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameAttribute(Operation):
    """ALTER TYPE ... RENAME ATTRIBUTE."""

    phase = Phase.CONTRACT
    name: Name
    attribute: str
    new_name: str
