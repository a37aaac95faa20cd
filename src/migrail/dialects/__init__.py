"""Facts about database servers. One dialect is one module or package, of its name, that holds a ``DIALECT``."""

from __future__ import annotations

from functools import cache

from migrail.dialects._interface import (
    Dialect,
    Extension,
    Lexical,
    TypeChange,
    Version,
    Volatility,
    lower_ascii,
    version_text,
)
from migrail.model.errors import UsageError
from migrail.model.registry import member, module_names

__all__ = [
    "Dialect",
    "Extension",
    "Lexical",
    "TypeChange",
    "Version",
    "Volatility",
    "get",
    "lower_ascii",
    "names",
    "version_text",
]


@cache
def get(name: str) -> Dialect:
    """The dialect of that name.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    if name not in names():
        raise UsageError(f"dialect {name!r} is not supported; there is {', '.join(names())}")
    return member(__name__, name, "DIALECT", Dialect)


def names() -> list[str]:
    """The names of all dialects."""
    return module_names(__name__)
