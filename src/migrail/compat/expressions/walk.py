"""The value of an expression: each kind of node has a function in a module beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.scope import Field, Scope
from migrail.compat.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What is known of the value of an expression."""

    type: str | None = None
    literal: str | None = None
    """The text of a constant."""
    null: bool = False
    """Whether it is NULL for certain."""
    width: int | None = None
    """Of a row, how many values it has."""
    items: tuple[Value, ...] = ()
    """Of a row, its values."""
    field: Field | None = None
    """The column that it is."""
    placeholder: bool = False
    parameter: int | None = None
    """Of a bare placeholder, its node: it takes the type that it meets."""

    @property
    def nullable(self) -> bool | None:
        """Whether it may be NULL; ``None`` where that is not known."""
        return True if self.null else None if self.field is None else self.field.nullable


BOOLEAN = Value(type="boolean")
NOTHING = Value()

Handler = Callable[[Any, Scope, Work], Value]
F = TypeVar("F", bound=Handler)

_HANDLERS: dict[type[exp.Expr], Handler] = {}


def handles(*kinds: type[exp.Expr]) -> Callable[[F], F]:
    """Makes a function the one that finds out the value of these kinds of nodes."""

    def registered(handler: F) -> F:
        _HANDLERS.update(dict.fromkeys(kinds, handler))
        return handler

    return registered


def value(node: exp.Expr, scope: Scope, work: Work) -> Value:
    """The value of an expression. Everything in it is looked at."""
    kind = exp.Query if isinstance(node, exp.Query) else type(node)
    return _HANDLERS.get(kind, all_of_it)(node, scope, work)


def condition(node: exp.Expr, where: str, scope: Scope, work: Work) -> None:
    """An expression that has to be a boolean, such as that of WHERE."""
    for part in node.flatten() if isinstance(node, exp.Connector) else (node,):
        found = value(part, scope, work)
        if found.type not in (None, "boolean", UNKNOWN):
            work.flaw(f"argument of {where} must be boolean, not {found.type}")
        elif found.type == UNKNOWN and found.literal is not None:
            constants.must_fit(found.literal, "boolean", work)


def values(nodes: Iterable[exp.Expr], scope: Scope, work: Work) -> list[Value]:
    """The values of several expressions."""
    return [value(node, scope, work) for node in nodes]


def all_of_it(node: exp.Expr, scope: Scope, work: Work) -> Value:
    """Looks at the parts of a node of which nothing else is known."""
    for part in node.iter_expressions():
        if not isinstance(part, (exp.Identifier, exp.DataType, exp.Var)):
            value(part, scope, work)
    return NOTHING
