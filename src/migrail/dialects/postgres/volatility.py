"""How often a default may give another value."""

from __future__ import annotations

from migrail.dialects._interface import Volatility
from migrail.dialects.postgres.functions import (
    NOT_VOLATILE,
    NOT_VOLATILE_ELSEWHERE,
    VOLATILE,
    VOLATILE_ELSEWHERE,
)
from migrail.model.structure import Expression, Structure

_VOLATILE = VOLATILE | VOLATILE_ELSEWHERE
_NOT_VOLATILE = NOT_VOLATILE | NOT_VOLATILE_ELSEWHERE
_BADNESS = {
    Volatility.IMMUTABLE: 0,
    Volatility.STABLE: 1,
    Volatility.UNKNOWN: 2,
    Volatility.VOLATILE: 3,
}


def volatility(expression: Expression, structure: Structure) -> Volatility:
    """The worst of the functions it calls; without any it is a constant.

    Built-in functions that are not volatile count as stable: nothing depends on telling those two apart.
    """
    found = [_of_function(name, structure) for name in expression.functions]
    return max(found, key=_BADNESS.__getitem__, default=Volatility.IMMUTABLE)


def _of_function(name: str, structure: Structure) -> Volatility:
    """pg_catalog is searched before anything a migration made, unless the author wrote another schema."""
    schema, _, bare = name.rpartition(".")
    declared = structure.function_volatility(name)
    if declared is not None and (schema not in {"", "pg_catalog"} or not _is_built_in(bare)):
        return Volatility(declared)
    if bare in _VOLATILE:
        return Volatility.VOLATILE
    if bare in _NOT_VOLATILE:
        return Volatility.STABLE
    return Volatility.UNKNOWN


def _is_built_in(name: str) -> bool:
    return name in VOLATILE or name in NOT_VOLATILE
