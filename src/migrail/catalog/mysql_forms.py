"""The one form of each way in which MySQL and MariaDB write an expression.

Measured on MariaDB 10.11: the server prints ``ucase(x)`` for ``upper(x)``, ``a MOD 2`` for ``a % 2``, ``a <> 0 and
b <> 0`` for ``a && b``, ``a = 0`` for ``NOT a``, 1 for TRUE, and takes NOT into what it stands before. What a
bigint or a year is compared with becomes an integer: ``x <> 0`` for ``x <> ''``.
"""

from __future__ import annotations

import re
from typing import Any

from migrail.dialects import lower_ascii

SYNONYMS = {
    "upper": "ucase",
    "lower": "lcase",
    "substring": "substr",
    "mid": "substr",
    "character_length": "char_length",
    "length": "octet_length",
    "power": "pow",
    "ceil": "ceiling",
    "position": "locate",
    "curdate": "current_date",
    "curtime": "current_time",
    "now": "current_timestamp",
    "localtime": "current_timestamp",
    "localtimestamp": "current_timestamp",
}
"""Name of a function → the name that the server prints."""

_OPPOSITES = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_SPELLED = {"%": "MOD", "RLIKE": "REGEXP"}
_DEEPEST = 200
"""Longer chains are made on purpose, and compared as they are."""

_ZERO = ("literal", "0")


_INTEGER = re.compile(r"\s*([+-]?\d+)(?![\d.])", re.ASCII)


def canonical(node: Any, integers: frozenset[str], depth: int = 0) -> Any:
    """The tree of an expression in the form that the server prints; ``integers`` are its columns of type bigint."""
    if not isinstance(node, tuple) or depth > _DEEPEST:
        return node
    kind, *parts = node
    parts = [canonical(part, integers, depth + 1) for part in parts]
    if (kind == "in" or (kind == "operator" and parts[0] in _OPPOSITES)) and integers:
        compared = [part for part in parts if isinstance(part, tuple)]
        if any(part[0] == "column" and part[1] in integers for part in compared):
            parts = [_integer(part) for part in parts]
    if kind == "literal" and parts[0] in ("true", "false"):
        return ("literal", "1" if parts[0] == "true" else "0")
    if kind == "column":
        return ("column", lower_ascii(str(parts[0])))
    if kind == "call":
        return _call(parts)
    if kind == "operator":
        return _operator(parts)
    if kind == "not" or (kind == "prefix" and parts[0] == "!"):
        return _negated(parts[-1])
    return (kind, *parts)


def _integer(node: Any) -> Any:
    """What a bigint makes of a literal, where it does not lose a part of the number."""
    if not isinstance(node, tuple) or node[0] != "literal" or "." in str(node[1]):
        return node
    found = _INTEGER.match(str(node[1]))
    return ("literal", str(int(found[1])) if found is not None else "0")


def _call(parts: list[Any]) -> Any:
    name = SYNONYMS.get(parts[0], parts[0])
    if name == "mod" and len(parts) == 3:
        return ("operator", "MOD", *parts[1:])
    if name == "current_timestamp" and parts[1:] in ([], [_ZERO]):
        return ("now",)
    if name == "date" and len(parts) == 2:
        return parts[1]  # casts do not count
    return ("call", name, *parts[1:])


def _operator(parts: list[Any]) -> Any:
    operator, left, right = parts
    operator = _SPELLED.get(operator, operator)
    if right == _ZERO and operator in ("=", "<>"):
        return left if operator == "<>" else _negated(left)
    return ("operator", operator, left, right)


def _negated(node: Any) -> Any:
    """NOT before a comparison, AND or OR goes into it."""
    kind = node[0] if isinstance(node, tuple) and node else ""
    if kind == "not":
        return node[1]
    if kind == "operator" and node[1] in _OPPOSITES:
        return ("operator", _OPPOSITES[node[1]], *node[2:])
    if kind in ("AND", "OR"):
        return ("OR" if kind == "AND" else "AND", *map(_negated, node[1:]))
    if kind in ("is", "is not"):
        return ("is not" if kind == "is" else "is", *node[1:])
    if kind == "operator" and node[1].lstrip("!") in ("~~", "REGEXP"):
        return ("operator", node[1][1:] if node[1].startswith("!") else f"!{node[1]}", *node[2:])
    return ("not", node)
