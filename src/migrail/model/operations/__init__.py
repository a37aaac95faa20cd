"""What statements mean. One statement may hold several operations, in the order in which they take effect.

Rules, lock facts and the catalog read these values, never syntax trees. Names are folded as the server folds
them and carry a schema only where the author wrote one.
"""

from __future__ import annotations

from migrail.model.operations._base import Opaque, Operation, TableOperation
from migrail.model.operations.code import Certainty, Inner, RunCode, Unread
from migrail.model.operations.columns import (
    AddColumn,
    AlterColumnOption,
    AlterColumnType,
    DropColumn,
    DropDefault,
    DropNotNull,
    ModifyColumn,
    RenameColumn,
    SetDefault,
    SetNotNull,
)
from migrail.model.operations.constraints import AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint
from migrail.model.operations.data import Delete, Insert, Merge, Select, Truncate, Update
from migrail.model.operations.indexes import CreateIndex, DropIndex, Reindex, RenameIndex
from migrail.model.operations.objects import (
    AlterObject,
    CreateExtension,
    CreateObject,
    CreateSchema,
    CreateSequence,
    DropObject,
    RenameObject,
)
from migrail.model.operations.privileges import CommentOn, Grant
from migrail.model.operations.routines import CreateFunction, CreatePolicy, CreateTrigger, DropTrigger
from migrail.model.operations.session import LockTable, Maintain, SessionCommand, SetVariable, TransactionControl
from migrail.model.operations.tables import (
    AlterTableOption,
    AttachPartition,
    CreateTable,
    DetachPartition,
    DropTable,
    MoveTable,
    RenameTable,
)
from migrail.model.operations.types import AddEnumValue, CreateDomain, CreateType, RenameEnumValue
from migrail.model.operations.views import CreateView, DropView, RefreshView

__all__ = [
    "AddColumn",
    "AddConstraint",
    "AddEnumValue",
    "AlterColumnOption",
    "AlterColumnType",
    "AlterObject",
    "AlterTableOption",
    "AttachPartition",
    "Certainty",
    "CommentOn",
    "CreateDomain",
    "CreateExtension",
    "CreateFunction",
    "CreateIndex",
    "CreateObject",
    "CreatePolicy",
    "CreateSchema",
    "CreateSequence",
    "CreateTable",
    "CreateTrigger",
    "CreateType",
    "CreateView",
    "Delete",
    "DetachPartition",
    "DropColumn",
    "DropConstraint",
    "DropDefault",
    "DropIndex",
    "DropNotNull",
    "DropObject",
    "DropTable",
    "DropTrigger",
    "DropView",
    "Grant",
    "Inner",
    "Insert",
    "LockTable",
    "Maintain",
    "Merge",
    "ModifyColumn",
    "MoveTable",
    "Opaque",
    "Operation",
    "RefreshView",
    "Reindex",
    "RenameColumn",
    "RenameConstraint",
    "RenameEnumValue",
    "RenameIndex",
    "RenameObject",
    "RenameTable",
    "RunCode",
    "Select",
    "SessionCommand",
    "SetDefault",
    "SetNotNull",
    "SetVariable",
    "TableOperation",
    "TransactionControl",
    "Truncate",
    "Unread",
    "Update",
    "ValidateConstraint",
]
