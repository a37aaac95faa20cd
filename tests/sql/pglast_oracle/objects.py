"""Everything that is created, changed and dropped by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pglast import ast
from pglast.enums import FunctionParameterMode, ObjectType

from tests.sql.pglast_oracle.matching import Facts, InAnyOrder, Matcher, OneOf, QueryTree, Text, Tree, below
from tests.sql.pglast_oracle.names import (
    OBJECTS,
    cascades,
    dotted,
    is_off,
    relation,
    strings,
    strings_of_elements,
    type_of,
)
from tests.sql.pglast_oracle.tables import alter_object, column, constraint


def create_index(node: Any) -> list[Facts]:
    return [
        {
            "kind": "create_index",
            "table": relation(node.relation),
            "index": node.idxname,
            "columns": tuple(item.name or Tree(item.expr) for item in node.indexParams),
            "include": strings_of_elements(node.indexIncludingParams),
            "unique": bool(node.unique),
            "concurrently": bool(node.concurrent),
            "if_not_exists": bool(node.if_not_exists),
            "only": not node.relation.inh,
            "method": _method(node.accessMethod),
            "where": Tree(node.whereClause) if node.whereClause else None,
            "nulls_not_distinct": bool(node.nulls_not_distinct),
        }
    ]


def _method(method: str) -> object:
    """The parser puts btree where none was written."""
    return OneOf(None, method) if method == "btree" else method


def reindex(node: Any) -> list[Facts]:
    scopes = ("INDEX", "TABLE", "SCHEMA", "SYSTEM", "DATABASE")
    name = relation(node.relation) if node.relation else node.name
    concurrently = any(item.defname == "concurrently" and not is_off(item.arg) for item in node.params or ())
    return [{"kind": "reindex", "name": name, "scope": scopes[node.kind], "concurrently": concurrently}]


def create_view(node: Any) -> list[Facts]:
    return [
        {
            "kind": "create_view",
            "name": relation(node.view),
            "columns": strings(node.aliases),
            "materialized": False,
            "replace": bool(node.replace),
            "temporary": node.view.relpersistence == "t",
            "query": QueryTree(node.query),
            "reads": InAnyOrder(_relations(node.query)),
        }
    ]


def _relations(query: Any) -> set[str]:
    """The relations that a query reads, without its own WITH names."""
    own = {item.ctename for item in below(query) if isinstance(item, ast.CommonTableExpr)}
    found = (item for item in below(query) if isinstance(item, ast.RangeVar))
    return {relation(item) for item in found if item.schemaname or item.relname not in own}


# Objects by name

_UNNAMED = ("CAST", "OPERATOR", "TRANSFORM", "LARGE OBJECT", "AGGREGATE")
"""Objects whose names migrail and pglast write in different ways."""
_OF_TABLE = ("RULE", "POLICY", "TRIGGER")


def drop(node: Any) -> list[Facts]:
    kind = OBJECTS[node.removeType]
    common: Facts = {"if_exists": bool(node.missing_ok), "cascade": cascades(node)}
    return [_dropped(kind, item, common, concurrently=bool(node.concurrent)) for item in node.objects]


def _dropped(kind: str, item: Any, common: Facts, *, concurrently: bool) -> Facts:
    if kind in ("RULE", "POLICY"):
        return {"kind": "alter_table_option", "table": dotted(item[:-1]), "option": f"DROP {kind}"}
    if kind == "TRIGGER":
        found = {"trigger": item[-1].sval, "table": dotted(item[:-1]), "if_exists": common["if_exists"]}
        return {"kind": "drop_trigger", **found}
    if kind == "TABLE":
        return {"kind": "drop_table", "table": dotted(item), **common}
    if kind == "INDEX":
        return {"kind": "drop_index", "name": dotted(item), "concurrently": concurrently, **common}
    if kind in ("VIEW", "MATERIALIZED VIEW"):
        return {"kind": "drop_view", "name": dotted(item), "materialized": kind != "VIEW", **common}
    found = {"kind": "drop_object", "object_type": kind, **common}
    if kind in ("OPERATOR CLASS", "OPERATOR FAMILY"):
        item = item[1:]
    if kind not in _UNNAMED:
        found["name"] = dotted(item)
    return found


def rename(node: Any) -> list[Facts]:
    kind = node.renameType
    table = relation(node.relation) if node.relation else None
    if kind == ObjectType.OBJECT_COLUMN:
        return [{"kind": "rename_column", "table": table, "column": node.subname, "new_name": node.newname}]
    if kind == ObjectType.OBJECT_TABCONSTRAINT:
        return [{"kind": "rename_constraint", "table": table, "constraint": node.subname, "new_name": node.newname}]
    if kind == ObjectType.OBJECT_TABLE:
        return [{"kind": "rename_table", "table": table, "new_name": node.newname}]
    if kind == ObjectType.OBJECT_INDEX:
        return [{"kind": "rename_index", "name": table, "new_name": node.newname}]
    if kind == ObjectType.OBJECT_ATTRIBUTE:
        return [{"kind": "rename_attribute", "name": table, "attribute": node.subname, "new_name": node.newname}]
    if kind == ObjectType.OBJECT_DOMCONSTRAINT:
        found = {"constraint": node.subname, "new_name": node.newname}
        return [{"kind": "rename_domain_constraint", "name": dotted(node.object), **found}]
    word = OBJECTS[kind]
    if word == "TRIGGER":
        return [{"kind": "rename_trigger", "table": table, "trigger": node.subname, "new_name": node.newname}]
    if word in _OF_TABLE:
        return [{"kind": "alter_table_option", "table": table, "option": f"RENAME {word}"}]
    found = {"kind": "rename_object", "object_type": word, "new_name": node.newname}
    if word in ("OPERATOR CLASS", "OPERATOR FAMILY"):
        found["name"] = dotted(node.object[1:])
    elif word not in _UNNAMED:
        found["name"] = table or (dotted(node.object) if node.object else node.subname)
    return [found]


def move(node: Any) -> list[Facts]:
    word = OBJECTS[node.objectType]
    if node.relation:
        return [{"kind": "move_table", "table": relation(node.relation), "new_schema": node.newschema}]
    found = {"kind": "move_object", "object_type": word, "new_schema": node.newschema, "name": None}
    return [_with_object_name(found, word, node.object)]


def owner(node: Any) -> list[Facts]:
    word = OBJECTS[node.objectType]
    return [_with_object_name(alter_object(word, None, "OWNER TO"), word, node.object)]


def _with_object_name(found: Facts, word: str, item: Any) -> Facts:
    if word in _UNNAMED:
        del found["name"]
    else:
        found["name"] = dotted(item[1:] if word in ("OPERATOR CLASS", "OPERATOR FAMILY") else item)
    return found


def comment(node: Any) -> list[Facts]:
    if node.objtype == ObjectType.OBJECT_DOMCONSTRAINT:
        return [{"kind": "comment_on", "object_type": "DOMAIN", "name": dotted(node.object[0])}]
    word = OBJECTS[node.objtype]
    found: Facts = {"kind": "comment_on", "object_type": word}
    if word in ("COLUMN", "CONSTRAINT", *_OF_TABLE):
        found["name"] = dotted(node.object[:-1])
    elif word == "TYPE":
        found["name"] = type_of(node.object)["type"]
    else:
        found = _with_object_name(found | {"name": None}, word, node.object)
    return [found]


# Types, domains, sequences


def alter_enum(node: Any) -> list[Facts]:
    name = dotted(node.typeName)
    if node.oldVal is not None:
        return [{"kind": "rename_enum_value", "name": name, "label": node.oldVal, "new_label": node.newVal}]
    neighbour = node.newValNeighbor
    return [
        {
            "kind": "add_enum_value",
            "name": name,
            "label": node.newVal,
            "before": None if node.newValIsAfter else neighbour,
            "after": neighbour if node.newValIsAfter else None,
            "if_not_exists": bool(node.skipIfNewValExists),
        }
    ]


def create_domain(node: Any) -> list[Facts]:
    made = ast.ColumnDef(colname="x", typeName=node.typeName, constraints=node.constraints)
    found = column(made)
    checks = [{**item, "columns": ()} for item in found["constraints"] if item["kind"] == "check"]
    return [
        {
            "kind": "create_domain",
            "name": dotted(node.domainname),
            "base": found["type"],
            "not_null": found["not_null"],
            "default": found["default"],
            "constraints": tuple(checks),
        }
    ]


_DOMAIN_FORMS: dict[str, Callable[[Any], Facts]] = {
    "T": lambda node: {"kind": "set_domain_default", "default": Tree(node.def_) if node.def_ else None},
    "N": lambda node: {"kind": "set_domain_not_null", "not_null": False},
    "O": lambda node: {"kind": "set_domain_not_null", "not_null": True},
    "C": lambda node: {"kind": "add_domain_constraint", "constraint": constraint(node.def_)},
    "X": lambda node: {
        "kind": "drop_domain_constraint",
        "constraint": node.name,
        "if_exists": bool(node.missing_ok),
    },
    "V": lambda node: {"kind": "validate_domain_constraint", "constraint": node.name},
}


def alter_domain(node: Any) -> list[Facts]:
    return [{"name": dotted(node.typeName), **_DOMAIN_FORMS[node.subtype](node)}]


def create_sequence(node: Any) -> list[Facts]:
    owned = next((item for item in node.options or () if item.defname == "owned_by"), None)
    return [
        {
            "kind": "create_sequence",
            "name": relation(node.sequence),
            "if_not_exists": bool(node.if_not_exists),
            "temporary": node.sequence.relpersistence == "t",
            "unlogged": node.sequence.relpersistence == "u",
            "owned_by": _owner(owned.arg) if owned else None,
        }
    ]


def alter_sequence(node: Any) -> list[Facts]:
    name = relation(node.sequence)
    return [
        {"kind": "own_sequence", "name": name, "owned_by": _owner(item.arg)}
        if item.defname == "owned_by"
        else {"kind": "alter_object", "object_type": "SEQUENCE", "name": name}
        for item in node.options
    ]


def _owner(parts: Any) -> Facts | None:
    *table, column = strings(parts)
    return {"table": ".".join(table[-2:]), "column": column} if table else None


_DEFINED = {
    ObjectType.OBJECT_AGGREGATE: "AGGREGATE",
    ObjectType.OBJECT_OPERATOR: "OPERATOR",
    ObjectType.OBJECT_COLLATION: "COLLATION",
    ObjectType.OBJECT_TSPARSER: "TEXT SEARCH PARSER",
    ObjectType.OBJECT_TSDICTIONARY: "TEXT SEARCH DICTIONARY",
    ObjectType.OBJECT_TSTEMPLATE: "TEXT SEARCH TEMPLATE",
    ObjectType.OBJECT_TSCONFIGURATION: "TEXT SEARCH CONFIGURATION",
}


def define(node: Any) -> list[Facts]:
    name = dotted(node.defnames)
    if node.kind == ObjectType.OBJECT_TYPE:
        return [{"kind": "create_type", "name": name, "form": "base" if node.definition else "shell"}]
    return [{"kind": "create_object", "object_type": _DEFINED[node.kind], "name": name}]


# Routines and triggers


def create_function(node: Any) -> list[Facts]:
    options = {item.defname: item.arg for item in node.options or ()}
    given = options.get("as")
    inputs = FunctionParameterMode
    table = [item for item in node.parameters or () if item.mode == inputs.FUNC_PARAM_TABLE]
    written = [item for item in node.parameters or () if item.mode != inputs.FUNC_PARAM_TABLE]
    language = options["language"].sval.lower() if "language" in options else None
    return [
        {
            "kind": "create_function",
            "name": dotted(node.funcname),
            "procedure": bool(node.is_procedure),
            "replace": bool(node.replace),
            "arguments": Text() if written else "",
            "returns": Text() if table or node.returnType else None,
            "language": language or ("sql" if node.sql_body is not None else None),
            "volatility": options["volatility"].sval if "volatility" in options else "volatile",
            "body": given[0].sval if given else Text(),
            "security_definer": "security" in options and bool(options["security"].boolval),
        }
    ]


def create_trigger(node: Any) -> list[Facts]:
    timings = {0: "AFTER", 2: "BEFORE", 64: "INSTEAD OF"}
    return [
        {
            "kind": "create_trigger",
            "table": relation(node.relation),
            "trigger": node.trigname,
            "timing": _Timing(timings[node.timing], node.events),
            "columns": strings(node.columns),
            "function": dotted(node.funcname),
            "replace": bool(node.replace),
        }
    ]


_EVENTS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


class _Timing(Matcher):
    """The events in any order."""

    def __init__(self, timing: str, events: int) -> None:
        self.timing = timing
        self.events = events

    def matches(self, found: object) -> bool:
        words = str(found).removeprefix(f"{self.timing} ").split(" OR ")
        return str(found).startswith(self.timing) and sum(_EVENTS[word] for word in words) == self.events
