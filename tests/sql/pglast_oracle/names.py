"""Names and types in pglast's trees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pglast import ast
from pglast.enums import DropBehavior, ObjectType

from migrail.dialects.postgres.names import SERIAL_TYPES, TYPE_ALIASES
from tests.sql.pglast_oracle.matching import Facts


def relation(node: Any) -> str:
    return f"{node.schemaname}.{node.relname}" if node.schemaname else node.relname


def dotted(parts: Any) -> str:
    """The name in a list of strings, a type or a single string; a database in front is left out."""
    if isinstance(parts, ast.TypeName):
        parts = parts.names
    if isinstance(parts, ast.ObjectWithArgs):
        parts = parts.objname
    if isinstance(parts, ast.RangeVar):
        return relation(parts)
    if isinstance(parts, ast.String):
        return str(parts.sval)
    return ".".join(part.sval for part in parts[-2:])


def strings(parts: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(part.sval for part in parts or ())


_KEYWORDS = (
    "char",
    "character",
    "bit",
    "int",
    "integer",
    "smallint",
    "bigint",
    "real",
    "float",
    "dec",
    "decimal",
    "boolean",
)
"""Types that are keywords and stand in pg_catalog under other names."""


def type_of(node: Any) -> Facts:
    """Name, arguments and whether it is an array, in migrail's spelling."""
    names = [part.sval for part in node.names]
    builtin = names[0] == "pg_catalog"
    name = names[-1] if builtin or len(names) == 1 else ".".join(names[-2:])
    if len(names) == 1 and name in _KEYWORDS:
        name = f'"{name}"'  # written in quotes, else the parser would have put the schema before it
    serial = name in SERIAL_TYPES and not builtin
    found: Facts = {"type": SERIAL_TYPES[name] if serial else TYPE_ALIASES.get(name, name), "serial": serial}
    found["array"] = bool(node.arrayBounds)
    if name != "interval":
        found["arguments"] = tuple(_argument(item) for item in node.typmods or ())
    if name in ("bpchar", "bit") and builtin and found["arguments"] == ("1",):
        del found["arguments"]  # what the parser adds to char and bit without a length
    return found


def _argument(node: Any) -> str:
    if isinstance(node, ast.ColumnRef):
        return dotted(node.fields)
    value = node.val
    return str(value.ival) if isinstance(value, ast.Integer) else str(getattr(value, "sval", None) or value.fval)


def cascades(node: Any) -> bool:
    return bool(node.behavior == DropBehavior.DROP_CASCADE)


def strings_of_elements(elements: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(item.name for item in elements or ())


def role(node: Any) -> str:
    """CURRENT_USER and its sisters are no names to the parser."""
    return str(node.rolename or node.roletype.name.removeprefix("ROLESPEC_").lower()) if node else "all"


OBJECTS = {
    ObjectType.OBJECT_MATVIEW: "MATERIALIZED VIEW",
    ObjectType.OBJECT_FDW: "FOREIGN DATA WRAPPER",
    ObjectType.OBJECT_FOREIGN_SERVER: "SERVER",
    ObjectType.OBJECT_OPCLASS: "OPERATOR CLASS",
    ObjectType.OBJECT_OPFAMILY: "OPERATOR FAMILY",
    ObjectType.OBJECT_STATISTIC_EXT: "STATISTICS",
    ObjectType.OBJECT_TABCONSTRAINT: "CONSTRAINT",
    ObjectType.OBJECT_DOMCONSTRAINT: "DOMAIN",
    ObjectType.OBJECT_TSCONFIGURATION: "TEXT SEARCH CONFIGURATION",
    ObjectType.OBJECT_TSDICTIONARY: "TEXT SEARCH DICTIONARY",
    ObjectType.OBJECT_TSPARSER: "TEXT SEARCH PARSER",
    ObjectType.OBJECT_TSTEMPLATE: "TEXT SEARCH TEMPLATE",
    ObjectType.OBJECT_LARGEOBJECT: "LARGE OBJECT",
    **{
        kind: kind.name.removeprefix("OBJECT_").replace("_", " ")
        for kind in (
            *(ObjectType.OBJECT_TABLE, ObjectType.OBJECT_VIEW, ObjectType.OBJECT_INDEX, ObjectType.OBJECT_SEQUENCE),
            *(ObjectType.OBJECT_TYPE, ObjectType.OBJECT_DOMAIN, ObjectType.OBJECT_SCHEMA, ObjectType.OBJECT_ROLE),
            *(ObjectType.OBJECT_EXTENSION, ObjectType.OBJECT_FUNCTION, ObjectType.OBJECT_PROCEDURE),
            *(ObjectType.OBJECT_ROUTINE, ObjectType.OBJECT_AGGREGATE, ObjectType.OBJECT_OPERATOR),
            *(ObjectType.OBJECT_CAST, ObjectType.OBJECT_COLLATION, ObjectType.OBJECT_CONVERSION),
            *(ObjectType.OBJECT_LANGUAGE, ObjectType.OBJECT_TRANSFORM, ObjectType.OBJECT_TRIGGER),
            *(ObjectType.OBJECT_RULE, ObjectType.OBJECT_POLICY, ObjectType.OBJECT_EVENT_TRIGGER),
            *(ObjectType.OBJECT_PUBLICATION, ObjectType.OBJECT_SUBSCRIPTION, ObjectType.OBJECT_DATABASE),
            *(ObjectType.OBJECT_TABLESPACE, ObjectType.OBJECT_FOREIGN_TABLE, ObjectType.OBJECT_ACCESS_METHOD),
            *(ObjectType.OBJECT_COLUMN,),
        )
    },
}


def is_off(argument: Any) -> bool:
    value = getattr(argument, "sval", getattr(argument, "ival", True))
    return str(value).lower() in ("false", "off", "0")
