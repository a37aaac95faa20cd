"""Standard output holds one format; everything else goes to standard error."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from contextlib import suppress
from typing import Any, TextIO

import click

from migrail.model.errors import MigrailError
from migrail.model.redact import redact
from migrail.model.text import visible

DEBUG = "MIGRAIL_DEBUG"

UNWRITTEN = "the output cannot be written"


def say(text: str, *, nl: bool = True, color: bool | None = None) -> None:
    """Writes on standard error. Where that is lost, nothing else changes: the exit code still gives the answer."""
    try:
        click.echo(text, nl=nl, err=True, color=color)
    except OSError:
        abandon(sys.stderr)


def abandon(stream: TextIO | None) -> None:
    """Sends what is left of a stream that cannot be written nowhere, so that Python does not try again at exit."""
    if stream is None:
        return
    with suppress(OSError):  # where a test looks on, there is no file behind it
        file = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, file)
        os.close(nowhere)


def fail(error: MigrailError) -> int:
    """Explains an error and returns its exit code."""
    lines = redact(error.message).splitlines() or ["unknown error"]
    _red("error: ")
    for line in lines:
        say(visible(line))
    if error.help:
        say(f"  → {visible(redact(error.help))}")
    return error.exit_code


def _red(text: str) -> None:
    colored = use_color(None, sys.stderr)
    say(click.style(text, fg="red", bold=True) if colored else text, nl=False, color=colored)


def internal_error(error: Exception) -> int:
    """Says that migrail itself is at fault. The traceback is shown only when asked for."""
    said = visible(redact(f"{type(error).__name__}: {error}"))
    _red("internal error: ")
    say(f"{said}. This is a mistake in migrail, not in your files.")
    if os.environ.get(DEBUG):
        say(redact("".join(traceback.format_exception(error))))
    else:
        say(f"  → {DEBUG}=1 shows where; please report it")
    return 2


def show(result: Any, *, format: str, color: bool | None, done: bool = False) -> None:
    """Prints a result in its format on standard output.

    A reader that has enough is no failure: the exit code still gives the answer.

    Args:
        done: something was changed, which stands whether or not it can be shown.

    Raises:
        OSError: it cannot be written, and is all that was asked for.
    """
    from migrail.report import render

    colored = use_color(color, sys.stdout) and format == "text"
    text = render(result, format=format, color=colored, width=_width())
    try:
        click.echo(text.rstrip("\n"), color=colored)
    except OSError as error:
        abandon(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return
        if not done:
            raise
        note(f"{UNWRITTEN}: {error.strerror}", quiet=False)


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
        say(f"note: {visible(redact(text))}")
