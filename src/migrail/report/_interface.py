"""What an output format is."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from migrail.model.errors import UsageError


class Render(Protocol):
    """Shows a result."""

    def __call__(self, result: Any, *, color: bool, width: int) -> str:
        """The result as text. Whatever came from outside is safe to print."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A way to show results."""

    name: str
    """The word for ``--format``; also the name of the module."""
    render: Render


def function_for(result: Any, package: str, functions: Mapping[str, str]) -> Callable[..., Any]:
    """The function of a format that is responsible for the type of a result.

    The functions are named, not imported, in the table of a format: showing the status of a database need not
    load every rule.

    Args:
        result: what is to be shown.
        package: the format's package.
        functions: name of the result's type → ``module:function`` below the package.

    Raises:
        UsageError: the format cannot show such a result.
    """
    kind = type(result).__name__
    if kind not in functions:
        word = package.rpartition(".")[2]
        raise UsageError(f"the format {word} cannot show this result ({kind})")
    module, _, function = functions[kind].partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f"{package}.{module}"), function)
    return found
