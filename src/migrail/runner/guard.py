"""The guard: one promotion at a time into one target. Each server has its own way to hold it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from migrail.runner.address import Address, Limits
from migrail.runner.servers import Guard, server_of


def guarded(address: Address, limits: Limits) -> AbstractContextManager[Guard]:
    """Holds the guard of a target.

    Raises:
        GuardBusy: another promotion held it for the whole of ``limits.guard`` seconds.
        IdentityError: the server is a standby or read-only, or a pooler stands in between that does not keep
            sessions apart.
        TargetUnreachable: the database cannot be reached.
    """
    return server_of(address).guard(address, limits)


def is_held(address: Address, limits: Limits) -> bool:
    """Whether a promotion holds the guard of a target right now."""
    return server_of(address).holder(address, limits) is not None
