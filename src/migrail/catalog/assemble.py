"""Puts a catalog together from objects that were read somewhere else than in migrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrail.catalog.catalog import Catalog
from migrail.catalog.extensions import relations_of, types_of
from migrail.catalog.rewrite import sequence_of
from migrail.catalog.values import Function, OtherObject, Sequence, Table, Type, View
from migrail.dialects import Dialect
from migrail.model.structure import Name


def assemble(
    dialect: Dialect,
    *,
    tables: Iterable[Table] = (),
    views: Iterable[View] = (),
    types: Iterable[Type] = (),
    sequences: Iterable[Sequence] = (),
    functions: Iterable[Function] = (),
    others: Iterable[OtherObject] = (),
    schemas: Iterable[str] = (),
    extensions: Iterable[tuple[str, str]] = (),
) -> Catalog:
    """A complete catalog of these objects, whose names are resolved. What follows from them is worked out here:
    children from parents, the tables of indexes and triggers, and what depends on what.

    Args:
        extensions: with the schemas that their objects are in.
    """
    installed = dict(extensions)
    of_extensions = [item for pair in installed.items() for item in types_of(dialect, *pair)]
    known = {table.name: table for table in tables}
    children: dict[Name, list[Name]] = defaultdict(list)
    for table in known.values():
        for parent in table.parents:
            children[parent].append(table.name)
    for parent, names in children.items():
        if parent in known:
            known[parent] = replace(known[parent], children=dict.fromkeys(names))
    overloads: dict[Name, list[Function]] = defaultdict(list)
    for function in functions:
        overloads[function.name].append(function)
    catalog = replace(
        Catalog.empty(dialect),
        schemas=dict.fromkeys(schemas),
        extensions=installed,
        foreign=frozenset(item for pair in installed.items() for item in relations_of(dialect, *pair)),
        tables=known,
        views={view.name: view for view in views},
        types={type_.name: type_ for type_ in (*of_extensions, *types)},
        sequences={sequence.name: sequence for sequence in sequences},
        functions={name: tuple(found) for name, found in overloads.items()},
        others={item.key: item for item in others},
    )
    return _linked(catalog)


def _linked(catalog: Catalog) -> Catalog:
    holders: list[Table | View] = [*catalog.tables.values(), *catalog.views.values()]
    names: dict[Name, int] = defaultdict(int)
    for table in catalog.tables.values() if catalog.dialect.default_schema is not None else ():
        for key in table.constraints:
            names[Name(table.name.schema, str(key))] += 1
    dependents: dict[Name, dict[Name, None]] = defaultdict(dict)
    for on, dependent in _dependencies(catalog):
        dependents[on][dependent] = None
    has_schemas = catalog.dialect.default_schema is not None
    return replace(
        catalog,
        index_tables={Name(item.name.schema, index): item.name for item in holders for index in item.indexes},
        trigger_tables={}
        if has_schemas
        else {Name(item.name.schema, trigger): item.name for item in holders for trigger in item.triggers},
        constraint_names=dict(names),
        dependents=dict(dependents),
    )


def _dependencies(catalog: Catalog) -> Iterator[tuple[Name, Name]]:
    for table in catalog.tables.values():
        yield from _of_table(catalog, table)
    for view in catalog.views.values():
        for read in view.reads:
            yield read, view.name
    for sequence in catalog.sequences.values():
        if sequence.owner is not None:
            yield sequence.owner, sequence.name


def _of_table(catalog: Catalog, table: Table) -> Iterator[tuple[Name, Name]]:
    for constraint in table.foreign_keys:
        if constraint.references is not None:
            yield constraint.references.table, table.name
    for column in table.columns.values():
        used = catalog.resolve_type(column.type.name) if column.type is not None and catalog.types else None
        if used is not None:
            yield used, table.name
        sequence = sequence_of(column.default, catalog.dialect)
        if sequence is not None:
            yield catalog.resolve(sequence), table.name
