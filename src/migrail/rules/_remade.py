"""What is dropped and made again under the same name, and what the running application misses of it then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrail.catalog.signatures import Argument, arguments_in, signature, spelled
from migrail.catalog.values import Composite, Domain, Enum, Function
from migrail.dialects import Dialect
from migrail.model.operations import CreateDomain, CreateFunction, CreateType, DropObject, Operation
from migrail.rules._interface import Context
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed

_WIDER = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
"""Each is converted to those behind it without being asked (manual, 10.3)."""
_TEXTS = frozenset({"text", "varchar", "char", "citext"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """What is missing in the thing that is made again."""

    what: str
    """``returns numeric instead of bigint``: a phrase behind its name."""
    refused: bool
    """Whether queries that rely on it are refused; else they get something else."""


def losses(operation: DropObject, made: Sequence[Operation], context: Context) -> Iterator[Loss]:
    """What the things of that name that are made behind a DROP lack of those that it removes.

    Nothing where either is not known.
    """
    routines = [item for item in made if isinstance(item, CreateFunction)]
    if routines:
        yield from _of_routines(operation, routines, context)
        return
    known, last = context.catalog.type_named(operation.name), made[-1]
    match known, last:
        case Enum(), CreateType(form="enum"):
            yield from _without("value", list(known.labels), last.labels)
        case Composite(), CreateType(form="composite"):
            kept = [column.name for column in last.columns]
            yield from _without("attribute", [column.name for column in known.columns], kept)
            types = {column.name: column.type for column in last.columns}
            for column in known.columns:
                if (new := types.get(column.name, column.type)) != column.type:
                    yield Loss(what=f"has {column.name} as {new} instead of {column.type}", refused=False)
        case Domain(), CreateDomain() if known.base != last.base:
            yield Loss(what=f"is over {last.base} instead of {known.base}", refused=False)
        case Enum() | Composite(), CreateType():
            old = "enum" if isinstance(known, Enum) else "composite"
            yield Loss(what=f"is of the form {last.form} instead of {old}", refused=True)


def _without(word: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Loss]:
    lost = [item for item in old if item not in new]
    if lost:
        yield Loss(what=f"has no {word} {', '.join(lost)}", refused=True)


def _of_routines(operation: DropObject, made: Sequence[CreateFunction], context: Context) -> Iterator[Loss]:
    dialect = context.dialect
    dropped = None if operation.signature is None else signature(operation.signature, dialect)
    for known in context.catalog.function(operation.name):
        wanted = signature(known.arguments, dialect)
        if known.new or dropped not in {None, wanted}:
            continue
        same = next((item for item in made if signature(item.arguments, dialect) == wanted), None)
        if same is not None:
            yield from _differences(known, same, dialect)
        elif not any(_takes(item, wanted, dialect) for item in made):
            offered = " and ".join(f"({', '.join(signature(item.arguments, dialect))})" for item in made)
            yield Loss(what=f"takes {offered} instead of ({', '.join(wanted)})", refused=True)


def _differences(known: Function, made: CreateFunction, dialect: Dialect) -> Iterator[Loss]:
    if (other := other_return_type(known, made, dialect)) is not None:
        yield Loss(what=f"returns {other} instead of {known.returns}", refused=False)
    if (lost := other_arguments(known, made, dialect)) is not None:
        yield Loss(what=f"is not called as before: {lost}", refused=True)


def _takes(made: CreateFunction, types: Sequence[str], dialect: Dialect) -> bool:
    """Whether a call with values of these types finds the function; where that is not known, it does."""
    found = _arguments(made.arguments, dialect)
    if found is None:
        return True
    given = [item for item in found if item.mode != "OUT"]
    if any(item.mode == "VARIADIC" for item in given):
        return True
    enough = len(types) <= len(given) and all(item.default for item in given[len(types) :])
    return enough and all(_fits(old, spelled(item.type)) for old, item in zip(types, given, strict=False))


def _fits(value: str, argument: str) -> bool:
    if value == argument or {value, argument} <= _TEXTS or argument.startswith("any"):
        return True
    return value in _WIDER and argument in _WIDER and _WIDER.index(value) < _WIDER.index(argument)


def other_return_type(known: Function, made: CreateFunction, dialect: Dialect) -> str | None:
    """The type that a function of the same name and arguments returns, where it is another one."""
    if not (known.returns and made.returns) or known.procedure or made.procedure:
        return None
    if "OUT" in made.arguments.upper().split() or _is_table(known.returns, made.returns):
        return None
    old, new = (signature(text, dialect) for text in (known.returns, made.returns))
    return made.returns if old != new and len(old) == len(new) == 1 else None


def other_arguments(known: Function, made: CreateFunction, dialect: Dialect) -> str | None:
    """What calls rely on: names, and defaults. Arguments without a name may get one (pg_proc.c), or a default."""
    old, new = (_arguments(text, dialect) for text in (known.arguments, made.arguments))
    if old is None or new is None:
        return None
    old, new = ([item for item in items if item.mode != "OUT"] for items in (old, new))
    for before, after in zip(old, new, strict=True):
        if before.name and before.name != after.name:
            return f"its argument {before.name} would be called {after.name or 'nothing'}"
    if sum(item.default for item in old) <= sum(item.default for item in new):
        return None
    lost = next(before for before, after in zip(old, new, strict=True) if before.default and not after.default)
    return f"its argument {lost.name or lost.type} would lose its default"


def _arguments(text: str, dialect: Dialect) -> list[Argument] | None:
    try:
        return list(arguments_in(Cursor(text, dialect)))
    except (NotUnderstood, Unclosed):
        return None


def _is_table(*returns: str) -> bool:
    """Columns of a table are compared by the server one by one; that is left to it."""
    return any(text.upper().startswith(("TABLE", "SETOF RECORD")) for text in returns)
