"""A catalog while it is being changed: one copy of each mapping, and of each table that is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from migrail.catalog.catalog import Catalog
from migrail.catalog.naming import free_name
from migrail.catalog.values import ConstraintKey, Function, Sequence, Table, Trigger, Type, View
from migrail.model.structure import Column, Constraint, Index, Name

T = TypeVar("T")


class Draft:
    """Owns the mappings of :attr:`catalog`, which answers all questions about the state so far."""

    def __init__(self, catalog: Catalog, *, new: bool) -> None:
        self.marks_new = new
        self.tables: dict[Name, Table] = dict(catalog.tables)
        self.views: dict[Name, View] = dict(catalog.views)
        self.types: dict[Name, Type] = dict(catalog.types)
        self.sequences: dict[Name, Sequence] = dict(catalog.sequences)
        self.functions: dict[Name, tuple[Function, ...]] = dict(catalog.functions)
        self.index_tables: dict[Name, Name] = dict(catalog.index_tables)
        self.trigger_tables: dict[str, Name] = dict(catalog.trigger_tables)
        self.constraint_names: dict[Name, int] = dict(catalog.constraint_names)
        self.new: set[Name] = set(catalog.new)
        self.extensions: set[str] = set(catalog.extensions)
        self.schemas: set[str] = set(catalog.schemas)
        self._dependents: dict[Name, set[Name]] = {}
        self._all_dependents = dict(catalog.dependents)
        self._own: set[Name] = set()
        self.catalog = replace(
            catalog,
            tables=self.tables,
            views=self.views,
            types=self.types,
            sequences=self.sequences,
            functions=self.functions,
            index_tables=self.index_tables,
            trigger_tables=self.trigger_tables,
            constraint_names=self.constraint_names,
            dependents=self._all_dependents,
            new=self.new,
            extensions=self.extensions,
            schemas=self.schemas,
        )

    @property
    def has_schemas(self) -> bool:
        """Whether the rules of PostgreSQL for names hold; else those of SQLite."""
        return self.catalog.dialect.default_schema is not None

    # Tables, which are copied the first time that they are changed

    def edit(self, name: Name) -> Table | None:
        """The table of that resolved name, with mappings that the functions below may change."""
        table = self.tables.get(name)
        if table is None or name in self._own:
            return table
        self._own.add(name)
        table = replace(
            table,
            columns=dict(table.columns),
            constraints=dict(table.constraints),
            indexes=dict(table.indexes),
            triggers=dict(table.triggers),
        )
        self.tables[name] = table
        return table

    def put(self, table: Table) -> None:
        """A new table, with mappings that belong to the draft."""
        self.tables[table.name] = table
        self._own.add(table.name)

    def columns_of(self, name: Name) -> dict[str, Column]:
        """The table's columns, to be changed; nothing of an unknown table."""
        table = self.edit(name)
        return cast("dict[str, Column]", table.columns) if table is not None else {}

    def constraints_of(self, name: Name) -> dict[ConstraintKey, Constraint]:
        """The table's constraints, to be changed."""
        table = self.edit(name)
        return cast("dict[ConstraintKey, Constraint]", table.constraints) if table is not None else {}

    def indexes_of(self, name: Name) -> dict[str, Index]:
        """The indexes of a table or materialized view, to be changed."""
        if name in self.views:
            view = replace(self.views[name], indexes=dict(self.views[name].indexes))
            self.views[name] = view
            return cast("dict[str, Index]", view.indexes)
        table = self.edit(name)
        return cast("dict[str, Index]", table.indexes) if table is not None else {}

    def triggers_of(self, name: Name) -> dict[str, Trigger]:
        """The triggers of a table or view, to be changed."""
        if name in self.views:
            view = replace(self.views[name], triggers=dict(self.views[name].triggers))
            self.views[name] = view
            return cast("dict[str, Trigger]", view.triggers)
        table = self.edit(name)
        return cast("dict[str, Trigger]", table.triggers) if table is not None else {}

    def change(self, name: Name, column: str, change: Callable[[Column], Column]) -> None:
        """Replaces one column of a table, if it is there."""
        columns = self.columns_of(name)
        if column in columns:
            columns[column] = change(columns[column])

    # What hangs together

    def created(self, name: Name) -> None:
        """Notes whether a relation that was made just now is new."""
        if self.marks_new:
            self.new.add(name)
        else:
            self.new.discard(name)

    def depend(self, on: Name, dependent: Name) -> None:
        """Notes that a relation may refer to another one or to a type."""
        own = self._dependents.get(on)
        if own is None:
            own = self._dependents[on] = set(self._all_dependents.get(on, ()))
            self._all_dependents[on] = own
        own.add(dependent)

    def dependents_of(self, name: Name) -> tuple[Name, ...]:
        """Relations that may refer to it, in an order that does not change from run to run."""
        return tuple(sorted(self._all_dependents.get(name, ()), key=str))

    def forget(self, name: Name) -> None:
        """Drops what is noted about a relation that is gone."""
        self.new.discard(name)
        self._dependents.pop(name, None)
        self._all_dependents.pop(name, None)

    def carry(self, old: Name, new: Name) -> None:
        """Moves what is noted about a relation to its new name."""
        for dependent in self.dependents_of(old):
            self.depend(new, dependent)
        was_new = old in self.new
        self.forget(old)
        if was_new:
            self.new.add(new)

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
