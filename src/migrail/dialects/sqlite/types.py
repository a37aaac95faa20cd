"""Types and defaults on SQLite."""

from __future__ import annotations

from migrail.dialects._interface import TypeChange, Version, Volatility
from migrail.model.operations import AlterColumnType
from migrail.model.structure import Expression, Structure


def type_change(operation: AlterColumnType, structure: Structure, version: Version) -> TypeChange:
    """There is no such statement: the table must be made again."""
    return TypeChange.UNSUPPORTED


def volatility(expression: Expression, structure: Structure) -> Volatility:
    """ADD COLUMN takes constants only; anything else is evaluated for each new row."""
    return Volatility.VOLATILE if expression.functions else Volatility.IMMUTABLE
