"""Sentences that many checks share."""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.catalog import Catalog
from migrail.catalog.values import Table
from migrail.model.structure import Constraint, ConstraintKind, Name

ROW_COLUMNS = frozenset({"rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "tableoid", "cmin", "cmax"})
"""Columns that a table has without saying so."""
SYSTEM_COLUMNS = frozenset({"ctid", "xmin", "xmax", "tableoid", "cmin", "cmax"})
"""Those of PostgreSQL, whose names no other column can have."""
KEYS = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE})
INDEXED = KEYS | {ConstraintKind.EXCLUDE}


def first(problems: Iterable[str | None]) -> str | None:
    """The first problem there is."""
    return next(filter(None, problems), None)


def needs_table(catalog: Catalog, name: Name) -> str | None:
    """ALTER TABLE works on views too."""
    if not catalog.complete or is_system(name) or catalog.has_relation(catalog.resolve(name)):
        return None
    if names_are_local(catalog) and name.schema is not None:
        return None  # of another database, or of this one by its name, which files do not tell
    return f"table {catalog.display(name)} does not exist"


def names_are_local(catalog: Catalog) -> bool:
    """Whether indexes and constraints are named within their table (MySQL)."""
    return catalog.dialect.check_names is not None


def has_schemas(catalog: Catalog) -> bool:
    """Whether the rules of PostgreSQL hold."""
    return catalog.dialect.default_schema is not None


def is_system(name: Name) -> bool:
    """Whether the name is the server's own."""
    return name.schema in {"pg_catalog", "information_schema"} or name.name.startswith(("sqlite_", "pg_"))


def needs_column(catalog: Catalog, table: Name, column: str) -> str | None:
    """Whether a column is missing, or its table."""
    found = catalog.table(table)
    if found is None:
        return needs_table(catalog, table)
    return lacks_column(catalog, found, column)


def lacks_column(catalog: Catalog, table: Table, column: str) -> str | None:
    """Whether a column of a table that is there is missing."""
    if column in table.columns or column in ROW_COLUMNS or not columns_known(catalog, table):
        return None
    return f"column {column} of table {catalog.display(table.name)} does not exist"


def columns_known(catalog: Catalog, table: Table) -> bool:
    """Whether a column that is not there does not exist."""
    return catalog.complete and table.columns_known


def needs_constraint(catalog: Catalog, table: Name, constraint: str) -> str | None:
    """Whether a constraint is missing, or its table."""
    found = catalog.table(table)
    if found is None:
        return needs_table(catalog, table)
    if constraint in found.constraints or not columns_known(catalog, found):
        return None
    implied = f"{table.name}_", "_not_null"
    if constraint.startswith(implied[0]) and constraint.endswith(implied[1]):
        return None
    return f"constraint {constraint} of table {catalog.display(table)} does not exist"


def taken(catalog: Catalog, name: Name, *, row_type: bool = False) -> str | None:
    """Tables, views, sequences and indexes share one name space; tables and views are types as well."""
    if catalog.has_relation(name):
        return f"relation {catalog.display(name)} exists already"
    if row_type and name in catalog.types:
        return f"type {catalog.display(name)} exists already"
    return None


def missing(catalog: Catalog, what: str, name: Name, known: object) -> str | None:
    """Says that something is missing, where that can be told."""
    if known or not catalog.complete or is_system(name):
        return None
    return f"{what} {catalog.display(name)} does not exist"


def no_schema(catalog: Catalog, name: Name) -> str | None:
    """Whether the schema of a new object is missing."""
    if name.schema is None or not catalog.complete or name.schema in catalog.schemas:
        return None
    if name.schema.startswith("pg_") or name.schema == catalog.temporary_schema:
        return None
    return f"schema {name.schema} does not exist"


# Partitions and inheritance


def parents_with(catalog: Catalog, table: Table, column: str) -> list[Name]:
    """The parents that the column comes from."""
    known = (catalog.tables.get(parent) for parent in table.parents)
    return [parent.name for parent in known if parent is not None and column in parent.columns]


def inherited(catalog: Catalog, table: Table, constraint: Constraint) -> Name | None:
    """The parent that a constraint comes from."""
    for parent in filter(None, map(catalog.tables.get, table.parents)):
        for other in parent.constraints.values():
            if other.kind is not constraint.kind or other.no_inherit:
                continue
            if constraint.kind is ConstraintKind.CHECK and other.name == constraint.name:
                return parent.name
            alike = other.columns == constraint.columns and other.references == constraint.references
            if parent.partitioned_by is not None and constraint.kind is not ConstraintKind.CHECK and alike:
                return parent.name
    return None
