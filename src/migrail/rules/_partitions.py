"""Building an index on each partition by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrail.catalog.naming import index_columns, object_name
from migrail.model.rewrites import Stage, Step
from migrail.model.structure import Name
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import step


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    table: Name
    index: str
    parent: Name | None
    """The index that this one will belong to."""


def partition_by_partition(
    table: Name,
    index: str | None,
    columns: tuple[str, ...],
    kind: str,
    definition: str,
    context: Context,
    parent: str | None = None,
) -> list[Step]:
    """The steps that build an index on a partitioned table while reads and writes go on.

    Args:
        table: the partitioned table, as the author wrote it.
        index: its name; ``None`` for the one that the server would choose.
        columns: what the index is over.
        kind: ``INDEX`` or ``UNIQUE INDEX``.
        definition: what follows the table.
        context: of the operation.
        parent: the statement that makes the index of the partitioned table alone, where that is no CREATE INDEX.
    """
    dialect = context.dialect
    parts = list(_tree(_Part(table=table, index=index or _chosen(table, columns), parent=None), columns, context))
    alone, built, attached = [], [], []
    for part in parts:
        place = f"{sql_table(part.table, dialect)} {definition}"
        shown = sql_name(part.index, dialect)
        if not context.catalog.is_partitioned(part.table):
            built.append(f"CREATE {kind} CONCURRENTLY {shown} ON {place}")
        elif part.parent is None and parent is not None:
            alone.append(parent)
        else:
            alone.append(f"CREATE {kind} {shown} ON ONLY {place}")
        if part.parent is not None:
            own = sql_table(replace(part.table, name=part.index), dialect)
            attached.append(f"ALTER INDEX {sql_table(part.parent, dialect)} ATTACH PARTITION {own}")
    name = parts[0].index
    steps = [step(name, Stage.EXPAND, *alone)]
    if built:
        steps.append(step(f"build_{name}", Stage.EXPAND, *built, off=True))
    if attached:
        steps.append(step(f"attach_{name}", Stage.EXPAND, *attached))
    return steps


def _tree(part: _Part, columns: tuple[str, ...], context: Context) -> Iterator[_Part]:
    """The table and its partitions at every depth, each behind the one that it belongs to."""
    yield part
    known = context.catalog.table(part.table)
    home = context.catalog.resolve(part.table).schema
    for child in known.children if known is not None else ():
        shown = Name(part.table.schema if child.schema == home else child.schema, child.name)
        own = replace(part.table, name=part.index)
        yield from _tree(_Part(table=shown, index=_chosen(shown, columns), parent=own), columns, context)


def _chosen(table: Name, columns: tuple[str, ...]) -> str:
    """As the server makes it."""
    return object_name(table.name, index_columns(columns), "idx")
