"""Applying operations to a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from migrail.catalog import (
    altered,
    cascades,
    columns,
    comments,
    extensions,
    local_names,
    objects,
    routines,
    tables,
    types,
    watchers,
)
from migrail.catalog.catalog import Catalog
from migrail.catalog.constraints import INDEXED, add_constraint, drop_constraint, rename_constraint
from migrail.catalog.draft import Draft
from migrail.catalog.inheritance import goes_with, set_free
from migrail.catalog.partition_indexes import lacks
from migrail.catalog.possible import forgetting, keeps_relations, matters, note_new
from migrail.model import operations as ops
from migrail.model.structure import Constraint, ConstraintKind, Name

Change = Callable[[Draft, Any], None]
"""``change(draft, operation)``; nothing happens where the operation cannot be applied."""


def replay(catalog: Catalog, operations: Iterable[ops.Operation], *, new: bool = False) -> Catalog:
    """The catalog after the operations.

    Operations that cannot be applied, such as dropping what is not known, are passed over;
    :func:`migrail.catalog.conflicts` tells why one would fail.

    Args:
        new: whether relations that are created now are under judgement, so that nobody uses them yet.
    """
    replaying = Replay(catalog, new=new)
    for operation in operations:
        replaying.apply(operation)
    return replaying.catalog


class Replay:
    """Replays one operation after the other without copying what they leave alone.

    :attr:`catalog` answers for the state so far. The next operation changes what it holds, so ask it and keep
    nothing of it.
    """

    def __init__(self, catalog: Catalog, *, new: bool = False) -> None:
        """``new`` is whether relations that are created now are under judgement."""
        self._draft = Draft(catalog, new=new)

    @property
    def catalog(self) -> Catalog:
        """The structure after everything that was applied."""
        return self._draft.catalog

    def snapshot(self) -> Catalog:
        """The same as a value to keep; what is applied later leaves it alone."""
        return self._draft.snapshot()

    def apply(self, operation: ops.Operation) -> None:
        """Applies one operation; one that cannot be applied is passed over."""
        _apply(self._draft, operation)

    def run(self, inner: ops.Inner) -> None:
        """Applies an operation inside code; behind one that is only possible, the catalog is not complete."""
        _run(self._draft, inner)

    def begin_session(self) -> None:
        """What follows runs in another session: the usual search path, no temporary tables."""
        fresh = self.catalog.in_new_session()
        if fresh is not self.catalog:
            self._draft = Draft(fresh, new=self._draft.marks_new)

    def doubt(self) -> None:
        """From now on there may be objects that the catalog does not know."""
        self._draft.catalog = replace(self.catalog, complete=False, relations_known=False)


def _apply(draft: Draft, operation: ops.Operation) -> None:
    """The operation on its table, and on the children where the server goes on to them."""
    change = _change(draft, operation)
    if change is None:
        return
    if isinstance(operation, ops.CreateTable) or not isinstance(operation, ops.TableOperation):
        change(draft, operation)
        return
    table = draft.catalog.resolve(operation.table)
    if table != operation.table:
        operation = replace(operation, table=table)
    if isinstance(operation, ops.DropColumn | ops.DropConstraint):
        _drop(draft, operation, change)
        return
    inherits = type(operation) in _INHERITED and not operation.only and not _passed_over(draft, operation)
    children = draft.catalog.children_of(table) if inherits else ()
    before = set(draft.constraints_of(table)) if children else set()
    change(draft, operation)
    added = [item for key, item in draft.constraints_of(table).items() if key not in before] if children else []
    partition = draft.catalog.is_partitioned(table)
    made = (
        list(draft.indexes_of(table).values())[-1:] if children and isinstance(operation, ops.CreateIndex) else []
    )
    for child in children:
        if any(not lacks(draft.catalog, child, index) for index in made):
            continue
        inherited = _for_child(operation, partition=partition)
        if inherited is not None:
            change(draft, replace(inherited, table=child))
        if isinstance(operation, ops.AddColumn) or (
            isinstance(operation, ops.AddConstraint) and not operation.only
        ):
            _inherit(draft, child, added, partition=partition)


def _drop(draft: Draft, operation: ops.DropColumn | ops.DropConstraint, change: Change) -> None:
    """On the table, and on each child that has it from there alone; with ONLY the children keep it as their own."""
    key = operation.constraint if isinstance(operation, ops.DropConstraint) else ""
    pending = [operation.table]
    while pending:
        table = draft.tables.get(pending.pop())
        if table is None:
            continue
        dropped = table.constraints.get(key)
        change(draft, replace(operation, table=table.name))
        for child in table.children:
            if operation.only:
                set_free(draft, child)
            elif goes_with(draft, child, operation, dropped):
                pending.append(child)


def _change(draft: Draft, operation: ops.Operation) -> Change | None:
    own = local_names.CHANGES if local_names.holds(draft) else {}
    return own.get(type(operation)) or _CHANGES.get(type(operation))


def _passed_over(draft: Draft, operation: ops.TableOperation) -> bool:
    """Whether the name of an index is taken, so that IF NOT EXISTS makes none on the partitions either."""
    if not isinstance(operation, ops.CreateIndex) or operation.index is None:
        return False
    return draft.catalog.has_relation(Name(operation.table.schema, operation.index))


def _run_code(draft: Draft, operation: ops.RunCode) -> None:
    for inner in operation.operations:
        _run(draft, inner)


def _run(draft: Draft, inner: ops.Inner) -> None:
    """What is possible makes the catalog incomplete, and what it would change is forgotten: both are safe."""
    operation = inner.operation
    if inner.certainty is ops.Certainty.CERTAIN:
        _apply(draft, operation)
    elif isinstance(operation, ops.CommentOn):
        comments.forget(draft, operation)
    elif _change(draft, operation) is not None and matters(operation):
        note_new(draft, operation)
        known = draft.catalog.relations_known and keeps_relations(operation)
        draft.catalog = replace(draft.catalog, complete=False, relations_known=known)
        forgotten = forgetting(operation)
        if forgotten is not None:
            _apply(draft, forgotten)


def _for_child(operation: ops.TableOperation, *, partition: bool) -> ops.TableOperation | None:
    """The operation as a child gets it; constraints come after it, see below."""
    match operation:
        case ops.CreateIndex():
            return None if operation.only or not partition else replace(operation, index=None)
        case ops.AddColumn():
            return replace(operation, column=replace(operation.column, constraints=(), local=False))
        case ops.AddConstraint():
            return None
        case _:
            return operation


def _inherit(draft: Draft, child: Name, added: list[Constraint], *, partition: bool) -> None:
    """Checks go to every child, keys to partitions only: those with an index under a name of their own."""
    for constraint in added:
        if constraint.kind is ConstraintKind.PRIMARY_KEY:
            for column in constraint.columns:
                draft.change(child, column, lambda known: replace(known, not_null=True))
        if constraint.kind in INDEXED and partition:
            add_constraint(draft, child, replace(constraint, name=None, using_index=None))
        elif (
            constraint.kind not in INDEXED
            and not constraint.no_inherit
            and (partition or constraint.references is None)
        ):
            add_constraint(draft, child, replace(constraint, local=False))


def _add_constraint(draft: Draft, operation: ops.AddConstraint) -> None:
    add_constraint(draft, operation.table, operation.constraint)


def _validate(draft: Draft, operation: ops.ValidateConstraint) -> None:
    constraints = draft.constraints_of(operation.table)
    if operation.constraint in constraints:
        constraints[operation.constraint] = replace(constraints[operation.constraint], valid=True)


def _drop_constraint(draft: Draft, operation: ops.DropConstraint) -> None:
    known = draft.catalog.constraint(operation.table, operation.constraint)
    for child in draft.catalog.children_of(operation.table) if known is not None else ():
        _drop_like(draft, child, known)
    drop_constraint(draft, operation.table, operation.constraint)
    if known is not None and known.kind is ConstraintKind.NOT_NULL:
        for column in known.columns:
            draft.change(operation.table, column, lambda item: replace(item, not_null=False))


def _drop_like(draft: Draft, child: Name, dropped: Constraint | None) -> None:
    """The key that a partition got with its parent's goes with it; its name is another."""
    for key, known in list(draft.constraints_of(child).items()):
        alike = dropped is not None and (known.kind, known.columns) == (dropped.kind, dropped.columns)
        if alike and known.kind in INDEXED:
            drop_constraint(draft, child, key)


def _rename_constraint(draft: Draft, operation: ops.RenameConstraint) -> None:
    known = draft.catalog.constraint(operation.table, operation.constraint)
    target = Name(operation.table.schema, operation.new_name)
    if known is not None and not (known.kind in INDEXED and draft.catalog.has_relation(target)):
        rename_constraint(draft, operation.table, operation.constraint, operation.new_name)


_INHERITED: frozenset[type[ops.Operation]] = frozenset(
    {
        ops.AddColumn,
        ops.RenameColumn,
        ops.AlterColumnType,
        ops.SetNotNull,
        ops.DropNotNull,
        ops.SetDefault,
        ops.DropDefault,
        ops.AddConstraint,
        ops.ValidateConstraint,
        ops.RenameConstraint,
        ops.CreateIndex,
    }
)
"""What ALTER TABLE and CREATE INDEX do to partitions and inheriting tables as well."""

_CHANGES: dict[type[ops.Operation], Change] = {
    ops.CreateTable: tables.create_table,
    ops.DropTable: tables.drop_table,
    ops.RenameTable: tables.rename_table,
    ops.MoveTable: tables.move_table,
    ops.AttachPartition: tables.attach,
    ops.DetachPartition: tables.detach,
    ops.AddColumn: columns.add_column,
    ops.DropColumn: cascades.drop_column,
    ops.RenameColumn: columns.rename_column,
    ops.AlterColumnType: columns.alter_type,
    ops.SetNotNull: columns.set_not_null,
    ops.DropNotNull: columns.drop_not_null,
    ops.SetDefault: columns.set_default,
    ops.DropDefault: columns.drop_default,
    ops.AlterColumnOption: columns.alter_option,
    ops.AlterTableOption: watchers.alter_security,
    ops.AlterConstraint: altered.alter_constraint,
    ops.AddParent: altered.add_parent,
    ops.DropParent: altered.drop_parent,
    ops.RenameTrigger: altered.rename_trigger,
    ops.SetExpression: columns.set_expression,
    ops.AddConstraint: _add_constraint,
    ops.ValidateConstraint: _validate,
    ops.DropConstraint: _drop_constraint,
    ops.RenameConstraint: _rename_constraint,
    ops.CreateIndex: objects.create_index,
    ops.DropIndex: objects.remove_index,
    ops.RenameIndex: objects.index_renamed,
    ops.CreateView: objects.create_view,
    ops.DropView: objects.drop_view,
    ops.CreateType: types.create_type,
    ops.AddEnumValue: types.add_label,
    ops.RenameEnumValue: types.rename_label,
    ops.CreateDomain: types.create_domain,
    ops.CreateSequence: objects.create_sequence,
    ops.CreateSchema: objects.create_schema,
    ops.CreateExtension: extensions.create,
    ops.CreateFunction: routines.create_function,
    ops.CreateObject: objects.create_object,
    ops.CreatePolicy: watchers.create_policy,
    ops.CreateTrigger: objects.create_trigger,
    ops.DropTrigger: objects.drop_trigger,
    ops.DropObject: objects.drop_object,
    ops.RenameObject: objects.rename_object,
    ops.MoveObject: objects.move_object,
    ops.AlterObject: altered.alter_object,
    ops.SetDomainDefault: altered.alter_domain,
    ops.SetDomainNotNull: altered.alter_domain,
    ops.AddDomainConstraint: altered.alter_domain,
    ops.DropDomainConstraint: altered.alter_domain,
    ops.RenameDomainConstraint: altered.alter_domain,
    ops.ValidateDomainConstraint: altered.alter_domain,
    ops.AddAttribute: altered.alter_attribute,
    ops.DropAttribute: altered.alter_attribute,
    ops.AlterAttribute: altered.alter_attribute,
    ops.RenameAttribute: altered.alter_attribute,
    ops.OwnSequence: altered.own_sequence,
    ops.CommentOn: comments.comment_on,
    ops.SetVariable: objects.set_variable,
    ops.SessionCommand: objects.discard,
    ops.RunCode: _run_code,
}
