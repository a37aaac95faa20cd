"""Facts about a statement and how they are compared with migrail's operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from pglast import ast, parse_sql

from migrail.model.operations import Operation
from migrail.model.structure import ColumnName, Expression, Like, Name, SqlType

Facts = dict[str, Any]
"""``kind`` and those fields of an operation that are compared; values may be matchers."""


class Matcher:
    """A value that more than one answer fits."""

    def matches(self, found: object) -> bool:
        raise NotImplementedError

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({inner})"


class Text(Matcher):
    """Any text but the empty one."""

    def matches(self, found: object) -> bool:
        return isinstance(found, str) and bool(found)


class OneOf(Matcher):
    """One of several values that mean the same."""

    def __init__(self, *values: object) -> None:
        self.values = values

    def matches(self, found: object) -> bool:
        return found in self.values


class AtLeast(Matcher):
    """A tuple that holds these and perhaps more."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def matches(self, found: object) -> bool:
        return isinstance(found, tuple) and self.names <= set(found)


class InAnyOrder(Matcher):
    """A tuple that holds exactly these."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def matches(self, found: object) -> bool:
        return isinstance(found, tuple) and self.names == set(found) and len(found) == len(self.names)


class Tree(Matcher):
    """An expression, compared by its tree with that of the text that migrail took for it.

    Of its functions and columns migrail has to know at least those that the tree shows.
    """

    def __init__(self, node: Any) -> None:
        self.tree = plain(node)

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {self.tree[0]}"

    def matches(self, found: object) -> bool:
        text = found.text if isinstance(found, Expression) else found
        if not isinstance(text, str):
            return False
        parsed = parse_sql(f"SELECT {text}")
        select = parsed[0].stmt
        if len(parsed) != 1 or len(select.targetList or ()) != 1 or select.fromClause:
            return False
        node = select.targetList[0].val
        if isinstance(found, Expression):
            known = set(called(node)) <= set(found.functions) and set(_columns(node)) <= set(found.columns)
            return known and plain(node) == self.tree
        return bool(plain(node) == self.tree)


class QueryTree(Tree):
    """A query, compared in the same way."""

    def matches(self, found: object) -> bool:
        parsed = parse_sql(found) if isinstance(found, str) else ()
        return len(parsed) == 1 and bool(plain(parsed[0].stmt) == self.tree)


def plain(node: Any) -> Any:
    """A tree without places in the text."""
    if isinstance(node, ast.Node):
        places = ("location", "rexpr_list_start", "rexpr_list_end", "list_start", "list_end")
        values = ((name, plain(getattr(node, name))) for name in node if not name.endswith(places))
        return (type(node).__name__, tuple(values))
    if isinstance(node, list | tuple):
        return tuple(plain(item) for item in node)
    return node


def below(node: Any) -> Iterator[Any]:
    """All nodes of a tree."""
    if isinstance(node, ast.Node):
        yield node
        for name in node:
            yield from below(getattr(node, name))
    elif isinstance(node, list | tuple):
        for item in node:
            yield from below(item)


_NO_CALLS = ("pg_catalog.similar_to_escape", "pg_catalog.json_object")
"""What the parser makes of SIMILAR TO and JSON_OBJECT."""


def called(node: Any) -> Iterator[str]:
    """Functions called in the usual way, ``schema.name`` where qualified."""
    for item in below(node):
        if isinstance(item, ast.FuncCall) and item.funcformat.name == "COERCE_EXPLICIT_CALL":
            name = ".".join(part.sval for part in item.funcname[-2:])
            if name not in _NO_CALLS:
                yield name


def _columns(node: Any) -> Iterator[str]:
    for item in below(node):
        if isinstance(item, ast.ColumnRef) and len(item.fields) == 1 and isinstance(item.fields[0], ast.String):
            yield item.fields[0].sval


def differences(expected: Sequence[Facts], found: Sequence[Operation]) -> list[str]:
    """What migrail says otherwise, one line for each fact."""
    kinds = [facts.get("kind") for facts in expected], [operation.kind for operation in found]
    if len(expected) != len(found):
        return [f"operations: {kinds[0]} expected, {kinds[1]} found"]
    pairs = zip(expected, found, strict=True)
    return [line for facts, operation in pairs for line in _compare(facts, _digest(operation), operation.kind)]


def _compare(expected: Any, found: Any, place: str) -> list[str]:
    if isinstance(expected, Matcher):
        alike = expected.matches(found)
    elif isinstance(expected, dict) and isinstance(found, dict):
        return [line for key in expected for line in _compare(expected[key], found.get(key), f"{place}.{key}")]
    elif isinstance(expected, tuple) and isinstance(found, tuple) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for index, pair in pairs for line in _compare(*pair, f"{place}[{index}]")]
    else:
        alike = expected == found
    return [] if alike else [f"{place}: {expected!r} expected, {found!r} found"]


def _digest(value: Any) -> Any:
    """An operation or a part of one as facts."""
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, SqlType):
        array = value.dimensions > 0
        return {"type": value.name, "arguments": value.arguments, "array": array, "serial": value.serial}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ColumnName | Like):
        return {item.name: _digest(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return tuple(_digest(item) for item in value)
    if isinstance(value, Operation):
        return {"kind": value.kind} | {item.name: _digest(getattr(value, item.name)) for item in fields(value)}
    if is_dataclass(value) and not isinstance(value, Expression):
        return {item.name: _digest(getattr(value, item.name)) for item in fields(value)}
    return value
