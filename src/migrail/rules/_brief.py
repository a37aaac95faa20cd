"""What rules about short but strong locks share."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.model.locks import Effects, LockEffect
from migrail.model.operations import Operation
from migrail.model.rewrites import Rewrite
from migrail.rules._interface import Context, Hit
from migrail.rules._words import held, keeps_waiting

SHORT = """\
The work takes a moment, but the lock is waited for behind long queries, and every later one queues up behind it. \
Keep the transaction short and let the statement give up soon"""

FOR_EVER = "SET lock_timeout = '2s';  -- before it"


def fresh(context: Context) -> tuple[LockEffect, ...]:
    """The locks of an operation that keep others waiting and that its transaction does not hold already."""
    return tuple(
        lock
        for lock in keeps_waiting(context.effects)
        if lock.relation not in context.held or context.held[lock.relation].lock.strength < lock.strength
    )


def brief_hits(
    operation: Operation,
    context: Context,
    what: str,
    *,
    help: str | None = None,
    rewrite: Rewrite | None = None,
    locks: tuple[LockEffect, ...] | None = None,
) -> Iterator[Hit]:
    """One hit, unless nobody waits or the locks are held already.

    Args:
        operation: what takes the locks.
        context: of it.
        what: the subject of the message, such as ``DROP INDEX``.
        help: what to do instead; ``None``: nothing but to be quick.
        rewrite: the same as migrations.
        locks: those that the message is about; ``None``: all that are new to the transaction.
    """
    waiting = fresh(context) if locks is None else locks
    if not waiting:
        return
    until = "the transaction ends" if context.in_transaction else "it is done"
    target = operation.target
    yield Hit(
        object=waiting[0].relation if target is None else context.display(target),
        message=f"{what} holds {held(Effects(locks=waiting), until)}",
        help=help or (f"{SHORT}:\n{FOR_EVER}" if context.lock_timeout == 0 else SHORT),
        rewrite=rewrite,
    )
