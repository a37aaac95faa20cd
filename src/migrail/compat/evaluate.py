"""Whether a CHECK accepts constants: true, false, or not to be told."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import exp

from migrail.dialects import Dialect


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is written in the query."""

    text: str
    number: bool
    """Whether it is written as a number."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    pass


@dataclass(frozen=True, slots=True)
class _Null:
    pass


ANY = _Unknown()
"""A value that is only known at run time."""
NULL = _Null()

Known = Constant | _Unknown | _Null
Value = Any
"""A Decimal, a text, a boolean, :data:`NULL` or :data:`ANY`."""

_LITERAL = re.compile(
    r"\s*(?:'((?:[^']|'')*)'|([+-]?\d+(?:\.\d+)?)|(true|false|null))\s*(?:::.*)?", re.IGNORECASE | re.DOTALL
)
_COMPARE: dict[type[exp.Expr], Callable[[Any, Any], bool]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


def constant(text: str) -> Known:
    """A default as a constant, where it is one."""
    found = _LITERAL.fullmatch(text)
    if found is None:
        return ANY
    if found[1] is not None:
        return Constant(found[1].replace("''", "'"), number=False)
    if found[3] is not None:
        return NULL if found[3].lower() == "null" else Constant(found[3].lower(), number=False)
    return Constant(found[2], number=True)


def check(text: str, values: Mapping[str, Known], dialect: Dialect) -> bool | None:
    """Whether a CHECK accepts a row; ``None`` where that depends on what is not known. NULL is accepted."""
    tree = _tree(text, dialect.sqlglot)
    if tree is None:
        return None
    try:
        found = _value(tree, values, dialect)
    except (RecursionError, InvalidOperation):
        return None
    if found is NULL:
        return True
    return found if isinstance(found, bool) else None


@lru_cache(maxsize=10_000)
def _tree(text: str, dialect: str) -> exp.Expr | None:
    if len(text) > 10_000:
        return None
    try:
        return sqlglot.parse_one(text, read=dialect, into=exp.Condition)
    except Exception:  # the text is anybody's and the parser somebody else's
        return None


def _value(node: exp.Expr, values: Mapping[str, Known], dialect: Dialect) -> Value:
    if isinstance(node, exp.Paren):
        return _value(node.this, values, dialect)
    if isinstance(node, exp.Literal):
        return str(node.this) if node.is_string else Decimal(str(node.this))
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Null):
        return NULL
    if isinstance(node, exp.Column):
        name = dialect.fold_inner(dialect.fold(node.name, bool(node.this.args.get("quoted"))))
        return _of(values.get(name, ANY))
    if isinstance(node, exp.Cast):
        return _value(node.this, values, dialect)
    if isinstance(node, exp.Neg):
        found = _value(node.this, values, dialect)
        return -found if isinstance(found, Decimal) else found if found is NULL else ANY
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(node, values, dialect)
    if type(node) in _COMPARE:
        return _compared(
            _COMPARE[type(node)], _value(node.this, values, dialect), _value(node.expression, values, dialect)
        )
    return ANY


def _of(known: Known) -> Value:
    if isinstance(known, Constant):
        return Decimal(known.text) if known.number and _is_number(known.text) else known.text
    return known


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def _compared(compare: Callable[[Any, Any], bool], left: Value, right: Value) -> Value:
    if left is NULL or right is NULL:
        return NULL
    if ANY in (left, right):
        return ANY
    if isinstance(left, bool) or isinstance(right, bool):
        words = [_truth(item) for item in (left, right)]
        return ANY if None in words else compare(words[0], words[1])
    if isinstance(left, Decimal) != isinstance(right, Decimal):
        text = right if isinstance(left, Decimal) else left
        if not _is_number(str(text)):
            return ANY
        left, right = Decimal(str(left)), Decimal(str(right))
    if isinstance(left, str) and compare not in (operator.eq, operator.ne):
        return ANY  # the order of texts depends on the collation, and they may be dates
    return compare(left, right)


def _truth(item: Value) -> bool | None:
    if isinstance(item, bool):
        return item
    return {"true": True, "t": True, "false": False, "f": False}.get(str(item).lower())


def _and(node: exp.And, values: Mapping[str, Known], dialect: Dialect) -> Value:
    parts = [_value(part, values, dialect) for part in node.flatten()]
    if any(part is False for part in parts):
        return False
    return ANY if ANY in parts else NULL if NULL in parts else True


def _or(node: exp.Or, values: Mapping[str, Known], dialect: Dialect) -> Value:
    parts = [_value(part, values, dialect) for part in node.flatten()]
    if any(part is True for part in parts):
        return True
    return ANY if ANY in parts else NULL if NULL in parts else False


def _not(node: exp.Not, values: Mapping[str, Known], dialect: Dialect) -> Value:
    found = _value(node.this, values, dialect)
    return not found if isinstance(found, bool) else found if found is NULL else ANY


def _is(node: exp.Is, values: Mapping[str, Known], dialect: Dialect) -> Value:
    found = _value(node.this, values, dialect)
    if found is ANY:
        return ANY
    wanted = node.expression
    if isinstance(wanted, exp.Null):
        outcome = found is NULL
    elif isinstance(wanted, exp.Boolean):
        outcome = _truth(found) is bool(wanted.this) if found is not NULL else False
    else:
        return ANY
    return outcome != bool(node.args.get("negate"))


def _in(node: exp.In, values: Mapping[str, Known], dialect: Dialect) -> Value:
    if node.args.get("query") is not None:
        return ANY
    found = _value(node.this, values, dialect)
    return _among(found, [_value(item, values, dialect) for item in node.expressions])


def _among(found: Value, items: list[Value]) -> Value:
    outcomes = [_compared(operator.eq, found, item) for item in items]
    if any(outcome is True for outcome in outcomes):
        return True
    return ANY if ANY in outcomes else NULL if NULL in outcomes else False


def _equal(node: exp.EQ, values: Mapping[str, Known], dialect: Dialect) -> Value:
    left, right = _value(node.this, values, dialect), node.expression
    if isinstance(right, exp.Any):
        inside = right.this
        while isinstance(inside, (exp.Paren, exp.Cast)):
            inside = inside.this
        if not isinstance(inside, exp.Array):
            return ANY
        return _among(left, [_value(item, values, dialect) for item in inside.expressions])
    return _compared(operator.eq, left, _value(right, values, dialect))


def _between(node: exp.Between, values: Mapping[str, Known], dialect: Dialect) -> Value:
    found = _value(node.this, values, dialect)
    low = _compared(operator.ge, found, _value(node.args["low"], values, dialect))
    high = _compared(operator.le, found, _value(node.args["high"], values, dialect))
    if False in (low, high) and any(part is False for part in (low, high)):
        return False
    return ANY if ANY in (low, high) else NULL if NULL in (low, high) else True


def _length(node: exp.Length, values: Mapping[str, Known], dialect: Dialect) -> Value:
    found = _value(node.this, values, dialect)
    return Decimal(len(found)) if isinstance(found, str) else found if found is NULL else ANY


_HANDLERS: dict[type[exp.Expr], Callable[[Any, Mapping[str, Known], Dialect], Value]] = {
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.Is: _is,
    exp.In: _in,
    exp.EQ: _equal,
    exp.Between: _between,
    exp.Length: _length,
}
