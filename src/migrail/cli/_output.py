"""Standard output holds one format; everything else goes to standard error."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from typing import Any, TextIO

import click

from migrail.model.errors import MigrailError
from migrail.model.redact import redact
from migrail.model.text import visible

DEBUG = "MIGRAIL_DEBUG"


def fail(error: MigrailError) -> int:
    """Explains an error and returns its exit code."""
    lines = redact(error.message).splitlines() or ["unknown error"]
    _red("error: ")
    for line in lines:
        click.echo(visible(line), err=True)
    if error.help:
        click.echo(f"  → {visible(redact(error.help))}", err=True)
    return error.exit_code


def _red(text: str) -> None:
    colored = use_color(None, sys.stderr)
    click.echo(click.style(text, fg="red", bold=True) if colored else text, nl=False, err=True, color=colored)


def internal_error(error: Exception) -> int:
    """Says that migrail itself is at fault. The traceback is shown only when asked for."""
    said = visible(redact(f"{type(error).__name__}: {error}"))
    _red("internal error: ")
    click.echo(f"{said}. This is a mistake in migrail, not in your files.", err=True)
    if os.environ.get(DEBUG):
        click.echo(redact("".join(traceback.format_exception(error))), err=True)
    else:
        click.echo(f"  → {DEBUG}=1 shows where; please report it", err=True)
    return 2


def show(result: Any, *, format: str, color: bool | None) -> None:
    """Prints a result in its format on standard output."""
    from migrail.report import render

    colored = use_color(color, sys.stdout) and format == "text"
    text = render(result, format=format, color=colored, width=_width())
    click.echo(text.rstrip("\n"), color=colored)


def _width() -> int:
    """Columns of the terminal; plenty where there is none, because nobody has to see a whole line at once."""
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else 160


def use_color(color: bool | None, stream: TextIO | None) -> bool:
    """What was asked for, else whether the stream is a terminal that has colours and NO_COLOR is not set."""
    if color is not None:
        return color
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream is not None and stream.isatty() and not plain


def note(text: str, *, quiet: bool) -> None:
    """A remark for people."""
    if not quiet:
        click.echo(f"note: {visible(redact(text))}", err=True)
