"""Runs in a process of its own: what SQLAlchemy's mapped classes read and write."""

from __future__ import annotations

import importlib
import inspect
from typing import Any


def describe(reference: str) -> list[dict[str, Any]]:
    """The tables of ``module:attribute``: a declarative base, a registry or a MetaData."""
    from sqlalchemy import Table
    from sqlalchemy.orm import configure_mappers

    module_name, _, attribute = reference.partition(":")
    module = importlib.import_module(module_name)
    found = getattr(module, attribute)
    configure_mappers()
    registry = found if hasattr(found, "mappers") else getattr(found, "registry", None)
    metadata = getattr(found, "metadata", found)
    described: list[dict[str, Any]] = []
    mapped = set()
    for mapper in sorted(registry.mappers, key=lambda mapper: mapper.class_.__qualname__) if registry else ():
        table = mapper.local_table
        if isinstance(table, Table):
            mapped.add(table)
            known = {column for attribute in mapper.column_attrs for column in attribute.columns}
            columns = [column for column in table.columns if column in known]
            described.append(_table(mapper.class_.__qualname__, table, columns, _place(mapper.class_)))
    for table in metadata.sorted_tables:
        if table not in mapped:
            place = {"path": module.__file__, "line": 1}
            described.append(_table(table.name, table, list(table.columns), place))
    return described


def _table(name: str, table: Any, columns: list[Any], place: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "schema": table.schema,
        "table": table.name,
        **place,
        "columns": [
            {
                "name": column.name,
                "key": column.primary_key,
                "inserted": not _made_by_server(column, table),
                "updated": not column.primary_key and column.computed is None,
            }
            for column in columns
        ],
    }


def _made_by_server(column: Any, table: Any) -> bool:
    if column.computed is not None or column.identity is not None or column.server_default is not None:
        return True
    return column is table._autoincrement_column and column.default is None


def _place(mapped: type) -> dict[str, Any]:
    try:
        return {"path": inspect.getsourcefile(mapped), "line": inspect.getsourcelines(mapped)[1]}
    except (OSError, TypeError):
        return {"path": None, "line": 1}
