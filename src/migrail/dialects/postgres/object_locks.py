"""Locks of operations on views, triggers, types and other objects."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.dialects._interface import Version
from migrail.dialects.postgres.forms import (
    COMMENTED,
    CREATED_ON_TABLE,
    DROPPED_RELATIONS,
    OBJECT_LOCKS,
    RENAMED_RELATIONS,
)
from migrail.dialects.postgres.handlers import Handler
from migrail.dialects.postgres.locks import Mode, Touch
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddDomainConstraint,
    AlterObject,
    CommentOn,
    CreateObject,
    CreateView,
    DropObject,
    DropTrigger,
    DropView,
    Operation,
    OwnSequence,
    RefreshView,
    RenameObject,
    SetDomainNotNull,
    ValidateDomainConstraint,
)
from migrail.model.structure import Structure


def _create_view(operation: CreateView, structure: Structure, version: Version) -> Iterator[Touch]:
    """A materialized view runs its query at once."""
    if operation.replace:
        yield Touch(operation.name, Mode.ACCESS_EXCLUSIVE)
    duration = Duration.SCAN if operation.materialized else Duration.INSTANT
    for relation in operation.reads:
        yield Touch(relation, Mode.ACCESS_SHARE, duration)


def _drop_view(operation: DropView, structure: Structure, version: Version) -> Iterator[Touch]:
    yield Touch(operation.name, Mode.ACCESS_EXCLUSIVE)
    for view in structure.views_reading(operation.name) if operation.cascade else ():
        yield Touch(view, Mode.ACCESS_EXCLUSIVE)


def _refresh(operation: RefreshView, structure: Structure, version: Version) -> Iterator[Touch]:
    if operation.concurrently:
        yield Touch(operation.name, Mode.EXCLUSIVE, Duration.SCAN)
    else:
        yield Touch(operation.name, Mode.ACCESS_EXCLUSIVE, Duration.REWRITE)


def _drop_trigger(operation: DropTrigger, structure: Structure, version: Version) -> Iterator[Touch]:
    """Harder than CREATE TRIGGER: reads wait too."""
    if operation.table is not None:
        yield Touch(operation.table, Mode.ACCESS_EXCLUSIVE)


def _create_object(operation: CreateObject, structure: Structure, version: Version) -> Iterator[Touch]:
    mode = CREATED_ON_TABLE.get(operation.object_type)
    if mode is not None and operation.table is not None:
        yield Touch(operation.table, mode)


def _drop_object(operation: DropObject, structure: Structure, version: Version) -> Iterator[Touch]:
    if operation.object_type in DROPPED_RELATIONS:
        yield Touch(operation.name, Mode.ACCESS_EXCLUSIVE)
    elif operation.object_type in {"TYPE", "DOMAIN"} and operation.cascade:
        for table in structure.tables_with_type(operation.name):
            yield Touch(table, Mode.ACCESS_EXCLUSIVE)


def _rename_object(operation: RenameObject, structure: Structure, version: Version) -> Iterator[Touch]:
    mode = RENAMED_RELATIONS.get(operation.object_type)
    if mode is not None:
        yield Touch(operation.name, mode)


def _check_domain(
    operation: AddDomainConstraint | ValidateDomainConstraint | SetDomainNotNull,
    structure: Structure,
    version: Version,
) -> Iterator[Touch]:
    """A new constraint of a domain is checked on every table that uses it, which the SQL does not show."""
    match operation:
        case AddDomainConstraint():
            checks = operation.constraint.valid
        case SetDomainNotNull():
            checks = operation.not_null
        case ValidateDomainConstraint():
            checks = True
    for table in structure.tables_with_type(operation.name) if checks else ():
        yield Touch(table, Mode.SHARE, Duration.SCAN)


def _own_sequence(operation: OwnSequence, structure: Structure, version: Version) -> Iterator[Touch]:
    yield Touch(operation.name, Mode.SHARE_ROW_EXCLUSIVE)


def _alter_object(operation: AlterObject, structure: Structure, version: Version) -> Iterator[Touch]:
    if operation.name is None:
        return
    mode = OBJECT_LOCKS.get(operation.object_type)
    if operation.object_type == "MATERIALIZED VIEW" and operation.option.startswith(("SET (", "RESET (")):
        mode = Mode.SHARE_UPDATE_EXCLUSIVE
    if mode is not None:
        yield Touch(operation.name, mode)


def _comment(operation: CommentOn, structure: Structure, version: Version) -> Iterator[Touch]:
    if operation.object_type in COMMENTED:
        yield Touch(operation.name, Mode.SHARE_UPDATE_EXCLUSIVE)


HANDLERS: dict[type[Operation], Handler] = {
    CreateView: _create_view,
    DropView: _drop_view,
    RefreshView: _refresh,
    DropTrigger: _drop_trigger,
    CreateObject: _create_object,
    DropObject: _drop_object,
    RenameObject: _rename_object,
    AlterObject: _alter_object,
    AddDomainConstraint: _check_domain,
    ValidateDomainConstraint: _check_domain,
    SetDomainNotNull: _check_domain,
    OwnSequence: _own_sequence,
    CommentOn: _comment,
}
