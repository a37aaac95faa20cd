"""The structure of a SQLite database.

What the PRAGMAs tell is taken from them. Names of constraints, CHECKs, collations, conditions of indexes, views and
triggers are nowhere but in the statements that SQLite keeps, so these are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

from migrail.catalog import Catalog, Index, Table, View
from migrail.catalog.assemble import assemble
from migrail.catalog.replay import replay
from migrail.catalog.values import ConstraintKey
from migrail.dialects import Dialect
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Name, PartOptions, Reference
from migrail.runner.inspect._texts import OWN_PREFIX, expression_of, operations_of, type_of

_OBJECTS = "SELECT type, name, tbl_name AS relation, sql FROM main.sqlite_master ORDER BY rowid"
_REAL = "m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'"
_COLUMNS = f"""
SELECT m.name AS relation, x.name, x.type, x."notnull" AS required, x.dflt_value AS expression, x.pk AS place,
  x.hidden
FROM main.sqlite_master AS m JOIN pragma_table_xinfo(m.name, 'main') AS x WHERE {_REAL} ORDER BY m.rowid, x.cid
"""
_INDEXES = f"""
SELECT m.name AS relation, l.name, l."unique", l.origin, x.name AS column, x."desc" AS descending,
  x.coll AS collation
FROM main.sqlite_master AS m JOIN pragma_index_list(m.name, 'main') AS l
JOIN pragma_index_xinfo(l.name, 'main') AS x
WHERE {_REAL} AND x.key = 1 ORDER BY m.rowid, l.seq DESC, x.seqno
"""
_FOREIGN_KEYS = f"""
SELECT m.name AS relation, f.id, f."table" AS target, f."from" AS column, f."to" AS target_column,
  f.on_delete, f.on_update
FROM main.sqlite_master AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f WHERE {_REAL}
ORDER BY m.rowid, f.id DESC, f.seq
"""

_SHADOWS = (
    *("content", "segments", "segdir", "docsize", "stat"),
    *("data", "idx", "config"),
    *("node", "rowid", "parent"),
)
"""Words behind the name of a virtual table in the names of the tables that FTS3 to FTS5 and R*Tree make for it."""
_HIDDEN = {2: Generated.VIRTUAL, 3: Generated.STORED}
"""``hidden`` of PRAGMA table_xinfo."""

Rows = Sequence[Row[Any]]


def inspect(connection: Connection, dialect: Dialect) -> Catalog:
    """See :func:`migrail.runner.inspect.inspect`."""
    objects = list(connection.exec_driver_sql(_OBJECTS))
    columns = _by_table(connection, _COLUMNS, dialect)
    indexes = _by_table(connection, _INDEXES, dialect)
    keys = _by_table(connection, _FOREIGN_KEYS, dialect)
    reader = _Reader(dialect=dialect, written=_written(objects, dialect))
    left_out = _left_out(objects, dialect)
    return assemble(
        dialect,
        tables=[
            reader.table(name, rows, indexes[name], keys[name])
            for name, rows in columns.items()
            if name not in left_out and not name.startswith(OWN_PREFIX)
        ],
        views=[reader.view(dialect.fold(row.name, True)) for row in objects if row.type == "view"],
    )


def _by_table(connection: Connection, query: str, dialect: Dialect) -> defaultdict[str, list[Row[Any]]]:
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.exec_driver_sql(query):
        found[dialect.fold(row.relation, True)].append(row)
    return found


def _left_out(objects: Rows, dialect: Dialect) -> frozenset[str]:
    """The tables that belong to virtual tables."""
    virtual = (row.name for row in objects if row.sql and row.sql[:14].upper() == "CREATE VIRTUAL")
    return frozenset(dialect.fold(f"{name}_{word}", True) for name in virtual for word in _SHADOWS)


def _written(objects: Rows, dialect: Dialect) -> Catalog:
    """What the kept statements say. An index on an expression is nowhere else in full."""
    order = ("table", "index", "view", "trigger")
    texts = [row.sql for kind in order for row in objects if row.type == kind and row.sql]
    return replay(Catalog.empty(dialect), [found for text in texts for found in operations_of(text, dialect)])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Rows of PRAGMAs, and what the kept statements say → values of ours."""

    dialect: Dialect
    written: Catalog

    def table(self, name: str, columns: Rows, indexes: Rows, keys: Rows) -> Table:
        known = self.written.tables.get(Name(None, name)) or Table(name=Name(None, name))
        constraints: dict[ConstraintKey, Constraint] = {}
        for constraint in self.constraints(known, columns, indexes, keys):
            free = constraint.name is not None and constraint.name not in constraints
            constraints[constraint.name if free and constraint.name else len(constraints) + 1] = constraint
        made = (self.column(known, column) for column in columns)
        return replace(
            known,
            columns={column.name: column for column in made},
            columns_known=True,
            constraints=constraints,
            indexes={index.name: index for index in self.indexes(known, indexes)},
        )

    def column(self, table: Table, row: Row[Any]) -> Column:
        name = self.dialect.fold(row.name, True)
        known = table.columns.get(name, Column(name=name))
        generated = _HIDDEN.get(row.hidden)
        return replace(
            known,
            type=type_of(row.type, self.dialect) if row.type else None,
            not_null=bool(row.required),
            default=expression_of(row.expression, self.dialect) if generated is None else None,
            generated=generated,
            generation=known.generation if generated is not None else None,
        )

    def constraints(self, table: Table, columns: Rows, indexes: Rows, keys: Rows) -> Iterator[Constraint]:
        """What the PRAGMAs tell, with the names of those that are written; CHECKs as they are written."""
        written = list(table.constraints.values())
        for found in (*self.keys(columns, indexes), *self.references(keys)):
            same = next((item for item in written if _alike(item, found)), None)
            if same is None:
                yield found
                continue
            written.remove(same)
            yield replace(found, name=same.name, deferrable=same.deferrable, written_in=same.written_in)
        yield from (item for item in written if item.kind is ConstraintKind.CHECK)

    def keys(self, columns: Rows, indexes: Rows) -> Iterator[Constraint]:
        primary = sorted((column for column in columns if column.place), key=lambda column: column.place)
        if primary:
            own = [row for row in indexes if row.origin == "pk"]
            kind = ConstraintKind.PRIMARY_KEY
            yield Constraint(kind=kind, columns=self.folded(primary, "name"), options=_options(own))
        for rows in _grouped(indexes, "name"):
            if rows[0].origin == "u":
                kind = ConstraintKind.UNIQUE
                yield Constraint(kind=kind, columns=self.folded(rows, "column"), options=_options(rows))

    def references(self, keys: Rows) -> Iterator[Constraint]:
        for rows in _grouped(keys, "id"):
            first = rows[0]
            reference = Reference(
                table=Name(None, self.dialect.fold(first.target, True)),
                columns=() if first.target_column is None else self.folded(rows, "target_column"),
                on_delete=first.on_delete,
                on_update=first.on_update,
            )
            yield Constraint(
                kind=ConstraintKind.FOREIGN_KEY, columns=self.folded(rows, "column"), references=reference
            )

    def indexes(self, table: Table, indexes: Rows) -> Iterator[Index]:
        for rows in _grouped(indexes, "name"):
            name = self.dialect.fold(rows[0].name, True)
            known = table.indexes.get(name)
            parts = known.columns if known is not None and len(known.columns) == len(rows) else ("(?)",) * len(rows)
            columns = tuple(
                part if row.column is None else self.dialect.fold(row.column, True)
                for part, row in zip(parts, rows, strict=True)
            )
            yield Index(
                name=name,
                columns=columns,
                options=_options(rows),
                unique=bool(rows[0].unique),
                where=known.where if known is not None else None,
                constraint=rows[0].origin != "c",
            )

    def view(self, name: str) -> View:
        return self.written.views.get(Name(None, name)) or View(name=Name(None, name), query="", rewritten=True)

    def folded(self, rows: Rows, attribute: str) -> tuple[str, ...]:
        return tuple(self.dialect.fold(getattr(row, attribute), True) for row in rows)


def _options(rows: Rows) -> tuple[PartOptions, ...]:
    return tuple(
        PartOptions(
            collation=Name(None, row.collation),
            descending=bool(row.descending),
            nulls_first=bool(row.descending),
        )
        for row in rows
    )


def _grouped(rows: Rows, attribute: str) -> list[Rows]:
    found: dict[object, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(getattr(row, attribute), []).append(row)
    return list(found.values())


def _alike(written: Constraint, found: Constraint) -> bool:
    if (written.kind, written.columns) != (found.kind, found.columns):
        return False
    one, two = written.references, found.references
    return one is None or two is None or (one.table, one.columns) == (two.table, two.columns)
