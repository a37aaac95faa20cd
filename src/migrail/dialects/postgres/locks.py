"""PostgreSQL's lock modes, whom they keep waiting, and how single locks become the effects of a statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from migrail.model.locks import Blocked, Duration, Effects, InTransaction, LockEffect
from migrail.model.structure import Name, Structure


class Mode(StrEnum):
    """Table lock modes from weakest to strongest (manual, 13.3.1)."""

    ACCESS_SHARE = "ACCESS SHARE"
    ROW_SHARE = "ROW SHARE"
    ROW_EXCLUSIVE = "ROW EXCLUSIVE"
    SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE"
    SHARE = "SHARE"
    SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE"
    EXCLUSIVE = "EXCLUSIVE"
    ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE"


_STRENGTH = {mode: strength for strength, mode in enumerate(Mode)}
_WORK = {duration: work for work, duration in enumerate(Duration)}
_DDL = (Blocked.DDL,)
_WRITES = (Blocked.WRITES, Blocked.DDL)

BLOCKS: dict[Mode, tuple[Blocked, ...]] = {
    Mode.ACCESS_SHARE: _DDL,
    Mode.ROW_SHARE: _DDL,
    Mode.ROW_EXCLUSIVE: _DDL,
    Mode.SHARE_UPDATE_EXCLUSIVE: _DDL,
    Mode.SHARE: _WRITES,
    Mode.SHARE_ROW_EXCLUSIVE: _WRITES,
    Mode.EXCLUSIVE: _WRITES,
    Mode.ACCESS_EXCLUSIVE: (Blocked.READS, Blocked.WRITES, Blocked.DDL),
}
"""Manual, table 13.2: reads take ACCESS SHARE, writes ROW EXCLUSIVE, DDL SHARE UPDATE EXCLUSIVE or more."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One relation that an operation locks, and the work on it while it is locked."""

    relation: Name
    mode: Mode
    duration: Duration = Duration.INSTANT


def gather(touches: Iterable[Touch], structure: Structure, in_transaction: InTransaction) -> Effects:
    """The touches as effects: each relation once with its strongest lock, new relations left out.

    A partitioned table has no rows of its own, so there is no work on it.
    """
    strongest: dict[str, Touch] = {}
    for touch in touches:
        if structure.is_new(touch.relation):
            continue
        if touch.duration is not Duration.INSTANT and structure.is_partitioned(touch.relation):
            touch = Touch(touch.relation, touch.mode)
        relation = structure.display(touch.relation)
        known = strongest.get(relation)
        strongest[relation] = touch if known is None else _stronger(known, touch)
    return Effects(
        locks=tuple(
            LockEffect(
                relation=relation,
                mode=touch.mode,
                blocks=BLOCKS[touch.mode],
                duration=touch.duration,
                strength=_STRENGTH[touch.mode],
            )
            for relation, touch in strongest.items()
        ),
        rewrites=_with(strongest, Duration.REWRITE),
        scans=_with(strongest, Duration.SCAN),
        in_transaction=in_transaction,
    )


def _stronger(first: Touch, second: Touch) -> Touch:
    return Touch(
        first.relation,
        max(first.mode, second.mode, key=_STRENGTH.__getitem__),
        max(first.duration, second.duration, key=_WORK.__getitem__),
    )


def _with(strongest: dict[str, Touch], duration: Duration) -> tuple[str, ...]:
    return tuple(relation for relation, touch in strongest.items() if touch.duration is duration)
