"""Finds the members of a package in which one thing is one file.

A package such as ``migrail.rules`` holds one object per module. Adding a module adds the thing; a module
without its object, or two objects of one name, is an error at once. Modules whose names start with an
underscore are the package's own.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def members(package: str, attribute: str, expected: type[T], key: Callable[[T], str]) -> Mapping[str, T]:
    """The objects called ``attribute`` of each module of a package, by their key, in the order of keys.

    Raises:
        TypeError: a module lacks the object or it is of another type.
        ValueError: two modules claim the same key.
    """
    found: dict[str, T] = {}
    for module in module_names(package):
        single = member(package, module, attribute, expected)
        name = key(single)
        if name in found:
            raise ValueError(f"{package}.{module}: {name} is taken already")
        found[name] = single
    return dict(sorted(found.items()))


def member(package: str, module: str, attribute: str, expected: type[T]) -> T:
    """The object called ``attribute`` of one module of a package, without loading the others.

    Raises:
        TypeError: the module lacks the object or it is of another type.
    """
    found = getattr(importlib.import_module(f"{package}.{module}"), attribute, None)
    if not isinstance(found, expected):
        raise TypeError(f"{package}.{module} has no {attribute} of type {expected.__name__}")
    return found


def module_names(package: str) -> list[str]:
    """Names of a package's modules and sub-packages that hold a member, sorted."""
    loaded = importlib.import_module(package)
    return sorted(info.name for info in pkgutil.iter_modules(loaded.__path__) if not info.name.startswith("_"))
