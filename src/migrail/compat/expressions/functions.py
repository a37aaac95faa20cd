"""Calls: by name, in words of their own, over windows and groups."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.calls import call, kind_of_call
from migrail.compat.expressions.choices import row
from migrail.compat.expressions.walk import NOTHING, Value, all_of_it, condition, handles, value, values
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.scope import Scope
from migrail.compat.work import Work
from migrail.model.structure import Name


def called(name: str, found: Sequence[Value], work: Work) -> Value:
    """The value of a function of the server."""
    if not work.structure.typed:
        return NOTHING
    signature = call(Name("pg_catalog", name), [item.type for item in found], work)
    return Value(type=signature.result if signature else None)


@handles(exp.Anonymous)
def function(node: exp.Anonymous, scope: Scope, work: Work, schema: str | None = None) -> Value:
    """A call as it is written, with the schema in front of it if there is one."""
    kind = kind_of_call(node, work)
    if kind == "row":
        return row(node, scope, work)
    arguments: list[Value] = []
    names: list[str | None] = []
    for argument in node.expressions:
        if isinstance(argument, (exp.Kwarg, exp.PropertyEQ)):
            names.append(
                work.folded(argument.this.this if isinstance(argument.this, exp.Column) else argument.this)
            )
            arguments.append(value(argument.expression, scope, work))
            continue
        names.append(None)
        if isinstance(argument, exp.Star):
            continue
        arguments.extend(_arguments(argument, scope, work))
    if not work.structure.typed:
        return NOTHING
    name = Name(schema, work.folded(node) if isinstance(node.this, str) else work.folded(node.this))
    if arguments and arguments[0].literal is not None:
        constants.named_sequence(name.name, arguments[0].literal, work)
    signature = call(name, [item.type for item in arguments], work, names=names, node=node)
    return Value(type=signature.result if signature else None)


def _arguments(node: exp.Expr, scope: Scope, work: Work) -> list[Value]:
    """One argument, or those behind DISTINCT; ORDER BY inside a call is looked at and passes nothing."""
    if isinstance(node, exp.Distinct):
        return [item for part in node.expressions for item in _arguments(part, scope, work)]
    if isinstance(node, exp.Order):
        for ordered in node.expressions:
            value(ordered, scope, work)
        return _arguments(node.this, scope, work) if node.this is not None else []
    return [value(node, scope, work)]


@handles(exp.Extract)
def _extracted(node: exp.Extract, scope: Scope, work: Work) -> Value:
    return called("extract", [Value(type=UNKNOWN), value(node.expression, scope, work)], work)


@handles(exp.AtTimeZone)
def _at_time_zone(node: exp.AtTimeZone, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    return called("timezone", [value(node.args["zone"], scope, work), found], work)


@handles(exp.Trim)
def _trimmed(node: exp.Trim, scope: Scope, work: Work) -> Value:
    rest = [node.expression] if node.args.get("expression") is not None else []
    return called("btrim", values([node.this, *rest], scope, work), work)


@handles(exp.Substring)
def _part(node: exp.Substring, scope: Scope, work: Work) -> Value:
    rest = [node.args[key] for key in ("start", "length") if node.args.get(key) is not None]
    return called("substring", values([node.this, *rest], scope, work), work)


@handles(exp.StrPosition)
def _position(node: exp.StrPosition, scope: Scope, work: Work) -> Value:
    return called("position", values([node.this, node.args["substr"]], scope, work), work)


@handles(exp.Window)
def _window(node: exp.Window, scope: Scope, work: Work) -> Value:
    for part in node.args.get("partition_by") or ():
        value(part, scope, work)
    for key in ("order", "spec"):
        part = node.args.get(key)
        if isinstance(part, exp.Expr):
            all_of_it(part, scope, work)
    return value(node.this, scope, work) if isinstance(node.this, exp.Expr) else NOTHING


@handles(exp.Filter)
def _filtered(node: exp.Expr, scope: Scope, work: Work) -> Value:
    condition(node.expression.this, "FILTER", scope, work)
    return value(node.this, scope, work)


@handles(exp.WithinGroup)
def _within_group(node: exp.WithinGroup, scope: Scope, work: Work) -> Value:
    all_of_it(node.expression, scope, work)
    for argument in node.this.expressions:
        value(argument, scope, work)
    return NOTHING
