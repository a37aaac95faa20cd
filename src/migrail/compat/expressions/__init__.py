"""Expressions: what their names mean, and on PostgreSQL which type they have."""

from migrail.compat.expressions import casts, choices, conditions, functions, names, operators, parts, queries
from migrail.compat.expressions.walk import Value, condition, value, values

__all__ = [
    "Value",
    "casts",
    "choices",
    "condition",
    "conditions",
    "functions",
    "names",
    "operators",
    "parts",
    "queries",
    "value",
    "values",
]
