"""What operations on functions and procedures change. Overloads are told apart by the types of their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from migrail.catalog import others
from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.draft import Draft
from migrail.catalog.rewrite import calling, rename_function
from migrail.catalog.signatures import arguments_in, signature
from migrail.catalog.values import Function
from migrail.dialects import Dialect
from migrail.model.operations import (
    AlterObject,
    CreateFunction,
    CreateObject,
    DropObject,
    MoveObject,
    RenameObject,
)
from migrail.model.structure import Expression, Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.types import read_type

KINDS = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"})


def create_function(draft: Draft, operation: CreateFunction) -> None:
    """CREATE [OR REPLACE] FUNCTION or PROCEDURE; other arguments make another overload."""
    name = draft.catalog.place(operation.name)
    made = Function(
        name=name,
        arguments=operation.arguments,
        volatility=operation.volatility.lower(),
        procedure=operation.procedure,
        returns=operation.returns,
        language=operation.language,
        body=operation.body,
        new=draft.marks_new and (draft.catalog.complete or not operation.replace),
    )
    _put(draft, made)


def create_aggregate(draft: Draft, operation: CreateObject) -> None:
    """CREATE [OR REPLACE] AGGREGATE: a routine like the others, without a body."""
    if operation.name is not None:
        name = draft.catalog.place(operation.name)
        made = Function(
            name=name,
            arguments=operation.signature or "",
            volatility="immutable",
            aggregate=True,
            returns=operation.returns,
            new=draft.marks_new,
        )
        _put(draft, made)


def _put(draft: Draft, made: Function) -> None:
    wanted = _types(draft, made)
    overloads = draft.functions.get(made.name, ())
    others = tuple(item for item in overloads if _types(draft, item) != wanted)
    replaced = next((item for item in overloads if item not in others), None)
    draft.functions[made.name] = (*others, made if replaced is None else replace(made, new=replaced.new))


def _types(draft: Draft, function: Function) -> tuple[str, ...]:
    return signature(function.arguments, draft.catalog.dialect)


def found(draft: Draft, name: Name, written: str | None) -> Function | None:
    """The overload that a statement means; ``None`` where it is not known or not the only one."""
    if written is None:
        overloads = draft.catalog.function(name)
        return overloads[0] if len(overloads) == 1 else None
    wanted = signature(written, draft.catalog.dialect)
    place = draft.catalog.resolve_function(name, wanted)
    overloads = draft.functions.get(place, ()) if place is not None else draft.catalog.function(name)
    exact = next((item for item in overloads if _types(draft, item) == wanted), None)
    return exact or (overloads[0] if len(overloads) == 1 and not draft.has_schemas else None)


def take_away(draft: Draft, function: Function) -> None:
    """Drops one overload."""
    kept = tuple(item for item in draft.functions.get(function.name, ()) if item is not function)
    if kept:
        draft.functions[function.name] = kept
    else:
        draft.functions.pop(function.name, None)


def drop_routine(draft: Draft, operation: DropObject) -> None:
    """DROP FUNCTION."""
    known = found(draft, operation.name, operation.signature)
    if known is not None:
        take_away(draft, known)
        others.forget_function(draft, known.name)


def with_type(catalog: Catalog, type_: Name) -> list[Function]:
    """The routines that take or return a type."""
    bare = type_.name.lower()
    return [
        item
        for overloads in catalog.functions.values()
        for item in overloads
        if bare in f"{item.arguments} {item.returns}".lower()
        and any(catalog.resolve_type(name) == type_ for name in _types_in(item, catalog.dialect))
    ]


def _types_in(function: Function, dialect: Dialect) -> Iterator[str]:
    cursor = Cursor(function.arguments, dialect)
    with suppress(NotUnderstood, Unclosed):
        yield from (argument.type.name for argument in arguments_in(cursor))
    returns = Cursor((function.returns or "").strip(), dialect)
    with suppress(NotUnderstood, Unclosed):
        returns.take("SETOF")
        yield read_type(returns).name


def rename_routine(draft: Draft, operation: RenameObject) -> None:
    """ALTER FUNCTION ... RENAME TO."""
    known = found(draft, operation.name, operation.signature)
    if known is not None:
        _move(draft, known, Name(known.name.schema, operation.new_name))


def move_routine(draft: Draft, operation: MoveObject) -> None:
    """ALTER FUNCTION ... SET SCHEMA."""
    known = found(draft, operation.name, operation.signature)
    if known is not None:
        _move(draft, known, Name(operation.new_schema, known.name.name))


def _move(draft: Draft, function: Function, target: Name) -> None:
    if any(_types(draft, item) == _types(draft, function) for item in draft.functions.get(target, ())):
        return
    take_away(draft, function)
    _put(draft, replace(function, name=target))
    for name in list(draft.tables):
        _follow(draft, name, function.name, target)
    for view in list(draft.views.values()):
        query = rename_function(view.query, function.name.name, target.name, draft.catalog.dialect)
        draft.views[view.name] = replace(view, query=query)


def _follow(draft: Draft, table: Name, old: Name, new: Name) -> None:
    """Triggers and expressions know a function by its number, not by its name."""
    dialect = draft.catalog.dialect

    def renamed(expression: Expression | None) -> Expression | None:
        return calling(expression, old.name, new.name, dialect)

    for name, trigger in draft.tables[table].triggers.items():
        if trigger.function is not None and _is(trigger.function, old):
            draft.triggers_of(table)[name] = replace(trigger, function=str(new))
    for name, column in draft.tables[table].columns.items():
        moved = replace(column, default=renamed(column.default), generation=renamed(column.generation))
        if moved != column:
            draft.columns_of(table)[name] = moved
    for key, constraint in draft.tables[table].constraints.items():
        if renamed(constraint.expression) is not constraint.expression:
            draft.constraints_of(table)[key] = replace(constraint, expression=renamed(constraint.expression))
    for name, index in draft.tables[table].indexes.items():
        parts = tuple(
            rename_function(part, old.name, new.name, dialect) if is_expression(part) else part
            for part in index.columns
        )
        if parts != index.columns or renamed(index.where) is not index.where:
            draft.indexes_of(table)[name] = replace(index, columns=parts, where=renamed(index.where))


def _is(written: str, function: Name) -> bool:
    schema, _, bare = written.rpartition(".")
    return bare == function.name and schema in ("", function.schema)


def alter_routine(draft: Draft, operation: AlterObject) -> None:
    """IMMUTABLE, STABLE and VOLATILE."""
    known = found(draft, operation.name, operation.signature) if operation.name is not None else None
    if known is not None and operation.option in {"IMMUTABLE", "STABLE", "VOLATILE"}:
        _put(draft, replace(known, volatility=operation.option.lower()))
