"""Several values that become one, of one type."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.expressions.operators import operator
from migrail.compat.expressions.queries import subquery
from migrail.compat.expressions.walk import NOTHING, Value, condition, handles, value, values
from migrail.compat.postgres.types import UNKNOWN, NoMatch, common
from migrail.compat.scope import Scope
from migrail.compat.work import Work


@handles(exp.Case)
def _case(node: exp.Case, scope: Scope, work: Work) -> Value:
    found: list[Value] = []
    subject = value(node.this, scope, work) if node.this is not None else None
    for branch in node.args["ifs"]:
        if subject is None:
            condition(branch.this, "CASE WHEN", scope, work)
        else:
            operator("=", subject, value(branch.this, scope, work), work)
        found.append(value(branch.args["true"], scope, work))
    default = node.args.get("default")
    if default is not None:
        found.append(value(default, scope, work))
    return common_value("CASE", found, work)


@handles(exp.Coalesce, exp.Greatest, exp.Least)
def _first_of(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return common_value(node.key.upper(), values([node.this, *node.expressions], scope, work), work)


@handles(exp.Nullif)
def _nullif(node: exp.Nullif, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    operator("=", found, value(node.expression, scope, work), work)
    return Value(type=found.type)


@handles(exp.Array)
def _array(node: exp.Array, scope: Scope, work: Work) -> Value:
    if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Query):
        fields = subquery(node.expressions[0], scope, work)
        element = fields[0].type if fields and len(fields) == 1 else None
    else:
        element = common_value("ARRAY", values(node.expressions, scope, work), work).type
    if element is None or element.endswith("[]"):
        return Value(type=element)
    return Value(type="text[]" if element == UNKNOWN else f"{element}[]")


def common_value(what: str, found: Sequence[Value], work: Work) -> Value:
    """The value that stands for any of these, of the type that all of them become."""
    if not work.structure.typed or not found:
        return NOTHING
    try:
        type_ = common(work.structure.types, [item.type for item in found])
    except NoMatch:
        kinds = list(dict.fromkeys(str(item.type) for item in found if item.type != UNKNOWN))
        work.flaw(f"{what} types {' and '.join(kinds[:2])} cannot be matched")
        return NOTHING
    for item in found:
        if item.literal is not None and item.type == UNKNOWN and type_ not in (None, UNKNOWN):
            constants.must_fit(item.literal, str(type_), work)
    return Value(type=type_)


@handles(exp.Tuple)
def row(node: exp.Expr, scope: Scope, work: Work) -> Value:
    """``(a, b)`` and ``ROW(a, b)``."""
    found = tuple(values(node.expressions, scope, work))
    return Value(type="record" if work.structure.typed else None, width=len(found), items=found)
