"""What ALTER changes on domains, composite types, sequences, indexes, triggers, parents and constraints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from migrail.catalog import routines
from migrail.catalog.draft import Draft
from migrail.catalog.inheritance import set_free
from migrail.catalog.tables import adopt, disown
from migrail.catalog.types import add_domain_constraint, attribute
from migrail.catalog.values import Domain
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
    RenameDomainConstraint,
    RenameTrigger,
    SetDomainDefault,
    SetDomainNotNull,
    ValidateDomainConstraint,
)
from migrail.model.structure import Constraint, ConstraintKind, Name


def alter_object(draft: Draft, operation: AlterObject) -> None:
    """The forms of ALTER that change what a catalog holds."""
    if operation.object_type == "INDEX" and operation.name is not None:
        _alter_index(draft, operation.name, operation.option)
    elif operation.object_type in routines.KINDS:
        routines.alter_routine(draft, operation)


DomainChange = (
    SetDomainDefault
    | SetDomainNotNull
    | AddDomainConstraint
    | DropDomainConstraint
    | RenameDomainConstraint
    | ValidateDomainConstraint
)


def alter_domain(draft: Draft, operation: DomainChange) -> None:
    """ALTER DOMAIN."""
    domain = draft.catalog.domain(operation.name)
    if domain is None:
        return
    match operation:
        case SetDomainDefault():
            changed = replace(domain, default=operation.default)
        case SetDomainNotNull():
            changed = replace(domain, not_null=operation.not_null)
        case AddDomainConstraint() if operation.constraint.kind is ConstraintKind.NOT_NULL:
            changed = replace(domain, not_null=True)
        case AddDomainConstraint():
            add_domain_constraint(draft, domain.name, operation.constraint)
            return
        case DropDomainConstraint():
            draft.count_constraint(domain.name, operation.constraint, -1)
            changed = _on(domain, operation.constraint, lambda item: None)
        case RenameDomainConstraint():
            draft.count_constraint(domain.name, operation.constraint, -1)
            draft.count_constraint(domain.name, operation.new_name, +1)
            changed = _on(domain, operation.constraint, lambda item: replace(item, name=operation.new_name))
        case ValidateDomainConstraint():
            changed = _on(domain, operation.constraint, lambda item: replace(item, valid=True))
    draft.types[domain.name] = changed


def _on(domain: Domain, name: str, change: Callable[[Constraint], Constraint | None]) -> Domain:
    """The domain with one constraint changed, or without it. NOT NULL has a name too, which is not kept."""
    found = (change(item) if item.name == name else item for item in domain.constraints)
    return replace(domain, constraints=tuple(item for item in found if item is not None))


AttributeChange = AddAttribute | DropAttribute | AlterAttribute | RenameAttribute


def alter_attribute(draft: Draft, operation: AttributeChange) -> None:
    """ALTER TYPE of a composite type."""
    composite = draft.catalog.composite(operation.name)
    if composite is None:
        return
    columns = composite.columns
    match operation:
        case AddAttribute():
            columns = (*columns, attribute(draft, operation.attribute))
        case DropAttribute():
            columns = tuple(column for column in columns if column.name != operation.attribute)
        case AlterAttribute():
            new = attribute(draft, operation.attribute)
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


def alter_constraint(draft: Draft, operation: AlterConstraint) -> None:
    """ALTER CONSTRAINT: when a foreign key is checked, whether it is enforced."""
    constraints = draft.constraints_of(operation.table)
    known = constraints.get(operation.constraint)
    if known is None:
        return
    deferrable, deferred = operation.deferrable, operation.initially_deferred
    if deferred and deferrable is None:
        deferrable = True
    if deferrable is not None or deferred is not None:
        known = replace(known, deferrable=bool(deferrable), initially_deferred=bool(deferred))
    if operation.enforced is not None:
        known = replace(known, enforced=operation.enforced, valid=operation.enforced)
    if operation.inherit is not None:
        known = replace(known, no_inherit=not operation.inherit)
    constraints[operation.constraint] = known


def rename_trigger(draft: Draft, operation: RenameTrigger) -> None:
    """ALTER TRIGGER ... RENAME TO."""
    triggers = draft.triggers_of(operation.table)
    if operation.trigger in triggers and operation.new_name not in triggers:
        known = triggers[operation.trigger]
        triggers.rename(operation.trigger, operation.new_name, replace(known, name=operation.new_name))


def add_parent(draft: Draft, operation: AddParent) -> None:
    """INHERIT: the columns and checks are there already, else the server would refuse."""
    child, parent = draft.edit(operation.table), draft.catalog.resolve(operation.parent)
    if child is not None and parent in draft.tables and parent not in child.parents:
        draft.tables[child.name] = replace(child, parents=(*child.parents, parent))
        adopt(draft, parent, child.name)


def drop_parent(draft: Draft, operation: DropParent) -> None:
    """NO INHERIT: what was inherited stays."""
    child, parent = draft.edit(operation.table), draft.catalog.resolve(operation.parent)
    if child is not None and parent in child.parents:
        kept = tuple(name for name in child.parents if name != parent)
        draft.tables[child.name] = replace(child, parents=kept)
        disown(draft, parent, child.name)
        set_free(draft, child.name)
