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
    not_null: bool = False
    default: Expression | None = None
    constraints: tuple[Constraint, ...] = ()
