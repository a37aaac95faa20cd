"""Mapped classes as a source of queries. One mapper is one module that holds a ``SOURCE``.

Their modules have to be imported, which runs them; that is done in a process of its own, whose output is thrown
away.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from migrail.dialects import Dialect
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.model.registry import members
from migrail.model.text import visible
from migrail.queries._interface import Found, ModelSource
from migrail.queries.models._statements import MappedTable, parsed, statements_of

TIMEOUT = 60.0
"""Seconds that importing may take."""

MAX_BYTES = 64 * 1024 * 1024

_HERE = Path(__file__).parent


@cache
def sources() -> Mapping[str, ModelSource]:
    """All mappers by name."""
    return members(__name__, "SOURCE", ModelSource, lambda source: source.name)


def source_of(reference: str) -> ModelSource | None:
    """The mapper that a reference such as ``shop.models:Base`` or ``django:shop.settings`` names."""
    return next((source for source in sources().values() if source.matches(reference)), None)


def read(
    reference: str,
    folder: Path,
    dialect: Dialect,
    *,
    python: str,
    origin: Origin,
    shown: Callable[[Path], str],
    inside: bool = False,
) -> Found:
    """The queries of mapped classes.

    Args:
        reference: what to import.
        folder: from which the application imports its modules.
        dialect: of the database.
        python: the interpreter that has the application's packages.
        origin: where the reference is written, for what cannot be read.
        shown: the path of a file as it is printed.
        inside: whether the modules must lie in the folder: another version of them may be installed.
    """
    source = source_of(reference)
    answer = _imported(source, reference, folder, python) if source else "is no module:attribute"
    if isinstance(answer, dict) and "error" not in answer:
        try:
            tables = parsed(answer["tables"])
        except (ValueError, TypeError, KeyError):
            answer = "did not answer with tables"
        else:
            elsewhere = [table.path for table in tables if table.path and folder not in Path(table.path).parents]
            if not (inside and len(elsewhere) == len(tables) > 0):
                return _found(tables, dialect, origin, shown)
            answer = f"imported from {shown(Path(elsewhere[0]))}, which is another version of them"
    reason = answer if isinstance(answer, str) else _error(answer, shown)
    return Found(unreadable=(NotCheckable(origin=origin, text=reference, reason=f"models: {visible(reason)}"),))


def _imported(source: ModelSource, reference: str, folder: Path, python: str) -> dict[str, Any] | str:
    """What the other process wrote, or why there is nothing."""
    with tempfile.TemporaryDirectory(prefix="migrail-models-") as place:
        output = Path(place) / "tables.json"
        command = [python, str(_HERE / "_child.py"), str(_HERE / source.program), str(output), reference]
        try:
            process = subprocess.Popen(  # noqa: S603
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError as error:
            return f"{python} cannot be run: {error.strerror}"
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            return f"importing did not end within {TIMEOUT:.0f} seconds"
        finally:
            _end(process)
        return _answer(output)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answer(output: Path) -> dict[str, Any] | str:
    try:
        if output.stat().st_size > MAX_BYTES:
            return f"wrote more than {MAX_BYTES // 1024 // 1024} MB"
        answer = json.loads(output.read_bytes())
    except (OSError, ValueError, RecursionError):
        return "the process ended without an answer"
    return answer if isinstance(answer, dict) else "did not answer with tables"


def _error(answer: dict[str, Any], shown: Callable[[Path], str]) -> str:
    where = f" at {shown(Path(str(answer['path'])))}:{answer.get('line')}" if answer.get("path") else ""
    if answer.get("module"):
        return f"there is no module {answer['module']}{where}"
    return f"importing raised {answer['error']}{where}"


def _found(tables: list[MappedTable], dialect: Dialect, origin: Origin, shown: Callable[[Path], str]) -> Found:
    queries = [
        Query(
            text=text,
            origin=Origin(
                kind=OriginKind.MODEL,
                path=visible(shown(Path(table.path))) if table.path else origin.path,
                line=table.line if table.path else origin.line,
                name=f"{table.name} {kind}",
            ),
        )
        for table in tables
        for kind, text in statements_of(table, dialect)
    ]
    return Found(queries=tuple(queries))
