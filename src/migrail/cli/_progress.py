"""What is shown on standard error while migrations are applied."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from migrail.cli._options import Everyday
from migrail.cli._output import fail, note, say
from migrail.model.errors import MigrailError
from migrail.model.redact import redact
from migrail.model.text import visible

if TYPE_CHECKING:
    from migrail.runner import Progress

_ERASE = "\r\x1b[2K"


def shower(options: Everyday) -> Callable[[Progress], None]:
    """On a terminal one line that changes, else one line for each migration and what is out of the ordinary.

    With ``--format json`` each is a JSON document in one line. Standard output keeps the result to itself.
    """
    if options.quiet:
        return lambda _: None
    if options.format == "json":
        return _json
    if sys.stderr is not None and sys.stderr.isatty() and not options.verbose:
        return _terminal
    return lambda progress: _lines(progress, everything=bool(options.verbose))


def failed(options: Everyday, error: MigrailError) -> int:
    """Explains an error in the manner of what was shown before, and returns its exit code."""
    if options.format != "json":
        return fail(error)
    help_ = redact(error.help) if error.help else None
    _line("error", detail=redact(error.message), next=help_, exit_code=error.exit_code)
    return error.exit_code


def remarked(options: Everyday, text: str) -> None:
    """Shows a remark in the manner of what was shown before."""
    if options.format != "json":
        note(text, quiet=options.quiet)
    elif not options.quiet:
        _line("note", detail=redact(text))


def _json(progress: Progress) -> None:
    _line(
        progress.happening.value,
        environment=progress.address.environment,
        target=progress.address.target,
        batch=progress.batch,
        migration=progress.migration or None,
        statement=progress.statement or None,
        statements=progress.statements or None,
        seconds=round(progress.elapsed, 3),
        detail=redact(progress.detail) or None,
    )


def _line(event: str, **more: object) -> None:
    say(json.dumps({"schema": "migrail.progress/1", "event": event, **more}))


def _lines(progress: Progress, *, everything: bool) -> None:
    if everything or progress.happening.value != "statement":
        say(_said(progress))


def _terminal(progress: Progress) -> None:
    stays = progress.happening.value not in {"statement", "waiting"}
    text = _said(progress)
    if not stays:
        text = text[: shutil.get_terminal_size().columns - 1]
    say(f"{_ERASE}{text}", nl=stays, color=True)


def _said(progress: Progress) -> str:
    """``qa · batch 3 (1f0c2a9b44d7) · 0044_idx · statement 2 of 3 · 12 s · waits for ...``."""
    what = progress.happening.value
    parts = [progress.address.label, progress.batch, progress.migration]
    if progress.statement:
        parts.append(f"statement {progress.statement} of {progress.statements}")
    if what == "applied":
        parts.append(f"applied in {progress.elapsed:.2f} s")
    elif what == "waiting":
        parts.append(f"running for {progress.elapsed:.0f} s")
    elif what == "lost":
        parts.append("connection lost")
    elif what != "statement":
        parts.append(what)
    if progress.detail:
        parts.append(f"locked {progress.detail}" if what == "applied" else progress.detail)
    return visible(redact(" · ".join(part for part in parts if part)))


def finish(options: Everyday) -> None:
    """Leaves the terminal's line empty for what comes next."""
    if options.format == "text" and not options.quiet and sys.stderr is not None and sys.stderr.isatty():
        say(_ERASE, nl=False, color=True)
