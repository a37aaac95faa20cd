"""What operations and whole migrations mean to the application that is running."""

from __future__ import annotations

from functools import reduce

from migrail.checker.additions import Additions
from migrail.checker.results import MigrationSummary
from migrail.checker.walk import Step
from migrail.model.findings import Category, Severity
from migrail.model.migration import Phase
from migrail.model.operations import (
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
    SetVariable,
    TransactionControl,
)
from migrail.rules import Staged, rules
from migrail.sql import Script

_REQUIRED_COLUMN = "MR401"
"""The rule about columns that old INSERTs do not name."""

_SLOWS = "MR117"
"""The rule about lost indexes, without which queries get slower and none fails."""

_BREAKS = frozenset({Category.COMPATIBILITY})
"""What rules of these categories find may break the running application."""

_NEUTRAL: tuple[type[Operation], ...] = (
    CommentOn,
    LockTable,
    Maintain,
    SessionCommand,
    SetVariable,
    TransactionControl,
)
"""Neither structure nor data: a backfill may hold these and stays one."""


def phase_of(step: Step) -> Phase:
    """Of one operation. Nothing done to an object that is new can break anybody."""
    operation, context = step.operation, step.context
    breaking = [
        hit.severity or rule.severity for rule, hit in step.hits if rule.category in _BREAKS and rule.code != _SLOWS
    ]
    if operation.phase is not Phase.CONTRACT:
        return Phase.CONTRACT if Severity.ERROR in breaking else operation.phase
    target = operation.target
    if target is not None and context.catalog.is_new(target):
        return Phase.EXPAND
    if _judged_by_rule(operation):
        return Phase.CONTRACT if breaking else Phase.EXPAND
    match operation:
        case DropView() | DropObject() if _is_made_again(operation, step):
            return Phase.EXPAND
        case _:
            return Phase.CONTRACT


def _judged_by_rule(operation: Operation) -> bool:
    """Whether there is a rule that knows better than the kind of operation."""
    return any(
        rule.category in _BREAKS and rule.check_operation is not None and isinstance(operation, rule.on)
        for rule in rules().values()
    )


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
        self._phases: dict[int, Phase] = {}
        """Number of a statement → what its operations come to, without neutral ones."""
        self._additions = Additions()
        self._adds: set[int] = set()
        """Numbers of the statements that add what was not there."""
        self._compatible = True

    def add(self, step: Step) -> None:
        """Counts one operation."""
        phase = phase_of(step)
        number = step.read.statement.number
        if phase is Phase.CONTRACT or not _is_neutral(step.operation):
            self._phases[number] = _joined(self._phases.get(number, phase), phase)
        if self._additions.adds(step):
            self._adds.add(number)
        if any(rule.code == _REQUIRED_COLUMN for rule, _ in step.hits) or _may_break(step):
            self._compatible = False

    @property
    def phase(self) -> Phase:
        """Contract if anything is; backfill if nothing but data is changed; else expand."""
        return reduce(_joined, self._phases.values()) if self._phases else Phase.EXPAND

    def staged(self, script: Script) -> Staged:
        """The migration whose operations were counted, statement by statement."""
        statements = tuple((read, self._stage(read.statement.number)) for read in script.statements)
        return Staged(script=script, statements=statements, phase=self.phase, additions=frozenset(self._adds))

    def _stage(self, number: int) -> Phase | None:
        """Constraints, indexes and the like are neutral here: no version needs them, and none is broken."""
        phase = self._phases.get(number, Phase.EXPAND)
        if phase is not Phase.EXPAND:
            return phase
        return Phase.EXPAND if number in self._adds else None

    def summary(self, script: Script) -> MigrationSummary:
        """Of the migration whose operations were counted."""
        return MigrationSummary(
            id=script.migration.id,
            path=script.migration.path,
            phase=self.phase,
            backward_compatible=self._compatible and self.phase is not Phase.CONTRACT,
            statements=len(script.statements),
            opaque=sum(not read.understood for read in script.statements),
        )


def _joined(one: Phase, other: Phase) -> Phase:
    """What both come to together."""
    if one is other:
        return one
    return Phase.CONTRACT if Phase.CONTRACT in (one, other) else Phase.EXPAND


def _may_break(step: Step) -> bool:
    """Whether it is a statement that was not understood and that changes structure or data by its first word."""
    return isinstance(step.operation, Opaque) and any(
        (hit.severity or rule.severity) is Severity.ERROR for rule, hit in step.hits
    )
