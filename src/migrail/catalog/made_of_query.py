"""The columns of a table that SQLite makes of a query, where that takes them from one table as they are.

What is left of their types is the affinity (``lang_createtable.html``, "CREATE TABLE ... AS SELECT Statements").
"""

from __future__ import annotations

from migrail.catalog.catalog import Catalog
from migrail.model.structure import Column, SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed

_AFFINITIES = (
    ("int", ("int",)),
    ("text", ("char", "clob", "text")),
    ("", ("blob",)),
    ("real", ("real", "floa", "doub")),
)
"""The first that has one of these in the name of a type holds (``datatype3.html``, 3.1); else it is numeric."""
_ENDS = ("WHERE", "ORDER", "LIMIT", ";")


def columns_of_query(query: str, catalog: Catalog) -> tuple[Column, ...] | None:
    """The columns, or ``None`` where the query says more than which ones."""
    cursor = Cursor(query, catalog.dialect)
    try:
        cursor.expect("SELECT")
        names = None if cursor.take("*") else cursor.commas(Cursor.identifier)
        cursor.expect("FROM")
        table = catalog.table(cursor.name())
        more = not cursor.done and cursor.word not in _ENDS
    except (NotUnderstood, Unclosed):
        return None
    if table is None or not table.columns_known or more:
        return None
    names = list(table.columns) if names is None else names
    if len(set(names)) < len(names) or any(name not in table.columns for name in names):
        return None
    return tuple(Column(name=name, type=_affinity(table.columns[name].type)) for name in names)


def _affinity(type_: SqlType | None) -> SqlType | None:
    written = type_.name.lower() if type_ is not None else "blob"
    found = next((name for name, parts in _AFFINITIES if any(part in written for part in parts)), "num")
    return SqlType(name=found) if found else None
