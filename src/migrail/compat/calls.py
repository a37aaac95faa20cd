"""Calls of functions → the overloads that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from migrail.compat import triggers
from migrail.compat.parse import bare, is_marked
from migrail.compat.postgres import types
from migrail.compat.postgres.types import NoMatch, Signature
from migrail.compat.work import Work
from migrail.model.structure import Name

_CONSTRUCTS = frozenset({"grouping", "merge_action", "xmlconcat"})
"""Written like functions, without being in the list of them."""


def kind_of_call(node: exp.Anonymous, work: Work) -> str:
    """``row`` for a row constructor, ``function`` for everything else."""
    name = str(node.this if isinstance(node.this, str) else node.this.name)
    return "row" if not is_marked(name) and name.lower() == "row" else "function"


def overloads(name: Name, work: Work) -> tuple[Signature, ...]:
    """All overloads that a name may mean."""
    own = () if name.schema == "pg_catalog" else work.structure.functions(name)
    if own:
        work.use("function", work.structure.catalog.function(name)[0].name)
    return (*own, *(types.functions(name.name) if name.schema in (None, "pg_catalog") else ()))


def call(
    name: Name,
    arguments: Sequence[str | None],
    work: Work,
    *,
    names: Sequence[str | None] = (),
    node: exp.Expr | None = None,
) -> Signature | None:
    """The overload of a call, with the type that it gives; ``None`` where it is not known.

    Args:
        name: of the function.
        arguments: the types of what is passed.
        names: of the arguments that are passed by name, in order, with ``None`` for others.
        node: where it stands in the tree.
    """
    found = overloads(name, work)
    own = () if name.schema == "pg_catalog" else work.structure.catalog.function(name)
    if not found:
        if name.name not in _CONSTRUCTS and name.schema not in ("pg_catalog", "information_schema"):
            _missing(name, arguments, work)
        return None
    if any(names):
        return _by_name(name, found, arguments, names, work)
    try:
        chosen = work.structure.types.call(found, arguments)
    except NoMatch:
        _missing(name, arguments, work)
        return None
    if chosen is None:
        return None
    if own and chosen.kind == "p" and not work.procedure:
        work.flaw(f"{name} is a procedure, which takes CALL")
    if (
        own
        and chosen.kind == "f"
        and work.procedure
        and node is not None
        and node.find_ancestor(exp.Anonymous) is None
    ):
        work.flaw(f"{name} is no procedure")
    if own and node is not None:
        triggers.called(name, own, work)
        work.meanings[id(node)] = (f"{chosen.name}({', '.join(chosen.arguments)})", f"{bare(name.name)}()")
    return _resolved(chosen, arguments, work)


def _by_name(
    name: Name, found: Sequence[Signature], arguments: Sequence[str | None], names: Sequence[str | None], work: Work
) -> Signature | None:
    known = [item for item in found if any(item.names)]
    if known and not any(_takes(item, names) for item in known):
        _missing(name, arguments, work)
    return None


def _takes(item: Signature, names: Sequence[str | None]) -> bool:
    """Whether every argument without a default is passed, by its place or by its name."""
    given = {*item.names[: sum(name is None for name in names)], *(name for name in names if name)}
    required = item.names[: len(item.names) - item.defaults]
    return given <= set(item.names) and set(required) <= given


def _resolved(chosen: Signature, arguments: Sequence[str | None], work: Work) -> Signature:
    result = work.structure.types.result_of(chosen, arguments)
    return Signature(
        name=chosen.name,
        arguments=chosen.arguments,
        result=result,
        kind=chosen.kind,
        set=chosen.set,
        columns=chosen.columns,
    )


def _missing(name: Name, arguments: Sequence[str | None], work: Work) -> None:
    shown = ", ".join("?" if item is None else item for item in arguments)
    work.flaw(f"function {name}({shown}) does not exist")
