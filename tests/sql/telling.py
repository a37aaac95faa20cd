"""Operations in a line each: their kind, every name in them and whatever is not as usual."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum

from migrail.model.operations import Inner, Operation, Unread
from migrail.model.structure import Column, Constraint, Expression, Like, Name, PartOptions, Reference, SqlType

_LEFT_OUT = frozenset({"functions", "body", "query", "reason", "comment", "text", "more"})


def told(operation: Operation) -> str:
    """Such as ``CreateIndex s.t i (a, b) unique``."""
    return f"{type(operation).__name__} {_fields(operation)}".strip()


def _fields(value: object) -> str:
    parts = []
    for field in fields(value):  # type: ignore[arg-type]
        item = getattr(value, field.name)
        if field.name in _LEFT_OUT or item == field.default or item in ((), None):
            continue
        parts.append(
            {True: field.name, False: f"not {field.name}"}[item] if isinstance(item, bool) else _word(item)
        )
    return " ".join(parts)


def _word(value: object) -> str:
    match value:
        case Name() | SqlType():
            return str(value)
        case Enum():
            return str(value.value)
        case Expression():
            return f"[{value.text}]"
        case Unread():
            return f"unread: {value.reason}"
        case Inner():
            return told(value.operation)
        case Column() | Constraint():
            return _fields(value)
        case Like():
            behind = f"behind {value.behind}" if value.behind else ""
            return " ".join(("like", str(value.table), *sorted(value.including), behind)).rstrip()
        case PartOptions():
            return _part(value)
        case Reference():
            return f"-> {_fields(value)}"
        case tuple():
            return f"({', '.join(_word(item) for item in value)})"
        case _:
            return str(value)


def _part(options: PartOptions) -> str:
    """What stands behind a column of an index, in the order of SQL."""
    nulls = "FIRST" if options.nulls_first else "LAST"
    words = {
        f"({options.length})": options.length is not None,
        f"COLLATE {options.collation}": options.collation is not None,
        f"{options.operator_class}": options.operator_class is not None,
        f"({options.parameters})": bool(options.parameters),
        "DESC": options.descending,
        f"NULLS {nulls}": options.nulls_first != options.descending,
    }
    return " ".join(word for word, said in words.items() if said)
