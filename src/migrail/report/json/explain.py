"""``migrail.explain/1``."""

from __future__ import annotations

from migrail.checker import ExplainedStatement, ExplainedThere, Explanation
from migrail.dialects import version_text
from migrail.report.json._values import lock, measure


def document(explanation: Explanation) -> dict[str, object]:
    """The statements as the contract has them."""
    return {
        "schema": "migrail.explain/1",
        "statements": [_statement(statement) for statement in explanation.statements],
    }


def _statement(statement: ExplainedStatement) -> dict[str, object]:
    return {
        "migration": statement.migration,
        "path": statement.path,
        "number": statement.number,
        "line": statement.span.line,
        "column": statement.span.column,
        "sql": statement.sql,
        "understood": statement.understood,
        "reason": statement.reason,
        "operations": [dict(operation) for operation in statement.operations],
        "locks": [lock(item) for item in statement.locks],
        "held": [{**lock(item.lock), "line": item.statement.span.line} for item in statement.held],
        "lock_timeout": statement.lock_timeout,
        "rewrites": list(statement.rewrites),
        "scans": list(statement.scans),
        "in_transaction": statement.in_transaction.value,
        "phase": statement.phase.value,
        "safer": statement.safer,
        "environments": [_there(item) for item in statement.environments] or None,
        "sizes": [measure(size) for size in statement.sizes],
    }


def _there(there: ExplainedThere) -> dict[str, object]:
    return {
        "names": list(there.names),
        "server_version": version_text(there.version),
        "locks": [lock(item) for item in there.locks],
        "rewrites": list(there.rewrites),
        "scans": list(there.scans),
        "in_transaction": there.in_transaction.value,
    }
