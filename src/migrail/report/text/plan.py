"""A plan for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.model.text import plural
from migrail.pipeline.course import Manner
from migrail.report.text._gates import decision_lines, next_lines
from migrail.report.text._rich import line, to_text
from migrail.results.promotion import Plan, PlannedMigration


def render(plan: Plan, *, color: bool, width: int) -> str:
    """The SQL in order with its transactions and locks, then the gates."""
    return to_text(_parts(plan), color=color, width=width)


def _parts(plan: Plan) -> Iterator[Text]:
    if plan.note:
        yield line(("! ", "yellow"), plan.note)
    if plan.batch is None or plan.decision is None:
        yield line(("✓ ", "green"), (plan.environment, "bold"), " has every batch; nothing to do")
        return
    yield line(
        (plan.environment, "bold"), f" · {plan.batch.label} · {plural(len(plan.migrations), 'migration')} to apply"
    )
    locks = _locks(plan)
    for migration in plan.migrations:
        yield Text()
        yield from _migration(migration, locks)
    yield Text()
    yield from decision_lines(plan.decision)
    if plan.decision.allowed and plan.note:
        yield line("  → ", (f"migrail doctor {plan.environment}", "bold"))
    elif plan.decision.allowed:
        yield line("  → ", (f"migrail promote {plan.environment}", "bold"))
    else:
        yield from next_lines(plan.decision)


def _migration(migration: PlannedMigration, locks: dict[tuple[str, int], list[str]]) -> Iterator[Text]:
    script = migration.script
    targets = "" if migration.targets == ("default",) else f" on {', '.join(migration.targets)}"
    yield line((script.migration.id, "bold"), f"{targets}  ", (script.migration.digests.text, "dim"))
    if migration.done:
        there = f"  goes on behind statement {migration.done} of {len(script.statements)}; those before are there"
        yield line((there, "yellow"))
    steps = [step for step in migration.course.steps if step.statements[-1].statement.number > migration.done]
    for number, step in enumerate(steps, 1):
        together = step.manner is Manner.TOGETHER
        if together:
            yield line(("  BEGIN", "cyan"))
        for read in step.statements:
            if read.statement.number <= migration.done:
                continue
            for row, said in enumerate(read.statement.text.splitlines(), read.statement.span.line):
                yield line((f"{row:>4} │ ", "dim"), said)
            for lock in locks.get((script.migration.id, read.statement.number), []):
                yield line(("     = ", "dim"), (lock, "yellow"))
        ledger = "ledger row, " if number == len(steps) else ""
        if together:
            journal = "" if migration.transaction else "journal, "
            yield line((f"  + {journal}{ledger}COMMIT", "cyan"))
        else:
            yield line(("  outside of a transaction, with a journal", "cyan"))
            if ledger:
                yield line(("  + ledger row", "cyan"))


def _locks(plan: Plan) -> dict[tuple[str, int], list[str]]:
    if plan.explanation is None:
        return {}
    found: dict[tuple[str, int], list[str]] = {}
    for explained in plan.explanation.statements:
        said = [
            f"{lock.mode} on {lock.relation}, {lock.duration.value}; waits: {', '.join(lock.blocks)}"
            for lock in explained.locks
        ]
        found[explained.migration, explained.number] = said
    return found
