"""Migration layouts. One layout is one module that holds a ``SOURCE``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from migrail.model.errors import InputError, Problem, UsageError
from migrail.model.migration import Digests, Migration
from migrail.model.registry import members, module_names
from migrail.model.text import visible
from migrail.sources._interface import Discovered, Source
from migrail.sources._text import read_text

__all__ = ["Discovered", "Source", "detect", "get", "loose", "names"]


@cache
def get(name: str) -> Source:
    """The layout of that name.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    found = members(__name__, "SOURCE", Source, lambda source: source.name)
    if name not in found:
        raise UsageError(f"there is no migration format {name!r}; there is {', '.join(found)}")
    return found[name]


def names() -> list[str]:
    """The names of all layouts."""
    return module_names(__name__)


def detect(folder: Path, shown: str, format: str = "auto") -> Source:
    """The configured layout, or with ``auto`` the one that the folder looks like.

    Raises:
        InputError: ``auto`` and no layout, or more than one, fits.
    """
    if format != "auto":
        return get(format)
    fitting = [get(name) for name in names() if get(name).matches(folder)]
    if len(fitting) == 1:
        return fitting[0]
    what = "more than one format fits" if fitting else "no format fits the files here"
    known = ", ".join(names())
    raise InputError([Problem(message=f"{what}; set project.format to one of: {known}", path=shown)])


def loose(path: Path, shown: str, position: int) -> Migration:
    """A SQL file that belongs to no layout, as a migration; ``position`` is its place among others.

    Raises:
        InputError: it cannot be read.
    """
    content, text = read_text(path, shown)
    return Migration(
        id=visible(path.stem),
        order=(position,),
        path=visible(shown),
        text=text,
        digests=Digests.of(content, text),
        source="loose",
    )
