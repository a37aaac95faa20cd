"""Tables: CREATE TABLE, ALTER TABLE, columns, constraints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pglast import ast
from pglast.enums import AlterTableType, ConstrType, ObjectType

from tests.sql.pglast_oracle.matching import Facts, Matcher, OneOf, QueryTree, Text, Tree
from tests.sql.pglast_oracle.names import OBJECTS, cascades, dotted, relation, strings, type_of

_CONSTRAINTS = {
    ConstrType.CONSTR_PRIMARY: "primary key",
    ConstrType.CONSTR_UNIQUE: "unique",
    ConstrType.CONSTR_FOREIGN: "foreign key",
    ConstrType.CONSTR_CHECK: "check",
    ConstrType.CONSTR_EXCLUSION: "exclude",
    ConstrType.CONSTR_NOTNULL: "not null",
}
_ACTIONS = {"a": OneOf(None, "NO ACTION"), "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_IDENTITY = {"a": "identity always", "d": "identity by default"}
_ATTRIBUTES = {
    ConstrType.CONSTR_ATTR_DEFERRABLE,
    ConstrType.CONSTR_ATTR_NOT_DEFERRABLE,
    ConstrType.CONSTR_ATTR_DEFERRED,
    ConstrType.CONSTR_ATTR_IMMEDIATE,
    ConstrType.CONSTR_ATTR_ENFORCED,
    ConstrType.CONSTR_ATTR_NOT_ENFORCED,
}


def constraint(node: Any, column: str | None = None) -> Facts:
    kind = _CONSTRAINTS[node.contype]
    found: Facts = {"kind": kind, "name": node.conname, "using_index": node.indexname}
    found["columns"] = (column,) if column else strings(node.fk_attrs or node.keys)
    if kind == "exclude":
        found["columns"] = tuple(element[0].name for element in node.exclusions if element[0].name)
    found["valid"] = not (node.skip_validation and node.contype != ConstrType.CONSTR_NOTNULL) and (
        kind not in ("check", "foreign key") or bool(node.is_enforced)
    )
    if kind == "not null":
        found["valid"] = not node.skip_validation
    found["expression"] = Tree(node.raw_expr) if kind == "check" else None
    found["references"] = None
    if kind == "foreign key":
        found["references"] = {
            "table": relation(node.pktable),
            "columns": strings(node.pk_attrs),
            "on_delete": _ACTIONS[node.fk_del_action],
            "on_update": _ACTIONS[node.fk_upd_action],
        }
    found["enforced"] = kind not in ("check", "foreign key") or bool(node.is_enforced)
    found["deferrable"] = bool(node.deferrable)
    found["initially_deferred"] = bool(node.initdeferred)
    found["no_inherit"] = bool(node.is_no_inherit)
    found["nulls_not_distinct"] = bool(node.nulls_not_distinct)
    found["include"] = strings(node.including)
    return found


def column(node: Any) -> Facts:
    found: Facts = {"name": node.colname, "not_null": bool(node.is_not_null), "default": None, "generated": None}
    found["type"] = type_of(node.typeName) if node.typeName else None
    found["collation"] = dotted(node.collClause.collname) if node.collClause else None
    found["generation"] = None
    found["not_null"] = bool(found["type"] and found["type"]["serial"])
    constraints: list[Facts] = []
    for item in node.constraints or ():
        if item.contype == ConstrType.CONSTR_DEFAULT:
            found["default"] = Tree(item.raw_expr)
        elif item.contype == ConstrType.CONSTR_IDENTITY:
            found["generated"], found["not_null"] = _IDENTITY[item.generated_when], True
        elif item.contype == ConstrType.CONSTR_GENERATED:
            found["generated"] = "virtual" if item.generated_kind == "v" else "stored"
            found["generation"] = Tree(item.raw_expr)
        elif item.contype == ConstrType.CONSTR_NOTNULL:
            found["not_null"] = True
            if item.conname:
                constraints.append(constraint(item, node.colname))
        elif item.contype in _ATTRIBUTES:
            _attribute(item.contype, constraints)
        elif item.contype != ConstrType.CONSTR_NULL:
            found["not_null"] |= item.contype == ConstrType.CONSTR_PRIMARY
            constraints.append(constraint(item, node.colname))
    found["constraints"] = tuple(constraints)
    return found


def _attribute(kind: Any, constraints: list[Facts]) -> None:
    """In a column the attributes of a constraint come behind it as constraints of their own."""
    if not constraints:
        return
    last = constraints[-1]
    if kind == ConstrType.CONSTR_ATTR_NOT_ENFORCED:
        last["valid"] = last["enforced"] = False
    elif kind in (ConstrType.CONSTR_ATTR_DEFERRABLE, ConstrType.CONSTR_ATTR_DEFERRED):
        last["deferrable"] = True
        last["initially_deferred"] |= kind == ConstrType.CONSTR_ATTR_DEFERRED


# Tables


def create_table(node: Any) -> list[Facts]:
    elements = node.tableElts or ()
    bound = node.partbound
    return [
        {
            "kind": "create_object" if isinstance(node, ast.CreateForeignTableStmt) else "create_table",
            "table": relation(node.relation),
            "if_not_exists": bool(node.if_not_exists),
            "temporary": node.relation.relpersistence == "t",
            "columns": tuple(column(item) for item in elements if isinstance(item, ast.ColumnDef)),
            "constraints": tuple(constraint(item) for item in elements if isinstance(item, ast.Constraint)),
            "unlogged": node.relation.relpersistence == "u",
            "of_type": dotted(node.ofTypename) if node.ofTypename else None,
            "like": tuple(_like(item) for item in elements if isinstance(item, ast.TableLikeClause)),
            "partition_of": relation(node.inhRelations[0]) if bound else None,
            "inherits": () if bound else tuple(relation(item) for item in node.inhRelations or ()),
            "partition_bound": _Bound(default=bool(bound.is_default)) if bound else None,
            "partitioned_by": Text() if node.partspec else None,
            "query": None,
        }
    ]


_LIKE = ("COMMENTS", "COMPRESSION", "CONSTRAINTS", "DEFAULTS", "GENERATED", "IDENTITY", "INDEXES", "STATISTICS")


def _like(node: Any) -> Facts:
    """The options are bits (parsenodes.h, TableLikeOption)."""
    options = (*_LIKE, "STORAGE")
    return {
        "table": relation(node.relation),
        "including": frozenset(word for bit, word in enumerate(options) if node.options & 1 << bit),
    }


class _Bound(Matcher):
    """DEFAULT, or another text where it is not."""

    def __init__(self, *, default: bool) -> None:
        self.default = default

    def matches(self, found: object) -> bool:
        return isinstance(found, str) and bool(found) and (found == "DEFAULT") == self.default


def create_foreign_table(node: Any) -> list[Facts]:
    found = create_table(node.base if hasattr(node, "base") else node)[0]
    return [{"kind": "create_object", "object_type": "FOREIGN TABLE", "name": found["table"]}]


def create_table_as(node: Any) -> list[Facts]:
    into, names = node.into, strings(node.into.colNames)
    if node.objtype == ObjectType.OBJECT_MATVIEW:
        found: Facts = {"kind": "create_view", "name": relation(into.rel), "materialized": True, "columns": names}
    else:
        found = {
            "kind": "create_table",
            "table": relation(into.rel),
            "temporary": into.rel.relpersistence == "t",
            "columns": tuple({"name": name, "type": None} for name in names),
        }
    found["if_not_exists"] = bool(node.if_not_exists)
    found["query"] = QueryTree(node.query)
    return [found]


_TABLE_OPTIONS = {
    "AT_ChangeOwner": "OWNER TO",
    "AT_SetLogged": "SET LOGGED",
    "AT_SetUnLogged": "SET UNLOGGED",
    "AT_DropCluster": "SET WITHOUT CLUSTER",
    "AT_DropOids": "SET WITHOUT OIDS",
    "AT_SetTableSpace": "SET TABLESPACE",
    "AT_SetAccessMethod": "SET ACCESS METHOD",
    "AT_SetRelOptions": "SET (...)",
    "AT_ResetRelOptions": "RESET (...)",
    "AT_ClusterOn": "CLUSTER ON",
    "AT_ReplicaIdentity": "REPLICA IDENTITY",
    "AT_EnableTrig": "ENABLE TRIGGER",
    "AT_EnableAlwaysTrig": "ENABLE ALWAYS TRIGGER",
    "AT_EnableReplicaTrig": "ENABLE REPLICA TRIGGER",
    "AT_EnableTrigAll": "ENABLE TRIGGER",
    "AT_EnableTrigUser": "ENABLE TRIGGER",
    "AT_DisableTrig": "DISABLE TRIGGER",
    "AT_DisableTrigAll": "DISABLE TRIGGER",
    "AT_DisableTrigUser": "DISABLE TRIGGER",
    "AT_EnableRule": "ENABLE RULE",
    "AT_EnableAlwaysRule": "ENABLE ALWAYS RULE",
    "AT_EnableReplicaRule": "ENABLE REPLICA RULE",
    "AT_DisableRule": "DISABLE RULE",
    "AT_EnableRowSecurity": "ENABLE ROW LEVEL SECURITY",
    "AT_DisableRowSecurity": "DISABLE ROW LEVEL SECURITY",
    "AT_ForceRowSecurity": "FORCE ROW LEVEL SECURITY",
    "AT_NoForceRowSecurity": "NO FORCE ROW LEVEL SECURITY",
    "AT_AddOf": "OF",
    "AT_DropOf": "NOT OF",
    "AT_GenericOptions": "OPTIONS (...)",
    "AT_DetachPartitionFinalize": "DETACH PARTITION FINALIZE",
}
_COLUMN_OPTIONS = {
    "AT_SetStatistics": "SET STATISTICS",
    "AT_SetStorage": "SET STORAGE",
    "AT_SetCompression": "SET COMPRESSION",
    "AT_DropExpression": "DROP EXPRESSION",
    "AT_SetOptions": "SET (...)",
    "AT_ResetOptions": "RESET (...)",
    "AT_DropIdentity": "DROP IDENTITY",
    "AT_AlterColumnGenericOptions": "OPTIONS (...)",
}
_ADDED_IDENTITY = {"a": "ADD GENERATED ALWAYS AS IDENTITY", "d": "ADD GENERATED BY DEFAULT AS IDENTITY"}


def alter_object(object_type: str, name: str | None, option: str) -> Facts:
    return {"kind": "alter_object", "object_type": object_type, "name": name, "option": option}


def alter_table(node: Any) -> list[Facts]:
    table, kind = relation(node.relation), node.objtype
    if kind == ObjectType.OBJECT_TYPE:
        return [
            {"name": table, **_ATTRIBUTE[AlterTableType(command.subtype).name](command)} for command in node.cmds
        ]
    found: list[Facts] = []
    for command in node.cmds:
        name = AlterTableType(command.subtype).name
        if kind not in (ObjectType.OBJECT_TABLE, ObjectType.OBJECT_FOREIGN_TABLE) and name in _TABLE_OPTIONS:
            found.append(alter_object(OBJECTS[kind], table, _TABLE_OPTIONS[name]))
        elif kind == ObjectType.OBJECT_INDEX and name == "AT_SetStatistics":
            found.append(alter_object("INDEX", table, "ALTER COLUMN SET STATISTICS"))
        elif kind == ObjectType.OBJECT_INDEX and name == "AT_AttachPartition":
            found.append(alter_object("INDEX", table, "ATTACH PARTITION"))
        else:
            found += _action(name, command, {"table": table})
    return found


def _action(name: str, command: Any, base: Facts) -> list[Facts]:
    if name in _TABLE_OPTIONS:
        return [{"kind": "alter_table_option", "option": _TABLE_OPTIONS[name], **base}]
    if name in _COLUMN_OPTIONS:
        option = _COLUMN_OPTIONS[name]
        return [{"kind": "alter_column_option", "column": command.name, "option": option, **base}]
    if name == "AT_AddIdentity":
        option = _ADDED_IDENTITY[command.def_.generated_when]
        return [{"kind": "alter_column_option", "column": command.name, "option": option, **base}]
    if name == "AT_SetIdentity":
        return [{"kind": "alter_column_option", "column": command.name, **base} for _ in command.def_]
    return [{**_ACTION[name](command), **base}]


def _drop_part(kind: str, field: str) -> Callable[[Any], Facts]:
    return lambda command: {
        "kind": kind,
        field: command.name,
        "if_exists": bool(command.missing_ok),
        "cascade": cascades(command),
    }


def _set_default(command: Any) -> Facts:
    if command.def_ is None:
        return {"kind": "drop_default", "column": command.name}
    return {"kind": "set_default", "column": command.name, "default": Tree(command.def_)}


def _column_type(command: Any) -> Facts:
    new = command.def_
    return {
        "kind": "alter_column_type",
        "column": command.name,
        "type": type_of(new.typeName),
        "using": Tree(new.raw_default) if new.raw_default else None,
        "collation": dotted(new.collClause.collname) if new.collClause else None,
    }


def _alter_constraint(command: Any) -> Facts:
    """``False`` may as well be what nothing was said about."""
    said = command.def_
    return {
        "kind": "alter_constraint",
        "constraint": said.conname,
        "deferrable": OneOf(*((True,) if said.deferrable else (False, None))),
        "initially_deferred": OneOf(*((True,) if said.initdeferred else (False, None))),
        "enforced": OneOf(*((True, None) if said.is_enforced or not said.alterEnforceability else (False,))),
        "inherit": None if not said.alterInheritability else not said.noinherit,
    }


_ATTRIBUTE: dict[str, Callable[[Any], Facts]] = {
    "AT_AddColumn": lambda command: {"kind": "add_attribute", "attribute": column(command.def_)},
    "AT_DropColumn": lambda command: {
        "kind": "drop_attribute",
        "attribute": command.name,
        "if_exists": bool(command.missing_ok),
    },
    "AT_AlterColumnType": lambda command: {
        "kind": "alter_attribute",
        "attribute": {**column(command.def_), "name": command.name},
    },
}

_ACTION: dict[str, Callable[[Any], Facts]] = {
    "AT_AddColumn": lambda command: {
        "kind": "add_column",
        "column": column(command.def_),
        "if_not_exists": bool(command.missing_ok),
    },
    "AT_DropColumn": _drop_part("drop_column", "column"),
    "AT_DropConstraint": _drop_part("drop_constraint", "constraint"),
    "AT_ColumnDefault": _set_default,
    "AT_AlterColumnType": _column_type,
    "AT_SetExpression": lambda command: {
        "kind": "set_expression",
        "column": command.name,
        "expression": Tree(command.def_),
    },
    "AT_AlterConstraint": _alter_constraint,
    "AT_AddInherit": lambda command: {"kind": "add_parent", "parent": relation(command.def_)},
    "AT_DropInherit": lambda command: {"kind": "drop_parent", "parent": relation(command.def_)},
    "AT_SetNotNull": lambda command: {"kind": "set_not_null", "column": command.name},
    "AT_DropNotNull": lambda command: {"kind": "drop_not_null", "column": command.name},
    "AT_AddConstraint": lambda command: {"kind": "add_constraint", "constraint": constraint(command.def_)},
    "AT_ValidateConstraint": lambda command: {"kind": "validate_constraint", "constraint": command.name},
    "AT_AttachPartition": lambda command: {
        "kind": "attach_partition",
        "partition": relation(command.def_.name),
        "partition_bound": _Bound(default=bool(command.def_.bound.is_default)),
    },
    "AT_DetachPartition": lambda command: {
        "kind": "detach_partition",
        "partition": relation(command.def_.name),
        "concurrently": bool(command.def_.concurrent),
    },
}
