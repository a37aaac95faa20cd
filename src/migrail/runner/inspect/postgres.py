"""The structure of a PostgreSQL database (12 to 18), one query for each kind of object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

from migrail.catalog import (
    Catalog,
    Composite,
    Domain,
    Enum,
    Function,
    Index,
    OtherType,
    Sequence,
    Table,
    Trigger,
    View,
)
from migrail.catalog.assemble import assemble
from migrail.catalog.signatures import signature
from migrail.catalog.values import ObjectKey, OtherObject, Type
from migrail.dialects import Dialect
from migrail.model.operations import CreateIndex
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Name, PartOptions, Reference
from migrail.runner.inspect import _postgres_queries as queries
from migrail.runner.inspect._texts import OWN_PREFIX, expression_of, operations_of, type_of

Rows = Mapping[int, list[Row[Any]]]
"""Rows by the OID of the relation that they belong to."""

_CONSTRAINTS = {
    "p": ConstraintKind.PRIMARY_KEY,
    "u": ConstraintKind.UNIQUE,
    "f": ConstraintKind.FOREIGN_KEY,
    "c": ConstraintKind.CHECK,
    "x": ConstraintKind.EXCLUDE,
    "n": ConstraintKind.NOT_NULL,
}
_ACTIONS = {"a": None, "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_GENERATED = {
    "a": Generated.IDENTITY_ALWAYS,
    "d": Generated.IDENTITY_DEFAULT,
    "s": Generated.STORED,
    "v": Generated.VIRTUAL,
}
_VOLATILITIES = {"i": "immutable", "s": "stable", "v": "volatile"}
_EVENTS = {4: "INSERT", 8: "DELETE", 16: "UPDATE", 32: "TRUNCATE"}
"""Bits of ``tgtype`` (pg_trigger.h)."""
_BEFORE, _INSTEAD = 2, 64


def inspect(connection: Connection, dialect: Dialect) -> Catalog:
    """See :func:`migrail.runner.inspect.inspect`."""
    with _plain_output(connection):
        relations = _Relations.read(connection)
        reader = _Reader(dialect=dialect, relations=relations)
        columns = _by_relation(connection, queries.COLUMNS)
        constraints = _by_relation(connection, queries.CONSTRAINTS)
        indexes = _by_relation(connection, queries.INDEXES)
        triggers = _by_relation(connection, queries.TRIGGERS)
        reads = _by_relation(connection, queries.READS)
        types = _rows(connection, queries.TYPES)
        functions = _rows(connection, queries.FUNCTIONS)
        return assemble(
            dialect,
            tables=[
                reader.table(oid, row, columns[oid], constraints[oid], indexes[oid], triggers[oid])
                for oid, row in relations.of_kinds("rp")
            ],
            views=[
                reader.view(oid, row, columns[oid], reads[oid], indexes[oid], triggers[oid])
                for oid, row in relations.of_kinds("vm")
            ],
            sequences=[reader.sequence(row) for _, row in relations.of_kinds("S")],
            types=[reader.type(row, columns, constraints) for row in types],
            functions=[reader.function(row) for row in functions],
            others=[reader.other(row) for row in _rows(connection, queries.OTHERS)],
            schemas=frozenset(row.name for row in _rows(connection, queries.SCHEMAS)),
            extensions=[(row.name, row.schema) for row in _rows(connection, queries.EXTENSIONS)],
        )


_SETTINGS = {
    "search_path": "",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "quote_all_identifiers": "off",
}
"""How names and literals are printed. With nothing in the search path each name comes with its schema."""


@contextmanager
def _plain_output(connection: Connection) -> Iterator[None]:
    """Under settings that do not depend on the role or the database."""
    before = {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in _SETTINGS}
    _set(connection, _SETTINGS)
    yield
    # Where an error was raised, the transaction is over and the settings with it.
    _set(connection, before)


def _set(connection: Connection, settings: Mapping[str, str]) -> None:
    values = ", ".join(["(%s, %s)"] * len(settings))
    query = f"SELECT set_config(name, value, false) FROM (VALUES {values}) AS wanted (name, value)"
    connection.exec_driver_sql(query, tuple(item for pair in settings.items() for item in pair))


def _rows(connection: Connection, query: str) -> list[Row[Any]]:
    return list(connection.exec_driver_sql(query, execution_options={"no_parameters": True}))


def _by_relation(connection: Connection, query: str) -> defaultdict[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in _rows(connection, query):
        found[row.relation].append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Relations:
    """Tables, views and sequences by OID, without those of extensions and our own."""

    rows: Mapping[int, Row[Any]]

    @classmethod
    def read(cls, connection: Connection) -> _Relations:
        rows = {row.relation: row for row in _rows(connection, queries.RELATIONS)}
        own = {oid for oid, row in rows.items() if row.name.startswith(OWN_PREFIX)}
        return cls({oid: row for oid, row in rows.items() if oid not in own and row.owner not in own})

    def of_kinds(self, kinds: str) -> list[tuple[int, Row[Any]]]:
        return [(oid, row) for oid, row in self.rows.items() if row.kind in kinds]

    def name(self, oid: int) -> Name | None:
        row = self.rows.get(oid)
        return None if row is None else Name(row.schema, row.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Rows of the server's catalogs → values of ours."""

    dialect: Dialect
    relations: _Relations

    def table(
        self,
        oid: int,
        row: Row[Any],
        columns: list[Row[Any]],
        constraints: list[Row[Any]],
        indexes: list[Row[Any]],
        triggers: list[Row[Any]],
    ) -> Table:
        parents = (self.relations.name(parent) for parent in row.parents)
        return Table(
            name=Name(row.schema, row.name),
            columns={column.name: self.column(column) for column in columns},
            constraints={item.name: self.constraint(item) for item in constraints},
            indexes={index.name: self.index(index) for index in indexes},
            triggers={trigger.name: _trigger(trigger) for trigger in triggers},
            parents=tuple(parent for parent in parents if parent is not None),
            partitioned_by=row.partitioned_by,
            partition_bound=row.partition_bound,
            comment=row.comment or "",
        )

    def column(self, row: Row[Any]) -> Column:
        expression = expression_of(row.expression, self.dialect)
        computed = row.generated != ""
        return Column(
            name=row.name,
            type=type_of(row.type, self.dialect),
            not_null=row.required,
            default=None if computed else expression,
            generated=_GENERATED.get(row.identity or row.generated),
            generation=expression if computed else None,
            collation=row.collation,
            comment=row.comment or "",
            local=row.local,
        )

    def constraint(self, row: Row[Any]) -> Constraint:
        kind = _CONSTRAINTS[row.kind]
        target = self.relations.name(row.target) or Name(row.target_schema, row.target_name)
        reference = Reference(
            table=target,
            columns=tuple(row.target_columns),
            on_delete=_ACTIONS.get(row.on_delete),
            on_delete_columns=tuple(row.on_delete_columns),
            on_update=_ACTIONS.get(row.on_update),
            match_full=row.match == "f",
        )
        return Constraint(
            kind=kind,
            name=row.name,
            columns=tuple(row.columns),
            references=reference if kind is ConstraintKind.FOREIGN_KEY else None,
            expression=expression_of(row.expression, self.dialect),
            valid=row.valid,
            deferrable=row.deferrable,
            initially_deferred=row.deferred,
            local=row.local,
        )

    def index(self, row: Row[Any]) -> Index:
        found = operations_of(row.definition, self.dialect)
        made = found[0] if found and isinstance(found[0], CreateIndex) else None
        if made is None:
            return Index(name=row.name, columns=(row.definition,), valid=row.valid, constraint=row.constraint)
        options = made.options or (PartOptions(),) * len(made.columns)
        return Index(
            name=row.name,
            columns=made.columns,
            options=tuple(map(_with_usual_class, options, row.classes)),
            unique=made.unique,
            method=made.method,
            include=made.include,
            where=made.where,
            nulls_not_distinct=made.nulls_not_distinct,
            valid=row.valid,
            constraint=row.constraint,
        )

    def view(
        self,
        oid: int,
        row: Row[Any],
        columns: list[Row[Any]],
        reads: list[Row[Any]],
        indexes: list[Row[Any]],
        triggers: list[Row[Any]],
    ) -> View:
        names = (self.relations.name(read.target) for read in reads)
        return View(
            name=Name(row.schema, row.name),
            query=row.query or "",
            reads=tuple(name for name in names if name is not None),
            columns=tuple(column.name for column in columns),
            materialized=row.kind == "m",
            indexes={index.name: self.index(index) for index in indexes},
            triggers={trigger.name: _trigger(trigger) for trigger in triggers},
        )

    def sequence(self, row: Row[Any]) -> Sequence:
        owner = self.relations.name(row.owner)
        return Sequence(name=Name(row.schema, row.name), owner=owner, column=row.owner_column if owner else None)

    def type(self, row: Row[Any], columns: Rows, constraints: Rows) -> Type:
        name = Name(row.schema, row.name)
        if row.kind == "e":
            return Enum(name=name, labels=dict.fromkeys(row.labels))
        if row.kind == "c":
            attributes = columns.get(row.attributes, ())
            return Composite(name=name, columns=tuple(self.column(column) for column in attributes))
        if row.kind == "d":
            return self.domain(name, row, constraints.get(-row.oid, []))
        return OtherType(name=name, form=row.form)

    def domain(self, name: Name, row: Row[Any], constraints: list[Row[Any]]) -> Domain:
        return Domain(
            name=name,
            base=type_of(row.base, self.dialect),
            collation=row.collation,
            not_null=row.required,
            default=expression_of(row.expression, self.dialect),
            constraints=tuple(self.constraint(item) for item in constraints if item.kind == "c"),
        )

    def function(self, row: Row[Any]) -> Function:
        return Function(
            name=Name(row.schema, row.name),
            arguments=", ".join(row.arguments),
            volatility=_VOLATILITIES[row.volatility],
            procedure=row.kind == "p",
            aggregate=row.kind == "a",
            returns=row.returns,
            language=None if row.kind == "a" else row.language,
            body=row.body,
        )

    def other(self, row: Row[Any]) -> OtherObject:
        arguments = ", ".join(row.signature)
        name = Name(None, "") if row.kind == "CAST" else Name(row.schema, row.name)
        return OtherObject(
            key=ObjectKey(row.kind, name, signature(arguments, self.dialect)),
            arguments=arguments,
            function=None if row.function is None else Name(row.function_schema, row.function),
        )


def _with_usual_class(options: PartOptions, name: str) -> PartOptions:
    if options.operator_class is not None:
        return options
    return replace(options, operator_class=Name(None, name), usual=True)


def _trigger(row: Row[Any]) -> Trigger:
    before = "BEFORE" if row.bits & _BEFORE else "INSTEAD OF" if row.bits & _INSTEAD else "AFTER"
    events = " OR ".join(word for bit, word in _EVENTS.items() if row.bits & bit)
    return Trigger(name=row.name, timing=f"{before} {events}", function=row.function)
