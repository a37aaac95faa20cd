"""What reconciling settled, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.report.text._rich import line, to_text
from migrail.results.records import Reconciliation


def render(result: Reconciliation, *, color: bool, width: int) -> str:
    """One line for each thing that was found, and what to do where a person has to decide."""
    return to_text(_parts(result), color=color, width=width)


def _parts(result: Reconciliation) -> Iterator[Text]:
    if not result.settled and not result.errors:
        yield line(("✓ ", "green"), f"{', '.join(result.environments)}: nothing to settle")
    if result.settled and not result.recorded:
        yield line("(dry run, nothing is recorded)")
    for item in result.settled:
        glyph = ("! ", "yellow") if item.open else ("✓ ", "green")
        target = "" if item.target in {None, "default"} else f"/{item.target}"
        subject = f" {item.migration}" if item.migration else ""
        yield line(glyph, (f"{item.environment}{target}", "bold"), f"{subject}: {item.what}")
        if item.next:
            yield line("  → ", (item.next, "bold"))
    for error in result.errors:
        yield line(("✗ ", "red"), error.message)
