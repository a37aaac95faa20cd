"""Results as text. One output format is one module or package here that holds a ``FORMAT``."""

from __future__ import annotations

import importlib
from typing import Any

from migrail.model.errors import UsageError
from migrail.model.registry import module_names
from migrail.report._interface import Format

__all__ = ["Format", "formats", "render"]


def formats() -> list[str]:
    """The names of all formats."""
    return module_names(__name__)


def render(result: Any, *, format: str, color: bool = False, width: int = 100) -> str:
    """A result in a format.

    Args:
        result: what an action answered.
        format: the name of the format.
        color: whether colours may be used, where the format has any.
        width: columns of the terminal, for formats that people read.

    Raises:
        UsageError: there is no such format, or it cannot show such a result; the message says what there is.
    """
    known = formats()
    if format not in known:
        raise UsageError(f"there is no format {format!r}; there is {', '.join(known)}")
    found = importlib.import_module(f"{__name__}.{format}").FORMAT
    if not isinstance(found, Format) or found.name != format:
        raise TypeError(f"{__name__}.{format} has no FORMAT of that name")
    return found.render(result, color=color, width=width)
