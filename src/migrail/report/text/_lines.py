"""Lines that are never wrapped, excerpts of SQL, and marked remarks below them.

A wrapped line could begin with words of a stranger, and a CI log obeys lines that begin with ``::``. So nothing
is wrapped here, and each line that quotes a file begins with a gutter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from migrail.model.findings import Severity
from migrail.model.locks import Duration, LockEffect
from migrail.model.text import Span, plural, visible
from migrail.report.text._rich import line

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}

_SHOWN_LINES = 5
"""Lines of a statement that an excerpt shows."""
_SHOWN_LOCKS = 4
_LEAD = 8
"""Characters shown before a place that lies far to the right."""
_END = re.compile(r"\r\n|\n|\r")
_WHILE = {
    Duration.INSTANT: "for a moment",
    Duration.SCAN: "while every row is read",
    Duration.REWRITE: "while every row is written again",
}


def unwrapped(parts: Iterable[Text], *, color: bool) -> str:
    """One output line for each part, however long."""
    written = StringIO()
    console = Console(
        file=written,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part, soft_wrap=True)
    return written.getvalue().rstrip("\n")


def excerpt(source: str, span: Span, *, style: str, width: int) -> Iterator[Text]:
    """The first lines of a span with their numbers, and carets below the first."""
    room = max(20, width - len(_number(span.line)))
    shift = 0 if span.column <= room // 2 else span.column - 1 - _LEAD
    for count, (start, end) in enumerate(_lines(source, span)):
        if count == _SHOWN_LINES:
            more = plural(span.end_line - span.line - count + 1, "more line")
            yield line((_number(), "dim"), (f"({more})", "dim"))
            return
        shown = source[min(end, start + shift) : min(end, start + shift + room + 1)]
        yield line((_number(span.line + count), "dim"), _cut(visible(shown), room))
        if count == 0:
            before = cell_len(visible(source[min(end, start + shift) : span.start]))
            marked = cell_len(visible(source[span.start : min(end, span.end, span.start + room)]))
            carets = " " * before + "^" * max(1, min(marked, room - before))
            yield line((_number(), "dim"), (carets, style))


def _lines(source: str, span: Span) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of a span: first character and end."""
    start = span.start - (span.column - 1)
    for _ in range(span.line, span.end_line + 1):
        found = _END.search(source, start)
        yield start, found.start() if found else len(source)
        if not found:
            return
        start = found.end()


def _cut(text: str, room: int) -> str:
    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1)}…"


def _number(number: int | None = None) -> str:
    return f"{number or '':>4} │ "


def remark(word: str, said: str, *, style: str = "") -> Iterator[Text]:
    """``= fix    ...``; further lines stand below the first, behind the gutter."""
    for count, part in enumerate(said.split("\n")):
        if count == 0:
            yield line(("     = ", "dim"), (f"{word:<7}", "dim"), (part, style))
        else:
            yield line(("     │ ", "dim"), " " * 7, (part, style))


def lock_remarks(locks: tuple[LockEffect, ...]) -> Iterator[Text]:
    """Who waits on what, and for how long."""
    for lock in locks[:_SHOWN_LOCKS]:
        yield from remark("lock", f"{lock.mode} on {lock.relation} {_WHILE[lock.duration]}: {lock.waiting}")
    if len(locks) > _SHOWN_LOCKS:
        yield from remark("lock", f"and {len(locks) - _SHOWN_LOCKS} more relations")
