"""Expressions: what their names mean, and on PostgreSQL which type they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.calls import call, kind_of_call
from migrail.compat.columns import column
from migrail.compat.domains import domain_takes, known_value
from migrail.compat.postgres.types import UNKNOWN, NoMatch, common, operators
from migrail.compat.relations import composite_fields
from migrail.compat.scope import Field, Scope
from migrail.compat.structure import type_from
from migrail.compat.work import Work
from migrail.model.structure import Name, SqlType


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What is known of the value of an expression."""

    type: str | None = None
    literal: str | None = None
    """The text of a constant."""
    null: bool = False
    """Whether it is NULL for certain."""
    width: int | None = None
    """Of a row, how many values it has."""
    items: tuple[Value, ...] = ()
    """Of a row, its values."""
    field: Field | None = None
    """The column that it is."""
    placeholder: bool = False
    parameter: int | None = None
    """Of a bare placeholder, its node: it takes the type that it meets."""

    @property
    def nullable(self) -> bool | None:
        """Whether it may be NULL; ``None`` where that is not known."""
        return True if self.null else None if self.field is None else self.field.nullable


BOOLEAN = Value(type="boolean")
NOTHING = Value()

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
_NAMED_VALUES: dict[type[exp.Expr], str] = {
    exp.CurrentTimestamp: "timestamptz", exp.CurrentDate: "date", exp.CurrentTime: "timetz",
    exp.Localtime: "time", exp.Localtimestamp: "timestamp", exp.CurrentUser: "name", exp.SessionUser: "name",
}  # fmt: skip
_REGISTERED = {"regclass": "relation", "regtype": "type", "regproc": "function", "regprocedure": "function"}


def value(node: exp.Expr, scope: Scope, work: Work) -> Value:
    """The value of an expression. Everything in it is looked at."""
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(node, scope, work)
    if isinstance(node, exp.Query):
        return _scalar(node, scope, work)
    if isinstance(node, exp.Binary) and type(node) in _OPERATORS:
        return _binary(node, scope, work)
    return _all_of_it(node, scope, work)


def condition(node: exp.Expr, where: str, scope: Scope, work: Work) -> None:
    """An expression that has to be a boolean, such as that of WHERE."""
    for part in node.flatten() if isinstance(node, exp.Connector) else (node,):
        found = value(part, scope, work)
        if found.type not in (None, "boolean", UNKNOWN):
            work.flaw(f"argument of {where} must be boolean, not {found.type}")
        elif found.type == UNKNOWN and found.literal is not None:
            constants.must_fit(found.literal, "boolean", work)


def values(nodes: Iterable[exp.Expr], scope: Scope, work: Work) -> list[Value]:
    """The values of several expressions."""
    return [value(node, scope, work) for node in nodes]


def _all_of_it(node: exp.Expr, scope: Scope, work: Work) -> Value:
    for part in node.iter_expressions():
        if not isinstance(part, (exp.Identifier, exp.DataType, exp.Var)):
            value(part, scope, work)
    return NOTHING


# Constants and names


def _literal(node: exp.Literal, scope: Scope, work: Work) -> Value:
    text = str(node.this)
    if node.is_string:
        return Value(type=UNKNOWN if work.structure.typed else None, literal=text)
    return Value(type=constants.type_of_number(text) if work.structure.typed else None, literal=text)


def _string(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, literal=str(node.this))


def _placeholder(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, placeholder=True, parameter=id(node))


def _null(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=UNKNOWN if work.structure.typed else None, null=True)


def _boolean(node: exp.Boolean, scope: Scope, work: Work) -> Value:
    return Value(type="boolean", literal="true" if node.this else "false")


def _column(node: exp.Column, scope: Scope, work: Work) -> Value:
    found = column(node, scope, work)
    return NOTHING if found is None else Value(type=found.type, field=found)


def _inside(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return value(node.this, scope, work)


def _named_value(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return Value(type=_NAMED_VALUES[type(node)] if work.structure.typed else None)


# Operators


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
        return _scalar(inside, scope, work)
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


def _not(node: exp.Not, scope: Scope, work: Work) -> Value:
    condition(node.this, "NOT", scope, work)
    return BOOLEAN if work.structure.typed else NOTHING


def _connected(node: exp.Connector, scope: Scope, work: Work) -> Value:
    condition(node, "AND" if isinstance(node, exp.And) else "OR", scope, work)
    return BOOLEAN if work.structure.typed else NOTHING


def _matched(node: exp.MatchAgainst, scope: Scope, work: Work) -> Value:
    found = values(node.expressions, scope, work)
    query = value(node.this, scope, work)
    return operator("@@", found[0], query, work) if len(found) == 1 else NOTHING


def _between(node: exp.Between, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    operator(">=", found, value(node.args["low"], scope, work), work)
    operator("<=", found, value(node.args["high"], scope, work), work)
    return BOOLEAN if work.structure.typed else NOTHING


def _in(node: exp.In, scope: Scope, work: Work) -> Value:
    query = node.args.get("query")
    if query is not None:
        inside = query.this if isinstance(query, exp.Subquery) else query
        fields = _subquery(inside, scope, work)
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


def _is(node: exp.Is, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    if isinstance(node.expression, exp.Boolean) and found.type not in (None, UNKNOWN, "boolean"):
        work.flaw(f"argument of IS must be boolean, not {found.type}")
    return BOOLEAN if work.structure.typed else NOTHING


def _exists(node: exp.Exists, scope: Scope, work: Work) -> Value:
    _subquery(node.this, scope, work)
    return BOOLEAN if work.structure.typed else NOTHING


# Several values that become one type


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
    return _common("CASE", found, work)


def _first_of(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return _common(node.key.upper(), values([node.this, *node.expressions], scope, work), work)


def _nullif(node: exp.Nullif, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    operator("=", found, value(node.expression, scope, work), work)
    return Value(type=found.type)


def _array(node: exp.Array, scope: Scope, work: Work) -> Value:
    if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Query):
        fields = _subquery(node.expressions[0], scope, work)
        element = fields[0].type if fields and len(fields) == 1 else None
    else:
        element = _common("ARRAY", values(node.expressions, scope, work), work).type
    if element is None or element.endswith("[]"):
        return Value(type=element)
    return Value(type="text[]" if element == UNKNOWN else f"{element}[]")


def _common(what: str, found: Sequence[Value], work: Work) -> Value:
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


def _tuple(node: exp.Expr, scope: Scope, work: Work) -> Value:
    found = tuple(values(node.expressions, scope, work))
    return Value(type="record" if work.structure.typed else None, width=len(found), items=found)


# Types


def _cast(node: exp.Expr, scope: Scope, work: Work) -> Value:
    wanted = cast_type(node.args["to"], work)
    if isinstance(node.this, exp.Array) and wanted is not None and wanted.dimensions and work.structure.typed:
        return _array_cast(node.this, wanted, scope, work)
    found = value(node.this, scope, work)
    if wanted is None or not work.structure.typed:
        return NOTHING
    spelled = work.structure.spelled(wanted)
    if spelled is None or not _type_exists(wanted, spelled, work):
        return NOTHING
    if found.type == UNKNOWN and found.literal is not None:
        if spelled in _REGISTERED:
            constants.registered(found.literal, _REGISTERED[spelled], work)
        else:
            constants.must_fit(found.literal, spelled, work)
    elif found.type == "record" and found.width is not None:
        _row_cast(found.width, spelled, work)
    elif found.type is not None and not _may_cast(found.type, spelled, work):
        work.flaw(f"cannot cast {found.type} to {spelled}")
    elif found.type in ("text", "varchar", "char") and work.structure.types.category(spelled) != "S":
        work.flaw(f"a text may be no {spelled}", certain=False)
    domain_takes(wanted, known_value(found.literal, number=found.type != UNKNOWN, null=found.null), "a value", work)
    return Value(type=spelled, null=found.null, placeholder=found.placeholder)


def _row_cast(width: int, spelled: str, work: Work) -> None:
    fields = composite_fields(spelled, work)
    if fields is not None and len(fields) != width:
        work.flaw(f"cannot cast a row of {width} to {spelled}, which has {len(fields)} columns")


def _array_cast(node: exp.Array, wanted: SqlType, scope: Scope, work: Work) -> Value:
    """The elements become the type that the array is cast to."""
    spelled = work.structure.spelled(wanted)
    if spelled is None or not _type_exists(wanted, spelled, work):
        values(node.expressions, scope, work)
        return NOTHING
    element = spelled.removesuffix("[]")
    for item in values(node.expressions, scope, work):
        if item.type == UNKNOWN and item.literal is not None:
            constants.must_fit(item.literal, element, work)
        elif item.type is not None and item.type != UNKNOWN and not _may_cast(item.type, element, work):
            work.flaw(f"cannot cast {item.type} to {element}")
    return Value(type=spelled)


def _may_cast(source: str, target: str, work: Work) -> bool:
    types = work.structure.types
    return not (types.knows(source) and types.knows(target)) or types.castable(source, target)


def cast_type(node: exp.Expr, work: Work) -> SqlType | None:
    """The type that a cast names."""
    return type_from(node.sql(dialect=work.structure.dialect.sqlglot), work.structure.dialect.name)


def _type_exists(wanted: SqlType, spelled: str, work: Work) -> bool:
    """Notes a type that is not there; types of extensions are not known one by one."""
    structure = work.structure
    schema, _, bare = wanted.name.rpartition(".")
    resolved = structure.catalog.resolve_type(wanted.name)
    if resolved is not None:
        work.use("type", resolved)
        return True
    if structure.types.knows(spelled) or schema in ("pg_catalog", "information_schema"):
        return True
    name = Name(schema or None, bare)
    if structure.catalog.resolve(name) in structure.catalog.tables:
        return True
    work.flaw(f"type {name} does not exist", certain=not structure.catalog.extensions)
    return False


def _collated(node: exp.Collate, scope: Scope, work: Work) -> Value:
    return Value(type=value(node.this, scope, work).type)


def _interval(node: exp.Interval, scope: Scope, work: Work) -> Value:
    if node.this is not None:
        value(node.this, scope, work)
    return Value(type="interval" if work.structure.typed else None)


def _extracted(node: exp.Extract, scope: Scope, work: Work) -> Value:
    return _called("extract", [Value(type=UNKNOWN), value(node.expression, scope, work)], work)


def _at_time_zone(node: exp.AtTimeZone, scope: Scope, work: Work) -> Value:
    found = value(node.this, scope, work)
    return _called("timezone", [value(node.args["zone"], scope, work), found], work)


def _trimmed(node: exp.Trim, scope: Scope, work: Work) -> Value:
    rest = [node.expression] if node.args.get("expression") is not None else []
    return _called("btrim", values([node.this, *rest], scope, work), work)


def _part(node: exp.Substring, scope: Scope, work: Work) -> Value:
    rest = [node.args[key] for key in ("start", "length") if node.args.get(key) is not None]
    return _called("substring", values([node.this, *rest], scope, work), work)


def _position(node: exp.StrPosition, scope: Scope, work: Work) -> Value:
    return _called("position", values([node.this, node.args["substr"]], scope, work), work)


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


# Calls, rows and subqueries


def _called(name: str, found: Sequence[Value], work: Work) -> Value:
    if not work.structure.typed:
        return NOTHING
    signature = call(Name("pg_catalog", name), [item.type for item in found], work)
    return Value(type=signature.result if signature else None)


def _function(node: exp.Anonymous, scope: Scope, work: Work, schema: str | None = None) -> Value:
    kind = kind_of_call(node, work)
    if kind == "row":
        return _tuple(node, scope, work)
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


def _dot(node: exp.Dot, scope: Scope, work: Work) -> Value:
    """``schema.function(...)``, ``(row).column`` or ``(row).*``."""
    if isinstance(node.expression, exp.Anonymous):
        schema = work.folded(node.this) if isinstance(node.this, exp.Identifier) else None
        return _function(node.expression, scope, work, schema)
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


def _scalar(node: exp.Query, scope: Scope, work: Work) -> Value:
    inside = node.this if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Query) else node
    fields = _subquery(inside, scope, work)
    if fields is None:
        return NOTHING
    if len(fields) != 1:
        work.flaw(f"subquery must return only one column, not {len(fields)}")
        return NOTHING
    return Value(type=fields[0].type)


def _subquery(node: exp.Expr, scope: Scope, work: Work) -> tuple[Field, ...] | None:
    """The columns of a query inside; ``None`` where they are not all known."""
    from migrail.compat.select import query_fields  # queries hold expressions, which hold queries

    while isinstance(node, (exp.Paren, exp.Subquery)) and isinstance(node.this, exp.Query):
        node = node.this
    if not isinstance(node, exp.Query):
        value(node, scope, work)
        return None
    source = query_fields(node, scope, work)
    return None if source.open else source.fields


def _window(node: exp.Window, scope: Scope, work: Work) -> Value:
    for part in node.args.get("partition_by") or ():
        value(part, scope, work)
    for key in ("order", "spec"):
        part = node.args.get(key)
        if isinstance(part, exp.Expr):
            _all_of_it(part, scope, work)
    return value(node.this, scope, work) if isinstance(node.this, exp.Expr) else NOTHING


def _filtered(node: exp.Expr, scope: Scope, work: Work) -> Value:
    condition(node.expression.this, "FILTER", scope, work)
    return value(node.this, scope, work)


def _within_group(node: exp.WithinGroup, scope: Scope, work: Work) -> Value:
    _all_of_it(node.expression, scope, work)
    for argument in node.this.expressions:
        value(argument, scope, work)
    return NOTHING


def _nothing(node: exp.Expr, scope: Scope, work: Work) -> Value:
    return NOTHING


Handler = Callable[[Any, Scope, Work], Value]

_HANDLERS: dict[type[exp.Expr], Handler] = {
    exp.Literal: _literal,
    exp.ByteString: _string,
    exp.RawString: _string,
    exp.UnicodeString: _string,
    exp.Placeholder: _placeholder,
    exp.Parameter: _placeholder,
    exp.Null: _null,
    exp.Boolean: _boolean,
    exp.Column: _column,
    exp.Operator: _own_operator,
    exp.Paren: _inside,
    exp.Alias: _inside,
    exp.Ordered: _inside,
    exp.Neg: _prefix,
    exp.BitwiseNot: _prefix,
    exp.Not: _not,
    exp.And: _connected,
    exp.Or: _connected,
    exp.MatchAgainst: _matched,
    exp.Between: _between,
    exp.In: _in,
    exp.Is: _is,
    exp.Exists: _exists,
    exp.Case: _case,
    exp.Coalesce: _first_of,
    exp.Greatest: _first_of,
    exp.Least: _first_of,
    exp.Nullif: _nullif,
    exp.Array: _array,
    exp.Tuple: _tuple,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Collate: _collated,
    exp.Interval: _interval,
    exp.Extract: _extracted,
    exp.AtTimeZone: _at_time_zone,
    exp.Trim: _trimmed,
    exp.Substring: _part,
    exp.StrPosition: _position,
    exp.Bracket: _element,
    exp.Anonymous: _function,
    exp.Dot: _dot,
    exp.Window: _window,
    exp.Filter: _filtered,
    exp.WithinGroup: _within_group,
    exp.Star: _nothing,
    exp.Var: _nothing,
    exp.Identifier: _nothing,
    exp.DataType: _nothing,
    **dict.fromkeys(_NAMED_VALUES, _named_value),
}
