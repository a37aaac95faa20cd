"""Goes through new migrations operation by operation, with the structure and the rules' hits at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from migrail.catalog import Catalog, conflicts, replay
from migrail.dialects import Dialect, Version
from migrail.model.migration import TransactionMode
from migrail.model.operations import Opaque, Operation, RunCode
from migrail.rules import Context, Hit, Outline, Rule, rules
from migrail.sql import ReadStatement, Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One operation of a new migration, judged.

    It holds the whole structure before the operation: look at one step at a time and keep none of them.
    """

    script: Script
    read: ReadStatement
    operation: Operation
    context: Context
    hits: tuple[tuple[Rule, Hit], ...]


def walk(history: Sequence[Script], new: Sequence[Script], *, dialect: Dialect, version: Version) -> Iterator[Step]:
    """Every operation of the new migrations, in order, each on the structure that the ones before leave behind."""
    catalog = _after(history, dialect)
    active = [
        rule for rule in rules().values() if rule.check_operation is not None and dialect.name in rule.dialects
    ]
    for script in new:
        catalog = catalog.in_new_session()
        outline = Outline.of(script, dialect)
        in_transaction = script.directives.transaction is TransactionMode.ON
        for read in script.statements:
            for operation in read.operations:
                context = Context(
                    script=script,
                    statement=read.statement,
                    operations=read.operations,
                    catalog=catalog,
                    effects=dialect.effects(operation, catalog, version),
                    dialect=dialect,
                    version=version,
                    in_transaction=in_transaction,
                    outline=outline,
                )
                yield Step(
                    script=script,
                    read=read,
                    operation=operation,
                    context=context,
                    hits=_hits(operation, context, active),
                )
                catalog = replay(catalog, (operation,), new=True)
            if catalog.complete and _hides_changes(read.operations):
                catalog = replace(catalog, complete=False)


def _hits(operation: Operation, context: Context, active: Sequence[Rule]) -> tuple[tuple[Rule, Hit], ...]:
    return tuple(
        (rule, hit)
        for rule in active
        if rule.check_operation is not None and isinstance(operation, rule.on)
        for hit in rule.check_operation(operation, context)
    )


def _after(history: Sequence[Script], dialect: Dialect) -> Catalog:
    """The structure that the older migrations make.

    It counts as complete as long as they explain themselves: one that alters what none of them made, or that
    was not understood, shows that there is more in the database than they tell.
    """
    catalog = Catalog.empty(dialect, complete=bool(history))
    for script in history:
        catalog = catalog.in_new_session()
        if not catalog.complete:
            catalog = replay(catalog, script.operations)
            continue
        for operation in script.operations:
            surprise = conflicts(catalog, operation) is not None or _hides_changes((operation,))
            catalog = replay(catalog, (operation,))
            if surprise:
                catalog = replace(catalog, complete=False)
    return catalog


def _hides_changes(operations: Sequence[Operation]) -> bool:
    """Whether something may be made or dropped that the catalog does not see."""
    return any(isinstance(operation, (Opaque, RunCode)) for operation in operations)
