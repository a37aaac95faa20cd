"""Items of a FROM list → what columns they have."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from migrail.catalog.values import Bound, Composite, Table, View
from migrail.compat.parse import Unparsed, parse
from migrail.compat.scope import Field, Scope, Source
from migrail.compat.work import Work
from migrail.model.structure import Column, Generated, Name

SYSTEM_COLUMNS = {
    "postgres": frozenset({"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"}),
    "sqlite": frozenset({"rowid", "oid", "_rowid_"}),
}
_SYSTEM_SCHEMAS = frozenset({"pg_catalog", "information_schema", "pg_toast"})
_VIEW_DEPTH = 32


def name_of(table: exp.Expr, work: Work) -> Name:
    """The name of a table as its author wrote it, folded."""
    schema = table.args.get("db")
    return Name(work.folded(schema) if schema else None, work.folded(table.this))


def source_of(table: exp.Table, scope: Scope, work: Work) -> Source:
    """The item that a name in FROM means."""
    name = name_of(table, work)
    alias, columns = alias_of(table, work)
    if name.schema is None and name.name in scope.ctes:
        return renamed(replace(scope.ctes[name.name], alias=alias or name.name), columns)
    found = relation(name, work)
    work.meanings[id(table)] = (str(found.relation or name), f"the relation {name}")
    return renamed(replace(found, alias=alias or name.name), columns)


def relation(name: Name, work: Work) -> Source:
    """A table or view with its columns; one that is not known is a flaw and may have any column."""
    catalog = work.structure.catalog
    bound = work.bound.get(name)
    resolved = bound.relation if bound is not None else catalog.resolve(name)
    if bound is not None and (resolved in catalog.tables or resolved in catalog.views):
        return replace(_as_it_was(_known(resolved, work), bound), alias=name.name)
    if is_system(name):
        return Source(alias=name.name, open=True)
    if resolved in catalog.tables or resolved in catalog.views:
        return _known(resolved, work)
    if resolved in catalog.sequences:
        work.use("relation", resolved)
        fields = (Field(name="last_value", type="bigint"), Field(name="log_cnt"), Field(name="is_called"))
        return Source(alias=resolved.name, fields=fields, relation=resolved)
    work.flaw(f"relation {name} does not exist", missing=True)
    return Source(alias=name.name, open=True)


def _known(resolved: Name, work: Work) -> Source:
    """A table or view of the catalog."""
    work.use("relation", resolved)
    table = work.structure.catalog.tables.get(resolved)
    if table is not None:
        known = work.structure.sources.get(resolved)
        if known is None:
            known = work.structure.sources[resolved] = _table(table, work)
        return known
    fields = view_fields(resolved, work)
    return Source(
        alias=resolved.name, fields=fields or (), open=fields is None, relation=resolved, type=str(resolved)
    )


def _as_it_was(source: Source, bound: Bound) -> Source:
    """The relation with the columns that it had when a view was made on it, under their names of then."""
    if bound.columns is None:
        then = {now: name for name, now in bound.renamed}
        return replace(source, fields=tuple(replace(f, name=then.get(f.name, f.name)) for f in source.fields))
    fields = [replace(found, name=name) for name, now in bound.columns if (found := source.field(now)) is not None]
    return replace(source, fields=tuple(fields))


def is_system(name: Name) -> bool:
    """Whether it belongs to the server."""
    return name.schema in _SYSTEM_SCHEMAS or (
        name.schema is None and name.name.startswith(("pg_", "sqlite_")) and name.name != "pg_"
    )


def _table(table: Table, work: Work) -> Source:
    dialect = work.structure.dialect.name
    return Source(
        alias=table.name.name,
        fields=tuple(field_of(table.name, column, work) for column in table.columns.values()),
        open=not table.columns_known,
        relation=table.name,
        type=str(table.name) if work.structure.typed else None,
        hidden=frozenset() if table.without_rowid else SYSTEM_COLUMNS.get(dialect, frozenset()),
    )


def field_of(table: Name, column: Column, work: Work) -> Field:
    """A column of a table as queries see it."""
    domain = work.structure.domain(column.type)
    identity = column.generated in (Generated.IDENTITY_ALWAYS, Generated.IDENTITY_DEFAULT)
    serial = column.type is not None and column.type.serial
    return Field(
        name=column.name,
        type=work.structure.spelled(column.type),
        nullable=not (column.not_null or identity or serial or (domain is not None and domain.not_null)),
        shown=None if column.type is None else str(column.type),
        origin=(table, column.name),
    )


def view_fields(name: Name, work: Work) -> tuple[Field, ...] | None:
    """The columns of a view; ``None`` where its query cannot be read."""
    structure = work.structure
    if name not in structure.views:
        structure.views[name] = None
        if work.depth < _VIEW_DEPTH:
            structure.views[name] = _worked_out(name, work)
    for reason, certain in structure.view_flaws.get(name, ()):
        work.flaw(reason, certain=certain, missing=True)
    return structure.views[name]


def _worked_out(name: Name, work: Work) -> tuple[Field, ...] | None:
    from migrail.compat.select import query_fields

    view = work.structure.catalog.views[name]
    parsed = parse(view.query, work.structure.dialect)
    if isinstance(parsed, Unparsed) or parsed.tree is None:
        return None
    bound = {item.written: item for item in view.bound}
    inside = Work(structure=work.structure, bound=bound, depth=work.depth + 1)
    source = query_fields(parsed.tree, Scope(), inside)
    if not work.structure.typed:  # there a view is read anew each time that it is used
        work.structure.view_flaws[name] = tuple(
            (f"view {work.shown(name)}: {flaw.reason}", flaw.certain) for flaw in inside.flaws.values()
        )
    if source.open:
        return None
    fields = source.fields
    if view.rewritten and work.structure.dialect.name == "sqlite":
        fields = _with_new_names(view, fields)
    elif work.structure.typed and any(flaw.missing for flaw in inside.flaws.values()):
        return None
    if view.columns:
        fields = (
            tuple(replace(item, name=column) for item, column in zip(fields, view.columns, strict=False))
            + fields[len(view.columns) :]
        )
    for old, new in view.renamed:
        fields = tuple(replace(item, name=new if item.name == old else item.name) for item in fields)
    # What comes out of a view may be NULL as far as readers know; where it comes from stays known.
    return fields


def _with_new_names(view: View, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """SQLite writes new names into the text of a view, so that they come out of it as well."""
    new = {old: name for item in view.bound for old, name in item.renamed}
    return tuple(
        replace(item, name=new[item.name])
        if item.origin is not None and new.get(item.name) == item.origin[1]
        else item
        for item in fields
    )


def alias_of(item: exp.Expr, work: Work) -> tuple[str | None, tuple[str, ...]]:
    """The alias and the names that it gives to columns."""
    alias = item.args.get("alias")
    if not isinstance(alias, exp.TableAlias):
        return None, ()
    columns = tuple(
        work.inner(column.this if isinstance(column, exp.ColumnDef) else column)
        for column in alias.args.get("columns") or ()
    )
    return (work.folded(alias.this) if alias.this else None), columns


def renamed(source: Source, columns: tuple[str, ...]) -> Source:
    """The item whose first columns got other names."""
    if not columns:
        return source
    if source.open and len(source.fields) < len(columns):
        return replace(source, fields=tuple(Field(name=column) for column in columns))
    fields = tuple(replace(item, name=column) for item, column in zip(source.fields, columns, strict=False))
    return replace(source, fields=fields + source.fields[len(columns) :])


def composite_fields(type_: str | None, work: Work) -> tuple[Field, ...] | None:
    """The columns of a row of that type; ``None`` where it has none that are known."""
    structure = work.structure
    table = structure.row_table(type_)
    if table is not None:
        return _table(table, work).fields if table.columns_known else None
    if type_ is None:
        return None
    schema, _, name = type_.rpartition(".")
    found = structure.catalog.types.get(Name(schema or None, name))
    if isinstance(found, Composite):
        return tuple(Field(name=column.name, type=structure.spelled(column.type)) for column in found.columns)
    resolved = Name(schema or None, name)
    return view_fields(resolved, work) if resolved in structure.catalog.views else None
