"""The audit trail for a terminal."""

from __future__ import annotations

from migrail.report.text._rich import line, rows, table, to_text
from migrail.results import History


def render(history: History, *, color: bool, width: int) -> str:
    """A line for each event, oldest first."""
    made = table("when (UTC)", "where", "who", "what", "which", "detail", fixed=2)
    cells = (
        [
            line(f"{event.at:%Y-%m-%d %H:%M:%S}"),
            line("/".join(part for part in (event.environment, event.target) if part)),
            line(event.actor),
            line(event.what),
            line(event.subject),
            line(event.detail.partition("\n")[0]),
        ]
        for event in history.events
    )
    parts = [rows(made, cells)] if history.events else [line("nothing happened yet")]
    notes = [line((f"{name} cannot be reached: as last observed", "yellow")) for name in history.missing]
    return to_text([*parts, *notes], color=color, width=width)
