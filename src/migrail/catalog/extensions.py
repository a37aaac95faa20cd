"""What operations on extensions change: the types, relations and functions that they bring along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrail.catalog.catalog import Catalog
from migrail.catalog.draft import Draft
from migrail.catalog.tables import follow_move, remove_view
from migrail.catalog.types import drop_type, move_type
from migrail.catalog.values import OtherType, Table
from migrail.dialects import Dialect, Extension
from migrail.model.operations import CreateExtension, MoveObject
from migrail.model.structure import Column, Name

_NOTHING = Extension()


def provided(dialect: Dialect, extension: str) -> Extension:
    """What an extension brings along, as far as that is known."""
    return dialect.extensions.get(extension, _NOTHING)


def types_of(dialect: Dialect, extension: str, schema: str) -> Iterator[OtherType]:
    """Its types, of which no more is known."""
    for name in provided(dialect, extension).types:
        yield OtherType(name=Name(schema, name), form="extension", extension=extension)


def types_in(catalog: Catalog, extension: str) -> list[Name]:
    """Its types that are there."""
    return [
        name
        for name, known in catalog.types.items()
        if isinstance(known, OtherType) and known.extension == extension
    ]


def relations_of(dialect: Dialect, extension: str, schema: str) -> frozenset[Name]:
    """Its tables and views."""
    return frozenset(Name(schema, name) for name in provided(dialect, extension).relations)


def defaults_with(catalog: Catalog, extension: str) -> Iterator[tuple[Table, Column]]:
    """The columns whose defaults call a function of the extension."""
    functions = provided(catalog.dialect, extension).functions
    for table in catalog.tables.values() if functions else ():
        for column in table.columns.values():
            called = column.default.functions if column.default is not None else ()
            if any(name.rpartition(".")[2] in functions for name in called):
                yield table, column


def create(draft: Draft, operation: CreateExtension) -> None:
    """CREATE EXTENSION, in the first schema of the search path where none is written."""
    name, catalog = operation.name.name, draft.catalog
    if name in draft.extensions:
        return
    there = (schema for schema in catalog.search_path if schema in draft.schemas)
    schema = operation.schema or next(there, catalog.dialect.default_schema or "")
    draft.extensions[name] = schema
    for type_ in types_of(catalog.dialect, name, schema):
        draft.types.setdefault(type_.name, type_)
    _relations(draft, frozenset(), relations_of(catalog.dialect, name, schema))


def drop(draft: Draft, extension: str) -> None:
    """DROP EXTENSION, with what is of its types and calls its functions: else the server would have refused."""
    schema = draft.extensions.pop(extension, None)
    if schema is None:
        return
    for name in types_in(draft.catalog, extension):
        drop_type(draft, name)
    for table, column in list(defaults_with(draft.catalog, extension)):
        draft.change(table.name, column.name, lambda known: replace(known, default=None))
    relations = relations_of(draft.catalog.dialect, extension, schema)
    for relation in relations:
        for dependent in draft.dependents_of(relation):
            remove_view(draft, dependent)
    _relations(draft, relations, frozenset())


def move(draft: Draft, operation: MoveObject) -> None:
    """ALTER EXTENSION ... SET SCHEMA."""
    extension, new = operation.name.name, operation.new_schema
    old = draft.extensions.get(extension)
    if old is None:
        return
    for name in types_in(draft.catalog, extension):
        if name.schema != new:
            move_type(draft, name, Name(new, name.name))
    _place(draft, extension, old, new)


def drop_schema(draft: Draft, schema: str) -> None:
    """The extensions in a schema go with it."""
    for extension in [name for name, place in draft.extensions.items() if place == schema]:
        drop(draft, extension)


def rename_schema(draft: Draft, old: str, new: str) -> None:
    """The extensions in a schema stay in it; its types have moved already."""
    for extension in [name for name, place in draft.extensions.items() if place == old]:
        _place(draft, extension, old, new)


def _place(draft: Draft, extension: str, old: str, new: str) -> None:
    draft.extensions[extension] = new
    made = relations_of(draft.catalog.dialect, extension, new)
    _relations(draft, relations_of(draft.catalog.dialect, extension, old), made)
    for name in made:
        before = Name(old, name.name)
        for dependent in draft.dependents_of(before):
            follow_move(draft, dependent, before, name)
        draft.carry(before, name)


def _relations(draft: Draft, gone: frozenset[Name], made: frozenset[Name]) -> None:
    if gone or made:
        draft.catalog = replace(draft.catalog, foreign=(draft.catalog.foreign - gone) | made)
