"""Approvals, evidence and resolutions for a terminal."""

from __future__ import annotations

from migrail.report.text._gates import decision_lines, next_lines
from migrail.report.text._rich import line, to_text
from migrail.results.records import Approved, Recorded, Resolved


def approved(result: Approved, *, color: bool, width: int) -> str:
    """Who approved what, and what the gates say now."""
    approval = result.approval
    parts = [
        line(
            ("✓ ", "green"),
            f"{_would(result.recorded)}{approval.actor} approved {result.batch.label} for ",
            (approval.environment, "bold"),
        ),
        *decision_lines(result.decision),
    ]
    if result.decision.allowed:
        parts.append(line("  → ", (f"migrail promote {approval.environment}", "bold")))
    else:
        parts.extend(next_lines(result.decision))
    return to_text(parts, color=color, width=width)


def recorded(result: Recorded, *, color: bool, width: int) -> str:
    """What was recorded about which batch."""
    fact = result.evidence
    glyph = ("✓ ", "green") if fact.passed else ("✗ ", "red")
    outcome = "passed" if fact.passed else "failed"
    said = f"{_would(result.recorded)}{fact.name} {outcome} for {result.batch.label}, observed on "
    return to_text([line(glyph, said, (fact.environment, "bold"))], color=color, width=width)


def resolved(result: Resolved, *, color: bool, width: int) -> str:
    """What was decided, and how to go on."""
    return to_text(
        [
            line(
                ("✓ ", "green"),
                f"{_would(result.recorded)}{result.migration} on ",
                (result.environment, "bold"),
                f": {result.choice}",
            ),
            line("  → ", (f"migrail promote {result.environment}", "bold")),
        ],
        color=color,
        width=width,
    )


def _would(recorded: bool) -> str:
    return "" if recorded else "(dry run, nothing is recorded) "
