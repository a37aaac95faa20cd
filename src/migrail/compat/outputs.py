"""The columns that come out of a SELECT list or RETURNING."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from migrail.compat.expressions import Value, value
from migrail.compat.relations import composite_fields
from migrail.compat.scope import Field, Scope
from migrail.compat.work import Work


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
