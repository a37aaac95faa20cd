"""Why an operation would fail on a catalog, whatever the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrail.catalog.catalog import Catalog
from migrail.catalog.conflicts import columns, constraints, extensions, indexes, objects, tables
from migrail.catalog.conflicts.parts import needs_table
from migrail.model import operations as ops
from migrail.model.structure import Name

Check = Callable[[Catalog, Any], str | None]
"""``check(catalog, operation)``: a sentence without full stop, or ``None``."""


def conflicts(catalog: Catalog, operation: ops.Operation) -> str | None:
    """Why the operation would fail: something is missing, its name is taken, or the structure does not allow it.

    Silent where IF [NOT] EXISTS says so, and about unknown objects when the catalog is not complete.
    """
    if operation.if_there and not _is_there(catalog, operation.target):
        return None
    check = _CHECKS.get(type(operation))
    if check is not None:
        return check(catalog, operation)
    if isinstance(operation, ops.TableOperation):
        return needs_table(catalog, operation.table)
    return None


def _is_there(catalog: Catalog, name: Name | None) -> bool:
    """Whether anything has the name that stands behind IF EXISTS."""
    if name is None:
        return True
    known = catalog.has_relation(catalog.resolve(name)) or catalog.type_named(name) is not None
    return known or name.name in catalog.schemas or bool(catalog.function(name))


_CHECKS: dict[type[ops.Operation], Check] = {
    ops.CreateTable: tables.create_table,
    ops.DropTable: tables.drop_table,
    ops.RenameTable: tables.rename_table,
    ops.MoveTable: tables.move_table,
    ops.AttachPartition: tables.attach,
    ops.DetachPartition: tables.detach,
    ops.AddParent: tables.add_parent,
    ops.DropParent: tables.drop_parent,
    ops.AddColumn: columns.add_column,
    ops.DropColumn: columns.drop_column,
    ops.RenameColumn: columns.rename_column,
    ops.AlterColumnType: columns.alter_type,
    ops.ModifyColumn: columns.modify_column,
    ops.SetNotNull: columns.any_column,
    ops.DropNotNull: columns.drop_not_null,
    ops.SetDefault: columns.set_default,
    ops.DropDefault: columns.set_default,
    ops.SetExpression: columns.any_column,
    ops.AlterColumnOption: columns.alter_option,
    ops.AddConstraint: constraints.add_constraint,
    ops.ValidateConstraint: constraints.validate,
    ops.AlterConstraint: constraints.alter,
    ops.DropConstraint: constraints.drop,
    ops.DropPeriod: constraints.drop_period,
    ops.RenameConstraint: constraints.rename,
    ops.CreateIndex: indexes.create_index,
    ops.DropIndex: indexes.drop_index,
    ops.RenameIndex: indexes.rename_index,
    ops.CreateView: indexes.create_view,
    ops.DropView: indexes.drop_view,
    ops.RefreshView: indexes.refresh,
    ops.CreateType: objects.create_type,
    ops.CreateDomain: objects.create_type,
    ops.AddEnumValue: objects.add_label,
    ops.RenameEnumValue: objects.rename_label,
    **dict.fromkeys(
        (
            *(ops.SetDomainDefault, ops.SetDomainNotNull, ops.AddDomainConstraint, ops.DropDomainConstraint),
            *(ops.RenameDomainConstraint, ops.ValidateDomainConstraint),
        ),
        objects.domain,
    ),
    **dict.fromkeys(
        (ops.AddAttribute, ops.DropAttribute, ops.AlterAttribute, ops.RenameAttribute), objects.attribute
    ),
    ops.CreateSequence: objects.create_sequence,
    ops.OwnSequence: objects.own_sequence,
    ops.CreateSchema: objects.create_schema,
    ops.CreateExtension: extensions.create,
    ops.CreateFunction: objects.create_function,
    ops.CreateObject: objects.create_object,
    ops.CreateTrigger: objects.create_trigger,
    ops.DropTrigger: objects.drop_trigger,
    ops.RenameTrigger: objects.rename_trigger,
    ops.DropObject: objects.drop_object,
    ops.RenameObject: objects.rename_object,
    ops.MoveObject: objects.move_object,
    ops.AlterObject: objects.alter_object,
    ops.Insert: columns.write,
    ops.Update: columns.write,
}
