"""Names of columns → the columns that they mean."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat.scope import Field, Scope, Source
from migrail.compat.work import Work


def column(node: exp.Column, scope: Scope, work: Work) -> Field | None:
    """The column; ``None`` where it is not known, with a flaw where there is none of that name."""
    table = node.args.get("table")
    if not isinstance(node.this, exp.Identifier):
        return _whole_row(table, scope, work)
    name = work.inner(node.this)
    found = _qualified(node, name, scope, work) if table is not None else _bare(node, name, scope, work)
    if found is not None and found.origin is not None:
        work.use("column", *found.origin)
    return found


def _whole_row(table: exp.Expr | None, scope: Scope, work: Work) -> Field | None:
    """``t.*`` where a value is wanted."""
    source = scope.source(work.folded(table)) if table is not None else None
    return None if source is None or source.type is None else Field(name=str(source.alias), type=source.type)


def _qualified(node: exp.Column, name: str, scope: Scope, work: Work) -> Field | None:
    alias = work.folded(node.args["table"])
    schema = node.args.get("db")
    source = scope.source(alias)
    if source is None or (schema is not None and _is_elsewhere(source, work.folded(schema))):
        if work.variables is None:
            work.flaw(f"missing FROM-clause entry for table {alias}", missing=True)
        return None
    found = source.field(name)
    if found is None:
        if source.type is not None and name == alias:
            return Field(name=name, type=source.type)
        if not source.open:
            _missing(name, source, work)
        return None
    work.meanings[id(node)] = (_meaning(source, found), f"{alias}.{name}")
    return found


def _is_elsewhere(source: Source, schema: str) -> bool:
    return source.relation is not None and source.relation.schema not in (schema, None)


def _all(scope: Scope) -> list[Source]:
    return [source for part in scope.around() for source in part.sources]


def _bare(node: exp.Column, name: str, scope: Scope, work: Work) -> Field | None:
    opened = False
    for part in scope.around():
        if name in part.merged:
            return part.merged[name]
        matches = part.matches(name)
        if len(matches) > 1:
            owners = " and ".join(str(source.alias) for source, _ in matches[:2])
            work.flaw(f"column {name} is ambiguous: {owners} have one")
            return None
        if matches:
            source, found = matches[0]
            if not opened:
                work.meanings[id(node)] = (_meaning(source, found), name)
            return found
        if name in part.aliases:
            return part.aliases[name]
        opened = opened or part.open
    whole = scope.source(name)
    if whole is not None:
        work.meanings[id(node)] = (f"row {whole.relation or whole.alias}", name)
        return Field(name=name, type=whole.type)
    if not opened and (work.variables is None or name not in work.variables):
        _nowhere(name, scope, work)
    return None


def _meaning(source: Source, found: Field) -> str:
    return f"{source.relation or source.alias}.{found.name}"


def _missing(name: str, source: Source, work: Work) -> None:
    owner = work.shown(source.relation) if source.relation is not None else source.alias
    work.flaw(f"column {owner}.{name} does not exist", missing=True)


def _nowhere(name: str, scope: Scope, work: Work) -> None:
    known = _all(scope)
    if len(known) == 1:
        _missing(name, known[0], work)
    else:
        work.flaw(f"column {name} does not exist", missing=True)
