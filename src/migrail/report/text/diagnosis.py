"""The doctor's verdicts for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.report.text._rich import line, to_text
from migrail.results.targets import Diagnosis, Health

_GLYPHS = {Health.OK: ("✓", "green"), Health.WARNING: ("!", "yellow"), Health.FAILED: ("✗", "red")}


def render(diagnosis: Diagnosis, *, color: bool, width: int) -> str:
    """A line for each thing that was looked at, by subject."""
    return to_text(_parts(diagnosis), color=color, width=width)


def _parts(diagnosis: Diagnosis) -> Iterator[Text]:
    subject = None
    for examination in diagnosis.examinations:
        if examination.subject != subject:
            subject = examination.subject
            yield line((subject, "bold"))
        first, *others = examination.said.splitlines() or [""]
        yield line("  ", _GLYPHS[examination.health], f" {examination.what:<12} {first}")
        for other in others:
            yield line(f"{'':17}{other}")
        if examination.help:
            yield line(f"{'':17}→ {examination.help}")
    failed = sum(e.health is Health.FAILED for e in diagnosis.examinations)
    warned = sum(e.health is Health.WARNING for e in diagnosis.examinations)
    yield line((f"{failed} failed, {warned} to look at", "red" if failed else "green"))
