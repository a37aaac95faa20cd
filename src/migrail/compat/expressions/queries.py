"""Queries inside of expressions."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat.expressions.walk import NOTHING, Value, handles, value
from migrail.compat.scope import Field, Scope
from migrail.compat.work import Work


@handles(exp.Query)
def scalar(node: exp.Query, scope: Scope, work: Work) -> Value:
    """The value of a query that stands for one."""
    inside = node.this if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Query) else node
    fields = subquery(inside, scope, work)
    if fields is None:
        return NOTHING
    if len(fields) != 1:
        work.flaw(f"subquery must return only one column, not {len(fields)}")
        return NOTHING
    return Value(type=fields[0].type)


def subquery(node: exp.Expr, scope: Scope, work: Work) -> tuple[Field, ...] | None:
    """The columns of a query inside; ``None`` where they are not all known."""
    from migrail.compat.select import query_fields  # queries hold expressions, which hold queries

    while isinstance(node, (exp.Paren, exp.Subquery)) and isinstance(node.this, exp.Query):
        node = node.this
    if not isinstance(node, exp.Query):
        value(node, scope, work)
        return None
    source = query_fields(node, scope, work)
    return None if source.open else source.fields
