"""What stands in FROM: tables, queries, functions and joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from migrail.compat.calls import call, overloads
from migrail.compat.expressions import Value, condition, value, values
from migrail.compat.postgres.types import NoMatch
from migrail.compat.relations import alias_of, composite_fields, renamed, source_of
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.structure import type_from
from migrail.compat.work import Work
from migrail.model.structure import Name

_OUTER = {"LEFT": (False, True), "RIGHT": (True, False), "FULL": (True, True)}
"""Side of a join → whether what stands before it, and what it joins, may have no row."""


def fill(scope: Scope, node: exp.Expr, work: Work) -> None:
    """Puts what stands in FROM into the scope."""
    from_ = node.args.get("from_")
    if isinstance(from_, exp.From):
        add_item(scope, from_.this, work)
    for join in node.args.get("joins") or ():
        add_join(scope, join, work)
    for lateral in node.args.get("laterals") or ():
        add_item(scope, lateral, work)


def add_item(scope: Scope, item: exp.Expr, work: Work) -> None:
    """One item of FROM with the joins that are written behind it."""
    scope.sources.append(_item(item, scope, work))
    for join in item.args.get("joins") or ():
        add_join(scope, join, work)


def _item(item: exp.Expr, scope: Scope, work: Work) -> Source:
    from migrail.compat.select import query_fields  # what stands in FROM may be a query

    if isinstance(item, exp.Table):
        if item.args.get("rows_from"):
            return Source(alias=alias_of(item, work)[0], open=True)
        if isinstance(item.this, (exp.Anonymous, exp.Func, exp.Dot)):
            return _function_item(item, scope, work)
        return source_of(item, scope, work)
    if isinstance(item, exp.Lateral):
        inside = item.this
        if isinstance(inside, (exp.Subquery, exp.Query)):
            alias, columns = alias_of(item, work)
            found = query_fields(inside, scope, work)
            return renamed(replace(found, alias=alias, relation=None, type=None), columns)
        return _function_item(item, scope, work)
    if isinstance(item, exp.Subquery) and isinstance(item.this, exp.Table):
        return _item(item.this, scope, work)
    if isinstance(item, (exp.Subquery, exp.Query, exp.Values)):
        alias, columns = alias_of(item, work)
        # What stands beside it in FROM is not in sight without LATERAL.
        found = query_fields(item, Scope(outer=scope.outer, ctes=scope.ctes), work)
        return renamed(replace(found, alias=alias, relation=None, type=None), columns)
    if isinstance(item, exp.Paren):
        return _item(item.this, scope, work)
    alias, columns = alias_of(item, work)
    value(item, scope, work)
    return renamed(Source(alias=alias, open=True), columns)


def _function_item(item: exp.Expr, scope: Scope, work: Work) -> Source:
    """A function in FROM: its columns, or one that has its name."""
    node, schema = item.this, None
    if isinstance(node, exp.Dot):
        schema, node = work.folded(node.this), node.expression
    elif item.args.get("db") is not None:
        schema = work.folded(item.args["db"])
    alias, columns = alias_of(item, work)
    if not isinstance(node, exp.Anonymous) or not work.structure.typed:
        value(node, scope, work)
        return renamed(Source(alias=alias, open=True), columns)
    found = value(item.this if schema is None or isinstance(item.this, exp.Dot) else node, scope, work)
    name = Name(schema, work.folded(node) if isinstance(node.this, str) else work.folded(node.this))
    fields = _function_fields(name, node, found, scope, work)
    defined = _defined_columns(item, work)
    if defined is not None:
        fields = defined
    if fields is None:
        return renamed(Source(alias=alias or name.name, open=True), columns)
    if item.args.get("ordinality"):
        fields = (*fields, Field(name="ordinality", type="bigint", nullable=False))
    elif len(fields) == 1 and alias and not columns and not item.args.get("ordinality"):
        fields = (replace(fields[0], name=alias if fields[0].name == name.name else fields[0].name),)
    return renamed(Source(alias=alias or name.name, fields=fields), columns)


def _function_fields(
    name: Name, node: exp.Anonymous, found: Value, scope: Scope, work: Work
) -> tuple[Field, ...] | None:
    if len(node.expressions) > 1 and name.name == "unnest":
        return None
    quiet = work.aside()
    arguments = [item.type for item in values(node.expressions, scope, quiet)]
    signatures = {item.columns for item in overloads(name, quiet)}
    chosen = call(name, arguments, quiet)
    columns = chosen.columns if chosen else next(iter(signatures)) if len(signatures) == 1 else ()
    if columns:
        return tuple(Field(name=column, type=type_) for column, type_ in columns)
    if found.type is None or found.type == "record":
        return None
    composite = composite_fields(found.type, work)
    if composite is None and not work.structure.types.knows(found.type):
        return None
    return composite if composite is not None else (Field(name=name.name, type=found.type),)


def _defined_columns(item: exp.Expr, work: Work) -> tuple[Field, ...] | None:
    """``AS t(a integer, b text)``."""
    alias = item.args.get("alias")
    columns = alias.args.get("columns") if isinstance(alias, exp.TableAlias) else None
    if not columns or not all(isinstance(column, exp.ColumnDef) for column in columns):
        return None
    found: list[Field] = []
    for column in columns:
        kind = column.args.get("kind")
        type_ = type_from(kind.sql(dialect="postgres"), work.structure.dialect.name) if kind is not None else None
        found.append(Field(name=work.inner(column.this), type=work.structure.spelled(type_)))
    return tuple(found)


def add_join(scope: Scope, join: exp.Expr, work: Work) -> None:
    """What JOIN or a comma adds to the items before it."""
    before = len(scope.sources)
    left = scope.sources[:]
    add_item(scope, join.this, work)
    right = scope.sources[before:]
    side = str(join.args.get("side") or "").upper()
    nullable_left, nullable_right = _OUTER.get(side, (False, False))
    names: list[str] = [work.inner(item) for item in join.args.get("using") or ()]
    if str(join.args.get("method") or "").upper() == "NATURAL":
        names = _shared(left, right)
    for name in names:
        _merge(name, left, right, scope, work)
    on = join.args.get("on")
    if on is not None:
        condition(on, "JOIN/ON", scope, work)
    if nullable_left:
        scope.sources[:before] = [source.nullable() for source in left]
    if nullable_right:
        scope.sources[before:] = [source.nullable() for source in right]


def _shared(left: Sequence[Source], right: Sequence[Source]) -> list[str]:
    known = {item.name for source in left for item in source.fields}
    return [item.name for source in right for item in source.fields if item.name in known]


def _merge(name: str, left: Sequence[Source], right: Sequence[Source], scope: Scope, work: Work) -> None:
    sides: list[Field] = []
    for sources, where in ((left, "left"), (right, "right")):
        found = [item for source in sources if (item := source.field(name)) is not None]
        if name in scope.merged and where == "left":
            found = [scope.merged[name]]
        if len(found) > 1:
            work.flaw(f"common column name {name} appears more than once in {where} table")
        if not found:
            if not any(source.open for source in sources):
                work.flaw(f"column {name} in USING does not exist in {where} table")
            return
        sides.append(found[0])
        for item in found:
            if item.origin is not None:
                work.use("column", *item.origin)
    if work.structure.typed:
        try:
            work.structure.types.operator("=", sides[0].type, sides[1].type)
        except NoMatch:
            work.flaw(f"operator does not exist: {sides[0].type} = {sides[1].type}")
    scope.merged[name] = sides[0]
