"""What makes SQLite refuse an ALTER TABLE: it reads the texts of views, triggers and tables again (alter.c)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrail.catalog import kept
from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.replay import replay
from migrail.catalog.values import Table
from migrail.model import operations as ops
from migrail.model.structure import Column, Constraint, ConstraintKind, Name


def rename_table(catalog: Catalog, operation: ops.RenameTable) -> str | None:
    """RENAME TO, which passes over all of them where the session has ``legacy_alter_table`` on."""
    if not is_kept(catalog) or kept.is_legacy(catalog):
        return None
    return next(_read_again(catalog, operation.table), None)


def rename_column(catalog: Catalog, operation: ops.RenameColumn) -> str | None:
    """RENAME COLUMN."""
    if not is_kept(catalog):
        return None
    table = catalog.resolve(operation.table)
    problem = next(_read_again(catalog, table), None) or _string_index(catalog, table)
    deeper = any(catalog.dependents.get(view) for view in catalog.views_reading(table))
    if problem is not None or not deeper:
        return problem  # only what reads a view misses a column that this has lost to the new name
    after = replay(catalog, [operation])
    return next(_read_again(after, table, "with the new name ", operation.column), None)


def drop_column(catalog: Catalog, operation: ops.DropColumn) -> str | None:
    """DROP COLUMN: with it go the constraints in its definition, and no others."""
    table = catalog.table(operation.table) if is_kept(catalog) else None
    if table is None:
        return None
    before = next(_read_again(catalog, table.name), None)
    problem = before or _own_text(table, operation.column) or _string_index(catalog, table.name)
    if problem is not None or kept.is_legacy(catalog):
        return problem
    after = replay(catalog, [operation])
    return next(_read_again(after, table.name, "without the column ", operation.column), None)


def is_kept(catalog: Catalog) -> bool:
    """Whether the database is of SQLite."""
    return catalog.dialect.name == "sqlite"


def _read_again(catalog: Catalog, table: Name, when: str = "", about: str = "") -> Iterator[str]:
    schema = catalog.resolve(table).schema
    for problem in kept.broken(catalog, schema, about):
        yield f"{when}{problem}: SQLite reads all views and triggers when it alters a table"


def _own_text(table: Table, column: str) -> str | None:
    left = table.columns.keys() - {column}
    for constraint in table.constraints.values():
        text = (
            constraint.expression.text if constraint.kind is ConstraintKind.CHECK and constraint.expression else ""
        )
        lost = constraint.references is not None and column in constraint.columns
        if constraint.written_in != column and (lost or _misses(text, table, left)):
            return f"column {column} is part of {'a foreign key' if lost else 'a CHECK'} of the table"
    for other in table.columns.values():
        if other.name != column and other.generation and _misses(other.generation.text, table, left):
            return f"the generated column {other.name} needs column {column}"
    return None


def _misses(text: str, table: Table, columns: Iterable[str]) -> bool:
    known = frozenset(columns)
    return bool(text) and kept.missing_column(text, table.name, known, dequoted=True) is not None


def _string_index(catalog: Catalog, table: Name) -> str | None:
    """An index on a string in double quotes, which is none when SQLite reads it again."""
    for known in catalog.tables.values() if catalog.resolve(table).schema is None else ():
        for index in known.indexes.values() if known.name.schema is None else ():
            if any(map(kept.is_string, index.columns)):
                return (
                    f"index {index.name} is on a column that does not exist: SQLite reads it when it alters a table"
                )
    return None


# What a statement says itself


def of_index(catalog: Catalog, table: Table, operation: ops.CreateIndex) -> str | None:
    """The expressions and the condition of a new index."""
    if not is_kept(catalog) or not table.columns_known:
        return None
    texts = [part for part in operation.columns if is_expression(part)]
    texts += [operation.where.text] if operation.where is not None else []
    return _first_missing(table, texts)


def of_constraint(catalog: Catalog, table: Table, constraint: Constraint) -> str | None:
    """The condition of a CHECK."""
    if not is_kept(catalog) or not table.columns_known or constraint.expression is None:
        return None
    return _first_missing(table, [constraint.expression.text])


def of_column(catalog: Catalog, table: Table, column: Column) -> str | None:
    """The expression of a generated column."""
    if not is_kept(catalog) or not table.columns_known or column.generation is None:
        return None
    return _first_missing(table, [column.generation.text])


def of_query(catalog: Catalog, operation: ops.CreateTable) -> str | None:
    """CREATE TABLE AS, which runs its query at once."""
    if not is_kept(catalog) or operation.query is None:
        return None
    problem = kept.query_problem(catalog, operation.query)
    return problem and f"the query {problem}"


def of_view(operation: ops.CreateView, name: Name) -> str | None:
    """A view that stays cannot name the tables of the session; that a table is missing shows later."""
    other = next((read.schema for read in operation.reads if read.schema not in (None, "main", name.schema)), None)
    return f"view {name} cannot read from {other}" if other is not None and name.schema != kept.TEMPORARY else None


def _first_missing(table: Table, texts: Iterable[str]) -> str | None:
    for text in texts:
        missing = kept.missing_column(text, table.name, table.columns)
        if missing is not None:
            return f"column {missing} of table {table.name.name} does not exist"
    return None
