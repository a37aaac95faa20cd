"""All statements: what pglast says, in the words of migrail's operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import ObjectType, TransactionStmtKind, VariableSetKind

from tests.sql.pglast_oracle import objects, tables
from tests.sql.pglast_oracle.matching import AtLeast, Facts, Text, called
from tests.sql.pglast_oracle.names import (
    OBJECTS,
    cascades,
    dotted,
    is_off,
    relation,
    role,
    strings,
    strings_of_elements,
)


def facts(sql: str) -> list[Facts]:
    """What exactly one statement means. Raises KeyError for a statement that no function here reads."""
    [raw] = parse_sql(sql)
    return statement_facts(raw.stmt)


def statement_facts(node: Any) -> list[Facts]:
    read = STATEMENTS[type(node).__name__]
    return read(node)


def grant(node: Any) -> list[Facts]:
    base: Facts = {"kind": "grant", "verb": "GRANT" if node.is_grant else "REVOKE"}
    if node.targtype.name != "ACL_TARGET_OBJECT" or node.objtype == ObjectType.OBJECT_LARGEOBJECT:
        return [base | {"name": None}]
    return [base | {"name": dotted(item)} for item in node.objects]


def insert(node: Any) -> list[Facts]:
    names = strings_of_elements(node.cols) if node.cols else None
    return [
        *_with(node),
        {"kind": "insert", "table": relation(node.relation), "columns": names},
    ]


def update(node: Any) -> list[Facts]:
    seen = dict.fromkeys(strings_of_elements(node.targetList))
    found: Facts = {"kind": "update", "table": relation(node.relation), "columns": tuple(seen)}
    return [*_with(node), found | {"has_where": node.whereClause is not None}]


def delete(node: Any) -> list[Facts]:
    found: Facts = {"kind": "delete", "table": relation(node.relation)}
    return [*_with(node), found | {"has_where": node.whereClause is not None}]


def _with(node: Any) -> list[Facts]:
    """Data-modifying WITH queries; others give nothing."""
    queries = node.withClause.ctes if node.withClause else ()
    changes = (query.ctequery for query in queries if not isinstance(query.ctequery, ast.SelectStmt))
    return [found for change in changes for found in statement_facts(change)]


def select(node: Any) -> list[Facts]:
    into = node.intoClause
    first = node
    while first.larg is not None:
        first = first.larg
    into = into or first.intoClause
    if into:
        temporary = into.rel.relpersistence == "t"
        return [*_with(node), {"kind": "create_table", "table": relation(into.rel), "temporary": temporary}]
    return [*_with(node), {"kind": "select", "functions": AtLeast(set(called(node)))}]


def copy(node: Any) -> list[Facts]:
    if node.query is not None:
        return statement_facts(node.query)
    if not node.is_from:
        return [{"kind": "select"}]
    columns = strings(node.attlist) if node.attlist else None
    return [{"kind": "insert", "table": relation(node.relation), "columns": columns}]


def vacuum(node: Any) -> list[Facts]:
    options = {item.defname for item in node.options or () if not is_off(item.arg)}
    verb = "ANALYZE" if not node.is_vacuumcmd else "VACUUM FULL" if "full" in options else "VACUUM"
    tables = [relation(item.relation) for item in node.rels or ()] or [None]
    return [{"kind": "maintain", "verb": verb, "table": table} for table in tables]


_LOCKS = (
    *("", "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    *("SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"),
)


def lock(node: Any) -> list[Facts]:
    mode = _LOCKS[node.mode]
    return [{"kind": "lock_table", "table": relation(item), "mode": mode} for item in node.relations]


_TRANSACTION = {
    TransactionStmtKind.TRANS_STMT_BEGIN: "BEGIN",
    TransactionStmtKind.TRANS_STMT_START: "BEGIN",
    TransactionStmtKind.TRANS_STMT_COMMIT: "COMMIT",
    TransactionStmtKind.TRANS_STMT_ROLLBACK: "ROLLBACK",
    TransactionStmtKind.TRANS_STMT_SAVEPOINT: "SAVEPOINT",
    TransactionStmtKind.TRANS_STMT_RELEASE: "RELEASE",
    TransactionStmtKind.TRANS_STMT_ROLLBACK_TO: "ROLLBACK TO",
    TransactionStmtKind.TRANS_STMT_PREPARE: "PREPARE TRANSACTION",
    TransactionStmtKind.TRANS_STMT_COMMIT_PREPARED: "COMMIT PREPARED",
    TransactionStmtKind.TRANS_STMT_ROLLBACK_PREPARED: "ROLLBACK PREPARED",
}


def transaction(node: Any) -> list[Facts]:
    verb = _TRANSACTION[node.kind]
    return [{"kind": "transaction_control", "verb": f"{verb} AND CHAIN" if node.chain else verb}]


def set_variable(node: Any) -> list[Facts]:
    if node.kind == VariableSetKind.VAR_SET_MULTI and node.name in ("TRANSACTION", "TRANSACTION SNAPSHOT"):
        return [{"kind": "transaction_control", "verb": "SET TRANSACTION"}]
    variable = "session characteristics" if node.kind == VariableSetKind.VAR_SET_MULTI else node.name
    if node.kind == VariableSetKind.VAR_RESET_ALL:
        variable = "all"
    resets = node.kind in (VariableSetKind.VAR_RESET, VariableSetKind.VAR_RESET_ALL)
    found: Facts = {"kind": "set_variable", "variable": variable.lower(), "local": bool(node.is_local)}
    return [found | {"value": None if resets else Text()}]


def do(node: Any) -> list[Facts]:
    options = {item.defname: item.arg.sval for item in node.args}
    language = options.get("language", "plpgsql")
    return [{"kind": "run_code", "verb": "DO", "language": language, "body": options["as"]}]


def explain(node: Any) -> list[Facts]:
    runs = any(item.defname == "analyze" and not is_off(item.arg) for item in node.options or ())
    return [{"kind": "session_command", "verb": "EXPLAIN"}, *(statement_facts(node.query) if runs else ())]


def _session(verb: str) -> Callable[[Any], list[Facts]]:
    return lambda node: [{"kind": "session_command", "verb": verb}]


def _made(object_type: str, read: Callable[[Any], str | None] | None) -> Callable[[Any], list[Facts]]:
    """CREATE of something without an operation of its own."""

    def facts_of(node: Any) -> list[Facts]:
        found: Facts = {"kind": "create_object", "object_type": object_type}
        return [found | ({"name": read(node)} if read else {})]

    return facts_of


def _changed(object_type: str, read: Callable[[Any], str | None] | None) -> Callable[[Any], list[Facts]]:
    def facts_of(node: Any) -> list[Facts]:
        found: Facts = {"kind": "alter_object", "object_type": object_type}
        return [found | ({"name": read(node)} if read else {})]

    return facts_of


def _gone(object_type: str, field: str) -> Callable[[Any], list[Facts]]:
    def facts_of(node: Any) -> list[Facts]:
        found: Facts = {"kind": "drop_object", "object_type": object_type, "if_exists": bool(node.missing_ok)}
        return [found | {"name": getattr(node, field)}]

    return facts_of


STATEMENTS: dict[str, Callable[[Any], list[Facts]]] = {
    "CreateStmt": tables.create_table,
    "CreateForeignTableStmt": tables.create_foreign_table,
    "CreateTableAsStmt": tables.create_table_as,
    "AlterTableStmt": tables.alter_table,
    "DropStmt": objects.drop,
    "RenameStmt": objects.rename,
    "AlterObjectSchemaStmt": objects.move,
    "AlterOwnerStmt": objects.owner,
    "IndexStmt": objects.create_index,
    "ReindexStmt": objects.reindex,
    "ViewStmt": objects.create_view,
    "RefreshMatViewStmt": lambda node: [
        {"kind": "refresh_view", "name": relation(node.relation), "concurrently": bool(node.concurrent)}
    ],
    "CreateEnumStmt": lambda node: [
        {"kind": "create_type", "name": dotted(node.typeName), "labels": strings(node.vals), "form": "enum"}
    ],
    "CompositeTypeStmt": lambda node: [
        {
            "kind": "create_type",
            "name": relation(node.typevar),
            "form": "composite",
            "columns": tuple(tables.column(item) for item in node.coldeflist or ()),
        }
    ],
    "CreateRangeStmt": lambda node: [{"kind": "create_type", "name": dotted(node.typeName), "form": "range"}],
    "DefineStmt": objects.define,
    "AlterEnumStmt": objects.alter_enum,
    "AlterTypeStmt": _changed("TYPE", lambda node: dotted(node.typeName)),
    "CreateDomainStmt": objects.create_domain,
    "AlterDomainStmt": objects.alter_domain,
    "CreateSeqStmt": objects.create_sequence,
    "AlterSeqStmt": objects.alter_sequence,
    "CreateSchemaStmt": lambda node: [
        {
            "kind": "create_schema",
            "name": node.schemaname or role(node.authrole),
            "if_not_exists": bool(node.if_not_exists),
        }
    ],
    "CreateExtensionStmt": lambda node: [
        {"kind": "create_extension", "name": node.extname, "if_not_exists": bool(node.if_not_exists)}
    ],
    "AlterExtensionStmt": _changed("EXTENSION", lambda node: node.extname),
    "AlterExtensionContentsStmt": _changed("EXTENSION", lambda node: node.extname),
    "CreateFunctionStmt": objects.create_function,
    "AlterFunctionStmt": lambda node: [
        {"kind": "alter_object", "object_type": OBJECTS[node.objtype], "name": dotted(node.func)}
        for _ in node.actions
    ],
    "CreateTrigStmt": objects.create_trigger,
    "CreateEventTrigStmt": _made("EVENT TRIGGER", lambda node: node.trigname),
    "AlterEventTrigStmt": _changed("EVENT TRIGGER", lambda node: node.trigname),
    "RuleStmt": lambda node: [
        {"kind": "create_object", "object_type": "RULE", "name": node.rulename, "table": relation(node.relation)}
    ],
    "CreatePolicyStmt": lambda node: [
        {
            "kind": "create_policy",
            "table": relation(node.table),
            "policy": node.policy_name,
            "permissive": bool(node.permissive),
            "command": node.cmd_name.upper(),
        }
    ],
    "AlterPolicyStmt": lambda node: [
        {"kind": "alter_table_option", "table": relation(node.table), "option": "ALTER POLICY"}
    ],
    "GrantStmt": grant,
    "GrantRoleStmt": lambda node: [{"kind": "grant", "verb": "GRANT" if node.is_grant else "REVOKE", "name": None}],
    "AlterDefaultPrivilegesStmt": lambda node: [{"kind": "grant", "verb": "ALTER DEFAULT PRIVILEGES"}],
    "CommentStmt": objects.comment,
    "InsertStmt": insert,
    "UpdateStmt": update,
    "DeleteStmt": delete,
    "MergeStmt": lambda node: [*_with(node), {"kind": "merge", "table": relation(node.relation)}],
    "SelectStmt": select,
    "CopyStmt": copy,
    "TruncateStmt": lambda node: [
        {"kind": "truncate", "table": relation(item), "cascade": cascades(node)} for item in node.relations
    ],
    "LockStmt": lock,
    "VacuumStmt": vacuum,
    "ClusterStmt": lambda node: [
        {"kind": "maintain", "verb": "CLUSTER", "table": relation(node.relation) if node.relation else None}
    ],
    "CheckPointStmt": lambda node: [{"kind": "maintain", "verb": "CHECKPOINT"}],
    "TransactionStmt": transaction,
    "ConstraintsSetStmt": lambda node: [{"kind": "transaction_control", "verb": "SET CONSTRAINTS"}],
    "VariableSetStmt": set_variable,
    "VariableShowStmt": _session("SHOW"),
    "DoStmt": do,
    "CallStmt": lambda node: [{"kind": "run_code", "verb": "CALL", "name": dotted(node.funccall.funcname)}],
    "ExecuteStmt": lambda node: [{"kind": "run_code", "verb": "EXECUTE", "name": node.name}],
    "PrepareStmt": lambda node: [{"kind": "session_command", "verb": "PREPARE", "name": node.name}],
    "DeallocateStmt": lambda node: [{"kind": "session_command", "verb": "DEALLOCATE", "name": node.name}],
    "ListenStmt": _session("LISTEN"),
    "UnlistenStmt": _session("UNLISTEN"),
    "NotifyStmt": _session("NOTIFY"),
    "DiscardStmt": lambda node: [{"kind": "session_command", "verb": node.target.name.replace("_", " ")}],
    "LoadStmt": _session("LOAD"),
    "ExplainStmt": explain,
    "CreateRoleStmt": _made("ROLE", lambda node: node.role),
    "CreatedbStmt": _made("DATABASE", lambda node: node.dbname),
    "CreateStatsStmt": _made("STATISTICS", lambda node: dotted(node.defnames) if node.defnames else None),
    "CreatePublicationStmt": _made("PUBLICATION", lambda node: node.pubname),
    "CreateSubscriptionStmt": _made("SUBSCRIPTION", lambda node: node.subname),
    "CreateFdwStmt": _made("FOREIGN DATA WRAPPER", lambda node: node.fdwname),
    "CreateForeignServerStmt": _made("SERVER", lambda node: node.servername),
    "CreateUserMappingStmt": _made("USER MAPPING", None),
    "CreateCastStmt": _made("CAST", None),
    "CreateTransformStmt": _made("TRANSFORM", None),
    "CreateOpClassStmt": _made("OPERATOR CLASS", lambda node: dotted(node.opclassname)),
    "CreateOpFamilyStmt": _made("OPERATOR FAMILY", lambda node: dotted(node.opfamilyname)),
    "CreateConversionStmt": _made("CONVERSION", lambda node: dotted(node.conversion_name)),
    "CreatePLangStmt": _made("LANGUAGE", lambda node: node.plname),
    "CreateAmStmt": _made("ACCESS METHOD", lambda node: node.amname),
    "CreateTableSpaceStmt": _made("TABLESPACE", lambda node: node.tablespacename),
    "AlterRoleStmt": _changed("ROLE", lambda node: role(node.role)),
    "AlterRoleSetStmt": _changed("ROLE", lambda node: role(node.role)),
    "AlterDatabaseStmt": _changed("DATABASE", lambda node: node.dbname),
    "AlterDatabaseRefreshCollStmt": _changed("DATABASE", lambda node: node.dbname),
    "AlterDatabaseSetStmt": _changed("DATABASE", lambda node: node.dbname),
    "AlterSystemStmt": _changed("SYSTEM", None),
    "AlterPublicationStmt": _changed("PUBLICATION", lambda node: node.pubname),
    "AlterSubscriptionStmt": _changed("SUBSCRIPTION", lambda node: node.subname),
    "AlterStatsStmt": _changed("STATISTICS", lambda node: dotted(node.defnames)),
    "AlterForeignServerStmt": _changed("SERVER", lambda node: node.servername),
    "AlterFdwStmt": _changed("FOREIGN DATA WRAPPER", lambda node: node.fdwname),
    "AlterUserMappingStmt": _changed("USER MAPPING", None),
    "AlterOpFamilyStmt": _changed("OPERATOR FAMILY", lambda node: dotted(node.opfamilyname)),
    "AlterOperatorStmt": _changed("OPERATOR", None),
    "AlterTSConfigurationStmt": _changed("TEXT SEARCH CONFIGURATION", lambda node: dotted(node.cfgname)),
    "AlterTSDictionaryStmt": _changed("TEXT SEARCH DICTIONARY", lambda node: dotted(node.dictname)),
    "AlterCollationStmt": _changed("COLLATION", lambda node: dotted(node.collname)),
    "AlterTableSpaceOptionsStmt": _changed("TABLESPACE", lambda node: node.tablespacename),
    "AlterTableMoveAllStmt": lambda node: [tables.alter_object(OBJECTS[node.objtype], None, "ALL IN TABLESPACE")],
    "AlterObjectDependsStmt": lambda node: [{}],
    "SecLabelStmt": lambda node: [{"kind": "alter_object", "option": "SECURITY LABEL"}],
    "DropRoleStmt": lambda node: [
        {
            "kind": "drop_object",
            "object_type": "ROLE",
            "name": role(one),
            "if_exists": bool(node.missing_ok),
        }
        for one in node.roles
    ],
    "DropdbStmt": _gone("DATABASE", "dbname"),
    "DropTableSpaceStmt": _gone("TABLESPACE", "tablespacename"),
    "DropSubscriptionStmt": _gone("SUBSCRIPTION", "subname"),
    "DropUserMappingStmt": lambda node: [{"kind": "drop_object", "object_type": "USER MAPPING"}],
    "DropOwnedStmt": lambda node: [
        {"kind": "drop_object", "object_type": "OWNED", "name": role(one), "cascade": cascades(node)}
        for one in node.roles
    ],
}
