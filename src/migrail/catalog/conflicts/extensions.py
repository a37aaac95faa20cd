"""Why operations on extensions would fail."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog
from migrail.catalog.conflicts.parts import no_schema
from migrail.catalog.values import OtherType
from migrail.model import operations as ops
from migrail.model.structure import Name


def create(catalog: Catalog, operation: ops.CreateExtension) -> str | None:
    """CREATE EXTENSION; that one is missing may be, as whoever made the database can have put it there."""
    if operation.name.name in catalog.extensions:
        return None if operation.if_not_exists else f"extension {operation.name.name} exists already"
    return no_schema(catalog, Name(operation.schema, "")) if operation.schema is not None else None


def owner(catalog: Catalog, type_: Name) -> str | None:
    """Whether a type comes and goes with an extension."""
    known = catalog.type_named(type_)
    if isinstance(known, OtherType) and known.extension is not None:
        return f"type {catalog.display(known.name)} belongs to the extension {known.extension}"
    return None
