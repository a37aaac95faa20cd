"""How messages speak about locks. The facts come from the effects of an operation, never from here."""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.locks import Blocked, Effects, LockEffect

_SHOWN = 3
"""Relations that a message names before it counts the rest."""
_BRIEF = 60
"""Characters of SQL that fit into a sentence."""


def keeps_waiting(effects: Effects) -> tuple[LockEffect, ...]:
    """The locks that make reads or writes wait."""
    return tuple(lock for lock in effects.locks if Blocked.WRITES in lock.blocks)


def held(effects: Effects, until: str) -> str:
    """``SHARE on public.orders: reads go on, every write waits until the index is built``.

    Args:
        effects: of an operation that keeps reads or writes waiting.
        until: what must have happened before they go on, for example ``the index is built``.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for lock in keeps_waiting(effects):
        groups.setdefault((lock.mode, lock.waiting), []).append(lock.relation)
    parts = [(mode, listed(relations), who) for (mode, who), relations in groups.items()]
    if len(parts) == 1:
        mode, relations, who = parts[0]
        return f"{mode} on {relations}: {who} until {until}"
    return " and ".join(f"{mode} on {relations} ({who})" for mode, relations, who in parts) + f" until {until}"


def listed(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; long lists are cut and counted."""
    shown = list(items)
    if len(shown) > _SHOWN:
        shown = [*shown[: _SHOWN - 1], f"{len(shown) - _SHOWN + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def brief(sql: str) -> str:
    """A piece of SQL on one line, cut where it is long."""
    line = " ".join(sql.split())
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 1]}\u2026"
