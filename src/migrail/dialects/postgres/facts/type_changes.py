"""Which changes between two types leave the rows of a table as they are. All others write each row again.

Measured on 15 and 18 for each row, with the neighbours that write (``tests/dialects/postgres/test_types.py``).
Casts WITHOUT FUNCTION are those of ``pg_cast``, the support functions of lengths those of ``pg_proc.prosupport``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from migrail.dialects._interface import TypeChange, Version
from migrail.model.structure import SqlType

_MAX_PRECISION = 6
"""Fractional digits of a second that are kept where none are written."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the lengths or digits behind the two types must be."""

    words: str
    holds: Callable[[SqlType, SqlType], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Pairs of types, and what a change from one to the other costs where its condition holds."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    cost: TypeChange
    when: Condition
    in_utc: bool = False
    """Whether the time zone of the session has to be UTC."""
    since: Version = ()
    """The first major version; empty: all."""

    def costs(self, old: SqlType, new: SqlType, version: Version, *, in_utc: bool) -> TypeChange:
        """For these two types on that server, in a session of that time zone."""
        kept = version >= self.since and (in_utc or not self.in_utc) and self.when.holds(old, new)
        return self.cost if kept else TypeChange.REWRITE


def _longer(old: SqlType, new: SqlType) -> bool:
    before, after = _numbers(old), _numbers(new)
    return not new.arguments or (bool(before) and bool(after) and after[0] >= before[0])


def _wider(old: SqlType, new: SqlType) -> bool:
    before, after = _numbers(old), _numbers(new)
    if not new.arguments:
        return True
    return bool(before and after) and after[0] >= before[0] and (*before, 0)[1] == (*after, 0)[1]


def _interval(old: SqlType, new: SqlType) -> bool:
    return not new.arguments or (bool(_numbers(old) and _numbers(new)) and _precision(new) >= _precision(old))


def _precision(type_: SqlType) -> int:
    numbers = _numbers(type_)
    return min(numbers[0], _MAX_PRECISION) if numbers else _MAX_PRECISION


def _numbers(type_: SqlType) -> tuple[int, ...]:
    """The arguments, or nothing when one of them is not a number."""
    if not all(re.fullmatch(r"-?[0-9]{1,9}", argument) for argument in type_.arguments):
        return ()
    return tuple(int(argument) for argument in type_.arguments)


LONGER = Condition("the new length is as great or greater, or there is none", _longer)
WIDER = Condition("as many digits before the point or more and as many behind it, or no limit at all", _wider)
FINER = Condition(
    "as many fractional digits of a second or more", lambda old, new: _precision(new) >= _precision(old)
)
FINER_INTERVAL = Condition("as many fractional digits or more and the same fields, or no limit at all", _interval)
FINEST = Condition("all six fractional digits", lambda old, new: _precision(new) == _MAX_PRECISION)
PLAIN = Condition("the new type has no length", lambda old, new: not new.arguments)

_TEXTS = ("varchar", "text")
_FREE, _INDEXES = TypeChange.FREE, TypeChange.INDEXES

CHANGES = (
    Change(old=_TEXTS, new=_TEXTS, cost=_FREE, when=LONGER),
    Change(old=("varbit",), new=("varbit",), cost=_FREE, when=LONGER),
    Change(old=("numeric",), new=("numeric",), cost=_FREE, when=WIDER),
    Change(old=("interval",), new=("interval",), cost=_FREE, when=FINER_INTERVAL),
    *(
        Change(old=(name,), new=(name,), cost=_FREE, when=FINER)
        for name in ("timestamp", "timestamptz", "time", "timetz")
    ),
    Change(old=("timestamp",), new=("timestamptz",), cost=_INDEXES, when=FINEST, in_utc=True, since=(12,)),
    Change(old=("timestamptz",), new=("timestamp",), cost=_INDEXES, when=FINEST, in_utc=True, since=(12,)),
    Change(old=("cidr",), new=("inet",), cost=_FREE, when=PLAIN),
    Change(old=("xml",), new=_TEXTS, cost=_FREE, when=PLAIN),
    Change(old=("integer",), new=("oid",), cost=_INDEXES, when=PLAIN),
    Change(old=("oid",), new=("integer",), cost=_INDEXES, when=PLAIN),
    Change(old=("bit",), new=("varbit",), cost=_INDEXES, when=PLAIN),
    Change(old=("citext",), new=_TEXTS, cost=_INDEXES, when=PLAIN),
    Change(old=_TEXTS, new=("citext",), cost=_INDEXES, when=PLAIN),
)
"""Indexes stay where both types have the same operator class, and are built again otherwise."""


def _pairs() -> Iterator[tuple[tuple[str, str], Change]]:
    for change in CHANGES:
        yield from ((pair, change) for pair in product(change.old, change.new))


BY_PAIR = dict(_pairs())
"""Names of the old and the new type → the row about them."""
