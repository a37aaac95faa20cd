"""Tables and colour by way of rich, as a string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich.text import Text

from migrail.model.text import visible

if TYPE_CHECKING:  # loaded for colour and tables; lines without colour are most of what a CI job prints
    from rich.console import RenderableType
    from rich.table import Table


def to_text(parts: Iterable[RenderableType], *, color: bool, width: int) -> str:
    """The parts one below the other, without blanks at the ends of lines."""
    wanted = list(parts)
    lines = [part.plain for part in wanted if isinstance(part, Text)]
    if color or len(lines) < len(wanted):
        return _printed(wanted, color=color, width=width)
    return "\n".join(line.rstrip() for text in lines for line in text.splitlines() or [""])


def _printed(parts: Iterable[RenderableType], *, color: bool, width: int) -> str:
    from rich.console import Console

    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        # Lines are left for the terminal to wrap, so that they can be searched and copied as they are.
        console.print(part, soft_wrap=isinstance(part, Text))
    file = console.file
    assert isinstance(file, StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def table(*headers: str, fixed: int = 1) -> Table:
    """A table without lines; the first ``fixed`` columns are never cut or folded."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for number, header in enumerate(headers):
        made.add_column(header, no_wrap=number < fixed, overflow="fold")
    return made


def line(*parts: str | tuple[str, str]) -> Text:
    """One line of plain and styled pieces; text from outside is made visible."""
    text = Text(overflow="fold")
    for part in parts:
        if isinstance(part, str):
            text.append(visible(part))
        else:
            text.append(visible(part[0]), style=part[1])
    return text


def rows(made: Table, cells: Iterable[Sequence[Text]]) -> Table:
    """The table with rows."""
    for row in cells:
        made.add_row(*row)
    return made
