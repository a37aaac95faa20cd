"""Which index of a partition stands for one of its parent's: the first that is alike and stands for no other."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog
from migrail.catalog.values import Table
from migrail.model.structure import Index, Name


def likeness(index: Index) -> tuple[object, ...]:
    """What must be the same; the order of rows is not in it (CompareIndexInfo in index.c)."""
    classes = tuple((part.collation, None if part.usual else part.operator_class) for part in index.options)
    return (
        *(index.columns, index.include, index.unique, index.nulls_not_distinct, index.method or "btree"),
        *(index.where.text if index.where is not None else None, classes if any(map(any, classes)) else ()),
    )


def lacks(catalog: Catalog, partition: Name, index: Index) -> bool:
    """Whether a partition needs another index, as its parent has more of this kind."""
    table = catalog.tables.get(partition)
    parent = catalog.tables.get(table.parents[0]) if table is not None and table.parents else None
    return table is not None and parent is not None and _count(table, index) < _count(parent, index)


def _count(table: Table, index: Index) -> int:
    """One that was made with ONLY waits for others to be attached to it."""
    wanted = likeness(index)
    return sum(item.valid and likeness(item) == wanted for item in table.indexes.values())
