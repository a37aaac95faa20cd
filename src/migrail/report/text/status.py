"""The status matrix for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from migrail.model.text import age, plural
from migrail.pipeline.matrix import Cell, PlaceStatus, RowStatus, State, Status
from migrail.report.text._gates import gate_lines
from migrail.report.text._rich import line, rows, table, to_text

GLYPHS = {
    State.APPLIED: ("✓", "green"),
    State.PENDING: ("·", "dim"),
    State.NEXT: ("·", "cyan"),
    State.AWAITING_APPROVAL: ("? approvals", "yellow"),
    State.BLOCKED: ("⊘", "yellow"),
    State.RUNNING: ("▶", "cyan"),
    State.FAILED: ("✗", "red"),
    State.IN_DOUBT: ("✗", "red"),
    State.EDITED: ("≠", "red"),
    State.MISSING: ("∅", "red"),
    State.OUT_OF_ORDER: ("↷", "red"),
    State.REGRESSED: ("↶", "red"),
    State.UNKNOWN: ("-", "dim"),
}

NARROW = 24
"""Columns that an environment needs beside others; with less the matrix becomes a list for each environment."""


def render(status: Status, *, color: bool, width: int) -> str:
    """The whole matrix, one environment, or one migration's life."""
    return to_text(_parts(status, width), color=color, width=width)


def _parts(status: Status, width: int) -> Iterator[RenderableType]:
    count = len(status.attention)
    verb = "needs" if count == 1 else "need"
    needs = (f"{plural(count, 'thing')} {verb} attention", "yellow") if count else ("all is well", "green")
    yield line((status.project, "bold"), f" · read {status.read_at:%Y-%m-%d %H:%M} UTC · ", needs)
    yield Text()
    shown = _shown(status)
    if len(status.rows) == 1 and status.subject == status.rows[0].id:
        yield from _life(status, status.rows[0])
    elif shown:
        yield from _matrix(status, shown, width)
    folded = len(status.rows) - len(shown)
    if folded:
        verb = "is" if folded == 1 else "are"
        yield line((f"✓ {plural(folded, 'migration')} {verb} everywhere", "green"), ("  (--all lists them)", "dim"))
    for place in status.places:
        yield from _place(status, place)
    if status.attention:
        yield Text()
    for entry in status.attention:
        where = f"{entry.environment}: " if entry.environment else ""
        yield line(("! ", "yellow"), f"{where}{entry.what}")
        yield line("    → ", (entry.next, "bold"))


def _shown(status: Status) -> list[RowStatus]:
    if status.everything or status.subject or not status.places:
        return list(status.rows)
    return [row for row in status.rows if any(cell.state is not State.APPLIED for cell in row.cells.values())]


def _matrix(status: Status, shown: list[RowStatus], width: int) -> Iterator[RenderableType]:
    longest = max(len(row.id) for row in shown) + 3
    names = [place.name for place in status.places]
    if len(names) > 1 and width - longest < NARROW * len(names) // 2:
        for name in names:
            yield line((name, "bold"))
            made = table("migration", "batch", name, fixed=0)
            yield rows(made, ([line(row.id), _batch(row), _cell(status, row.cells[name])] for row in shown))
        return
    made = table("migration", "batch", *names, fixed=2)
    yield rows(
        made, ([line(row.id), _batch(row), *(_cell(status, row.cells[name]) for name in names)] for row in shown)
    )


def _batch(row: RowStatus) -> Text:
    return line("" if row.batch is None else str(row.batch))


def _cell(status: Status, cell: Cell) -> Text:
    since = age(status.read_at - cell.since) if cell.since and cell.state is State.APPLIED else ""
    word = "" if cell.state in _SELF_EVIDENT else cell.state.value
    return line(GLYPHS[cell.state], " ", " ".join(part for part in (word, since, cell.short) if part))


_SELF_EVIDENT = {State.APPLIED, State.PENDING, State.BLOCKED, State.AWAITING_APPROVAL}
"""States whose glyph needs no word beside what else the cell says."""


def _life(status: Status, row: RowStatus) -> Iterator[RenderableType]:
    yield line((row.id, "bold"), f"  {row.digest or ''}")
    made = table("environment", "state", "since", "detail", fixed=2)
    yield rows(
        made,
        (
            [
                line(name),
                line(GLYPHS[cell.state], f" {cell.state.value}"),
                line(f"{cell.since:%Y-%m-%d %H:%M} UTC" if cell.since else ""),
                line(cell.detail),
            ]
            for name, cell in row.cells.items()
        ),
    )


def _place(status: Status, place: PlaceStatus) -> Iterator[RenderableType]:
    if not place.reachable and place.observed_at:
        seen = age(status.read_at - place.observed_at)
        yield line((f"{place.name} cannot be read: shown as observed {seen} ago", "yellow"))
    elif not place.reachable:
        yield line((f"{place.name} cannot be read and was never observed", "yellow"))
    if status.subject == place.name and place.next_batch:
        yield Text()
        yield line(f"{place.next_batch.label} is next for ", (place.name, "bold"))
        yield from gate_lines(place.verdicts)
