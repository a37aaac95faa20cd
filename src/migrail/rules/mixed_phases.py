"""A migration mixes what the running code needs with what breaks it

## What

A migration that both adds something (expand) and takes something away that the running version may still use
(contract). What takes the place of something under the same name adds nothing.

## Why

What is added has to be there before the new version is deployed, and what is taken away has to stay until the
old one is gone. One migration cannot be applied at both moments.

## Refused

```text
0012_rename.sql:
ALTER TABLE customers ADD COLUMN telephone text;
ALTER TABLE customers DROP COLUMN phone;
```

## Accepted

```text
0012_add_telephone.sql, before the deployment:
ALTER TABLE customers ADD COLUMN telephone text;

0013_drop_phone.sql, after it:
ALTER TABLE customers DROP COLUMN phone;
```

## Since

0.2.0

## Sources

- The phase of each migration is computed from its operations; see `migrail explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from migrail.model.findings import Category, Severity
from migrail.model.migration import Phase, TransactionMode
from migrail.model.operations import (
    CreateFunction,
    CreateView,
    DropObject,
    DropView,
    SetVariable,
    TransactionControl,
)
from migrail.model.rewrites import Applicability, Rewrite, Stage, Step
from migrail.model.structure import Name
from migrail.rules._interface import Hit, PhaseReview, Rule, Staged
from migrail.rules._rewrites import NO_TRANSACTION
from migrail.sql import ReadStatement, Script

SPLIT = "Split it, so that a deployment fits in between"

_STAGES = {Phase.EXPAND: Stage.EXPAND, Phase.BACKFILL: Stage.BACKFILL, Phase.CONTRACT: Stage.CONTRACT}


def _check(review: PhaseReview) -> Iterable[tuple[Script, Hit]]:
    for staged in review.staged:
        if staged.additions and Phase.CONTRACT in _phases(staged):
            yield staged.script, _in_one(staged)


def _phases(staged: Staged) -> set[Phase]:
    return {phase for _, phase in staged.statements if phase is not None}


def _in_one(staged: Staged) -> Hit:
    added = next(read for read, _ in staged.statements if read.statement.number in staged.additions)
    taken = next(read for read, phase in staged.statements if phase is Phase.CONTRACT)
    return Hit(
        object=staged.script.migration.id,
        message=f"{staged.script.migration.path} mixes phases: line {added.statement.span.line} adds what the new "
        f"version needs (expand), line {taken.statement.span.line} takes away what the running one may use "
        "(contract)",
        help=SPLIT,
        span=taken.statement.span,
        rewrite=_split(staged),
    )


def _split(staged: Staged) -> Rewrite | None:
    """A file for each phase. A machine may cut the file where the phases follow each other in it already.

    ``None`` where a single statement does both.
    """
    placed = _placed(staged)
    if any(phase is Phase.CONTRACT and read.statement.number in staged.additions for read, phase in placed):
        return None
    runs = [phase for phase, _ in groupby(phase for _, phase in placed)]
    if runs == [phase for phase in _STAGES if phase in runs] and not _has_session_state(staged):
        return Rewrite(steps=tuple(_slices(staged, placed)), whole_file=True)
    steps = []
    for phase in _STAGES:
        reads = [read for read, own in placed if own is phase]
        if reads:
            steps.append(_step(staged, phase, "\n".join(f"{read.statement.text};" for read in reads)))
    return Rewrite(steps=tuple(steps), whole_file=True, applicability=Applicability.MANUAL)


def _slices(staged: Staged, placed: Sequence[tuple[ReadStatement, Phase]]) -> Iterator[Step]:
    """The text of the file with its comments, cut where another phase begins."""
    text = staged.script.migration.text
    starts = [(phase, next(group)[0]) for phase, group in groupby(placed, key=lambda item: item[1])]
    places = [0, *(_start(read) for _, read in starts[1:]), len(text)]
    for number, (phase, _) in enumerate(starts):
        step = _step(staged, phase, text[places[number] : places[number + 1]].strip())
        yield replace(step, directives=()) if number == 0 else step


def _start(read: ReadStatement) -> int:
    comments = read.statement.comments
    return comments[0].span.start if comments else read.statement.span.start


def _placed(staged: Staged) -> list[tuple[ReadStatement, Phase]]:
    """Each statement with its phase; those without one stay with the statement before them."""
    found: list[tuple[ReadStatement, Phase]] = []
    current = next(phase for _, phase in staged.statements if phase is not None)
    for read, phase in staged.statements:
        current = phase or current
        found.append((read, current))
    return _together(found)


def _together(placed: Sequence[tuple[ReadStatement, Phase]]) -> list[tuple[ReadStatement, Phase]]:
    """What is dropped and made again stays in one file, the later one: else it would be gone in between."""
    found = list(placed)
    gone: dict[Name, int] = {}
    for number, (read, phase) in enumerate(placed):
        for operation in read.operations:
            if isinstance(operation, DropView | DropObject):
                gone[operation.name] = number
            elif isinstance(operation, CreateView | CreateFunction) and operation.name in gone:
                other = gone[operation.name]
                last = max(phase, found[other][1], key=list(_STAGES).index)
                found[number], found[other] = (read, last), (found[other][0], last)
    return found


def _step(staged: Staged, phase: Phase, sql: str) -> Step:
    off = staged.script.directives.transaction is TransactionMode.OFF
    words = staged.script.migration.id.partition("_")[2] or staged.script.migration.id
    return Step(
        name=f"{words}_{phase.value}",
        stage=_STAGES[phase],
        sql=sql,
        directives=NO_TRANSACTION if off else (),
        remark="when no deployed version uses what it takes away" if phase is Phase.CONTRACT else None,
    )


def _has_session_state(staged: Staged) -> bool:
    """Whether a statement speaks to the session or its transaction, which the other file does not share."""
    return any(
        isinstance(operation, SetVariable | TransactionControl) or getattr(operation, "temporary", False)
        for read, _ in staged.statements
        for operation in read.operations
    )


RULE = Rule(
    code="MR504",
    name="mixed-phases",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres", "sqlite", "mysql", "mariadb"),
    check_phases=_check,
)
