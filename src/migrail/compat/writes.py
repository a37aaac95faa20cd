"""INSERT, UPDATE, DELETE and MERGE: what they write, and what the table takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from migrail.compat import assignments, conflicts, triggers
from migrail.compat.assignments import Given
from migrail.compat.expressions import condition, value
from migrail.compat.from_clause import add_item, add_join
from migrail.compat.outputs import outputs_of
from migrail.compat.relations import alias_of, composite_fields, is_system, name_of, relation
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.select import query_fields, with_sources
from migrail.compat.targets import Target, target_of
from migrail.compat.work import Work

_DEFAULT = "DEFAULT"


def write_fields(node: exp.Expr, outer: Scope, work: Work) -> Source:
    """The columns of RETURNING, and everything that the statement does on the way."""
    if isinstance(node, exp.Insert):
        return _insert(node, outer, work)
    if isinstance(node, exp.Update):
        return _update(node, outer, work)
    if isinstance(node, exp.Delete):
        return _delete(node, outer, work)
    if isinstance(node, exp.Merge):
        return _merge(node, outer, work)
    return Source(alias=None, open=True)


@dataclass(slots=True)
class _Written:
    """A relation that is written, as its statement sees it."""

    source: Source
    target: Target | None


def _written(node: exp.Expr, verb: str, work: Work) -> _Written:
    table = node.this if isinstance(node, exp.Schema) else node
    name = name_of(table, work)
    alias, _ = alias_of(table, work)
    if is_system(name):
        return _Written(source=Source(alias=alias or name.name, open=True), target=None)
    found = relation(name, work)
    work.meanings[id(table)] = (str(found.relation or name), f"the relation {name}")
    source = replace(found, alias=alias or name.name)
    target = target_of(found, verb, work)
    if target is not None:
        work.writes.setdefault(target.table.name, set()).add(verb)
    return _Written(source=source, target=target)


def _returning(node: exp.Expr, scope: Scope, work: Work) -> Source:
    clause = node.args.get("returning")
    if clause is None:
        return Source(alias=None)
    outputs, opened = outputs_of(clause.expressions, scope, work)
    return Source(alias=None, fields=tuple(outputs), open=opened)


# INSERT


def _insert(node: exp.Insert, outer: Scope, work: Work) -> Source:
    ctes = with_sources(node, outer, work)
    scope = Scope(outer=outer, ctes=ctes)
    into = node.this
    written = _written(into, "INSERT", work)
    named = [work.inner(_column_name(item)) for item in into.expressions] if isinstance(into, exp.Schema) else None
    columns = _insert_columns(named, written.source, work)
    rows = _rows(node, columns, written, scope, work)
    if written.target is not None:
        _check_rows(node, columns, rows, written, named, work)
    scope.sources.append(written.source)
    conflict = node.args.get("conflict")
    if conflict is not None:
        _on_conflict(conflict, written, scope, work)
    if written.target is not None:
        surely = conflict is None and _has_rows(node)
        triggers.fire(written.target.table, "INSERT", set(columns or ()), work, certain=surely)
    return _returning(node, scope, work)


def _column_name(item: exp.Expr) -> exp.Expr:
    """``a`` of ``a[1]`` and ``a.b``."""
    while not isinstance(item, exp.Identifier) and isinstance(item.this, exp.Expr):
        item = item.this
    return item


def _insert_columns(named: Sequence[str] | None, source: Source, work: Work) -> list[str] | None:
    """The columns that values are written to, in order; ``None`` where that cannot be told."""
    if named is None:
        return None if source.open else [item.name for item in source.fields if not _is_left_out(item, work)]
    for name in named:
        if source.field(name) is None and not source.open:
            owner = work.shown(source.relation) if source.relation is not None else source.alias
            work.flaw(f"column {owner}.{name} does not exist", missing=True)
        elif (field := source.field(name)) is not None and field.origin is not None:
            work.use("column", *field.origin)
    return list(named)


def _is_left_out(item: Field, work: Work) -> bool:
    """Whether an INSERT without a list of columns passes over the column: SQLite, where it is generated."""
    if work.structure.dialect.name != "sqlite" or item.origin is None:
        return False
    table = work.structure.catalog.tables.get(item.origin[0])
    column = table.columns.get(item.origin[1]) if table is not None else None
    return column is not None and column.generated is not None


def _rows(
    node: exp.Insert, columns: list[str] | None, written: _Written, scope: Scope, work: Work
) -> list[list[Given]] | None:
    """What is written, row by row; ``None`` where the number of values is not known."""
    source = node.expression
    if node.args.get("default") or source is None:
        return [[]]
    while isinstance(source, exp.Subquery) and not source.args.get("with_") and isinstance(source.this, exp.Query):
        source = source.this
    if isinstance(source, exp.Values):
        return [
            [_given(item, scope, work) for item in (row.expressions if isinstance(row, exp.Tuple) else [row])]
            for row in source.expressions
        ]
    found = query_fields(source, scope, work)
    if found.open:
        return None
    return [[_from_field(item) for item in found.fields]]


def _from_field(item: Field) -> Given:
    return Given(type=item.type, nullable=item.nullable, null=False, literal=None)


def _given(node: exp.Expr, scope: Scope, work: Work) -> Given:
    if isinstance(node, (exp.Var, exp.Column)) and node.name.upper() == _DEFAULT:
        return Given(default=True)
    found = value(node, scope, work)
    return Given(
        type=found.type,
        literal=found.literal,
        null=found.null,
        nullable=True if found.placeholder or found.null else found.nullable,
        placeholder=found.placeholder,
        parameter=found.parameter,
        width=found.width,
    )


def _check_rows(
    node: exp.Insert,
    columns: list[str] | None,
    rows: list[list[Given]] | None,
    written: _Written,
    named: Sequence[str] | None,
    work: Work,
) -> None:
    target = written.target
    assert target is not None
    if columns is None:
        return
    certain = assignments.surely(target, rows=_has_rows(node))
    if rows is None:
        assignments.leaves_out(target, columns, work, certain=certain)
        return
    for row in rows:
        if len(row) > len(columns):
            work.flaw(f"INSERT has more values ({len(row)}) than target columns ({len(columns)})")
            return
        exact = named is not None or not work.structure.typed  # PostgreSQL fills up with defaults
        if row and exact and len(row) < len(columns):
            work.flaw(f"INSERT has more target columns ({len(columns)}) than values ({len(row)})")
            return
        if named is None:
            goes = ", ".join(columns[: len(row)])
            work.meanings[id(node)] = (goes, "INSERT without a list of columns")
        given = dict(zip(columns, row, strict=False))
        for column, item in given.items():
            assignments.assigned(target, column, item, work, inserting=True, certain=certain)
        assignments.leaves_out(target, list(given), work, certain=certain)
        assignments.checked(target, given, work, inserting=True, certain=certain)


def _has_rows(node: exp.Expr) -> bool:
    """Whether an INSERT surely writes a row: VALUES, or a SELECT of constants."""
    source = node.expression
    while isinstance(source, exp.Subquery) and isinstance(source.this, exp.Query):
        source = source.this
    if isinstance(node, exp.Insert) and node.find_ancestor(exp.Merge) is not None:
        return False
    if node.args.get("ignore") or str(node.args.get("alternative") or "").upper() == "IGNORE":
        return False
    return not isinstance(source, exp.Query) or (
        isinstance(source, exp.Select)
        and not any(source.args.get(key) for key in ("from_", "where", "having", "limit", "offset"))
    )


def _on_conflict(conflict: exp.Expr, written: _Written, scope: Scope, work: Work) -> None:
    if written.target is None and written.source.relation in work.structure.catalog.views:
        conflicts.of_view(conflict, written.source, work)
    if written.target is not None:
        conflicts.inferred(conflict, written.target, written.source, scope, work)
    excluded = replace(written.source, alias="excluded", qualified_only=True, type=None)
    inside = Scope(outer=scope.outer, ctes=scope.ctes, sources=[*scope.sources, excluded])
    columns = _assign(conflict.expressions, written, inside, work)
    if columns and written.target is not None:
        triggers.fire(written.target.table, "UPDATE", columns, work)
    where = conflict.args.get("where")
    if where is not None:
        condition(where.this, "WHERE", inside, work)


# UPDATE, DELETE, MERGE


def _update(node: exp.Update, outer: Scope, work: Work) -> Source:
    ctes = with_sources(node, outer, work)
    written = _written(node.this, "UPDATE", work)
    scope = Scope(outer=outer, ctes=ctes, sources=[written.source])
    for join in node.this.args.get("joins") or ():  # MySQL updates several tables at once
        add_item(scope, join.this, work)
    from_ = node.args.get("from_")
    if from_ is not None:
        add_item(scope, from_.this, work)
    for join in node.args.get("joins") or ():
        add_item(scope, join.this, work)
    columns = _assign(node.expressions, written, scope, work)
    _where(node, scope, work)
    if written.target is not None:
        triggers.fire(written.target.table, "UPDATE", columns, work)
    return _returning(node, scope, work)


def _where(node: exp.Expr, scope: Scope, work: Work) -> None:
    where = node.args.get("where")
    if where is not None:
        condition(where.this, "WHERE", scope, work)


def _assign(nodes: Sequence[exp.Expr], written: _Written, scope: Scope, work: Work) -> set[str]:
    """The SET list; the columns that it writes."""
    columns: set[str] = set()
    given: dict[str, Given] = {}
    for node in nodes:
        left, right = node.this, node.expression
        if isinstance(left, exp.Tuple):
            names = [work.inner(_column_name(item)) for item in left.expressions]
            found = _several(right, names, scope, work)
        else:
            names = [_target_column(left, written.source, work)]
            found = [_given(right, scope, work)]
        plain = isinstance(left, exp.Tuple) or (isinstance(left, exp.Column) and left.args.get("table") is None)
        for name, item in zip(names, found, strict=False):
            columns.add(name)
            if _exists(name, written.source, work) and written.target is not None and plain:
                assignments.assigned(written.target, name, item, work, inserting=False, certain=False)
                given[name] = item
    if written.target is not None and given:
        assignments.checked(written.target, given, work, inserting=False, certain=False)
    return columns


def _target_column(left: exp.Expr, source: Source, work: Work) -> str:
    """The column that is assigned to: ``a`` in ``a = 1``, ``a[1] = 1`` and, a row inside the row, ``a.b = 1``."""
    if not isinstance(left, exp.Column) or left.args.get("table") is None:
        return work.inner(_column_name(left))
    parts = [left.args[key] for key in ("catalog", "db", "table") if left.args.get(key) is not None]
    names = [*map(work.inner, parts), work.inner(left.this)]
    if not work.structure.typed:
        return names[-1]
    found = source.field(names[0])
    for name in names[1:]:
        fields = composite_fields(found.type, work) if found is not None else None
        if fields is None:
            break
        found = next((item for item in fields if item.name == name), None)
        if found is None:
            work.flaw(f"column {names[0]} has no part {name}")
    return names[0]


def _several(right: exp.Expr, names: Sequence[str], scope: Scope, work: Work) -> list[Given]:
    if isinstance(right, exp.Tuple):
        return [_given(item, scope, work) for item in right.expressions]
    if isinstance(right, exp.Anonymous):  # ROW (...)
        return [_given(item, scope, work) for item in right.expressions]
    inside = right.this if isinstance(right, (exp.Subquery, exp.Paren)) else right
    if isinstance(inside, exp.Query):
        found = query_fields(inside, scope, work)
        if not found.open and len(found.fields) != len(names):
            work.flaw(f"number of columns ({len(names)}) does not match number of values ({len(found.fields)})")
        return [_from_field(item) for item in found.fields]
    return [_given(inside, scope, work)]


def _exists(name: str, source: Source, work: Work) -> bool:
    found = source.field(name)
    if found is None:
        if not source.open:
            owner = work.shown(source.relation) if source.relation is not None else source.alias
            work.flaw(f"column {owner}.{name} does not exist", missing=True)
        return False
    if found.origin is not None:
        work.use("column", *found.origin)
    return True


def _delete(node: exp.Delete, outer: Scope, work: Work) -> Source:
    ctes = with_sources(node, outer, work)
    written = _written(node.this, "DELETE", work)
    scope = Scope(outer=outer, ctes=ctes, sources=[written.source])
    for join in node.this.args.get("joins") or ():  # MySQL deletes from some of several tables
        add_join(scope, join, work)
    for item in node.args.get("using") or ():
        add_item(scope, item, work)
    _where(node, scope, work)
    if written.target is not None:
        triggers.fire(written.target.table, "DELETE", set(), work)
    return _returning(node, scope, work)


def _merge(node: exp.Merge, outer: Scope, work: Work) -> Source:
    ctes = with_sources(node, outer, work)
    written = _written(node.this, "MERGE", work)
    scope = Scope(outer=outer, ctes=ctes, sources=[written.source])
    add_item(scope, node.args["using"], work)
    condition(node.args["on"], "MERGE ON", scope, work)
    using = Scope(outer=outer, ctes=ctes, sources=scope.sources[1:])
    for when in node.args["whens"].expressions:
        seen = scope if when.args.get("matched") or when.args.get("source") else using
        if when.args.get("condition") is not None:
            condition(when.args["condition"], "WHEN", seen, work)
        _merge_action(when.args.get("then"), written, seen, work)
    return _returning(node, scope, work)


def _merge_action(action: exp.Expr | None, written: _Written, scope: Scope, work: Work) -> None:
    if isinstance(action, exp.Update):
        changed = _assign(action.expressions, written, scope, work)
        if written.target is not None:
            triggers.fire(written.target.table, "UPDATE", changed, work)
    elif isinstance(action, exp.Insert):
        named = [work.inner(_column_name(item)) for item in action.this.expressions] if action.this else None
        columns = _insert_columns(named, written.source, work)
        row = action.expression
        rows = [[_given(item, scope, work) for item in row.expressions]] if isinstance(row, exp.Tuple) else None
        if written.target is not None:
            _check_rows(action, columns, rows, written, named, work)
            triggers.fire(written.target.table, "INSERT", set(columns or ()), work)
    elif action is not None and written.target is not None and action.name.upper() == "DELETE":
        triggers.fire(written.target.table, "DELETE", set(), work)
