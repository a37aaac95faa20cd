"""The rules. One rule is one module that holds a ``RULE``; its docstring is its page."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from functools import cache

from migrail.model.errors import UsageError
from migrail.model.registry import members, module_names
from migrail.rules._interface import (
    Context,
    Hit,
    PhaseReview,
    QueryReview,
    Review,
    Rule,
    Staged,
    UnusedSuppression,
)
from migrail.rules._outline import Outline
from migrail.rules._page import Example, Page

__all__ = [
    "Context",
    "Example",
    "Hit",
    "Outline",
    "Page",
    "PhaseReview",
    "QueryReview",
    "Review",
    "Rule",
    "Staged",
    "UnusedSuppression",
    "codes",
    "find",
    "nearest",
    "page",
    "read_page",
    "rules",
]


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of codes."""
    return members(__name__, "RULE", Rule, lambda rule: rule.code)


def codes() -> list[str]:
    """The codes of all rules."""
    return list(rules())


def find(code: str) -> Rule:
    """The rule of that code or name.

    Raises:
        UsageError: there is none; the message names the nearest one.
    """
    for rule in rules().values():
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    near = nearest(code)
    hint = f"; did you mean {near}?" if near else ""
    raise UsageError(f"there is no rule {code!r}{hint}", help="migrail rule --all")


def nearest(code: str) -> str | None:
    """The code or name of a rule that is most like one that does not exist; codes of the same group only."""
    if code[:2].upper() == "MR":
        wanted = code.upper()
        known = [other for other in codes() if other[:3] == wanted[:3]]
    else:
        wanted, known = code.lower(), [rule.name for rule in rules().values()]
    found = difflib.get_close_matches(wanted, known, n=max(1, len(known)))
    return min(found, key=lambda item: (-_alike(item, wanted), item), default=None)


def _alike(one: str, two: str) -> int:
    """How many characters they have in common from the beginning on."""
    differs = (place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    return next(differs, min(len(one), len(two)))


def page(rule: Rule) -> str:
    """The rule's documentation in Markdown: the docstring of its module."""
    return read_page(rule).text


def read_page(rule: Rule) -> Page:
    """The rule's documentation with its sections and examples."""
    for module in module_names(__name__):
        loaded = importlib.import_module(f"{__name__}.{module}")
        if loaded.RULE is rule:
            return Page.of(loaded.__doc__ or "")
    raise LookupError(rule.code)
