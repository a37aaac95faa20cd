"""Queries: SELECT, VALUES, set operations and what WITH defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from migrail.compat import grouping
from migrail.compat.expressions import Value, condition, value, values
from migrail.compat.from_clause import fill
from migrail.compat.outputs import outputs_of
from migrail.compat.parse import Unparsed, parse
from migrail.compat.postgres.types import UNKNOWN, NoMatch, common
from migrail.compat.relations import alias_of, renamed, source_of
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.work import Work


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
