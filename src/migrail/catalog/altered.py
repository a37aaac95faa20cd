"""What the forms of ALTER change that have no operation of their own.

Of most of them the reader keeps the words that name the form and no more. What a catalog cannot know then is marked
as unknown, so that it is not compared.
"""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.model.operations import (
    AddAttribute,
    AddDomainConstraint,
    AddParent,
    AlterAttribute,
    AlterConstraint,
    AlterObject,
    DropAttribute,
    DropDomainConstraint,
    DropParent,
    OwnSequence,
    RenameAttribute,
    RenameTrigger,
    SetDomainDefault,
    SetDomainNotNull,
    TableOperation,
)
from migrail.model.structure import ConstraintKind, Name


def alter_object(draft: Draft, operation: AlterObject) -> None:
    """The forms of ALTER that change what a catalog holds."""
    change = _ALTERED.get(operation.object_type)
    if change is not None and operation.name is not None:
        change(draft, operation.name, operation.option)


DomainChange = SetDomainDefault | SetDomainNotNull | AddDomainConstraint | DropDomainConstraint


def alter_domain(draft: Draft, operation: DomainChange) -> None:
    """ALTER DOMAIN. The server's name for a constraint without one is not known here."""
    domain = draft.catalog.domain(operation.name)
    if domain is None:
        return
    match operation:
        case SetDomainDefault():
            domain = replace(domain, default=operation.default)
        case SetDomainNotNull():
            domain = replace(domain, not_null=operation.not_null)
        case AddDomainConstraint() if operation.constraint.kind is ConstraintKind.NOT_NULL:
            domain = replace(domain, not_null=True)
        case AddDomainConstraint():
            domain = replace(domain, constraints=(*domain.constraints, operation.constraint))
        case DropDomainConstraint():
            kept = tuple(item for item in domain.constraints if item.name != operation.constraint)
            domain = replace(domain, constraints=kept, known=domain.known and len(kept) < len(domain.constraints))
    draft.types[domain.name] = domain


AttributeChange = AddAttribute | DropAttribute | AlterAttribute | RenameAttribute


def alter_attribute(draft: Draft, operation: AttributeChange) -> None:
    """ALTER TYPE of a composite type."""
    composite = draft.catalog.composite(operation.name)
    if composite is None:
        return
    columns = composite.columns
    match operation:
        case AddAttribute():
            columns = (*columns, operation.attribute)
        case DropAttribute():
            columns = tuple(column for column in columns if column.name != operation.attribute)
        case AlterAttribute():
            new = operation.attribute
            columns = tuple(new if column.name == new.name else column for column in columns)
        case RenameAttribute():
            old, name = operation.attribute, operation.new_name
            columns = tuple(replace(column, name=name) if column.name == old else column for column in columns)
    draft.types[composite.name] = replace(composite, columns=columns)


def own_sequence(draft: Draft, operation: OwnSequence) -> None:
    """ALTER SEQUENCE ... OWNED BY."""
    known = draft.catalog.sequence(operation.name)
    if known is None:
        return
    owned = operation.owned_by
    owner = draft.catalog.resolve(owned.table) if owned is not None else None
    column = owned.column if owned is not None else None
    draft.sequences[known.name] = replace(known, owner=owner, column=column)
    if owner is not None:
        draft.depend(owner, known.name)


def _alter_routine(draft: Draft, name: Name, option: str) -> None:
    """The volatility of a function without overloads; which overload is meant is not read."""
    overloads = draft.catalog.function(name)
    if len(overloads) == 1 and option in {"IMMUTABLE", "STABLE", "VOLATILE"}:
        draft.functions[overloads[0].name] = (replace(overloads[0], volatility=option.lower()),)


def _alter_index(draft: Draft, name: Name, option: str) -> None:
    """The index of a partitioned table becomes valid when every partition has its own (ALTER INDEX, manual)."""
    resolved = draft.catalog.resolve(name)
    table = draft.index_tables.get(resolved)
    known = draft.catalog.index(table, resolved.name) if table is not None else None
    if table is None or known is None or option != "ATTACH PARTITION":
        return
    partitions = (draft.tables[child] for child in draft.catalog.children_of(table))
    if all(any(index.columns == known.columns for index in part.indexes.values()) for part in partitions):
        draft.indexes_of(table)[known.name] = replace(known, valid=True)


_ALTERED = {
    "INDEX": _alter_index,
    **dict.fromkeys(("FUNCTION", "PROCEDURE", "ROUTINE"), _alter_routine),
}


_UNREAD: dict[type[TableOperation], str] = {
    RenameTrigger: "triggers",
    AddParent: "parents",
    DropParent: "parents",
    AlterConstraint: "deferrable",
}
"""Changes of what a catalog holds that are not followed."""


def note_unread(draft: Draft, operation: TableOperation) -> None:
    """Notes what is not known any more."""
    table = draft.edit(operation.table)
    if table is not None:
        draft.tables[operation.table] = replace(table, unread=table.unread | {_UNREAD[type(operation)]})
