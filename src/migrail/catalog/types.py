"""What operations on types and domains change, also where they are used."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from migrail.catalog import others, routines
from migrail.catalog.cascades import remove_with_views
from migrail.catalog.columns import spelled_type
from migrail.catalog.draft import Draft
from migrail.catalog.shared import Shared
from migrail.catalog.values import Composite, Domain, Enum, OtherType, Type
from migrail.model.operations import AddEnumValue, CreateDomain, CreateType, RenameEnumValue
from migrail.model.structure import Column, Constraint, ConstraintKind, Name, SqlType


def create_type(draft: Draft, operation: CreateType) -> None:
    """CREATE TYPE."""
    name = draft.catalog.place(operation.name)
    made: Type
    if operation.form == "enum":
        made = Enum(name=name, labels=dict.fromkeys(operation.labels))
    elif operation.form == "composite":
        made = Composite(name=name, columns=tuple(attribute(draft, column) for column in operation.columns))
    else:
        made = OtherType(name=name, form=operation.form)
    known = draft.types.get(name)
    if known is None or isinstance(known, OtherType):
        draft.types[name] = made
        draft.created(name)


def attribute(draft: Draft, column: Column) -> Column:
    """An attribute of a composite type, as every session reads it."""
    return column if column.type is None else replace(column, type=plain_type(draft, column.type))


def plain_type(draft: Draft, type_: SqlType) -> SqlType:
    """A type with its schema, where it is not a usual one."""
    used = draft.catalog.resolve_type(type_.name)
    return type_ if used is None else replace(type_, name=spelled_type(draft, used))


def create_domain(draft: Draft, operation: CreateDomain) -> None:
    """CREATE DOMAIN."""
    name = draft.catalog.place(operation.name)
    required = any(item.kind is ConstraintKind.NOT_NULL for item in operation.constraints)
    below = draft.catalog.domain_of(operation.base)
    default = operation.default if operation.default is not None or below is None else below.default
    made = Domain(
        name=name,
        base=plain_type(draft, operation.base),
        collation=operation.collation,
        not_null=operation.not_null or required,
        default=default,
    )
    if name not in draft.types:
        draft.types[name] = made
        draft.created(name)
        for constraint in operation.constraints:
            add_domain_constraint(draft, name, constraint)


def add_domain_constraint(draft: Draft, name: Name, constraint: Constraint) -> None:
    """Puts a constraint on a domain, under the server's name where it has none."""
    known = draft.types[name]
    if not isinstance(known, Domain) or constraint.kind is not ConstraintKind.CHECK:
        return
    if constraint.name is None:
        chosen = draft.constraint_name(name.schema, name.name, "", "check")
        constraint = replace(constraint, name=chosen)
    draft.count_constraint(name, constraint.name or "", +1)
    draft.types[name] = replace(known, constraints=(*known.constraints, constraint))


def add_label(draft: Draft, operation: AddEnumValue) -> None:
    """ALTER TYPE ... ADD VALUE."""
    known = draft.catalog.enum(operation.name)
    if known is None or operation.label in known.labels:
        return
    labels: Shared[str, None] = Shared(known.labels)
    beside = operation.before or operation.after
    if beside is None or beside not in labels:
        labels[operation.label] = None
    else:
        both = (operation.label, beside) if operation.before else (beside, operation.label)
        ordered = ((label,) if label != beside else both for label in labels)
        labels = Shared(dict.fromkeys(chain.from_iterable(ordered)))
    draft.types[known.name] = replace(known, labels=labels)


def rename_label(draft: Draft, operation: RenameEnumValue) -> None:
    """ALTER TYPE ... RENAME VALUE."""
    known = draft.catalog.enum(operation.name)
    if known is not None and operation.label in known.labels and operation.new_label not in known.labels:
        labels: Shared[str, None] = Shared(known.labels)
        labels.rename(operation.label, operation.new_label, None)
        draft.types[known.name] = replace(known, labels=labels)


def drop_type(draft: Draft, name: Name | None) -> None:
    if name is None:
        return
    for table in draft.catalog.tables_with_type(name):
        for column in draft.catalog.columns_with(draft.tables[table], name):
            remove_with_views(draft, table, column)
    for function in routines.with_type(draft.catalog, name):
        routines.take_away(draft, function)
    gone = draft.types.pop(name, None)
    for constraint in gone.constraints if isinstance(gone, Domain) else ():
        draft.count_constraint(name, constraint.name or "", -1)
    draft.forget(name)
    others.forget_type(draft, name)
    for other, known in list(draft.types.items()):
        if isinstance(known, Domain) and _means(draft, known.base, name):
            drop_type(draft, other)
        elif isinstance(known, Composite):
            kept = tuple(item for item in known.columns if not _means(draft, item.type, name))
            draft.types[other] = replace(known, columns=kept)


def _means(draft: Draft, type_: SqlType | None, name: Name) -> bool:
    """Whether a kept type, whose schema is written unless it is the usual one, is that of the name."""
    return type_ is not None and type_.name == spelled_type(draft, name)


def rename_type(draft: Draft, old: Name | None, new_name: str) -> None:
    if old is not None and Name(old.schema, new_name) not in draft.types:
        move_type(draft, old, Name(old.schema, new_name))


def move_type(draft: Draft, old: Name, new: Name) -> None:
    """Columns of the type follow."""
    for table in draft.catalog.tables_with_type(old):
        for name in draft.catalog.columns_with(draft.tables[table], old):
            column = draft.tables[table].columns[name]
            if column.type is not None:
                moved = replace(column.type, name=spelled_type(draft, new))
                draft.columns_of(table)[name] = replace(column, type=moved)
    for other, known in list(draft.types.items()):
        if isinstance(known, Domain) and _means(draft, known.base, old):
            draft.types[other] = replace(known, base=replace(known.base, name=spelled_type(draft, new)))
        elif isinstance(known, Composite):
            columns = tuple(_follow(draft, column, old, new) for column in known.columns)
            draft.types[other] = replace(known, columns=columns)
    moved_type = draft.types.pop(old)
    for constraint in moved_type.constraints if isinstance(moved_type, Domain) else ():
        draft.count_constraint(old, constraint.name or "", -1)
        draft.count_constraint(new, constraint.name or "", +1)
    draft.types[new] = replace(moved_type, name=new)
    draft.carry(old, new)


def _follow(draft: Draft, column: Column, old: Name, new: Name) -> Column:
    if column.type is None or not _means(draft, column.type, old):
        return column
    return replace(column, type=replace(column.type, name=spelled_type(draft, new)))
