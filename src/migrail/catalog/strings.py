"""Names in double quotes that SQLite takes for strings, because no column of the table is called so.

RENAME COLUMN and DROP COLUMN write them as strings into every text of the schema (renameFixQuotes in alter.c).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.catalog.rewrite import strings_marked
from migrail.catalog.values import Table
from migrail.dialects import Dialect
from migrail.model.structure import Expression, Name


def as_string(name: str) -> str:
    """A name in double quotes as a string."""
    return "'" + name[1:-1].replace('""', '"').replace("'", "''") + "'"


def fix(draft: Draft, schema: str | None) -> None:
    """In checks, generated columns and indexes; views and triggers are texts of their own."""
    for table in [table for name, table in draft.tables.items() if name.schema == schema and _has_any(table)]:
        known, dialect = set(table.columns), draft.catalog.dialect
        columns, constraints = draft.columns_of(table.name), draft.constraints_of(table.name)
        for name, column in columns.items():
            columns[name] = replace(column, generation=_fixed(column.generation, known, dialect))
        for key, constraint in constraints.items():
            constraints[key] = replace(constraint, expression=_fixed(constraint.expression, known, dialect))
        indexes = draft.indexes_of(table.name)
        hiding = draft.tables.get(Name(draft.catalog.temporary_schema, table.name.name))
        known = known if hiding is None else set(hiding.columns)  # alter.c takes that one for the index's table
        for name, index in indexes.items():
            parts = (strings_marked(part, known, as_string, dialect) for part in index.columns)
            indexes[name] = replace(index, columns=tuple(parts), where=_fixed(index.where, known, dialect))


def _has_any(table: Table) -> bool:
    """Whether anything in it is in double quotes."""
    return table.columns_known and (
        any(_quoted(column.generation) for column in table.columns.values())
        or any(_quoted(constraint.expression) for constraint in table.constraints.values())
        or any('"' in " ".join(index.columns) or _quoted(index.where) for index in table.indexes.values())
    )


def _quoted(expression: Expression | None) -> bool:
    return expression is not None and '"' in expression.text


def _fixed(expression: Expression | None, known: Container[str], dialect: Dialect) -> Expression | None:
    if expression is None or '"' not in expression.text:
        return expression
    return replace(
        expression,
        text=strings_marked(expression.text, known, as_string, dialect),
        columns=tuple(name for name in expression.columns if name in known),
    )
