"""Parts of values that hold several."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat.expressions.functions import function
from migrail.compat.expressions.walk import NOTHING, Value, handles, value, values
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.relations import composite_fields
from migrail.compat.scope import Scope
from migrail.compat.work import Work


@handles(exp.Bracket)
def _element(node: exp.Bracket, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    values(node.expressions, scope, work)
    sliced = any(isinstance(item, exp.Slice) for item in node.expressions)
    if found.type is None or found.type in (UNKNOWN, "jsonb"):
        return Value(type=found.type if found.type == "jsonb" else None)
    if not found.type.endswith("[]"):
        if work.structure.types.knows(found.type):
            work.flaw(f"cannot subscript type {found.type}")
        return NOTHING
    return Value(type=found.type if sliced else found.type[:-2])


@handles(exp.Dot)
def _dot(node: exp.Dot, scope: Scope, work: Work) -> Value:
    """``schema.function(...)``, ``(row).column`` or ``(row).*``."""
    if isinstance(node.expression, exp.Anonymous):
        schema = work.folded(node.this) if isinstance(node.this, exp.Identifier) else None
        return function(node.expression, scope, work, schema)
    if isinstance(node.this, exp.Identifier):
        return NOTHING
    found = value(node.this, scope, work)
    if isinstance(node.expression, exp.Star):
        return NOTHING
    fields = composite_fields(found.type, work)
    if fields is None:
        return NOTHING
    name = work.inner(node.expression)
    item = next((item for item in fields if item.name == name), None)
    if item is None:
        work.flaw(f"column {name} of {found.type} does not exist")
        return NOTHING
    return Value(type=item.type, field=item)
