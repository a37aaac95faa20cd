"""CREATE SCHEMA, with what it creates at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from migrail.model.operations import CreateSchema, Operation
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.source import Source


def read_create_schema(cursor: Cursor, read_element: Callable[[Cursor], list[Operation]]) -> list[Operation]:
    """Takes what follows CREATE SCHEMA. The objects behind it are created in the schema."""
    if_not_exists = cursor.if_not_exists()
    name = None if cursor.at("AUTHORIZATION") else cursor.identifier()
    if cursor.take("AUTHORIZATION"):
        role = cursor.label()
        name = name or role
    schema = name or ""
    found: list[Operation] = []
    while not cursor.done:
        inner = _element(cursor)
        part = Cursor(inner.text, cursor.dialect, inner)
        found += read_element(part)
        if not part.done:
            part.unexpected()
    own = {target.name for operation in found if (target := operation.target) is not None}
    made = CreateSchema(name=Name(None, schema), if_not_exists=if_not_exists)
    return [made, *(_placed(operation, schema, own) for operation in found)]


def _element(cursor: Cursor) -> Source:
    """Takes one CREATE or GRANT up to the next; within GRANT, CREATE may be a privilege."""
    start = cursor.offset
    begin = cursor.next().word
    if begin not in ("CREATE", "GRANT"):
        cursor.index -= 1
        cursor.unexpected("where CREATE or GRANT should stand")
    while not cursor.done:
        if cursor.at("("):
            cursor.group()
            continue
        privilege = begin == "GRANT" and cursor.peek(-1).word in ("GRANT", ",")
        if cursor.word in ("CREATE", "GRANT") and not privilege:
            break
        cursor.next()
    return cursor.source.part(start, cursor.peek(-1).end)


def _placed(value: Any, schema: str, own: set[str]) -> Any:
    """The same with the names of what was created here in the schema, where they have none."""
    if isinstance(value, Name):
        return Name(schema, value.name) if value.schema is None and value.name in own else value
    if isinstance(value, tuple):
        return tuple(_placed(item, schema, own) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {item.name: _placed(getattr(value, item.name), schema, own) for item in fields(value)}
        return replace(value, **changed)
    return value
