"""What keeps the server from dropping something, or from changing the type of a column, as PostgreSQL has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrail.catalog.catalog import Catalog
from migrail.catalog.extensions import defaults_with, relations_of, types_in
from migrail.catalog.rewrite import quoted, sequence_of
from migrail.catalog.routines import with_type
from migrail.catalog.signatures import as_named
from migrail.catalog.values import Table
from migrail.dialects import Dialect
from migrail.model.operations import AlterColumnType, DropColumn, DropConstraint, DropObject, DropView
from migrail.model.structure import Column, ColumnName, ConstraintKind, Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, Token, Unclosed, tokens

_KEYS = frozenset({ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY})
_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Dependent:
    """Something that needs another thing."""

    shown: str
    """``the view public.noted``."""
    drop: str | None = None
    """The statement that takes it away, without semicolon; ``None`` where there is no short one."""
    state: str | None = None
    """The SQLSTATE of the refusal, where it is not the usual one."""


def users_of(catalog: Catalog, operation: object) -> Iterator[Dependent]:
    """What makes the server refuse the operation, as far as the catalog tells."""
    match operation:
        case DropColumn(cascade=False, table=table, column=column):
            yield from _column_users(catalog, table, column)
            yield from _key_users(catalog, table, (column,))
        case AlterColumnType(table=table, column=column):
            yield from _column_users(catalog, table, column)
        case DropConstraint(cascade=False, table=table, constraint=name):
            known = catalog.constraint(table, name)
            if known is not None and known.kind in _KEYS and not _has_twin(catalog, table, name):
                yield from _key_users(catalog, table, known.columns)
        case DropView(cascade=False, name=name):
            yield from _view_users(catalog, catalog.resolve(name))
        case DropObject(cascade=False):
            yield from _object_users(catalog, operation)


# Columns


def _column_users(catalog: Catalog, name: Name, column: str) -> Iterator[Dependent]:
    table, dialect = catalog.table(name), catalog.dialect
    if table is None or column not in table.columns:
        return
    for view_name in sorted(catalog.dependents.get(table.name, ()), key=str):
        view = catalog.views.get(view_name)
        if view is not None and ColumnName(table.name, column) in view.uses:
            yield _view(catalog, view.name, materialized=view.materialized)
    on = _sql(table.name, dialect)
    for policy in table.policies.values():
        if column in policy.columns:
            drop = f"DROP POLICY {quoted(policy.name, dialect)} ON {on}"
            yield Dependent(shown=f"the policy {policy.name}", drop=drop)
    for trigger in table.triggers.values():
        if column in trigger.columns or (trigger.when is not None and column in trigger.when.columns):
            drop = f"DROP TRIGGER {quoted(trigger.name, dialect)} ON {on}"
            yield Dependent(shown=f"the trigger {trigger.name}", drop=drop)
    for other in table.columns.values():
        if other.name != column and other.generation is not None and column in other.generation.columns:
            drop = f"ALTER TABLE {on} DROP COLUMN {quoted(other.name, dialect)}"
            yield Dependent(shown=f"the generated column {other.name}", drop=drop)
    if table.partitioned_by is not None and column in _mentioned(table.partitioned_by, dialect):
        yield Dependent(shown="the partition key", state="42P16")


def _key_users(catalog: Catalog, name: Name, columns: Sequence[str]) -> Iterator[Dependent]:
    """The foreign keys of other tables that point to these columns."""
    table = catalog.table(name)
    if table is None:
        return
    key = table.primary_key.columns if table.primary_key is not None else ()
    for source in catalog.referencing(table.name):
        for constraint in catalog.foreign_keys_of(source):
            reference = constraint.references
            if reference is None or reference.table != table.name or source in catalog.children_of(table.name):
                continue
            target = reference.columns or key
            if set(columns) & set(target) and (len(columns) == 1 or set(columns) == set(target)):
                drop = None
                if constraint.name is not None:
                    where = _sql(source, catalog.dialect)
                    drop = f"ALTER TABLE {where} DROP CONSTRAINT {quoted(constraint.name, catalog.dialect)}"
                yield Dependent(shown=f"a foreign key of {catalog.display(source)}", drop=drop)


def _has_twin(catalog: Catalog, table: Name, name: str) -> bool:
    """Whether another key or unique index over the same columns is there, which a foreign key may use as well."""
    known = catalog.constraint(table, name)
    found = (catalog.index(table, index) for index in catalog.indexes_on(table))
    return known is not None and any(
        index is not None and index.unique and index.name != name and set(index.columns) == set(known.columns)
        for index in found
    )


# Other objects


def _view_users(catalog: Catalog, name: Name) -> Iterator[Dependent]:
    for user in sorted(catalog.dependents.get(name, ()), key=str):
        view = catalog.views.get(user)
        if view is not None and name in view.reads and view.name != name:
            yield _view(catalog, view.name, materialized=view.materialized)


def _object_users(catalog: Catalog, operation: DropObject) -> Iterator[Dependent]:
    kind, name, dialect = operation.object_type, operation.name, catalog.dialect
    if kind in _ROUTINES:
        overloads = catalog.function(name)
        if len(overloads) != 1 or (overloads[0].returns or "").lower() != "trigger":
            return
        for table in catalog.tables.values():
            for trigger in table.triggers.values():
                if _same(trigger.function, overloads[0].name):
                    drop = f"DROP TRIGGER {quoted(trigger.name, dialect)} ON {_sql(table.name, dialect)}"
                    yield Dependent(shown=f"the trigger {trigger.name} on {catalog.display(table.name)}", drop=drop)
    elif kind in {"TYPE", "DOMAIN"}:
        yield from _type_users(catalog, filter(None, [catalog.resolve_type(name)]))
    elif kind == "EXTENSION":
        yield from _type_users(catalog, types_in(catalog, name.name))
        for relation in relations_of(dialect, name.name, catalog.extensions.get(name.name, "")):
            yield from _view_users(catalog, relation)
        for table, column in defaults_with(catalog, name.name):
            yield _default(catalog, table, column)
    elif kind == "SEQUENCE":
        resolved = catalog.resolve(name)
        for user in sorted(catalog.dependents.get(resolved, ()), key=str):
            yield from _defaults_from(catalog, catalog.tables.get(user), resolved)


def _type_users(catalog: Catalog, types: Iterable[Name]) -> Iterator[Dependent]:
    for type_ in types:
        for user in catalog.tables_with_type(type_):
            yield Dependent(shown=f"the table {catalog.display(user)}")
        for function in with_type(catalog, type_):
            kind = "PROCEDURE" if function.procedure else "FUNCTION"
            taken = as_named(function.arguments, catalog.dialect)
            drop = f"DROP {kind} {_sql(function.name, catalog.dialect)}({taken})"
            yield Dependent(shown=f"the {kind.lower()} {catalog.display(function.name)}", drop=drop)


def _defaults_from(catalog: Catalog, table: Table | None, sequence: Name) -> Iterator[Dependent]:
    for column in table.columns.values() if table is not None else ():
        used = sequence_of(column.default, catalog.dialect)
        if table is not None and used is not None and catalog.resolve(used) == sequence:
            yield _default(catalog, table, column)


def _default(catalog: Catalog, table: Table, column: Column) -> Dependent:
    where = _sql(table.name, catalog.dialect)
    drop = f"ALTER TABLE {where} ALTER COLUMN {quoted(column.name, catalog.dialect)} DROP DEFAULT"
    return Dependent(shown=f"the default of {catalog.display(table.name)}.{column.name}", drop=drop)


def _same(function: str | None, name: Name) -> bool:
    if function is None:
        return False
    schema, _, bare = function.rpartition(".")
    return bare == name.name and (not schema or schema == name.schema)


# What a query uses


def columns_used(query: str, reads: Sequence[Name], catalog: Catalog) -> Iterator[ColumnName]:
    """The columns of the relations that a query certainly uses: those that no other relation in it has as well."""
    tables = [catalog.tables.get(read) for read in dict.fromkeys(reads)]
    if any(table is None for table in tables):
        return
    mentioned, everything = _mentioned(query, catalog.dialect), _has_star(query, catalog.dialect)
    for table in tables:
        for column in table.columns if table is not None else ():
            elsewhere = any(other is not table and other and column in other.columns for other in tables)
            if table is not None and (everything or (column in mentioned and not elsewhere)):
                yield ColumnName(table.name, column)


def _mentioned(text: str, dialect: Dialect) -> frozenset[str]:
    """The names that may be columns: no functions, no names that AS gives."""
    cursor = Cursor(text, dialect)
    try:
        found = list(tokens(text, dialect.lexical))
    except Unclosed:
        return frozenset()
    names = (
        token
        for index, token in enumerate(found)
        if token.kind in (Kind.WORD, Kind.NAME) and _may_be_column(found, index)
    )
    return frozenset(cursor.folded(token) for token in names)


def _may_be_column(found: list[Token], index: int) -> bool:
    before = found[index - 1].word if index else ""
    after = found[index + 1].word if index + 1 < len(found) else ""
    return before not in ("AS", "FROM", "JOIN") and after not in ("(", ".")


def _has_star(text: str, dialect: Dialect) -> bool:
    """Whether every column comes out: ``SELECT *`` or ``t.*``."""
    try:
        found = [token.word for token in tokens(text, dialect.lexical)]
    except Unclosed:
        return False
    ends = {"FROM", ",", "WHERE", ""}
    pairs = zip(["", *found], found, [*found[1:], ""], strict=False)
    return any(word == "*" and before in ("SELECT", ",", ".") and after in ends for before, word, after in pairs)


def _view(catalog: Catalog, name: Name, *, materialized: bool) -> Dependent:
    kind = "MATERIALIZED VIEW" if materialized else "VIEW"
    return Dependent(shown=f"the view {catalog.display(name)}", drop=f"DROP {kind} {_sql(name, catalog.dialect)}")


def _sql(name: Name, dialect: Dialect) -> str:
    parts = (name.schema, name.name) if name.schema not in (None, dialect.default_schema) else (name.name,)
    return ".".join(quoted(part, dialect) for part in parts if part is not None)
