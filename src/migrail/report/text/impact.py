"""What uses an object, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.checker.impact import Impact
from migrail.model.text import plural, visible
from migrail.report.text._lines import unwrapped
from migrail.report.text._queries import listed, place
from migrail.report.text._rich import line


def render(impact: Impact, *, color: bool, width: int) -> str:
    """Queries first, then what hangs on it in the database."""
    return unwrapped(_parts(impact, width), color=color)


def _parts(impact: Impact, width: int) -> Iterator[Text]:
    yield line((visible(impact.object), "bold"), f"  {impact.kind}")
    if impact.queries:
        yield line(("Queries", "bold"))
        yield from listed([line("  ", place(q.origin), f"  {_short(q.text, width)}") for q in impact.queries])
    if impact.dependents:
        yield line(("In the database", "bold"))
        for item in impact.dependents:
            yield line("  ", f"{item.kind} {visible(item.name)}  {visible(item.how)}")
    if impact.not_checkable:
        yield line(("Queries that name it and cannot be checked", "bold"))
        yield from listed(
            [line("  ", place(item.origin), f"  {visible(item.reason)}") for item in impact.not_checkable]
        )
    yield line(_summary(impact))


def _short(text: str, width: int) -> str:
    words = visible(" ".join(text.split()))
    room = max(width - 40, 30)
    return words if len(words) <= room else f"{words[: room - 3]}..."


def _summary(impact: Impact) -> str:
    if not impact.known:
        return "No queries are known: name them in project.queries or with --queries."
    unchecked = f", {len(impact.not_checkable)} may and cannot be checked" if impact.not_checkable else ""
    return f"{len(impact.queries)} of {plural(impact.known, 'known query', 'known queries')} use it{unchecked}."
