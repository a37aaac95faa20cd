"""``migrail.explain/1``."""

from __future__ import annotations

from migrail.checker import ExplainedStatement, Explanation
from migrail.report.json._values import lock


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
    }
