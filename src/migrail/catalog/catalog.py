"""The catalog and what can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Self

from migrail.catalog.rewrite import columns_in
from migrail.catalog.shared import Shared
from migrail.catalog.signatures import signature
from migrail.catalog.values import (
    Composite,
    Domain,
    Enum,
    Function,
    ObjectKey,
    OtherObject,
    Sequence,
    Table,
    Type,
    View,
)
from migrail.dialects import Dialect
from migrail.model.structure import Column, Constraint, ConstraintKind, Index, Name, SqlType

_DOMAIN_DEPTH = 32
"""Domains over domains are followed this far; a longer chain is made on purpose."""
_VOLATILITIES = ("immutable", "stable", "volatile")


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalog:
    """The structure of one database.

    A value: :func:`migrail.catalog.replay` makes another one that shares what did not change. The mappings must
    not be changed. Names given to its methods may be as the author wrote them; those in its mappings are resolved.
    """

    dialect: Dialect
    complete: bool
    """Whether the whole history is in it: what is not here does not exist."""
    search_path: tuple[str, ...]
    """Empty where the dialect has no schemas."""
    schemas: Mapping[str, None]
    tables: Mapping[Name, Table] = field(default_factory=dict)
    views: Mapping[Name, View] = field(default_factory=dict)
    types: Mapping[Name, Type] = field(default_factory=dict)
    sequences: Mapping[Name, Sequence] = field(default_factory=dict)
    functions: Mapping[Name, tuple[Function, ...]] = field(default_factory=dict)
    others: Mapping[ObjectKey, OtherObject] = field(default_factory=dict)
    """Operators, casts, collations and the like."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """Each with the schema that its objects are in."""
    index_tables: Mapping[Name, Name] = field(default_factory=dict)
    """Index → the table or materialized view it is on."""
    trigger_tables: Mapping[Name, Name] = field(default_factory=dict)
    """Trigger → its table, where triggers have names of their own in the whole schema (SQLite, MySQL)."""
    constraint_names: Mapping[Name, int] = field(default_factory=dict)
    """How many tables of a schema have a constraint of that name; empty where constraints may be unnamed."""
    dependents: Mapping[Name, Mapping[Name, None]] = field(default_factory=dict)
    """Relation or type → relations that may refer to it; a superset."""
    foreign: AbstractSet[Name] = frozenset()
    """Foreign and virtual tables and relations of extensions, of which no more than the name is known."""
    relations_known: bool = True
    """Whether all tables and views are in it, even where something else about them is not."""
    new: Mapping[Name, None] = field(default_factory=dict)
    """Relations made by the migrations under judgement."""
    temporary: Mapping[Name, None] = field(default_factory=dict)
    """Relations that go with the session."""
    last_table: Name | None = None
    """The table of the last CREATE TABLE (MySQL), whose indexes are operations behind it."""
    passed_over: bool = False
    """Whether that table was there already, so that its indexes are not made either."""
    in_utc: bool = True
    """Whether the session's time zone is UTC, as promote sets it, unless a file sets another."""
    checks_references: bool = True
    """Whether the session has foreign keys checked, as promote sets it, unless a file sets it off (MySQL)."""
    switched_on: frozenset[str] = frozenset()
    """What decides about the effect of RENAME and is on in the session, unlike in a new one: PRAGMAs of SQLite."""

    @classmethod
    def empty(cls, dialect: Dialect, complete: bool = True) -> Self:
        """A database without anything in it, or one of which nothing is known (``complete=False``)."""
        schema = dialect.default_schema
        path = (schema,) if schema is not None else ()
        return cls(
            dialect=dialect,
            complete=complete,
            relations_known=complete,
            search_path=path,
            schemas=dict.fromkeys(path),
        )

    @property
    def temporary_schema(self) -> str:
        """Where temporary tables live."""
        return self.dialect.temporary_schema

    def in_new_session(self) -> Self:
        """The same database as the next session sees it: the usual search path, no temporary tables."""
        schema = self.dialect.default_schema
        path = (schema,) if schema is not None else ()
        usual = self.in_utc and self.checks_references and not self.switched_on
        session = [name for name in self.trigger_tables if name.schema == self.temporary_schema]
        if path == self.search_path and not self.temporary and not session and usual:
            return self
        tables, views, sequences = Shared(self.tables), Shared(self.views), Shared(self.sequences)
        index_tables, trigger_tables = Shared(self.index_tables), Shared(self.trigger_tables)
        for name in session:
            trigger_tables.pop(name, None)
        for name in self.temporary:
            for kind in (tables, views, sequences, index_tables):
                kind.pop(name, None)
        return replace(
            self,
            search_path=path,
            tables=tables,
            views=views,
            sequences=sequences,
            index_tables=index_tables,
            trigger_tables=trigger_tables,
            temporary={},
            in_utc=True,
            checks_references=True,
            switched_on=frozenset(),
        )

    # Names

    def resolve(self, name: Name) -> Name:
        """The relation that the name means, or where one of that name would be made."""
        if self.dialect.default_schema is None:
            bare = name if name.schema not in {None, "main"} else Name(None, name.name)
            temporary = Name(self.temporary_schema, name.name)
            hidden = temporary in self.tables or temporary in self.views or temporary in self.sequences
            return temporary if name.schema is None and hidden else bare
        if name.schema is not None:
            return name
        for candidate in self._candidates(name.name):
            if self.has_relation(candidate):
                return candidate
        return self.place(name)

    def resolve_in(self, name: Name, schema: str | None) -> Name:
        """The relation that a name means in a text that is kept in a schema (SQLite)."""
        if schema is not None and schema == self.temporary_schema:
            return self.resolve(name)
        return Name(None, name.name) if name.schema in (None, "main") else name

    def place(self, name: Name, *, temporary: bool = False) -> Name:
        """Where a new object of that name is made."""
        if temporary:
            return Name(self.temporary_schema, name.name)
        if self.dialect.default_schema is None:
            return name if name.schema != "main" else Name(None, name.name)
        if name.schema is not None:
            return name
        existing = (schema for schema in self.search_path if schema in self.schemas or not self.complete)
        first = self.search_path[0] if self.search_path else self.dialect.default_schema
        return Name(next(existing, first), name.name)

    def resolve_function(self, name: Name, arguments: tuple[str, ...]) -> Name | None:
        """The full name of the function with arguments of these types."""
        places = (name,) if name.schema is not None else tuple(self._candidates(name.name))
        for place in places:
            known = self.functions.get(place, ())
            if any(signature(function.arguments, self.dialect) == arguments for function in known):
                return place
        return None

    def has_relation(self, name: Name) -> bool:
        """Whether a table, view, sequence or index has that resolved name: they share one name space."""
        return (
            name in self.tables
            or name in self.views
            or name in self.sequences
            or name in self.index_tables
            or name in self.foreign
            or isinstance(self.types.get(name), Composite)
        )

    def place_of_view(self, name: Name, reads: Iterable[Name], *, temporary: bool = False) -> Name:
        """Where a new view is made: one that reads a temporary table is temporary itself."""
        if self.dialect.default_schema is not None and not temporary:
            temporary = any(self.resolve(read).schema == self.temporary_schema for read in reads)
        return self.place(name, temporary=temporary)

    def kept_type(self, type_: SqlType) -> Name | None:
        """The known type that a column of this catalog has: without a schema, it is in the usual one."""
        schema, _, bare = type_.name.rpartition(".")
        name = Name(schema or self.dialect.default_schema, bare)
        return name if name in self.types else None

    def resolve_type(self, name: str | Name) -> Name | None:
        """The known type that the name means."""
        if not self.types:
            return None
        if isinstance(name, str):
            schema, _, bare = name.rpartition(".")
            name = Name(schema or None, bare)
        if name.schema is not None:
            return name if name in self.types else None
        return next((item for item in self._candidates(name.name) if item in self.types), None)

    def _candidates(self, name: str) -> Iterator[Name]:
        yield Name(self.temporary_schema, name)
        for schema in self.search_path:
            yield Name(schema, name)

    def display(self, name: Name) -> str:
        """``public.orders`` on PostgreSQL, ``orders`` on SQLite."""
        resolved = self.resolve(name)
        return resolved.name if resolved.schema == self.temporary_schema else str(resolved)

    def place_of_trigger(self, trigger: str, schema: str | None, table: Name) -> Name:
        """Where a new trigger is made: one without a schema where its table is (SQLite)."""
        if self.dialect.check_names is not None:
            return Name(None, trigger)
        return Name(schema if schema != "main" else None, trigger) if schema else Name(table.schema, trigger)

    def resolve_trigger(self, trigger: str, schema: str | None) -> Name:
        """The trigger that a name without its table means: those of the session come first."""
        temporary = Name(self.temporary_schema, trigger)
        if schema is None and temporary in self.trigger_tables:
            return temporary
        return Name(schema if schema != "main" else None, trigger)

    # Objects

    def table(self, name: Name) -> Table | None:
        """The table, when known."""
        return self.tables.get(self.resolve(name))

    def view(self, name: Name) -> View | None:
        """The view or materialized view, when known."""
        return self.views.get(self.resolve(name))

    def sequence(self, name: Name) -> Sequence | None:
        """The sequence, when known."""
        return self.sequences.get(self.resolve(name))

    def type_named(self, name: Name) -> Type | None:
        """The enum, domain, composite or other type, when known."""
        resolved = self.resolve_type(name)
        return None if resolved is None else self.types[resolved]

    def enum(self, name: Name) -> Enum | None:
        """The enum, when known."""
        found = self.type_named(name)
        return found if isinstance(found, Enum) else None

    def domain(self, name: Name) -> Domain | None:
        """The domain, when known."""
        found = self.type_named(name)
        return found if isinstance(found, Domain) else None

    def composite(self, name: Name) -> Composite | None:
        """The composite type, when known."""
        found = self.type_named(name)
        return found if isinstance(found, Composite) else None

    def function(self, name: Name) -> tuple[Function, ...]:
        """All overloads of the function."""
        if name.schema is not None or self.dialect.default_schema is None:
            return self.functions.get(name, ())
        found = (self.functions.get(candidate) for candidate in self._candidates(name.name))
        return next((overloads for overloads in found if overloads), ())

    # What dialects ask: see migrail.model.structure.Structure

    def is_new(self, table: Name) -> bool:
        """Whether the relation is made by the migrations under judgement, or temporary."""
        resolved = self.resolve(table)
        return resolved in self.new or resolved.schema == self.temporary_schema

    def is_new_object(self, kind: str, name: Name) -> bool:
        """The same for a type, domain, sequence, view, schema or routine; ``kind`` is as DROP writes it."""
        if kind == "SCHEMA":
            return Name(None, name.name) in self.new
        if kind in {"TYPE", "DOMAIN"}:
            return self.resolve_type(name) in self.new
        if kind in {"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"}:
            overloads = self.function(name)
            return bool(overloads) and all(item.new for item in overloads)
        return self.is_new(name)

    def column(self, table: Name, column: str) -> Column | None:
        """The column, when known."""
        found = self.table(table)
        return None if found is None else found.columns.get(column)

    def column_names(self, table: Name) -> tuple[str, ...]:
        """The names of the table's columns, in their order."""
        found = self.table(table)
        return () if found is None else tuple(found.columns)

    def charset_of(self, table: Name) -> str | None:
        """The character set that columns of the table get where they do not name one (MySQL), when known."""
        found = self.table(table)
        return None if found is None else found.charset

    def constraint(self, table: Name, name: str) -> Constraint | None:
        """The constraint of that name."""
        found = self.table(table)
        return None if found is None else found.constraints.get(name)

    def constraints_of(self, table: Name) -> tuple[Constraint, ...]:
        """All constraints of the table."""
        found = self.table(table)
        return () if found is None else tuple(found.constraints.values())

    def index(self, table: Name, name: str) -> Index | None:
        """The index of that table or materialized view."""
        return self._indexes(table).get(name)

    def table_of_index(self, index: Name) -> Name | None:
        """The table of an index, when known."""
        return self.index_tables.get(self.resolve_index(index))

    def resolve_index(self, name: Name) -> Name:
        """The index that the name means. In SQLite, temporary tables do not hide indexes."""
        temporary = Name(self.temporary_schema, name.name)
        if self.dialect.default_schema is None and name.schema is None:
            return temporary if temporary in self.index_tables else name
        return self.resolve(name)

    def indexes_on(self, table: Name, column: str | None = None) -> tuple[str, ...]:
        """Names of the table's indexes, or of those that mention the column."""
        return tuple(
            name
            for name, index in self._indexes(table).items()
            if column is None or index_mentions(index, column, self.dialect)
        )

    def _indexes(self, table: Name) -> Mapping[str, Index]:
        resolved = self.resolve(table)
        found = self.tables.get(resolved) or self.views.get(resolved)
        return found.indexes if found is not None else {}

    def checks_on(self, table: Name, column: str) -> tuple[Constraint, ...]:
        """The CHECK constraints that may mention the column."""
        return tuple(
            constraint
            for constraint in self.constraints_of(table)
            if constraint.kind is ConstraintKind.CHECK and column in constraint.columns
        )

    def foreign_keys_of(self, table: Name) -> tuple[Constraint, ...]:
        """The foreign keys of the table itself."""
        found = self.table(table)
        return () if found is None else found.foreign_keys

    def referencing(self, table: Name) -> tuple[Name, ...]:
        """The other tables whose foreign keys point to the table, in alphabetical order."""
        resolved = self.resolve(table)
        candidates = (self.tables.get(name) for name in self.dependents.get(resolved, ()) if name != resolved)
        found = (item.name for item in candidates if item is not None and points_to(item, resolved))
        return tuple(sorted(found, key=str))

    def is_partitioned(self, table: Name) -> bool:
        """Whether the table is declared with PARTITION BY."""
        found = self.table(table)
        return found is not None and found.partitioned_by is not None

    def children_of(self, table: Name) -> tuple[Name, ...]:
        """Partitions and inheriting tables at every depth."""
        found: dict[Name, None] = {}
        pending = [self.resolve(table)]
        while pending:
            current = self.tables.get(pending.pop())
            for child in current.children if current is not None else ():
                if child not in found:
                    found[child] = None
                    pending.append(child)
        return tuple(found)

    def parents_of(self, table: Name) -> tuple[Name, ...]:
        """The table that it is a partition of, or those that it inherits from."""
        found = self.table(table)
        return () if found is None else found.parents

    def default_partition_of(self, table: Name) -> Name | None:
        """The DEFAULT partition of the table, when known."""
        found = self.table(table)
        for name in found.children if found is not None else ():
            child = self.tables.get(name)
            if child is not None and child.partition_bound == "DEFAULT":
                return name
        return None

    def views_reading(self, relation: Name) -> tuple[Name, ...]:
        """The views that read the relation, directly or through other views."""
        found: dict[Name, None] = {}
        pending = [self.resolve(relation)]
        while pending:
            current = pending.pop()
            for name in sorted(self.dependents.get(current, ()), key=str):
                view = self.views.get(name)
                if view is not None and current in view.reads and name not in found:
                    found[name] = None
                    pending.append(name)
        return tuple(found)

    def domain_has_constraint(self, type: SqlType) -> bool:
        """Whether the type is a known domain with NOT NULL or CHECK, its own or of a domain below it."""
        current: SqlType | None = type
        for _ in range(_DOMAIN_DEPTH):
            domain = self.domain_of(current) if current is not None else None
            if domain is None:
                return False
            if domain.not_null or domain.constraints:
                return True
            current = domain.base
        return True

    def domain_base(self, type: SqlType) -> SqlType | None:
        """The type below a known domain, or ``None``."""
        domain = self.domain_of(type)
        return None if domain is None else domain.base

    def domain_of(self, type_: SqlType) -> Domain | None:
        """The domain that the type is; an array of one is none."""
        resolved = self.resolve_type(type_.name) if self.types and not type_.dimensions else None
        found = self.types[resolved] if resolved is not None else None
        return found if isinstance(found, Domain) else None

    def collation_of(self, column: Column) -> str | None:
        """The collation of a column, where it or a domain that is its type says one."""
        if column.collation is not None or column.type is None or not self.types:
            return column.collation
        return next((domain.collation for domain in self._domains(column.type) if domain.collation), None)

    def _domains(self, type_: SqlType) -> Iterator[Domain]:
        """The domain that the type is, and those below it."""
        seen: set[Name] = set()
        domain = self.domain_of(type_)
        while domain is not None and domain.name not in seen:
            seen.add(domain.name)
            yield domain
            domain = self.domain_of(domain.base)

    def enum_labels(self, type: str) -> tuple[str, ...]:
        """The labels of a known enum; empty for other types."""
        resolved = self.resolve_type(type) if self.types else None
        found = self.types[resolved] if resolved is not None else None
        return tuple(found.labels) if isinstance(found, Enum) else ()

    def tables_with_type(self, type: Name) -> tuple[Name, ...]:
        """The tables with a column of that type, or of a domain over it, in alphabetical order."""
        resolved = self.resolve_type(type)
        found: set[Name] = set()
        for type_ in self._with_domains_over(resolved) if resolved is not None else ():
            candidates = (self.tables.get(name) for name in self.dependents.get(type_, ()))
            found |= {
                item.name
                for item in candidates
                if item is not None and (item.of_type == type_ or self.columns_with(item, type_))
            }
        return tuple(sorted(found, key=str))

    def _with_domains_over(self, type_: Name) -> Iterator[Name]:
        pending = [type_]
        for current in pending:
            yield current
            for known in self.types.values():
                over = isinstance(known, Domain) and self.resolve_type(known.base.name) == current
                if over and known.name not in pending:
                    pending.append(known.name)

    def exists(self, name: Name) -> bool:
        """Whether a relation of that name is known."""
        return self.has_relation(self.resolve(name))

    def is_absent(self, name: Name) -> bool:
        """Whether it is known that there is no relation of that name."""
        return self.complete and not self.exists(name)

    def partition_key_of(self, table: Name) -> str | None:
        """The text of PARTITION BY."""
        found = self.table(table)
        return None if found is None else found.partitioned_by

    def views_mentioning(self, relation: Name, column: str) -> tuple[Name, ...]:
        """The views that may read the column of the relation, and views on these; by the text of their queries."""
        resolved = self.resolve(relation)
        word = re.compile(rf"(?<!\w)(?:{re.escape(column)})(?!\w)|\*", re.IGNORECASE)
        first = [
            name
            for name in self.views_reading(resolved)
            if resolved in self.views[name].reads and word.search(self.views[name].query)
        ]
        return tuple(dict.fromkeys([*first, *(view for name in first for view in self.views_reading(name))]))

    def read_by_view(self, view: Name) -> tuple[Name, ...]:
        """The relations that the view reads; nothing for anything else."""
        found = self.view(view)
        return () if found is None else found.reads

    def relations_in(self, schema: str) -> tuple[Name, ...]:
        """The known tables, views and sequences of the schema."""
        relations = (*self.tables, *self.views, *self.sequences)
        return tuple(name for name in relations if name.schema == schema)

    def owner_of_sequence(self, sequence: Name) -> Name | None:
        """The table whose column the sequence belongs to, when known."""
        found = self.sequence(sequence)
        return None if found is None else found.owner

    def columns_with(self, table: Table, type_: Name) -> tuple[str, ...]:
        """The table's columns of that resolved type."""
        return tuple(
            column.name
            for column in table.columns.values()
            if column.type is not None and self.kept_type(column.type) == type_
        )

    def function_volatility(self, name: str) -> str | None:
        """The worst of the overloads of a function that a migration created."""
        schema, _, bare = name.rpartition(".")
        overloads = self.function(Name(schema or None, bare)) if self.functions else ()
        found = [function.volatility for function in overloads if function.volatility in _VOLATILITIES]
        return max(found, key=_VOLATILITIES.index, default=None)


def index_mentions(index: Index, column: str, dialect: Dialect) -> bool:
    """Whether the index has the column, in an expression or its condition as well; rather too often."""
    if column in index.columns or column in index.include:
        return True
    if index.where is not None and column in index.where.columns:
        return True
    return any(is_expression(part) and column in columns_in(part, dialect) for part in index.columns)


def is_expression(part: str) -> bool:
    """Whether a part of an index is an expression and not a column: these have operators, parentheses or quotes."""
    return any(char in part for char in "(:+-*/|<>=\"'")


def points_to(table: Table, target: Name) -> bool:
    """Whether one of the table's foreign keys points to the resolved name."""
    return any(key.references is not None and key.references.table == target for key in table.foreign_keys)
