"""A catalog while it is being changed: copies that cost nothing, see :mod:`migrail.catalog.shared`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from migrail.catalog.catalog import Catalog
from migrail.catalog.naming import free_name
from migrail.catalog.shared import Shared
from migrail.catalog.values import (
    ConstraintKey,
    Function,
    ObjectKey,
    OtherObject,
    Sequence,
    Table,
    Trigger,
    Type,
    View,
)
from migrail.model.structure import Column, Constraint, Index, Name

T = TypeVar("T")


class Draft:
    """Owns the mappings of :attr:`catalog`, which answers all questions about the state so far."""

    def __init__(self, catalog: Catalog, *, new: bool) -> None:
        self.marks_new = new
        self.tables: Shared[Name, Table] = Shared(catalog.tables)
        self.views: Shared[Name, View] = Shared(catalog.views)
        self.types: Shared[Name, Type] = Shared(catalog.types)
        self.sequences: Shared[Name, Sequence] = Shared(catalog.sequences)
        self.functions: Shared[Name, tuple[Function, ...]] = Shared(catalog.functions)
        self.others: Shared[ObjectKey, OtherObject] = Shared(catalog.others)
        self.index_tables: Shared[Name, Name] = Shared(catalog.index_tables)
        self.trigger_tables: Shared[Name, Name] = Shared(catalog.trigger_tables)
        self.constraint_names: Shared[Name, int] = Shared(catalog.constraint_names)
        self.new: Shared[Name, None] = Shared(catalog.new)
        self.temporary: Shared[Name, None] = Shared(catalog.temporary)
        self.extensions: Shared[str, str] = Shared(catalog.extensions)
        self.schemas: Shared[str, None] = Shared(catalog.schemas)
        self._dependents: Shared[Name, Mapping[Name, None]] = Shared(catalog.dependents)
        self._own: set[Name] = set()
        self.catalog = replace(
            catalog,
            tables=self.tables,
            views=self.views,
            types=self.types,
            sequences=self.sequences,
            functions=self.functions,
            others=self.others,
            index_tables=self.index_tables,
            trigger_tables=self.trigger_tables,
            constraint_names=self.constraint_names,
            dependents=self._dependents,
            new=self.new,
            temporary=self.temporary,
            extensions=self.extensions,
            schemas=self.schemas,
        )

    @property
    def has_schemas(self) -> bool:
        """Whether the rules of PostgreSQL for names hold; else those of SQLite."""
        return self.catalog.dialect.default_schema is not None

    def snapshot(self) -> Catalog:
        """The catalog as it is now, which later changes leave alone."""
        self._own.clear()
        return replace(
            self.catalog,
            tables=Shared(self.tables),
            views=Shared(self.views),
            types=Shared(self.types),
            sequences=Shared(self.sequences),
            functions=Shared(self.functions),
            others=Shared(self.others),
            index_tables=Shared(self.index_tables),
            trigger_tables=Shared(self.trigger_tables),
            constraint_names=Shared(self.constraint_names),
            dependents=Shared(self._dependents),
            new=Shared(self.new),
            temporary=Shared(self.temporary),
            extensions=Shared(self.extensions),
            schemas=Shared(self.schemas),
        )

    # Tables, which are copied the first time that they are changed

    def edit(self, name: Name) -> Table | None:
        """The table of that resolved name, with mappings that the functions below may change."""
        table = self.tables.get(name)
        if table is None or name in self._own:
            return table
        self._own.add(name)
        table = replace(
            table,
            columns=Shared(table.columns),
            constraints=Shared(table.constraints),
            indexes=Shared(table.indexes),
            triggers=Shared(table.triggers),
        )
        self.tables[name] = table
        return table

    def put(self, table: Table) -> None:
        """A new table."""
        self.tables[table.name] = table
        self._own.discard(table.name)

    def columns_of(self, name: Name) -> Shared[str, Column]:
        """The table's columns, to be changed; nothing of an unknown table."""
        table = self.edit(name)
        return cast("Shared[str, Column]", table.columns) if table is not None else Shared()

    def constraints_of(self, name: Name) -> Shared[ConstraintKey, Constraint]:
        """The table's constraints, to be changed."""
        table = self.edit(name)
        return cast("Shared[ConstraintKey, Constraint]", table.constraints) if table is not None else Shared()

    def indexes_of(self, name: Name) -> Shared[str, Index]:
        """The indexes of a table or materialized view, to be changed."""
        if name in self.views:
            view = replace(self.views[name], indexes=Shared(self.views[name].indexes))
            self.views[name] = view
            return cast("Shared[str, Index]", view.indexes)
        table = self.edit(name)
        return cast("Shared[str, Index]", table.indexes) if table is not None else Shared()

    def triggers_of(self, name: Name) -> Shared[str, Trigger]:
        """The triggers of a table or view, to be changed."""
        if name in self.views:
            view = replace(self.views[name], triggers=Shared(self.views[name].triggers))
            self.views[name] = view
            return cast("Shared[str, Trigger]", view.triggers)
        table = self.edit(name)
        return cast("Shared[str, Trigger]", table.triggers) if table is not None else Shared()

    def change(self, name: Name, column: str, change: Callable[[Column], Column]) -> None:
        """Replaces one column of a table, if it is there."""
        columns = self.columns_of(name)
        if column in columns:
            columns[column] = change(columns[column])

    # What hangs together

    def created(self, name: Name) -> None:
        """Notes whether a relation that was made just now is new."""
        if self.marks_new:
            self.new[name] = None
        else:
            self.new.pop(name, None)
        if name.schema == self.catalog.temporary_schema:
            self.temporary[name] = None

    def depend(self, on: Name, dependent: Name) -> None:
        """Notes that a relation may refer to another one or to a type."""
        known = self._dependents.get(on, {})
        if dependent not in known:
            more: Shared[Name, None] = Shared(known)
            more[dependent] = None
            self._dependents[on] = more

    def dependents_of(self, name: Name) -> tuple[Name, ...]:
        """Relations that may refer to it, in an order that does not change from run to run."""
        return tuple(sorted(self._dependents.get(name, ()), key=str))

    def forget(self, name: Name) -> None:
        """Drops what is noted about a relation that is gone.

        Without schemas, what refers to it goes on to do so by its name, and means the next table of that name.
        """
        self.new.pop(name, None)
        self.temporary.pop(name, None)
        if self.has_schemas and not self._is_used(name):
            self._dependents.pop(name, None)

    def _is_used(self, name: Name) -> bool:
        """Whether something else is still called so: a type may share its name with an index or a sequence."""
        return name in self.types or self.catalog.has_relation(name)

    def carry(self, old: Name, new: Name) -> None:
        """Moves what is noted about a relation to its new name."""
        for dependent in self.dependents_of(old):
            self.depend(new, dependent)
        was_new = old in self.new
        self.forget(old)
        if not self._is_used(old):
            self._dependents.pop(old, None)
        if was_new:
            self.new[new] = None
        if new.schema == self.catalog.temporary_schema:
            self.temporary[new] = None

    def count_constraint(self, table: Name, key: ConstraintKey, step: int) -> None:
        """Keeps the number of tables with a constraint of that name."""
        if isinstance(key, int) or table.schema is None:
            return
        name = Name(table.schema, key)
        count = self.constraint_names.get(name, 0) + step
        if count > 0:
            self.constraint_names[name] = count
        else:
            self.constraint_names.pop(name, None)

    # Names that the server chooses

    def relation_name(self, schema: str | None, first: str, second: str, label: str) -> str:
        """A free name for an index or sequence."""

        def taken(name: str) -> bool:
            candidate = Name(schema, name)
            return self.catalog.has_relation(candidate) or candidate in self.constraint_names

        return free_name(first, second, label, taken, len(self.index_tables) + len(self.sequences))

    def constraint_name(self, schema: str | None, first: str, second: str, label: str) -> str:
        """A free name for a constraint without index."""
        names = self.constraint_names
        return free_name(first, second, label, lambda name: Name(schema, name) in names, len(names))
