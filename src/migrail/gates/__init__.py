"""The gates. One gate is one module that holds a ``GATE``; its docstring is its page."""

from __future__ import annotations

import importlib
from functools import cache

from migrail.model.gates import Gate, GateType, GateTypes
from migrail.model.registry import members, module_names

__all__ = ["always_on", "gate_types", "page"]


@cache
def gate_types() -> GateTypes:
    """All kinds of gates by type."""
    return members(__name__, "GATE", GateType, lambda gate: gate.type)


def always_on() -> tuple[Gate, ...]:
    """The gates that every environment has."""
    return tuple(Gate(kind, kind.settings()) for kind in gate_types().values() if kind.always)


def page(gate: GateType) -> str:
    """The gate's documentation: the docstring of its module."""
    for module in module_names(__name__):
        loaded = importlib.import_module(f"{__name__}.{module}")
        if loaded.GATE is gate:
            return loaded.__doc__ or ""
    raise LookupError(gate.type)
