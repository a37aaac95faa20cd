"""The audit trail for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from migrail.report.text._rich import line, rows, table, to_text
from migrail.results.records import Event, History

HEADERS = ("when (UTC)", "where", "who", "what", "which", "detail")

NARROW = 100
"""With fewer columns an event is a line, which the terminal wraps."""


def render(history: History, *, color: bool, width: int) -> str:
    """A line for each event, oldest first."""
    return to_text(_parts(history, width), color=color, width=width)


def _parts(history: History, width: int) -> Iterator[RenderableType]:
    events = [_cells(event) for event in history.events]
    if not events:
        yield line("nothing happened yet")
    elif width < NARROW:
        yield from (Text("  ").join(cell for cell in cells if cell) for cells in events)
    else:
        yield rows(table(*HEADERS, fixed=2), events)
    for name in history.missing:
        yield line((f"{name} cannot be reached: as last observed", "yellow"))


def _cells(event: Event) -> list[Text]:
    return [
        line(f"{event.at:%Y-%m-%d %H:%M:%S}"),
        line("/".join(part for part in (event.environment, event.target) if part)),
        line(event.actor),
        line(event.what),
        line(event.subject),
        line(event.detail.partition("\n")[0]),
    ]
