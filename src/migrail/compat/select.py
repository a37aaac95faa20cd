"""Queries: SELECT, VALUES, set operations and what WITH defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from migrail.compat import grouping
from migrail.compat.calls import call, overloads
from migrail.compat.expressions import Value, condition, value, values
from migrail.compat.parse import Unparsed, parse
from migrail.compat.postgres.types import UNKNOWN, NoMatch, common
from migrail.compat.relations import alias_of, composite_fields, renamed, source_of
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.structure import type_from
from migrail.compat.work import Work
from migrail.model.structure import Name

_OUTER = {"LEFT": (False, True), "RIGHT": (True, False), "FULL": (True, True)}
"""Side of a join → whether what stands before it, and what it joins, may have no row."""


def query_fields(node: exp.Expr, outer: Scope, work: Work) -> Source:
    """The columns of a query that stands inside another one, or alone below an empty scope."""
    ctes = with_sources(node, outer, work)
    scope = Scope(outer=outer, ctes=ctes)
    if isinstance(node, exp.Subquery):
        return query_fields(node.this, scope, work)
    if isinstance(node, exp.SetOperation):
        return _set_operation(node, scope, work)
    if isinstance(node, exp.Values):
        return _values(node, scope, work)
    if isinstance(node, exp.Select):
        return _select(node, scope, work)
    if isinstance(node, exp.Table):
        return source_of(node, scope, work)
    from migrail.compat.writes import write_fields  # what writes holds queries

    return write_fields(node, scope, work)


def with_sources(node: exp.Expr, outer: Scope, work: Work) -> dict[str, Source]:
    """The names that WITH defines in front of a statement, and those around it."""
    ctes = dict(outer.ctes)
    clause = node.args.get("with_")
    if clause is None:
        return ctes
    recursive = bool(clause.args.get("recursive"))
    for cte in clause.expressions:
        alias, columns = alias_of(cte, work)
        name = alias or ""
        scope = Scope(outer=outer, ctes=ctes)
        inside = cte.this
        if recursive and isinstance(inside, exp.SetOperation):
            first = renamed(query_fields(inside.left, scope, work.aside()), columns)
            scope = Scope(outer=outer, ctes={**ctes, name: replace(first, alias=name, relation=None)})
        found = query_fields(inside, scope, work)
        more = _search_columns(clause, work)
        ctes[name] = replace(renamed(found, columns), alias=name, relation=None, type=None)
        if more:
            ctes[name] = replace(ctes[name], fields=(*ctes[name].fields, *more))
    return ctes


def _search_columns(clause: exp.Expr, work: Work) -> tuple[Field, ...]:
    """The columns that SEARCH and CYCLE add."""
    found: list[Field] = []
    for key in ("search", "cycle"):
        part = clause.args.get(key)
        for name in ("expression", "using"):
            column = part.args.get(name) if isinstance(part, exp.Expr) else None
            if isinstance(column, exp.Expr):
                found.append(Field(name=work.inner(column)))
    return tuple(found)


# FROM


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


# SELECT


def _select(node: exp.Select, scope: Scope, work: Work) -> Source:
    fill(scope, node, work)
    for key, where in (("where", "WHERE"), ("qualify", "QUALIFY")):
        clause = node.args.get(key)
        if clause is not None:
            condition(clause.this, where, scope, work)
    outputs, opened = outputs_of(node.expressions, scope, work)
    _grouped(node, scope, outputs, work)
    for window in node.args.get("windows") or ():
        for part in (*(window.args.get("partition_by") or ()), window.args.get("order")):
            if part is not None:
                value(part, scope, work)
    distinct = node.args.get("distinct")
    if distinct is not None and distinct.args.get("on") is not None:
        values(distinct.args["on"].expressions or [distinct.args["on"]], _with_aliases(scope, outputs), work)
    elif distinct is not None:
        _needs_equality(outputs, "DISTINCT", work)
    _ordered(node, scope, outputs, work)
    for lock in node.args.get("locks") or ():
        _locked(lock, scope, work)
    return Source(alias=None, fields=tuple(outputs), open=opened)


def _locked(lock: exp.Expr, scope: Scope, work: Work) -> None:
    for table in lock.expressions:
        alias = work.folded(table.this if isinstance(table, exp.Table) else table)
        if all(source.alias != alias for source in scope.sources):
            work.flaw(f"relation {alias} in FOR UPDATE clause not found in FROM clause")
    wanted = {work.folded(table.this if isinstance(table, exp.Table) else table) for table in lock.expressions}
    for source in scope.sources:
        if not wanted or source.alias in wanted:
            _lockable(source, work)


def _lockable(source: Source, work: Work) -> None:
    """Rows of a view can only be locked where they are rows of tables (manual, SELECT, "The Locking Clause")."""
    view = work.structure.catalog.views.get(source.relation) if source.relation is not None else None
    if view is None or not work.structure.typed:
        return
    parsed = parse(view.query, work.structure.dialect)
    tree = None if isinstance(parsed, Unparsed) else parsed.tree
    if view.materialized:
        reason = "it is materialized"
    elif isinstance(tree, exp.SetOperation):
        reason = "it is made of several queries"
    elif tree is not None and any(tree.args.get(key) for key in ("group", "having", "distinct", "windows")):
        reason = "it groups rows"
    elif tree is not None and any(join.args.get("side") for join in tree.args.get("joins") or ()):
        reason = "its tables are joined by an outer join"
    else:
        return
    work.flaw(f"cannot lock rows of view {work.shown(view.name)}: {reason}")


def outputs_of(nodes: Sequence[exp.Expr], scope: Scope, work: Work) -> tuple[list[Field], bool]:
    """The columns of a SELECT list or RETURNING, and whether there may be more."""
    outputs: list[Field] = []
    opened = False
    for node in nodes:
        for item in _output(node, scope, work):
            if item is None:
                opened = True
            else:
                outputs.append(item)
    return outputs, opened


def _output(node: exp.Expr, scope: Scope, work: Work) -> Iterator[Field | None]:
    if isinstance(node, exp.Star):
        yield from _starred(scope, None, work)
    elif isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
        yield from _starred(scope, node, work)
    elif isinstance(node, exp.Dot) and isinstance(node.expression, exp.Star):
        yield from _row_starred(node, scope, work)
    else:
        found = value(node, scope, work)
        yield _named(node, found, work)


def _named(node: exp.Expr, found: Value, work: Work) -> Field:
    name = _name_of(node, work)
    if found.field is not None:
        return replace(found.field, name=name)
    return Field(name=name, type=found.type, nullable=found.nullable)


def _name_of(node: exp.Expr, work: Work) -> str:
    if isinstance(node, exp.Alias):
        return work.inner(node.args["alias"])
    if isinstance(node, exp.Column):
        return work.inner(node.this)
    if isinstance(node, exp.Anonymous):
        return work.folded(node) if isinstance(node.this, str) else work.folded(node.this)
    if isinstance(node, (exp.Cast, exp.Paren, exp.Window, exp.Filter, exp.Collate)) and node.this is not None:
        return _name_of(node.this, work)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Expr):
        return (
            _name_of(node.expression, work)
            if isinstance(node.expression, exp.Anonymous)
            else work.inner(node.expression)
        )
    return _NAMES.get(type(node), "?column?")


_NAMES: dict[type[exp.Expr], str] = {
    exp.Case: "case",
    exp.Coalesce: "coalesce",
    exp.Exists: "exists",
    exp.Array: "array",
}


def _starred(scope: Scope, node: exp.Column | None, work: Work) -> Iterator[Field | None]:
    sources = [source for source in scope.sources if not source.qualified_only]
    if node is not None:
        alias = work.folded(node.args["table"])
        source = scope.source(alias)
        if source is None:
            work.flaw(f"missing FROM-clause entry for table {alias}")
            yield None
            return
        sources = [source]
    elif scope.merged:
        yield from scope.merged.values()
    for source in sources:
        for item in source.fields:
            if node is not None or item.name not in scope.merged:
                yield item
        if source.open:
            yield None


def _row_starred(node: exp.Dot, scope: Scope, work: Work) -> Iterator[Field | None]:
    found = value(node.this, scope, work)
    fields = composite_fields(found.type, work)
    if fields is None:
        yield None
    else:
        yield from fields


# GROUP BY, ORDER BY


def _with_aliases(scope: Scope, outputs: Sequence[Field]) -> Scope:
    return replace(scope, aliases={item.name: item for item in outputs})


def _grouped(node: exp.Select, scope: Scope, outputs: Sequence[Field], work: Work) -> None:
    group = node.args.get("group")
    inside = _with_aliases(scope, outputs)
    if group is not None:
        for item in grouping.items(group):
            if not _is_position(item):
                found = value(item, inside, work)
                _needs_equality([Field(name="", type=found.type)], "GROUP BY", work)
    having = node.args.get("having")
    if having is not None:
        condition(having.this, "HAVING", scope, work)
    grouping.check(node, scope, work)


def _ordered(node: exp.Expr, scope: Scope, outputs: Sequence[Field], work: Work) -> None:
    order = node.args.get("order")
    if order is None:
        return
    for item in order.expressions:
        inner = item.this if isinstance(item, exp.Ordered) else item
        if _is_position(inner):
            continue
        if isinstance(inner, exp.Column) and inner.args.get("table") is None:
            name = work.inner(inner.this)
            known = [output for output in outputs if output.name == name]
            if known:  # output columns come before those of FROM (manual, SELECT, ORDER BY)
                _needs_order(known[0].type, work)
                continue
        found = value(inner, _with_aliases(scope, outputs), work)
        _needs_order(found.type, work)


def _is_position(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and str(node.this).isdigit()


_WITHOUT_ORDER = frozenset({"json", "xml", "point", "line", "box", "path", "polygon", "circle"})
_WITHOUT_EQUALITY = _WITHOUT_ORDER - {"line", "box", "path", "circle"}


def _needs_order(type_: str | None, work: Work) -> None:
    if type_ in _WITHOUT_ORDER:
        work.flaw(f"could not identify an ordering operator for type {type_}")


def _needs_equality(outputs: Sequence[Field], where: str, work: Work) -> None:
    for item in outputs:
        if item.type in _WITHOUT_EQUALITY:
            work.flaw(f"could not identify an equality operator for type {item.type} in {where}")


# VALUES and set operations


def _values(node: exp.Values, scope: Scope, work: Work) -> Source:
    rows = [
        values(row.expressions if isinstance(row, exp.Tuple) else [row], scope, work) for row in node.expressions
    ]
    alias, columns = alias_of(node, work)
    width = max((len(row) for row in rows), default=0)
    fields = [
        Field(
            name=f"column{index + 1}",
            type=_type_of([row[index] for row in rows if len(row) > index], "VALUES", work),
        )
        for index in range(width)
    ]
    return renamed(Source(alias=alias, fields=tuple(fields)), columns)


def _type_of(found: Sequence[Value], what: str, work: Work) -> str | None:
    if not work.structure.typed:
        return None
    try:
        return common(work.structure.types, [item.type for item in found])
    except NoMatch:
        kinds = list(dict.fromkeys(str(item.type) for item in found if item.type != UNKNOWN))
        work.flaw(f"{what} types {' and '.join(kinds[:2])} cannot be matched")
        return None


def _set_operation(node: exp.SetOperation, scope: Scope, work: Work) -> Source:
    parts = list(_operands(node))
    found = [query_fields(part, scope, work) for part in parts]
    first = found[0]
    if any(source.open for source in found):
        return replace(first, open=True)
    what = "UNION" if isinstance(node, exp.Union) else "INTERSECT" if isinstance(node, exp.Intersect) else "EXCEPT"
    if len({len(source.fields) for source in found}) > 1:
        counts = " and ".join(str(len(source.fields)) for source in found[:2])
        work.flaw(f"each {what} query must have the same number of columns, not {counts}")
        return replace(first, open=True)
    fields: list[Field] = []
    for column in zip(*(source.fields for source in found), strict=True):
        type_ = _type_of([Value(type=item.type) for item in column], what, work)
        same = all(item.shown == column[0].shown for item in column)
        nullable = any(item.nullable for item in column) if all(i.nullable is not None for i in column) else None
        fields.append(replace(column[0], type=type_, nullable=nullable, shown=column[0].shown if same else None))
    if node.args.get("distinct"):
        _needs_equality(fields, what, work)
    _ordered(node, Scope(outer=None), fields, work)
    return Source(alias=None, fields=tuple(fields))


def _operands(node: exp.Expr) -> Iterator[exp.Expr]:
    """The queries of a chain of set operations, from the left."""
    chain: list[exp.Expr] = []
    current = node
    while isinstance(current, exp.SetOperation):
        chain.append(current.expression)
        current = current.this
    yield current
    yield from reversed(chain)
