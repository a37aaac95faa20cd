"""The structure of a MySQL or MariaDB database, from ``information_schema``: one query for each kind of object."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row

from migrail.catalog import Catalog, Function, Index, Table, Trigger, View
from migrail.catalog import Sequence as SequenceObject
from migrail.catalog.assemble import assemble
from migrail.catalog.values import ConstraintKey
from migrail.dialects import Dialect
from migrail.model.operations import CreateView
from migrail.model.structure import (
    Column,
    Constraint,
    ConstraintKind,
    Expression,
    Generated,
    Name,
    PartOptions,
    Reference,
    options_of,
)
from migrail.runner.inspect import _mysql_queries as queries
from migrail.runner.inspect._texts import OWN_PREFIX, expression_of, mysql_type_of, operations_of

Rows = Sequence[Row[Any]]

PRIMARY = "PRIMARY"
"""The server's name of every primary key."""
_SPECIAL = frozenset({"FULLTEXT", "SPATIAL", "VECTOR"})
"""Kinds of indexes that do not follow from the engine."""


_HELD = re.compile(r"AUTO_INCREMENT|DEFAULT_GENERATED|(?:VIRTUAL|STORED|PERSISTENT) GENERATED|[\s,]")
"""What ``extra`` says of a column that is held as a value of ours."""

_ORDERS_SINCE = {"mariadb": (10, 8), "mysql": (8, 0)}
"""Before these versions DESC in an index means nothing (MDEV-13756; MySQL manual 8.0, 10.3.13)."""


def inspect(connection: Connection, dialect: Dialect) -> Catalog:
    """See :func:`migrail.runner.inspect.inspect`."""
    database = connection.exec_driver_sql("SELECT database()").scalar_one()
    version = connection.dialect.server_version_info or ()
    unread = frozenset[str]() if version >= _ORDERS_SINCE[dialect.name] else frozenset({"order"})
    reader = _Reader(dialect=dialect, database=database or "", unread=unread)
    found = {kind: _by_table(connection, query) for kind, query in queries.of(dialect.name).items()}
    objects = list(connection.exec_driver_sql(queries.TABLES))
    tables = [row for row in objects if row.kind in ("BASE TABLE", "SYSTEM VERSIONED")]
    return assemble(
        dialect,
        tables=[
            reader.table(table, {kind: rows[table.name] for kind, rows in found.items()})
            for table in tables
            if not table.name.startswith(OWN_PREFIX)
        ],
        views=[reader.view(row) for row in connection.exec_driver_sql(queries.VIEWS)],
        sequences=[SequenceObject(name=Name(None, row.name)) for row in objects if row.kind == "SEQUENCE"],
        functions=[reader.function(row) for row in connection.exec_driver_sql(queries.ROUTINES)],
    )


def _by_table(connection: Connection, query: str) -> defaultdict[str, list[Row[Any]]]:
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.exec_driver_sql(query, execution_options={"no_parameters": True}):
        found[row.relation].append(row)
    return found


def _partitioned_by(row: Row[Any]) -> str:
    """As it is written; of SYSTEM_TIME the server makes an expression of its own."""
    return row.method if row.method == "SYSTEM_TIME" else f"{row.method} ({row.expression or ''})"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Rows of ``information_schema`` → values of ours."""

    dialect: Dialect
    database: str
    """Its name stands before every table in what the server prints of a view."""
    unread: frozenset[str]
    """See :attr:`Table.unread`."""

    def inner(self, name: str) -> str:
        """The name of a column, index or constraint."""
        return name if name == PRIMARY else self.dialect.fold_inner(name)

    def table(self, table: Row[Any], rows: dict[str, list[Row[Any]]]) -> Table:
        checked = {row.name for row in rows["checks"]}
        columns = (self.column(row, checked=row.name in checked) for row in rows["columns"])
        indexes = tuple(self.indexes(rows["indexes"]))
        constraints: dict[ConstraintKey, Constraint] = {}
        for index in indexes:
            if index.constraint:
                kind = ConstraintKind.PRIMARY_KEY if index.name == PRIMARY else ConstraintKind.UNIQUE
                constraints[index.name] = Constraint(kind=kind, name=index.name, columns=index.columns)
        for constraint in (*self.references(rows["references"]), *self.checks(rows["checks"])):
            taken = constraint.name is None or constraint.name in constraints
            constraints[len(constraints) + 1 if taken else constraint.name or ""] = constraint
        partitions = rows["partitions"]
        return Table(
            name=Name(None, table.name),
            columns={column.name: column for column in columns},
            constraints=constraints,
            indexes={index.name: index for index in indexes},
            triggers={row.name: self.trigger(row) for row in rows["triggers"]},
            partitioned_by=_partitioned_by(partitions[0]) if partitions else None,
            comment=table.comment,
            engine=(table.engine or "").lower() or None,
            charset=(table.collation or "").partition("_")[0] or None,
            collation=table.collation,
            unread=self.unread,
        )

    def column(self, row: Row[Any], *, checked: bool) -> Column:
        """Args:
        checked: a CHECK is called like it, as those are in MariaDB that are part of a column's definition.
        """
        type_ = mysql_type_of(row.type, self.dialect)
        extra = (row.extra or "").upper()
        generated = None
        if "GENERATED" in extra.replace("DEFAULT_GENERATED", ""):
            generated = Generated.STORED if "STORED" in extra or "PERSISTENT" in extra else Generated.VIRTUAL
        elif "AUTO_INCREMENT" in extra:
            generated = Generated.IDENTITY_DEFAULT
        return Column(
            name=self.inner(row.name),
            type=type_,
            not_null=not row.nullable,
            default=self.default(row.expression, extra),
            generated=generated,
            generation=expression_of(row.generation or None, self.dialect),
            collation=row.collation,
            charset=row.charset,
            comment=row.comment,
            more=checked or bool(_HELD.sub("", extra)) or "/*" in row.type,
        )

    def default(self, text: str | None, extra: str) -> Expression | None:
        """MariaDB prints an expression; MySQL prints a literal without its quotes unless it says otherwise."""
        if text is None or self.dialect.name == "mariadb" or "DEFAULT_GENERATED" in extra:
            return expression_of(text, self.dialect)
        bare = text.startswith(("b'", "0x")) or text.upper().startswith("CURRENT_TIMESTAMP")
        quoted = text if bare else "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
        return Expression(text=quoted)

    def indexes(self, rows: Rows) -> Iterator[Index]:
        for name, group in groupby(rows, key=lambda row: row.name):
            parts = list(group)
            unique = bool(parts[0].is_unique)
            method = parts[0].method.lower() if parts[0].method in _SPECIAL else None
            yield Index(
                name=self.inner(name),
                columns=tuple(
                    self.inner(part.part) if part.part is not None else f"({part.expression})" for part in parts
                ),
                options=options_of([self.options(part) for part in parts]),
                unique=unique,
                method=method,
                constraint=unique,
            )

    def options(self, row: Row[Any]) -> PartOptions:
        """What a FULLTEXT or SPATIAL index has behind its columns is the server's own."""
        special = row.method in _SPECIAL
        descending = bool(row.descending)
        return PartOptions(descending=descending, nulls_first=descending, length=None if special else row.length)

    def references(self, rows: Rows) -> Iterator[Constraint]:
        for name, group in groupby(rows, key=lambda row: row.name):
            parts = list(group)
            first = parts[0]
            schema = None if first.target_schema == self.database else first.target_schema
            yield Constraint(
                kind=ConstraintKind.FOREIGN_KEY,
                name=self.inner(name),
                columns=tuple(self.inner(part.part) for part in parts),
                references=Reference(
                    table=Name(schema, first.target),
                    columns=tuple(self.inner(part.target_column) for part in parts),
                    on_delete=first.on_delete,
                    on_update=first.on_update,
                ),
            )

    def checks(self, rows: Rows) -> Iterator[Constraint]:
        for row in rows:
            expression = expression_of(row.condition, self.dialect)
            columns = expression.columns if expression is not None else ()
            yield Constraint(
                kind=ConstraintKind.CHECK,
                name=self.inner(row.name),
                columns=tuple(map(self.dialect.fold_inner, columns)),
                expression=expression,
                valid=bool(row.enforced),
            )

    def trigger(self, row: Row[Any]) -> Trigger:
        return Trigger(name=row.name, timing=f"{row.timing} {row.event}", body=row.body)

    def view(self, row: Row[Any]) -> View:
        made = operations_of(f"CREATE VIEW v AS {row.query}", self.dialect) if row.query else ()
        reads = made[0].reads if made and isinstance(made[0], CreateView) else ()
        return View(
            name=Name(None, row.name),
            query=row.query or "",
            reads=tuple(Name(None, name.name) if name.schema == self.database else name for name in reads),
            columns=tuple(self.inner(name) for name in (row.columns or "").split("\n") if name),
        )

    def function(self, row: Row[Any]) -> Function:
        return Function(
            name=Name(None, row.name),
            arguments=row.arguments or "",
            volatility="immutable" if row.constancy == "YES" else "volatile",
            procedure=row.kind == "PROCEDURE",
            returns=row.returns,
            body=row.body,
        )
