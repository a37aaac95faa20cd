"""Whether a statement took effect, as the structure of the database shows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from migrail.catalog import Catalog
from migrail.catalog.compare import compare
from migrail.catalog.conflicts import conflicts
from migrail.catalog.facets import ObjectKind, describe
from migrail.catalog.replay import Replay, replay
from migrail.model import operations as ops


class Outcome(StrEnum):
    """What became of a statement whose end nobody saw."""

    DONE = "done"
    NOT_STARTED = "not started"
    HALF_WAY = "half-way"
    """Part of it is there, and it is known how to clear that away."""
    UNKNOWN = "cannot tell"


_ADDING = (
    ops.CreateTable,
    ops.AddColumn,
    ops.AddConstraint,
    ops.CreateIndex,
    ops.CreateView,
    ops.CreateType,
    ops.AddEnumValue,
    ops.CreateSequence,
    ops.CreateSchema,
    ops.CreateTrigger,
    ops.AttachPartition,
)
"""Afterwards, something is there that was not."""

_CHANGING = (
    ops.DropTable,
    ops.RenameTable,
    ops.DropColumn,
    ops.RenameColumn,
    ops.AlterColumnType,
    ops.ModifyColumn,
    ops.SetNotNull,
    ops.DropNotNull,
    ops.SetDefault,
    ops.DropDefault,
    ops.DropConstraint,
    ops.ValidateConstraint,
    ops.RenameConstraint,
    ops.DropIndex,
    ops.RenameIndex,
    ops.DropView,
    ops.DropTrigger,
    ops.DetachPartition,
)
"""Afterwards, something is gone or otherwise than before."""

_REPEATABLE = (ops.Reindex, ops.Maintain, ops.SetVariable, ops.CommentOn, ops.RefreshView)
"""Whether they ran or not, running them is right."""


def look_up(
    live: Catalog, operations: Sequence[ops.Operation], leftovers: Sequence[str], there: bool | None = None
) -> Outcome:
    """What became of a statement, by the structure that is there now.

    What was applied shows in that applying it again changes nothing; what was not, in that applying it changes
    something and nothing is in its way. Anything else is for a person.

    Args:
        leftovers: what the server shows of an interrupted run.
        there: for a single operation on an object of the whole server, whether that object is there.
    """
    if leftovers:
        return Outcome.HALF_WAY
    if there is not None:
        return _of_server(operations[0], there)
    if operations and all(_is_repeatable(operation) for operation in operations):
        return Outcome.NOT_STARTED
    if not operations or not all(isinstance(operation, (*_ADDING, *_CHANGING)) for operation in operations):
        return Outcome.UNKNOWN
    replaying = Replay(live)
    foreseen: list[str | None] = []
    for operation in operations:  # what one action of a statement makes, the next one may build on
        foreseen.append(conflicts(replaying.catalog, operation))
        replaying.apply(operation)
    again = replaying.catalog
    if not compare(again, live):
        obstacles = [conflicts(live, operation) for operation in operations]
        lacking = any(_lacks(operation, why) for operation, why in zip(operations, obstacles, strict=True))
        if lacking or any(isinstance(operation, ops.CreateTable) and operation.replace for operation in operations):
            return Outcome.UNKNOWN
        # A whole definition may be made once more.
        return Outcome.NOT_STARTED if _all_define_more_than_is_held(live, operations) else Outcome.DONE
    if any(foreseen) or (any(map(_is_unnamed, operations)) and _doubles(live, again)):
        return Outcome.UNKNOWN
    # Two tables that change names look the same before and after.
    swapped = not compare(replay(again, operations), live)
    return Outcome.UNKNOWN if swapped else Outcome.NOT_STARTED


def _of_server(operation: ops.Operation, there: bool) -> Outcome:
    """What became of CREATE or DROP of a database, tablespace or subscription."""
    if isinstance(operation, ops.CreateObject):
        if operation.object_type == "SUBSCRIPTION" and not there:
            return Outcome.UNKNOWN  # its slot may be on the other server already
        return Outcome.DONE if there else Outcome.NOT_STARTED
    return Outcome.NOT_STARTED if there else Outcome.DONE


def _is_repeatable(operation: ops.Operation) -> bool:
    if isinstance(operation, ops.SessionCommand):
        return operation.repeatable
    if isinstance(operation, ops.AlterObject):
        return operation.object_type == "SYSTEM" or operation.option.startswith("SET TABLESPACE")
    if isinstance(operation, (ops.CreateTrigger, ops.CreateFunction)):
        return operation.replace
    return isinstance(operation, _REPEATABLE)


def _is_unnamed(operation: ops.Operation) -> bool:
    """Whether the server names what is made, so that running it again makes another one."""
    match operation:
        case ops.CreateIndex():
            return operation.index is None
        case ops.AddConstraint():
            return operation.constraint.name is None
        case ops.ModifyColumn():
            return any(constraint.name is None for constraint in operation.column.constraints)
    return False


def _doubles(live: Catalog, again: Catalog) -> bool:
    """Whether an index or constraint that is new would be like one that is there, but for its name."""
    there, then = describe(live), describe(again)
    made = [then[key] for key in then.keys() - there.keys() if key[0] in (ObjectKind.INDEX, ObjectKind.CONSTRAINT)]
    return any(one.alike(other) for one in made for other in there.values())


def _all_define_more_than_is_held(live: Catalog, operations: Sequence[ops.Operation]) -> bool:
    """Whether all define columns, of which not all is seen in what they were or in what they become."""
    unseen = False
    for operation in operations:
        if not isinstance(operation, ops.ModifyColumn):
            return False
        table = live.table(operation.table)
        was = table.columns.get(operation.column.name) if table else None
        unseen |= operation.column.more or (was is not None and was.more)
    return unseen


def _lacks(operation: ops.Operation, obstacle: str | None) -> bool:
    """Whether something new could not be made for want of what it belongs to, rather than for being there."""
    return isinstance(operation, _ADDING) and obstacle is not None and obstacle.endswith("does not exist")
