"""Building an index, or the constraint that stands on it, on each partition by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrail.catalog.naming import index_columns, object_name
from migrail.model.rewrites import Stage, Step
from migrail.model.structure import Name
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import step


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What every partition is to have."""

    columns: tuple[str, ...]
    definition: str
    """What follows the table in CREATE INDEX."""
    unique: bool = False
    constraint: str = ""
    """``UNIQUE`` or ``PRIMARY KEY``; empty for an index that is none."""
    attributes: str = ""
    """What else is said about the constraint."""

    def name_on(self, table: Name) -> str:
        """As the server makes it."""
        if self.constraint == "PRIMARY KEY":
            return object_name(table.name, "", "pkey")
        return object_name(table.name, index_columns(self.columns), "key" if self.constraint else "idx")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    table: Name
    index: str
    parent: Name | None
    """The index that this one will belong to."""


def partition_by_partition(table: Name, name: str | None, wanted: Wanted, context: Context) -> list[Step]:
    """The steps that build an index on a partitioned table while reads and writes go on.

    Args:
        table: the partitioned table, as the author wrote it.
        name: of the index or constraint; ``None`` for the one that the server would choose.
        wanted: what every partition is to have.
        context: of the operation.
    """
    alone, built, attached = [], [], []
    first = _Part(table=table, index=name or wanted.name_on(table), parent=None)
    for part in _tree(first, wanted, context):
        if context.catalog.is_partitioned(part.table):
            alone.append(_alone(part, wanted, context))
        else:
            built.append(_create(part, wanted, context, "CONCURRENTLY ", ""))
            if wanted.constraint:
                attached.append(_constraint(part, wanted, context))
        if part.parent is not None:
            own = sql_table(part.table._replace(name=part.index), context.dialect)
            attached.append(f"ALTER INDEX {sql_table(part.parent, context.dialect)} ATTACH PARTITION {own}")
    steps = [step(first.index, Stage.EXPAND, *alone)]
    if built:
        steps.append(step(f"build_{first.index}", Stage.EXPAND, *built, off=True))
    if attached:
        steps.append(step(f"attach_{first.index}", Stage.EXPAND, *attached))
    return steps


def _tree(part: _Part, wanted: Wanted, context: Context) -> Iterator[_Part]:
    """The table and its partitions at every depth, each behind the one that it belongs to."""
    yield part
    known = context.catalog.table(part.table)
    for child in known.children if known is not None else ():
        shown = as_written(child, part.table, context)
        own = part.table._replace(name=part.index)
        yield from _tree(_Part(table=shown, index=wanted.name_on(shown), parent=own), wanted, context)


def as_written(partition: Name, table: Name, context: Context) -> Name:
    """The name of a partition with a schema where the author wrote one for the table, or where it is another."""
    home = context.catalog.resolve(table).schema
    return Name(table.schema if partition.schema == home else partition.schema, partition.name)


def _create(part: _Part, wanted: Wanted, context: Context, how: str, only: str) -> str:
    unique = "UNIQUE " if wanted.unique else ""
    index, table = sql_name(part.index, context.dialect), sql_table(part.table, context.dialect)
    return f"CREATE {unique}INDEX {how}{index} ON {only}{table} {wanted.definition}"


def _alone(part: _Part, wanted: Wanted, context: Context) -> str:
    """Makes it on a partitioned table without touching its partitions."""
    if not wanted.constraint:
        return _create(part, wanted, context, "", "ONLY ")
    table, name = sql_table(part.table, context.dialect), sql_name(part.index, context.dialect)
    said = f"{wanted.constraint} {wanted.definition} {wanted.attributes}".rstrip()
    return f"ALTER TABLE ONLY {table} ADD CONSTRAINT {name} {said}"


def _constraint(part: _Part, wanted: Wanted, context: Context) -> str:
    """A constraint of the parent takes only indexes that are constraints themselves."""
    table, name = sql_table(part.table, context.dialect), sql_name(part.index, context.dialect)
    said = f"{wanted.constraint} USING INDEX {name} {wanted.attributes}".rstrip()
    return f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}"
