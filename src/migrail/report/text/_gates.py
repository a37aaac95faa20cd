"""How gates and refusals look wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.model.gates import Outcome, Verdict
from migrail.pipeline.decision import Decision
from migrail.report.text._rich import line

_GLYPHS = {
    Outcome.PASS: ("✓", "green"),
    Outcome.WAIT: ("◷", "yellow"),
    Outcome.REFUSE: ("✗", "red"),
    Outcome.ERROR: ("!", "red"),
}


def gate_lines(verdicts: tuple[Verdict, ...]) -> Iterator[Text]:
    """A line for each gate."""
    width = max((len(verdict.gate) for verdict in verdicts), default=0)
    for verdict in verdicts:
        yield line("  ", _GLYPHS[verdict.outcome], f" {verdict.gate:<{width}}  {verdict.reason}")


def decision_lines(decision: Decision) -> Iterator[Text]:
    """The gates, and what contradicts the files."""
    yield from gate_lines(decision.verdicts)
    for mismatch in decision.mismatches:
        for number, said in enumerate(mismatch.message.splitlines()):
            yield line("  ", ("✗" if number == 0 else " ", "red"), f" {said}")


def next_lines(decision: Decision) -> Iterator[Text]:
    """The commands that move a closed decision on."""
    for mismatch in decision.mismatches:
        yield line("  → ", mismatch.next)
    for verdict in decision.verdicts:
        if not verdict.passed and verdict.next and not decision.mismatches:
            yield line("  → ", verdict.next)
