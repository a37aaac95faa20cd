"""Which columns a grouped query may still name.

PostgreSQL lets a query name columns that GROUP BY does not, as long as GROUP BY holds the primary key of their
table (manual, 7.2.3): when the key goes, the query fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from migrail.compat.postgres import types
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.work import Work


def items(group: exp.Expr) -> Iterator[exp.Expr]:
    """The expressions of GROUP BY, those inside ROLLUP, CUBE and GROUPING SETS too."""
    for item in group.expressions:
        if isinstance(item, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple, exp.Paren)):
            parts = [item.this] if isinstance(item, exp.Paren) else item.expressions
            for part in parts:
                yield from part.expressions if isinstance(part, exp.Tuple) else [_bare(part)]
        else:
            yield item
    for key in ("rollup", "cube", "grouping_sets"):
        for item in group.args.get(key) or ():
            yield from (part for tuple_ in item.expressions for part in (tuple_.expressions or [_bare(tuple_)]))


def check(node: exp.Select, scope: Scope, work: Work) -> None:
    """Notes columns that stand outside aggregates and do not follow from GROUP BY."""
    if not work.structure.typed:
        return
    group = node.args.get("group")
    having = node.args.get("having")
    outputs = list(node.expressions)
    if any(_calls_own_aggregate(item, work) for item in outputs):
        return
    if group is None and having is None and not any(has_aggregate(item) for item in outputs):
        return
    grouped = list(items(group)) if group is not None else []
    if group is not None and group.args.get("all"):
        return
    order = node.args.get("order")
    ordered = [_aliased(item.this, outputs, scope, work) for item in order.expressions] if order is not None else []
    wanted = [*outputs, *([having.this] if having is not None else []), *ordered]
    keys = {found for item in grouped if (found := _resolved(_aliased(item, outputs, scope, work), scope, work))}
    texts = {_text(_aliased(item, outputs, scope, work)) for item in grouped}
    for item in wanted:
        for column in _ungrouped(item, texts):
            _check(column, keys, scope, work)


def _bare(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Paren) else node


def _aliased(item: exp.Expr, outputs: list[exp.Expr], scope: Scope, work: Work) -> exp.Expr:
    """What a position or the alias of an output stands for."""
    if isinstance(item, exp.Literal) and str(item.this).isdigit():
        place = int(item.this) - 1
        return _unaliased(outputs[place]) if place < len(outputs) else item
    if isinstance(item, exp.Column) and item.args.get("table") is None and isinstance(item.this, exp.Identifier):
        name = work.inner(item.this)
        if not scope.matches(name) and name not in scope.merged:
            for output in outputs:
                if isinstance(output, exp.Alias) and work.inner(output.args["alias"]) == name:
                    return _unaliased(output)
    return item


def _unaliased(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Alias) else node


def _text(node: exp.Expr) -> str:
    return node.sql(dialect="postgres", normalize=True, comments=False).lower()


def _calls_own_aggregate(node: exp.Expr, work: Work) -> bool:
    """Whether it calls an aggregate that migrations made, behind which columns are not followed."""
    functions = work.structure.catalog.functions
    own = {name.name for name, overloads in functions.items() if any(item.aggregate for item in overloads)}
    calls = (str(call.name).removeprefix("f__").lower() for call in node.find_all(exp.Anonymous)) if own else ()
    return any(name in own for name in calls)


def _is_aggregate(node: exp.Expr) -> bool:
    if isinstance(node, exp.AggFunc):
        return True
    if not isinstance(node, exp.Anonymous):
        return False
    name = str(node.this if isinstance(node.this, str) else node.this.name).removeprefix("f__").lower()
    return any(item.kind == "a" for item in types.functions(name))


def _aggregates(node: exp.Expr) -> bool:
    """Whether it is an aggregate, with what stands behind it, that is no window function."""
    inner = node.this if isinstance(node, (exp.Filter, exp.WithinGroup)) else node
    return isinstance(inner, exp.Expr) and _is_aggregate(inner) and not isinstance(node.parent, exp.Window)


def has_aggregate(node: exp.Expr) -> bool:
    """Whether an expression aggregates rows of its own query."""
    return any(
        _is_aggregate(part) and not isinstance(_above(part), exp.Window)
        for part in node.walk(prune=lambda part: isinstance(part, exp.Query))
    )


def _above(node: exp.Expr) -> exp.Expr | None:
    parent = node.parent
    return parent.parent if isinstance(parent, exp.Filter) else parent


def _ungrouped(node: exp.Expr, texts: set[str]) -> Iterator[exp.Column]:
    """The columns that stand in no aggregate and in nothing that GROUP BY repeats."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, exp.Query):
            continue
        if _aggregates(part):
            continue
        if texts and not isinstance(part, (exp.Literal, exp.Identifier)) and _text(_unaliased(part)) in texts:
            continue
        if isinstance(part, exp.Column):
            yield part
        else:
            pending.extend(part.iter_expressions())


def _resolved(node: exp.Expr, scope: Scope, work: Work) -> tuple[str, str] | None:
    """Alias and column, where it is a column of this query itself."""
    if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
        return None
    found = _owner(node, scope, work)
    return None if found is None else (str(found[0].alias), found[1].name)


def _owner(node: exp.Column, scope: Scope, work: Work) -> tuple[Source, Field] | None:
    name = work.inner(node.this)
    table = node.args.get("table")
    if table is None:
        matches = scope.matches(name)
        return matches[0] if len(matches) == 1 else None
    alias = work.folded(table)
    for source in scope.sources:
        if source.alias == alias:
            field = source.field(name)
            return None if field is None else (source, field)
    return None


def _check(column: exp.Column, keys: set[tuple[str, str]], scope: Scope, work: Work) -> None:
    if isinstance(column.this, exp.Star):
        return
    found = _owner(column, scope, work)
    if found is None:
        return
    source, field = found
    alias = str(source.alias)
    if (alias, field.name) in keys:
        return
    table = work.structure.catalog.tables.get(source.relation) if source.relation is not None else None
    key = table.primary_key if table is not None else None
    if key is not None and not key.deferrable and all((alias, name) in keys for name in key.columns):
        return
    if source.open:
        return
    work.flaw(f"column {alias}.{field.name} must appear in the GROUP BY clause or be used in an aggregate function")
