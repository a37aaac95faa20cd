"""What operations and whole migrations mean to the application that is running."""

from __future__ import annotations

from migrail.checker.results import MigrationSummary
from migrail.checker.walk import Step
from migrail.dialects import TypeChange
from migrail.model.findings import Category, Severity
from migrail.model.migration import Phase
from migrail.model.operations import (
    AlterColumnType,
    CommentOn,
    CreateFunction,
    CreateView,
    DropObject,
    DropView,
    LockTable,
    Maintain,
    Opaque,
    Operation,
    RunCode,
    SessionCommand,
    SetNotNull,
    SetVariable,
    TransactionControl,
)
from migrail.model.structure import SqlType
from migrail.rules import rules
from migrail.sql import Script

_REQUIRED_COLUMN = "MR401"
"""The rule about columns that old INSERTs do not name."""

_NEUTRAL: tuple[type[Operation], ...] = (
    CommentOn,
    LockTable,
    Maintain,
    SessionCommand,
    SetVariable,
    TransactionControl,
)
"""Neither structure nor data: a backfill may hold these and stays one."""

_TEXT = {"varchar", "text", "citext"}


def phase_of(step: Step) -> Phase:
    """Of one operation. Nothing done to an object that is new can break anybody."""
    operation, context = step.operation, step.context
    if operation.phase is not Phase.CONTRACT:
        return operation.phase
    target = operation.target
    if target is not None and context.catalog.is_new(target):
        return Phase.EXPAND
    if _judged_by_rule(operation):
        found = any(rule.category is Category.COMPATIBILITY for rule, _ in step.hits)
        return Phase.CONTRACT if found else Phase.EXPAND
    match operation:
        case AlterColumnType() if _widens(operation, step):
            return Phase.EXPAND
        case SetNotNull() if not context.effects.scans:
            return Phase.EXPAND
        case DropView() | DropObject() if _is_made_again(operation, step):
            return Phase.EXPAND
        case _:
            return Phase.CONTRACT


def _judged_by_rule(operation: Operation) -> bool:
    """Whether there is a rule that knows better than the kind of operation."""
    return any(
        rule.category is Category.COMPATIBILITY and isinstance(operation, rule.on)
        for rule in rules().values()
        if rule.on
    )


def _widens(operation: AlterColumnType, step: Step) -> bool:
    """Whether every old value is the same value in the new type, and the change is free."""
    context = step.context
    column = context.catalog.column(operation.table, operation.column)
    if column is None or column.type is None:
        return False
    cost = context.dialect.type_change(operation, context.catalog, context.version)
    return cost is TypeChange.FREE and _alike(column.type, operation.type)


def _alike(old: SqlType, new: SqlType) -> bool:
    return old.name == new.name or {old.name, new.name} <= _TEXT


def _is_made_again(operation: DropView | DropObject, step: Step) -> bool:
    """Whether a later statement of the file makes a view or function of the same name."""
    if not isinstance(operation, DropView) and operation.object_type not in {"FUNCTION", "PROCEDURE"}:
        return False
    kind = CreateView if isinstance(operation, DropView) else CreateFunction
    return step.context.outline.makes_later(kind, operation.name, step.read.statement.number)


def _is_neutral(operation: Operation) -> bool:
    """Code that was read is what is in it."""
    return operation.is_read if isinstance(operation, RunCode) else isinstance(operation, _NEUTRAL)


class Tally:
    """What the operations of a statement or migration come to, added up one by one."""

    def __init__(self) -> None:
        self._phases: set[Phase] = set()
        self._compatible = True

    def add(self, step: Step) -> None:
        """Counts one operation."""
        phase = phase_of(step)
        if phase is Phase.CONTRACT or not _is_neutral(step.operation):
            self._phases.add(phase)
        if any(rule.code == _REQUIRED_COLUMN for rule, _ in step.hits) or _may_break(step):
            self._compatible = False

    @property
    def phase(self) -> Phase:
        """Contract if anything is; backfill if nothing but data is changed; else expand."""
        if Phase.CONTRACT in self._phases:
            return Phase.CONTRACT
        return Phase.BACKFILL if self._phases == {Phase.BACKFILL} else Phase.EXPAND

    def summary(self, script: Script) -> MigrationSummary:
        """Of the migration whose operations were counted."""
        return MigrationSummary(
            id=script.migration.id,
            path=script.migration.path,
            phase=self.phase,
            backward_compatible=self._compatible and self.phase is not Phase.CONTRACT,
            statements=len(script.statements),
            opaque=sum(read.opaque is not None for read in script.statements),
        )


def _may_break(step: Step) -> bool:
    """Whether it is a statement that was not understood and that changes structure or data by its first word."""
    return isinstance(step.operation, Opaque) and any(
        (hit.severity or rule.severity) is Severity.ERROR for rule, hit in step.hits
    )
