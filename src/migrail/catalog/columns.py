"""What operations on columns change."""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog import kept
from migrail.catalog.catalog import index_mentions
from migrail.catalog.constraints import (
    add_constraint,
    drop_constraint,
    drop_foreign_keys,
    drop_index,
    index_anew,
    rename_in_constraint,
    rename_in_index,
)
from migrail.catalog.draft import Draft
from migrail.catalog.rewrite import next_value, rename_in, sequence_of
from migrail.catalog.rewrite import rename_column as rename_text
from migrail.catalog.values import Bound, Sequence
from migrail.catalog.watchers import follow_rename
from migrail.dialects import Dialect
from migrail.model.operations import (
    AddColumn,
    AlterColumnOption,
    AlterColumnType,
    DropDefault,
    DropNotNull,
    RenameColumn,
    SetDefault,
    SetExpression,
    SetNotNull,
)
from migrail.model.structure import (
    Column,
    Constraint,
    ConstraintKind,
    Expression,
    Generated,
    Name,
    SqlType,
)

IDENTITIES = frozenset({Generated.IDENTITY_ALWAYS, Generated.IDENTITY_DEFAULT})


def constraints_in(column: Column) -> list[Constraint]:
    """The constraints written in a column, as constraints of the table."""
    return [
        replace(constraint, written_in=column.name)
        if constraint.columns or constraint.kind is ConstraintKind.CHECK
        else replace(constraint, columns=(column.name,), written_in=column.name)
        for constraint in column.constraints
        if constraint.kind is not ConstraintKind.NOT_NULL or constraint.name is not None
    ]


def put_column(draft: Draft, table: Name, column: Column) -> None:
    """Adds a column without the constraints written in it; with its sequence where it is serial or identity."""
    required = column.not_null or any(item.kind is ConstraintKind.NOT_NULL for item in column.constraints)
    default, type_ = default_of(draft, table, column.default), column.type
    serial = type_ is not None and type_.serial
    if serial or (column.generated in IDENTITIES and draft.has_schemas):
        sequence = _own_sequence(draft, table, column.name, identity=not serial)
        required = True
        if serial and type_ is not None:
            draft.depend(sequence, table)
            default, type_ = next_value(sequence, draft.catalog.dialect), replace(type_, serial=False)
    type_ = type_of(draft, table, type_)
    if column.constraints or (required, default, type_) != (column.not_null, column.default, column.type):
        column = replace(column, constraints=(), not_null=required, default=default, type=type_)
    draft.columns_of(table)[column.name] = column


def type_of(draft: Draft, table: Name, type_: SqlType | None) -> SqlType | None:
    """The type of a column as every session finds it, and a note that the table uses it."""
    used = draft.catalog.resolve_type(type_.name) if type_ is not None else None
    if type_ is None or used is None:
        return type_
    draft.depend(used, table)
    return replace(type_, name=spelled_type(draft, used))


def spelled_type(draft: Draft, name: Name) -> str:
    """A type with its schema, unless that is the usual one."""
    return name.name if name.schema == draft.catalog.dialect.default_schema else str(name)


def default_of(draft: Draft, table: Name, default: Expression | None) -> Expression | None:
    """A default as every session reads it, and a note that the table takes values from a sequence."""
    dialect = draft.catalog.dialect
    written = sequence_of(default, dialect) if draft.has_schemas else None
    sequence = draft.catalog.resolve(written) if written is not None else None
    if sequence is None or sequence not in draft.sequences:
        return default
    draft.depend(sequence, table)
    return default if sequence.schema == dialect.default_schema else next_value(sequence, dialect)


def _own_sequence(draft: Draft, table: Name, column: str, *, identity: bool) -> Name:
    name = Name(table.schema, draft.relation_name(table.schema, table.name, column, "seq"))
    draft.sequences[name] = Sequence(name=name, owner=table, column=column, identity=identity)
    draft.created(name)
    draft.depend(table, name)
    return name


def add_column(draft: Draft, operation: AddColumn) -> None:
    """ADD COLUMN."""
    table = draft.tables.get(operation.table)
    if table is None or operation.column.name in table.columns:
        return
    if operation.if_not_exists and not table.columns_known:
        return  # the query that the table was made of may have given it a column of that name
    put_column(draft, operation.table, replace(operation.column, new=draft.marks_new))
    for constraint in constraints_in(operation.column):
        add_constraint(draft, operation.table, constraint)


def remove_column(draft: Draft, table: Name, column: str) -> None:
    """Takes a column away, with what depends on it."""
    if column not in draft.columns_of(table):
        return
    if kept.holds(draft):
        kept.fix_quotes(draft, table)
    draft.columns_of(table).pop(column)
    for key, constraint in list(draft.constraints_of(table).items()):
        if column in constraint.columns:
            drop_constraint(draft, table, key)
    for name, index in list(draft.indexes_of(table).items()):
        if index_mentions(index, column, draft.catalog.dialect):
            drop_index(draft, table, name)
    _drop_own_sequence(draft, table, column)
    for dependent in draft.dependents_of(table) if draft.has_schemas else ():  # SQLite leaves them as they are
        _drop_references(draft, dependent, table, column)


def _drop_own_sequence(draft: Draft, table: Name, column: str, *, identity: bool = False) -> None:
    for dependent in draft.dependents_of(table):
        sequence = draft.sequences.get(dependent)
        own = sequence is not None and sequence.owner == table and sequence.column == column
        if sequence is not None and own and (sequence.identity or not identity):
            drop_sequence(draft, dependent)


def drop_sequence(draft: Draft, name: Name) -> None:
    """With the defaults that take their values from it, as with CASCADE: else the server would have refused."""
    for table in draft.dependents_of(name):
        for column in defaults_from(draft, table, name):
            draft.change(table, column, lambda known: replace(known, default=None))
    if draft.sequences.pop(name, None) is not None:
        draft.forget(name)


def defaults_from(draft: Draft, table: Name, sequence: Name) -> list[str]:
    """The columns of a table that take their defaults from a sequence."""
    known = draft.tables.get(table)
    columns = known.columns.values() if known is not None else ()
    written = ((column.name, sequence_of(column.default, draft.catalog.dialect)) for column in columns)
    usual = draft.catalog.dialect.default_schema
    return [name for name, found in written if found and Name(found.schema or usual, found.name) == sequence]


def _drop_references(draft: Draft, source: Name, target: Name, column: str) -> None:
    known = draft.tables.get(source)
    keys = known.foreign_keys if known is not None else ()
    if any(key.references and key.references.table == target and column in key.references.columns for key in keys):
        drop_foreign_keys(draft, source, target)


def rename_column(draft: Draft, operation: RenameColumn) -> None:
    """RENAME COLUMN: constraints, indexes, sequences and the foreign keys of other tables follow."""
    table, old, new = operation.table, operation.column, operation.new_name
    if table in draft.views:
        rename_view_column(draft, table, old, new)
    columns = draft.columns_of(table)
    if kept.holds(draft) and old in columns and (old == new or new not in columns):
        kept.follow_column(draft, operation)
    if old not in columns or new in columns:
        return
    renamed = {
        (new if name == old else name): _rename_in_column(column, old, new, draft.catalog.dialect)
        for name, column in columns.items()
    }
    columns.clear()
    columns.update(renamed)
    constraints, indexes = draft.constraints_of(table), draft.indexes_of(table)
    for key, constraint in constraints.items():
        constraints[key] = rename_in_constraint(constraint, old, new, draft.catalog.dialect)
    for name, index in indexes.items():
        indexes[name] = rename_in_index(index, old, new, draft.catalog.dialect)
    follow_rename(draft, table, old, new)
    known = draft.tables[table]
    if known.partitioned_by is not None:
        key = rename_text(known.partitioned_by, old, new, draft.catalog.dialect)
        draft.tables[table] = replace(known, partitioned_by=key)
    for dependent in draft.dependents_of(table):
        _follow_rename(draft, dependent, table, old, new)


def _rename_in_column(column: Column, old: str, new: str, dialect: Dialect) -> Column:
    if column.name == old:
        return replace(column, name=new)
    return replace(column, generation=rename_in(column.generation, old, new, dialect))


def rename_view_column(draft: Draft, name: Name, old: str, new: str) -> None:
    """A view keeps its query; which columns come out of it is known where they are written."""
    view = draft.views[name]
    columns = tuple(new if column == old else column for column in view.columns)
    renamed = view.renamed if old in view.columns else (*view.renamed, (old, new))
    draft.views[name] = replace(view, columns=columns, renamed=renamed, rewritten=True)
    for dependent in draft.dependents_of(name):
        _follow_in_view(draft, dependent, name, old, new)


def _follow_in_view(draft: Draft, dependent: Name, relation: Name, old: str, new: str) -> None:
    """A view goes on reading a column under the name that it had when the view was made; not so on MySQL."""
    view = draft.views.get(dependent)
    if view is None or draft.catalog.dialect.check_names is not None or relation not in view.reads:
        return
    if kept.holds(draft) and not view.rewritten:
        return  # the new name stands in its text
    bound = tuple(_renamed(item, old, new) if item.relation == relation else item for item in view.bound)
    draft.views[dependent] = replace(view, bound=bound)


def _renamed(bound: Bound, old: str, new: str) -> Bound:
    if bound.columns is None:
        return replace(bound, renamed=(*bound.renamed, (old, new)))
    return replace(bound, columns=tuple((then, new if now == old else now) for then, now in bound.columns))


def _follow_rename(draft: Draft, dependent: Name, table: Name, old: str, new: str) -> None:
    sequence = draft.sequences.get(dependent)
    if sequence is not None and sequence.owner == table and sequence.column == old:
        draft.sequences[dependent] = replace(sequence, column=new)
    _follow_in_view(draft, dependent, table, old, new)
    if dependent not in draft.tables:
        return
    constraints = draft.constraints_of(dependent)
    for key, constraint in constraints.items():
        reference = constraint.references
        if reference is not None and reference.table == table and old in reference.columns:
            columns = tuple(new if column == old else column for column in reference.columns)
            constraints[key] = replace(constraint, references=replace(reference, columns=columns))


def alter_type(draft: Draft, operation: AlterColumnType) -> None:
    """ALTER COLUMN TYPE. Without COLLATE the collation becomes that of the type."""
    if operation.table not in draft.tables:
        return
    changed = type_of(draft, operation.table, replace(operation.type, serial=False))
    index_anew(draft, operation.table, operation.column)
    draft.change(
        operation.table,
        operation.column,
        lambda column: replace(column, type=changed, collation=operation.collation),
    )


def set_not_null(draft: Draft, operation: SetNotNull) -> None:
    """SET NOT NULL; a NOT NULL that was NOT VALID has been checked then."""
    draft.change(operation.table, operation.column, lambda column: replace(column, not_null=True))
    constraints = draft.constraints_of(operation.table)
    for key, constraint in constraints.items():
        if constraint.kind is ConstraintKind.NOT_NULL and operation.column in constraint.columns:
            constraints[key] = replace(constraint, valid=True)


def drop_not_null(draft: Draft, operation: DropNotNull) -> None:
    """DROP NOT NULL."""
    draft.change(operation.table, operation.column, lambda column: replace(column, not_null=False))
    for key, constraint in list(draft.constraints_of(operation.table).items()):
        if constraint.kind is ConstraintKind.NOT_NULL and operation.column in constraint.columns:
            drop_constraint(draft, operation.table, key)


def set_default(draft: Draft, operation: SetDefault) -> None:
    """SET DEFAULT."""
    default = None if operation.default.is_null else default_of(draft, operation.table, operation.default)
    draft.change(operation.table, operation.column, lambda column: replace(column, default=default))


def set_expression(draft: Draft, operation: SetExpression) -> None:
    """SET EXPRESSION."""
    draft.change(operation.table, operation.column, lambda column: replace(column, generation=operation.expression))


def drop_default(draft: Draft, operation: DropDefault) -> None:
    """DROP DEFAULT."""
    draft.change(operation.table, operation.column, lambda column: replace(column, default=None))


def alter_option(draft: Draft, operation: AlterColumnOption) -> None:
    """The options that change how the column gets its value."""
    table, column = operation.table, operation.column
    if operation.option.startswith("DROP EXPRESSION"):
        draft.change(table, column, lambda known: replace(known, generated=None, generation=None))
    elif operation.option.startswith("SET GENERATED") or operation.argument.upper().startswith("SET GENERATED"):
        kind = Generated.IDENTITY_ALWAYS if "ALWAYS" in operation.option else Generated.IDENTITY_DEFAULT
        known = draft.catalog.column(table, column)
        if known is not None and known.generated in IDENTITIES:
            draft.change(table, column, lambda item: replace(item, generated=kind))
    elif operation.option.startswith("DROP IDENTITY"):
        known = draft.catalog.column(table, column)
        if known is not None and known.generated in IDENTITIES:
            draft.change(table, column, lambda item: replace(item, generated=None))
            _drop_own_sequence(draft, table, column, identity=True)
    elif operation.option.startswith("ADD GENERATED") and column in draft.columns_of(table):
        always = "ALWAYS" in operation.option
        kind = Generated.IDENTITY_ALWAYS if always else Generated.IDENTITY_DEFAULT
        draft.change(table, column, lambda known: replace(known, generated=kind))
        _own_sequence(draft, table, column, identity=True)
