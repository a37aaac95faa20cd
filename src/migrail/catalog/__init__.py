"""The structure of one database as a value, and how operations change it."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog
from migrail.catalog.values import (
    Composite,
    Domain,
    Enum,
    Function,
    OtherType,
    Sequence,
    Table,
    Trigger,
    View,
)
from migrail.model.structure import Index

__all__ = [
    "Catalog",
    "Composite",
    "Domain",
    "Enum",
    "Function",
    "Index",
    "OtherType",
    "Sequence",
    "Table",
    "Trigger",
    "View",
]
