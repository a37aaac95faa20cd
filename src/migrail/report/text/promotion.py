"""What promote did, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.model.text import plural
from migrail.pipeline.decision import Decision
from migrail.report.text._gates import decision_lines, next_lines
from migrail.report.text._rich import line, to_text
from migrail.results.promotion import PromotionReport, Step, StepOutcome


def render(report: PromotionReport, *, color: bool, width: int) -> str:
    """One paragraph for each batch and environment."""
    return to_text((part for step in report.steps for part in _step(step)), color=color, width=width)


def _step(step: Step) -> Iterator[Text]:
    name = (step.environment, "bold")
    label = step.batch.label if step.batch else "what is there"
    if step.outcome is StepOutcome.NOTHING:
        yield line(("✓ ", "green"), name, " has every batch; nothing to do")
    elif step.outcome is StepOutcome.SUCCEEDED:
        statements = sum(done.statements for done in step.applied)
        seconds = sum(done.seconds for done in step.applied)
        count = len({done.migration for done in step.applied})
        said = f"{plural(count, 'migration')}, {plural(statements, 'statement')}, {seconds:.2f} s"
        yield line(("✓ ", "green"), f"{label} is on ", name, f": {said}")
        yield from _applied(step)
    elif step.outcome is StepOutcome.PLANNED:
        yield line(("· ", "cyan"), f"{label} would enter ", name)
        for entry in step.batch.entries if step.batch else ():
            yield line(f"    {entry.migration}")
    elif step.outcome is StepOutcome.REFUSED and step.decision and _only_waits_below(step.decision):
        waiting = next(verdict for verdict in step.decision.verdicts if not verdict.passed)
        yield line(("⊘ ", "yellow"), f"{label} does not enter ", name, f": {waiting.reason}")
        yield from next_lines(step.decision)
    elif step.outcome is StepOutcome.REFUSED and step.decision:
        verb = "does not enter" if step.batch else "does not fit the files:"
        yield line(("⊘ ", "yellow"), f"{label} {verb} ", name)
        yield from decision_lines(step.decision)
        yield line("  Nothing was changed." if not step.applied else "  What was applied before stays applied.")
        yield from _applied(step)
        yield from next_lines(step.decision)
    elif step.outcome is StepOutcome.INTERRUPTED:
        what = f"{label} was stopped on its way into " if step.batch else "stopped before "
        yield line(("✗ ", "red"), what, name, "; what happened is on standard error")
        yield from _applied(step)
    else:
        began = step.applied or step.outcome is StepOutcome.FAILED
        where = f"{label} {'stopped at' if began else 'did not enter'} " if step.batch else "cannot promote into "
        yield line(("✗ ", "red"), where, name, "; what happened is on standard error")
        yield from _applied(step)


def _only_waits_below(decision: Decision) -> bool:
    closed = [verdict.gate for verdict in decision.verdicts if not verdict.passed]
    return closed == ["lower-environment"] and not decision.mismatches


def _applied(step: Step) -> Iterator[Text]:
    for done in step.applied:
        target = "" if done.target == "default" else f" on {done.target}"
        locked = (f"  locked {', '.join(done.locks)}", "dim") if done.locks else ""
        yield line(("  ✓ ", "green"), f"{done.migration}{target}  ({done.seconds:.2f} s)", locked)
