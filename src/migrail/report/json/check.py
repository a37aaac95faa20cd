"""``migrail.check/1``."""

from __future__ import annotations

from migrail.checker import CheckResult, MigrationSummary
from migrail.model.findings import Finding, Severity
from migrail.report.json._values import fix, lock


def document(result: CheckResult) -> dict[str, object]:
    """The findings as the contract has them."""
    return {
        "schema": "migrail.check/1",
        "migrations": [_migration(migration) for migration in result.migrations],
        "findings": [_finding(finding) for finding in result.findings],
        "broken_queries": [],
        "summary": {
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "notes": result.count(Severity.NOTE),
            "migrations": len(result.migrations),
            "history": result.history,
            "statements": result.statements,
            "opaque_statements": result.opaque,
        },
    }


def _migration(migration: MigrationSummary) -> dict[str, object]:
    return {
        "id": migration.id,
        "path": migration.path,
        "phase": migration.phase.value,
        "backward_compatible": migration.backward_compatible,
        "statements": migration.statements,
        "opaque": migration.opaque,
    }


def _finding(finding: Finding) -> dict[str, object]:
    span = finding.span
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "category": finding.category.value,
        "migration": finding.migration,
        "path": finding.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "object": finding.object,
        "message": finding.message,
        "help": finding.help,
        "fix": fix(finding.rewrite),
        "queries": [],
        "locks": [lock(item) for item in finding.locks],
    }
