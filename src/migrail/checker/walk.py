"""Goes through new migrations operation by operation, with the structure and the rules' hits at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from migrail.catalog import Catalog
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay
from migrail.checker.session import Session
from migrail.dialects import Dialect, Version
from migrail.model.migration import Statement, TransactionMode
from migrail.model.operations import Certainty, Inner, Opaque, Operation, RunCode, unfolded
from migrail.rules import Context, Hit, Outline, Rule, rules
from migrail.sql import ReadStatement, Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One operation of a new migration, judged.

    Its context answers for the structure before the operation only until the next step is asked for.
    """

    script: Script
    read: ReadStatement
    operation: Operation
    context: Context
    hits: tuple[tuple[Rule, Hit], ...]


def walk(
    history: Sequence[Script],
    new: Sequence[Script],
    *,
    dialect: Dialect,
    version: Version,
    lock_timeout: float = 2.0,
    transaction: TransactionMode = TransactionMode.MIGRATION,
    asked_for: AbstractSet[str] = frozenset(),
    pending: AbstractSet[str] = frozenset(),
) -> Iterator[Step]:
    """Every operation of the new migrations, in order, each on the structure that the ones before leave behind.

    Args:
        history: older migrations in order.
        new: the migrations to walk through.
        dialect: of the database.
        version: of the server.
        lock_timeout: seconds that promote lets a statement wait for a lock, unless a file says otherwise.
        transaction: what one transaction of promote holds, unless a file says otherwise.
        asked_for: codes of rules that the configuration names; those that are off by default speak then.
        pending: ids of older migrations that are applied together with the new ones.
    """
    before, ahead = around(history, dialect, pending)
    replaying = Replay(ahead, new=True)
    active = [
        rule
        for rule in rules().values()
        if rule.check_operation is not None
        and dialect.name in rule.dialects
        and (rule.enabled or rule.code in asked_for)
    ]
    for script, outline in zip(new, Outline.of_all(new, dialect), strict=True):
        replaying.begin_session()
        session = Session(script, dialect, lock_timeout)
        for read in script.statements:
            session.begin(read)
            for operation, inside in unfolded(read.operations):
                catalog = replaying.catalog
                statement = read.statement if inside is None else _statement(inside, read.statement)
                context = Context(
                    script=script,
                    statement=statement,
                    operations=read.operations,
                    catalog=catalog,
                    before=before,
                    effects=dialect.effects(operation, catalog, version),
                    dialect=dialect,
                    version=version,
                    in_transaction=not session.outside or inside is not None,
                    outline=outline,
                    inside=inside,
                    held=session.held,
                    lock_timeout=session.lock_timeout,
                    transaction=transaction,
                    transaction_statements=session.statements,
                )
                yield Step(
                    script=script,
                    read=read,
                    operation=operation,
                    context=context,
                    hits=_hits(operation, context, active),
                )
                apply(replaying, operation, inside)
                session.ran(operation, context.effects, statement)
                if _hides_changes(operation):
                    replaying.doubt()


def _hits(operation: Operation, context: Context, active: Sequence[Rule]) -> tuple[tuple[Rule, Hit], ...]:
    return tuple(
        (rule, hit)
        for rule in active
        if rule.check_operation is not None and isinstance(operation, rule.on)
        for hit in rule.check_operation(operation, context)
    )


def after(history: Sequence[Script], dialect: Dialect, pending: AbstractSet[str] = frozenset()) -> Catalog:
    """The structure that the older migrations make; what the pending ones make is new."""
    return around(history, dialect, pending)[1]


def around(history: Sequence[Script], dialect: Dialect, pending: AbstractSet[str]) -> tuple[Catalog, Catalog]:
    """The structure before the first pending migration, and the one that all older migrations make.

    It counts as complete as long as they explain themselves: one that alters what none of them made, or that
    was not understood, shows that there is more in the database than they tell.
    """
    replaying = Replay(Catalog.empty(dialect, complete=bool(history)))
    before: Catalog | None = None
    for script in history:
        if script.migration.id in pending:
            before = before or replaying.snapshot()
            replaying = Replay(replaying.catalog, new=True)
        replaying.begin_session()
        for operation, inside in unfolded(script.operations):
            certain = inside is None or inside.certainty is Certainty.CERTAIN
            if replaying.catalog.complete and (
                _hides_changes(operation) or (certain and conflicts(replaying.catalog, operation) is not None)
            ):
                replaying.doubt()
            apply(replaying, operation, inside)
    return before or replaying.catalog, replaying.catalog


def apply(replaying: Replay, operation: Operation, inside: Inner | None) -> None:
    """Replays what :func:`unfolded` gives."""
    if inside is not None:
        replaying.run(inside)
    elif not isinstance(operation, RunCode):
        replaying.apply(operation)


def _statement(inside: Inner, around: Statement) -> Statement:
    """The statement inside code, under the number of that around it."""
    return Statement(number=around.number, text=inside.text, span=inside.span)


def _hides_changes(operation: Operation) -> bool:
    """Whether something may be made or dropped that the catalog does not see."""
    return isinstance(operation, Opaque) or (isinstance(operation, RunCode) and not operation.is_read)
