"""SQL text as operations and catalogs, for tests that compare with servers."""

from __future__ import annotations

from collections.abc import Sequence

from migrail.catalog import Catalog
from migrail.catalog.replay import replay
from migrail.dialects import get
from migrail.model.migration import Digests, Migration
from migrail.model.operations import Opaque, Operation
from migrail.sql import read_script


def operations_of(text: str, dialect: str = "postgres") -> tuple[Operation, ...]:
    """The operations of a script."""
    migration = Migration(
        id="1", order=(1,), path="1.sql", text=text, digests=Digests.of(text.encode(), text), source="plain"
    )
    return read_script(migration, get(dialect)).operations


def read(text: str, dialect: str = "postgres") -> tuple[Operation, ...]:
    """The operations of a script, all of which must be understood."""
    operations = operations_of(text, dialect)
    assert not [operation for operation in operations if isinstance(operation, Opaque)], operations
    return operations


def catalog_of(texts: Sequence[str], dialect: str = "postgres", *, new: bool = False) -> Catalog:
    """The catalog after the scripts."""
    catalog = Catalog.empty(get(dialect))
    for text in texts:
        catalog = replay(catalog, read(text, dialect), new=new)
    return catalog
