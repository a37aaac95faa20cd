"""Operators, of which PostgreSQL has one for each pair of types."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.expressions.queries import scalar
from migrail.compat.expressions.walk import BOOLEAN, NOTHING, Value, handles, value, values
from migrail.compat.postgres.types import UNKNOWN, NoMatch, operators
from migrail.compat.scope import Scope
from migrail.compat.work import Work

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<=", exp.NullSafeEQ: "=",
    exp.NullSafeNEQ: "=", exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.Pow: "^",
    exp.DPipe: "||", exp.Like: "~~", exp.ILike: "~~*", exp.RegexpLike: "~", exp.RegexpILike: "~*",
    exp.BitwiseAnd: "&", exp.BitwiseOr: "|", exp.BitwiseXor: "#", exp.BitwiseLeftShift: "<<",
    exp.BitwiseRightShift: ">>", exp.JSONExtract: "->", exp.JSONExtractScalar: "->>", exp.JSONBExtract: "#>",
    exp.JSONBExtractScalar: "#>>", exp.ArrayContainsAll: "@>", exp.ArrayContainedBy: "<@", exp.ArrayOverlaps: "&&",
    exp.JSONBContainsTopKey: "?", exp.JSONBContainsAnyTopKeys: "?|", exp.JSONBContainsAllTopKeys: "?&",
    exp.JSONBDeleteAtPath: "#-", exp.StartsWith: "^@", exp.Distance: "<->", exp.Adjacent: "-|-",
    exp.ExtendsLeft: "&<", exp.ExtendsRight: "&>", exp.SimilarTo: "~", exp.JSONBPathExists: "@?",
}  # fmt: skip

COMPARISONS = frozenset({"=", "<>", ">", ">=", "<", "<="})
_ON_ARRAYS = frozenset({"||", "@>", "<@", "&&"})
"""Operators that take an array on both sides where one is a literal."""
_PREFIXES: dict[type[exp.Expr], str] = {exp.Neg: "-", exp.BitwiseNot: "~"}


@handles(*(kind for kind in _OPERATORS if issubclass(kind, exp.Binary)))
def _binary(node: exp.Binary, scope: Scope, work: Work) -> Value:
    return operator(
        _OPERATORS[type(node)], value(node.this, scope, work), _right(node.expression, scope, work), work
    )


def _right(node: exp.Expr, scope: Scope, work: Work) -> Value:
    """The right side: ``ANY (...)`` stands for one of its elements, a path of keys for a text or number."""
    if isinstance(node, exp.JSONPath):
        last = node.expressions[-1]
        number = isinstance(last, exp.JSONPathSubscript)
        return Value(type=None if not work.structure.typed else "integer" if number else UNKNOWN)
    inside = _quantified(node)
    if inside is None:
        return value(node, scope, work)
    if isinstance(inside, exp.Query):
        return scalar(inside, scope, work)
    found = value(inside, scope, work)
    if found.type is None or found.type == UNKNOWN:
        return Value(type=found.type, placeholder=True, parameter=found.parameter)
    if not found.type.endswith("[]"):
        work.flaw(f"op ANY/ALL needs an array on its right side, not {found.type}")
        return NOTHING
    return Value(type=found.type[:-2])


def _quantified(node: exp.Expr) -> exp.Expr | None:
    """What stands in ANY (...), SOME (...) or ALL (...)."""
    inside: Any = None
    if isinstance(node, (exp.Any, exp.All)):
        inside = node.this
    elif isinstance(node, exp.Anonymous) and str(node.this).lower() in ("all", "some", "any"):
        inside = node.expressions[0] if len(node.expressions) == 1 else None
    while isinstance(inside, (exp.Paren, exp.Subquery)) and isinstance(inside.this, exp.Expr):
        inside = inside.this
    return inside if isinstance(inside, exp.Expr) else None


def operator(symbol: str, left: Value, right: Value, work: Work) -> Value:
    """The value of a binary operator."""
    if not work.structure.typed:
        return NOTHING
    if symbol in COMPARISONS and left.items and right.items:
        return _rows_compared(symbol, left, right, work)
    try:
        result = work.structure.types.operator(symbol, left.type, right.type)
    except NoMatch:
        work.flaw(f"operator does not exist: {left.type} {symbol} {right.type}")
        return NOTHING
    if symbol in COMPARISONS or (symbol in _ON_ARRAYS and "[]" in f"{left.type}{right.type}"):
        constants.compared(left, right, work)
    if symbol in COMPARISONS:
        work.meet(left.parameter, right.type)
        work.meet(right.parameter, left.type)
        result = "boolean"
    return Value(type=result)


@handles(exp.Operator)
def _own_operator(node: exp.Operator, scope: Scope, work: Work) -> Value:
    """An operator that the server does not bring along, or one with its schema."""
    left, right = value(node.this, scope, work), _right(node.expression, scope, work)
    schema, _, symbol = str(node.args["operator"]).rpartition(".")
    if not work.structure.typed or schema == "pg_catalog":
        return operator(symbol, left, right, work)
    known = [key for key in work.structure.catalog.others if key.kind == "OPERATOR" and key.name.name == symbol]
    if not known and symbol not in operators():
        work.flaw(f"operator {symbol} does not exist")
    elif not schema:
        return operator(symbol, left, right, work)
    return NOTHING


def _rows_compared(symbol: str, left: Value, right: Value, work: Work) -> Value:
    """Rows are compared value by value."""
    if len(left.items) != len(right.items):
        work.flaw(f"rows of {len(left.items)} and {len(right.items)} values cannot be compared")
    for one, other in zip(left.items, right.items, strict=False):
        operator(symbol, one, other, work)
    return BOOLEAN


@handles(exp.Neg, exp.BitwiseNot)
def _prefix(node: exp.Unary, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    if found.literal is not None and isinstance(node, exp.Neg):
        return Value(type=found.type, literal=f"-{found.literal}")
    if not work.structure.typed:
        return NOTHING
    try:
        return Value(type=work.structure.types.operator(_PREFIXES[type(node)], "", found.type))
    except NoMatch:
        work.flaw(f"operator does not exist: {_PREFIXES[type(node)]} {found.type}")
        return NOTHING


@handles(exp.MatchAgainst)
def _matched(node: exp.MatchAgainst, scope: Scope, work: Work) -> Value:
    found = values(node.expressions, scope, work)
    query = value(node.this, scope, work)
    return operator("@@", found[0], query, work) if len(found) == 1 else NOTHING
