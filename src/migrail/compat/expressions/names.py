"""Constants and names: literals, placeholders, columns and values that the server has a word for."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.columns import column
from migrail.compat.expressions.walk import NOTHING, Value, handles, value
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.scope import Scope
from migrail.compat.work import Work

_NAMED_VALUES: dict[type[exp.Expr], str] = {
    exp.CurrentTimestamp: "timestamptz", exp.CurrentDate: "date", exp.CurrentTime: "timetz",
    exp.Localtime: "time", exp.Localtimestamp: "timestamp", exp.CurrentUser: "name", exp.SessionUser: "name",
}  # fmt: skip


@handles(exp.Literal)
def _literal(node: exp.Literal, scope: Scope, work: Work) -> Value:
    text = str(node.this)
    if node.is_string:
        return Value(type=UNKNOWN if work.structure.typed else None, literal=text)
    return Value(type=constants.type_of_number(text) if work.structure.typed else None, literal=text)


@handles(exp.ByteString, exp.RawString, exp.UnicodeString)
def _string(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, literal=str(node.this))


@handles(exp.Placeholder, exp.Parameter)
def _placeholder(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, placeholder=True, parameter=id(node))


@handles(exp.Null)
def _null(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, null=True)


@handles(exp.Boolean)
def _boolean(node: exp.Boolean, scope: Scope, work: Work) -> Value:
    return Value(type="boolean", literal="true" if node.this else "false")


@handles(exp.Column)
def _column(node: exp.Column, scope: Scope, work: Work) -> Value:
    found = column(node, scope, work)
    return NOTHING if found is None else Value(type=found.type, field=found)


@handles(exp.Paren, exp.Alias, exp.Ordered)
def _inside(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return value(node.this, scope, work)


@handles(*_NAMED_VALUES)
def _named_value(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=_NAMED_VALUES[type(node)] if work.structure.typed else None)


@handles(exp.Star, exp.Var, exp.Identifier, exp.DataType)
def _nothing(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return NOTHING
