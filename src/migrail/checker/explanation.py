"""Says what statements do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import groupby

from migrail.catalog import Catalog
from migrail.checker.phases import Tally
from migrail.checker.results import ExplainedStatement, Explanation
from migrail.checker.walk import Step, walk
from migrail.dialects import Dialect, Version
from migrail.model.locks import Effects, InTransaction, LockEffect
from migrail.model.operations import Inner, Operation, RunCode, SessionCommand, Unread
from migrail.model.structure import Expression, Name, SqlType
from migrail.model.text import visible
from migrail.rules import Context
from migrail.sql import Script

_HARDNESS = {InTransaction.ALLOWED: 0, InTransaction.IMPLICIT_COMMIT: 1, InTransaction.FORBIDDEN: 2}


def explain(
    history: Sequence[Script],
    scripts: Sequence[Script],
    *,
    dialect: Dialect,
    version: Version,
    lock_timeout: float = 2.0,
) -> Explanation:
    """What each statement of ``scripts`` does to a database that has applied ``history``.

    ``lock_timeout`` is what promote sets: the seconds that a statement waits for a lock.
    """
    steps = walk(history, scripts, dialect=dialect, version=version, lock_timeout=lock_timeout)
    groups = groupby(steps, lambda step: (step.script.migration.id, step.read.statement.number))
    return Explanation(statements=tuple(_statement(group) for _, group in groups))


def _statement(steps: Iterator[Step]) -> ExplainedStatement:
    """Of the steps of one statement, of which there is at least one; none is kept."""
    tally = Tally()
    effects: list[Effects] = []
    operations: list[Mapping[str, object]] = []
    helps: dict[str, None] = {}
    first: Context | None = None
    for step in steps:
        first = first or step.context
        script, read = step.script, step.read
        tally.add(step)
        effects.append(step.context.effects)
        operations.append(_placed(step))
        helps.update((hit.advice, None) for _, hit in step.hits)
    assert first is not None
    opaque = read.opaque
    return ExplainedStatement(
        migration=script.migration.id,
        path=script.migration.path,
        number=read.statement.number,
        span=read.statement.span,
        sql=read.statement.text,
        understood=opaque is None,
        reason=None if opaque is None else opaque.reason,
        operations=tuple(operations),
        locks=_strongest(lock for effect in effects for lock in effect.locks),
        held=tuple(first.held.values()),
        lock_timeout=first.lock_timeout,
        rewrites=_once(name for effect in effects for name in effect.rewrites),
        scans=_once(name for effect in effects for name in effect.scans),
        in_transaction=max((effect.in_transaction for effect in effects), key=_HARDNESS.__getitem__),
        phase=tally.phase,
        safer=_safer(helps),
    )


def _strongest(locks: Iterable[LockEffect]) -> tuple[LockEffect, ...]:
    """Each relation once."""
    found: dict[str, LockEffect] = {}
    for lock in locks:
        known = found.get(lock.relation)
        found[lock.relation] = lock if known is None else known.joined(lock)
    return tuple(found.values())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _safer(helps: Iterable[str]) -> str | None:
    said = "\n\n".join(helps)
    return "\n".join(visible(line.rstrip("\r")) for line in said.split("\n")) if said else None


def _placed(step: Step) -> Mapping[str, object]:
    """Of one inside code, also where in the file and whether it is always reached."""
    said = _operation(step.operation, step.context.catalog)
    inside = step.context.inside
    return said if inside is None else {**said, **_place(inside)}


def _place(inside: Inner) -> Mapping[str, object]:
    return {"certainty": inside.certainty.value, "line": inside.span.line}


def _operation(operation: Operation, catalog: Catalog) -> Mapping[str, object]:
    target = operation.target
    own = {
        field.name: _plain(value, catalog)
        for field in fields(operation)
        if ((value := getattr(operation, field.name)) is not target or value is None)
        and not (isinstance(operation, RunCode | SessionCommand) and field.name == "operations")
    }
    return {"kind": operation.kind, "object": None if target is None else catalog.display(target), **own}


def _plain(value: object, catalog: Catalog) -> object:
    """A field as JSON can hold it."""
    match value:
        case Inner():
            return {**_operation(value.operation, catalog), **_place(value)}
        case Unread():
            return {"reason": value.reason, "line": value.span.line}
        case Name():
            return catalog.display(value)
        case SqlType():
            return str(value)
        case Expression():
            return value.text
        case tuple():
            return [_plain(item, catalog) for item in value]
        case frozenset():
            return sorted(value)
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name), catalog) for field in fields(value)}
        case _:
            return value
