"""What is true or false."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat.expressions.operators import operator
from migrail.compat.expressions.queries import subquery
from migrail.compat.expressions.walk import BOOLEAN, NOTHING, Value, condition, handles, value, values
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.scope import Scope
from migrail.compat.work import Work


@handles(exp.Not)
def _not(node: exp.Not, scope: Scope, work: Work) -> Value:
    condition(node.this, "NOT", scope, work)
    return BOOLEAN if work.structure.typed else NOTHING


@handles(exp.And, exp.Or)
def _connected(node: exp.Connector, scope: Scope, work: Work) -> Value:
    condition(node, "AND" if isinstance(node, exp.And) else "OR", scope, work)
    return BOOLEAN if work.structure.typed else NOTHING


@handles(exp.Between)
def _between(node: exp.Between, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    operator(">=", found, value(node.args["low"], scope, work), work)
    operator("<=", found, value(node.args["high"], scope, work), work)
    return BOOLEAN if work.structure.typed else NOTHING


@handles(exp.In)
def _in(node: exp.In, scope: Scope, work: Work) -> Value:
    query = node.args.get("query")
    if query is not None:
        inside = query.this if isinstance(query, exp.Subquery) else query
        fields = subquery(inside, scope, work)
        wanted = node.this.expressions if isinstance(node.this, exp.Tuple) else [node.this]
        found = values(wanted, scope, work)
        if fields is not None and len(fields) != len(found):
            work.flaw(f"subquery has {len(fields)} columns where {len(found)} are compared")
        else:
            for one, other in zip(found, fields or (), strict=False):
                operator("=", one, Value(type=other.type), work)
    else:
        left = value(node.this, scope, work)
        for item in node.expressions:
            operator("=", left, value(item, scope, work), work)
    return BOOLEAN if work.structure.typed else NOTHING


@handles(exp.Is)
def _is(node: exp.Is, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    if isinstance(node.expression, exp.Boolean) and found.type not in (None, UNKNOWN, "boolean"):
        work.flaw(f"argument of IS must be boolean, not {found.type}")
    return BOOLEAN if work.structure.typed else NOTHING


@handles(exp.Exists)
def _exists(node: exp.Exists, scope: Scope, work: Work) -> Value:
    subquery(node.this, scope, work)
    return BOOLEAN if work.structure.typed else NOTHING
